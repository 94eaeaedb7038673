//! What a provider says of a dispute, and what the sides of an order may know of it.

use super::model::{By, Chargeback, OfOrder};
use super::{books, fire, jobs, store, table};
use crate::orders::charged_back as orders;
use crate::payments::provider::{DisputeState, ProviderDispute};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{ChargebackId, OrderId, PaymentId, Refusal};
use platform::{Reader, Tx};
use serde_json::json;
use time::Duration;

/// How long there is to find out about news that fit nothing.
const DUE: Duration = Duration::days(1);

/// Moves a chargeback to where its provider says that it is, with all steps that lead there; one that is new is opened. May be
/// called as often as one likes. `None` for a dispute about a payment that is not ours, of which staff is told.
pub async fn heard(
    tx: &mut Tx,
    provider: &str,
    said: &ProviderDispute,
    base_url: &str,
) -> Result<Option<ChargebackId>, Refusal> {
    let charge = said.charge.as_deref();
    let Some(payment) = store::payment(tx, provider, &said.payment, charge).await? else {
        report(tx, format!("dispute:{provider}:{}", said.reference), Subject::Nothing, said).await?;
        return Ok(None);
    };
    platform::checkpoints::reach("chargebacks.heard").await;
    orders::lock(tx, payment).await?;
    platform::checkpoints::reach("chargebacks.locked").await;
    let known = store::lock_by_ref(tx, provider, &said.reference).await?;
    let mut it = known.unwrap_or_else(|| unborn(tx, provider, payment, said));
    update(tx, &mut it, said).await?;
    for answer in table::way_to(said.state) {
        let Some(row) = table::chargeback().answer(&it.state, answer) else { continue };
        if !row.is_loop() || !store::has_taken(tx, &it, &row.name).await? {
            fire::fire(tx, &mut it, row, By::PROVIDER, None, base_url).await?;
        }
    }
    if it.is_open() && !it.is_inquiry() {
        books::opened(tx, &mut it).await?;
    }
    if matches!(said.state, DisputeState::InquiryReview | DisputeState::UnderReview) {
        it.submitted_at = it.submitted_at.or(Some(tx.now()));
    }
    fire::keep(tx, &mut it).await?;
    jobs::look_later(tx, &it).await?;
    if !it.is_open() && differs(&it, said.state) {
        report(tx, format!("chargeback_differs:{}", it.id), Subject::Chargeback(it.id), said).await?;
    }
    Ok(Some(it.id))
}

/// One that was never heard of.
fn unborn(tx: &Tx, provider: &str, payment: PaymentId, said: &ProviderDispute) -> Chargeback {
    let now = tx.now();
    Chargeback {
        id: tx.new_id(),
        payment,
        provider: provider.to_owned(),
        provider_ref: said.reference.clone(),
        reason: said.reason.clone(),
        amount: said.amount,
        fee: said.fee,
        lines: said.lines.clone(),
        state: table::chargeback().start().to_owned(),
        state_since: now,
        version: 0,
        timer: None,
        due_by: said.due_by,
        booked_at: None,
        answer: None,
        round: 0,
        answered_by: None,
        submitted_at: None,
        opened_at: now,
        closed_at: None,
    }
}

/// Takes over what the provider says of it. Its amount stands once it is booked. Errors: it is in another currency now.
async fn update(tx: &mut Tx, it: &mut Chargeback, said: &ProviderDispute) -> Result<(), Refusal> {
    if said.amount.currency != it.amount.currency {
        let what = format!("{}: the provider speaks of another currency", it.id);
        return Err(Refusal::broken(what));
    }
    it.reason.clone_from(&said.reason);
    it.lines.clone_from(&said.lines);
    it.fee = said.fee;
    // One that is over is not due any more.
    it.due_by = said.due_by.or(it.due_by);
    if it.version > 0 && it.booked_at.is_none() && it.amount != said.amount && it.is_inquiry() {
        it.amount = said.amount;
        books::share(tx, it).await?;
    }
    Ok(())
}

/// Whether what is over here is not so there. An inquiry that was refunded is closed by the bank when it has seen it.
fn differs(it: &Chargeback, said: DisputeState) -> bool {
    let there = table::state_of(said);
    it.state != there && !(it.state == "inquiry_closed" && there == "inquiry")
}

async fn report(tx: &mut Tx, key: String, subject: Subject, said: &ProviderDispute) -> Result<(), Refusal> {
    let ticket = NewTicket {
        kind: Kind::Chargeback,
        key: &key,
        subject,
        amount: Some(said.amount),
        detail: json!({ "dispute": said.reference, "payment": said.payment, "state": said.state }),
        due: DUE,
    };
    tickets::open(tx, &ticket).await?;
    Ok(())
}

/// What the two sides of an order may know of its newest chargeback.
pub async fn of_order(reader: &mut Reader, order: OrderId) -> Result<Option<OfOrder>, Refusal> {
    Ok(of_orders(reader, &[order]).await?.pop().map(|(_, found)| found))
}

/// The same of several orders; those that no bank was asked about are left out.
pub async fn of_orders(reader: &mut Reader, orders: &[OrderId]) -> Result<Vec<(OrderId, OfOrder)>, Refusal> {
    Ok(store::shares::of_orders(reader, orders).await?)
}

/// A transfer came back that had been taken back for a dispute: what of it paid no debt of the order is for the dispute.
pub(super) async fn came_back(
    tx: &mut Tx,
    payment: PaymentId,
    order: OrderId,
    amount: kernel::Money,
) -> Result<(), Refusal> {
    orders::lock(tx, payment).await?;
    books::came_back(tx, order, amount).await
}
