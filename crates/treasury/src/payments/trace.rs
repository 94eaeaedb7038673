//! What went over the wire while a call was made: for the row that keeps it.

use futures_util::future::BoxFuture;
use platform::outgoing::{Call, OutgoingError, Reply, Wire};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

/// The last request.
#[derive(Clone, Debug, Default)]
pub(super) struct Traced {
    pub method: String,
    /// Without the query.
    pub path: String,
    pub status: Option<i16>,
    /// The provider's id of the request.
    pub request: Option<String>,
}

tokio::task_local! {
    static TRACE: Arc<Mutex<Traced>>;
}

/// Does something, and tells what it sent last.
pub(super) async fn tracing_of<T>(what: impl Future<Output = T>) -> (T, Traced) {
    let trace = Arc::new(Mutex::new(Traced::default()));
    let done = TRACE.scope(Arc::clone(&trace), what).await;
    let traced = trace.lock().unwrap_or_else(PoisonError::into_inner).clone();
    (done, traced)
}

/// A wire that takes notes.
#[derive(Debug)]
pub(super) struct Noting(pub Arc<dyn Wire>);

impl Wire for Noting {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply, OutgoingError>> {
        let (method, path) = (call.method().to_string(), call.url().path().to_owned());
        Box::pin(async move {
            let reply = self.0.send(call).await;
            let traced = Traced {
                method,
                path,
                status: reply.as_ref().ok().and_then(|r| i16::try_from(r.status).ok()),
                request: reply.as_ref().ok().and_then(|r| r.header("request-id")).map(str::to_owned),
            };
            // Outside of a call that is written down nobody reads it.
            let _unread = TRACE.try_with(|trace| {
                *trace.lock().unwrap_or_else(PoisonError::into_inner) = traced;
            });
            reply
        })
    }
}
