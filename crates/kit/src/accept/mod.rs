//! The accept loop: serves connections so that nobody can stop others by holding connections and saying nothing.
//!
//! Three measures, because no library below sets them all: a connection that has not said anything yet waits in
//! a room of its own, from which the oldest is sent away when it is full; one that has begun a request must
//! finish its head soon; and one over which nothing moves is closed. Caps, of all and per address, bound the
//! rest. Header sizes, HTTP/2 streams and resets are bounded by hyper and h2.

mod crowd;
mod wire;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use crowd::{Crowd, Ticket};
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use wire::{Pulse, Wire};

/// What one listener allows.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections that have said something.
    pub connections: usize,
    /// Connections of one address (IPv6: of one /64).
    pub per_address: usize,
    /// Connections that have not said anything yet; one more sends the oldest of them away.
    pub waiting: usize,
    /// How long the first bytes may take.
    pub first_byte: Duration,
    /// How long the head of a request may take.
    pub head: Duration,
    /// How long nothing may move.
    pub idle: Duration,
    /// How long requests in flight may take when the server stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 2000,
            per_address: 200,
            waiting: 512,
            first_byte: Duration::from_secs(5),
            head: Duration::from_secs(5),
            idle: Duration::from_secs(60),
            drain: Duration::from_secs(25),
        }
    }
}

/// Bytes of a request's head.
const HEAD_BYTES: u32 = 32 * 1024;
const HEADERS_MAX: usize = 100;

/// Serves until `stop` is cancelled, then lets requests in flight finish within `limits.drain`.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: CancellationToken) {
    let graceful = GracefulShutdown::new();
    let builder = Arc::new(builder());
    let crowd = Crowd::new(&limits);
    let mut pause = Duration::ZERO;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                pause = Duration::ZERO;
                let Some(ticket) = crowd.admit(peer.ip()) else { continue };
                let watcher = graceful.watcher();
                let (builder, router, limits) = (builder.clone(), router.clone(), limits.clone());
                let stop = stop.clone();
                tokio::spawn(async move {
                    let Some((wire, _ticket)) = first_words(stream, ticket, &limits, &stop).await else {
                        return;
                    };
                    let (pulse, busy) = (wire.pulse(), wire.pulse());
                    let service =
                        service_fn(move |request| answer(router.clone(), request, peer, busy.clone()));
                    let connection = builder.serve_connection(TokioIo::new(wire), service).into_owned();
                    tokio::select! {
                        // What goes wrong on a connection is the client's affair.
                        _ = watcher.watch(connection) => {}
                        () = pulse.stopped(&limits) => {}
                    }
                });
            }
            Err(error) => {
                pause = after(&error, pause);
                tokio::time::sleep(pause).await;
            }
        }
    }
    drop(listener);
    if timeout(limits.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
}

/// How hyper reads and answers.
fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // The pulse does it: hyper's own timer also runs between requests, where a minute is allowed.
        .header_read_timeout(None)
        .max_buf_size(HEAD_BYTES as usize)
        .max_headers(HEADERS_MAX);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100)
        .max_header_list_size(HEAD_BYTES)
        .max_pending_accept_reset_streams(20)
        .max_local_error_reset_streams(100)
        .max_send_buf_size(256 * 1024);
    builder
}

/// Waits for the first bytes, long enough to tell HTTP/1 from HTTP/2. `None` when they do not come, when the
/// room is needed for others, or when the server stops.
async fn first_words(
    stream: TcpStream,
    mut ticket: Ticket,
    limits: &Limits,
    stop: &CancellationToken,
) -> Option<(Wire, Ticket)> {
    let _ = stream.set_nodelay(true);
    let wire = tokio::select! {
        wire = timeout(limits.first_byte, Wire::open(stream)) => wire.ok()?.ok()?,
        () = ticket.sent_away() => return None,
        () = stop.cancelled() => return None,
    };
    ticket.enter().then_some((wire, ticket))
}

/// Hands one request to the router.
async fn answer(
    router: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
    pulse: Arc<Pulse>,
) -> Result<axum::response::Response, std::convert::Infallible> {
    let _busy = pulse.busy();
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await
}

/// How long to wait after a failed accept. A connection that broke at once costs nothing; running out of
/// descriptors or memory needs time to pass.
fn after(error: &io::Error, before: Duration) -> Duration {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted) {
        return Duration::ZERO;
    }
    tracing::warn!(%error, "no connection can be accepted for now");
    (before * 2).clamp(Duration::from_millis(50), Duration::from_secs(1))
}
