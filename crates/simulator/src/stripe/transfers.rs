//! Transfers to sellers' accounts, and what is taken back of them. With a charge as their source they wait for its money;
//! without, they need what is available.

use super::accounts::{self, Account};
use super::charges::{self, Charge};
use super::lists;
use super::payments::currency;
use super::reversals::Reversal;
use super::route::Call;
use crate::books::{BooksError, Kept, Object};
use crate::hooks::tell;
use crate::money::{self, Line, NewLine};
use crate::problem::Problem;
use crate::world::{Work, ours_in};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Whose balance is checked before it is used.
const PLATFORM: &str = "balance of the platform";

/// A transfer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Transfer {
    pub id: String,
    pub amount: i64,
    pub amount_reversed: i64,
    pub currency: String,
    pub destination: String,
    /// What arrived in the seller's account.
    pub destination_payment: String,
    pub source_transaction: Option<String>,
    pub transfer_group: Option<String>,
    pub description: Option<String>,
    pub metadata: BTreeMap<String, String>,
    pub balance_transaction: String,
    pub created: i64,
}

impl Kept for Transfer {
    const KIND: &'static str = "transfer";

    fn id(&self) -> &str {
        &self.id
    }

    fn parent(&self) -> Option<&str> {
        self.source_transaction.as_deref()
    }

    fn tag(&self) -> Option<&str> {
        self.transfer_group.as_deref()
    }

    fn ours(&self) -> Option<Uuid> {
        ours_in(&self.metadata, &["settlement"])
    }
}

impl Transfer {
    pub const fn left(&self) -> i64 {
        self.amount - self.amount_reversed
    }

    /// As Stripe shows it. `reversals`: newest first.
    pub fn shown(&self, reversals: &[Reversal]) -> Value {
        let url = format!("/v1/transfers/{}/reversals", self.id);
        json!({
            "id": self.id,
            "object": "transfer",
            "amount": self.amount,
            "amount_reversed": self.amount_reversed,
            "balance_transaction": self.balance_transaction,
            "created": self.created,
            "currency": self.currency,
            "description": self.description,
            "destination": self.destination,
            "destination_payment": self.destination_payment,
            "livemode": false,
            "metadata": self.metadata,
            "reversals": lists::list(&url, reversals.iter().map(Reversal::shown).collect(), false),
            "reversed": self.left() == 0,
            "source_transaction": self.source_transaction,
            "source_type": "card",
            "transfer_group": self.transfer_group,
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
    "source_transaction",
    "source_type",
    "transfer_group",
];

/// `POST /v1/transfers`
pub async fn create(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(CREATE)?;
    let (amount, currency) = (p.amount("amount")?, currency(p)?);
    let to = accounts::found(work, p.needed("destination")?, "destination").await?;
    if !to.may_receive() {
        let message = "Your destination account needs to have at least one of the following capabilities enabled: transfers.";
        return Err(Problem::refused("insufficient_capabilities_for_transfer", message));
    }
    let source = match p.text("source_transaction") {
        Some(id) => Some(source(work, id, amount, &currency, p.text("transfer_group")).await?),
        None => {
            enough(work, amount, &currency).await?;
            None
        }
    };
    let group = p.text("transfer_group").map(str::to_owned);
    let mut transfer = Transfer {
        id: work.name("tr"),
        amount,
        amount_reversed: 0,
        currency,
        destination: to.id.clone(),
        destination_payment: work.name("py"),
        source_transaction: source.as_ref().map(|(charge, _)| charge.id.clone()),
        transfer_group: group
            .or_else(|| source.as_ref().and_then(|(charge, _)| charge.transfer_group.clone())),
        description: p.text("description").map(str::to_owned),
        metadata: p.under("metadata"),
        balance_transaction: String::new(),
        created: work.stamp(),
    };
    let available_on = source.as_ref().map_or(0, |(_, until)| *until);
    transfer.balance_transaction = book(work, &transfer, &to, available_on).await?;
    if let Some((mut charge, _)) = source {
        charge.transferred += amount;
        work.save(&charge).await?;
    }
    work.save(&transfer).await?;
    let shown = transfer.shown(&[]);
    tell(work, "transfer.created", "", transfer.ours(), shown.clone()).await?;
    Ok(shown)
}

/// The charge that a transfer draws on, and when its money is available.
async fn source(
    work: &mut Work,
    id: &str,
    amount: i64,
    currency: &str,
    group: Option<&str>,
) -> Result<(Charge, i64), Problem> {
    work.lock(id).await?;
    let charge = charges::found(work, id, "source_transaction").await?;
    let wrong = |message: String| Err(Problem::wrong("source_transaction", message));
    if !charge.has_succeeded() {
        return wrong(format!("Charge {id} has not succeeded."));
    }
    let (whole, settled) = charge.settled(charge.amount);
    if settled != currency {
        return wrong(format!(
            "The currency of source_transaction's balance transaction ({settled}) must be the same as the transfer currency ({currency})."
        ));
    }
    let left = whole - charge.transferred;
    if left < amount {
        return wrong(format!("Cannot use {id} for more than is left of it ({left})."));
    }
    if group.is_some_and(|g| charge.transfer_group.as_deref().is_some_and(|c| c != g)) {
        let message = "The transfer_group is not that of the source_transaction.";
        return Err(Problem::wrong("transfer_group", message));
    }
    let line: Option<Line> = match &charge.balance_transaction {
        Some(line) => work.load(line).await?,
        None => None,
    };
    Ok((charge, line.map_or(0, |line| line.available_on)))
}

/// Whether so much is available in the marketplace's account.
async fn enough(work: &mut Work, amount: i64, currency: &str) -> Result<(), Problem> {
    work.lock(PLATFORM).await?;
    if money::of_account(work, "", currency).await?.available < amount {
        let message = "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card.";
        return Err(Problem::refused("balance_insufficient", message));
    }
    Ok(())
}

/// Writes both ends of a transfer; answers the line of ours.
async fn book(
    work: &mut Work,
    transfer: &Transfer,
    to: &Account,
    available_on: i64,
) -> Result<String, BooksError> {
    let ours = NewLine {
        account: "",
        kind: "transfer",
        category: "transfer",
        amount: -transfer.amount,
        fee: 0,
        currency: &transfer.currency,
        source: &transfer.id,
        description: transfer.description.as_deref(),
        available_on,
    };
    let line = money::write(work, &ours).await?;
    let theirs = NewLine {
        account: &to.id,
        kind: "payment",
        category: "charge",
        amount: transfer.amount,
        source: &transfer.destination_payment,
        ..ours
    };
    let arrived = money::write(work, &theirs).await?;
    let payment = Charge {
        id: transfer.destination_payment.clone(),
        account: to.id.clone(),
        amount: transfer.amount,
        currency: transfer.currency.clone(),
        status: "succeeded".to_owned(),
        created: work.stamp(),
        balance_transaction: Some(arrived.id),
        source_transfer: Some(transfer.id.clone()),
        ..Charge::default()
    };
    work.save(&payment).await?;
    Ok(line.id)
}

/// `GET /v1/transfers/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let transfer = found(work, id).await?;
    let reversals = work.children::<Reversal>(id).await?;
    Ok(transfer.shown(&reversals))
}

/// `POST /v1/transfers/{id}`
pub async fn update(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    call.params.only(&["description", "expand", "metadata"])?;
    let mut transfer = locked(work, id).await?;
    transfer.metadata.extend(call.params.under("metadata"));
    work.save(&transfer).await?;
    show(work, id).await
}

/// `GET /v1/transfers`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    let (found, more) = match p.text("transfer_group") {
        Some(group) => lists::page_of(work.page().with_tag(Transfer::KIND, group).await?, p)?,
        None => lists::newest(work, Transfer::KIND, "", p).await?,
    };
    let mut data = Vec::new();
    for object in found {
        let transfer: Transfer = Object::read(object)?;
        let reversals = work.children::<Reversal>(&transfer.id).await?;
        data.push(transfer.shown(&reversals));
    }
    Ok(lists::list(&call.path, data, more))
}

/// A transfer to look at.
pub async fn found(work: &mut Work, id: &str) -> Result<Transfer, Problem> {
    let known: Option<Transfer> = work.load(id).await?;
    known.ok_or_else(|| Problem::none("transfer", id, "id"))
}

/// A transfer that nobody else changes meanwhile.
pub async fn locked(work: &mut Work, id: &str) -> Result<Transfer, Problem> {
    work.lock(id).await?;
    found(work, id).await
}
