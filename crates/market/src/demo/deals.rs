//! Orders of the demo: one or more in every state of the process, made by the rules themselves while a clock
//! runs through the last weeks.

use super::rules::Demo;
use crate::accounts::model::Member;
use crate::listings::model::{Listing, State};
use crate::listings::rules as listings;
use crate::orders::checkout::{self, Purchase};
use crate::orders::model::{Address, Delivery, StepData};
use crate::orders::{rules as orders, settle};
use crate::payments::{self, Card, sandbox::Sandbox};
use crate::work::{Market, registry};
use kernel::{Clock, OrderId, PaymentId, Refusal};
use platform::jobs;
use std::collections::HashMap;
use std::sync::Arc;
use time::Duration;

/// A card that is always good.
const GOOD: &str = "4242424242424242";
/// The sandbox's cards that are paid a minute later, refunded a minute later, and not refunded at all.
const SLOW: &str = "4000000000000077";
const SLOW_REFUND: &str = "4000000000007726";
const NO_REFUND: &str = "4000000000005126";

/// What happens to an order of the demo: steps by the side that takes them, or days that pass.
enum Happens {
    Pay,
    PayBy(&'static str),
    Buyer(&'static str),
    Seller(&'static str),
    Staff(&'static str),
    Days(i64),
}

use Happens::{Buyer, Days, Pay, PayBy, Seller, Staff};

/// Every story ends in another state; the days say how long ago each began.
const STORIES: &[(i64, &[Happens])] = &[
    (40, &[Pay, Seller("ship"), Days(4), Buyer("confirm_early")]),
    (
        38,
        &[Pay, Days(1), Seller("ship"), Days(2), Seller("seller_marks_delivered"), Days(1), Buyer("confirm")],
    ),
    (36, &[Pay, Days(1), Seller("ship"), Days(3), Seller("seller_marks_delivered"), Days(15)]),
    (33, &[Pay, Buyer("cancel_by_buyer")]),
    (31, &[Pay, Days(1), Seller("cancel_by_seller")]),
    (28, &[Pay, Days(6)]),
    (
        26,
        &[
            Pay,
            Seller("ship"),
            Days(2),
            Seller("seller_marks_delivered"),
            Buyer("open_claim"),
            Days(1),
            Seller("seller_refunds"),
        ],
    ),
    (
        24,
        &[
            Pay,
            Seller("ship"),
            Days(2),
            Seller("seller_marks_delivered"),
            Buyer("open_claim"),
            Days(4),
            Staff("decide_release"),
        ],
    ),
    (
        22,
        &[
            Pay,
            Seller("ship"),
            Days(2),
            Seller("seller_marks_delivered"),
            Buyer("open_claim"),
            Buyer("withdraw_claim"),
        ],
    ),
    (20, &[Days(1)]),
    (18, &[PayBy(NO_REFUND), Buyer("cancel_by_buyer"), Days(4)]),
    (15, &[Buyer("abandon")]),
    (
        9,
        &[
            Pay,
            Days(1),
            Seller("ship"),
            Days(3),
            Seller("seller_marks_delivered"),
            Days(1),
            Buyer("open_claim"),
            Days(3),
        ],
    ),
    (7, &[Pay, Days(1), Seller("ship"), Days(4), Seller("seller_marks_delivered"), Buyer("open_claim")]),
    (6, &[Pay, Days(1), Seller("ship"), Days(3), Seller("seller_marks_delivered")]),
    (5, &[Pay, Days(1), Seller("ship")]),
    (4, &[Pay, Days(1), Seller("ship")]),
    (3, &[Pay]),
    (1, &[Pay]),
    (0, &[]),
    (0, &[PayBy(SLOW)]),
    (0, &[PayBy(SLOW_REFUND), Buyer("cancel_by_buyer")]),
];

/// Plays every story. Answers how many orders there are. `operator` decides what waits for staff.
pub(super) async fn make(
    demo: &Demo<'_>,
    members: &HashMap<String, Member>,
    operator: &Member,
) -> Result<usize, Refusal> {
    let mut buyers: Vec<&Member> = members.values().collect();
    buyers.sort_by(|a, b| a.handle.cmp(&b.handle));
    let things = things(demo.market, &buyers).await?;
    let mut made = 0;
    for (n, ((days_ago, story), thing)) in STORIES.iter().zip(&things).enumerate() {
        // The first member is whom `tradeplus demo` tells to sign in as: they buy every other thing.
        let buyer = if n % 2 == 0 { buyers[0] } else { buyers[(n * 7 + 3) % buyers.len()] };
        let buyer = if buyer.id == thing.seller { buyers[1] } else { buyer };
        let seller = buyers.iter().find(|m| m.id == thing.seller).ok_or(Refusal::NotFound)?;
        let clock = Clock::stopped_at(demo.market.db.now() - Duration::days(*days_ago) - Duration::hours(1));
        let db = demo.market.db.with_clock(clock.clone());
        let sandbox = Sandbox::behind(&*demo.market.provider).ok_or(Refusal::Unavailable("the sandbox"))?;
        let past = Market { provider: Arc::new(sandbox.on(db.clone())), db, ..demo.market.clone() };
        play(&past, &clock, (buyer, seller, operator), thing, story, *days_ago == 0).await?;
        made += 1;
    }
    Ok(made)
}

/// Things that can be shipped and paid, of different sellers.
async fn things(market: &Market, sellers: &[&Member]) -> Result<Vec<Listing>, Refusal> {
    let mut reader = market.db.read().await?;
    let mut things = Vec::new();
    for seller in sellers.iter().skip(2) {
        let page = listings::mine(&mut reader, seller.id, Some(State::Live), None, 10).await?;
        things.extend(page.items.into_iter().find(|l| l.ship && l.is_buyable()));
    }
    Ok(things)
}

/// A story that goes on ends with its last step: what follows of that happens while people look.
async fn play(
    market: &Market,
    clock: &Clock,
    (buyer, seller, operator): (&Member, &Member, &Member),
    thing: &Listing,
    story: &[Happens],
    goes_on: bool,
) -> Result<(), Refusal> {
    let address = Address {
        name: buyer.display_name.clone(),
        line1: "12 Garden Street".to_owned(),
        line2: String::new(),
        postcode: "10115".to_owned(),
        town: buyer.town.clone().unwrap_or_else(|| "Berlin".to_owned()),
        country: buyer.country.clone().unwrap_or_else(|| "DE".to_owned()),
    };
    let delivery = Delivery::Ship(address);
    let lines = [(thing.id, 1)];
    let purchase = Purchase {
        lines: &lines,
        delivery: &delivery,
        fees: market.fees(),
        provider: market.provider.name(),
    };
    let mut tx = market.db.begin().await?;
    let (payment, placed) = checkout::place(&mut tx, buyer, &purchase).await?;
    tx.commit().await?;
    let order = placed.first().map(|o| o.id).ok_or(Refusal::NotFound)?;
    payments::rules::ensure_created(&market.db, &*market.provider, payment.id).await?;
    for (n, happens) in story.iter().enumerate() {
        match happens {
            Pay => pay(market, payment.id, GOOD).await?,
            PayBy(card) => pay(market, payment.id, card).await?,
            Buyer(step) => take(market, buyer, order, step).await?,
            Seller(step) => take(market, seller, order, step).await?,
            Staff(step) => take(market, operator, order, step).await?,
            Days(days) => {
                for _ in 0..*days {
                    clock.advance(Duration::days(1));
                    jobs::drain(&market.db, &registry(), market).await.map_err(Refusal::broken)?;
                }
            }
        }
        if goes_on && n + 1 == story.len() {
            return Ok(());
        }
        // What the provider answers comes by its own webhooks.
        clock.advance(Duration::minutes(20));
        jobs::drain(&market.db, &registry(), market).await.map_err(Refusal::broken)?;
    }
    Ok(())
}

async fn pay(market: &Market, id: PaymentId, card: &str) -> Result<(), Refusal> {
    let payment = payments::rules::find(&mut market.db.read().await?, id).await?.ok_or(Refusal::NotFound)?;
    let year = u16::try_from(market.db.now().year() + 3).unwrap_or(2099);
    let card = Card::new(card, 12, year, "123");
    payments::rules::confirm(&market.db, &*market.provider, &payment, &card).await?;
    let mut tx = market.db.begin().await?;
    settle::payment(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

async fn take(market: &Market, by: &Member, order: OrderId, step: &str) -> Result<(), Refusal> {
    let data = match step {
        "ship" => StepData {
            carrier: Some("DHL".to_owned()),
            tracking: Some("JD0146000091".to_owned()),
            ..StepData::default()
        },
        "open_claim" => StepData {
            problem: Some("One of the parts shown in the photo is missing from the parcel.".to_owned()),
            ..StepData::default()
        },
        "decide_release" => StepData {
            reason: Some("The photos of the parcel show that nothing is missing.".to_owned()),
            ..StepData::default()
        },
        _ => StepData::default(),
    };
    let mut tx = market.db.begin().await?;
    orders::step(&mut tx, by, order, step, &data).await?;
    Ok(tx.commit().await?)
}
