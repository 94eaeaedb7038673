//! Listings: read by everybody, changed by their seller.

pub(crate) mod input;
pub(crate) mod output;
mod photos;

use crate::doc::{Entry, doc, one_of, uuid};
use crate::query::Query;
use crate::shapes::List;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use input::ListingIn;
use kernel::{Currency, FieldErrors, ListingId, Refusal};
use kit::answer::{Denied, Problem};
use kit::body::{Json, Params, PathOf, created};
use kit::caller::{Anyone, Caller};
use kit::route::{Audience, Idempotency, Object, Route, delete, get, patch, post};
use market::accounts::{self, model::Member};
use market::apikeys::model::Scope;
use market::listings::model::{Listing, State};
use market::listings::{external, rules};
use output::{ChangeOut, ListingOut};
use platform::Tx;
use serde_json::json;

const MEMBER: Audience = Audience::Member;
const VERIFIED: Audience = Audience::Verified;
/// The states in which a seller sees their listings.
const SHOWN: [State; 4] = [State::Draft, State::Live, State::Paused, State::Sold];

pub(crate) fn entries() -> Vec<Entry> {
    let mut all = writing();
    all.extend(reading());
    all.extend(moving());
    all.extend(photos::entries());
    all
}

fn writing() -> Vec<Entry> {
    vec![
        doc("Listings", "Open a draft")
            .says("With the `external_id` of a listing that you have, it changes that one instead and answers 200.")
            .takes::<ListingIn>(json!({
                "title": "Road bike, 54 cm",
                "description": "Serviced in spring.",
                "category": "sports.bikes.road",
                "condition": "good",
                "price": { "amount": 42_000, "currency": "EUR" },
                "quantity": 1,
                "delivery": ["ship", "meet"],
                "shipping_price": { "amount": 2_900, "currency": "EUR" },
                "location": "Lyon, FR",
                "attributes": { "brand": "Peugeot", "frame_cm": 54 },
            }))
            .bounded(input::bounds())
            .answers::<ListingOut>(201, "The draft.")
            .answers::<ListingOut>(200, "The listing with that external id, changed.")
            .conflicts(&["too-many-drafts", "currency-not-payable"])
            .of(post("/api/v1/listings", "api.listings.create", create).audience(MEMBER).scope(Scope::ListingsWrite).idempotent(Idempotency::Accepted)),
        doc("Listings", "Change a listing")
            .says("What is absent stays; null takes away where that makes sense. A live listing must stay fit to be live. Somebody else's listing is a 404.")
            .takes::<ListingIn>(json!({ "price": { "amount": 39_000, "currency": "EUR" } }))
            .bounded(input::bounds())
            .answers::<ListingOut>(200, "The listing as it is now.")
            .conflicts(&["currency-not-payable"])
            .of(mine(patch("/api/v1/listings/{id}", "api.listings.change", change).audience(MEMBER).scope(Scope::ListingsWrite))),
        doc("Listings", "Take a listing away")
            .says("Orders keep what they were made of. `restore` undoes it.")
            .answers_plain(204, "It is gone.")
            .conflicts(&["listing-reserved"])
            .of(mine(delete("/api/v1/listings/{id}", "api.listings.delete", remove).audience(MEMBER).scope(Scope::ListingsWrite))),
    ]
}

fn reading() -> Vec<Entry> {
    vec![
        doc("Listings", "Read a listing")
            .says("Live and sold listings are there for everybody, others for their seller. Carries an `ETag`; without a token, `If-None-Match` is answered 304.")
            .answers::<ListingOut>(200, "The listing.")
            .answers_plain(304, "You have it.")
            .of(mine(get("/api/v1/listings/{id}", "api.listings.show", show).audience(Audience::Everyone).scope(Scope::ListingsRead))),
        doc("Listings", "What changed, and when")
            .says("For its seller until it is taken away, and for staff. The latest change is first; at most 100.")
            .lists::<ChangeOut>(200, "The changes.")
            .of(mine(get("/api/v1/listings/{id}/history", "api.listings.history", history).audience(MEMBER).scope(Scope::ListingsRead))),
        doc("Listings", "Your listings")
            .query("state", "Only those in this state.", &one_of(&SHOWN.map(State::name)))
            .paged(&uuid())
            .lists::<ListingOut>(200, "Your listings, the newest first.")
            .of(get("/api/v1/me/listings", "api.listings.mine", list_mine).audience(MEMBER).scope(Scope::ListingsRead)),
    ]
}

fn moving() -> Vec<Entry> {
    vec![
        doc("Listings", "Publish")
            .says("Makes it visible to everybody. A 409 with the code `listing-incomplete` names in `errors` what a buyer must know and is missing.")
            .answers::<ListingOut>(200, "The live listing.")
            .conflicts(&["verify-first", "listing-incomplete", "listing-state", "currency-not-payable"])
            .of(mine(
                post("/api/v1/listings/{id}/publish", "api.listings.publish", publish)
                    .audience(VERIFIED)
                    .scope(Scope::ListingsWrite),
            )),
        doc("Listings", "Pause")
            .says("Hides a live listing for a while; `publish` shows it again.")
            .answers::<ListingOut>(200, "The paused listing.")
            .conflicts(&["listing-state"])
            .of(mine(
                post("/api/v1/listings/{id}/pause", "api.listings.pause", pause)
                    .audience(MEMBER)
                    .scope(Scope::ListingsWrite),
            )),
        doc("Listings", "Mark as sold")
            .says("Says that it was sold elsewhere.")
            .answers::<ListingOut>(200, "The sold listing.")
            .conflicts(&["listing-state"])
            .of(mine(
                post("/api/v1/listings/{id}/sold", "api.listings.sold", sold)
                    .audience(MEMBER)
                    .scope(Scope::ListingsWrite),
            )),
        doc("Listings", "Restore")
            .says("Undoes a deletion: the listing is in the state that it was in.")
            .answers::<ListingOut>(200, "The listing.")
            .of(mine(
                post("/api/v1/listings/{id}/restore", "api.listings.restore", restore)
                    .audience(MEMBER)
                    .scope(Scope::ListingsWrite),
            )),
    ]
}

fn mine(route: Route) -> Route {
    route.object(Object::Listing)
}

async fn create(call: Caller, Json(body): Json<ListingIn>) -> Result<Response, Problem> {
    let currency = call.app.market.config.market.currency;
    let mut tx = call.begin().await?;
    let (listing, is_new) = match body.external_id()? {
        None => (rules::open(&mut tx, &call.member, body.read(currency, None)?, currency).await?, true),
        Some(external) => put(&mut tx, &call.member, body, &external, currency).await?,
    };
    call.app.market.can_be_paid(&listing)?;
    let answer = shape(&call, &listing);
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    call.keep(&mut tx, status, &answer).await?;
    tx.commit().await?;
    Ok(match is_new {
        true => created(&format!("/api/v1/listings/{}", listing.id), answer),
        false => (StatusCode::OK, Json(answer)).into_response(),
    })
}

/// Makes or changes the listing with that external id.
async fn put(
    tx: &mut Tx,
    by: &Member,
    body: ListingIn,
    external_id: &str,
    currency: Currency,
) -> Result<(Listing, bool), Refusal> {
    let present = external::find(tx, by, external_id).await?;
    let edit = body.read(currency, present.as_ref())?;
    let (id, is_new) = external::put(tx, by, external_id, edit, false).await?;
    Ok((rules::find_mine(tx, by, id).await?, is_new))
}

async fn change(
    call: Caller,
    PathOf(id): PathOf<ListingId>,
    Json(body): Json<ListingIn>,
) -> Result<Json<ListingOut>, Problem> {
    let mut tx = call.begin().await?;
    let present = rules::find_mine(&mut tx, &call.member, id).await?;
    let edit = body.read(present.currency, Some(&present))?;
    let listing = rules::edit(&mut tx, &call.member, id, edit).await?;
    call.app.market.can_be_paid(&listing)?;
    tx.commit().await?;
    Ok(Json(shape(&call, &listing)))
}

async fn remove(call: Caller, PathOf(id): PathOf<ListingId>) -> Result<StatusCode, Problem> {
    let mut tx = call.begin().await?;
    rules::delete(&mut tx, &call.member, id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show(call: Anyone, PathOf(id): PathOf<ListingId>) -> Result<Response, Problem> {
    let viewer = call.member.as_ref().map(|m| m.id);
    let mut reader = call.read().await?;
    let listing = rules::show(&mut reader, viewer, id).await?;
    let seller = accounts::rules::find(&mut reader, listing.seller).await?.filter(accounts::rules::is_shown);
    let seller = seller.ok_or(Refusal::NotFound)?;
    Ok(Json(ListingOut::new(&listing, &seller, viewer, call.say, &call.beside())).cacheable(0))
}

async fn history(call: Caller, PathOf(id): PathOf<ListingId>) -> Result<Json<List<ChangeOut>>, Problem> {
    let past = rules::history(&mut call.read().await?, &call.member, id).await?;
    Ok(Json(List::whole(past.into_iter().map(ChangeOut::from).collect())))
}

async fn list_mine(
    call: Caller,
    Params(pairs): Params<Vec<(String, String)>>,
) -> Result<Json<List<ListingOut>>, Problem> {
    let mut query = Query::of(pairs);
    let state = query.choice("state", |s| State::find(s).filter(|s| SHOWN.contains(s)));
    let (limit, after) = (query.limit(), query.cursor());
    query.end()?;
    let page = rules::mine(&mut call.read().await?, call.member.id, state, after.as_ref(), limit).await?;
    Ok(Json(List::of(page, |listing| shape(&call, &listing))))
}

async fn publish(call: Caller, PathOf(id): PathOf<ListingId>) -> Result<Json<ListingOut>, Problem> {
    let mut tx = call.begin().await?;
    let incomplete = |errors| Denied::Unready { code: "listing-incomplete", errors };
    let published = rules::publish(&mut tx, &call.member, id).await;
    let listing = published.map_err(|refusal| unready(refusal, incomplete))?;
    call.app.market.can_be_paid(&listing)?;
    tx.commit().await?;
    Ok(Json(shape(&call, &listing)))
}

async fn pause(call: Caller, PathOf(id): PathOf<ListingId>) -> Result<Json<ListingOut>, Problem> {
    let mut tx = call.begin().await?;
    let listing = rules::pause(&mut tx, &call.member, id).await?;
    tx.commit().await?;
    Ok(Json(shape(&call, &listing)))
}

async fn sold(call: Caller, PathOf(id): PathOf<ListingId>) -> Result<Json<ListingOut>, Problem> {
    let mut tx = call.begin().await?;
    let listing = rules::mark_sold(&mut tx, &call.member, id).await?;
    tx.commit().await?;
    Ok(Json(shape(&call, &listing)))
}

async fn restore(call: Caller, PathOf(id): PathOf<ListingId>) -> Result<Json<ListingOut>, Problem> {
    let mut tx = call.begin().await?;
    let listing = rules::undelete(&mut tx, &call.member, id).await?;
    tx.commit().await?;
    Ok(Json(shape(&call, &listing)))
}

/// A refusal for what the thing is, and not for what was sent: its fields say what stands in the way.
fn unready(refusal: Refusal, why: impl FnOnce(FieldErrors) -> Denied) -> Problem {
    match refusal {
        Refusal::Fields(errors) => why(errors).into(),
        other => other.into(),
    }
}

/// One's own listing.
fn shape(call: &Caller, listing: &Listing) -> ListingOut {
    ListingOut::new(listing, &call.member, Some(call.member.id), call.say, &call.beside())
}
