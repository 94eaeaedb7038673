//! What payouts do later. Every job may run twice; each one reads where things are before it does anything.

use super::events::{Created, DebtEnded, DebtOpened, Failed, Returned, Taken};
use super::model::{Terms, is_about_balance};
use super::store::{accounts as account_store, debts as debt_store, settlements as store, shown};
use super::{accounts, debts, gathering, letters, moving, sending, settling, table, trust};
use crate::payments::provider::Provider;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{MemberId, OrderId, PayoutId, Refusal};
use people::accounts::model::Member;
use people::accounts::rules as members;
use platform::events::{self, Event, Happened};
use platform::jobs::{self, JobError, Outcome};
use platform::mail;
use platform::{Db, Tx};
use serde::de::DeserializeOwned;
use serde_json::json;
use time::Duration;

pub use super::work::{
    Clear, CountTiers, Gather, Move, MovePayout, MoveSettlement, Remind, SyncAccount, SyncAccounts, Timers,
};

/// The name of the bookmark in the stream of events.
const READER: &str = "payouts";
/// Days after which who has money waiting is reminded of what is missing; then staff looks.
const REMINDED: [i64; 4] = [1, 7, 21, 60];
/// Accounts that are asked after in one go.
const AT_ONCE: i64 = 500;
/// How long there is for looking at what waits for nobody.
const DUE: Duration = Duration::days(7);

/// Lets go of what has waited long enough.
pub async fn clear(db: &Db, _: Clear) -> Outcome {
    Ok(settling::clear(db).await?)
}

/// Sends what may go, at one provider.
pub async fn move_on(db: &Db, provider: &dyn Provider) -> Outcome {
    Ok(moving::move_on(db, provider).await?)
}

/// Makes payouts of what is due at one provider.
pub async fn gather(db: &Db, provider: &dyn Provider, terms: &Terms<'_>) -> Outcome {
    Ok(gathering::gather(db, provider, terms).await?)
}

/// Does what silence does.
pub async fn timers(db: &Db, _: Timers) -> Outcome {
    settling::timers(db).await?;
    Ok(sending::timers(db).await?)
}

/// Asks the provider for what a settlement's state wants.
pub async fn move_settlement(db: &Db, provider: &dyn Provider, job: MoveSettlement) -> Outcome {
    Ok(moving::ask(db, provider, job.settlement).await?)
}

/// Asks the provider for a payout, or how it is getting on.
pub async fn move_payout(db: &Db, provider: &dyn Provider, job: MovePayout) -> Outcome {
    Ok(sending::ask(db, provider, job.payout).await?)
}

/// Asks the provider how a seller's account is.
pub async fn sync_account(db: &Db, provider: &dyn Provider, terms: &Terms<'_>, job: SyncAccount) -> Outcome {
    Ok(accounts::sync(db, provider, terms, job.member).await?)
}

/// Asks after the accounts that were not asked after for longest.
pub async fn sync_accounts(db: &Db, provider: &dyn Provider) -> Outcome {
    let known = account_store::to_sync(&mut db.read().await?, provider.name(), AT_ONCE).await?;
    let mut tx = db.begin().await?;
    for member in known {
        sync_soon(&mut tx, member, provider.name()).await?;
    }
    Ok(tx.commit().await?)
}

/// Counts how far sellers are trusted.
pub async fn count_tiers(db: &Db, _: CountTiers) -> Outcome {
    Ok(trust::count(db).await?)
}

/// Reminds sellers of details that are missing while money waits, and of what they owe.
pub async fn remind(db: &Db, terms: &Terms<'_>, _: Remind) -> Outcome {
    for (member, provider, reminders, since) in store::waiting_without_account(&mut db.read().await?).await? {
        let mut tx = db.begin().await?;
        let waits = tx.now() - since;
        let nth = usize::try_from(reminders).unwrap_or_default();
        let due = REMINDED.get(nth).map_or(Duration::days(90), |days| Duration::days(*days));
        if waits < due {
            continue;
        }
        account_store::begin(&mut tx, member, &provider, terms.schedule.name()).await?;
        let Some(mut account) = account_store::lock(&mut tx, member, &provider).await? else { continue };
        account.reminders = reminders + 1;
        account_store::keep(&mut tx, &account).await?;
        match (REMINDED.get(nth), members::find(&mut tx, member).await?) {
            (Some(_), Some(to)) => {
                let is_last = nth + 1 == REMINDED.len();
                mail::queue(&mut tx, letters::details(&to, is_last, terms.base_url)).await?;
            }
            _ => nobody_answers(&mut tx, member).await?,
        }
        tx.commit().await?;
    }
    remind_of_debts(db, terms).await
}

/// Money waits for somebody who was reminded often enough.
async fn nobody_answers(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    let key = format!("no_account:{member}");
    let subject = Subject::Member(member);
    let detail = json!({ "reminders": REMINDED.len() });
    let new = NewTicket { kind: Kind::PayoutStuck, key: &key, subject, amount: None, detail, due: DUE };
    tickets::open(tx, &new).await?;
    Ok(())
}

async fn remind_of_debts(db: &Db, terms: &Terms<'_>) -> Outcome {
    let every = table::debt().timer("open").and_then(|timer| timer.after).unwrap_or(Duration::days(30));
    let mut tx = db.begin().await?;
    let before = tx.now() - every;
    for debt in debt_store::to_remind(&mut tx, before, AT_ONCE).await? {
        let (key, left) = (debts::old_key(debt.id), kernel::Money::new(debt.left(), debt.currency));
        let number = shown::order_number(&mut tx, debt.order).await?;
        if let Some(to) = members::find(&mut tx, debt.seller).await? {
            mail::queue(&mut tx, letters::debt(&to, left, &number, terms.base_url)).await?;
        }
        let new = NewTicket {
            kind: Kind::DebtOld,
            key: &key,
            subject: Subject::Debt(debt.id),
            amount: Some(left),
            detail: json!({ "seller": debt.seller }),
            due: DUE,
        };
        tickets::open(&mut tx, &new).await?;
        debt_store::set_reminded(&mut tx, debt.id).await?;
    }
    Ok(tx.commit().await?)
}

/// Follows what providers tell of accounts, transfers and payouts: each is asked after. And writes the letters about what
/// happened. Answers whether there was anything to do.
pub async fn follow(db: &Db, base_url: &str) -> Result<bool, JobError> {
    let mut tx = db.begin().await?;
    let Some(mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(false) };
    let happened = events::after(&mut tx, &mark, 100).await?;
    let Some(last) = happened.last() else { return Ok(false) };
    let mark = last.mark().clone();
    for event in &happened {
        react(&mut tx, event, base_url).await?;
    }
    events::move_bookmark(&mut tx, READER, &mark).await?;
    tx.commit().await?;
    Ok(true)
}

async fn react(tx: &mut Tx, event: &Happened, base_url: &str) -> Result<(), JobError> {
    match event.kind.as_str() {
        "payments.account_heard" | "payments.transfer_heard" | "payments.payout_heard" => {
            Ok(heard(tx, event).await?)
        }
        Created::KIND | Failed::KIND | Returned::KIND => {
            let it = sending::find(tx, PayoutId(event.subject)).await?;
            let Some(to) = members::find(tx, it.seller).await? else { return Ok(()) };
            if it.failure.as_deref().is_some_and(is_about_balance) {
                return Ok(());
            }
            let letter = match event.kind.as_str() {
                Created::KIND => letters::sent(&to, &it, base_url),
                _ => letters::failed(&to, &it, base_url),
            };
            mail::queue(tx, letter).await?;
            Ok(())
        }
        Taken::KIND => {
            let taken: Taken = read(event)?;
            let Some((to, number)) = of_order(tx, taken.seller, taken.order).await? else { return Ok(()) };
            let about = (taken.amount, number.as_str(), taken.because.as_str());
            mail::queue(tx, letters::taken_back(&to, about, base_url)).await?;
            Ok(())
        }
        DebtOpened::KIND => {
            let opened: DebtOpened = read(event)?;
            let order = debts::find(tx, opened.debt).await?.order;
            let Some((to, number)) = of_order(tx, opened.seller, order).await? else { return Ok(()) };
            mail::queue(tx, letters::debt(&to, opened.amount, &number, base_url)).await?;
            Ok(())
        }
        DebtEnded::KIND => {
            let ended: DebtEnded = read(event)?;
            let order = debts::find(tx, ended.debt).await?.order;
            let Some((to, number)) = of_order(tx, ended.seller, order).await? else { return Ok(()) };
            mail::queue(tx, letters::debt_paid(&to, ended.amount, &number, base_url)).await?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn read<T: DeserializeOwned>(event: &Happened) -> Result<T, JobError> {
    serde_json::from_value(event.payload.clone()).map_err(|error| JobError::Never(error.to_string()))
}

/// Who is told of an order's money, and what people call the order.
async fn of_order(
    tx: &mut Tx,
    seller: MemberId,
    order: OrderId,
) -> Result<Option<(Member, String)>, Refusal> {
    let number = shown::order_number(tx, order).await?;
    Ok(members::find(tx, seller).await?.map(|member| (member, number)))
}

/// A provider named something of its: whatever we know under that name is asked after.
async fn heard(tx: &mut Tx, event: &Happened) -> Result<(), Refusal> {
    let text = |name: &str| event.payload.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let (provider, reference) = (text("provider"), text("reference"));
    match event.kind.as_str() {
        "payments.account_heard" => {
            if let Some(member) = account_store::by_ref(tx, provider, reference).await? {
                sync_soon(tx, member, provider).await?;
            }
        }
        "payments.transfer_heard" => {
            if let Some(settlement) = store::find_by_transfer(tx, provider, reference).await? {
                let job = MoveSettlement { settlement, provider: provider.to_owned() };
                jobs::enqueue(tx, &job).await?;
            }
        }
        _ => {
            let known = sending::known(tx, provider, reference, text("payout")).await?;
            if let Some(payout) = known {
                jobs::enqueue(tx, &MovePayout { payout, provider: provider.to_owned() }).await?;
            }
        }
    }
    Ok(())
}

/// One job for each account.
async fn sync_soon(tx: &mut Tx, member: MemberId, provider: &str) -> Result<(), Refusal> {
    let key = format!("payouts:account:{member}:{provider}");
    let (job, now) = (SyncAccount { member, provider: provider.to_owned() }, tx.now());
    jobs::schedule(tx, &key, &job, now).await?;
    Ok(())
}
