//! What the log holds of what happens, and what it never holds.

use axum::body::Body;
use http::Method;
use serde_json::json;
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use testkit::{PASSWORD, Town, cards};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// Keeps everything that is told on this thread, at every level.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<String>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line(span.metadata().name().to_owned());
        span.record(&mut line);
        self.keep(&line.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        self.keep(&line.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(format!("{} {}", event.metadata().level(), event.metadata().target()));
        event.record(&mut line);
        self.keep(&line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Ear {
    /// One that hears what is told on this thread, as long as the guards are kept.
    ///
    /// While there is only one listener, a place that tells something asks that of the thread that comes by first,
    /// and remembers when nobody listens there: so there is always a second one.
    fn listening() -> (Self, (DefaultGuard, Dispatch)) {
        let ear = Self::default();
        let second = Dispatch::new(Self::default());
        (ear.clone(), (tracing::subscriber::set_default(ear), second))
    }

    fn keep(&self, line: &str) {
        let mut all = self.0.lock().unwrap();
        all.push_str(line);
        all.push('\n');
    }

    fn heard(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

/// Passwords, codes, tokens, cards and addresses go through the program and leave no trace in what it tells, however
/// much is asked of it.
#[tokio::test]
async fn no_secret_reaches_the_log() {
    let (ear, _listening) = Ear::listening();
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let visitor = town.visitor();
    let wrong = "WRONGSECRET of somebody";
    visitor.post("/sign-in", &[("email", &ann.email), ("password", wrong)]).await.is(422);
    ann.sign_in().await.goes_to("/");
    let session = ann.browser.cookie("tp_session").unwrap();
    visitor.post("/reset", &[("email", &ann.email)]).await.is(303);
    town.run_jobs().await;
    let mail = town.mails_to(&ann.email).await.pop().unwrap();
    let link: String =
        mail.text.split_once("token=").unwrap().1.chars().take_while(|c| !c.is_whitespace()).collect();
    visitor.get(&format!("/reset/new?token={link}")).await.is(200);
    visitor.post("/reset/new", &[("token", &link), ("password", "short")]).await.is(422);
    let access = ann.access_token().await;
    ann.api(Method::GET, "/me", None).await.is(200);
    let asked = visitor
        .request(Method::GET, "/api/v1/me?leak=QUERYSECRET")
        .header("authorization", "Bearer WRONGTOKEN");
    visitor.send(asked.body(Body::empty()).unwrap()).await.is(401);
    let lamp = ann.listing("Lamp").live().await;
    let deal = ben.buys(&lamp).await;
    let card = [("number", cards::GOOD), ("expiry", "12/60"), ("cvc", "987")];
    ben.post(&format!("/checkout/{}/pay", deal.payment.id), &card).await.is(303);
    let body = json!({ "email": ann.email, "password": PASSWORD, "surprise": "FIELDSECRET" });
    let asked = visitor.request(Method::POST, "/api/v1/sessions").header("content-type", "application/json");
    visitor.send(asked.body(body.to_string().into()).unwrap()).await.is(422);
    town.run_jobs().await;
    let heard = ear.heard();
    assert!(heard.lines().count() > 10, "{heard}");
    for secret in [
        PASSWORD,
        "WRONGSECRET",
        "WRONGTOKEN",
        "QUERYSECRET",
        "FIELDSECRET",
        cards::GOOD,
        "12 Garden Street",
        &session,
        &link,
        &access,
        &ann.email,
    ] {
        let line = heard.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret}: {line:?}");
    }
}

/// Who is refused is in the log with what they asked for, how it ended, and the name of their request.
#[tokio::test]
async fn refusals_are_in_the_log() {
    let (ear, _listening) = Ear::listening();
    let town = Town::with(|config| config.limits.multiplier = 1).await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let lamp = ann.listing("Lamp").draft().await;
    eve.get("/account").await.is(200);
    let mut refused = vec![
        ("sell.edit", eve.get(&format!("/sell/{}", lamp.id)).await.is(404)),
        ("admin.overview", eve.get("/admin").await.is(404)),
        ("api.accounts.me", town.visitor().get("/api/v1/me").await.is(401)),
    ];
    let visitor = town.visitor().from_address("198.51.100.7");
    let foreign = visitor.request(Method::POST, "/sign-in").header("sec-fetch-site", "cross-site");
    refused.push(("accounts.sign_in", visitor.send(foreign.body(Body::empty()).unwrap()).await.is(403)));
    let wrong = [("email", ann.email.as_str()), ("password", "wrong horse battery")];
    refused.push(("accounts.sign_in", visitor.post("/sign-in", &wrong).await.is(422)));
    let mut last = visitor.post("/sign-in", &wrong).await;
    for _ in 0..20 {
        last = visitor.post("/sign-in", &wrong).await;
    }
    refused.push(("accounts.sign_in", last.is(429)));
    let heard = ear.heard();
    for (route, answer) in refused {
        let id = answer.header("x-request-id").unwrap();
        let line = heard.lines().find(|line| line.contains(id)).unwrap_or_else(|| panic!("{route}: {heard}"));
        let status = format!("status={}", answer.status());
        assert!(line.contains(&status) && line.contains(&format!("route=\"{route}\"")), "{line}");
    }
}
