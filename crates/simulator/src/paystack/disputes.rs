//! Disputes: a bank asks for the money back; the marketplace accepts, or declines with evidence, and the bank decides as
//! the evidence says ("winning_evidence"). Who does not answer in time has accepted.

use super::model::{INTEGRATION, Transaction, book, customer, when, yes};
use super::transactions;
use crate::asked::Params;
use crate::books::{BooksError, Kept};
use crate::hooks::{PAYSTACK, tell_paystack};
use crate::problem::Problem;
use crate::world::{LATER, Work};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

/// Until when it must be answered, and when it is reminded of.
const ANSWER: Duration = Duration::days(3);
const REMIND: Duration = Duration::days(2);

const AWAITS_US: &str = "awaiting-merchant-feedback";
const AWAITS_BANK: &str = "awaiting-bank-feedback";
const RESOLVED: &str = "resolved";

/// A dispute.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dispute {
    pub id: String,
    pub number: i64,
    /// Of the payment.
    pub reference: String,
    pub amount: i64,
    pub currency: String,
    pub status: String,
    /// merchant-accepted or declined.
    pub resolution: Option<String>,
    /// Everything that was said.
    pub says: String,
    pub evidence: Option<i64>,
    pub attachment: Option<String>,
    pub created: i64,
    pub changed: i64,
    pub due: i64,
    pub resolved: Option<i64>,
}

impl Kept for Dispute {
    const KIND: &'static str = "paystack.dispute";

    fn id(&self) -> &str {
        &self.id
    }

    fn account(&self) -> &str {
        PAYSTACK
    }

    fn parent(&self) -> Option<&str> {
        Some(&self.reference)
    }

    fn ours(&self) -> Option<Uuid> {
        self.reference.parse().ok()
    }
}

impl Dispute {
    /// As Paystack shows it.
    fn shown(&self, about: &Transaction) -> Value {
        let mut transaction = about.shown();
        transaction["plan"] = json!({});
        transaction["metadata"] = json!({ "custom_fields": [] });
        transaction["receipt_number"] = json!(0);
        let last4 = about.card.as_ref().map_or("0000", |card| card.last4.as_str());
        json!({
            "id": self.number,
            "integration": INTEGRATION,
            "refund_amount": self.amount,
            "currency": self.currency,
            "status": self.status,
            "resolution": self.resolution,
            "domain": "test",
            "transaction": transaction,
            "transaction_reference": null,
            "merchant_transaction_reference": self.reference,
            "category": "chargeback",
            "customer": customer(&about.email, json!({})),
            "bin": "408408",
            "last4": last4,
            "dueAt": when(self.due),
            "resolvedAt": self.resolved.map(when),
            "evidence": self.evidence,
            "attachments": self.attachment,
            "note": null,
            "history": [{ "status": self.status, "by": "test@example.org", "createdAt": when(self.changed) }],
            "messages": [{ "sender": "test@example.org", "body": self.says, "createdAt": when(self.changed) }],
            "created_by": 1,
            "createdAt": when(self.created),
            "updatedAt": when(self.changed),
        })
    }
}

/// Somebody's bank wants a payment back.
pub async fn open(work: &mut Work, reference: &str) -> Result<Option<i64>, BooksError> {
    let Some(about) = work.load::<Transaction>(reference).await? else { return Ok(None) };
    let number = work.number();
    let dispute = Dispute {
        id: number.to_string(),
        number,
        reference: reference.to_owned(),
        amount: if about.left() > 0 { about.left() } else { about.amount },
        currency: about.currency.clone(),
        status: AWAITS_US.to_owned(),
        resolution: None,
        says: "The cardholder does not know this payment.".to_owned(),
        evidence: None,
        attachment: None,
        created: work.stamp(),
        changed: work.stamp(),
        due: work.stamp() + ANSWER.whole_seconds(),
        resolved: None,
    };
    work.save(&dispute).await?;
    work.later(REMIND, "paystack.remind_dispute", &dispute.id).await?;
    work.later(ANSWER, "paystack.expire_dispute", &dispute.id).await?;
    tell_paystack(work, "charge.dispute.create", dispute.ours(), dispute.shown(&about)).await?;
    Ok(Some(number))
}

/// It is reminded of, if nobody answered.
pub async fn remind(work: &mut Work, id: &str) -> Result<(), BooksError> {
    let Some((dispute, about)) = locked(work, id).await? else { return Ok(()) };
    if dispute.status != AWAITS_US {
        return Ok(());
    }
    tell_paystack(work, "charge.dispute.remind", dispute.ours(), dispute.shown(&about)).await
}

/// The time to answer is over.
pub async fn expire(work: &mut Work, id: &str) -> Result<(), BooksError> {
    let Some((dispute, about)) = locked(work, id).await? else { return Ok(()) };
    if dispute.status != AWAITS_US {
        return Ok(());
    }
    end(work, dispute, &about, true).await.map(drop)
}

/// The bank has thought.
pub async fn decide(work: &mut Work, id: &str) -> Result<(), BooksError> {
    let Some((dispute, about)) = locked(work, id).await? else { return Ok(()) };
    if dispute.status != AWAITS_BANK {
        return Ok(());
    }
    let wins = dispute.says.contains("winning_evidence");
    end(work, dispute, &about, !wins).await.map(drop)
}

async fn end(
    work: &mut Work,
    mut dispute: Dispute,
    about: &Transaction,
    gives_back: bool,
) -> Result<Dispute, BooksError> {
    dispute.status = RESOLVED.to_owned();
    dispute.resolution = Some(if gives_back { "merchant-accepted" } else { "declined" }.to_owned());
    dispute.resolved = Some(work.stamp());
    dispute.changed = work.stamp();
    work.save(&dispute).await?;
    if gives_back {
        book(work, "dispute", (-dispute.amount, 0), &dispute.currency, dispute.number, 0).await?;
    }
    tell_paystack(work, "charge.dispute.resolve", dispute.ours(), dispute.shown(about)).await?;
    Ok(dispute)
}

/// `PUT /dispute/{id}/resolve`
pub async fn resolve(work: &mut Work, p: &Params, id: &str) -> Result<Value, Problem> {
    let (mut dispute, about) = known(work, id).await?;
    let (resolution, message) = (p.needed("resolution")?, p.needed("message")?);
    if dispute.status != AWAITS_US {
        return Err(Problem::wrong("id", "This dispute cannot be answered any more."));
    }
    // Who declines pays nothing back.
    let amount = p.whole("refund_amount")?.ok_or_else(|| Problem::missing("refund_amount"))?;
    if amount < i64::from(resolution == "merchant-accepted") {
        return Err(Problem::wrong("refund_amount", "Refund amount is too small."));
    }
    if amount > dispute.amount {
        return Err(Problem::wrong(
            "refund_amount",
            "Refund amount cannot be more than the amount of the dispute.",
        ));
    }
    dispute.attachment = Some(p.needed("uploaded_filename")?.to_owned());
    dispute.says = format!("{} {message}", dispute.says);
    dispute.changed = work.stamp();
    let dispute = match resolution {
        "merchant-accepted" => {
            dispute.amount = amount;
            end(work, dispute, &about, true).await?
        }
        "declined" => {
            dispute.status = AWAITS_BANK.to_owned();
            dispute.resolution = Some("declined".to_owned());
            work.save(&dispute).await?;
            work.later(LATER, "paystack.decide_dispute", id).await?;
            dispute
        }
        _ => return Err(Problem::wrong("resolution", "Resolution must be merchant-accepted or declined.")),
    };
    let mut shown = dispute.shown(&about);
    shown["transaction"] = json!(about.id);
    shown["evidence"] = json!(dispute.evidence.unwrap_or(0));
    shown["resolvedAt"] = json!(when(dispute.resolved.unwrap_or(dispute.changed)));
    shown["message"] = json!({
        "dispute": dispute.number,
        "sender": "test@example.org",
        "body": message,
        "id": work.number(),
        "createdAt": when(dispute.changed),
        "updatedAt": when(dispute.changed),
    });
    Ok(yes("Dispute successfully resolved", shown))
}

/// `POST /dispute/{id}/evidence`
pub async fn evidence(work: &mut Work, p: &Params, id: &str) -> Result<Value, Problem> {
    let (mut dispute, _) = known(work, id).await?;
    let details = p.needed("service_details")?;
    let number = work.number();
    let shown = json!({
        "customer_email": p.needed("customer_email")?,
        "customer_name": p.needed("customer_name")?,
        "customer_phone": p.needed("customer_phone")?,
        "service_details": details,
        "delivery_address": p.text("delivery_address").unwrap_or_default(),
        "delivery_date": p.text("delivery_date").unwrap_or_default(),
        "dispute": dispute.number,
        "id": number,
        "createdAt": when(work.stamp()),
        "updatedAt": when(work.stamp()),
    });
    dispute.says = format!("{} {details}", dispute.says);
    dispute.evidence = Some(number);
    dispute.changed = work.stamp();
    work.save(&dispute).await?;
    Ok(yes("Evidence created", shown))
}

/// `PUT /dispute/{id}`
pub async fn update(work: &mut Work, p: &Params, id: &str) -> Result<Value, Problem> {
    let (mut dispute, about) = known(work, id).await?;
    dispute.amount = p.amount("refund_amount")?.min(dispute.amount);
    dispute.attachment = p.text("uploaded_filename").map(str::to_owned).or(dispute.attachment);
    work.save(&dispute).await?;
    Ok(yes("Dispute updated successfully", dispute.shown(&about)))
}

/// `GET /dispute/{id}/upload_url`
pub async fn upload(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let (dispute, _) = known(work, id).await?;
    let name = format!("{}-{}.pdf", dispute.number, work.number());
    let url = work.world().page_at(&format!("/_sim/upload/{name}"));
    Ok(yes("Upload url generated", json!({ "signedUrl": url, "fileName": name })))
}

/// `GET /dispute/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let (dispute, about) = known(work, id).await?;
    Ok(yes("Dispute retrieved", dispute.shown(&about)))
}

/// `GET /dispute/transaction/{id}`: the newest of a payment.
pub async fn of_transaction(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let about = transactions::found(work, id).await?;
    let newest = work.children::<Dispute>(&about.reference).await?.into_iter().next();
    let newest = newest.ok_or_else(|| Problem::none("dispute", id, "id"))?;
    Ok(yes("Dispute retrieved successfully", newest.shown(&about)))
}

/// `GET /dispute`, of a payment when one is named.
pub async fn list(work: &mut Work, p: &Params) -> Result<Value, Problem> {
    let all: Vec<Dispute> = match p.text("transaction") {
        Some(id) => {
            let reference = transactions::found(work, id).await?.reference;
            work.children(&reference).await?
        }
        None => super::all(work).await?,
    };
    let mut data = Vec::new();
    for dispute in all.iter().filter(|d| p.text("status").is_none_or(|status| d.status == status)) {
        let about = transactions::found(work, &dispute.reference).await?;
        let mut shown = dispute.shown(&about);
        shown["customer"] = customer(&about.email, json!(""));
        data.push(shown);
    }
    super::page(p, "Disputes retrieved", data)
}

/// A dispute and its payment, which nobody else changes meanwhile.
async fn locked(work: &mut Work, id: &str) -> Result<Option<(Dispute, Transaction)>, BooksError> {
    let Some(seen) = work.load::<Dispute>(id).await? else { return Ok(None) };
    work.lock(&seen.reference).await?;
    let dispute: Option<Dispute> = work.load(id).await?;
    let about: Option<Transaction> = work.load(&seen.reference).await?;
    Ok(dispute.zip(about))
}

async fn known(work: &mut Work, id: &str) -> Result<(Dispute, Transaction), Problem> {
    locked(work, id).await?.ok_or_else(|| Problem::none("dispute", id, "id"))
}
