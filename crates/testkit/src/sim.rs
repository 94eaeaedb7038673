//! The provider behind the sandbox, for tests: what it was asked, what goes wrong there, what it does by itself.

use kernel::Clock;
use market::payments::sandbox::Sandbox;
use serde_json::{Value, json};
use simulator::{Asked, Planned, World, hooks};
use sqlx::PgPool;

/// A town's provider.
#[derive(Clone)]
pub struct Sim {
    sandbox: Sandbox,
    owner: PgPool,
    clock: Clock,
}

impl Sim {
    pub(crate) const fn new(sandbox: Sandbox, owner: PgPool, clock: Clock) -> Self {
        Self { sandbox, owner, clock }
    }

    /// Its own world.
    pub fn world(&self) -> &World {
        self.sandbox.world()
    }

    /// Something is to go wrong.
    pub fn plan(&self, planned: Planned) {
        self.world().plan().add(planned);
    }

    /// How many calls of this method came to paths that begin so.
    pub fn requests(&self, method: &str, path: &str) -> usize {
        self.world().requests(method, path)
    }

    /// The calls that came, in order: "POST /v1/refunds".
    pub fn seen(&self) -> Vec<String> {
        self.world().seen().iter().map(|s| format!("{} {}", s.method, s.path)).collect()
    }

    /// A call below `/_sim/`, as somebody at the provider's would make it. Fails when it is refused.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let asked =
            Asked::new("POST", &format!("/_sim/{path}")).with_body("application/json", body.to_string());
        let answered = self.sandbox.answer(asked).await;
        assert_eq!(answered.status, 200, "{path}: {}", answered.body);
        answered.value()
    }

    /// Disputes a payment; `inquiry`: the bank only asks.
    pub async fn disputes(&self, payment: &str, inquiry: bool) -> String {
        let dispute = self.control("disputes", json!({ "payment": payment, "inquiry": inquiry })).await;
        dispute["id"].as_str().unwrap().to_owned()
    }

    /// Answers a call with fields, as a program with the secret key asks it.
    pub async fn asked(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Value {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let asked = Asked::new(method, path)
            .with_body("application/x-www-form-urlencoded", form)
            .with_header("authorization", &format!("Bearer {}", self.world().secret_key().unwrap()));
        let answered = self.sandbox.answer(asked).await;
        assert_eq!(answered.status, 200, "{path}: {}", answered.body);
        answered.value()
    }

    /// The marketplace has put money of its own in, minor units of euros.
    pub async fn fills_up(&self, amount: i64) {
        self.control("topups", json!({ "amount": amount, "currency": "eur" })).await;
    }

    /// How many things of a kind its books hold ("payment_intent", "refund").
    pub async fn count(&self, kind: &str) -> i64 {
        sqlx::query_scalar("select count(*) from sandbox.objects where kind = $1")
            .bind(kind)
            .fetch_one(&self.owner)
            .await
            .unwrap()
    }

    /// The header fields that go with a body when it sends it now.
    pub fn signed(&self, body: &str) -> Vec<(String, String)> {
        self.sandbox.signed(body)
    }

    /// What it is at takes longer than it should: years.
    pub async fn dawdles(&self) {
        self.change("update sandbox.due set at = at + interval '30 years'").await;
    }

    /// What it is at is over now.
    pub async fn hurries(&self) {
        sqlx::query("update sandbox.due set at = $1")
            .bind(self.clock.now())
            .execute(&self.owner)
            .await
            .unwrap();
    }

    /// The events that were delivered are delivered once more, as if it had not noted that it did.
    pub async fn delivers_again(&self) {
        self.change("update sandbox.deliveries set delivered_at = null, at = at - interval '1 hour'").await;
        hooks::deliver(self.world()).await.unwrap();
    }

    async fn change(&self, statement: &'static str) {
        sqlx::query(statement).execute(&self.owner).await.unwrap();
    }
}
