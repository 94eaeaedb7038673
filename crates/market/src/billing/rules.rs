//! What each piece of news makes due.

use super::credits::{self, Back};
use super::model::{Deal, GOODS, Profile, Terms, cause};
use super::{commission, parties, sales, statements, store};
use crate::accounts::rules as accounts;
use crate::documents::{self, Kind, New, What};
use crate::orders::{model::Order, parts, rules as orders};
use crate::payments::rules as payments;
use crate::tax;
use crate::tickets::{self, Kind as Matter, NewTicket, Subject};
use kernel::{MemberId, Moment, Money, OrderId, PaymentId, PayoutId, RefundId, Refusal};
use ledger::Account;
use ledger::show::Booked;
use platform::vault::VaultError;
use platform::{Reader, Tx};
use serde_json::json;
use std::error::Error;
use time::Duration;

/// How long there is for looking at a document that could not be written.
const DUE: Duration = Duration::days(1);
/// What the keys of entries about a lost dispute begin with, and their kinds. One about money that had gone back before
/// takes nothing more from anybody.
const LOST: &str = "dispute_lost:";
const LOST_KINDS: [&str; 2] = ["dispute_lost", "dispute_lost_after"];

/// An order was paid at `at`: the buyer's receipt, and the invoice of a business that allowed it.
pub async fn paid(tx: &mut Tx, terms: &Terms<'_>, order: OrderId, at: Moment) -> Result<(), Refusal> {
    let (deal, now) = (deal(tx, terms, order).await?, tx.now());
    put(tx, &sales::receipt(&deal, terms, at, now)).await?;
    if let Some(invoice) = sales::invoice(&deal, terms, at, now) {
        put(tx, &invoice).await?;
    }
    Ok(())
}

/// An order was released, whole or in part: the seller's invoice for the commission.
pub async fn released(tx: &mut Tx, terms: &Terms<'_>, order: OrderId) -> Result<(), Refusal> {
    let (deal, now) = (deal(tx, terms, order).await?, tx.now());
    let (booked, key) = (ledger::show::of_order(tx, order, &[]).await?, format!("release:{order}"));
    let release = booked.iter().find(|entry| entry.key == key);
    if let Some(invoice) = release.and_then(|entry| commission::invoice(&deal, entry, terms, now)) {
        put(tx, &invoice).await?;
    }
    Ok(())
}

/// A refund reached its buyer: credit notes for what was written before, for the seller too where commission was given back.
pub async fn refunded(tx: &mut Tx, terms: &Terms<'_>, id: RefundId) -> Result<(), Refusal> {
    let Some(refund) = payments::find_refund(tx, id).await? else { return Ok(()) };
    let deal = deal(tx, terms, refund.order).await?;
    let tax = Money::new(store::refunded_tax(tx, id).await?, refund.amount.currency);
    let taxes = credits::part_of(&sales::sums(deal.owed(GOODS)), tax, refund.amount)?;
    let back = Back { cause: cause(Kind::CreditNote, id), amount: refund.amount, taxes, what: What::Refund };
    to_buyer(tx, terms, &deal, back).await?;
    let (booked, key) = (ledger::show::of_order(tx, refund.order, &[]).await?, format!("clawback:{id}"));
    match booked.iter().find(|entry| entry.key == key) {
        Some(entry) => to_seller(tx, terms, &deal, entry, &id.to_string()).await,
        None => Ok(()),
    }
}

/// The last refund of an order was paid by hand.
pub async fn refunded_by_hand(tx: &mut Tx, terms: &Terms<'_>, order: OrderId) -> Result<(), Refusal> {
    match payments::latest_refund(tx, order).await? {
        Some(refund) => refunded(tx, terms, refund.id).await,
        None => Ok(()),
    }
}

/// A dispute about a payment went on: what was lost by it is credited, order by order.
pub async fn disputed(tx: &mut Tx, terms: &Terms<'_>, payment: PaymentId) -> Result<(), Refusal> {
    for order in store::of_payment(tx, payment).await? {
        lost(tx, terms, order).await?;
    }
    Ok(())
}

/// What an order lost to its buyer's bank, if anything.
pub async fn lost(tx: &mut Tx, terms: &Terms<'_>, order: OrderId) -> Result<(), Refusal> {
    let booked = ledger::show::of_order(tx, order, &[]).await?;
    let lost: Vec<&Booked> = booked
        .iter()
        .filter(|entry| entry.key.starts_with(LOST) && LOST_KINDS.contains(&entry.kind.as_str()))
        .collect();
    if lost.is_empty() {
        return Ok(());
    }
    let deal = deal(tx, terms, order).await?;
    let mut gone = deal.order.refunded;
    for entry in lost {
        let held = entry.on(&Account::DisputeHeld(order));
        // It is held in the order's own currency.
        let Some(taken) = held.first().filter(|it| it.currency == gone.currency) else { continue };
        let amount = Money::new(taken.amount.abs(), taken.currency);
        let tax = tax_lost(&deal.order, gone, amount)?;
        gone = gone.plus(amount)?;
        let taxes = credits::part_of(&sales::sums(deal.owed(GOODS)), tax, amount)?;
        let back =
            Back { cause: cause(Kind::CreditNote, &entry.key), amount, taxes, what: What::ChargedBack };
        to_buyer(tx, terms, &deal, back).await?;
        to_seller(tx, terms, &deal, entry, &entry.key).await?;
    }
    Ok(())
}

/// What of a sum that a bank took is tax on the goods, when `gone` went back before: as the books share it.
fn tax_lost(order: &Order, gone: Money, amount: Money) -> Result<Money, Refusal> {
    let before = Money::new(gone.amount.min(order.total.amount), order.currency);
    let room = order.total.minus(before)?;
    parts::tax_in(order, before, Money::new(amount.amount.min(room.amount), order.currency))
}

/// A payout arrived: its statement.
pub async fn paid_out(tx: &mut Tx, terms: &Terms<'_>, id: PayoutId) -> Result<(), Refusal> {
    let Some(payout) = store::payout(tx, id).await? else { return Ok(()) };
    let Some(seller) = accounts::find(tx, payout.seller).await? else { return Ok(()) };
    let (items, profile) = (store::items(tx, id).await?, profile(tx, terms, payout.seller).await?);
    let now = tx.now();
    put(tx, &statements::statement(&payout, &items, (&seller, profile.as_ref()), terms, now)).await
}

/// A payout that had arrived came back.
pub async fn payout_back(tx: &mut Tx, terms: &Terms<'_>, id: PayoutId) -> Result<(), Refusal> {
    let Some(payout) = store::payout(tx, id).await? else { return Ok(()) };
    let back = Back {
        cause: format!("returned:{id}"),
        amount: Money::new(payout.amount, payout.currency),
        taxes: Vec::new(),
        what: What::PayoutBack,
    };
    credit(tx, terms, &cause(Kind::PayoutStatement, id), back).await
}

async fn deal(reader: &mut Reader, terms: &Terms<'_>, id: OrderId) -> Result<Deal, Refusal> {
    let (order, legs) = orders::with_legs(reader, id).await?;
    let buyer = accounts::find(reader, order.buyer).await?.ok_or(Refusal::NotFound)?;
    let seller = accounts::find(reader, order.seller).await?.ok_or(Refusal::NotFound)?;
    let decisions = tax::of_order(reader, id).await?;
    let profile = profile(reader, terms, order.seller).await?;
    Ok(Deal { order, legs, decisions, buyer, seller, profile })
}

/// What a seller said of themselves. Where a business is stands on papers; where a person lives does not, and is not opened.
/// An address that cannot be opened is left out, so that nobody else's documents wait.
async fn profile(
    reader: &mut Reader,
    terms: &Terms<'_>,
    seller: MemberId,
) -> Result<Option<Profile>, Refusal> {
    let Some(mut profile) = store::profile(reader, seller).await? else { return Ok(None) };
    if profile.is_business {
        profile.lines = match tax::profile::open(reader, terms.vault, seller).await {
            Ok(details) => details.map_or_else(Vec::new, |details| parties::lines(&details.address)),
            Err(Refusal::Broken(error)) if is_lost(&*error) => {
                tracing::error!(%seller, %error, "a business is named without its address");
                Vec::new()
            }
            Err(refusal) => return Err(refusal),
        };
    }
    Ok(Some(profile))
}

/// Whether what was sealed will never open.
fn is_lost(error: &(dyn Error + Send + Sync + 'static)) -> bool {
    matches!(error.downcast_ref::<VaultError>(), Some(VaultError::Unsealable(_) | VaultError::Forgotten))
}

/// What goes back to a buyer corrects their receipt, and the invoice of the seller.
async fn to_buyer(tx: &mut Tx, terms: &Terms<'_>, deal: &Deal, back: Back) -> Result<(), Refusal> {
    let of_invoice = Back { cause: format!("invoice_{}", back.cause), taxes: Vec::new(), ..back.clone() };
    credit(tx, terms, &cause(Kind::Receipt, deal.order.id), back).await?;
    credit(tx, terms, &cause(Kind::Invoice, deal.order.id), of_invoice).await
}

/// Commission that an entry gave back.
async fn to_seller(
    tx: &mut Tx,
    terms: &Terms<'_>,
    deal: &Deal,
    entry: &Booked,
    of: &str,
) -> Result<(), Refusal> {
    let Some(share) = commission::share(deal, entry) else { return Ok(()) };
    let back = Back {
        cause: format!("commission_credit:{of}"),
        amount: Money::new(share.gross(), deal.order.currency),
        taxes: share.tax.into_iter().collect(),
        what: What::CommissionBack,
    };
    credit(tx, terms, &cause(Kind::CommissionInvoice, deal.order.id), back).await
}

/// Corrects the document of a cause, if there is one, once.
async fn credit(tx: &mut Tx, terms: &Terms<'_>, of: &str, back: Back) -> Result<(), Refusal> {
    let Some(head) = documents::of_cause(tx, of).await? else { return Ok(()) };
    if documents::of_cause(tx, &back.cause).await?.is_some() {
        return Ok(());
    }
    let left = documents::left_of(tx, &head).await?;
    let (document, now) = (documents::find(tx, head.id).await?, tx.now());
    match credits::note(&document, back, left, terms, now) {
        Some(note) => put(tx, &note).await,
        None => Ok(()),
    }
}

/// Issues a document. One whose sums are none is looked at by a person.
async fn put(tx: &mut Tx, new: &New) -> Result<(), Refusal> {
    if new.content.total == 0 && new.content.lines.iter().all(|line| line.amount == 0) {
        return Ok(());
    }
    let Err(uneven) = new.content.check() else {
        documents::issue(tx, new).await?;
        return Ok(());
    };
    let key = format!("document:{}", new.cause);
    let ticket = NewTicket {
        kind: Matter::Other,
        key: &key,
        subject: new.order.map_or(Subject::Nothing, Subject::Order),
        amount: Some(new.content.total()),
        detail: json!({ "document": new.kind.name(), "why": uneven.to_string() }),
        due: DUE,
    };
    tickets::open(tx, &ticket).await?;
    Ok(())
}
