//! Payments: begun by the marketplace, paid on the provider's own page, looked up by the marketplace's reference.

use super::model::{Transaction, book, card_fee, yes};
use crate::asked::Params;
use crate::books::{BooksError, Kept, Object};
use crate::cards::{Behaviour, Typed};
use crate::hooks::tell_paystack;
use crate::problem::Problem;
use crate::world::{LATER, Work};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::Duration;

/// How long what a card paid is pending.
const PENDING: Duration = Duration::days(1);
const CURRENCIES: &[&str] = &["GHS", "KES", "NGN", "USD", "ZAR"];

/// `POST /transaction/initialize`
pub async fn initialize(work: &mut Work, p: &Params) -> Result<Value, Problem> {
    let (email, amount) = (p.needed("email")?.to_owned(), p.amount("amount")?);
    let currency = currency(p)?;
    let reference = p.text("reference").map_or_else(|| work.name("T"), str::to_owned);
    work.lock(&reference).await?;
    if work.load::<Transaction>(&reference).await?.is_some() {
        return Err(Problem::wrong("reference", "Duplicate Transaction Reference"));
    }
    let code = work.name("access");
    let transaction = Transaction {
        id: work.number(),
        reference: reference.clone(),
        access_code: code.clone(),
        amount,
        currency,
        email,
        status: "abandoned".to_owned(),
        gateway_response: "The transaction was not completed".to_owned(),
        callback_url: p.text("callback_url").map(str::to_owned),
        metadata: match p.text("metadata") {
            Some(text) => serde_json::from_str(text).unwrap_or_default(),
            None => json!(p.under("metadata")),
        },
        created: work.stamp(),
        ..Transaction::default()
    };
    work.save(&transaction).await?;
    let number = Number { id: transaction.id.to_string(), reference: reference.clone() };
    work.save(&number).await?;
    let page = work.world().page_at(&format!("/_sim/door/checkout?code={code}"));
    Ok(yes(
        "Authorization URL created",
        json!({ "authorization_url": page, "access_code": code, "reference": reference }),
    ))
}

/// A currency's code in large letters; the naira if none is given.
pub fn currency(p: &Params) -> Result<String, Problem> {
    let word = p.text("currency").unwrap_or("NGN");
    if CURRENCIES.contains(&word) {
        Ok(word.to_owned())
    } else {
        Err(Problem::wrong("currency", "Currency not supported"))
    }
}

/// `GET /transaction/verify/{reference}`
pub async fn verify(work: &mut Work, reference: &str) -> Result<Value, Problem> {
    let known: Option<Transaction> = work.load(reference).await?;
    let known =
        known.ok_or_else(|| Problem::wrong("reference", "Transaction reference not found.").answered(400))?;
    Ok(yes("Verification successful", known.shown()))
}

/// `GET /transaction/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let known = found(work, id).await?;
    let mut shown = known.shown();
    shown["helpdesk_link"] = Value::Null;
    shown["plan"] = json!({});
    shown["metadata"] = json!({ "custom_fields": [] });
    shown["source"] = json!({ "type": "api", "source": "merchant_api", "identifier": null });
    Ok(yes("Transaction retrieved", shown))
}

/// A payment by its reference or its number.
pub async fn found(work: &mut Work, id: &str) -> Result<Transaction, Problem> {
    let known: Option<Transaction> = work.load(id).await?;
    let known = match known {
        Some(known) => Some(known),
        None => by_number(work, id).await?,
    };
    known.ok_or_else(|| Problem::none("transaction", id, "transaction"))
}

async fn by_number(work: &mut Work, id: &str) -> Result<Option<Transaction>, BooksError> {
    let Ok(number) = id.parse::<i64>() else { return Ok(None) };
    let numbered: Option<Number> = work.load(&number.to_string()).await?;
    match numbered {
        Some(numbered) => work.load(&numbered.reference).await,
        None => Ok(None),
    }
}

/// The way from a number to a reference.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Number {
    id: String,
    reference: String,
}

impl Kept for Number {
    const KIND: &'static str = "paystack.number";

    fn id(&self) -> &str {
        &self.id
    }
}

/// The payment of a page's code.
pub async fn of_code(work: &mut Work, code: &str) -> Result<Transaction, Problem> {
    let mut all: Vec<Object> = work.page().with_parent(Transaction::KIND, code).await?;
    let found = all.pop().ok_or_else(|| Problem::none("transaction", code, "code"))?;
    Ok(found.read()?)
}

/// Somebody pays by card on the provider's page.
pub async fn pay(work: &mut Work, code: &str, card: &Typed) -> Result<Transaction, Problem> {
    let reference = of_code(work, code).await?.reference;
    work.lock(&reference).await?;
    let mut transaction = found(work, &reference).await?;
    if matches!(&*transaction.status, "success" | "pending" | "ongoing") {
        return Err(Problem::wrong("code", "This payment was made already."));
    }
    transaction.attempts += 1;
    transaction.card = Some(card.face());
    transaction.behaviour = card.test_card().map(|test| test.behaviour);
    Ok(match transaction.behaviour {
        None => end(work, transaction, "failed", "Declined: test cards only").await?,
        Some(Behaviour::Declined) => end(work, transaction, "failed", "Declined").await?,
        Some(Behaviour::InsufficientFunds) => end(work, transaction, "failed", "Insufficient Funds").await?,
        Some(Behaviour::Challenge) => wait(work, transaction, "ongoing").await?,
        Some(Behaviour::SucceedsLater | Behaviour::FailsLater) => {
            let reference = transaction.reference.clone();
            work.later(LATER, "paystack.settle", &reference).await?;
            wait(work, transaction, "pending").await?
        }
        Some(_) => end(work, transaction, "success", "Successful").await?,
    })
}

/// They answer their bank's question, or fail to.
pub async fn answer_challenge(work: &mut Work, code: &str, passed: bool) -> Result<Transaction, Problem> {
    let reference = of_code(work, code).await?.reference;
    work.lock(&reference).await?;
    let transaction = found(work, &reference).await?;
    if transaction.status != "ongoing" {
        return Err(Problem::wrong("code", "Nothing was asked."));
    }
    Ok(if passed {
        end(work, transaction, "success", "Successful").await?
    } else {
        end(work, transaction, "failed", "Authentication failed").await?
    })
}

/// The time that a payment takes is over.
pub async fn settle(work: &mut Work, reference: &str) -> Result<(), BooksError> {
    work.lock(reference).await?;
    let Some(transaction) = work.load::<Transaction>(reference).await? else { return Ok(()) };
    if transaction.status != "pending" {
        return Ok(());
    }
    let fails = transaction.behaviour == Some(Behaviour::FailsLater);
    let (status, says) = if fails { ("failed", "Declined") } else { ("success", "Successful") };
    end(work, transaction, status, says).await.map(drop)
}

async fn wait(
    work: &mut Work,
    mut transaction: Transaction,
    status: &str,
) -> Result<Transaction, BooksError> {
    transaction.status = status.to_owned();
    transaction.gateway_response = "Pending".to_owned();
    work.save(&transaction).await?;
    Ok(transaction)
}

async fn end(
    work: &mut Work,
    mut transaction: Transaction,
    status: &str,
    says: &str,
) -> Result<Transaction, BooksError> {
    transaction.status = status.to_owned();
    transaction.gateway_response = says.to_owned();
    if status != "success" {
        work.save(&transaction).await?;
        return Ok(transaction);
    }
    let fee = card_fee(transaction.amount, &transaction.currency);
    let available_on = work.stamp() + PENDING.whole_seconds();
    book(work, "transaction", (transaction.amount, fee), &transaction.currency, transaction.id, available_on)
        .await?;
    transaction.fee = Some(fee);
    transaction.paid = Some(work.stamp());
    work.save(&transaction).await?;
    tell_paystack(work, "charge.success", transaction.ours(), transaction.shown()).await?;
    if matches!(transaction.behaviour, Some(Behaviour::Disputed | Behaviour::Inquiry)) {
        work.later(LATER, "paystack.open_dispute", &transaction.reference).await?;
    }
    Ok(transaction)
}

/// `GET /transaction`
pub async fn list(work: &mut Work, p: &Params) -> Result<Value, Problem> {
    let all = super::all::<Transaction>(work).await?;
    let shown = |t: &Transaction| {
        let mut shown = t.shown();
        shown["plan"] = json!({});
        shown["source"] = json!({
            "source": "merchant_api",
            "type": "api",
            "identifier": null,
            "entry_point": "transaction_initialize",
        });
        if t.card.is_none() {
            shown["authorization"] = json!({
                "authorization_code": null,
                "bin": null,
                "last4": null,
                "exp_month": null,
                "exp_year": null,
                "channel": null,
                "card_type": null,
                "bank": null,
                "country_code": null,
                "brand": null,
                "reusable": false,
                "signature": null,
                "account_name": null,
            });
        }
        shown
    };
    let mut page = super::page(p, "Transactions retrieved", all.iter().map(shown).collect())?;
    page["meta"]["total_volume"] = json!(all.iter().map(|t| t.amount).sum::<i64>());
    Ok(page)
}
