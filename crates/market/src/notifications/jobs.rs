//! Reads events and queues letters.

use super::letters::{self, More};
use crate::accounts;
use crate::cases::events::{CaseProposed, CaseSaid, CaseTaken, CaseUnproposed};
use crate::cases::model::Side as Speaker;
use crate::holds::{self, events::HoldLifted, events::HoldPut};
use crate::orders::events::{Moved, OperatorNeeded};
use crate::orders::jobs::Remind;
use crate::orders::model::{Order, Side, Timer};
use crate::orders::{deadlines, rules as orders, verify, words};
use crate::permissions::Permission;
use crate::staff::roles;
use kernel::OrderId;
use platform::events::{self, Event, Happened};
use platform::jobs::{JobError, Outcome};
use platform::{Db, Tx, mail};
use serde::de::DeserializeOwned;

/// The name of the bookmark in the stream of events.
const READER: &str = "notifications";

/// Tells of the next events. Answers whether there were any.
pub async fn follow(db: &Db, base_url: &str) -> Result<bool, JobError> {
    let mut tx = db.begin().await?;
    let Some(mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(false) };
    let happened = events::after(&mut tx, &mark, 100).await?;
    let Some(last) = happened.last() else { return Ok(false) };
    let mark = last.mark().clone();
    for event in &happened {
        tell(&mut tx, event, base_url).await?;
    }
    events::move_bookmark(&mut tx, READER, &mark).await?;
    tx.commit().await?;
    Ok(true)
}

/// The fact that an event tells.
fn read<T: DeserializeOwned>(event: &Happened) -> Result<T, JobError> {
    serde_json::from_value(event.payload.clone()).map_err(|e| JobError::Never(e.to_string()))
}

async fn tell(tx: &mut Tx, event: &Happened, base_url: &str) -> Result<(), JobError> {
    match event.kind.as_str() {
        Moved::KIND => of_step(tx, &read(event)?, base_url).await,
        OperatorNeeded::KIND => operator_needed(tx, OrderId(event.subject), base_url).await,
        CaseSaid::KIND => {
            let said: CaseSaid = read(event)?;
            to_others(tx, said.order, said.side, "letter-case-said", base_url).await
        }
        CaseProposed::KIND => {
            let made: CaseProposed = read(event)?;
            to_others(tx, made.order, made.side, "letter-case-proposed", base_url).await
        }
        CaseUnproposed::KIND => {
            let over: CaseUnproposed = read(event)?;
            let key = if over.state == "refused" { "letter-case-refused" } else { "letter-case-lapsed" };
            let maker = if over.side == Speaker::Buyer { Side::Buyer } else { Side::Seller };
            send(tx, over.order, &[(maker, key)], &More::default(), base_url).await
        }
        CaseTaken::KIND => {
            let taken: CaseTaken = read(event)?;
            to_others(tx, taken.order, Speaker::Staff, "letter-case-taken", base_url).await
        }
        HoldPut::KIND => held(tx, OrderId(event.subject), &read::<HoldPut>(event)?.kind, base_url).await,
        HoldLifted::KIND => free(tx, OrderId(event.subject), base_url).await,
        _ => Ok(()),
    }
}

async fn of_step(tx: &mut Tx, moved: &Moved, base_url: &str) -> Result<(), JobError> {
    let wanted = letters::of_step(&moved.transition, &moved.to);
    send(tx, moved.order, wanted, &More { until: moved.until, ..More::default() }, base_url).await
}

/// A letter to everybody who is a side, and did not do it.
async fn to_others(
    tx: &mut Tx,
    order: OrderId,
    by: Speaker,
    key: &'static str,
    base_url: &str,
) -> Result<(), JobError> {
    let wanted: Vec<(Side, &str)> = match by {
        Speaker::Buyer => vec![(Side::Seller, key)],
        Speaker::Seller => vec![(Side::Buyer, key)],
        Speaker::Staff => vec![(Side::Buyer, key), (Side::Seller, key)],
    };
    send(tx, order, &wanted, &More::default(), base_url).await
}

async fn send(
    tx: &mut Tx,
    order: OrderId,
    wanted: &[(Side, &str)],
    more: &More<'_>,
    base_url: &str,
) -> Result<(), JobError> {
    if wanted.is_empty() {
        return Ok(());
    }
    let (order, legs) = orders::with_legs(tx, order).await?;
    for (side, key) in wanted {
        let id = if *side == Side::Seller { order.seller } else { order.buyer };
        if let Some(member) = accounts::rules::find(tx, id).await? {
            let letter = letters::about((&order, &legs), (&member, *side), key, more, base_url);
            mail::queue(tx, letter).await?;
        }
    }
    Ok(())
}

/// Both sides learn that the money stays where it is, while it is held for the order. What a seller waits for after the
/// release stands with their payouts.
async fn held(tx: &mut Tx, id: OrderId, kind: &str, base_url: &str) -> Result<(), JobError> {
    if !is_waiting(&orders::find(tx, id).await?) {
        return Ok(());
    }
    let Some(held) = holds::on(tx, id).await?.into_iter().find(|held| held.kind.as_str() == kind) else {
        return Ok(());
    };
    let because = holds::told(&held);
    let more = More { until: held.until, because: Some(&because), silence: None };
    send(tx, id, &[(Side::Buyer, "letter-held"), (Side::Seller, "letter-held")], &more, base_url).await
}

async fn free(tx: &mut Tx, id: OrderId, base_url: &str) -> Result<(), JobError> {
    if !is_waiting(&orders::find(tx, id).await?) || !holds::on(tx, id).await?.is_empty() {
        return Ok(());
    }
    let both = [(Side::Buyer, "letter-free"), (Side::Seller, "letter-free")];
    send(tx, id, &both, &More::default(), base_url).await
}

fn is_waiting(order: &Order) -> bool {
    verify::is_held(&order.state)
}

/// Tells who loses by silence that there is a day left. Nothing when the order moved on, or has longer than that.
pub async fn remind(db: &Db, base_url: &str, job: Remind) -> Outcome {
    let mut tx = db.begin().await?;
    let order = orders::find(&mut tx, job.order).await?;
    let last_day = tx.now()..=tx.now() + deadlines::REMINDED;
    let is_meant = |timer: &&Timer| timer.transition == job.transition && last_day.contains(&timer.at);
    let Some(timer) = order.timer.as_ref().filter(is_meant) else { return Ok(()) };
    let silence = words::silence_key(&order.state, &timer.transition);
    let more = More { until: Some(timer.at), because: None, silence: Some(&silence) };
    let wanted: Vec<(Side, &str)> =
        deadlines::losers(&order.state).iter().map(|side| (*side, "letter-deadline")).collect();
    send(&mut tx, job.order, &wanted, &more, base_url).await?;
    Ok(tx.commit().await?)
}

async fn operator_needed(tx: &mut Tx, id: OrderId, base_url: &str) -> Result<(), JobError> {
    let order = orders::find(tx, id).await?;
    let deciders = roles::holders(tx, Permission::OrdersDecide).await?;
    for member in accounts::rules::find_many(tx, &deciders).await? {
        mail::queue(tx, letters::operator_needed(&order, &member, base_url)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::letters::of_step;
    use kernel::{Lang, Say};
    use process::Process;

    /// Every letter that any step of any version leads to, and those about cases, holds and deadlines.
    #[test]
    fn every_letter_has_its_words() {
        let mut keys: Vec<&str> = vec![
            "letter-case-said",
            "letter-case-proposed",
            "letter-case-refused",
            "letter-case-lapsed",
            "letter-case-taken",
            "letter-held",
            "letter-free",
            "letter-deadline",
        ];
        for table in
            [include_str!("../../processes/order.toml"), include_str!("../../processes/order-2.toml")]
        {
            let table = Process::load(table).unwrap();
            let told = table.transitions().iter().flat_map(|row| of_step(&row.name, &row.to));
            keys.extend(told.map(|(_, key)| *key));
        }
        assert!(keys.len() > 60);
        for lang in Lang::all() {
            for key in &keys {
                for part in ["subject", "body"] {
                    let key = format!("{key}-{part}");
                    assert!(Say::knows(&key) && !Say::new(lang).by_key(&key).is_empty(), "{key}");
                }
            }
        }
        assert!(Say::knows("letter-held-open-body"));
    }
}
