//! What the company gives to make good, beside what an order gives: to a seller with their next payout, to a buyer from the
//! company's own bank, by hand.

use super::model::Order;
use super::store;
use crate::accounts::model::Member;
use crate::payouts::{self, NewSettlement, SettlementKind};
use crate::permissions::Permission;
use crate::reconciliation::own;
use crate::staff::model::Reason;
use kernel::{Money, OrderId, Refusal, Wrong};
use ledger::flows;
use platform::{Reader, Tx, audit};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// Who gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum To {
    Buyer {
        /// What stands on the transfer.
        reference: String,
    },
    Seller,
}

impl To {
    pub const NAMES: [&str; 2] = ["buyer", "seller"];

    /// The words for people are the message `goodwill-to-` and this.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Buyer { .. } => "buyer",
            Self::Seller => "seller",
        }
    }
}

/// What is given. The number makes it one, however often it is sent.
#[derive(Clone, Copy, Debug)]
pub struct Gift<'a> {
    pub number: Uuid,
    pub order: OrderId,
    pub to: &'a To,
    pub money: Money,
}

/// What somebody decides about who gives so much: with all that was given of the order before.
pub async fn stake(reader: &mut Reader, order: OrderId, money: Money) -> Result<Money, Refusal> {
    let before = store::given(reader, order).await?;
    Ok(Money::new(before.saturating_add(money.amount), money.currency))
}

/// Gives it. A seller's goes on its way to them, a buyer's is booked as paid from the company's bank. Errors: `NotFound` for
/// who may not; `Conflict("staff-self")` for a side of the order, `("goodwill-unpaid")`, `("goodwill-given")` when the seller
/// has got something already; the fields `money` (all together at most what the order cost, in its currency) and `reference`.
pub async fn give(tx: &mut Tx, by: &Member, gift: Gift<'_>, why: &Reason) -> Result<(), Refusal> {
    if !by.may(Permission::LedgerAdjust) {
        return Err(Refusal::NotFound);
    }
    let Gift { number, money, .. } = gift;
    let order = store::lock(tx, gift.order).await?.ok_or(Refusal::NotFound)?;
    if order.side_of(by.id).is_some() {
        return Err(Refusal::Conflict("staff-self"));
    }
    if order.paid_at.is_none() {
        return Err(Refusal::Conflict("goodwill-unpaid"));
    }
    if money.currency != order.currency || money.amount < 1 {
        return Err(Refusal::field("money", Wrong::NotAnAmount));
    }
    let max = order.total.amount - store::given(tx, order.id).await?;
    if money.amount > max {
        let max = Money::new(max.max(0), order.currency);
        return Err(Refusal::field("money", Wrong::TooMuch { max }));
    }
    let (now, mut reference) = (tx.now(), None);
    match gift.to {
        To::Buyer { reference: typed } => {
            let name = own::reference(typed).map_err(|wrong| Refusal::field("reference", wrong))?;
            let entry = flows::goodwill_to_buyer(number, order.id, money, now).map_err(Refusal::broken)?;
            ledger::post(tx, &entry).await?;
            let paid = flows::paid_from_bank(order.id, number, &name, money, now).map_err(Refusal::broken)?;
            ledger::post(tx, &paid).await?;
            reference = Some(name);
        }
        To::Seller => {
            let entry = flows::goodwill_to_seller(number, order.id, order.seller, money, now);
            ledger::post(tx, &entry.map_err(Refusal::broken)?).await?;
            settle(tx, &order, SettlementKind::Goodwill, money).await?;
        }
    }
    let detail = json!({ "to": gift.to.name(), "amount": money.amount, "currency": money.currency,
        "reference": reference, "reason": why.as_str() });
    Ok(audit::write(tx, Some(by.id), "ledger.goodwill", ("order", order.id.0), detail).await?)
}

/// Money that was found to be the seller's of an order, and booked as theirs, goes on its way to them. Errors:
/// `Conflict("goodwill-given")`.
pub async fn let_go(tx: &mut Tx, order: &Order, amount: Money) -> Result<(), Refusal> {
    settle(tx, order, SettlementKind::Found, amount).await
}

/// What was booked as the seller's goes on its way to them. Errors: `Conflict("goodwill-given")` when the order has brought them
/// something of this kind before.
async fn settle(tx: &mut Tx, order: &Order, kind: SettlementKind, amount: Money) -> Result<(), Refusal> {
    if payouts::has_settled(tx, order.id, kind).await? {
        return Err(Refusal::Conflict("goodwill-given"));
    }
    let new = NewSettlement {
        order: order.id,
        seller: order.seller,
        kind,
        payment: order.payment,
        amount,
        tier: order.seller_tier,
        tracked: false,
        because: None,
    };
    payouts::settle(tx, &new).await.map(drop)
}
