//! The route table. A route names its audience or does not compile; a router is built from the table or not
//! at all, so nothing is reachable that is not in it.

use crate::app::App;
use crate::guard::{self, Guard};
pub use crate::policy::{Audience, Idempotency, Keys, Object, Permission, Policy as RouteInfo, Rate};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};
use http::Method;
use kernel::limits::BODY_BYTES_MAX;
use market::apikeys::model::Scope;
use std::sync::Arc;
use tower_http::compression::{CompressionLayer, CompressionLevel};

/// Of brotli and gzip, for what is compressed anew each time: half a millisecond for a page.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(4);

/// A route whose audience was not said yet: it does not fit into the table.
#[derive(Debug)]
pub struct Unsaid;

/// A line of the table with its handler.
#[derive(Clone)]
pub struct Route<A = Audience> {
    method: Method,
    path: &'static str,
    name: &'static str,
    audience: A,
    object: Object,
    keys: Keys,
    step_up: bool,
    while_looking: bool,
    rate: Rate,
    query: bool,
    idempotency: Idempotency,
    body: usize,
    form_on: Option<&'static str>,
    handler: MethodRouter<App>,
}

macro_rules! methods {
    ($($name:ident $method:ident $rate:ident;)+) => {$(
        /// A route of this method. `path` in axum's syntax ("/listings/{slug}"), `name` is `slice.verb`.
        pub fn $name<H, T>(path: &'static str, name: &'static str, handler: H) -> Route<Unsaid>
        where
            H: Handler<T, App>,
            T: 'static,
        {
            Route {
                method: Method::$method,
                path,
                name,
                audience: Unsaid,
                object: Object::None,
                keys: Keys::Never,
                step_up: false,
                while_looking: Method::$method == Method::GET,
                rate: Rate::$rate,
                query: false,
                idempotency: Idempotency::None,
                body: BODY_BYTES_MAX,
                form_on: None,
                handler: on(MethodFilter::$method, handler),
            }
        }
    )+};
}

methods! {
    get GET Browse;
    post POST Write;
    put PUT Write;
    patch PATCH Write;
    delete DELETE Write;
}

impl Route<Unsaid> {
    /// Who may use it.
    pub fn audience(self, audience: Audience) -> Route {
        let Self {
            method,
            path,
            name,
            audience: Unsaid,
            object,
            keys,
            step_up,
            while_looking,
            rate,
            query,
            idempotency,
            body,
            form_on,
            handler,
        } = self;
        Route {
            method,
            path,
            name,
            audience,
            object,
            keys,
            step_up,
            while_looking,
            rate,
            query,
            idempotency,
            body,
            form_on,
            handler,
        }
    }
}

impl<A> Route<A> {
    /// What the path names; the rules see to it that it belongs to who asks.
    #[must_use]
    pub fn object(self, object: Object) -> Self {
        Self { object, ..self }
    }

    /// For API keys with this scope, too (API only).
    #[must_use]
    pub fn scope(self, scope: Scope) -> Self {
        Self { keys: Keys::With(scope), ..self }
    }

    /// For every API key, too (API only): what anybody may read anyhow.
    #[must_use]
    pub fn any_key(self) -> Self {
        Self { keys: Keys::Any, ..self }
    }

    /// How often. Reading counts as `Browse` and changing as `Write` unless said otherwise.
    #[must_use]
    pub fn rate(self, rate: Rate) -> Self {
        Self { rate, ..self }
    }

    /// It reads its query (API only): parameters that it does not know are its own to refuse.
    #[must_use]
    pub fn takes_query(self) -> Self {
        Self { query: true, ..self }
    }

    /// Whether it heeds `Idempotency-Key` (API only). Not for answers that hold secrets: they are kept.
    #[must_use]
    pub fn idempotent(self, idempotency: Idempotency) -> Self {
        Self { idempotency, ..self }
    }

    /// Bytes of the body at most.
    #[must_use]
    pub fn body(self, body: usize) -> Self {
        Self { body, ..self }
    }

    /// The page on which the form of this route stands, in the names of its own path: `/sell/{id}` for
    /// `/sell/{id}/publish`. It is for whoever may send the form, and fills it with `Visit::filled` or its like.
    #[must_use]
    pub fn form_on(self, page: &'static str) -> Self {
        Self { form_on: Some(page), ..self }
    }

    /// Not for staff that looks as a member: it shows secrets, or how the account is protected. What changes something
    /// never is.
    #[must_use]
    pub fn private(self) -> Self {
        Self { while_looking: false, ..self }
    }

    /// Also for staff that looks as a member, although it changes something: the way out.
    #[must_use]
    pub fn way_out(self) -> Self {
        Self { while_looking: true, ..self }
    }

    /// Only with a sign-in of the last minutes. Never for API keys.
    #[must_use]
    pub fn step_up(self) -> Self {
        Self { step_up: true, ..self }
    }
}

impl Route {
    /// The line of the table.
    pub fn info(&self) -> RouteInfo {
        RouteInfo {
            method: self.method.clone(),
            path: self.path,
            name: self.name,
            audience: self.audience,
            object: self.object,
            keys: self.keys,
            step_up: self.step_up,
            while_looking: self.while_looking,
            rate: self.rate,
            query: self.query,
            idempotency: self.idempotency,
            body: self.body,
            form_on: self.form_on,
        }
    }
}

/// The lines of some routes: for the API's description, the page of limits and the tests of all routes.
pub fn table(routes: &[Route]) -> Vec<RouteInfo> {
    routes.iter().map(Route::info).collect()
}

/// Builds the router: pages for people, the API for programs, and plain routes (health, assets, webhooks).
pub fn build(app: App, pages: Vec<Route>, api: Vec<Route>, plain: Vec<Route>) -> Router {
    let mut router = Router::new();
    for route in pages {
        let guard = guard_of(&app, &route);
        router = router.route(route.path, inner(route).route_layer(from_fn_with_state(guard, guard::page)));
    }
    for route in api {
        let guard = guard_of(&app, &route);
        router = router.route(route.path, inner(route).route_layer(from_fn_with_state(guard, guard::api)));
    }
    for route in plain {
        let guard = guard_of(&app, &route);
        router = router.route(route.path, inner(route).route_layer(from_fn_with_state(guard, guard::plain)));
    }
    router
        .fallback(guard::missing)
        .method_not_allowed_fallback(guard::wrong_method)
        .layer(CompressionLayer::new().gzip(true).br(true).quality(COMPRESSION))
        .layer(from_fn_with_state(app.clone(), guard::outer))
        .with_state(app)
}

fn guard_of(app: &App, route: &Route) -> Guard {
    Guard { app: app.clone(), policy: Arc::new(route.info()) }
}

fn inner(route: Route) -> MethodRouter<App> {
    route.handler.route_layer(DefaultBodyLimit::max(route.body))
}

#[cfg(test)]
mod tests;
