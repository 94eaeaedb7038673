//! Events: written down with what they tell of, delivered after that, again until they are taken. They come late, twice,
//! in the wrong order and badly signed when the plan of faults says so.

use crate::books::{BooksError, Delivery, Object};
use crate::courier::{Dialect, Endpoint, Parcel, Signing, headers};
use crate::faults::Fault;
use crate::world::{Work, World};
use kernel::Moment;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

/// The version of Stripe's interface that is spoken.
pub const API_VERSION: &str = "2026-05-27.dahlia";
/// The account of the marketplace in Paystack's dialect.
pub const PAYSTACK: &str = "paystack";
const KIND: &str = "event";
/// Events of one round.
const BATCH: i64 = 50;
/// How long a delivery that was taken up is left to whoever did.
const CLAIM: Duration = Duration::seconds(60);
/// Waits grow from this to the other, as the providers' do; after some three days nothing is sent any more.
const WAIT_MIN: Duration = Duration::seconds(10);
const WAIT_MAX: Duration = Duration::hours(1);
const TRIES_MAX: i32 = 80;

/// Tells of a thing in Stripe's dialect. `account`: the seller's, or "" for the marketplace's own.
///
/// # Errors
/// When the books do not answer.
pub async fn tell(
    work: &mut Work,
    kind: &str,
    account: &str,
    ours: Option<Uuid>,
    thing: Value,
) -> Result<(), BooksError> {
    let id = work.name("evt");
    let request = work.request.as_ref().map(|r| json!({ "id": r.id, "idempotency_key": r.key }));
    let mut body = json!({
        "id": id,
        "object": "event",
        "api_version": API_VERSION,
        "created": work.stamp(),
        "data": { "object": thing },
        "livemode": false,
        "pending_webhooks": 0,
        "request": request.unwrap_or_else(|| json!({ "id": null, "idempotency_key": null })),
        "type": kind,
    });
    if !account.is_empty() {
        body["account"] = json!(account);
    }
    let hearers = hearers(work, Dialect::Stripe, kind, !account.is_empty());
    body["pending_webhooks"] = json!(hearers.len());
    write(work, &id, account, kind, ours, body, hearers).await
}

/// Tells of a thing in Paystack's dialect, which knows neither ids nor times of events.
///
/// # Errors
/// When the books do not answer.
pub async fn tell_paystack(
    work: &mut Work,
    kind: &str,
    ours: Option<Uuid>,
    thing: Value,
) -> Result<(), BooksError> {
    let id = work.name("evt");
    let hearers = hearers(work, Dialect::Paystack, kind, false);
    let body = json!({ "event": kind, "data": thing });
    write(work, &id, PAYSTACK, kind, ours, body, hearers).await
}

fn hearers(work: &Work, dialect: Dialect, kind: &str, in_sellers_account: bool) -> Vec<String> {
    let all = work.world().endpoints().into_iter();
    all.filter(|e| e.hears(dialect, kind, in_sellers_account)).map(|e| e.name).collect()
}

async fn write(
    work: &mut Work,
    id: &str,
    account: &str,
    kind: &str,
    ours: Option<Uuid>,
    body: Value,
    hearers: Vec<String>,
) -> Result<(), BooksError> {
    let now = work.now;
    let late = if hearers.is_empty() { None } else { work.world().plan().for_telling(kind) };
    let at = now + late.and_then(|by| Duration::try_from(by).ok()).unwrap_or(Duration::ZERO);
    let event = Object {
        kind: KIND.to_owned(),
        id: id.to_owned(),
        account: account.to_owned(),
        parent: None,
        tag: Some(kind.to_owned()),
        ours,
        body,
        created_at: now,
        seq: 0,
    };
    work.page().put(&event).await?;
    for endpoint in hearers {
        work.page().add_delivery(id, &endpoint, at).await?;
    }
    Ok(())
}

/// Delivers what waits; answers how many deliveries were tried. No page is open meanwhile.
///
/// # Errors
/// When the books do not answer.
pub async fn deliver(world: &World) -> Result<usize, BooksError> {
    let mut work = world.work().await?;
    let now = work.now;
    let mut claimed = work.page().claim_deliveries(now, now + CLAIM, BATCH).await?;
    work.commit().await?;
    if claimed.len() > 1 && world.plan().reverses() {
        claimed.reverse();
    }
    let endpoints = world.endpoints();
    for delivery in &claimed {
        let endpoint = endpoints.iter().find(|e| e.name == delivery.endpoint);
        let is_over = match endpoint {
            Some(endpoint) => carry(world, endpoint, delivery).await? || delivery.tries >= TRIES_MAX,
            None => true,
        };
        let mut work = world.work().await?;
        let now = work.now;
        let (event, name) = (delivery.event.as_str(), delivery.endpoint.as_str());
        if is_over {
            work.page().end_delivery(event, name, now).await?;
        } else {
            let again = now + wait_after(delivery.tries);
            work.page().put_off_delivery(event, name, again).await?;
        }
        work.commit().await?;
    }
    Ok(claimed.len())
}

async fn carry(world: &World, to: &Endpoint, delivery: &Delivery) -> Result<bool, BooksError> {
    let mut work = world.work().await?;
    let event = work.page().get(KIND, &delivery.event).await?;
    let now = work.now;
    drop(work);
    let Some(event) = event else { return Ok(true) };
    let kind = event.tag.as_deref().unwrap_or_default();
    let fault = world.plan().for_delivery(kind);
    let signing = match fault {
        Some(Fault::HookBadlySigned) => Signing::Badly,
        Some(Fault::HookOldSecret) => Signing::Old,
        _ => Signing::Well,
    };
    let parcel = parcel(to, &event, now, signing);
    let mut is_taken = world.courier().carry(to, &parcel).await;
    if fault == Some(Fault::HookTwice) {
        is_taken = world.courier().carry(to, &parcel).await || is_taken;
    }
    Ok(is_taken)
}

fn parcel(to: &Endpoint, event: &Object, now: Moment, signing: Signing) -> Parcel {
    let body = event.body.to_string();
    let headers = headers(to, &body, now.unix_timestamp(), signing);
    Parcel { event: event.id.clone(), headers, body }
}

fn wait_after(tries: i32) -> Duration {
    let doublings = u32::try_from(tries.saturating_sub(1)).unwrap_or(0).min(16);
    (WAIT_MIN * (1_i32 << doublings)).min(WAIT_MAX)
}
