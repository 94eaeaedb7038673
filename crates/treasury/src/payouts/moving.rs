//! Between the marketplace and sellers' own accounts at a provider: there, and back when a buyer gets something back.

use super::calls::{self, MakeReversal, Transfer};
use super::events::Reversed;
use super::fire::{self, With};
use super::model::{Settlement, SettlementKind, TakeBack};
use super::store::settlements as store;
use super::{converting, debts, sending, table};
use crate::payments::provider::{NewReversal, NewTransfer, Provider, ProviderError, ProviderTransfer, Way};
use kernel::{Money, Refusal, SettlementId};
use ledger::flows::{self, AtProvider};
use platform::{Db, Tx, checkpoints, events};
use time::Duration;

/// Settlements that are moved at once.
const AT_ONCE: i64 = 200;
/// How long one waits whose transfer was refused.
const REFUSED_WAITS: Duration = Duration::days(1);

/// Sends what may go to sellers' own accounts, and lets go on what came back from banks. One is one unit of work. Errors: the
/// first that was met.
pub async fn move_on(db: &Db, provider: &dyn Provider) -> Result<(), Refusal> {
    let mut first = Ok(());
    if provider.caps().way == Way::Connected {
        let before = db.now() - REFUSED_WAITS;
        let waiting = store::to_transfer(&mut db.read().await?, provider.name(), before, AT_ONCE).await?;
        for id in waiting {
            first = first.and(step(db, id, |it| (it.state == "payable").then_some("transfer")).await);
        }
    }
    first = first.and(sending::dissolve_cooled(db, provider.name()).await);
    let back = store::to_unblock(&mut db.read().await?, provider.name(), AT_ONCE).await?;
    for id in back {
        let which = |it: &Settlement| match (it.state.as_str(), &it.transfer_ref) {
            ("blocked", Some(_)) => Some("unblock"),
            ("blocked", None) => Some("unblock_directly"),
            _ => None,
        };
        first = first.and(step(db, id, which).await);
    }
    first
}

/// Takes a step of one that is looked up again and locked. Nothing happens where it does not fit any more, or a guard says no.
async fn step(
    db: &Db,
    id: SettlementId,
    which: impl Fn(&Settlement) -> Option<&'static str>,
) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    checkpoints::reach("payouts.move").await;
    let it = store::lock(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    checkpoints::reach("payouts.locked").await;
    let Some(name) = which(&it) else { return Ok(()) };
    match fire::settlement(&mut tx, it, name, &With::default()).await {
        Ok(_) => Ok(tx.commit().await?),
        Err(Refusal::Conflict(_)) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

/// Asks the provider for what the settlement's state wants, and takes the step that its answer leads to. Errors: it did not
/// answer, or cannot now; then it is asked again.
pub async fn ask(db: &Db, provider: &dyn Provider, id: SettlementId) -> Result<(), Refusal> {
    let mut reader = db.read().await?;
    let it = store::find(&mut reader, id).await?.ok_or(Refusal::NotFound)?;
    if it.provider != provider.name() {
        return Err(Refusal::Unavailable("payments"));
    }
    match it.state.as_str() {
        "transferring" | "transfer_unknown" => {
            let account = fire::account_of(&mut reader, &it).await?;
            let group = store::payment_of(&mut reader, it.order).await?.to_string();
            drop(reader);
            let new = as_asked(&it, account.account_ref.unwrap_or_default(), group);
            let said = calls::make(db, provider, &Transfer { new: &new, tries: it.tries }).await?;
            transferred(db, &it, said).await
        }
        "reversing" => {
            drop(reader);
            let transfer = it.transfer_ref.clone().unwrap_or_default();
            let (n, amount) = (it.reversals, it.money(it.reversing_amount));
            let new = NewReversal { ours: it.id, n, transfer, amount };
            let said = calls::make(db, provider, &MakeReversal(&new)).await?;
            reversed(db, &it, said).await
        }
        _ => Ok(()),
    }
}

/// Only what the buyer's payment brought is taken from it: what is given to make good comes from elsewhere.
fn as_asked(it: &Settlement, account: String, group: String) -> NewTransfer {
    let of_payment =
        [SettlementKind::Sale, SettlementKind::Reserve].iter().any(|kind| kind.name() == it.kind);
    NewTransfer {
        ours: it.id,
        account,
        amount: it.money(it.left()),
        charge: it.charge_ref.clone().filter(|_| of_payment),
        group,
    }
}

async fn transferred(
    db: &Db,
    asked: &Settlement,
    said: Result<ProviderTransfer, ProviderError>,
) -> Result<(), Refusal> {
    let answer = match &said {
        Ok(_) => "transfer_succeeded",
        Err(error) if error.is_final() => "transfer_failed",
        Err(_) => return later(said),
    };
    let mut tx = db.begin().await?;
    let it = store::lock(&mut tx, asked.id).await?.ok_or(Refusal::NotFound)?;
    let Some(row) = table::settlement().answer(&it.state, answer) else { return Ok(()) };
    let there = said.as_ref().ok();
    if there.is_some_and(|there| there.amount != it.money(it.left())) {
        return Err(Refusal::broken(format!("transfer of {}: the provider speaks of another amount", it.id)));
    }
    let with = With { reference: there.map(|there| there.reference.as_str()), ..With::default() };
    let it = fire::settlement(&mut tx, it, &row.name, &with).await?;
    if it.state == "transferred" {
        take_what_is_owed(&mut tx, it).await?;
    }
    Ok(tx.commit().await?)
}

/// It is asked again, unless only a person can say what became of it.
fn later(said: Result<ProviderTransfer, ProviderError>) -> Result<(), Refusal> {
    match said {
        Err(error) if !error.needs_a_person() => Err(error.into()),
        _ => Ok(()),
    }
}

/// While it was on its way, its buyer got something back: it is asked back at once.
async fn take_what_is_owed(tx: &mut Tx, it: Settlement) -> Result<(), Refusal> {
    let owed = debts::owed_for(tx, it.order).await?;
    let amount = if owed > 0 { it.part_for(owed) } else { 0 };
    if amount > 0 {
        let with = With { amount, why: Some(TakeBack::Refund), ..With::default() };
        fire::settlement(tx, it, "reverse", &with).await?;
    }
    Ok(())
}

async fn reversed(
    db: &Db,
    asked: &Settlement,
    said: Result<ProviderTransfer, ProviderError>,
) -> Result<(), Refusal> {
    let is_whole = asked.left() == asked.reversing_amount;
    let answer = match &said {
        Ok(_) if is_whole => "reversal_succeeded",
        Ok(_) => "reversal_part_succeeded",
        Err(error) if error.is_final() => "reversal_failed",
        Err(_) => return later(said),
    };
    let mut tx = db.begin().await?;
    let it = store::lock(&mut tx, asked.id).await?.ok_or(Refusal::NotFound)?;
    if it.reversals != asked.reversals {
        return Ok(());
    }
    let Some(row) = table::settlement().answer(&it.state, answer) else { return Ok(()) };
    let reference = said.as_ref().ok().map(|there| there.reference.as_str());
    fire::settlement(&mut tx, it, &row.name, &With { reference, ..With::default() }).await?;
    Ok(tx.commit().await?)
}

/// J4r, and what it pays of the order's debts. What is left is for whoever had it taken back.
pub(super) async fn came_back(tx: &mut Tx, it: &mut Settlement, reference: &str) -> Result<(), Refusal> {
    let (amount, now) = (it.money(it.reversing_amount), tx.now());
    it.taken_amount += amount.amount;
    it.reversing_amount = 0;
    it.reversal_ref = Some(reference.to_owned());
    let at = AtProvider { provider: &it.provider, reference };
    let entry = flows::transfer_reversed(it.id, it.reversals, it.seller, at, amount, now);
    ledger::post(tx, &entry.map_err(Refusal::broken)?).await?;
    let charged = as_owed(it, amount.amount, debts::owed_for(tx, it.order).await?);
    let amount = converting::change_back(tx, it, it.version, (amount.amount, charged)).await?;
    let recovered = debts::recover_of_order(tx, it.order, amount.amount).await?;
    let recovered = Money::new(recovered, amount.currency);
    let because = it.taken_because.clone().unwrap_or_default();
    let (settlement, order, seller) = (it.id, it.order, it.seller);
    let event = Reversed { settlement, order, seller, amount, recovered, because };
    Ok(events::append(tx, &event).await?)
}

/// What came back of something that was changed, as it was charged. It was asked for in whole units of its own currency, so that a
/// little more comes than is owed: that stays on the position between the two.
fn as_owed(it: &Settlement, came: i64, owed: i64) -> i64 {
    let charged = it.as_charged(came).max(1);
    let is_rounding = it.charged_amount.is_some() && owed > 0 && charged - owed <= it.as_charged(1) + 1;
    if is_rounding { charged.min(owed) } else { charged }
}
