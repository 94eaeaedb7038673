//! What somebody may ask for whose data it is: a copy of everything, and that it goes away.

mod hub;
mod leave;

use kit::policy::Audience;
use kit::route::{Route, get, post};

/// The routes of this module. They are open to who is suspended and who is leaving.
pub(crate) fn routes() -> Vec<Route> {
    let all = [
        get("/account/data", "privacy.hub", hub::show),
        post("/account/data/copy", "privacy.copy_ask", hub::ask).step_up(),
        get("/account/data/copy", "privacy.copy_take", hub::take).step_up(),
        get("/account/delete", "privacy.delete_form", leave::show).step_up(),
        post("/account/delete", "privacy.delete", leave::ask).step_up(),
        post("/account/delete/undo", "privacy.delete_undo", leave::take_back),
    ];
    all.into_iter().map(|route| route.audience(Audience::Account)).collect()
}

/// Addresses that only these pages lead to.
mod urls {
    pub(super) const COPY: &str = "/account/data/copy";
    pub(super) const DELETE: &str = "/account/delete";
    pub(super) const UNDO: &str = "/account/delete/undo";
}
