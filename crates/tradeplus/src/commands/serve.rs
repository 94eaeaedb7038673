//! Serving, and doing the jobs.

use anyhow::{Context, bail};
use kit::accept::{self, Limits};
use kit::{App, Web};
use market::{Market, local_registry, registry};
use platform::config::Config;
use platform::jobs::{Registry, Worker};
use platform::telemetry;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tradeplus::plain::METRICS;
use tradeplus::routes;
use tradeplus::start::Base;

/// Jobs of one process that run side by side.
const JOBS_AT_ONCE: usize = 4;

/// Serves until a signal; then finishes what is in flight, the jobs that run, and stops the database.
pub async fn serve(config: Arc<Config>, listen: Option<SocketAddr>, no_worker: bool) -> anyhow::Result<()> {
    telemetry::start(&config.log)?;
    let _ = METRICS.set(telemetry::Metrics::install()?);
    config.notes().iter().for_each(|note| tracing::warn!("{note}"));
    let address = listen.unwrap_or(config.server.listen);
    if !config.may_listen_on(address) {
        bail!(
            "--listen {address}: other machines would reach it without TLS. Listen on 127.0.0.1 behind a proxy on this \
             machine; or set server.allow_plain = true, if what lies between the two is encrypted or yours alone"
        );
    }
    // Bound first: a port that is taken is told before the database is started.
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!("{address} cannot be listened on; if the port is in use, choose another with --listen")
    })?;
    let base = Base::open(config).await?;
    if base.beside_another {
        base.close().await?;
        bail!(
            "another `tradeplus serve` uses this data directory; stop it first, or give another one with --data"
        );
    }
    let market = base.market()?;
    let web = Web::load(&base.config, base.db.dice())?;
    let limits = Limits {
        connections: base.config.server.max_connections,
        per_address: base.config.server.max_per_address,
        ..Limits::default()
    };
    let app = App { market: market.clone(), web: Arc::new(web) };
    let jobs = if no_worker { Registry::new() } else { registry() };
    let (stop_jobs, stop_http) = (CancellationToken::new(), CancellationToken::new());
    let worker = Worker::new(base.db.clone(), local_registry(jobs), market, JOBS_AT_ONCE);
    let worker = tokio::spawn(worker.run(stop_jobs.clone()));
    tracing::info!(address = %listener.local_addr()?, base_url = base.config.server.base_url, "serving");
    let http = tokio::spawn(accept::serve(listener, routes::router(app), limits, stop_http.clone()));
    told_to_stop().await?;
    tracing::info!("stopping: requests and jobs in flight are finished first");
    stop_http.cancel();
    http.await?;
    stop_jobs.cancel();
    worker.await?;
    base.close().await
}

/// Does the jobs until a signal.
pub async fn work(config: Arc<Config>) -> anyhow::Result<()> {
    telemetry::start(&config.log)?;
    let base = Base::open(config).await?;
    let market: Market = base.market()?;
    let stop = CancellationToken::new();
    let worker = Worker::new(base.db.clone(), registry(), market, JOBS_AT_ONCE);
    let worker = tokio::spawn(worker.run(stop.clone()));
    tracing::info!("working");
    told_to_stop().await?;
    stop.cancel();
    worker.await?;
    base.close().await
}

async fn told_to_stop() -> anyhow::Result<()> {
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    Ok(())
}
