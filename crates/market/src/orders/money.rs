//! What an order's steps do to its money: one ledger entry each, in the step's transaction.

use super::model::Order;
use crate::payments;
use kernel::{Money, RefundId, Refusal};
use ledger::Account;
use ledger::flows::{self, AtProvider, Shares};
use platform::{Reader, Tx};

/// The buyer's money is held for the order.
pub(super) async fn hold(tx: &mut Tx, order: &Order) -> Result<(), Refusal> {
    let payment = payments::rules::find(tx, order.payment).await?.ok_or(Refusal::NotFound)?;
    let reference = payment.provider_ref.unwrap_or_default();
    let at = AtProvider { provider: &payment.provider, reference: &reference };
    let now = tx.now();
    let entry = flows::paid(order.id, at, order.total, order.provider_fee, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// It goes to the seller, less the commission; the buyer's fee is the marketplace's.
pub(super) async fn release(tx: &mut Tx, order: &Order) -> Result<(), Refusal> {
    let shares = Shares {
        seller: order.seller_part(),
        reserve: Money::zero(order.currency),
        commission: order.commission,
        buyer_fee: order.buyer_fee,
        taxes: &[],
    };
    let now = tx.now();
    let entry = flows::released(order.id, order.seller, &shares, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// All of it goes back: the provider is asked for a refund.
pub(super) async fn refund(tx: &mut Tx, order: &Order) -> Result<(), Refusal> {
    let refund = payments::rules::ask_refund(tx, order.id, order.payment, order.total).await?;
    let now = tx.now();
    let entry = flows::refund_asked(order.id, refund, order.total, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// A refund that failed is asked for again.
pub(super) async fn refund_again(tx: &mut Tx, order: &Order) -> Result<(), Refusal> {
    let refund = payments::rules::ask_refund(tx, order.id, order.payment, order.total).await?;
    let now = tx.now();
    let entry = flows::refund_again(order.id, refund, order.total, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// The provider paid the refund.
pub(super) async fn refund_settled(tx: &mut Tx, order: &Order) -> Result<(), Refusal> {
    let (refund, provider, reference) = latest_refund(tx, order).await?;
    let at = AtProvider { provider: &provider, reference: &reference };
    let now = tx.now();
    let entry = flows::refund_settled(order.id, refund, at, order.total, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// The provider could not pay it: the buyer is owed the money.
pub(super) async fn refund_failed(tx: &mut Tx, order: &Order) -> Result<(), Refusal> {
    let (refund, _, _) = latest_refund(tx, order).await?;
    let now = tx.now();
    let entry = flows::refund_failed(order.id, refund, order.total, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// Staff paid it another way.
pub(super) async fn paid_another_way(tx: &mut Tx, order: &Order) -> Result<(), Refusal> {
    let (refund, provider, _) = latest_refund(tx, order).await?;
    let at = AtProvider { provider: &provider, reference: "by hand" };
    let now = tx.now();
    let entry = flows::paid_another_way(order.id, refund, at, order.total, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}

/// What one of the order's own accounts holds.
pub(super) async fn held(reader: &mut Reader, account: &Account, order: &Order) -> Result<Money, Refusal> {
    Ok(ledger::balance_of(reader, account, order.currency).await?)
}

async fn latest_refund(tx: &mut Tx, order: &Order) -> Result<(RefundId, String, String), Refusal> {
    let payment = payments::rules::find(tx, order.payment).await?.ok_or(Refusal::NotFound)?;
    let refund = payments::rules::latest_refund(tx, order.id).await?.ok_or(Refusal::NotFound)?;
    Ok((refund.id, payment.provider, refund.provider_ref.unwrap_or_default()))
}
