//! What chargebacks do later: following what providers tell, asking them, answering in time.

use super::model::{Answer, By, Chargeback};
use super::{calls, evidence, fire, rules, store, table, warnings};
use crate::orders::charged_back as orders;
use crate::orders::rules::find;
use crate::payments::provider::{Provider, ProviderDispute, ProviderError};
use kernel::{ChargebackId, Money, OrderId, Refusal};
use platform::events::{self, Happened};
use platform::jobs::{self, Job, JobError, Outcome};
use platform::{Db, Tx};
use serde::{Deserialize, Serialize};
use time::Duration;

/// Money hangs on these, so they are tried for days.
const PATIENT: i32 = 60;
/// How often a provider is asked about one that is open, in case no webhook comes.
const ASK_AGAIN_AFTER: Duration = Duration::days(1);
/// The name of the bookmark in the stream of events.
const READER: &str = "chargebacks";

/// Asks a provider where a dispute is.
#[derive(Serialize, Deserialize, Debug)]
pub struct Look {
    pub provider: String,
    pub reference: String,
}

impl Job for Look {
    const KIND: &'static str = "chargebacks.look";
    const TRIES_MAX: i32 = PATIENT;
}

/// Sends what was settled as the answer.
#[derive(Serialize, Deserialize, Debug)]
pub struct SendAnswer {
    pub chargeback: ChargebackId,
}

impl Job for SendAnswer {
    const KIND: &'static str = "chargebacks.send";
    const TRIES_MAX: i32 = PATIENT;
}

/// The timer of a chargeback's state.
#[derive(Serialize, Deserialize, Debug)]
pub struct Timer {
    pub chargeback: ChargebackId,
    pub transition: String,
}

impl Job for Timer {
    const KIND: &'static str = "chargebacks.timer";
    const TRIES_MAX: i32 = PATIENT;
}

/// Replaces the job of its timer by that of the timer that it has now.
pub(super) async fn set_timer(tx: &mut Tx, it: &Chargeback) -> Result<(), Refusal> {
    let key = format!("chargeback:{}", it.id);
    match &it.timer {
        Some(timer) => {
            let job = Timer { chargeback: it.id, transition: timer.transition.clone() };
            jobs::schedule(tx, &key, &job, timer.at).await?;
        }
        None => jobs::cancel(tx, &key).await?,
    }
    Ok(())
}

/// Has its answer sent after the commit.
pub(super) async fn send_soon(tx: &mut Tx, it: &Chargeback) -> Result<(), Refusal> {
    let now = tx.now();
    let job = SendAnswer { chargeback: it.id };
    jobs::schedule(tx, &format!("chargebacks.send:{}", it.id), &job, now).await?;
    Ok(())
}

/// While it is open, its provider is asked every day; at once when there is news.
pub(super) async fn look_later(tx: &mut Tx, it: &Chargeback) -> Result<(), Refusal> {
    let at = tx.now() + ASK_AGAIN_AFTER;
    let key = key_of_look(&it.provider, &it.provider_ref);
    if it.is_open() {
        let job = Look { provider: it.provider.clone(), reference: it.provider_ref.clone() };
        jobs::schedule(tx, &key, &job, at).await?;
    } else {
        jobs::cancel(tx, &key).await?;
    }
    Ok(())
}

fn key_of_look(provider: &str, reference: &str) -> String {
    format!("chargebacks.look:{provider}:{reference}")
}

/// Asks, and applies what is said.
pub async fn look(db: &Db, provider: &dyn Provider, base_url: &str, job: Look) -> Outcome {
    let said = provider.get_dispute(&job.reference).await.map_err(Refusal::from)?;
    apply(db, &job.provider, &said, base_url).await
}

async fn apply(db: &Db, provider: &str, said: &ProviderDispute, base_url: &str) -> Outcome {
    let mut tx = db.begin().await?;
    rules::heard(&mut tx, provider, said, base_url).await?;
    Ok(tx.commit().await?)
}

/// Which provider has it. `None` when it is not there any more.
pub async fn provider_of(db: &Db, id: ChargebackId) -> Result<Option<String>, JobError> {
    Ok(store::find(&mut db.read().await?, id).await?.map(|it| it.provider))
}

/// Sends the answer, unless it was sent. What the provider does not accept is to be mended by staff, and sent anew.
pub async fn send(db: &Db, provider: &dyn Provider, base_url: &str, job: SendAnswer) -> Outcome {
    let mut reader = db.read().await?;
    let Some(it) = store::find(&mut reader, job.chargeback).await? else { return Ok(()) };
    let Some(answer) = it.answer.filter(|_| it.is_open() && it.submitted_at.is_none()) else { return Ok(()) };
    let pieces = evidence::of(&mut reader, &it).await?;
    drop(reader);
    let outcome = match answer {
        Answer::Accept => calls::accept(db, provider, &it).await?,
        Answer::Evidence => {
            let exhibits = evidence::exhibits(provider.caps().disputes, &it, &pieces);
            if exhibits.is_empty() {
                Err(ProviderError::invalid("there is nothing that could be shown"))
            } else {
                calls::submit(db, provider, &it, &exhibits).await?
            }
        }
    };
    match outcome {
        Ok(said) => apply(db, provider.name(), &said, base_url).await,
        Err(error) if error.is_final() => refused(db, it.id, base_url).await,
        Err(error) => Err(Refusal::from(error).into()),
    }
}

async fn refused(db: &Db, id: ChargebackId, base_url: &str) -> Outcome {
    let mut tx = db.begin().await?;
    let Some(mut it) = lock(&mut tx, id).await? else { return Ok(()) };
    if let Some(row) = table::chargeback().answer(&it.state, "answer_refused") {
        fire::fire(&mut tx, &mut it, row, By::PROVIDER, None, base_url).await?;
    }
    Ok(tx.commit().await?)
}

/// Nobody did anything in time: takes the step that the table has for silence.
pub async fn timer(db: &Db, base_url: &str, job: Timer) -> Outcome {
    let mut tx = db.begin().await?;
    let Some(mut it) = lock(&mut tx, job.chargeback).await? else { return Ok(()) };
    let rings = it.timer.as_ref().is_some_and(|timer| timer.rings(&job.transition, tx.now()));
    let row = table::chargeback().transition(&it.state, &job.transition).filter(|_| rings);
    // It moved on; it has another timer or none.
    let Some(row) = row else { return Ok(()) };
    fire::fire(&mut tx, &mut it, row, By::TIMER, None, base_url).await?;
    Ok(tx.commit().await?)
}

/// With the orders of its payment, in the order in which everybody locks them.
async fn lock(tx: &mut Tx, id: ChargebackId) -> Result<Option<Chargeback>, Refusal> {
    let Some(seen) = store::find(tx, id).await? else { return Ok(None) };
    orders::lock(tx, seen.payment).await?;
    Ok(store::lock(tx, id).await?)
}

/// Follows what payments and payouts tell of disputes, warnings, and transfers that came back. Answers whether there was
/// anything to do. One piece of news is one unit of work, because each locks orders.
pub async fn follow(db: &Db, terms: warnings::Terms<'_>) -> Result<bool, JobError> {
    let mut tx = db.begin().await?;
    let Some(mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(false) };
    let happened = events::after(&mut tx, &mark, 100).await?;
    let news = happened.iter().find(|event| HEARD.contains(&event.kind.as_str()));
    let Some(read) = news.or(happened.last()) else { return Ok(false) };
    react(&mut tx, terms, read).await?;
    events::move_bookmark(&mut tx, READER, read.mark()).await?;
    tx.commit().await?;
    Ok(true)
}

const DISPUTE: &str = "payments.dispute_heard";
const WARNING: &str = "payments.warning_heard";
const REVERSED: &str = "payouts.reversed";
const HEARD: [&str; 3] = [DISPUTE, WARNING, REVERSED];

/// What a provider's news names.
#[derive(Deserialize)]
struct Named {
    provider: String,
    reference: String,
    #[serde(default)]
    payment: String,
    #[serde(default)]
    kind: String,
}

/// What came back of a transfer, and what of that paid a debt.
#[derive(Deserialize)]
struct Back {
    order: OrderId,
    amount: Money,
    recovered: Money,
    because: String,
}

async fn react(tx: &mut Tx, terms: warnings::Terms<'_>, event: &Happened) -> Result<(), JobError> {
    match event.kind.as_str() {
        DISPUTE => {
            let Named { provider, reference, .. } = read(event)?;
            let (now, key) = (tx.now(), key_of_look(&provider, &reference));
            jobs::schedule(tx, &key, &Look { provider, reference }, now).await?;
        }
        WARNING => {
            let named: Named = read(event)?;
            let source = (named.provider.as_str(), named.reference.as_str());
            warnings::heard(tx, terms, source, &named.payment, &named.kind).await?;
        }
        REVERSED => {
            let back: Back = read(event)?;
            if back.because == crate::payouts::TakeBack::Dispute.name() {
                let rest = back.amount.minus(back.recovered).map_err(Refusal::from)?;
                let payment = find(tx, back.order).await?.payment;
                rules::came_back(tx, payment, back.order, rest).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(event: &Happened) -> Result<T, JobError> {
    serde_json::from_value(event.payload.clone()).map_err(|error| JobError::Never(error.to_string()))
}
