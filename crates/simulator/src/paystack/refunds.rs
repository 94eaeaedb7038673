//! Refunds. They have no reference of the caller's and no key: who asks twice refunds twice, as long as enough is left.

use super::model::{INTEGRATION, Transaction, book, customer, when, yes};
use super::transactions;
use crate::asked::Params;
use crate::books::{BooksError, Kept};
use crate::cards::Behaviour;
use crate::faults::Fault;
use crate::hooks::{PAYSTACK, tell_paystack};
use crate::problem::Problem;
use crate::world::{LATER, Work};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// A refund.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refund {
    pub id: String,
    pub number: i64,
    pub transaction: i64,
    /// Of the payment.
    pub reference: String,
    pub email: String,
    pub amount: i64,
    pub whole: i64,
    pub currency: String,
    /// pending, processed, failed or needs-attention.
    pub status: String,
    pub merchant_note: String,
    pub customer_note: String,
    pub created: i64,
    pub ended: Option<i64>,
    /// The bank will send it back after it was processed.
    pub comes_back: bool,
}

impl Kept for Refund {
    const KIND: &'static str = "paystack.refund";

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
        self.merchant_note.parse().ok()
    }
}

impl Refund {
    fn shown(&self) -> Value {
        json!({
            "integration": INTEGRATION,
            "transaction": self.transaction,
            "dispute": null,
            "settlement": null,
            "id": self.number,
            "domain": "test",
            "currency": self.currency,
            "amount": self.amount,
            "status": self.status,
            "refunded_at": self.ended.map(when),
            "refunded_by": "test@example.org",
            "customer_note": self.customer_note,
            "merchant_note": self.merchant_note,
            "deducted_amount": self.amount,
            "fully_deducted": 1,
            "createdAt": when(self.created),
            "bank_reference": null,
            "transaction_reference": self.reference,
            "reason": "OTHER",
            "customer": customer(&self.email, json!("")),
            "refund_type": if self.amount == self.whole { "full" } else { "partial" },
            "transaction_amount": self.whole,
            "initiated_by": "test@example.org",
            "refund_channel": "card",
            "session_id": null,
            "collect_account_number": false,
        })
    }

    /// As an event tells it: without a number, as the real one.
    fn told(&self) -> Value {
        json!({
            "status": self.status,
            "transaction_reference": self.reference,
            "refund_reference": null,
            "amount": self.amount.to_string(),
            "currency": self.currency,
            "processor": "instant-transfer",
            "customer": customer(&self.email, json!({})),
            "integration": INTEGRATION,
            "domain": "test",
        })
    }
}

/// `POST /refund`
pub async fn create(work: &mut Work, p: &Params) -> Result<Value, Problem> {
    let named = transactions::found(work, p.needed("transaction")?).await?;
    work.lock(&named.reference).await?;
    let mut transaction = transactions::found(work, &named.reference).await?;
    if transaction.status != "success" {
        return Err(Problem::wrong("transaction", "Transaction has not been paid."));
    }
    let amount = if p.text("amount").is_some() { p.amount("amount")? } else { transaction.left() };
    if amount > transaction.left() || amount == 0 {
        return Err(Problem::wrong(
            "amount",
            "Refund amount cannot be greater than what is left of the transaction.",
        ));
    }
    let number = work.number();
    let refund = Refund {
        id: number.to_string(),
        number,
        transaction: transaction.id,
        reference: transaction.reference.clone(),
        email: transaction.email.clone(),
        amount,
        whole: transaction.amount,
        currency: transaction.currency.clone(),
        status: "pending".to_owned(),
        merchant_note: p.text("merchant_note").unwrap_or("Refund").to_owned(),
        customer_note: p.text("customer_note").unwrap_or("Refund").to_owned(),
        created: work.stamp(),
        ended: None,
        comes_back: work.suffers(&Fault::RefundFailsLater),
    };
    transaction.refunded += amount;
    work.save(&transaction).await?;
    work.save(&refund).await?;
    book(work, "refund", (-amount, 0), &refund.currency, number, 0).await?;
    work.later(LATER, "paystack.settle_refund", &refund.id).await?;
    tell_paystack(work, "refund.pending", refund.ours(), refund.told()).await?;
    Ok(yes("Refund has been queued for processing", begun(&refund, &transaction)))
}

/// As it is shown when it was made.
fn begun(refund: &Refund, transaction: &Transaction) -> Value {
    let paid = transaction.paid.unwrap_or(transaction.created);
    json!({
        "transaction": {
            "id": transaction.id,
            "domain": "test",
            "reference": transaction.reference,
            "amount": transaction.amount,
            "paid_at": when(paid),
            "channel": "card",
            "currency": transaction.currency,
            "authorization": { "exp_month": null, "exp_year": null, "account_name": null },
            "customer": { "international_format_phone": null },
            "plan": {},
            "subaccount": { "currency": null },
            "split": {},
            "order_id": null,
            "pos_transaction_data": null,
            "source": null,
            "fees_breakdown": null,
        },
        "integration": INTEGRATION,
        "deducted_amount": 0,
        "channel": null,
        "merchant_note": refund.merchant_note,
        "customer_note": refund.customer_note,
        "status": refund.status,
        "refunded_by": "test@example.org",
        "expected_at": when(refund.created + 864_000),
        "currency": refund.currency,
        "domain": "test",
        "amount": refund.amount,
        "fully_deducted": false,
        "id": refund.number,
        "createdAt": when(refund.created),
        "updatedAt": when(refund.created),
    })
}

/// The time that a refund takes is over. Cards whose refunds fail need the buyer's bank account instead.
pub async fn settle(work: &mut Work, id: &str) -> Result<(), BooksError> {
    let Some((mut refund, transaction)) = locked(work, id).await? else { return Ok(()) };
    if refund.status != "pending" {
        return Ok(());
    }
    if transaction.behaviour == Some(Behaviour::RefundFails) {
        refund.status = "needs-attention".to_owned();
        work.save(&refund).await?;
        return tell_paystack(work, "refund.needs-attention", refund.ours(), refund.told()).await;
    }
    process(work, refund).await
}

async fn process(work: &mut Work, mut refund: Refund) -> Result<(), BooksError> {
    refund.status = "processed".to_owned();
    refund.ended = Some(work.stamp());
    work.save(&refund).await?;
    if refund.comes_back {
        work.later(LATER, "paystack.fail_refund", &refund.id).await?;
    }
    tell_paystack(work, "refund.processed", refund.ours(), refund.told()).await
}

/// The bank sends back what it had taken.
pub async fn bounce(work: &mut Work, id: &str) -> Result<(), BooksError> {
    let Some((mut refund, mut transaction)) = locked(work, id).await? else { return Ok(()) };
    if refund.status == "failed" {
        return Ok(());
    }
    refund.status = "failed".to_owned();
    refund.ended = Some(work.stamp());
    transaction.refunded -= refund.amount;
    work.save(&refund).await?;
    work.save(&transaction).await?;
    book(work, "refund", (refund.amount, 0), &refund.currency, refund.number, 0).await?;
    tell_paystack(work, "refund.failed", refund.ours(), refund.told()).await
}

/// `POST /refund/retry_with_customer_details/{id}`
pub async fn retry(work: &mut Work, p: &Params, id: &str) -> Result<Value, Problem> {
    for field in ["currency", "account_number", "bank_id"] {
        p.needed(&format!("refund_account_details[{field}]"))?;
    }
    let Some((mut refund, transaction)) = locked(work, id).await? else {
        return Err(Problem::none("refund", id, "id"));
    };
    if refund.status != "needs-attention" {
        return Err(Problem::wrong("id", "Refund does not need attention.").answered(422));
    }
    refund.status = "processing".to_owned();
    process(work, refund.clone()).await?;
    let mut shown = refund.shown();
    shown["expected_at"] = json!(when(refund.created + 864_000));
    shown["channel"] = json!("card");
    shown["fully_deducted"] = json!(true);
    shown["dispute"] = json!({});
    shown["settlement"] = json!({});
    shown["customer"] = customer(&transaction.email, json!({}));
    shown["reversed_at"] = Value::Null;
    Ok(yes("Refund retried and has been queued for processing", shown))
}

/// A refund and its payment, which nobody else changes meanwhile.
async fn locked(work: &mut Work, id: &str) -> Result<Option<(Refund, Transaction)>, BooksError> {
    let Some(seen) = work.load::<Refund>(id).await? else { return Ok(None) };
    work.lock(&seen.reference).await?;
    let refund: Option<Refund> = work.load(id).await?;
    let transaction: Option<Transaction> = work.load(&seen.reference).await?;
    Ok(refund.zip(transaction))
}

/// `GET /refund/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let known: Option<Refund> = work.load(id).await?;
    Ok(yes("Refund retrieved", known.ok_or_else(|| Problem::none("refund", id, "id"))?.shown()))
}

/// `GET /refund`, of a payment when one is named.
pub async fn list(work: &mut Work, p: &Params) -> Result<Value, Problem> {
    let all: Vec<Refund> = match p.text("transaction").or_else(|| p.text("reference")) {
        Some(id) => {
            let reference = transactions::found(work, id).await?.reference;
            work.children(&reference).await?
        }
        None => super::all(work).await?,
    };
    let mut page = super::page(p, "Refunds retrieved", all.iter().map(Refund::shown).collect())?;
    // Two of these are words and numbers the other way round than in other lists.
    let per_page = page["meta"]["perPage"].to_string();
    page["meta"]["perPage"] = json!(per_page);
    page["meta"]["failedRefundCount"] = json!(all.iter().filter(|r| r.status == "failed").count());
    Ok(page)
}
