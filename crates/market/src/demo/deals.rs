//! Orders of the demo, made by the rules themselves while a clock runs through the last weeks.

use super::rules::Demo;
use super::stories::{GOOD, Happens, STORIES};
use crate::accounts::model::Member;
use crate::cases::model::Offer;
use crate::chargebacks::desk;
use crate::listings::model::{Listing, State};
use crate::listings::rules as listings;
use crate::orders::checkout::{self, Purchase};
use crate::orders::model::{Address, Delivery, StepData};
use crate::orders::{rules as orders, settle, talking};
use crate::payments::sandbox::Asked;
use crate::payments::{self, Card};
use crate::payouts::{self, accounts};
use crate::reconciliation;
use crate::work::{Market, registry};
use kernel::{Clock, OrderId, PaymentId, Refusal};
use platform::{events, jobs};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use time::Duration;

/// Plays every story, between members by their handles. Answers how many orders there are. `operator` decides what waits
/// for staff.
///
/// # Errors
/// There is no sandbox; what the rules refuse.
pub async fn make(
    demo: &Demo<'_>,
    members: &HashMap<String, Member>,
    operator: &Member,
) -> Result<usize, Refusal> {
    let mut buyers: Vec<&Member> = members.values().collect();
    buyers.sort_by(|a, b| a.handle.cmp(&b.handle));
    trust(demo.market, &buyers).await?;
    let things = things(demo.market, &buyers).await?;
    fund(demo.market, &things).await?;
    let mut made = 0;
    for (n, ((days_ago, story), thing)) in STORIES.iter().zip(&things).enumerate() {
        // The first member is whom `tradeplus demo` tells to sign in as: they buy every other thing.
        let buyer = if n % 2 == 0 { buyers[0] } else { buyers[(n * 7 + 3) % buyers.len()] };
        let buyer = if buyer.id == thing.seller { buyers[1] } else { buyer };
        let seller = buyers.iter().find(|m| m.id == thing.seller).ok_or(Refusal::NotFound)?;
        let (past, clock) = past(demo.market, *days_ago);
        let mut scene = Scene::open(&past, &clock, (buyer, seller, operator), thing).await?;
        scene.play(story, *days_ago == 0).await?;
        made += 1;
    }
    Ok(made)
}

/// The marketplace so many days and an hour ago.
fn past(market: &Market, days: i64) -> (Market, Clock) {
    let clock = Clock::stopped_at(market.db.now() - Duration::days(days) - Duration::hours(1));
    let db = market.db.with_clock(clock.clone());
    (Market { providers: market.providers.on(&db), db, ..market.clone() }, clock)
}

/// Before the first deal the operator puts money in, so that what providers keep of refunds is not others' money.
async fn fund(market: &Market, things: &[Listing]) -> Result<(), Refusal> {
    let first = STORIES.iter().map(|(days, _)| *days).max().unwrap_or(0);
    let (market, _) = past(market, first + 1);
    let currencies: BTreeSet<&str> = things.iter().map(|thing| thing.currency.code()).collect();
    for currency in currencies {
        there(&market, "topups", &json!({ "amount": FUNDS, "currency": currency })).await?;
    }
    let sandbox = market.providers.sandbox().ok_or(Refusal::Unavailable("the sandbox"))?;
    reconciliation::rules::run(&market.db, &*sandbox.provider(), None).await.map(drop)
}

/// Somebody does something at the provider's.
async fn there(market: &Market, what: &str, body: &Value) -> Result<Value, Refusal> {
    let sandbox = market.providers.sandbox().ok_or(Refusal::Unavailable("the sandbox"))?;
    let asked = Asked::new("POST", &format!("/_sim/{what}"));
    let answered = sandbox.answer(asked.with_body("application/json", body.to_string())).await;
    match answered.status {
        200 => Ok(answered.value()),
        status => Err(Refusal::broken(format!("{what}: {status} {}", answered.body))),
    }
}

/// Everybody has sold here for long: what they offer can be bought, however dear it is.
async fn trust(market: &Market, sellers: &[&Member]) -> Result<(), Refusal> {
    let mut tx = market.db.begin().await?;
    let until = tx.now() + Duration::days(365);
    for seller in sellers {
        payouts::trust::vouch(&mut tx, seller.id, 2, until).await?;
    }
    Ok(tx.commit().await?)
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

/// What the operator puts in of each currency, minor units.
const FUNDS: i64 = 100_000;
/// How soon it is looked again whether events can be read, and how often: for some minutes.
const GLANCE: std::time::Duration = std::time::Duration::from_millis(10);
const GLANCES_MAX: u32 = 20_000;

/// A story while it is played.
struct Scene<'a> {
    market: &'a Market,
    clock: &'a Clock,
    buyer: &'a Member,
    seller: &'a Member,
    operator: &'a Member,
    order: OrderId,
    payment: PaymentId,
    /// What the buyer's bank is at, by the provider's name for it.
    dispute: Option<String>,
}

impl<'a> Scene<'a> {
    /// Somebody checks out a thing.
    async fn open(
        market: &'a Market,
        clock: &'a Clock,
        (buyer, seller, operator): (&'a Member, &'a Member, &'a Member),
        thing: &Listing,
    ) -> Result<Self, Refusal> {
        let address = Address {
            name: buyer.display_name.clone(),
            line1: "12 Garden Street".to_owned(),
            line2: String::new(),
            postcode: "10115".to_owned(),
            town: buyer.town.clone().unwrap_or_else(|| "Berlin".to_owned()),
            region: String::new(),
            country: buyer.country.clone().unwrap_or_else(|| "DE".to_owned()),
        };
        let delivery = Delivery::Ship(address);
        let lines = [(thing.id, 1)];
        let (house, taxes) = (market.house(), market.taxes(buyer, &lines, &delivery).await?);
        let purchase = Purchase {
            lines: &lines,
            delivery: &delivery,
            house: &house,
            taxes: &taxes,
            providers: &market.providers,
        };
        let mut tx = market.db.begin().await?;
        let (payment, placed) = checkout::place(&mut tx, buyer, &purchase).await?;
        tx.commit().await?;
        let order = placed.first().map(|o| o.id).ok_or(Refusal::NotFound)?;
        payments::rules::ensure_created(&market.db, &market.providers, payment.id).await?;
        let payment = payment.id;
        Ok(Self { market, clock, buyer, seller, operator, order, payment, dispute: None })
    }

    /// A story that goes on ends with its last step: what follows of that happens while people look.
    async fn play(&mut self, story: &[Happens], goes_on: bool) -> Result<(), Refusal> {
        for (n, happens) in story.iter().enumerate() {
            self.happens(happens).await?;
            if goes_on && n + 1 == story.len() {
                return Ok(());
            }
            // What the provider answers comes by its own webhooks.
            self.clock.advance(Duration::minutes(20));
            self.work().await?;
        }
        Ok(())
    }

    async fn happens(&mut self, happens: &Happens) -> Result<(), Refusal> {
        match happens {
            Happens::Pay => self.pay(GOOD).await,
            Happens::PayBy(card) => self.pay(card).await,
            Happens::Buyer(step) => self.take(self.buyer, step, &data(step)).await,
            Happens::Seller(step) => self.take(self.seller, step, &data(step)).await,
            Happens::Staff(step) => self.take(self.operator, step, &data(step)).await,
            Happens::Agree(offer, step) => self.agree(*offer, step).await,
            Happens::SetUp(bank) => self.set_up(bank).await,
            Happens::Disputed => self.disputed().await,
            Happens::Won => self.won().await,
            Happens::Days(days) => self.days(*days, false).await,
            Happens::PaidOut(days) => self.days(*days, true).await,
        }
    }

    /// Does what is due by now. A reader of events waits for every open transaction of the whole server, those of others too:
    /// so it is asked again until nothing happens that it has not read.
    async fn work(&self) -> Result<(), Refusal> {
        let db = &self.market.db;
        for _ in 0..GLANCES_MAX {
            let before = events::newest(&mut db.read().await?).await?;
            jobs::drain(db, &registry(), self.market).await.map_err(Refusal::broken)?;
            if before.is_readable && events::newest(&mut db.read().await?).await? == before {
                return Ok(());
            }
            if !before.is_readable {
                tokio::time::sleep(GLANCE).await;
            }
        }
        Err(Refusal::Unavailable("the database, where a transaction stays open for minutes"))
    }

    async fn days(&self, days: i64, paid_out: bool) -> Result<(), Refusal> {
        for _ in 0..days {
            self.clock.advance(Duration::days(1));
            self.work().await?;
            if paid_out {
                self.pay_out().await?;
            }
        }
        Ok(())
    }

    /// What sellers are owed by now goes to their accounts, and from there to their banks.
    async fn pay_out(&self) -> Result<(), Refusal> {
        let (market, db) = (self.market, &self.market.db);
        payouts::jobs::clear(db, payouts::jobs::Clear {}).await.map_err(Refusal::broken)?;
        for provider in market.providers.all() {
            payouts::jobs::move_on(db, provider).await.map_err(Refusal::broken)?;
        }
        self.work().await?;
        for provider in market.providers.all() {
            payouts::jobs::gather(db, provider, &market.payout_terms()).await.map_err(Refusal::broken)?;
        }
        self.work().await
    }

    async fn pay(&self, card: &str) -> Result<(), Refusal> {
        let market = self.market;
        let payment = payments::rules::find(&mut market.db.read().await?, self.payment).await?;
        let payment = payment.ok_or(Refusal::NotFound)?;
        let year = u16::try_from(market.db.now().year() + 3).unwrap_or(2099);
        let card = Card::new(card, 12, year, "123");
        payments::rules::confirm(&market.db, &market.providers, &payment, &card).await?;
        let mut tx = market.db.begin().await?;
        settle::payment(&mut tx, self.payment).await?;
        Ok(tx.commit().await?)
    }

    async fn take(&self, by: &Member, step: &str, data: &StepData) -> Result<(), Refusal> {
        let mut tx = self.market.db.begin().await?;
        orders::step(&mut tx, by, self.order, step, data).await?;
        Ok(tx.commit().await?)
    }

    /// Of a part of the price it is a quarter.
    async fn agree(&self, offer: Offer, step: &str) -> Result<(), Refusal> {
        let mut tx = self.market.db.begin().await?;
        let items = orders::find(&mut tx, self.order).await?.items;
        let amount = (offer == Offer::Partial).then_some(items.amount / 4);
        let proposal = talking::propose(&mut tx, self.seller, self.order, offer, amount).await?;
        tx.commit().await?;
        let data = StepData { proposal: Some(proposal), ..StepData::default() };
        self.take(self.buyer, step, &data).await
    }

    /// The seller sets payouts up: here, and on the provider's pages.
    async fn set_up(&self, bank: &str) -> Result<(), Refusal> {
        let (market, seller) = (self.market, self.seller);
        let (sandbox, terms) = (market.providers.sandbox(), market.payout_terms());
        let provider = sandbox.ok_or(Refusal::Unavailable("the sandbox"))?.provider();
        let country = seller.country.as_deref().unwrap_or("DE");
        accounts::begin(&market.db, &*provider, &terms, seller, country).await?;
        let mut reader = market.db.read().await?;
        let known = accounts::of_member(&mut reader, seller.id).await?;
        drop(reader);
        let reference = known.into_iter().find_map(|it| it.account_ref).ok_or(Refusal::NotFound)?;
        there(self.market, &format!("accounts/{reference}"), &json!({ "standing": "active", "bank": bank }))
            .await?;
        accounts::sync(&market.db, &*provider, &terms, seller.id).await
    }

    async fn disputed(&mut self) -> Result<(), Refusal> {
        let payment = payments::rules::find(&mut self.market.db.read().await?, self.payment).await?;
        let payment = payment.and_then(|it| it.provider_ref).ok_or(Refusal::NotFound)?;
        let body = json!({ "payment": payment, "reason": "product_not_received" });
        let opened = there(self.market, "disputes", &body).await?;
        self.dispute = opened["id"].as_str().map(str::to_owned);
        Ok(())
    }

    async fn won(&self) -> Result<(), Refusal> {
        let market = self.market;
        let mut tx = market.db.begin().await?;
        let number = orders::find(&mut tx, self.order).await?.number;
        let open = desk::list(&mut tx, true).await?;
        let ours = open.iter().find(|it| it.numbers.contains(&number)).ok_or(Refusal::NotFound)?;
        desk::submit(&mut tx, self.operator, ours.id, market.base_url()).await?;
        tx.commit().await?;
        self.work().await?;
        let dispute = self.dispute.as_deref().ok_or(Refusal::NotFound)?;
        there(self.market, &format!("disputes/{dispute}"), &json!({ "to": "won" })).await.map(drop)
    }
}

/// What goes with a step.
fn data(step: &str) -> StepData {
    match step {
        "ship" | "return_ship" | "send_replacement" => StepData {
            carrier: Some("DHL".to_owned()),
            tracking: Some("JD0146000091".to_owned()),
            ..StepData::default()
        },
        "open_claim" | "request_return" => StepData {
            problem: Some("One of the parts shown in the photo is missing from the parcel.".to_owned()),
            ..StepData::default()
        },
        "rule_release" | "rule_refund" => StepData {
            reasons: Some("The photos of the parcel show what was in it, and we went by them.".to_owned()),
            ..StepData::default()
        },
        _ => StepData::default(),
    }
}
