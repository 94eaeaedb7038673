//! Orders: placing them, seeing them, and taking their steps.

mod output;
mod place;
mod steps;

use crate::bounds::{self, Bounds};
use crate::doc::{Entry, doc, one_of, uuid};
use crate::payments::{PaymentOut, shape as payment_shape};
use crate::query::Query;
use crate::shapes::{List, Whole};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::limits::PRICE_MAX;
use kernel::{FieldErrors, ListingId, OrderId, ProposalId, Wrong};
use kit::answer::Problem;
use kit::body::{Json, Params, PathOf, created};
use kit::caller::Caller;
use kit::route::{Audience, Idempotency, Object, Rate, get, post};
use market::apikeys::model::Scope;
use market::approvals::rules as approvals;
use market::carts::{model::Owner, rules as carts};
use market::cases::model::{Kind, Reasons, Wants};
use market::orders::by_hand::PaidFrom;
use market::orders::checkout::{self, Purchase};
use market::orders::limits;
use market::orders::model::{Carrier, Problem as Complaint, Shown, Side, StepData, Tracking};
use market::orders::rules;
use market::reconciliation::own::REFERENCE_MAX;
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
            .conflicts(&["sold-out", "not-for-sale", "own-listing", "mixed-currencies", "currency-not-payable", "amount-not-payable", "verify-first", "listing-above-tier", "seller-month-full", "taxes-changed"])
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
            .says("`data` holds the fields that the step names: `carrier` and `tracking` of `ship`, `problem` of `open_claim`, `report_not_received` and `request_return`, with `kind` and `wants` where they are named; `proposal` of what accepts one; `amount` of what gives a part back; `reasons` of what staff decides, `reason` of what else it does, `paid_from` and `reference` of what it has paid by hand. Where staff needs a second person, it asks for them on the website.")
            .takes::<StepIn>(json!({ "transition": "ship", "data": { "carrier": "Colissimo", "tracking": "6A12345678901" } }))
            .bounded(StepIn::bounds())
            .answers::<OrderOut>(200, "The order as it is now.")
            .conflicts(&["order-step", "order-held", "approval-needed", "proposal-gone", "case-other-reviewer", "refund-too-late", "refund-too-much"])
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
    data: Option<StepDataIn>,
}

/// What goes with a step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StepData)]
struct StepDataIn {
    carrier: Option<String>,
    tracking: Option<String>,
    problem: Option<String>,
    /// Why staff does it: for the audit log.
    reason: Option<String>,
    /// What of the money goes back, minor units of the order's currency.
    #[schema(value_type = Option<i64>)]
    amount: Option<Whole>,
    /// What is wrong.
    kind: Option<String>,
    /// What the buyer would like.
    wants: Option<String>,
    /// The other side's proposal that is accepted.
    #[schema(value_type = Option<Uuid>)]
    proposal: Option<ProposalId>,
    /// Why staff decides so: both sides read it.
    reasons: Option<String>,
    /// Where staff has paid the buyer from by hand.
    paid_from: Option<String>,
    /// By which name that payment is found again, at the provider or on the transfer.
    reference: Option<String>,
}

impl From<StepDataIn> for StepData {
    fn from(it: StepDataIn) -> Self {
        Self {
            carrier: it.carrier,
            tracking: it.tracking,
            problem: it.problem,
            reason: it.reason,
            amount: it.amount.map(|whole| whole.0),
            kind: it.kind,
            wants: it.wants,
            proposal: it.proposal,
            reasons: it.reasons,
            paid_from: it.paid_from,
            reference: it.reference,
            taken: None,
        }
    }
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
                .field("reason", bounds::text(Reason::MIN, Reason::MAX))
                .field("amount", bounds::whole(1, PRICE_MAX))
                .field("kind", bounds::one_of_names(&bounds::names(Kind::ALL, Kind::name)))
                .field("wants", bounds::one_of_names(&bounds::names(Wants::ALL, Wants::name)))
                .field("reasons", bounds::text(Reasons::MIN, Reasons::MAX))
                .field("paid_from", bounds::one_of_names(&bounds::names(&PaidFrom::ALL, PaidFrom::name)))
                .field("reference", bounds::text(1, REFERENCE_MAX)),
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
            ("data/reasons", &data.reasons, Reasons::MAX),
            ("data/reference", &data.reference, REFERENCE_MAX),
        ] {
            bounds::check(&mut errors, field, text.as_deref().unwrap_or_default(), max);
        }
        let too_short = problem.as_deref().and_then(|text| Complaint::read(text).err());
        if let Some(wrong) = too_short {
            errors.add_once("data/problem", wrong);
        }
        if data.amount.is_some_and(|amount| amount.0 < 1) {
            errors.add("data/amount", Wrong::TooSmall { min: 1 });
        }
        if data.amount.is_some_and(|amount| amount.0 > PRICE_MAX) {
            errors.add("data/amount", Wrong::TooBig { max: PRICE_MAX });
        }
        if data.kind.as_deref().is_some_and(|kind| Kind::find(kind).is_none()) {
            errors.add("data/kind", Wrong::NotAChoice);
        }
        if data.wants.as_deref().is_some_and(|wants| Wants::find(wants).is_none()) {
            errors.add("data/wants", Wrong::NotAChoice);
        }
        if data.paid_from.as_deref().is_some_and(|from| PaidFrom::find(from).is_none()) {
            errors.add("data/paid_from", Wrong::NotAChoice);
        }
        errors.check()
    }
}

async fn place(call: Caller, Json(body): Json<PurchaseIn>) -> Result<Response, Problem> {
    let (lines, delivery) = body.read()?;
    let market = &call.app.market;
    let (house, taxes) = (market.house(), market.taxes(&call.member, &lines, &delivery).await?);
    let purchase = Purchase {
        lines: &lines,
        delivery: &delivery,
        house: &house,
        taxes: &taxes,
        providers: &market.providers,
    };
    let mut tx = call.begin().await?;
    let (payment, orders) = match checkout::place(&mut tx, &call.member, &purchase).await {
        Ok(placed) => placed,
        Err(refusal) => {
            tx.rollback().await?;
            if limits::is_met(&refusal) {
                market.tell_limits(&lines).await;
            }
            return Err(refusal.into());
        }
    };
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
    let part = |(order, legs)| Part { order, legs, steps: None, side, whole: None };
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
    let (market, data) = (&call.app.market, body.data.map(StepData::from).unwrap_or_default());
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
