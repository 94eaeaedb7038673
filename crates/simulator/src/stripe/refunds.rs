//! Refunds of a payment, or of a part of it: never more than is left, in the charge's currency, and not while its owner
//! has taken the money back already.

use super::charges::{self, Charge};
use super::lists;
use super::payments;
use super::route::Call;
use crate::books::{BooksError, Kept, Object};
use crate::cards::Behaviour;
use crate::faults::Fault;
use crate::hooks::tell;
use crate::money::{self, Line, NewLine};
use crate::problem::Problem;
use crate::world::{LATER, Work, ours_in};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

const FAILED_BECAUSE: &str = "expired_or_canceled_card";

/// A refund.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Refund {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub payment_intent: Option<String>,
    pub charge: Option<String>,
    /// pending, succeeded or failed.
    pub status: String,
    pub reason: Option<String>,
    pub failure_reason: Option<String>,
    pub metadata: BTreeMap<String, String>,
    pub balance_transaction: Option<String>,
    pub failure_balance_transaction: Option<String>,
    pub created: i64,
    /// It is taken from what the payment became in US dollars.
    pub in_dollars: bool,
}

impl Kept for Refund {
    const KIND: &'static str = "refund";

    fn id(&self) -> &str {
        &self.id
    }

    fn parent(&self) -> Option<&str> {
        self.payment_intent.as_deref()
    }

    fn tag(&self) -> Option<&str> {
        self.charge.as_deref()
    }

    fn ours(&self) -> Option<Uuid> {
        ours_in(&self.metadata, &["refund"])
    }
}

impl Refund {
    /// As Stripe shows it.
    pub fn shown(&self) -> Value {
        let mut shown = json!({
            "id": self.id,
            "object": "refund",
            "amount": self.amount,
            "balance_transaction": self.balance_transaction,
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency,
            "destination_details": { "type": "card", "card": { "type": "refund" } },
            "metadata": self.metadata,
            "payment_intent": self.payment_intent,
            "reason": self.reason,
            "receipt_number": null,
            "source_transfer_reversal": null,
            "status": self.status,
            "transfer_reversal": null,
        });
        if self.status == "pending" {
            shown["pending_reason"] = json!("processing");
        }
        if let Some(reason) = &self.failure_reason {
            shown["failure_reason"] = json!(reason);
        }
        if let Some(line) = &self.failure_balance_transaction {
            shown["failure_balance_transaction"] = json!(line);
        }
        shown
    }
}

/// `POST /v1/refunds`
pub async fn create(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(&["amount", "charge", "expand", "metadata", "payment_intent", "reason"])?;
    let reason = p.word("reason", &["duplicate", "fraudulent", "requested_by_customer"])?;
    let mut charge = charge_named(work, call).await?;
    if !charge.has_succeeded() || !charge.account.is_empty() {
        let message = format!("The charge {} cannot be refunded: it was not paid.", charge.id);
        return Err(Problem::refused("charge_not_refundable", message));
    }
    if charge.left() == 0 {
        let message = format!("Charge {} has already been refunded.", charge.id);
        return Err(Problem::refused("charge_already_refunded", message));
    }
    if charge.disputed {
        let message = format!("Charge {} has been charged back; cannot issue a refund.", charge.id);
        return Err(Problem::refused("charge_disputed", message));
    }
    let amount = if p.text("amount").is_some() { p.amount("amount")? } else { charge.left() };
    if amount > charge.left() {
        let message = format!(
            "Refund amount ({amount}) is greater than unrefunded amount on charge ({}).",
            charge.left()
        );
        return Err(Problem::refused("amount_too_large", message));
    }
    let takes_time = matches!(charge.behaviour, Some(Behaviour::RefundLater | Behaviour::RefundFails));
    let mut refund = Refund {
        id: work.name("re"),
        amount,
        currency: charge.currency.clone(),
        payment_intent: charge.payment_intent.clone(),
        charge: Some(charge.id.clone()),
        status: if takes_time { "pending" } else { "succeeded" }.to_owned(),
        reason,
        metadata: p.under("metadata"),
        created: work.stamp(),
        in_dollars: charge.in_dollars,
        ..Refund::default()
    };
    let until = paid_when(work, &charge).await?;
    let line = book(work, &refund, "refund", -amount, until).await?;
    refund.balance_transaction = Some(line.id);
    charge.amount_refunded += amount;
    work.save(&charge).await?;
    work.save(&refund).await?;
    if takes_time {
        work.later(LATER, "settle_refund", &refund.id).await?;
    } else if work.suffers(&Fault::RefundFailsLater) {
        work.later(LATER, "fail_refund", &refund.id).await?;
    }
    let payment = charge.ours();
    tell(work, "refund.created", "", refund.ours(), refund.shown()).await?;
    tell(work, "charge.refunded", "", payment, charge.shown()).await?;
    Ok(refund.shown())
}

async fn charge_named(work: &mut Work, call: &Call) -> Result<Charge, Problem> {
    let id = match (call.params.text("charge"), call.params.text("payment_intent")) {
        (Some(id), _) => id.to_owned(),
        (None, Some(id)) => {
            let payment = payments::found(work, id).await?;
            payment.latest_charge.ok_or_else(|| {
                let message = "This PaymentIntent does not have a successful charge to refund.";
                Problem::refused("payment_intent_unexpected_state", message)
            })?
        }
        (None, None) => return Err(Problem::missing("payment_intent")),
    };
    work.lock(&id).await?;
    charges::found(work, &id, "charge").await
}

/// What was not available yet when it was paid is taken from what is pending.
async fn paid_when(work: &mut Work, charge: &Charge) -> Result<i64, BooksError> {
    let Some(id) = &charge.balance_transaction else { return Ok(0) };
    let line: Option<Line> = work.load(id).await?;
    Ok(line.map_or(0, |line| line.available_on))
}

async fn book(
    work: &mut Work,
    refund: &Refund,
    kind: &str,
    amount: i64,
    available_on: i64,
) -> Result<Line, BooksError> {
    let (amount, currency) = if refund.in_dollars {
        (money::in_dollars(amount), money::DOLLARS)
    } else {
        (amount, &*refund.currency)
    };
    let new = NewLine {
        account: "",
        kind,
        category: kind,
        amount,
        fee: 0,
        currency,
        source: &refund.id,
        description: None,
        available_on,
    };
    money::write(work, &new).await
}

/// The time that a refund takes is over.
pub async fn settle(work: &mut Work, id: &str) -> Result<(), BooksError> {
    let Some((mut refund, charge)) = with_charge(work, id).await? else { return Ok(()) };
    if refund.status != "pending" {
        return Ok(());
    }
    if charge.behaviour == Some(Behaviour::RefundFails) {
        return end_badly(work, refund, charge).await;
    }
    refund.status = "succeeded".to_owned();
    work.save(&refund).await?;
    tell(work, "refund.updated", "", refund.ours(), refund.shown()).await
}

/// The buyer's bank sends back what it had taken.
pub async fn bounce(work: &mut Work, id: &str) -> Result<(), BooksError> {
    match with_charge(work, id).await? {
        Some((refund, charge)) if refund.status != "failed" => end_badly(work, refund, charge).await,
        _ => Ok(()),
    }
}

async fn end_badly(work: &mut Work, mut refund: Refund, mut charge: Charge) -> Result<(), BooksError> {
    let line = book(work, &refund, "refund_failure", refund.amount, 0).await?;
    refund.failure_balance_transaction = Some(line.id);
    refund.failure_reason = Some(FAILED_BECAUSE.to_owned());
    refund.status = "failed".to_owned();
    charge.amount_refunded -= refund.amount;
    work.save(&charge).await?;
    work.save(&refund).await?;
    tell(work, "refund.updated", "", refund.ours(), refund.shown()).await?;
    tell(work, "refund.failed", "", refund.ours(), refund.shown()).await
}

/// A refund and its charge, which nobody else changes meanwhile.
async fn with_charge(work: &mut Work, id: &str) -> Result<Option<(Refund, Charge)>, BooksError> {
    let Some(seen) = work.load::<Refund>(id).await? else { return Ok(None) };
    let charge = match (&seen.charge, &seen.payment_intent) {
        (Some(charge), _) => Some(charge.clone()),
        (None, Some(payment)) => {
            let payment: Option<payments::Payment> = work.load(payment).await?;
            payment.and_then(|p| p.latest_charge)
        }
        (None, None) => None,
    };
    let Some(charge) = charge else { return Ok(None) };
    work.lock(&charge).await?;
    let (refund, charge): (Option<Refund>, Option<Charge>) =
        (work.load(id).await?, work.load(&charge).await?);
    Ok(refund.zip(charge))
}

/// `GET /v1/refunds/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let known: Option<Refund> = work.load(id).await?;
    Ok(known.ok_or_else(|| Problem::none("refund", id, "refund"))?.shown())
}

/// `GET /v1/refunds`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    let (found, more) = match (p.text("payment_intent"), p.text("charge")) {
        (Some(payment), _) => lists::page_of(work.page().with_parent(Refund::KIND, payment).await?, p)?,
        (None, Some(charge)) => lists::page_of(work.page().with_tag(Refund::KIND, charge).await?, p)?,
        (None, None) => lists::newest(work, Refund::KIND, "", p).await?,
    };
    let one = |o: Object| -> Result<Value, Problem> { Ok(o.read::<Refund>()?.shown()) };
    let data = found.into_iter().map(one).collect::<Result<Vec<Value>, Problem>>()?;
    Ok(lists::list(&call.path, data, more))
}
