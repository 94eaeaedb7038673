//! What happened to an order's money, in one order of time: its steps, the entries in the books, what the provider was
//! asked and told, what keeps the money, what is on its way to the seller and their bank, and what was issued about it.

use super::store;
use crate::accounts::model::Member;
use crate::documents::{self, Head};
use crate::orders::model::{Order, Step};
use crate::orders::store as orders;
use crate::payments::inbox::Received;
use crate::payments::{self, model::Refund};
use crate::permissions::Permission;
use kernel::{ChargebackId, Moment, Money, OrderId, PayoutId, Refusal};
use ledger::show::{self, Booked};
use platform::Reader;
use uuid::Uuid;

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Told {
    pub at: Moment,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    /// A step of the order's table.
    Step(Step),
    /// An entry in the books.
    Entry(Booked),
    /// The provider was asked for something.
    Call(Call),
    /// A refund was asked for.
    Refund(Refund),
    /// A part of the seller's went on its way to them.
    Settlement(Settlement),
    /// Something kept the money where it is.
    Hold(Hold),
    /// The provider told us something of it.
    Event(Received),
    /// A receipt, an invoice or the like was issued.
    Document(Head),
    /// A part of the seller's went to their bank, with others.
    Payout(Payout),
    /// The buyer asked their bank for the money.
    Chargeback(Chargeback),
}

/// A call to a provider.
#[derive(Clone, Debug)]
pub struct Call {
    pub key: String,
    pub operation: String,
    pub provider: String,
    /// As it is kept.
    pub state: String,
    pub tries: i32,
    pub at: Moment,
}

/// What is on its way to a seller.
#[derive(Clone, Debug)]
pub struct Settlement {
    pub id: Uuid,
    /// As they are kept.
    pub kind: String,
    pub state: String,
    pub amount: Money,
    pub taken: Money,
    pub until: Moment,
    pub at: Moment,
    /// The provider's names for what was sent and taken back.
    pub(super) names: Vec<String>,
}

/// A payout, and what of it is of the order.
#[derive(Clone, Debug)]
pub struct Payout {
    pub id: PayoutId,
    pub number: String,
    /// As it is kept.
    pub state: String,
    pub part: Money,
    pub at: Moment,
    pub(super) name: Option<String>,
}

/// What a buyer asked their bank for, and the order's share of it.
#[derive(Clone, Debug)]
pub struct Chargeback {
    pub id: ChargebackId,
    /// As it is kept.
    pub state: String,
    pub share: Money,
    pub at: Moment,
    pub(super) name: String,
}

/// A hold, over or not.
#[derive(Clone, Debug)]
pub struct Hold {
    pub kind: String,
    pub because: String,
    pub since: Moment,
    pub until: Option<Moment>,
    pub lifted_at: Option<Moment>,
}

/// The numbers of what came of an order, which entries in the books name: what it released to its seller, the payouts that this was
/// paid out with, and what the seller came to owe for it.
pub async fn numbers_of(reader: &mut Reader, id: OrderId) -> Result<Vec<Uuid>, Refusal> {
    Ok(store::numbers(reader, id).await?)
}

/// An order, and what happened to its money, oldest first; entries in the books, and documents, for who may see them.
/// Errors: `NotFound`.
pub async fn timeline(
    reader: &mut Reader,
    viewer: &Member,
    id: OrderId,
) -> Result<(Order, Vec<Told>), Refusal> {
    let order = orders::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    let payment = payments::rules::find(reader, order.payment).await?.ok_or(Refusal::NotFound)?;
    let refunds = payments::rules::refunds_of(reader, id).await?;
    let settlements = store::settlements(reader, id).await?;
    let payouts = store::payouts(reader, id).await?;
    let chargebacks = store::chargebacks(reader, id).await?;
    let about: Vec<Uuid> = [order.payment.0]
        .into_iter()
        .chain(refunds.iter().map(|refund| refund.id.0))
        .chain(settlements.iter().map(|settlement| settlement.id))
        .chain(payouts.iter().map(|payout| payout.id.0))
        .chain(chargebacks.iter().map(|chargeback| chargeback.id.0))
        .collect();
    // What a provider tells of names it by its own name, or by ours.
    let names: Vec<String> = about
        .iter()
        .map(Uuid::to_string)
        .chain(payment.provider_ref.into_iter().chain(payment.charge))
        .chain(refunds.iter().filter_map(|refund| refund.provider_ref.clone()))
        .chain(settlements.iter().flat_map(|settlement| settlement.names.iter().cloned()))
        .chain(payouts.iter().filter_map(|payout| payout.name.clone()))
        .chain(chargebacks.iter().map(|chargeback| chargeback.name.clone()))
        .collect();
    let mut told = Vec::new();
    for step in orders::steps(reader, id).await? {
        told.push(Told { at: step.at, what: What::Step(step) });
    }
    if viewer.may(Permission::LedgerSee) {
        let numbers = numbers_of(reader, id).await?;
        let booked = show::of_order(reader, id, &numbers).await?;
        told.extend(booked.into_iter().map(|it| Told { at: it.at, what: What::Entry(it) }));
    }
    for call in store::calls(reader, &about).await? {
        told.push(Told { at: call.at, what: What::Call(call) });
    }
    for event in store::events(reader, &payment.provider, &names).await? {
        told.push(Told { at: event.received_at, what: What::Event(event) });
    }
    for hold in store::holds(reader, id).await? {
        told.push(Told { at: hold.since, what: What::Hold(hold) });
    }
    for document in documents::of_order(reader, viewer, id).await? {
        told.push(Told { at: document.issued_at, what: What::Document(document) });
    }
    told.extend(refunds.into_iter().map(|it| Told { at: it.created_at, what: What::Refund(it) }));
    told.extend(settlements.into_iter().map(|it| Told { at: it.at, what: What::Settlement(it) }));
    told.extend(payouts.into_iter().map(|it| Told { at: it.at, what: What::Payout(it) }));
    told.extend(chargebacks.into_iter().map(|it| Told { at: it.at, what: What::Chargeback(it) }));
    // What happened in one moment stays in the order in which it is told here: the step first, then what came of it.
    told.sort_by_key(|it| it.at);
    Ok((order, told))
}
