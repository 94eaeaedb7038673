//! Two rules against each other in every order that a seed finds: each pair ends in one of two ways, and never in both.

use super::{is_long, seed};
use kernel::{ListingId, OrderId, Refusal};
use ledger::Account;
use market::chargebacks::jobs::Look;
use market::holds::{self, NewHold};
use market::orders::jobs::Timer;
use market::payments::jobs::{HandleEvent, deliver, handle_event};
use market::payouts::jobs::Clear;
use market::payouts::{self, accounts};
use market::{Market, chargebacks, orders};
use platform::{Db, chance, checkpoints};
use process::Hold;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use testkit::stories::BANK;
use testkit::{Deal, Person, Town, cards, move_orders, pay, place, race};
use time::Duration;

/// Orders that are made ready together.
const BATCH: usize = 20;
/// Seeds of a pair.
const SEEDS: u64 = 40;
const SEEDS_LONG: u64 = 2_000;
/// How often it is looked whether the provider has told something.
const TURNS: usize = 8;
/// After which silence is content with what arrived.
const UNHEARD: Duration = Duration::days(14);
const BASE: &str = "http://localhost:8080";
/// Plans that were made for empty tables are bad ones for full ones.
const ANALYZE: &str = "analyze ledger.entries, ledger.lines, ledger.balances, orders, jobs, events";

/// What became of a pair, seed by seed.
struct Pair {
    name: &'static str,
    ends: [&'static str; 2],
    seen: BTreeMap<&'static str, usize>,
    seeds: Vec<u64>,
}

impl Pair {
    fn new(name: &'static str, ends: [&'static str; 2]) -> Self {
        let first = seed(name);
        let count = if is_long() { SEEDS_LONG } else { SEEDS };
        let seeds = (0..count).map(|n| first.wrapping_add(n)).collect();
        Self { name, ends, seen: BTreeMap::new(), seeds }
    }

    fn batches(&self) -> Vec<Vec<u64>> {
        self.seeds.chunks(BATCH).map(<[u64]>::to_vec).collect()
    }

    /// It ended so. `end` is the number of one of the two ends.
    fn note(&mut self, end: usize) {
        *self.seen.entry(self.ends[end]).or_default() += 1;
    }

    /// All seeds have ended, and not all in one way.
    fn is_over(&self) {
        assert_eq!(self.seen.values().sum::<usize>(), self.seeds.len(), "{}", self.name);
        assert_eq!(self.seen.len(), 2, "{}: only one way was found: {:?}", self.name, self.seen);
        super::say(&format!("{}: {:?}", self.name, self.seen));
    }
}

/// A town with Ann who sells and Ben who buys.
struct Road {
    town: Town,
    ann: Arc<Person>,
    ben: Arc<Person>,
}

impl Road {
    async fn new() -> Self {
        let town = Town::new().await;
        let (ann, ben) = (Arc::new(town.person("Ann").await), Arc::new(town.person("Ben").await));
        Self { town, ann, ben }
    }

    fn market(&self) -> Market {
        self.town.market.clone()
    }

    async fn bought(&self, count: usize) -> Vec<Deal> {
        let lamp = self.ann.listing("Lamp").quantity(1_000).live().await;
        let mut deals = Vec::new();
        for _ in 0..count {
            deals.push(self.ben.buys(&lamp).await);
        }
        // The provider knows of all payments.
        self.town.run_jobs().await;
        deals
    }

    /// Orders that were paid, and on which these steps were taken.
    async fn ready(&self, count: usize, steps: &[(&Person, &str)]) -> Vec<Deal> {
        let deals = self.bought(count).await;
        for deal in &deals {
            self.ben.pays(deal).await;
            for (who, step) in steps {
                who.takes(deal.order(), step).await;
            }
        }
        self.town.run_jobs().await;
        deals
    }

    /// How many entries of a kind are about an order.
    async fn booked(&self, order: OrderId, kind: &str) -> i64 {
        sqlx::query_scalar("select count(*) from ledger.entries where subject = $1 and kind = $2")
            .bind(order.0)
            .bind(kind)
            .fetch_one(&self.town.owner)
            .await
            .unwrap()
    }

    async fn escrow(&self, order: OrderId) -> i64 {
        self.town.balance(&Account::Escrow(order)).await
    }

    async fn analyze(&self) {
        sqlx::query(ANALYZE).execute(&self.town.owner).await.unwrap();
    }
}

/// One of two is refused because the other was there before.
fn refused_one<A, B>(a: &Result<A, Refusal>, b: &Result<B, Refusal>, why: &str) -> Option<usize> {
    let is_refused = |refusal: &Refusal| matches!(refusal, Refusal::Conflict(code) if *code == why);
    match (a, b) {
        (Ok(_), Err(refusal)) if is_refused(refusal) => Some(0),
        (Err(refusal), Ok(_)) if is_refused(refusal) => Some(1),
        _ => None,
    }
}

/// The answer to the buyer's call, and the provider's webhook about the same payment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_and_its_webhook() {
    let mut pair = Pair::new("an answer and its webhook", ["by the answer", "by the webhook"]);
    let road = Road::new().await;
    for seeds in pair.batches() {
        let deals = road.bought(seeds.len()).await;
        for (seed, deal) in seeds.into_iter().zip(deals) {
            let (market, buyer, payment) = (road.market(), road.ben.id, deal.payment.id);
            let confirms = async move { pay(&market, buyer, payment, cards::GOOD).await };
            let (market, owner) = (road.market(), road.town.owner.clone());
            let hears = async move {
                let unheard =
                    "select event_id from provider_events where handled_at is null order by received_at";
                let mut told: Vec<String> = Vec::new();
                for _ in 0..TURNS {
                    deliver(&market.providers).await.unwrap();
                    told = sqlx::query_scalar(unheard).fetch_all(&owner).await.unwrap();
                    if !told.is_empty() {
                        break;
                    }
                    checkpoints::reach("nothing was told").await;
                }
                for event in told {
                    let job = HandleEvent { provider: "sandbox".to_owned(), event };
                    handle_event(&market.db, &market.providers, job).await.unwrap();
                }
                // Who reads the news would wait for every open transaction of the server, those of other tests too.
                move_orders(&market, payment).await.unwrap();
            };
            let raced = race(seed, &road.town.owner, confirms, hears).await;
            let (order, way) = (deal.order(), &raced.way);
            assert!(raced.first.is_ok(), "seed {seed}: {:?} {way:?}", raced.first);
            let Some(by) = raced.only_one_at("orders.moved") else { panic!("seed {seed}: {way:?}") };
            pair.note(by);
            road.town.run_jobs().await;
            assert_eq!(road.town.state(order).await, "paid", "seed {seed}: {way:?}");
            assert_eq!(road.booked(order, "pay").await, 1, "seed {seed}: {way:?}");
            assert_eq!(road.escrow(order).await, deal.payment.amount.amount, "seed {seed}: {way:?}");
        }
        road.analyze().await;
    }
    pair.is_over();
}

/// The seller pays back, and the buyer takes the claim back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_and_a_release() {
    let mut pair = Pair::new("a refund and a release", ["paid back", "released"]);
    let road = Road::new().await;
    let (ann, ben) = (&*road.ann, &*road.ben);
    for seeds in pair.batches() {
        let claimed = [(ann, "ship"), (ann, "seller_marks_delivered"), (ben, "open_claim")];
        let deals = road.ready(seeds.len(), &claimed).await;
        let mut ended = Vec::new();
        for (seed, deal) in seeds.into_iter().zip(deals) {
            let order = deal.order();
            let ann = Arc::clone(&road.ann);
            let pays_back = async move { ann.step(order, "seller_refunds").await };
            let ben = Arc::clone(&road.ben);
            let lets_go = async move { ben.step(order, "withdraw_claim").await };
            let raced = race(seed, &road.town.owner, pays_back, lets_go).await;
            let end = refused_one(&raced.first, &raced.second, "order-step");
            let Some(end) = end else { panic!("seed {seed}: {raced:?}") };
            pair.note(end);
            ended.push((seed, order, end));
        }
        road.town.run_jobs().await;
        for (seed, order, end) in ended {
            let state = road.town.state(order).await;
            let booked = (road.booked(order, "refund_asked").await, road.booked(order, "release").await);
            let expected = if end == 0 { ("refunded", (1, 0)) } else { ("completed", (0, 1)) };
            assert_eq!((state.as_str(), booked), expected, "seed {seed}");
            assert_eq!(road.escrow(order).await, 0, "seed {seed}");
        }
        road.analyze().await;
    }
    pair.is_over();
}

/// The buyer says what is wrong at the moment at which silence would have been content.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_claim_and_silence() {
    let mut pair = Pair::new("a claim and silence", ["claimed", "completed"]);
    let road = Road::new().await;
    let ann = &*road.ann;
    for seeds in pair.batches() {
        let deals = road.ready(seeds.len(), &[(ann, "ship"), (ann, "seller_marks_delivered")]).await;
        // Their timers are due, and no worker has come to them.
        road.town.clock.advance(UNHEARD);
        let mut ended = Vec::new();
        for (seed, deal) in seeds.into_iter().zip(deals) {
            let order = deal.order();
            let ben = Arc::clone(&road.ben);
            let claims = async move { ben.step(order, "open_claim").await };
            let timer = Timer { order, transition: "auto_complete".to_owned() };
            let db = road.town.db.clone();
            let rings = async move { orders::jobs::timer(&db, timer).await };
            let raced = race(seed, &road.town.owner, claims, rings).await;
            assert!(raced.second.is_ok(), "seed {seed}: {raced:?}");
            let end = match &raced.first {
                Ok(_) => 0,
                Err(Refusal::Conflict("order-step")) => 1,
                Err(_) => panic!("seed {seed}: {raced:?}"),
            };
            pair.note(end);
            ended.push((seed, deal, end));
        }
        road.town.run_jobs().await;
        for (seed, deal, end) in ended {
            let order = deal.order();
            let state = road.town.state(order).await;
            let seen = (state.as_str(), road.booked(order, "release").await, road.escrow(order).await);
            let total = deal.payment.amount.amount;
            let expected = if end == 0 { ("claim_open", 0, total) } else { ("completed", 1, 0) };
            assert_eq!(seen, expected, "seed {seed}");
            let cases = "select count(*) from cases where order_id = $1 and closed_at is null";
            let cases: i64 =
                sqlx::query_scalar(cases).bind(order.0).fetch_one(&road.town.owner).await.unwrap();
            assert_eq!(cases, i64::from(end == 0), "seed {seed}");
        }
        road.analyze().await;
    }
    pair.is_over();
}

/// What was released goes to the seller's own account at the moment at which its buyer's bank takes it back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payout_and_a_chargeback() {
    let mut pair = Pair::new("a payout and a chargeback", ["kept", "sent"]);
    let road = Road::new().await;
    sets_up(&road).await;
    for seeds in pair.batches() {
        let deals = payable(&road, seeds.len()).await;
        let mut ended = Vec::new();
        for (seed, deal) in seeds.into_iter().zip(deals) {
            let order = deal.order();
            holds_on(&road, order, false).await;
            let payment = road.town.payment(deal.payment.id).await.provider_ref.unwrap();
            let reference = road.town.sim().disputes(&payment, false).await;
            let market = road.market();
            let moves = async move {
                let provider = market.providers.named("sandbox").unwrap();
                payouts::jobs::move_on(&market.db, provider).await
            };
            let market = road.market();
            let hears = async move {
                let provider = market.providers.named("sandbox").unwrap();
                let job = Look { provider: "sandbox".to_owned(), reference };
                chargebacks::jobs::look(&market.db, provider, BASE, job).await
            };
            let raced = race(seed, &road.town.owner, moves, hears).await;
            assert!(raced.first.is_ok() && raced.second.is_ok(), "seed {seed}: {raced:?}");
            let state = sale(&road, order).await;
            let end = match state.as_str() {
                "on_hold" | "payable" | "clawed_back" => 0,
                "transferring" | "transferred" | "reversing" => 1,
                _ => panic!("seed {seed}: {state} {:?}", raced.way),
            };
            pair.note(end);
            ended.push((seed, order, end));
        }
        road.town.run_jobs().await;
        for (seed, order, end) in ended {
            let transfers = "select count(*) from ledger.entries e join settlements s on e.key = 'transfer:' || s.settlement_id
                             where s.order_id = $1 and s.kind = 'sale'";
            let transfers: i64 =
                sqlx::query_scalar(transfers).bind(order.0).fetch_one(&road.town.owner).await.unwrap();
            // What the provider refuses to send waits again, and is held.
            assert!(transfers <= i64::from(end == 1), "seed {seed}: {transfers} transfers");
            let held = "select count(*) from order_holds where order_id = $1 and kind = 'chargeback' and lifted_at is null";
            let held: i64 = sqlx::query_scalar(held).bind(order.0).fetch_one(&road.town.owner).await.unwrap();
            assert_eq!(held, 1, "seed {seed}: nothing more goes out");
            let aside = road.town.balance(&Account::DisputeReserve(order)).await;
            assert!(end == 1 || aside > 0, "seed {seed}: what was kept is set aside");
        }
        road.analyze().await;
    }
    pair.is_over();
}

/// Ann has an account at the provider, to which transfers go.
async fn sets_up(road: &Road) {
    let (town, ann) = (&road.town, &road.ann);
    let provider = town.market.providers.named("sandbox").unwrap();
    accounts::begin(&town.db, provider, &town.market.payout_terms(), &ann.member().await, "DE")
        .await
        .unwrap();
    let account = accounts::find(&mut town.db.read().await.unwrap(), ann.id, "sandbox").await.unwrap();
    let reference = account.and_then(|account| account.account_ref).unwrap();
    town.sim().control(&format!("accounts/{reference}"), json!({ "standing": "active", "bank": BANK })).await;
    accounts::sync(&town.db, provider, &town.market.payout_terms(), ann.id).await.unwrap();
    town.run_jobs().await;
}

/// Orders whose money is Ann's and may be sent, but for a hold of each.
async fn payable(road: &Road, count: usize) -> Vec<Deal> {
    let town = &road.town;
    let chair = road.ann.listing("Chair").price(10_000).quantity(1_000).meet("Berlin, DE").live().await;
    let mut deals = Vec::new();
    for _ in 0..count {
        let deal = road.ben.buys(&chair).await;
        road.ben.pays(&deal).await;
        road.ben.takes(deal.order(), "hand_over").await;
        deals.push(deal);
    }
    town.run_jobs().await;
    town.later(Duration::days(15)).await;
    payouts::jobs::clear(&town.db, Clear {}).await.unwrap();
    for deal in &deals {
        assert_eq!(sale(road, deal.order()).await, "payable");
        holds_on(road, deal.order(), true).await;
    }
    town.run_jobs().await;
    deals
}

async fn sale(road: &Road, order: OrderId) -> String {
    sqlx::query_scalar("select state from settlements where order_id = $1 and kind = 'sale'")
        .bind(order.0)
        .fetch_one(&road.town.owner)
        .await
        .unwrap()
}

/// Puts an order on hold, so that the next round leaves it out; or takes the hold off.
async fn holds_on(road: &Road, order: OrderId, on: bool) {
    let mut tx = road.town.db.begin().await.unwrap();
    if on {
        let until = Some(tx.now() + Duration::days(300));
        let new = NewHold { order, kind: Hold::Legal, because: "looked-at", note: "", by: None, until };
        holds::put(&mut tx, &new).await.unwrap();
    } else {
        holds::lift(&mut tx, order, Hold::Legal, None).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Two buyers, each with a server of their own, and one piece.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_checkouts_of_the_last_piece() {
    let mut pair = Pair::new("two checkouts of the last piece", ["the first's", "the second's"]);
    let road = Road::new().await;
    let cy = road.town.person("Cy").await;
    let place_of = road.town.place();
    let db =
        Db::connect(&place_of.app_url, 8, road.town.clock.clone(), chance::seeded(pair.seeds[0])).unwrap();
    let nodes = [road.market(), Market { db, ..road.market() }];
    for seeds in pair.batches() {
        let mut ended = Vec::new();
        for seed in seeds {
            let vase = road.ann.listing("The only vase").live().await;
            let buyers = [road.ben.member().await, cy.member().await];
            let [first, second] = [0, 1].map(|n: usize| {
                let (market, buyer, lines) = (nodes[n].clone(), buyers[n].clone(), [(vase.id, 1)]);
                async move { place(&market, &buyer, &lines, true).await }
            });
            let raced = race(seed, &road.town.owner, first, second).await;
            let end = refused_one(&raced.first, &raced.second, "sold-out");
            let Some(end) = end else { panic!("seed {seed}: {raced:?}") };
            pair.note(end);
            ended.push((seed, vase.id, buyers[end].id));
        }
        for (seed, vase, winner) in ended {
            let now = road.town.listing(vase).await;
            assert_eq!((now.quantity, now.reserved), (1, 1), "seed {seed}");
            assert_eq!(buyers_of(&road, vase).await, [winner.0], "seed {seed}");
        }
        road.town.run_jobs().await;
        road.analyze().await;
    }
    pair.is_over();
    let [_, other] = nodes;
    other.db.close().await;
}

async fn buyers_of(road: &Road, listing: ListingId) -> Vec<uuid::Uuid> {
    sqlx::query_scalar(
        "select buyer_id from orders join order_legs using (order_id) where listing_id = $1 and kind = 'item'",
    )
    .bind(listing.0)
    .fetch_all(&road.town.owner)
    .await
    .unwrap()
}
