//! Saying what became of a call to a payment provider: what is said to be not done goes out again.

use super::model::Act;
use crate::accounts::model::Member;
use crate::chargebacks::desk as chargebacks;
use crate::orders::rules as orders;
use crate::payments::calls::reading::{self, Whole};
use crate::payments::calls::say;
use crate::payments::rules as payments;
use crate::payouts;
use crate::staff::model::Reason;
use kernel::{ChargebackId, MemberId, Money, PaymentId, PayoutId, RefundId, Refusal, SettlementId};
use platform::{Reader, Tx};

/// The money in the call. Errors: `NotFound`.
pub(super) async fn stake(reader: &mut Reader, key: &str) -> Result<Option<Money>, Refusal> {
    Ok(reading::find(reader, key).await?.amount())
}

/// Members whose money it is, or who are a side of its order. Errors: `NotFound`.
pub(super) async fn concerned(reader: &mut Reader, key: &str) -> Result<Vec<MemberId>, Refusal> {
    let call = reading::find(reader, key).await?;
    match of(reader, &call).await {
        // What it was about is gone.
        Err(Refusal::NotFound) => Ok(Vec::new()),
        found => found,
    }
}

async fn of(reader: &mut Reader, call: &Whole) -> Result<Vec<MemberId>, Refusal> {
    let about = call.subject;
    Ok(match call.listed.operation.as_str() {
        "create_payment" | "cancel_payment" => {
            let payment = payments::find(reader, PaymentId(about)).await?;
            payment.into_iter().map(|payment| payment.buyer).collect()
        }
        "refund" | "refund_to" => {
            let refund = payments::find_refund(reader, RefundId(about)).await?.ok_or(Refusal::NotFound)?;
            let order = orders::find(reader, refund.order).await?;
            vec![order.buyer, order.seller]
        }
        "transfer" | "reversal" => vec![payouts::settlement(reader, SettlementId(about)).await?.seller],
        "payout" => vec![payouts::find(reader, PayoutId(about)).await?.seller],
        "open_account" => vec![MemberId(about)],
        "submit_evidence" | "give_up_dispute" => chargebacks::stake(reader, ChargebackId(about)).await?.1,
        _ => Vec::new(),
    })
}

/// Says it. Errors: `NotFound` for who may not; `Conflict("staff-self")` for one's own money and deals; those of [`say`].
pub(super) async fn perform(tx: &mut Tx, by: &Member, act: &Act, why: &Reason) -> Result<(), Refusal> {
    let Act::SayOfCall { key, became } = act else {
        return Err(Refusal::broken("not an act about a call"));
    };
    if !by.may(act.permission()) {
        return Err(Refusal::NotFound);
    }
    if concerned(tx, key).await?.contains(&by.id) {
        return Err(Refusal::Conflict("staff-self"));
    }
    say(tx, by.id, key, became, why).await
}
