//! Transfers to bank accounts, from what is available; made once for each reference. And who receives them.

use super::model::{INTEGRATION, book, transfer_fee, when, yes};
use crate::asked::Params;
use crate::books::{BooksError, Kept};
use crate::faults::Fault;
use crate::hooks::{PAYSTACK, tell_paystack};
use crate::money;
use crate::problem::Problem;
use crate::world::{LATER, Work};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// Whose balance is checked before it is used.
const BALANCE: &str = "balance of paystack";

/// Somebody who receives.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recipient {
    pub code: String,
    pub number: i64,
    pub kind: String,
    pub name: String,
    pub account_number: String,
    pub bank_code: String,
    pub currency: String,
    pub description: String,
    pub created: i64,
}

impl Kept for Recipient {
    const KIND: &'static str = "paystack.recipient";

    fn id(&self) -> &str {
        &self.code
    }

    fn account(&self) -> &str {
        PAYSTACK
    }

    fn tag(&self) -> Option<&str> {
        Some(&self.account_number)
    }
}

impl Recipient {
    /// As Paystack shows it.
    pub fn shown(&self) -> Value {
        json!({
            "active": true,
            "createdAt": when(self.created),
            "currency": self.currency,
            "description": self.description,
            "domain": "test",
            "email": "",
            "id": self.number,
            "integration": INTEGRATION,
            "metadata": null,
            "name": self.name,
            "recipient_code": self.code,
            "type": self.kind,
            "updatedAt": when(self.created),
            "is_deleted": false,
            "isDeleted": false,
            "recipient_account": self.account_number,
            "institution_code": self.bank_code,
            "details": {
                "authorization_code": null,
                "account_number": self.account_number,
                "account_name": self.name,
                "bank_code": self.bank_code,
                "bank_name": "TEST BANK",
            },
        })
    }

    /// Whether transfers to it fail, by the last digits of its number.
    fn refuses(&self) -> bool {
        ["1116", "1113", "2227"].iter().any(|end| self.account_number.ends_with(end))
    }
}

/// `POST /transferrecipient`
pub async fn receive(work: &mut Work, p: &Params) -> Result<Value, Problem> {
    let recipient = Recipient {
        code: work.name("RCP"),
        number: work.number(),
        kind: p.needed("type")?.to_owned(),
        name: p.needed("name")?.to_owned(),
        account_number: p.needed("account_number")?.to_owned(),
        bank_code: p.needed("bank_code")?.to_owned(),
        currency: super::transactions::currency(p)?,
        description: p.text("description").unwrap_or_default().to_owned(),
        created: work.stamp(),
    };
    work.save(&recipient).await?;
    Ok(yes("Transfer recipient created successfully", recipient.shown()))
}

/// `GET /transferrecipient/{code}`
pub async fn recipient(work: &mut Work, code: &str) -> Result<Value, Problem> {
    let known: Option<Recipient> = work.load(code).await?;
    let known = known.ok_or_else(|| Problem::none("recipient", code, "code"))?;
    Ok(yes("Recipient retrieved", known.shown()))
}

/// A transfer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Transfer {
    pub reference: String,
    pub code: String,
    pub number: i64,
    pub amount: i64,
    pub fee: i64,
    pub currency: String,
    pub reason: String,
    /// pending, success, failed or reversed.
    pub status: String,
    pub recipient: String,
    pub created: i64,
    pub ended: Option<i64>,
    /// The bank will send it back after it succeeded.
    pub comes_back: bool,
}

impl Kept for Transfer {
    const KIND: &'static str = "paystack.transfer";

    fn id(&self) -> &str {
        &self.reference
    }

    fn account(&self) -> &str {
        PAYSTACK
    }

    fn tag(&self) -> Option<&str> {
        Some(&self.code)
    }

    fn ours(&self) -> Option<Uuid> {
        self.reference.parse().ok()
    }
}

impl Transfer {
    /// As Paystack shows it, without whom it went to.
    fn bare(&self) -> Value {
        json!({
            "amount": self.amount,
            "createdAt": when(self.created),
            "currency": self.currency,
            "domain": "test",
            "failures": null,
            "id": self.number,
            "integration": INTEGRATION,
            "reason": self.reason,
            "reference": self.reference,
            "request": self.number,
            "source": "balance",
            "source_details": null,
            "status": self.status,
            "titan_code": null,
            "transfer_code": self.code,
            "transferred_at": self.ended.map(when),
            "updatedAt": when(self.ended.unwrap_or(self.created)),
        })
    }

    /// As Paystack shows it.
    fn shown(&self, to: &Recipient) -> Value {
        let mut shown = self.bare();
        shown["recipient"] = to.shown();
        shown["session"] = json!({ "provider": null, "id": null });
        shown["fee_charged"] = json!(self.fee);
        shown["fees_breakdown"] = Value::Null;
        shown["gateway_response"] = Value::Null;
        shown
    }
}

/// `POST /transfer`
pub async fn create(work: &mut Work, p: &Params) -> Result<Value, Problem> {
    if p.needed("source")? != "balance" {
        return Err(Problem::wrong("source", "Transfers are made from the balance."));
    }
    let (amount, currency) = (p.amount("amount")?, super::transactions::currency(p)?);
    let to: Option<Recipient> = work.load(p.needed("recipient")?).await?;
    let to = to.ok_or_else(|| Problem::wrong("recipient", "Recipient specified is invalid"))?;
    let reference = p.text("reference").map_or_else(|| work.name("t"), str::to_owned);
    work.lock(&reference).await?;
    if work.load::<Transfer>(&reference).await?.is_some() {
        let message = "Please provide a unique reference. Reference already exists on a transfer";
        return Err(Problem::wrong("reference", message));
    }
    work.lock(BALANCE).await?;
    let fee = transfer_fee(amount, &currency);
    let has = money::of_account(work, PAYSTACK, &currency.to_ascii_lowercase()).await?;
    if has.available < amount + fee {
        return Err(Problem::wrong("amount", "Your balance is not enough to fulfil this request"));
    }
    let transfer = Transfer {
        reference,
        code: work.name("TRF"),
        number: work.number(),
        amount,
        fee,
        currency,
        reason: p.text("reason").unwrap_or_default().to_owned(),
        status: "pending".to_owned(),
        recipient: to.code.clone(),
        created: work.stamp(),
        ended: None,
        comes_back: work.suffers(&Fault::PayoutFailsAfterPaid),
    };
    book(work, "transfer", (-amount, fee), &transfer.currency, transfer.number, 0).await?;
    work.save(&transfer).await?;
    work.later(LATER, "paystack.settle_transfer", &transfer.reference).await?;
    let mut shown = transfer.bare();
    shown["recipient"] = json!(to.number);
    shown["transfersessionid"] = json!([]);
    shown["transfertrials"] = json!([]);
    Ok(yes("Transfer has been queued", shown))
}

/// It arrives at the bank, which takes it or does not.
pub async fn settle(work: &mut Work, reference: &str) -> Result<(), BooksError> {
    work.lock(reference).await?;
    let Some(transfer) = work.load::<Transfer>(reference).await? else { return Ok(()) };
    let Some(to) = work.load::<Recipient>(&transfer.recipient).await? else { return Ok(()) };
    match &*transfer.status {
        "pending" if to.refuses() => end(work, transfer, &to, "failed").await,
        "pending" => end(work, transfer, &to, "success").await,
        _ => Ok(()),
    }
}

/// The bank sends back what it had taken.
pub async fn bounce(work: &mut Work, reference: &str) -> Result<(), BooksError> {
    work.lock(reference).await?;
    let Some(transfer) = work.load::<Transfer>(reference).await? else { return Ok(()) };
    let Some(to) = work.load::<Recipient>(&transfer.recipient).await? else { return Ok(()) };
    if transfer.status == "success" { end(work, transfer, &to, "reversed").await } else { Ok(()) }
}

async fn end(
    work: &mut Work,
    mut transfer: Transfer,
    to: &Recipient,
    status: &str,
) -> Result<(), BooksError> {
    transfer.status = status.to_owned();
    transfer.ended = Some(work.stamp());
    work.save(&transfer).await?;
    if status == "success" {
        if transfer.comes_back {
            work.later(LATER, "paystack.return_transfer", &transfer.reference).await?;
        }
    } else {
        // The fee comes back with it.
        book(work, "transfer", (transfer.amount, -transfer.fee), &transfer.currency, transfer.number, 0)
            .await?;
    }
    tell_paystack(work, &format!("transfer.{status}"), transfer.ours(), transfer.shown(to)).await
}

/// `GET /transfer/verify/{reference}`
pub async fn verify(work: &mut Work, reference: &str) -> Result<Value, Problem> {
    let known: Option<Transfer> = work.load(reference).await?;
    let known = known.ok_or_else(|| Problem::none("transfer", reference, "reference"))?;
    Ok(yes("Transfer retrieved", shown(work, &known).await?))
}

/// `GET /transfer/{code}`
pub async fn show(work: &mut Work, code: &str) -> Result<Value, Problem> {
    let found = work.tagged::<Transfer>(code).await?.pop();
    let found = found.ok_or_else(|| Problem::none("transfer", code, "code"))?;
    let mut shown = shown(work, &found).await?;
    shown["fees_breakdown"] = json!([]);
    Ok(yes("Transfer retrieved", shown))
}

/// `GET /transfer`
pub async fn list(work: &mut Work, p: &Params) -> Result<Value, Problem> {
    let mut data = Vec::new();
    for transfer in super::all::<Transfer>(work).await? {
        data.push(shown(work, &transfer).await?);
    }
    super::page(p, "Transfers retrieved", data)
}

async fn shown(work: &mut Work, transfer: &Transfer) -> Result<Value, Problem> {
    let to: Option<Recipient> = work.load(&transfer.recipient).await?;
    let to = to.ok_or_else(|| Problem::none("recipient", &transfer.recipient, "recipient"))?;
    Ok(transfer.shown(&to))
}
