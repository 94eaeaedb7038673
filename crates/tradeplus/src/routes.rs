//! Everything that can be asked of this program, on one page.

use crate::plain;
use axum::Router;
use kit::App;
use kit::route::{Route, RouteInfo, build, table};

/// Pages for people.
fn pages() -> Vec<Route> {
    site::routes()
}

/// JSON for programs.
fn programs() -> Vec<Route> {
    api::routes()
}

/// What is neither: health, metrics, assets, what browsers report.
fn plain() -> Vec<Route> {
    let mut routes = plain::routes();
    routes.extend(kit::files::routes());
    routes.extend(kit::reports::routes());
    routes.extend(site::plain_routes());
    routes
}

/// The router, made from the table and from nothing else.
pub fn router(app: App) -> Router {
    build(app, pages(), programs(), plain())
}

/// The table itself: for `doctor`.
pub fn all() -> Vec<RouteInfo> {
    let mut all = table(&pages());
    all.extend(table(&programs()));
    all.extend(table(&plain()));
    all
}
