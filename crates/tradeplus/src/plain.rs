//! Health and metrics: for load balancers and monitors.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kit::App;
use kit::route::{Audience, Rate, Route, get};
use serde_json::json;
use std::sync::OnceLock;

/// The metrics of this process, set once at the start.
pub static METRICS: OnceLock<platform::telemetry::Metrics> = OnceLock::new();

pub fn routes() -> Vec<Route> {
    vec![
        get("/health", "plain.health", health).audience(Audience::Everyone).rate(Rate::Plain),
        get("/ready", "plain.ready", ready).audience(Audience::Everyone).rate(Rate::Plain),
        get("/metrics", "plain.metrics", metrics).audience(Audience::Operator).rate(Rate::Plain),
    ]
}

/// The process answers.
async fn health() -> impl IntoResponse {
    axum::Json(json!({ "status": "ok" }))
}

/// The database answers too.
async fn ready(State(app): State<App>) -> impl IntoResponse {
    let database = match app.market.db.read().await {
        Ok(mut reader) => platform::db::ping(&mut reader).await.is_ok(),
        Err(_) => false,
    };
    let status = if database { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = if database { "ok" } else { "unavailable" };
    let body =
        json!({ "status": word, "database": word, "search": { "documents": app.market.engine.count() } });
    (status, axum::Json(body))
}

async fn metrics(State(app): State<App>) -> impl IntoResponse {
    let pool = app.market.db.pool();
    metrics::gauge!("tradeplus_database_connections").set(f64::from(pool.size()));
    let text = METRICS.get().map(platform::telemetry::Metrics::render).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
