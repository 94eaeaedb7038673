//! Acts about refunds that did not reach their buyer: which each is about, and doing it.

use super::model::Act;
use crate::accounts::model::Member;
use crate::banks::rules as banks;
use crate::orders::attending::{self, Paid};
use crate::orders::by_hand::ByHand;
use crate::orders::model::Order;
use crate::orders::rules as orders;
use crate::payments::model::Refund;
use crate::payments::rules as payments;
use crate::reconciliation::own;
use crate::staff::model::Reason;
use kernel::{MemberId, Refusal, Wrong};
use platform::{Reader, Tx, audit};
use serde_json::json;

/// The refund and its order. Nothing for other acts. Errors: `NotFound` for what is gone.
pub(super) async fn about(reader: &mut Reader, act: &Act) -> Result<Option<(Refund, Order)>, Refusal> {
    let (Act::PayRefundByHand { refund, .. } | Act::SendRefundToBank { refund, .. }) = act else {
        return Ok(None);
    };
    let refund = payments::find_refund(reader, *refund).await?.ok_or(Refusal::NotFound)?;
    let order = orders::find(reader, refund.order).await?;
    Ok(Some((refund, order)))
}

/// Does one of them. Errors: `NotFound` for who may not; `Conflict("refund-own")`; the field `reference`;
/// `Conflict("refund-no-bank")` when the buyer uses another bank account by now, or none; those of the rules.
pub(super) async fn perform(
    tx: &mut Tx,
    (by, second): (&Member, Option<MemberId>),
    act: &Act,
    why: &Reason,
) -> Result<(), Refusal> {
    let (refund, order) =
        about(tx, act).await?.ok_or_else(|| Refusal::broken("not an act about a refund"))?;
    if !by.may(act.permission()) {
        return Err(Refusal::NotFound);
    }
    if order.side_of(by.id).is_some() {
        return Err(Refusal::Conflict("refund-own"));
    }
    let (object, why) = (("refund", refund.id.0), why.as_str());
    match act {
        Act::PayRefundByHand { paid_from, reference, .. } => {
            let reference = named(&refund, reference).map_err(|wrong| Refusal::field("reference", wrong))?;
            let how = ByHand { from: *paid_from, reference };
            attending::pay(tx, &Paid { refund: refund.id, how: &how, by: by.id, second, why }).await?;
            let detail = json!({ "order": order.id, "amount": refund.amount, "paid_from": how.from.name(),
                "reference": how.reference, "reason": why });
            Ok(audit::write(tx, Some(by.id), "refunds.by_hand", object, detail).await?)
        }
        Act::SendRefundToBank { bank, .. } => {
            let current = banks::standing(tx, order.buyer).await?.current;
            if current.is_none_or(|it| it.id != *bank) {
                return Err(Refusal::Conflict("refund-no-bank"));
            }
            payments::ask_refund_to(tx, refund.id, *bank).await?;
            let detail = json!({ "order": order.id, "amount": refund.amount, "reason": why });
            Ok(audit::write(tx, Some(by.id), "refunds.to_bank", object, detail).await?)
        }
        _ => Err(Refusal::broken("not an act about a refund")),
    }
}

/// What names the payment. Errors: what is wrong with it; it names the refund itself.
fn named(refund: &Refund, typed: &str) -> Result<String, Wrong> {
    let reference = own::reference(typed)?;
    match refund.provider_ref.as_deref() == Some(reference.as_str()) {
        true => Err(Wrong::Because("reference-failed")),
        false => Ok(reference),
    }
}
