//! The way to the embedded provider: a call of a function. No transaction of ours may be open meanwhile, as with a socket:
//! the provider keeps its books in the same database.

use futures_util::future::BoxFuture;
use platform::outgoing::{Call, HeaderMap, OutgoingError, Reply, Wire};
use simulator::{Answered, Arrival, Asked, World};

/// Asks the simulator.
#[derive(Debug)]
pub(super) struct Embedded(World);

impl Embedded {
    pub(super) const fn new(world: World) -> Self {
        Self(world)
    }
}

impl Wire for Embedded {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply, OutgoingError>> {
        Box::pin(async move {
            let answered = simulator::answer(&self.0, asked(&call)).await;
            let name = || super::NAME.to_owned();
            match answered.arrival {
                Arrival::Now => Ok(reply(answered)),
                // Nobody waits here: late is later than anybody would have waited.
                Arrival::Late(_) => Err(OutgoingError::Unanswered(name())),
                Arrival::Never => Err(OutgoingError::Broken(name(), "the connection broke".into())),
            }
        })
    }
}

fn asked(call: &Call) -> Asked {
    let url = call.url();
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let mut asked = Asked::new(call.method().as_str(), &target);
    for (name, value) in call.headers() {
        if let Ok(value) = value.to_str() {
            asked = asked.with_header(name.as_str(), value);
        }
    }
    asked.body = call.body().to_vec();
    asked
}

fn reply(answered: Answered) -> Reply {
    let mut headers = HeaderMap::new();
    let id = answered.headers.iter().find(|(name, _)| name == "request-id").map(|(_, value)| value);
    if let Some(value) = id.and_then(|id| id.parse().ok()) {
        headers.insert("request-id", value);
    }
    Reply { status: answered.status, headers, body: answered.body.into() }
}

/// A way that leads nowhere: for who only listens.
#[derive(Debug)]
pub(super) struct Nowhere;

impl Wire for Nowhere {
    fn send(&self, _: Call) -> BoxFuture<'_, Result<Reply, OutgoingError>> {
        Box::pin(std::future::ready(Err(OutgoingError::Forbidden(super::NAME.to_owned()))))
    }
}
