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
                .any_key()
                .rate(Rate::Plain)),
    ]
}

/// How often, and how large.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Limits)]
struct LimitsOut {
    /// Counted for the address that asks and for the member or the API key, whichever is tighter.
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
    /// API keys of a member that are live at a time.
    api_keys_max: i64,
    /// Different listings in a cart or an order.
    cart_items_max: i64,
    quantity_max: i64,
    /// In minor units.
    price_max: i64,
}

/// A class of requests.
#[derive(Debug, Serialize, ToSchema)]
struct RateClass {
    /// As `x-rate-class` in the API's description, and in the header fields `RateLimit` and `RateLimit-Policy`.
    class: &'static str,
    /// How many at once.
    burst: u32,
    /// How many a minute after that.
    per_minute: u32,
}

async fn show(call: Anyone) -> Response {
    let rates = Rate::ALL.into_iter().map(|rate| {
        let pace = call.app.web.limiter.pace(rate);
        RateClass { class: rate.name(), burst: pace.burst, per_minute: pace.per_minute }
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
        api_keys_max: limits::API_KEYS_MAX,
        cart_items_max: limits::CART_LINES_MAX,
        quantity_max: limits::QUANTITY_MAX,
        price_max: limits::PRICE_MAX,
    };
    Json(limits).cacheable(300)
}
