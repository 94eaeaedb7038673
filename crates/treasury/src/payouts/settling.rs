//! What an order releases to its seller: how long it waits, and when the wait is over.

use super::events::Settled;
use super::fire::{self, With};
use super::model::{NewSettlement, SettlementKind};
use super::store::{converting, settlements as store, tiers};
use super::table;
use super::tiers::Tier;
use crate::payments::rules as payments;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Currency, MemberId, Refusal, SettlementId};
use platform::{Db, Reader, Tx, audit, events};
use serde_json::json;
use time::Duration;
use uuid::Uuid;

/// Settlements that are looked up at once.
const AT_ONCE: i64 = 200;
/// How long there is for looking at a currency that the provider changes.
const DUE: Duration = Duration::days(7);

/// How far a seller is trusted now.
pub async fn tier_of(reader: &mut Reader, seller: MemberId) -> Result<Tier, Refusal> {
    Ok(tiers::tier(reader, seller).await?.map_or(Tier::NEW, Tier::numbered))
}

/// Puts what an order released on its way to its seller: it waits as long as their tier says, counted from now. Staff is told once
/// when the provider counts in another currency than was paid in: that costs money. Errors: `NotFound` for the payment; the order
/// has released something of this kind before.
pub async fn settle(tx: &mut Tx, new: &NewSettlement<'_>) -> Result<SettlementId, Refusal> {
    let tier = Tier::numbered(new.tier);
    let (days, because) = match new.kind {
        SettlementKind::Sale if new.tracked => (tier.tracked_days, "tier"),
        SettlementKind::Sale => (tier.hold_days, "tier"),
        SettlementKind::Reserve => (tier.reserve_days, "reserve"),
        SettlementKind::Won => (0, "won"),
        SettlementKind::Goodwill => (0, "goodwill"),
        SettlementKind::Found => (0, "found"),
    };
    let provider = payments::find(tx, new.payment).await?.ok_or(Refusal::NotFound)?.provider;
    let because = new.because.unwrap_or(because);
    if let Some(settled) = converting::settled_in(tx, new.payment).await? {
        tell_changed(tx, &provider, new, settled).await?;
    }
    let (now, until) = (tx.now(), tx.now() + Duration::days(days));
    let timer = table::settlement().timer_in("on_hold", now);
    let id = store::insert(tx, new, &provider, (until, because), timer.as_ref()).await?;
    let event = Settled { settlement: id, order: new.order, seller: new.seller };
    events::append(tx, &event).await?;
    Ok(id)
}

/// The provider changes what is paid in a currency that should be paid through it without that.
async fn tell_changed(
    tx: &mut Tx,
    provider: &str,
    new: &NewSettlement<'_>,
    settled: Currency,
) -> Result<(), Refusal> {
    let charged = new.amount.currency;
    let ticket = NewTicket {
        kind: Kind::Other,
        key: &format!("converted:{provider}:{charged}"),
        subject: Subject::Order(new.order),
        amount: None,
        detail: json!({ "provider": provider, "charged": charged, "settled": settled }),
        due: DUE,
    };
    tickets::open(tx, &ticket).await?;
    Ok(())
}

/// Ends the wait of one by hand: it goes on with the next round, unless its order is held or its seller may not be paid.
/// Errors: `NotFound`; `Conflict("settlement-step")`.
pub async fn release_now(tx: &mut Tx, by: MemberId, id: SettlementId, why: &str) -> Result<(), Refusal> {
    let it = store::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let (order, amount, until) = (it.order, it.money(it.left()), it.hold_until);
    fire::settlement(tx, it, "let_go", &With { by: Some(by), ..With::default() }).await?;
    let detail = json!({ "order": order, "amount": amount, "until": until.unix_timestamp(), "reason": why });
    Ok(audit::write(tx, Some(by), "payouts.released", ("settlement", id.0), detail).await?)
}

/// Lets go of everything that has waited long enough: it becomes payable, less what its seller owes. One is one unit of
/// work, so that what is wrong with one keeps no other back. Errors: the first that was met.
pub async fn clear(db: &Db) -> Result<(), Refusal> {
    let (mut after, mut first) = (SettlementId(Uuid::nil()), Ok(()));
    loop {
        let due = store::due(&mut db.read().await?, after, AT_ONCE).await?;
        let Some(last) = due.last() else { return first };
        after = *last;
        for id in due {
            let cleared = clear_one(db, id).await;
            first = first.and(cleared);
        }
    }
}

async fn clear_one(db: &Db, id: SettlementId) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    let now = tx.now();
    let it = store::lock(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    if it.state != "on_hold" || it.hold_until > now {
        return Ok(());
    }
    let step = if super::debts::take_all(&mut tx, &it).await? { "net_out" } else { "clear" };
    match fire::settlement(&mut tx, it, step, &With::default()).await {
        Ok(_) => Ok(tx.commit().await?),
        // A guard: it waits for something else.
        Err(Refusal::Conflict(_)) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

/// Does what silence does: each timer that has rung. Errors: the first that was met.
pub async fn timers(db: &Db) -> Result<(), Refusal> {
    let mut first = Ok(());
    let rung = store::rung(&mut db.read().await?, AT_ONCE).await?;
    for (id, version, timer) in rung {
        let mut tx = db.begin().await?;
        let done = match store::lock(&mut tx, id).await? {
            Some(it) if it.version == version => {
                fire::settlement(&mut tx, it, &timer, &With::default()).await.map(drop)
            }
            _ => continue,
        };
        first = match done {
            Ok(()) => first.and(Ok(tx.commit().await?)),
            Err(refusal) => first.and(Err(refusal)),
        };
    }
    first
}
