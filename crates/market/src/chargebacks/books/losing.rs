//! A chargeback that was lost: who bears it, order by order.

use super::super::model::{Chargeback, Share};
use super::super::store;
use super::{book, held, post, unreserve};
use crate::holds::{self, NewHold};
use crate::orders::rules::find;
use crate::orders::settle;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Money, OrderId, Refusal};
use ledger::{Account, flows};
use platform::Tx;
use process::Hold;
use serde_json::json;
use time::Duration;

/// How long the seller of something that was never sent waits for the rest of its price.
const UNSENT: Duration = Duration::days(30);
/// How long there is to look at that.
const DUE: Duration = Duration::days(3);

/// J9l, J10l, J10a: each order takes its step, which books what it bears. What the network took although it was not there any
/// more is our loss; what was set aside and not needed is the seller's again.
pub(in crate::chargebacks) async fn lost(tx: &mut Tx, it: &mut Chargeback) -> Result<(), Refusal> {
    book(tx, it).await?;
    for mut share in store::shares::of(tx, it.id).await? {
        if !share.amount.is_zero() {
            lose(tx, it, &mut share).await?;
        }
        unreserve(tx, it, &mut share).await?;
    }
    Ok(())
}

async fn lose(tx: &mut Tx, it: &Chargeback, share: &mut Share) -> Result<(), Refusal> {
    let (now, order) = (tx.now(), share.order);
    let state = find(tx, order).await?.state;
    let escrow = held(tx, &Account::Escrow(order), share.amount).await?;
    let (taken, aside) = standing(tx, share).await?;
    settle::chargeback(tx, it.id, order, share.amount).await?;
    let (taken_still, aside_still) = standing(tx, share).await?;
    let loss = share.amount.minus(taken.minus(taken_still)?)?;
    if !loss.is_zero() {
        post(tx, flows::dispute_exceeded(it.id, order, loss, now)).await?;
    }
    let used = aside.minus(aside_still)?.amount.min(share.reserved.amount);
    share.reserved = Money::new(share.reserved.amount - used, share.reserved.currency);
    store::shares::save(tx, it.id, share).await?;
    if state == "paid" && escrow.amount > share.amount.amount {
        keep_waiting(tx, order, escrow.minus(share.amount)?).await?;
    }
    Ok(())
}

/// What of an order the network has, and what of it was set aside.
async fn standing(tx: &mut Tx, share: &Share) -> Result<(Money, Money), Refusal> {
    let taken = held(tx, &Account::DisputeHeld(share.order), share.amount).await?;
    let aside = held(tx, &Account::DisputeReserve(share.order), share.amount).await?;
    Ok((taken, aside))
}

/// A bank took back a part of something that was never sent. The rest would go to the seller; somebody looks at it first.
async fn keep_waiting(tx: &mut Tx, order: OrderId, rest: Money) -> Result<(), Refusal> {
    let until = Some(tx.now() + UNSENT);
    let (kind, because) = (Hold::Fraud, "looked-at");
    holds::put(tx, &NewHold { order, kind, because, note: "", by: None, until }).await?;
    let ticket = NewTicket {
        kind: Kind::Chargeback,
        key: &format!("chargeback_rest:{order}"),
        subject: Subject::Order(order),
        amount: Some(rest),
        detail: json!({ "what": "the rest of the price of something that was never sent" }),
        due: DUE,
    };
    tickets::open(tx, &ticket).await?;
    Ok(())
}
