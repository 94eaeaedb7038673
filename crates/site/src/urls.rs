//! Addresses that only pages of this crate lead to; all others are in `kit::links`.

use kernel::ListingId;
use kit::Typed;

/// What was changed about a listing, and when.
pub(crate) fn sell_history(id: ListingId) -> String {
    format!("/sell/{id}/history")
}

/// Where the seller says that it was sold elsewhere.
pub(crate) fn sell_sold(id: ListingId) -> String {
    format!("/sell/{id}/sold")
}

/// The seller's own listings in one state.
pub(crate) fn sell_in(state: &str) -> String {
    format!("/sell?state={state}")
}

/// After asking for something that comes by mail.
pub(crate) fn verify_sent() -> String {
    "/verify".to_owned()
}

pub(crate) fn reset_sent() -> String {
    "/reset?sent=1".to_owned()
}

/// Where a new password is posted.
pub(crate) fn reset_new() -> String {
    "/reset/new".to_owned()
}

/// Shows at an identity provider once more who one is, and comes back to `next`.
pub(crate) fn confirm_with(provider: &str, next: &str) -> String {
    let next = Typed::of([("next", next)]);
    format!("/confirm/with/{provider}?{}", next.encoded())
}

/// Where a new picture of oneself is posted.
pub(crate) fn account_avatar() -> String {
    "/account/avatar".to_owned()
}

/// A drawing of the object store, by the code points of its emoji ("1f6b2").
pub(crate) fn drawing(points: &str) -> String {
    format!("/photos/{}", drawing_key(points))
}

/// Its key there.
pub(crate) fn drawing_key(points: &str) -> String {
    format!("categories/{points}.webp")
}
