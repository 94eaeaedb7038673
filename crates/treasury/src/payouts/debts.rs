//! What sellers owe: opened when a buyer gets back what is not there any more, kept of later sales, and written off.

use super::events::{DebtEnded, DebtOpened};
use super::model::{Debt, Settlement, TakeBack};
use super::store::debts as store;
use super::store::settlements;
use super::table;
use kernel::{DebtId, MemberId, Money, OrderId, Refusal};
use ledger::flows;
use platform::{Reader, Tx, audit, events};
use serde_json::json;

/// A debt. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, id: DebtId) -> Result<Debt, Refusal> {
    store::find(reader, id).await?.ok_or(Refusal::NotFound)
}

/// What a seller owes and owed, open ones first.
pub async fn of_seller(reader: &mut Reader, seller: MemberId) -> Result<Vec<Debt>, Refusal> {
    Ok(store::of_seller(reader, seller).await?)
}

/// What everybody owes, the oldest first.
pub async fn open_ones(reader: &mut Reader) -> Result<Vec<Debt>, Refusal> {
    Ok(store::open(reader, 200).await?)
}

/// A seller comes to owe something. The caller books it.
pub(super) async fn open(
    tx: &mut Tx,
    order: OrderId,
    (seller, provider): (MemberId, &str),
    amount: Money,
    because: TakeBack,
) -> Result<DebtId, Refusal> {
    let debt = store::insert(tx, order, seller, provider, amount, because).await?;
    events::append(tx, &DebtOpened { debt, seller, amount }).await?;
    Ok(debt)
}

/// What of a seller's debts a settlement can pay now: oldest first, without those that a transfer is on its way back for.
/// All of them are locked.
async fn payable_debts(tx: &mut Tx, it: &Settlement) -> Result<Vec<Debt>, Refusal> {
    let mut debts = Vec::new();
    for debt in store::lock_open(tx, it.seller, it.currency).await? {
        if !settlements::is_reversing(tx, debt.order).await? {
            debts.push(debt);
        }
    }
    Ok(debts)
}

/// Whether debts take all that is left of a settlement.
pub(super) async fn take_all(tx: &mut Tx, it: &Settlement) -> Result<bool, Refusal> {
    let owed: i64 = payable_debts(tx, it).await?.iter().map(Debt::left).sum();
    Ok(it.left() > 0 && owed >= it.left())
}

/// Whether a seller has a debt that this settlement can pay.
pub(super) async fn are_there(tx: &mut Tx, it: &Settlement) -> Result<bool, Refusal> {
    Ok(!payable_debts(tx, it).await?.is_empty())
}

/// Pays a seller's debts out of a settlement, oldest first, and notes in it what that took.
pub(super) async fn net(tx: &mut Tx, it: &mut Settlement) -> Result<(), Refusal> {
    for debt in payable_debts(tx, it).await? {
        let part = debt.left().min(it.left());
        if part <= 0 {
            break;
        }
        recover(tx, debt, part).await?;
        it.netted_amount += part;
    }
    Ok(())
}

/// Pays the debts of an order out of what came back of its transfer. Answers what that took, minor units.
pub(super) async fn recover_of_order(tx: &mut Tx, order: OrderId, came: i64) -> Result<i64, Refusal> {
    let mut left = came;
    for debt in store::lock_of_order(tx, order).await? {
        let part = debt.left().min(left);
        if part <= 0 {
            break;
        }
        recover(tx, debt, part).await?;
        left -= part;
    }
    Ok(came - left)
}

/// What is owed for an order, minor units. The debts are locked.
pub(super) async fn owed_for(tx: &mut Tx, order: OrderId) -> Result<i64, Refusal> {
    Ok(store::lock_of_order(tx, order).await?.iter().map(Debt::left).sum())
}

/// J8w: a part of a locked debt is paid.
async fn recover(tx: &mut Tx, mut debt: Debt, part: i64) -> Result<(), Refusal> {
    debt.parts += 1;
    debt.recovered_amount += part;
    let step = if debt.left() == 0 { "recover" } else { "net" };
    step_of(&mut debt, step)?;
    let now = tx.now();
    let amount = Money::new(part, debt.currency);
    let entry = flows::debt_recovered(debt.id, debt.parts, debt.seller, amount, now);
    ledger::post(tx, &entry.map_err(Refusal::broken)?).await?;
    store::keep(tx, &debt).await?;
    ended(tx, &debt).await
}

/// Gives up what is left of a debt: our loss. Errors: `NotFound`; `Conflict("debt-closed")`;
/// `Conflict("debt-coming-back")` while a transfer is on its way back for it.
pub async fn write_off(tx: &mut Tx, by: MemberId, id: DebtId, why: &str) -> Result<(), Refusal> {
    let order = find(tx, id).await?.order;
    // First the settlements, as everybody does.
    settlements::lock_of_order(tx, order).await?;
    let mut debt = store::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    if debt.state != "open" {
        return Err(Refusal::Conflict("debt-closed"));
    }
    if settlements::is_reversing(tx, debt.order).await? {
        return Err(Refusal::Conflict("debt-coming-back"));
    }
    let left = Money::new(debt.left(), debt.currency);
    debt.written_off_amount += left.amount;
    step_of(&mut debt, "write_off")?;
    let now = tx.now();
    let entry = flows::debt_written_off(debt.id, debt.seller, left, now).map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    store::keep(tx, &debt).await?;
    let detail = json!({ "seller": debt.seller, "amount": left, "reason": why });
    audit::write(tx, Some(by), "payouts.written_off", ("debt", id.0), detail).await?;
    ended(tx, &debt).await
}

fn step_of(debt: &mut Debt, name: &str) -> Result<(), Refusal> {
    let row = table::debt().transition(&debt.state, name).ok_or(Refusal::Conflict("debt-closed"))?;
    debt.state.clone_from(&row.to);
    Ok(())
}

async fn ended(tx: &mut Tx, debt: &Debt) -> Result<(), Refusal> {
    if debt.state == "open" {
        return Ok(());
    }
    crate::tickets::close(tx, &old_key(debt.id), "nothing is owed any more").await?;
    let amount = Money::new(debt.amount, debt.currency);
    Ok(events::append(tx, &DebtEnded { debt: debt.id, seller: debt.seller, amount }).await?)
}

/// Of the ticket about a debt that is old.
pub(super) fn old_key(id: DebtId) -> String {
    format!("debt_old:{id}")
}
