//! Disputes: a bank asks, or takes the money back; the marketplace answers with evidence, once; the bank decides. What it
//! decides is said in the evidence itself ("winning_evidence", "losing_evidence").

use super::charges::{self, Charge};
use super::lines;
use super::lists;
use super::route::Call;
use crate::books::{BooksError, Kept, Object};
use crate::hooks::tell;
use crate::money::{self, Line, NewLine};
use crate::problem::Problem;
use crate::world::{LATER, Work};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::Duration;

/// Until when it must be answered.
const ANSWER: Duration = Duration::days(14);
/// How long a bank thinks when the evidence does not say what it is to think.
const THINKS: Duration = Duration::days(60);

/// Where a dispute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The bank asks; no money moved.
    WarningNeedsResponse,
    WarningUnderReview,
    WarningClosed,
    NeedsResponse,
    UnderReview,
    Won,
    Lost,
    Prevented,
}

impl Status {
    pub const fn is_inquiry(self) -> bool {
        matches!(self, Self::WarningNeedsResponse | Self::WarningUnderReview | Self::WarningClosed)
    }

    pub const fn is_over(self) -> bool {
        matches!(self, Self::WarningClosed | Self::Won | Self::Lost | Self::Prevented)
    }
}

/// A dispute.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dispute {
    pub id: String,
    pub charge: String,
    pub payment_intent: Option<String>,
    pub amount: i64,
    pub currency: String,
    pub status: Status,
    pub reason: String,
    pub brand: String,
    pub evidence: BTreeMap<String, String>,
    pub submissions: i64,
    pub due_by: i64,
    pub metadata: BTreeMap<String, String>,
    pub created: i64,
}

impl Kept for Dispute {
    const KIND: &'static str = "dispute";

    fn id(&self) -> &str {
        &self.id
    }

    fn parent(&self) -> Option<&str> {
        Some(&self.charge)
    }

    fn tag(&self) -> Option<&str> {
        self.payment_intent.as_deref()
    }
}

impl Dispute {
    /// As Stripe shows it. `lines`: what it moved, newest first.
    fn shown(&self, lines: &[Line], now: i64) -> Value {
        let mut evidence = json!(self.evidence);
        evidence["enhanced_evidence"] = json!({});
        let is_inquiry = self.status.is_inquiry();
        json!({
            "id": self.id,
            "object": "dispute",
            "amount": self.amount,
            "balance_transactions": lines.iter().rev().map(|l| lines::shown(l, now)).collect::<Vec<Value>>(),
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency,
            "enhanced_eligibility_types": [],
            "evidence": evidence,
            "evidence_details": {
                "due_by": if self.status.is_over() { Value::Null } else { json!(self.due_by) },
                "enhanced_eligibility": {},
                "has_evidence": !self.evidence.is_empty(),
                "past_due": self.submissions == 0 && now > self.due_by,
                "submission_count": self.submissions,
            },
            "is_charge_refundable": is_inquiry,
            "livemode": false,
            "metadata": self.metadata,
            "payment_intent": self.payment_intent,
            "payment_method_details": {
                "type": "card",
                "card": {
                    "brand": self.brand,
                    "case_type": if is_inquiry { "inquiry" } else { "chargeback" },
                    "network_reason_code": "10.4",
                },
            },
            "reason": self.reason,
            "status": self.status,
        })
    }
}

/// A dispute that somebody's bank opens.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    pub is_inquiry: bool,
    pub reason: &'a str,
    /// Less than the charge, if it is not about all of it.
    pub amount: Option<i64>,
}

/// Opens a dispute about a charge, if it was paid.
pub async fn open(work: &mut Work, charge: &str, how: Opening<'_>) -> Result<Option<Dispute>, BooksError> {
    work.lock(charge).await?;
    // What a bank has taken it does not take again; after it gave it back, it may.
    let may_be = |charge: &Charge| charge.has_succeeded() && !charge.disputed;
    let Some(mut charge) = work.load::<Charge>(charge).await?.filter(may_be) else {
        return Ok(None);
    };
    let whole = if charge.left() > 0 { charge.left() } else { charge.amount };
    let dispute = Dispute {
        id: work.name("du"),
        charge: charge.id.clone(),
        payment_intent: charge.payment_intent.clone(),
        amount: how.amount.unwrap_or(whole).min(charge.amount),
        currency: charge.currency.clone(),
        status: if how.is_inquiry { Status::WarningNeedsResponse } else { Status::NeedsResponse },
        reason: how.reason.to_owned(),
        brand: charge.card.as_ref().map_or_else(|| "visa".to_owned(), |card| card.brand.clone()),
        evidence: BTreeMap::new(),
        submissions: 0,
        due_by: work.stamp() + ANSWER.whole_seconds(),
        metadata: BTreeMap::new(),
        created: work.stamp(),
    };
    work.save(&dispute).await?;
    work.later(ANSWER, "expire_dispute", &dispute.id).await?;
    if !how.is_inquiry {
        charge.disputed = true;
        work.save(&charge).await?;
        withdraw(work, &dispute).await?;
    }
    told(work, "charge.dispute.created", &dispute).await?;
    if !how.is_inquiry {
        told(work, "charge.dispute.funds_withdrawn", &dispute).await?;
    }
    Ok(Some(dispute))
}

async fn withdraw(work: &mut Work, dispute: &Dispute) -> Result<(), BooksError> {
    let fee = money::dispute_fee(&dispute.currency);
    book(work, dispute, -dispute.amount, fee).await
}

async fn book(work: &mut Work, dispute: &Dispute, amount: i64, fee: i64) -> Result<(), BooksError> {
    let new = NewLine {
        account: "",
        kind: "adjustment",
        category: if amount < 0 { "dispute" } else { "dispute_reversal" },
        amount,
        fee,
        currency: &dispute.currency,
        source: &dispute.id,
        description: Some(if amount < 0 { "Chargeback withdrawal" } else { "Chargeback reversal" }),
        available_on: 0,
    };
    money::write(work, &new).await.map(drop)
}

/// An inquiry becomes a chargeback.
pub async fn escalate(work: &mut Work, id: &str) -> Result<(), BooksError> {
    let Some(mut dispute) = locked(work, id).await? else { return Ok(()) };
    if !dispute.status.is_inquiry() || dispute.status.is_over() {
        return Ok(());
    }
    // What went back meanwhile, or what a bank has taken already, is not taken again.
    let charge = work.load::<Charge>(&dispute.charge).await?;
    let left = charge.filter(|charge| !charge.disputed).map_or(0, |charge| charge.left());
    if left == 0 {
        return finish(work, dispute, Status::WarningClosed).await.map(drop);
    }
    dispute.amount = dispute.amount.min(left);
    dispute.status = Status::NeedsResponse;
    dispute.submissions = 0;
    dispute.due_by = work.stamp() + ANSWER.whole_seconds();
    work.save(&dispute).await?;
    work.later(ANSWER, "expire_dispute", id).await?;
    mark(work, &dispute.charge, true).await?;
    withdraw(work, &dispute).await?;
    told(work, "charge.dispute.updated", &dispute).await?;
    told(work, "charge.dispute.funds_withdrawn", &dispute).await
}

/// The dispute ends so, unless it ended before.
pub async fn end(work: &mut Work, id: &str, status: Status) -> Result<(), BooksError> {
    let Some(dispute) = locked(work, id).await? else { return Ok(()) };
    finish(work, dispute, status).await.map(drop)
}

async fn finish(work: &mut Work, mut dispute: Dispute, status: Status) -> Result<Dispute, BooksError> {
    if dispute.status.is_over() {
        return Ok(dispute);
    }
    let was_inquiry = dispute.status.is_inquiry();
    dispute.status = status;
    work.save(&dispute).await?;
    let gives_back = matches!(status, Status::Won | Status::Prevented) && !was_inquiry;
    if gives_back {
        book(work, &dispute, dispute.amount, 0).await?;
        mark(work, &dispute.charge, false).await?;
    }
    told(work, "charge.dispute.closed", &dispute).await?;
    if gives_back {
        told(work, "charge.dispute.funds_reinstated", &dispute).await?;
    }
    Ok(dispute)
}

/// The bank has thought.
pub async fn decide(work: &mut Work, id: &str) -> Result<(), BooksError> {
    let Some(dispute) = locked(work, id).await? else { return Ok(()) };
    let wins = dispute.evidence.values().any(|text| text.contains("winning_evidence"));
    let loses = dispute.evidence.values().any(|text| text.contains("losing_evidence"));
    match dispute.status {
        Status::UnderReview => {
            let status = if wins { Status::Won } else { Status::Lost };
            finish(work, dispute, status).await.map(drop)
        }
        Status::WarningUnderReview if loses => escalate(work, id).await,
        Status::WarningUnderReview => finish(work, dispute, Status::WarningClosed).await.map(drop),
        _ => Ok(()),
    }
}

/// The time to answer is over: who asked takes the money, who took it keeps it.
pub async fn expire(work: &mut Work, id: &str) -> Result<(), BooksError> {
    let Some(dispute) = locked(work, id).await? else { return Ok(()) };
    if work.stamp() < dispute.due_by {
        return Ok(());
    }
    match dispute.status {
        Status::WarningNeedsResponse => escalate(work, id).await,
        Status::NeedsResponse => finish(work, dispute, Status::Lost).await.map(drop),
        _ => Ok(()),
    }
}

/// `POST /v1/disputes/{id}`: evidence is kept; unless `submit=false` it goes to the bank, which takes it once.
pub async fn update(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(&["evidence", "expand", "metadata", "submit"])?;
    let mut dispute = known(work, id).await?;
    let evidence = p.under("evidence");
    let is_open = matches!(dispute.status, Status::NeedsResponse | Status::WarningNeedsResponse);
    if !is_open && !evidence.is_empty() {
        return Err(Problem::refused("dispute_not_open", "This dispute can no longer be answered."));
    }
    dispute.metadata.extend(p.under("metadata"));
    dispute.evidence.extend(evidence);
    if is_open && p.text("submit") != Some("false") && !dispute.evidence.is_empty() {
        let is_inquiry = dispute.status.is_inquiry();
        dispute.status = if is_inquiry { Status::WarningUnderReview } else { Status::UnderReview };
        dispute.submissions += 1;
        let says = |text: &String| text.contains("winning_evidence") || text.contains("losing_evidence");
        let after = if dispute.evidence.values().any(says) { LATER } else { THINKS };
        work.later(after, "decide_dispute", id).await?;
    }
    work.save(&dispute).await?;
    told(work, "charge.dispute.updated", &dispute).await?;
    show(work, id).await
}

/// `POST /v1/disputes/{id}/close`: the marketplace gives in.
pub async fn close(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    call.params.only(&["expand"])?;
    let dispute = known(work, id).await?;
    if dispute.status.is_over() {
        return Err(Problem::refused("dispute_not_open", "This dispute is already closed."));
    }
    let status = if dispute.status.is_inquiry() { Status::WarningClosed } else { Status::Lost };
    finish(work, dispute, status).await?;
    show(work, id).await
}

/// `GET /v1/disputes/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let dispute: Option<Dispute> = work.load(id).await?;
    let dispute = dispute.ok_or_else(|| Problem::none("dispute", id, "dispute"))?;
    Ok(shown(work, &dispute).await?)
}

/// `GET /v1/disputes`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    let (found, more) = match (p.text("charge"), p.text("payment_intent")) {
        (Some(charge), _) => lists::page_of(work.page().with_parent(Dispute::KIND, charge).await?, p)?,
        (None, Some(payment)) => lists::page_of(work.page().with_tag(Dispute::KIND, payment).await?, p)?,
        (None, None) => lists::newest(work, Dispute::KIND, "", p).await?,
    };
    let mut data = Vec::new();
    for object in found {
        let dispute: Dispute = Object::read(object)?;
        data.push(shown(work, &dispute).await?);
    }
    Ok(lists::list(&call.path, data, more))
}

/// As Stripe shows it, with its lines.
pub async fn shown(work: &mut Work, dispute: &Dispute) -> Result<Value, BooksError> {
    let lines = work.children::<Line>(&dispute.id).await?;
    Ok(dispute.shown(&lines, work.stamp()))
}

async fn told(work: &mut Work, kind: &str, dispute: &Dispute) -> Result<(), BooksError> {
    let shown = shown(work, dispute).await?;
    tell(work, kind, "", None, shown).await
}

/// A dispute that nobody else changes meanwhile. Its charge is locked with it.
async fn locked(work: &mut Work, id: &str) -> Result<Option<Dispute>, BooksError> {
    let Some(seen) = work.load::<Dispute>(id).await? else { return Ok(None) };
    work.lock(&seen.charge).await?;
    work.load(id).await
}

async fn known(work: &mut Work, id: &str) -> Result<Dispute, Problem> {
    locked(work, id).await?.ok_or_else(|| Problem::none("dispute", id, "dispute"))
}

async fn mark(work: &mut Work, charge: &str, is_disputed: bool) -> Result<(), BooksError> {
    if let Some(mut charge) = work.load::<Charge>(charge).await? {
        charge.disputed = is_disputed;
        work.save(&charge).await?;
        if is_disputed {
            tell(work, "charge.updated", "", charge.ours(), charge.shown()).await?;
        }
    }
    Ok(())
}

/// The charge of a payment, for whoever opens a dispute by hand.
pub async fn charge_of(work: &mut Work, id: &str) -> Result<String, Problem> {
    if id.starts_with("ch_") {
        return Ok(charges::found(work, id, "charge").await?.id);
    }
    let payment = super::payments::found(work, id).await?;
    payment.latest_charge.ok_or_else(|| Problem::refused("charge_missing", "The payment was not paid."))
}
