//! A refund came back after it had succeeded: the order is at its end and stays there, and its buyer is owed the money.

use crate::payments;
use kernel::{RefundId, Refusal};
use ledger::flows::{self, AtProvider};
use platform::Tx;

/// Books what is owed, once.
pub(super) async fn refund(tx: &mut Tx, id: RefundId) -> Result<(), Refusal> {
    let refund = payments::rules::find_refund(tx, id).await?.ok_or(Refusal::NotFound)?;
    let payment = payments::rules::find(tx, refund.payment).await?.ok_or(Refusal::NotFound)?;
    let reference = refund.provider_ref.unwrap_or_default();
    let at = AtProvider { provider: &payment.provider, reference: &reference };
    let now = tx.now();
    let entry = flows::refund_bounced(refund.order, id, at, refund.amount, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}
