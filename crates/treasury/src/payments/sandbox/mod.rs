//! The embedded provider: the simulator, asked as Stripe is, by the same client; only the socket is missing. It moves no
//! money, takes test cards only, and tells what happened by signed webhooks that come in by the same door as others'.
//!
//! Its books are in the schema `sandbox`. It knows nothing of the marketplace's tables.

mod courier;
mod form;
pub mod jobs;
pub mod leaving;
mod wire;

pub use simulator::cards;
pub use simulator::cards::{Behaviour, TestCard};
pub use simulator::{Answered, Asked, Fault, Planned, World};

use super::stripe::{Keys, Places, Stripe};
use super::trace::Noting;
use courier::Ear;
use form::Door;
use platform::Db;
use platform::config::Secret;
use platform::crypto::{Key, Signer};
use platform::outgoing::{Url, Wire};
use simulator::Setup;
use simulator::books::Stored;
use simulator::courier::{Dialect, Endpoint, Signing, headers};
use std::sync::Arc;
use wire::{Embedded, Nowhere};

/// The sandbox's short name.
pub const NAME: &str = "sandbox";

/// What is followed of its events, as an operator ticks them at Stripe.
const HEARD: &[&str] = &[
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.canceled",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "radar.early_fraud_warning.created",
    "transfer.reversed",
];

/// What both sides know each other by.
#[derive(Clone)]
struct Secrets {
    api: String,
    ours: String,
    connect: String,
}

impl Secrets {
    fn of(key: &Key) -> Self {
        let signer = Signer::new(key, "sandbox");
        Self {
            api: format!("sk_test_{}", signer.sign(b"calls")),
            ours: format!("whsec_{}", signer.sign(b"our endpoint")),
            connect: format!("whsec_{}", signer.sign(b"connect")),
        }
    }

    fn keys(&self) -> Keys {
        let webhooks = [&self.ours, &self.connect].map(|secret| Secret::new(secret.as_str())).to_vec();
        Keys { secret: Secret::new(self.api.as_str()), webhooks }
    }
}

/// The embedded provider. Cheap to clone.
#[derive(Clone)]
pub struct Sandbox {
    world: World,
    stripe: Arc<Stripe>,
    secrets: Secrets,
    base: String,
    remembers: bool,
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sandbox")
    }
}

impl Sandbox {
    /// `key` is what both sides' secrets are made of. `base`: where the marketplace is, for the pages of the test bank.
    pub fn new(db: &Db, key: &Key, base: &str) -> Self {
        Self::make(db, Secrets::of(key), base.to_owned(), false)
    }

    /// As `new`; it remembers the calls that came, for tests.
    pub fn remembering(db: &Db, key: &Key, base: &str) -> Self {
        Self::make(db, Secrets::of(key), base.to_owned(), true)
    }

    /// The same provider on the same database at another time: for the demo's past.
    #[must_use]
    pub fn on(&self, db: &Db) -> Self {
        Self::make(db, self.secrets.clone(), self.base.clone(), self.remembers)
    }

    fn make(db: &Db, secrets: Secrets, base: String, remembers: bool) -> Self {
        let ear = Stripe::new(NAME, Arc::new(Nowhere), places(), secrets.keys());
        let world = World::new(Setup {
            books: Arc::new(Stored::new(db.clone())),
            clock: db.clock().clone(),
            dice: db.dice().clone(),
            base: base.clone(),
            secret_key: Some(secrets.api.clone()),
            endpoints: endpoints(&secrets),
            courier: Arc::new(Ear::new(db.clone(), ear)),
            remembers,
        });
        let wire = wire_to(&world);
        let asks = Stripe::new(NAME, Arc::clone(&wire), places(), secrets.keys());
        let door = Door::new(world.clone(), asks, db.clock().clone());
        let stripe = Stripe::new(NAME, wire, places(), secrets.keys()).with_form(Arc::new(door));
        Self { world, stripe: Arc::new(stripe), secrets, base, remembers }
    }

    /// It, as the port sees it.
    pub fn provider(&self) -> Arc<Stripe> {
        Arc::clone(&self.stripe)
    }

    /// The provider's own world: its clock, its plan of faults, what it was asked.
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// Answers a call below `/_sim/`.
    pub async fn answer(&self, asked: Asked) -> Answered {
        simulator::answer(&self.world, asked).await
    }

    /// The header fields that go with `body` when the provider sends it now: for tests of the door it comes in at.
    pub fn signed(&self, body: &str) -> Vec<(String, String)> {
        endpoints(&self.secrets).first().map_or_else(Vec::new, |endpoint| {
            headers(endpoint, body, self.world.now().unix_timestamp(), Signing::Well)
        })
    }
}

/// The way to a provider that is part of this program: for the sandbox, and for tests of the clients of others.
pub fn wire_to(world: &World) -> Arc<dyn Wire> {
    Arc::new(Noting(Arc::new(Embedded::new(world.clone()))))
}

fn endpoints(secrets: &Secrets) -> Vec<Endpoint> {
    let endpoint = |name: &str, secret: &str, connect: bool| Endpoint {
        name: name.to_owned(),
        url: "https://sandbox.invalid/".to_owned(),
        dialect: Dialect::Stripe,
        secret: secret.to_owned(),
        old_secret: None,
        connect,
        // Of sellers' accounts everything is followed.
        events: if connect { Vec::new() } else { HEARD.iter().map(|kind| (*kind).to_owned()).collect() },
    };
    vec![endpoint("ours", &secrets.ours, false), endpoint("connect", &secrets.connect, true)]
}

/// It has no address; a name that leads nowhere stands for it.
#[allow(clippy::expect_used, reason = "the address stands here")]
fn places() -> Places {
    let here = Url::parse("https://sandbox.invalid/").expect("an address");
    Places { api: here.clone(), files: here }
}
