//! What is taken back of a transfer: as long as the seller's account has it.

use super::accounts;
use super::charges::Charge;
use super::lists;
use super::route::Call;
use super::transfers;
use crate::books::{Kept, Object};
use crate::faults::Fault;
use crate::hooks::tell;
use crate::money::{self, NewLine};
use crate::problem::Problem;
use crate::world::Work;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A reversal of a transfer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reversal {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub transfer: String,
    pub metadata: BTreeMap<String, String>,
    pub balance_transaction: String,
    pub created: i64,
}

impl Kept for Reversal {
    const KIND: &'static str = "transfer_reversal";

    fn id(&self) -> &str {
        &self.id
    }

    fn parent(&self) -> Option<&str> {
        Some(&self.transfer)
    }
}

impl Reversal {
    /// As Stripe shows it.
    pub fn shown(&self) -> Value {
        json!({
            "id": self.id,
            "object": "transfer_reversal",
            "amount": self.amount,
            "balance_transaction": self.balance_transaction,
            "created": self.created,
            "currency": self.currency,
            "destination_payment_refund": null,
            "metadata": self.metadata,
            "source_refund": null,
            "transfer": self.transfer,
        })
    }
}

/// `POST /v1/transfers/{id}/reversals`
pub async fn create(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(&["amount", "description", "expand", "metadata", "refund_application_fee"])?;
    let mut transfer = transfers::locked(work, id).await?;
    let amount = if p.text("amount").is_some() { p.amount("amount")? } else { transfer.left() };
    if amount > transfer.left() || amount == 0 {
        let message = format!(
            "Reversal amount ({amount}) is greater than what is left of the transfer ({}).",
            transfer.left()
        );
        return Err(Problem::refused("amount_too_large", message));
    }
    let account = transfer.destination.clone();
    work.lock(&accounts::balance_of(&account)).await?;
    let until = taken_when(work, &transfer.destination_payment).await?;
    let has = money::of_account(work, &account, &transfer.currency).await?;
    let has = if until > work.stamp() { has.pending } else { has.available };
    if has < amount || work.suffers(&Fault::ReversalRefused) {
        let message = "The connected account has insufficient funds to reverse this transfer.";
        return Err(Problem::refused("insufficient_funds", message));
    }
    let mut reversal = Reversal {
        id: work.name("trr"),
        amount,
        currency: transfer.currency.clone(),
        transfer: transfer.id.clone(),
        metadata: p.under("metadata"),
        balance_transaction: String::new(),
        created: work.stamp(),
    };
    let theirs = NewLine {
        account: &account,
        kind: "payment_refund",
        category: "refund",
        amount: -amount,
        fee: 0,
        currency: &transfer.currency,
        source: &transfer.destination_payment,
        description: None,
        available_on: until,
    };
    let theirs = money::write(work, &theirs).await?;
    let ours = NewLine {
        account: "",
        kind: "transfer_refund",
        category: "transfer_reversal",
        amount,
        fee: 0,
        currency: &transfer.currency,
        source: &reversal.id,
        description: None,
        available_on: theirs.available_on,
    };
    reversal.balance_transaction = money::write(work, &ours).await?.id;
    work.save(&reversal).await?;
    transfer.amount_reversed += amount;
    work.save(&transfer).await?;
    if let Some(source) = &transfer.source_transaction {
        work.lock(source).await?;
        if let Some(mut charge) = work.load::<Charge>(source).await? {
            charge.transferred -= amount;
            work.save(&charge).await?;
        }
    }
    let all = work.children::<Reversal>(&transfer.id).await?;
    tell(work, "transfer.reversed", "", transfer.ours(), transfer.shown(&all)).await?;
    Ok(reversal.shown())
}

/// What was not available yet when it arrived is taken from what is pending.
async fn taken_when(work: &mut Work, arrived: &str) -> Result<i64, Problem> {
    let lines = work.children::<money::Line>(arrived).await?;
    Ok(lines.iter().map(|line| line.available_on).max().unwrap_or(0))
}

/// `GET /v1/transfers/{id}/reversals`
pub async fn list(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let all = work.page().with_parent(Reversal::KIND, id).await?;
    let (found, more) = lists::page_of(all, &call.params)?;
    let one = |o: Object| -> Result<Value, Problem> { Ok(o.read::<Reversal>()?.shown()) };
    let data = found.into_iter().map(one).collect::<Result<Vec<Value>, Problem>>()?;
    Ok(lists::list(&call.path, data, more))
}

/// `GET /v1/transfers/{id}/reversals/{reversal}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let known: Option<Reversal> = work.load(id).await?;
    Ok(known.ok_or_else(|| Problem::none("transfer_reversal", id, "id"))?.shown())
}
