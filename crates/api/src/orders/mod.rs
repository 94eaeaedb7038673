//! Orders: placing them, seeing them, and taking their steps.

mod output;
mod place;
mod steps;

use crate::bounds::{self, Bounds};
use crate::doc::{Entry, doc, one_of, uuid};
use crate::payments::{PaymentOut, shape as payment_shape};
use crate::query::Query;
use crate::shapes::List;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{FieldErrors, ListingId, OrderId};
use kit::answer::Problem;
use kit::body::{Json, Params, PathOf, created};
use kit::caller::Caller;
use kit::route::{Audience, Idempotency, Object, Rate, get, post};
use market::apikeys::model::Scope;
use market::approvals::rules as approvals;
use market::carts::{model::Owner, rules as carts};
use market::orders::checkout::{self, Purchase};
use market::orders::model::{Carrier, Problem as Complaint, Shown, Side, StepData, Tracking};
use market::orders::rules;
use market::staff::model::Reason;
use output::{Around, OrderOut, Part};
use place::PurchaseIn;
use platform::Reader;
use serde::{Deserialize, Serialize};
use serde_json::json;
use steps::{ChoiceOut, Silence};
use utoipa::ToSchema;

const MEMBER: Audience = Audience::Member;

pub(crate) fn entries() -> Vec<Entry> {
    let address = json!({ "name": "Ben Roy", "line1": "12 rue Mercière", "postcode": "69002", "town": "Lyon", "country": "FR" });
    let listing = "01940000-0000-7000-8000-000000000001";
    vec![
        doc("Orders", "Place orders")
            .says("One order for each seller and one payment for all. The pieces are promised to you until the payment's deadline, which each order's `timer` tells. What was ordered leaves your cart.")
            .takes::<PurchaseIn>(json!({
                "items": [{ "listing_id": listing, "quantity": 1 }],
                "delivery": { "method": "ship", "address": address },
            }))
            .bounded(place::bounds())
            .answers::<PlacedOut>(201, "The orders, and the payment to make.")
            .conflicts(&["sold-out", "not-for-sale", "own-listing", "mixed-currencies", "verify-first"])
            .also(&[404])
            .of(post("/api/v1/orders", "api.orders.place", place)
                .audience(MEMBER)
                .scope(Scope::CartWrite)
                .rate(Rate::Money)
                .idempotent(Idempotency::Accepted)),
        doc("Orders", "Your orders")
            .query("side", "Your purchases or your sales.", &one_of(&["buyer", "seller"]))
            .paged(&uuid())
            .lists::<OrderOut>(200, "The orders, the newest first, without their history.")
            .of(get("/api/v1/orders", "api.orders.list", list).audience(MEMBER).scope(Scope::OrdersRead).object(Object::Order)),
        doc("Orders", "See an order")
            .says("For its buyer, for its seller once it is paid, and for staff. For everybody else it is a 404.")
            .answers::<OrderOut>(200, "The order.")
            .of(get("/api/v1/orders/{id}", "api.orders.show", show).audience(MEMBER).scope(Scope::OrdersRead).object(Object::Order)),
        doc("Orders", "What can be done now")
            .says("The steps that you may take in the order's state, and what happens when nobody does anything.")
            .answers::<TransitionsOut>(200, "The steps.")
            .of(get("/api/v1/orders/{id}/transitions", "api.orders.choices", choices).audience(MEMBER).scope(Scope::OrdersRead).object(Object::Order)),
        doc("Orders", "Take a step")
            .says("`data` holds the fields that the step names: `carrier` and `tracking` of `ship`, `problem` of `open_claim` and `report_not_received`, `reason` of what staff does. Where staff needs a second person, it asks for them on the website.")
            .takes::<StepIn>(json!({ "transition": "ship", "data": { "carrier": "Colissimo", "tracking": "6A12345678901" } }))
            .bounded(StepIn::bounds())
            .answers::<OrderOut>(200, "The order as it is now.")
            .conflicts(&["order-step", "approval-needed"])
            .of(post("/api/v1/orders/{id}/transitions", "api.orders.step", step)
                .audience(MEMBER)
                .scope(Scope::OrdersWrite)
                .object(Object::Order)
                .rate(Rate::Money)
                .idempotent(Idempotency::Accepted)),
    ]
}

/// Orders, and the payment that is for all of them.
#[derive(Serialize, ToSchema)]
#[schema(as = Placed)]
struct PlacedOut {
    orders: Vec<OrderOut>,
    payment: PaymentOut,
}

/// What can be done, and what silence does.
#[derive(Serialize, ToSchema)]
#[schema(as = Transitions)]
struct TransitionsOut {
    items: Vec<ChoiceOut>,
    /// What happens when nobody does anything; null when nothing is waited for.
    silence: Option<Silence>,
}

/// A step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TakeStep)]
struct StepIn {
    /// Its name in the table.
    transition: String,
    #[serde(default)]
    #[schema(value_type = Option<StepDataShape>)]
    data: Option<StepData>,
}

/// What goes with a step.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StepData)]
#[allow(dead_code, reason = "only described: the slice reads it")]
struct StepDataShape {
    carrier: Option<String>,
    tracking: Option<String>,
    problem: Option<String>,
    reason: Option<String>,
}

/// Characters of the name of a step.
const TRANSITION_MAX: usize = 60;

impl StepIn {
    fn bounds() -> [Bounds; 2] {
        [
            Bounds::of("TakeStep").field("transition", bounds::plain(0, TRANSITION_MAX)),
            Bounds::of("StepData")
                .field("carrier", bounds::text(Carrier::MIN, Carrier::MAX))
                .field("tracking", bounds::text(Tracking::MIN, Tracking::MAX))
                .field("problem", bounds::text(Complaint::MIN, Complaint::MAX))
                .field("reason", bounds::text(Reason::MIN, Reason::MAX)),
        ]
    }

    /// Looks at all of `data`, also at what the step has no use for. Errors: the fields that are wrong.
    fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::none();
        let Some(data) = &self.data else { return Ok(()) };
        let (carrier, tracking, problem) = (&data.carrier, &data.tracking, &data.problem);
        for (field, text, max) in [
            ("data/carrier", carrier, Carrier::MAX),
            ("data/tracking", tracking, Tracking::MAX),
            ("data/problem", problem, Complaint::MAX),
            ("data/reason", &data.reason, Reason::MAX),
        ] {
            bounds::check(&mut errors, field, text.as_deref().unwrap_or_default(), max);
        }
        let too_short = problem.as_deref().and_then(|text| Complaint::read(text).err());
        if let Some(wrong) = too_short {
            errors.add_once("data/problem", wrong);
        }
        errors.check()
    }
}

async fn place(call: Caller, Json(body): Json<PurchaseIn>) -> Result<Response, Problem> {
    let (lines, delivery) = body.read()?;
    let market = &call.app.market;
    let purchase = Purchase {
        lines: &lines,
        delivery: &delivery,
        fees: market.fees(),
        provider: market.provider.name(),
    };
    let mut tx = call.begin().await?;
    let (payment, orders) = checkout::place(&mut tx, &call.member, &purchase).await?;
    let bought: Vec<ListingId> = lines.iter().map(|(id, _)| *id).collect();
    carts::remove(&mut tx, &Owner::Member(call.member.id), &bought).await?;
    let mut shown = Vec::new();
    for order in &orders {
        shown.push(rules::show(&mut tx, &call.member, order.id).await?);
    }
    let answer = PlacedOut {
        orders: shape_all(&call, &mut tx, &shown).await?,
        payment: payment_shape(&payment, &orders, call.say),
    };
    call.keep(&mut tx, StatusCode::CREATED, &answer).await?;
    tx.commit().await?;
    Ok(created(&format!("/api/v1/payments/{}", payment.id), answer))
}

async fn list(
    call: Caller,
    Params(pairs): Params<Vec<(String, String)>>,
) -> Result<Json<List<OrderOut>>, Problem> {
    let mut query = Query::of(pairs);
    let side = query.choice("side", |side| match side {
        "buyer" => Some(Side::Buyer),
        "seller" => Some(Side::Seller),
        _ => None,
    });
    let (limit, after) = (query.limit(), query.cursor());
    query.end()?;
    let side = side.unwrap_or(Side::Buyer);
    let mut reader = call.read().await?;
    let page = rules::page(&mut reader, call.member.id, side, after.as_ref(), limit).await?;
    let part = |(order, legs)| Part { order, legs, steps: None, side };
    let parts: Vec<Part<'_>> =
        page.items.iter().map(|(order, legs)| part((order, legs.as_slice()))).collect();
    let around = Around::read(&mut reader, call.say, &parts).await?;
    let items = parts.iter().map(|p| around.shape(p)).collect();
    Ok(Json(List { items, next_cursor: page.next.map(|c| c.0) }))
}

async fn show(call: Caller, PathOf(id): PathOf<OrderId>) -> Result<Json<OrderOut>, Problem> {
    let mut reader = call.read().await?;
    let shown = rules::show(&mut reader, &call.member, id).await?;
    Ok(Json(shape(&call, &mut reader, &shown).await?))
}

async fn choices(call: Caller, PathOf(id): PathOf<OrderId>) -> Result<Json<TransitionsOut>, Problem> {
    let shown = rules::show(&mut call.read().await?, &call.member, id).await?;
    let silence = Silence::of(&shown.order, call.say);
    let items = shown.choices.into_iter().map(|c| ChoiceOut::new(c, call.say)).collect();
    Ok(Json(TransitionsOut { items, silence }))
}

async fn step(
    call: Caller,
    PathOf(id): PathOf<OrderId>,
    Json(body): Json<StepIn>,
) -> Result<Json<OrderOut>, Problem> {
    body.check()?;
    let (market, data) = (&call.app.market, body.data.unwrap_or_default());
    let mut tx = call.begin().await?;
    approvals::step_alone(&mut tx, &market.terms(), &call.member, id, &body.transition, &data).await?;
    let shown = rules::show(&mut tx, &call.member, id).await?;
    let answer = shape(&call, &mut tx, &shown).await?;
    call.keep(&mut tx, StatusCode::OK, &answer).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

async fn shape(call: &Caller, reader: &mut Reader, shown: &Shown) -> Result<OrderOut, Problem> {
    let part = Part::from(shown);
    Ok(Around::read(reader, call.say, std::slice::from_ref(&part)).await?.shape(&part))
}

async fn shape_all(call: &Caller, reader: &mut Reader, shown: &[Shown]) -> Result<Vec<OrderOut>, Problem> {
    let parts: Vec<Part<'_>> = shown.iter().map(Part::from).collect();
    let around = Around::read(reader, call.say, &parts).await?;
    Ok(parts.iter().map(|p| around.shape(p)).collect())
}
