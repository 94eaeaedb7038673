//! From there to a seller's bank: a payout, and what its provider says of it.

use super::calls::{self, MakePayout};
use super::fire::{self, Said};
use super::model::Payout;
use super::store::{payouts as store, settlements};
use super::table;
use crate::payments::provider::{NewPayout, PayoutState, Provider, ProviderPayout};
use crate::tickets;
use kernel::{MemberId, PayoutId, Refusal};
use platform::{Db, Reader, Tx, audit};
use serde_json::json;

/// Payouts that are looked at once.
const AT_ONCE: i64 = 200;

/// A payout without asking who looks. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, id: PayoutId) -> Result<Payout, Refusal> {
    store::find(reader, id).await?.ok_or(Refusal::NotFound)
}

/// Which payout a provider speaks of: by its name for it, or by ours, when its news overtook its answer.
pub(super) async fn known(
    reader: &mut Reader,
    provider: &str,
    reference: &str,
    ours: &str,
) -> Result<Option<PayoutId>, Refusal> {
    if let Some(id) = store::by_ref(reader, provider, reference).await? {
        return Ok(Some(id));
    }
    let Ok(id) = ours.parse::<PayoutId>() else { return Ok(None) };
    Ok(store::find(reader, id).await?.filter(|it| it.provider == provider).map(|it| it.id))
}

/// Asks the provider for a payout that was decided, or how one is getting on, and takes the step that its answer leads to.
/// Errors: it did not answer, or cannot now; then it is asked again.
pub async fn ask(db: &Db, provider: &dyn Provider, id: PayoutId) -> Result<(), Refusal> {
    let it = find(&mut db.read().await?, id).await?;
    if it.provider != provider.name() {
        return Err(Refusal::Unavailable("payments"));
    }
    if let Some(reference) = &it.provider_ref {
        let said = provider.get_payout(&it.account_ref, reference).await?;
        return apply(db, provider, id, &said).await;
    }
    if !matches!(it.state.as_str(), "sending" | "unknown") {
        return Ok(());
    }
    let new = NewPayout { ours: id, account: it.account_ref.clone(), amount: it.money() };
    match calls::make(db, provider, &MakePayout(&new)).await? {
        Ok(said) => apply(db, provider, id, &said).await,
        Err(error) if error.is_final() => refused(db, provider, id, error.code()).await,
        Err(error) if error.needs_a_person() => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Moves a payout to what its provider says of it. Nothing happens where that is known. Errors: it speaks of another amount.
pub async fn apply(
    db: &Db,
    provider: &dyn Provider,
    id: PayoutId,
    said: &ProviderPayout,
) -> Result<(), Refusal> {
    let answer = match said.state {
        PayoutState::Created | PayoutState::InTransit => "payout_created",
        PayoutState::Paid => "payout_paid",
        PayoutState::Failed | PayoutState::Returned => "payout_failed",
    };
    let mut tx = db.begin().await?;
    let it = lock(&mut tx, id).await?;
    if said.amount != it.money() {
        return Err(Refusal::broken(format!("payout {id}: the provider speaks of another amount")));
    }
    let Some(row) = table::payout().answer(&it.state, answer) else { return Ok(()) };
    let heard = Said { payout: Some(said), way: Some(provider.caps().way), ..Said::default() };
    let it = fire::payout(&mut tx, it, &row.name, &heard).await?;
    if it.state == "paid" {
        tickets::close(&mut tx, &format!("payout:{id}"), "it was paid").await?;
    }
    Ok(tx.commit().await?)
}

/// The provider refused to begin.
async fn refused(db: &Db, provider: &dyn Provider, id: PayoutId, code: &str) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    let it = lock(&mut tx, id).await?;
    let Some(row) = table::payout().answer(&it.state, "payout_failed") else { return Ok(()) };
    let said = Said { refused: Some(code), way: Some(provider.caps().way), ..Said::default() };
    fire::payout(&mut tx, it, &row.name, &said).await?;
    Ok(tx.commit().await?)
}

/// First what it is of, then itself: as everybody does.
async fn lock(tx: &mut Tx, id: PayoutId) -> Result<Payout, Refusal> {
    settlements::lock_of_payout(tx, id).await?;
    store::lock(tx, id).await?.ok_or(Refusal::NotFound)
}

/// Failed payouts whose seller has named another account, and has waited: what they were of goes on.
pub(super) async fn dissolve_cooled(db: &Db, provider: &str) -> Result<(), Refusal> {
    let cooled = store::to_dissolve(&mut db.read().await?, provider, AT_ONCE).await?;
    for id in cooled {
        let mut tx = db.begin().await?;
        let it = lock(&mut tx, id).await?;
        match fire::payout(&mut tx, it, "dissolve", &Said::default()).await {
            Ok(_) => tx.commit().await?,
            Err(Refusal::Conflict(_)) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(())
}

/// Gives a failed payout up, so that what it was of goes to the same bank account once more, with the next one. Errors:
/// `NotFound`; `Conflict("payout-step")` when it has not failed.
pub async fn give_up(tx: &mut Tx, by: MemberId, id: PayoutId, why: &str) -> Result<(), Refusal> {
    let it = lock(tx, id).await?;
    let (seller, amount) = (it.seller, it.money());
    fire::payout(tx, it, "give_up", &Said::default()).await?;
    tickets::close(tx, &format!("payout:{id}"), "it was given up").await?;
    let detail = json!({ "seller": seller, "amount": amount, "reason": why });
    Ok(audit::write(tx, Some(by), "payouts.given_up", ("payout", id.0), detail).await?)
}

/// Does what silence does: each timer that has rung. Errors: the first that was met.
pub async fn timers(db: &Db) -> Result<(), Refusal> {
    let mut first = Ok(());
    let rung = store::rung(&mut db.read().await?, AT_ONCE).await?;
    for (id, version, timer) in rung {
        let mut tx = db.begin().await?;
        let it = lock(&mut tx, id).await?;
        if it.version != version {
            continue;
        }
        match fire::payout(&mut tx, it, &timer, &Said::default()).await {
            Ok(_) => tx.commit().await?,
            Err(refusal) => first = first.and(Err(refusal)),
        }
    }
    first
}
