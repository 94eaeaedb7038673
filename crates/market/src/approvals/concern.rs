//! Whom an act concerns: they neither agree to it nor learn of it here.

use super::model::Act;
use super::{calls, money, refunds};
use crate::chargebacks::desk as chargebacks;
use crate::orders::rules as orders;
use kernel::{MemberId, OrderId, Refusal};
use platform::Reader;

/// Members whom it concerns: whom it is done to, and both sides of an order.
pub(super) async fn concerned(reader: &mut Reader, act: &Act) -> Result<Vec<MemberId>, Refusal> {
    match act {
        Act::DecideOrder { order, .. }
        | Act::PutHold { order, .. }
        | Act::LiftHold { order, .. }
        | Act::Goodwill { order, .. } => sides(reader, *order).await,
        Act::ReleaseSettlement { .. } | Act::WriteOffDebt { .. } | Act::GiveUpPayout { .. } => {
            Ok(money::seller(reader, act).await?.into_iter().collect())
        }
        Act::ClearSuspense { was, .. } => match was.order() {
            Some(order) => sides(reader, order).await,
            None => Ok(Vec::new()),
        },
        Act::SayOfCall { key, .. } => calls::concerned(reader, key).await,
        Act::AcceptChargeback { chargeback } | Act::RefundInquiry { chargeback } => {
            Ok(chargebacks::stake(reader, *chargeback).await?.1)
        }
        Act::PayRefundByHand { .. } | Act::SendRefundToBank { .. } => {
            let order = refunds::about(reader, act).await?.map(|(_, order)| order);
            Ok(order.into_iter().flat_map(|order| [order.buyer, order.seller]).collect())
        }
        _ => Ok(act.member().into_iter().collect()),
    }
}

async fn sides(reader: &mut Reader, order: OrderId) -> Result<Vec<MemberId>, Refusal> {
    let order = orders::find(reader, order).await?;
    Ok(vec![order.buyer, order.seller])
}
