//! Payouts from an account to its bank: what is available and no more, a day on the way, back again when the bank does
//! not take them.

use super::accounts::{self, Account};
use super::banks::Bank;
use super::lists;
use super::payments::currency;
use super::route::Call;
use crate::books::{BooksError, Kept, Object};
use crate::faults::Fault;
use crate::hooks::tell;
use crate::money::{self, Line, NewLine, ON_THE_WAY};
use crate::problem::Problem;
use crate::world::{LATER, Work, ours_in};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A payout.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Payout {
    pub id: String,
    pub account: String,
    pub amount: i64,
    pub currency: String,
    pub destination: Option<String>,
    /// pending, paid or failed.
    pub status: String,
    pub description: Option<String>,
    pub statement_descriptor: Option<String>,
    pub metadata: BTreeMap<String, String>,
    pub balance_transaction: String,
    pub failure_balance_transaction: Option<String>,
    pub failure_code: Option<String>,
    pub failure_message: Option<String>,
    pub arrival_date: i64,
    pub created: i64,
    /// The bank will send it back after it was paid.
    #[serde(default)]
    pub comes_back: bool,
}

impl Kept for Payout {
    const KIND: &'static str = "payout";

    fn id(&self) -> &str {
        &self.id
    }

    fn account(&self) -> &str {
        &self.account
    }

    fn ours(&self) -> Option<Uuid> {
        ours_in(&self.metadata, &["payout"])
    }
}

impl Payout {
    /// As Stripe shows it.
    pub fn shown(&self) -> Value {
        json!({
            "id": self.id,
            "object": "payout",
            "amount": self.amount,
            "application_fee": null,
            "application_fee_amount": null,
            "arrival_date": self.arrival_date,
            "automatic": false,
            "balance_transaction": self.balance_transaction,
            "created": self.created,
            "currency": self.currency,
            "description": self.description,
            "destination": self.destination,
            "failure_balance_transaction": self.failure_balance_transaction,
            "failure_code": self.failure_code,
            "failure_message": self.failure_message,
            "livemode": false,
            "metadata": self.metadata,
            "method": "standard",
            "original_payout": null,
            "payout_method": null,
            "reconciliation_status": "not_applicable",
            "reversed_by": null,
            "source_type": "card",
            "statement_descriptor": self.statement_descriptor,
            "status": self.status,
            "trace_id": null,
            "type": "bank_account",
        })
    }
}

const CREATE: &[&str] = &[
    "amount",
    "currency",
    "description",
    "destination",
    "expand",
    "metadata",
    "method",
    "statement_descriptor",
];

/// `POST /v1/payouts`, of a seller's account when the header names one.
pub async fn create(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(CREATE)?;
    let (amount, currency) = (p.amount("amount")?, currency(p)?);
    let bank = bank_of(work, &call.account).await?;
    work.lock(&accounts::balance_of(&call.account)).await?;
    let has = money::of_account(work, &call.account, &currency).await?;
    if has.available < amount {
        let message = "You have insufficient funds in your Stripe account for this payout.";
        return Err(Problem::refused("balance_insufficient", message));
    }
    let comes_back = work.suffers(&Fault::PayoutFailsAfterPaid);
    let mut payout = Payout {
        id: work.name("po"),
        account: call.account.clone(),
        amount,
        currency,
        destination: bank.map(|bank| bank.id),
        status: "pending".to_owned(),
        description: p.text("description").map(str::to_owned),
        statement_descriptor: p.text("statement_descriptor").map(str::to_owned),
        metadata: p.under("metadata"),
        balance_transaction: String::new(),
        failure_balance_transaction: None,
        failure_code: None,
        failure_message: None,
        arrival_date: work.stamp() + ON_THE_WAY.whole_seconds(),
        created: work.stamp(),
        comes_back,
    };
    payout.balance_transaction = book(work, &payout, "payout", -amount).await?.id;
    work.save(&payout).await?;
    work.later(ON_THE_WAY, "pay_payout", &payout.id).await?;
    told(work, "payout.created", &payout).await?;
    Ok(payout.shown())
}

/// The bank account that an account is paid to; the marketplace's own is not known by number.
async fn bank_of(work: &mut Work, account: &str) -> Result<Option<Bank>, Problem> {
    if account.is_empty() {
        return Ok(None);
    }
    let seller = accounts::found(work, account, "account").await?;
    if !seller.may_pay_out() {
        let message =
            "Sorry, you don't have any external accounts in that currency, or payouts are disabled.";
        return Err(Problem::refused("payouts_not_allowed", message));
    }
    Ok(seller.bank)
}

async fn book(work: &mut Work, payout: &Payout, kind: &str, amount: i64) -> Result<Line, BooksError> {
    let new = NewLine {
        account: &payout.account,
        kind,
        category: if kind == "payout" { "payout" } else { "payout_reversal" },
        amount,
        fee: 0,
        currency: &payout.currency,
        source: &payout.id,
        description: payout.description.as_deref(),
        available_on: 0,
    };
    money::write(work, &new).await
}

/// It arrives at the bank, which takes it or does not.
pub async fn arrive(work: &mut Work, id: &str) -> Result<(), BooksError> {
    work.lock(id).await?;
    let Some(mut payout) = work.load::<Payout>(id).await? else { return Ok(()) };
    if payout.status != "pending" {
        return Ok(());
    }
    let seller: Option<Account> = work.load(&payout.account).await?;
    let failure = seller.and_then(|s| s.bank).and_then(|bank| bank.failure(&payout.currency));
    if let Some((code, message)) = failure {
        return come_back(work, payout, code, message).await;
    }
    payout.status = "paid".to_owned();
    work.save(&payout).await?;
    if payout.comes_back {
        work.later(LATER, "return_payout", id).await?;
    }
    told(work, "payout.paid", &payout).await
}

/// The bank sends back what it had taken.
pub async fn bounce(work: &mut Work, id: &str) -> Result<(), BooksError> {
    work.lock(id).await?;
    match work.load::<Payout>(id).await? {
        Some(payout) if payout.status == "paid" => {
            come_back(work, payout, "could_not_process", "The bank could not process this payout.").await
        }
        _ => Ok(()),
    }
}

async fn come_back(work: &mut Work, mut payout: Payout, code: &str, message: &str) -> Result<(), BooksError> {
    let line = book(work, &payout, "payout_failure", payout.amount).await?;
    payout.failure_balance_transaction = Some(line.id);
    payout.failure_code = Some(code.to_owned());
    payout.failure_message = Some(message.to_owned());
    payout.status = "failed".to_owned();
    work.save(&payout).await?;
    if !payout.account.is_empty() {
        work.lock(&payout.account).await?;
    }
    // A bank account that does not take one currency is good for others.
    let is_bad = code != "invalid_currency";
    if let Some(mut seller) = work.load::<Account>(&payout.account).await?.filter(|_| is_bad) {
        if let Some(bank) =
            seller.bank.as_mut().filter(|bank| payout.destination.as_deref() == Some(&*bank.id))
        {
            bank.status = "errored".to_owned();
        }
        work.save(&seller).await?;
        accounts::told(work, &seller).await?;
    }
    told(work, "payout.failed", &payout).await
}

async fn told(work: &mut Work, kind: &str, payout: &Payout) -> Result<(), BooksError> {
    tell(work, kind, &payout.account, payout.ours(), payout.shown()).await
}

/// `GET /v1/payouts/{id}`
pub async fn show(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let known: Option<Payout> = work.load(id).await?;
    let known = known.filter(|payout| payout.account == call.account);
    Ok(known.ok_or_else(|| Problem::none("payout", id, "payout"))?.shown())
}

/// `GET /v1/payouts`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let (found, more) = lists::newest(work, Payout::KIND, &call.account, &call.params).await?;
    let one = |o: Object| -> Result<Value, Problem> { Ok(o.read::<Payout>()?.shown()) };
    let data = found.into_iter().map(one).collect::<Result<Vec<Value>, Problem>>()?;
    Ok(lists::list(&call.path, data, more))
}
