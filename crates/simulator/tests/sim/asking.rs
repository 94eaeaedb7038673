//! A world with somebody who hears, and short ways to ask it; on whatever books.

use futures_util::future::BoxFuture;
use kernel::Clock;
use platform::chance;
use serde_json::{Value, json};
use simulator::books::Books;
use simulator::courier::{Courier, Dialect, Endpoint, Parcel};
use simulator::{Answered, Asked, Planned, Setup, World, answer, due};
use std::any::Any;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use time::Duration;
use time::macros::datetime;

/// What endpoints heard, in order.
#[derive(Default)]
pub struct Heard {
    parcels: Mutex<Vec<(String, Parcel)>>,
    /// Deliveries that are still refused.
    refuses: AtomicUsize,
}

impl Courier for Heard {
    fn carry<'a>(&'a self, to: &'a Endpoint, parcel: &'a Parcel) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let left = self.refuses.load(Ordering::SeqCst);
            if left > 0 {
                self.refuses.store(left - 1, Ordering::SeqCst);
                return false;
            }
            self.parcels.lock().unwrap().push((to.name.clone(), parcel.clone()));
            true
        })
    }
}

pub struct Scene {
    pub world: World,
    pub heard: Arc<Heard>,
    pub books: Arc<dyn Books>,
    /// What must not go before the scene does.
    _keeps: Box<dyn Any>,
}

fn endpoint(name: &str, dialect: Dialect, connect: bool) -> Endpoint {
    Endpoint {
        name: name.to_owned(),
        url: format!("http://127.0.0.1:1/{name}"),
        dialect,
        secret: "whsec_new".to_owned(),
        old_secret: Some("whsec_old".to_owned()),
        connect,
        events: Vec::new(),
    }
}

/// A world at noon, on these books.
pub fn scene_on(books: Arc<dyn Books>, keeps: Box<dyn Any>) -> Scene {
    let heard = Arc::new(Heard::default());
    let world = World::new(Setup {
        books: Arc::clone(&books),
        clock: Clock::stopped_at(datetime!(2026-03-01 12:00 UTC)),
        dice: chance::seeded(7),
        base: "http://sim.test".to_owned(),
        secret_key: Some("sk_test_1".to_owned()),
        endpoints: vec![
            endpoint("ours", Dialect::Stripe, false),
            endpoint("connect", Dialect::Stripe, true),
            endpoint("paystack", Dialect::Paystack, false),
        ],
        courier: Arc::clone(&heard) as Arc<dyn Courier>,
        remembers: true,
    });
    Scene { world, heard, books, _keeps: keeps }
}

/// A call of a program with its secret key.
pub fn call(method: &str, path: &str, fields: &[(&str, &str)]) -> Asked {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    let form = form.finish();
    let asked = if method == "GET" && !form.is_empty() {
        Asked::new(method, &format!("{path}?{form}"))
    } else {
        Asked::new(method, path).with_body("application/x-www-form-urlencoded", form)
    };
    asked.with_header("authorization", "Bearer sk_test_1")
}

impl Scene {
    pub async fn ask(&self, asked: Asked) -> Answered {
        answer(&self.world, asked).await
    }

    /// A call that is answered with 200; its body.
    pub async fn good(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Value {
        let answered = self.ask(call(method, path, fields)).await;
        assert_eq!(answered.status, 200, "{method} {path}: {}", answered.body);
        answered.value()
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Value {
        self.good("POST", path, fields).await
    }

    pub async fn get(&self, path: &str) -> Value {
        self.good("GET", path, &[]).await
    }

    /// The error of a call that is refused.
    pub async fn refused(&self, path: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        let answered = self.ask(call("POST", path, fields)).await;
        assert!(answered.status >= 400, "{path}: {}", answered.body);
        (answered.status, answered.value()["error"].clone())
    }

    /// As a seller's account.
    pub async fn of(&self, account: &str, method: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.ask(call(method, path, fields).with_header("stripe-account", account)).await
    }

    /// A call with JSON, as Paystack is asked.
    pub async fn json(&self, method: &str, path: &str, body: &Value) -> Answered {
        let asked = Asked::new(method, path).with_body("application/json", body.to_string());
        self.ask(asked.with_header("authorization", "Bearer sk_test_1")).await
    }

    /// A call of the world's own.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let answered = self.json("POST", path, &body).await;
        assert_eq!(answered.status, 200, "{path}: {}", answered.body);
        answered.value()
    }

    /// A payment intent for so much, in euros.
    pub async fn begun(&self, amount: i64) -> String {
        let amount = amount.to_string();
        let fields = [("amount", amount.as_str()), ("currency", "eur"), ("transfer_group", "g1")];
        self.post("/v1/payment_intents", &fields).await["id"].as_str().unwrap().to_owned()
    }

    /// What the marketplace's own form does.
    pub async fn confirm(&self, payment: &str, number: &str) -> Value {
        let body = json!({ "payment": payment, "number": number, "exp_month": 12, "exp_year": 2030 });
        self.control("/_sim/door/confirm", body).await
    }

    /// A payment that was paid by a card: its intent and its charge.
    pub async fn paid(&self, number: &str, amount: i64) -> (String, String) {
        let payment = self.begun(amount).await;
        let shown = self.confirm(&payment, number).await;
        assert_eq!(shown["status"], "succeeded", "{shown}");
        (payment, shown["latest_charge"].as_str().unwrap().to_owned())
    }

    /// A seller who may be paid.
    pub async fn seller(&self, bank: &str) -> String {
        let fields = [
            ("country", "DE"),
            ("capabilities[transfers][requested]", "true"),
            ("settings[payouts][schedule][interval]", "manual"),
        ];
        let id = self.post("/v1/accounts", &fields).await["id"].as_str().unwrap().to_owned();
        let wish = json!({ "standing": "active", "bank": bank });
        self.control(&format!("/_sim/accounts/{id}"), wish).await;
        id
    }

    pub fn plan(&self, planned: Planned) {
        self.world.plan().add(planned);
    }

    /// Time passes; what is due is done and told.
    pub async fn pass(&self, by: Duration) {
        self.world.advance(by);
        due::catch_up(&self.world).await.unwrap();
    }

    /// The next so many deliveries are refused.
    pub fn refuse(&self, deliveries: usize) {
        self.heard.refuses.store(deliveries, Ordering::SeqCst);
    }

    /// What was heard since the last time: endpoint and parcel.
    pub fn parcels(&self) -> Vec<(String, Parcel)> {
        std::mem::take(&mut *self.heard.parcels.lock().unwrap())
    }

    /// The types of the events that were heard since the last time.
    pub fn heard(&self) -> Vec<String> {
        let kind = |parcel: &Parcel| {
            let body: Value = serde_json::from_str(&parcel.body).unwrap();
            body["type"].as_str().or(body["event"].as_str()).unwrap().to_owned()
        };
        self.parcels().iter().map(|(_, parcel)| kind(parcel)).collect()
    }

    /// Pending and available, in euros.
    pub async fn balance(&self, account: &str) -> (i64, i64) {
        let answered = self.of(account, "GET", "/v1/balance", &[]).await;
        let body = answered.value();
        let of = |name: &str| {
            let all = body[name].as_array().unwrap();
            all.iter().find(|a| a["currency"] == "eur").map_or(0, |a| a["amount"].as_i64().unwrap())
        };
        (of("pending"), of("available"))
    }
}
