//! From a released order to its seller's bank.

mod converted;
mod direct;
mod moving;
mod owing;
mod pages;
mod staff;
mod waiting;

use kernel::{Currency, MemberId, Money, OrderId};
use market::payouts::{self, NewSettlement, SettlementKind, TakeBack, TakenBack, accounts};
use serde_json::json;
use testkit::{Deal, Person, Town};
use time::Duration;
use tradeplus::books::{self, What};

/// Bank accounts: one to which payouts go, another, and one that is closed.
pub(crate) const GOOD: &str = "DE89370400440532013000";
const OTHER: &str = "DE02120300000000202051";
const CLOSED: &str = "DE00000000000000001113";
/// It takes dollars alone.
const DOLLARS: &str = "DE00000000000000003335";

/// Somebody has sold a thing for this much, and its buyer has it and is content.
pub(crate) async fn completed(town: &Town, seller: &Person, buyer: &Person, price: i64) -> OrderId {
    completed_in(town, seller, buyer, (price, "EUR")).await
}

/// The same, in another currency.
async fn completed_in(town: &Town, seller: &Person, buyer: &Person, (price, code): (i64, &str)) -> OrderId {
    let deal = buyer.buys(&seller.listing("Lamp").price(price).currency(code).live().await).await;
    buyer.pays(&deal).await;
    town.run_jobs().await;
    let order = deal.order();
    seller.takes(order, "ship").await;
    town.later(Duration::days(2)).await;
    buyer.takes(order, "confirm_early").await;
    town.run_jobs().await;
    order
}

/// Somebody sets their payouts up, and names this bank account on the provider's pages.
pub(crate) async fn sets_up(town: &Town, who: &Person, bank: &str) {
    let (provider, terms) = (town.market.providers.named("sandbox").unwrap(), town.market.payout_terms());
    accounts::begin(&town.db, provider, &terms, &who.member().await, "DE").await.unwrap();
    stands(town, who, "active", bank).await;
}

/// The provider thinks so of somebody's account, and we have heard of it.
async fn stands(town: &Town, who: &Person, standing: &str, bank: &str) {
    let reference = account(town, who).await.account_ref.unwrap();
    let body = json!({ "standing": standing, "bank": bank });
    town.sim().control(&format!("accounts/{reference}"), body).await;
    let (provider, terms) = (town.market.providers.named("sandbox").unwrap(), town.market.payout_terms());
    accounts::sync(&town.db, provider, &terms, who.id).await.unwrap();
    town.run_jobs().await;
}

async fn account(town: &Town, who: &Person) -> payouts::Account {
    let mut reader = town.db.read().await.unwrap();
    accounts::find(&mut reader, who.id, "sandbox").await.unwrap().unwrap()
}

/// Lets hours pass one by one, so that everything that is done now and then has its turn.
pub(crate) async fn hours(town: &Town, count: usize) {
    for _ in 0..count {
        town.later(Duration::HOUR).await;
        town.round().await;
    }
}

/// Ann's sale of something for 5.00 € is at her own account at the provider, and not on its way to her bank yet.
pub(crate) async fn transferred(town: &Town) -> (Person, Person, OrderId) {
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let order = completed(town, &ann, &ben, 500).await;
    sets_up(town, &ann, GOOD).await;
    town.later(Duration::days(7)).await;
    hours(town, 4).await;
    assert_eq!(states(town, &ann, "sale").await, ["transferred"], "it is less than is paid out at once");
    (ann, ben, order)
}

/// Everything that somebody is owed by now is at their bank, but what is kept back.
pub(crate) async fn arrives(town: &Town) {
    for _ in 0..3 {
        town.later(Duration::days(7)).await;
        hours(town, 4).await;
    }
}

/// What settlements of one kind are about, of an order, minor units.
pub(crate) async fn settled(town: &Town, order: OrderId, kind: &str) -> i64 {
    let sum = "select coalesce(sum(amount), 0)::bigint from settlements where order_id = $1 and kind = $2";
    sqlx::query_scalar(sum).bind(order.0).bind(kind).fetch_one(&town.owner).await.unwrap()
}

/// A payout of somebody's that has arrived, of something that an order brought them, past all rules.
pub(crate) async fn a_payout(town: &Town, order: OrderId, seller: MemberId) -> uuid::Uuid {
    let (settlement, payout) = (uuid::Uuid::from_u128(82), uuid::Uuid::from_u128(83));
    sqlx::query(
        "with s as (
           insert into settlements (settlement_id, order_id, seller_id, kind, provider, currency, amount, state, state_since,
             hold_until, hold_because, transfer_ref, created_at)
           values ($1, $3, $4, 'goodwill', 'sandbox', 'EUR', 1234, 'paid_out', $5, $5, 'goodwill', 'tr_by_hand', $5)),
         h as (
           insert into settlement_events (settlement_id, n, transition, actor, from_state, to_state, at)
           values ($1, 1, 'paid', 'psp', 'in_payout', 'paid_out', $5)),
         p as (
           insert into payouts (payout_id, number, seller_id, provider, account_ref, currency, amount, state, state_since,
             bank_label, paid_at, created_at)
           values ($2, 'PBYHAND00', $4, 'sandbox', 'acct_x', 'EUR', 1234, 'paid', $5, 'Bank ···· 3000', $5, $5))
         insert into payout_items (payout_id, settlement_id, amount) values ($2, $1, 1234)",
    )
    .bind(settlement)
    .bind(payout)
    .bind(order.0)
    .bind(seller.0)
    .bind(town.now())
    .execute(&town.owner)
    .await
    .unwrap();
    payout
}

/// The states of a seller's settlements of one kind, the oldest first.
pub(crate) async fn states(town: &Town, who: &Person, kind: &str) -> Vec<String> {
    sqlx::query_scalar(
        "select state from settlements where seller_id = $1 and kind = $2 order by settlement_id",
    )
    .bind(who.id.0)
    .bind(kind)
    .fetch_all(&town.owner)
    .await
    .unwrap()
}

/// What contradicts what payouts promise, a sentence each.
pub(crate) async fn faults(town: &Town) -> Vec<String> {
    let mut reader = town.db.read().await.unwrap();
    let checks = payouts::verify::check(&mut reader).await.unwrap();
    checks
        .into_iter()
        .flat_map(|(name, wrong)| wrong.into_iter().map(move |w| format!("{name}: {w}")))
        .collect()
}

/// The kinds of everything that `ledger show order` prints, oldest first.
async fn booked(town: &Town, order: OrderId) -> Vec<String> {
    let mut reader = town.db.read().await.unwrap();
    let shown = books::show(&mut reader, What::Order, &order.to_string(), 50).await.unwrap().unwrap();
    shown.entries.into_iter().map(|entry| entry.kind).collect()
}

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

/// Ben has bought something of Ann's.
async fn sold(town: &Town) -> (Deal, MemberId) {
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    (deal, ann.id)
}

async fn settles(town: &Town, deal: &Deal, seller: MemberId, kind: SettlementKind, amount: i64, tier: i16) {
    let (order, payment, amount) = (deal.order(), deal.payment.id, eur(amount));
    let new = NewSettlement { order, seller, kind, payment, amount, tier, tracked: false, because: None };
    let mut tx = town.db.begin().await.unwrap();
    payouts::settle(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn takes_back(town: &Town, order: OrderId, amount: i64, why: TakeBack) -> TakenBack {
    let mut tx = town.db.begin().await.unwrap();
    let taken = payouts::take_back(&mut tx, order, eur(amount), why).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

#[tokio::test]
async fn a_sale_waits_as_long_as_its_tier_says() {
    let town = Town::new().await;
    let (deal, ann) = sold(&town).await;
    let tier = payouts::tier_of(&mut town.db.read().await.unwrap(), ann).await.unwrap();
    assert_eq!(tier.number, 0, "who has just begun");
    settles(&town, &deal, ann, SettlementKind::Sale, 900, tier.number).await;
    settles(&town, &deal, ann, SettlementKind::Reserve, 100, tier.number).await;
    for (kind, days, because) in [("sale", 14, "tier"), ("reserve", 90, "reserve")] {
        let there = format!(
            "select count(*) from settlements where kind = '{kind}' and hold_until = created_at + make_interval(hours => 24 * {days})
             and hold_because = '{because}' and provider = 'sandbox' and state = 'on_hold'"
        );
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(there)).fetch_one(&town.owner).await.unwrap();
        assert_eq!(count, 1, "{kind}");
    }
    assert_eq!(town.count("select count(*) from settlement_events where transition = 'release'").await, 2);
    sqlx::query("insert into seller_tiers values ($1, 2, now(), 'counted', null, now())")
        .bind(ann.0)
        .execute(&town.owner)
        .await
        .unwrap();
    let tier = payouts::tier_of(&mut town.db.read().await.unwrap(), ann).await.unwrap();
    assert_eq!((tier.number, tier.hold_days), (2, 3));
}

#[tokio::test]
async fn no_more_is_taken_back_than_there_is_and_the_rest_is_owed() {
    let town = Town::new().await;
    let (deal, ann) = sold(&town).await;
    settles(&town, &deal, ann, SettlementKind::Reserve, 100, 0).await;
    settles(&town, &deal, ann, SettlementKind::Sale, 900, 0).await;
    let order = deal.order();
    let taken = takes_back(&town, order, 300, TakeBack::Refund).await;
    assert_eq!(taken, TakenBack { payable: eur(300), reserve: eur(0), owed: eur(0), debt: None });
    assert_eq!(town.count("select count(*) from settlements where state = 'clawed_back'").await, 0);

    let held = takes_back(&town, order, 650, TakeBack::Dispute).await;
    assert_eq!(held, TakenBack { payable: eur(600), reserve: eur(50), owed: eur(0), debt: None });
    let more = takes_back(&town, order, 80, TakeBack::Dispute).await;
    assert_eq!((more.reserve, more.owed, more.debt), (eur(50), eur(30), None), "nothing is lost yet");

    let owed = takes_back(&town, order, 20, TakeBack::Refund).await;
    assert_eq!((owed.payable, owed.reserve, owed.owed), (eur(0), eur(0), eur(20)));
    assert!(owed.debt.is_some());
    assert_eq!(town.count("select amount from seller_debts where state = 'open'").await, 20);
    assert_eq!(town.count("select count(*) from settlements where state = 'clawed_back'").await, 2);
    let steps = "select count(*) from settlement_events e join settlements s using (settlement_id)
        where e.n = s.version and e.to_state = s.state and e.to_state = 'clawed_back'";
    assert_eq!(town.count(steps).await, 2, "the last line of each history is where it is");
}

#[tokio::test]
async fn what_released_nothing_gives_nothing_back() {
    let town = Town::new().await;
    let (deal, _) = sold(&town).await;
    let mut tx = town.db.begin().await.unwrap();
    assert!(payouts::take_back(&mut tx, deal.order(), eur(1), TakeBack::Refund).await.is_err());
}
