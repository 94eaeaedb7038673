//! What bounds a program that uses the API.

use crate::doc::{Entry, doc};
use axum::response::Response;
use kernel::limits;
use kit::body::Json;
use kit::caller::Anyone;
use kit::route::{Audience, Rate, get};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        doc("About", "What bounds you")
            .says("How often each class of request may be made, and how large things may be.")
            .answers::<LimitsOut>(200, "The bounds.")
            .of(get("/api/v1/limits", "api.about.limits", show)
                .audience(Audience::Everyone)
                .rate(Rate::Plain)),
    ]
}

/// How often, and how large.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Limits)]
struct LimitsOut {
    /// Counted for the address that asks and for the member, whichever is tighter.
    rates: Vec<RateClass>,
    /// Items on a page of a list at most, and when nothing is said.
    page_items_max: usize,
    page_items_default: usize,
    /// Of a JSON body.
    body_bytes_max: usize,
    photos_of_a_listing_max: usize,
    photo_bytes_max: usize,
    photo_pixels_max: u64,
    drafts_max: i64,
    /// Different listings in a cart or an order.
    cart_items_max: i64,
    quantity_max: i64,
    /// In minor units.
    price_max: i64,
}

/// A class of requests.
#[derive(Debug, Serialize, ToSchema)]
struct RateClass {
    /// As `x-rate-class` in the API's description.
    class: &'static str,
    /// How many at once.
    burst: u32,
    /// How many a minute after that.
    per_minute: u32,
}

const CLASSES: [Rate; 7] =
    [Rate::Browse, Rate::Search, Rate::Write, Rate::SignIn, Rate::Upload, Rate::Money, Rate::Plain];

/// The name of a class in this API.
pub(crate) const fn class_name(rate: Rate) -> &'static str {
    match rate {
        Rate::Browse => "browse",
        Rate::Search => "search",
        Rate::Write => "write",
        Rate::SignIn => "sign_in",
        Rate::Upload => "upload",
        Rate::Money => "money",
        Rate::Plain => "plain",
    }
}

async fn show(call: Anyone) -> Response {
    let times = call.app.market.config.limits.multiplier.max(1);
    let rates = CLASSES.into_iter().map(|rate| {
        let policy = rate.policy();
        RateClass {
            class: class_name(rate),
            burst: policy.burst.saturating_mul(times),
            per_minute: policy.per_minute.saturating_mul(times),
        }
    });
    let limits = LimitsOut {
        rates: rates.collect(),
        page_items_max: limits::PAGE_MAX,
        page_items_default: limits::PAGE_DEFAULT,
        body_bytes_max: limits::BODY_BYTES_MAX,
        photos_of_a_listing_max: limits::PHOTOS_MAX,
        photo_bytes_max: limits::PHOTO_BYTES_MAX,
        photo_pixels_max: limits::PHOTO_PIXELS_MAX,
        drafts_max: limits::DRAFTS_MAX,
        cart_items_max: limits::CART_LINES_MAX,
        quantity_max: limits::QUANTITY_MAX,
        price_max: limits::PRICE_MAX,
    };
    Json(limits).cacheable(300)
}
