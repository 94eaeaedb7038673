//! What a provider has changed into another currency: its seller is due what it made of it. While something waits, it stays what was
//! charged; it is changed once, when the wait is over, and what is taken back becomes what was charged again.

use super::model::{Settlement, share};
use super::store::converting as store;
use kernel::{Money, Refusal};
use ledger::flows;
use platform::Tx;

/// What is left of a locked settlement becomes its share of what the provider counted of the payment (J11). Nothing happens where
/// the provider counts in the charged currency.
pub(super) async fn change(tx: &mut Tx, it: &mut Settlement) -> Result<(), Refusal> {
    let left = it.money(it.left());
    let Some((charged, settled)) = store::settled_of(tx, it.order).await? else { return Ok(()) };
    if charged.currency != left.currency || left.amount <= 0 {
        return Ok(());
    }
    let amount = share(left.amount, settled.amount, charged.amount).max(1);
    let into = Money::new(amount, settled.currency);
    book(tx, it, it.version, left, into).await?;
    (it.charged_currency, it.charged_amount) = (Some(left.currency), Some(left.amount));
    (it.currency, it.amount) = (into.currency, into.amount);
    (it.netted_amount, it.taken_amount) = (0, 0);
    Ok(())
}

/// `part` of a settlement, in its own currency, is what was charged again: `charged` of that, both in minor units. `n` is the version
/// of the step that it belongs to. Answers the part as it is then, also where nothing was changed.
pub(super) async fn change_back(
    tx: &mut Tx,
    it: &Settlement,
    n: i32,
    (part, charged): (i64, i64),
) -> Result<Money, Refusal> {
    let Some(currency) = it.charged_currency else { return Ok(it.money(part)) };
    let into = Money::new(charged, currency);
    book(tx, it, n, it.money(part), into).await?;
    Ok(into)
}

async fn book(tx: &mut Tx, it: &Settlement, n: i32, out: Money, into: Money) -> Result<(), Refusal> {
    let now = tx.now();
    let entry = flows::payable_converted(it.id, n, it.seller, out, into, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    Ok(())
}
