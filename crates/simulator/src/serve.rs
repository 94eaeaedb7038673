//! The simulator as a server of its own: on this machine only, unless somebody says otherwise.

use crate::answer::answer;
use crate::asked::{Answered, Arrival, Asked};
use crate::courier::{Courier, Endpoint, Parcel};
use crate::world::World;
use crate::{due, hooks};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use futures_util::stream;
use platform::config::Config;
use platform::outgoing::{Call, Outgoing, OutgoingError};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::sleep;

/// Bytes of a call.
const BODY_MAX: usize = 8 * 1024 * 1024;
/// How often it looks for what is due.
const PULSE: Duration = Duration::from_millis(200);
/// How long an event's receiver is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Takes an address to listen on. `anywhere`: also one that other machines reach.
///
/// # Errors
/// When the address is not this machine's own and nobody said that it may be, or when it is in use.
pub async fn listen(address: SocketAddr, anywhere: bool) -> io::Result<TcpListener> {
    if !anywhere && !address.ip().is_loopback() {
        let says = format!("{address} is reached by other machines, and the simulator believes everybody");
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, says));
    }
    TcpListener::bind(address).await
}

/// Serves until the listener fails; does what is due and delivers events meanwhile.
///
/// # Errors
/// When the listener fails.
pub async fn serve(world: World, listener: TcpListener) -> io::Result<()> {
    let pulse = tokio::spawn(beat(world.clone()));
    let app = Router::new().fallback(handle).with_state(world);
    let served = axum::serve(listener, app).await;
    pulse.abort();
    served
}

async fn beat(world: World) {
    loop {
        if let Err(error) = due::run(&world).await {
            tracing::warn!(%error, "what is due is not done");
        }
        if let Err(error) = hooks::deliver(&world).await {
            tracing::warn!(%error, "events are not delivered");
        }
        sleep(PULSE).await;
    }
}

async fn handle(State(world): State<World>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    let mut asked = Asked::new(head.method.as_str(), target);
    let texts = head.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    asked.headers = texts.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    asked.body = body.to_vec();
    let answered = answer(&world, asked).await;
    if let Arrival::Late(by) = answered.arrival {
        sleep(by).await;
    }
    respond(answered)
}

fn respond(answered: Answered) -> Response {
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::builder().status(status);
    for (name, value) in &answered.headers {
        response = response.header(name, value);
    }
    let body = if answered.arrival == Arrival::Never {
        // The connection breaks before a byte of the body has come.
        Body::from_stream(stream::once(async {
            Err::<Bytes, io::Error>(io::ErrorKind::ConnectionReset.into())
        }))
    } else {
        Body::from(answered.body)
    };
    response.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Carries events to receivers on this machine, or by TLS to others.
#[derive(Clone, Debug)]
pub struct Postman(Outgoing);

impl Postman {
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, OutgoingError> {
        Ok(Self(Outgoing::new(&Config { development: true, ..Config::default() })?))
    }
}

impl Courier for Postman {
    fn carry<'a>(&'a self, to: &'a Endpoint, parcel: &'a Parcel) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let Ok(call) = call_of(to, parcel) else { return false };
            self.0.ask(call).await.is_ok_and(|reply| reply.is_good())
        })
    }
}

fn call_of(to: &Endpoint, parcel: &Parcel) -> Result<Call, OutgoingError> {
    let url = to.url.parse().map_err(|_| OutgoingError::Malformed)?;
    let call = Call::post(&url, "application/json", parcel.body.clone()).patience(PATIENCE);
    parcel.headers.iter().try_fold(call, |call, (name, value)| call.header(name, value))
}
