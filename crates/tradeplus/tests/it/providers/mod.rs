//! The clients of real providers, each against the simulator in that provider's own dialect: deals from the checkout on,
//! call by call, and a contract that every provider must keep.

mod contract;
mod disputes;
mod pages;
mod paystack;
mod sellers;
mod stripe;

use futures_util::future::BoxFuture;
use kernel::{OrderId, PaymentId};
use ledger::Account;
use market::listings::model::Listing;
use market::payments::model::Payment;
use market::payments::paystack::{self as of_paystack, Paystack};
use market::payments::sandbox::wire_to;
use market::payments::stripe::{self as of_stripe, Places, Stripe};
use market::payments::webhooks::receive;
use market::payments::{Provider, Providers};
use platform::config::Secret;
use platform::{Db, chance};
use serde_json::{Value, json};
use simulator::books::Memory;
use simulator::courier::{Courier, Dialect, Endpoint, Parcel};
use simulator::{Asked, Setup, World, due};
use std::sync::{Arc, Mutex, OnceLock};
use testkit::{Deal, Person, Setting, Town};
use time::Duration;

const SECRET: &str = "sk_test_1";
const BASE: &str = "http://localhost:8080";

/// Carries events to the function behind the door that they come in at.
struct Carrier {
    db: Db,
    provider: Arc<OnceLock<Arc<dyn Provider>>>,
}

impl Courier for Carrier {
    fn carry<'a>(&'a self, _: &'a Endpoint, parcel: &'a Parcel) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let provider = self.provider.get().unwrap();
            receive(&self.db, &**provider, &parcel.headers, parcel.body.as_bytes()).await.is_ok()
        })
    }
}

/// A provider of this dialect, and its world.
fn provider(db: &Db, dialect: Dialect) -> (Arc<dyn Provider>, World) {
    let known = Arc::new(OnceLock::new());
    let endpoint = |name: &str, secret: &str, connect: bool| Endpoint {
        name: name.to_owned(),
        url: "https://hears.invalid/".to_owned(),
        dialect,
        secret: secret.to_owned(),
        old_secret: None,
        connect,
        events: Vec::new(),
    };
    let endpoints = match dialect {
        Dialect::Stripe => vec![endpoint("ours", "whsec_1", false), endpoint("connect", "whsec_2", true)],
        Dialect::Paystack => vec![endpoint("ours", SECRET, false)],
    };
    let world = World::new(Setup {
        books: Arc::new(Memory::new()),
        clock: db.clock().clone(),
        dice: chance::seeded(11),
        base: "http://sim.test".to_owned(),
        secret_key: Some(SECRET.to_owned()),
        endpoints,
        courier: Arc::new(Carrier { db: db.clone(), provider: Arc::clone(&known) }),
        remembers: true,
    });
    let at = || "https://sim.test/".parse().unwrap();
    let secret = Secret::new(SECRET);
    let provider: Arc<dyn Provider> = match dialect {
        Dialect::Stripe => {
            let webhooks = vec![Secret::new("whsec_1"), Secret::new("whsec_2")];
            let keys = of_stripe::Keys { secret, webhooks };
            Arc::new(Stripe::new("stripe", wire_to(&world), Places { api: at(), files: at() }, keys))
        }
        Dialect::Paystack => {
            let keys = of_paystack::Keys { secret, old: None };
            Arc::new(Paystack::new(wire_to(&world), at(), keys, "example.org", db.clock().clone()))
        }
    };
    assert!(known.set(Arc::clone(&provider)).is_ok());
    (provider, world)
}

/// A town that is paid through one provider: Ann sells, Ben buys.
struct Bench {
    town: Town,
    world: World,
    dialect: Dialect,
    ann: Person,
    ben: Person,
}

impl Bench {
    async fn open(dialect: Dialect) -> Self {
        let kept: Arc<Mutex<Option<World>>> = Arc::default();
        let keeps = Arc::clone(&kept);
        let setting = Setting {
            providers: Some(Box::new(move |db: &Db| {
                let (provider, world) = provider(db, dialect);
                *keeps.lock().unwrap() = Some(world);
                Providers::of(provider, BASE)
            })),
            ..Setting::default()
        };
        let town = Town::set(setting).await;
        let world = kept.lock().unwrap().take().unwrap();
        let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
        Self { town, world, dialect, ann, ben }
    }

    /// A lamp that is dear enough for every provider.
    async fn lamp(&self) -> Listing {
        let code = match self.dialect {
            Dialect::Stripe => "EUR",
            Dialect::Paystack => "NGN",
        };
        self.ann.listing("Lamp").currency(code).price(1_200_000).live().await
    }

    /// Ben checks out a lamp, and the provider hears of it.
    async fn checked_out(&self) -> Deal {
        let deal = self.ben.buys(&self.lamp().await).await;
        self.town.run_jobs().await;
        deal
    }

    async fn found(&self, id: PaymentId) -> Payment {
        self.town.payment(id).await
    }

    /// The buyer's browser pays by card at the provider's.
    async fn types_card(&self, deal: &Deal, number: &str) {
        let payment = self.found(deal.payment.id).await;
        let mut body = json!({ "number": number, "exp_month": 12, "exp_year": 2060, "expiry": "12/60" });
        let page = match self.dialect {
            Dialect::Stripe => {
                body["payment"] = Value::from(payment.provider_ref.unwrap());
                "confirm"
            }
            Dialect::Paystack => {
                let url = payment.pay_url.unwrap();
                body["code"] = Value::from(url.split_once("code=").unwrap().1);
                "checkout"
            }
        };
        let asked = Asked::new("POST", &format!("/_sim/door/{page}"));
        let asked = asked.with_body("application/json", body.to_string());
        let answered = simulator::answer(&self.world, asked).await;
        assert_eq!(answered.status, 200, "{}", answered.body);
    }

    /// Somebody does something at the provider's: a bank, a network.
    async fn happens(&self, what: &str, body: Value) {
        let asked = Asked::new("POST", &format!("/_sim/{what}"));
        let asked = asked.with_body("application/json", body.to_string());
        let answered = simulator::answer(&self.world, asked).await;
        assert!(answered.status < 300, "{what}: {}", answered.body);
        self.pass(Duration::ZERO).await;
    }

    /// Time passes; the provider does what is due and tells of it, and so do we.
    async fn pass(&self, by: Duration) {
        self.town.clock.advance(by);
        for _ in 0..3 {
            due::catch_up(&self.world).await.unwrap();
            self.town.run_jobs().await;
        }
    }

    /// The calls that came, each with its ids left out: "POST /v1/refunds".
    fn calls(&self) -> Vec<String> {
        let is_id = |part: &str| part.len() > 20 || part.starts_with("pi_") || part.starts_with("re_");
        let plain = |path: &str| -> String {
            path.split('/').map(|part| if is_id(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
        };
        self.world.seen().iter().map(|s| format!("{} {}", s.method, plain(&s.path))).collect()
    }

    /// How many calls of this kind came.
    fn count(&self, call: &str) -> usize {
        self.calls().iter().filter(|c| *c == call).count()
    }

    /// What stands on the order's own accounts: held, on its way back, owed.
    async fn held(&self, order: OrderId) -> (i64, i64, i64) {
        let currency = self.town.order(order).await.currency;
        let mut reader = self.town.db.read().await.unwrap();
        let mut all = [0; 3];
        let accounts = [Account::Escrow(order), Account::RefundInTransit(order), Account::BuyerDue(order)];
        for (held, account) in all.iter_mut().zip(&accounts) {
            *held = ledger::balance_of(&mut reader, account, currency).await.unwrap().amount;
        }
        (all[0], all[1], all[2])
    }

    /// Every call that changed something was written down under a key of its own, and ended.
    async fn every_call_is_written_down(&self) {
        let open = "select count(*) from provider_calls where state in ('sending', 'unknown')";
        assert_eq!(self.town.count(open).await, 0);
        let changing = self.calls().iter().filter(|c| c.starts_with("POST")).count();
        let tries = "select count(*) from provider_call_tries where outcome <> 'found'";
        let tries = self.town.count(tries).await;
        assert!(tries >= i64::try_from(changing).unwrap(), "{tries} tries, {:?}", self.calls());
    }

    /// A: paid, held, sent, confirmed; what follows of the money to the seller begins with a settlement.
    async fn pays_holds_ships_and_confirms(&self, calls: &[&str]) {
        let deal = self.checked_out().await;
        let (order, total) = (deal.order(), deal.payment.amount.amount);
        self.types_card(&deal, testkit::cards::GOOD).await;
        assert_eq!(self.town.state(order).await, "pending_payment", "only what the provider says counts");
        self.pass(Duration::ZERO).await;
        assert_eq!(self.town.state(order).await, "paid");
        assert_eq!(self.held(order).await, (total, 0, 0));
        let paid = self.found(deal.payment.id).await;
        assert!(paid.fee.is_some_and(|fee| fee.amount > 0) && paid.charge.is_some());
        assert_eq!(paid.method.as_deref(), Some("card"));
        assert_eq!(self.calls(), calls, "these calls and no others");
        self.ann.takes(order, "ship").await;
        self.ben.takes(order, "confirm_early").await;
        self.town.run_jobs().await;
        assert_eq!(self.town.state(order).await, "completed");
        assert_eq!(self.held(order).await, (0, 0, 0));
        self.every_call_is_written_down().await;
    }

    /// G: the money comes after the order was given up. It is booked, and goes straight back.
    async fn an_orphan_is_booked_and_paid_back(&self, refund: &str) {
        let deal = self.checked_out().await;
        let order = deal.order();
        self.ben.takes(order, "abandon").await;
        self.town.run_jobs().await;
        assert_eq!(self.town.state(order).await, "cancelled");
        if self.dialect == Dialect::Paystack {
            // Nobody can close a page of Paystack's: it is paid there all the same.
            self.types_card(&deal, testkit::cards::GOOD).await;
        }
        for _ in 0..3 {
            self.pass(Duration::minutes(1)).await;
        }
        assert_eq!(self.town.state(order).await, "refunded");
        assert_eq!(self.held(order).await, (0, 0, 0));
        assert_eq!(self.count(refund), 1, "{:?}", self.calls());
        let booked = "select count(*) from ledger.entries where kind in ('pay', 'refund_settled')";
        assert_eq!(self.town.count(booked).await, 2);
        self.every_call_is_written_down().await;
    }
}
