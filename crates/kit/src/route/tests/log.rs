//! What goes wrong is in the log, under the name that the answer carries.

use super::*;
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use tracing::field::{self, Field};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// Keeps every event of this thread as a line.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl field::Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn what_goes_wrong_is_in_the_log_with_its_cause() {
    let ear = Ear::default();
    // While there is only one listener, a place that tells something asks that of the thread that comes by first, and
    // remembers when nobody listens there: so there is a second one.
    let _second = Dispatch::new(Ear::default());
    let _listening = tracing::subscriber::set_default(ear.clone());
    let fixture = Fixture::offline();
    fixture.app.market.db.close().await;
    let router = router(&fixture);
    let signed_in = [("cookie", "tp_session=whatever")];
    for (line, headers, level, cause) in [
        ("GET /broken", &[][..], "ERROR", "on purpose"),
        ("GET /panics", &[][..], "ERROR", "a handler panicked"),
        ("GET /mine", &signed_in[..], "ERROR", "closed pool"),
        ("GET /api/v1/me", &[("authorization", "Bearer whatever")][..], "ERROR", "closed pool"),
    ] {
        let answer = send(&router, line, headers, "").await;
        assert!(answer.status.is_server_error(), "{line}: {}", answer.status);
        let (id, heard) = (answer.header("x-request-id"), ear.0.lock().unwrap().clone());
        let told = heard.iter().any(|it| it.starts_with(level) && it.contains(id) && it.contains(cause));
        assert!(told, "{line}, {id}: {heard:#?}");
        assert!(!answer.body.contains(cause), "{line} tells too much");
    }
}
