//! What buyers ask their banks: who waits, who answers, who bears it.

mod deciding;
mod news;
mod opening;
mod pages;

use kernel::{ChargebackId, Currency, Moment, Money, OrderId};
use ledger::Account;
use market::accounts::model::Role;
use market::chargebacks::{desk, rules};
use market::payments::provider::{DisputeState, ProviderDispute};
use serde_json::json;
use testkit::{Deal, Person, Town};
use time::Duration;

pub(crate) const BASE: &str = "http://localhost:8080";

/// The provider's name for what was paid.
pub(crate) async fn reference(town: &Town, deal: &Deal) -> String {
    town.payment(deal.payment.id).await.provider_ref.unwrap()
}

/// The bank of who paid asks; no money moves. Answers the provider's name for it.
pub(crate) async fn bank_asks(town: &Town, deal: &Deal) -> String {
    let dispute = town.sim().disputes(&reference(town, deal).await, true).await;
    town.run_jobs().await;
    dispute
}

/// The bank of who paid takes the money back.
pub(crate) async fn bank_takes(town: &Town, deal: &Deal) -> String {
    let dispute = town.sim().disputes(&reference(town, deal).await, false).await;
    town.run_jobs().await;
    dispute
}

/// The bank goes on: `escalated`, `won`, `lost`, `closed` or `prevented`.
pub(crate) async fn bank_says(town: &Town, dispute: &str, to: &str) {
    town.sim().control(&format!("disputes/{dispute}"), json!({ "to": to })).await;
    town.run_jobs().await;
}

/// A card network warns of what was paid.
pub(crate) async fn network_warns(town: &Town, deal: &Deal) {
    let payment = reference(town, deal).await;
    town.sim().control("warnings", json!({ "payment": payment })).await;
    town.run_jobs().await;
}

/// What evidence was sent to the provider: how many times.
pub(crate) fn times_sent(town: &Town, dispute: &str) -> usize {
    town.sim().requests("POST", &format!("/v1/disputes/{dispute}"))
}

/// Ann sells a lamp to Ben, who has paid.
pub(crate) async fn paid(town: &Town) -> (Person, Person, Deal) {
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    (ann, ben, deal)
}

/// The same, handed over: the money is Ann's, and waits for its payout.
pub(crate) async fn released(town: &Town) -> (Person, Person, Deal) {
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").meet("Berlin, DE").live().await).await;
    ben.pays(&deal).await;
    ben.takes(deal.order(), "hand_over").await;
    town.run_jobs().await;
    (ann, ben, deal)
}

pub(crate) async fn finance(town: &Town) -> Person {
    town.staff("Fay", &[Role::Finance]).await
}

/// The only chargeback there is.
pub(crate) async fn the_one(town: &Town) -> ChargebackId {
    let all: Vec<uuid::Uuid> =
        sqlx::query_scalar("select chargeback_id from chargebacks").fetch_all(&town.owner).await.unwrap();
    assert_eq!(all.len(), 1);
    ChargebackId(all[0])
}

pub(crate) async fn state(town: &Town, id: ChargebackId) -> String {
    let state = sqlx::query_scalar("select state from chargebacks where chargeback_id = $1").bind(id.0);
    state.fetch_one(&town.owner).await.unwrap()
}

/// Staff writes what happened, and sends everything.
pub(crate) async fn sends(town: &Town, who: &Person, words: &str) {
    let (id, by) = (the_one(town).await, who.member().await);
    let mut tx = town.db.begin().await.unwrap();
    desk::write(&mut tx, &by, id, &[("uncategorized_text", words)]).await.unwrap();
    desk::submit(&mut tx, &by, id, BASE).await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
}

/// Hears what a provider would say.
pub(crate) async fn hears(town: &Town, said: &ProviderDispute) -> Option<ChargebackId> {
    let mut tx = town.db.begin().await.unwrap();
    let found = rules::heard(&mut tx, "sandbox", said, BASE).await.unwrap();
    tx.commit().await.unwrap();
    found
}

/// What a provider says of a payment that its bank takes back whole.
pub(crate) async fn says(town: &Town, deal: &Deal, name: &str, state: DisputeState) -> ProviderDispute {
    let took = !matches!(state, DisputeState::Inquiry | DisputeState::InquiryReview);
    ProviderDispute {
        reference: name.to_owned(),
        payment: reference(town, deal).await,
        charge: None,
        state,
        amount: deal.payment.amount,
        fee: eur(if took { 2_000 } else { 0 }),
        reason: "product_not_received".to_owned(),
        due_by: Some(town.now() + Duration::days(14)),
        lines: if took { vec![format!("txn_{name}")] } else { Vec::new() },
    }
}

pub(crate) fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

pub(crate) async fn holds(town: &Town) -> i64 {
    town.count("select count(*) from order_holds where kind = 'chargeback' and lifted_at is null").await
}

/// What the network has of an order, and what of it stands aside.
pub(crate) async fn at_the_bank(town: &Town, order: OrderId) -> (i64, i64) {
    let held = town.balance(&Account::DisputeHeld(order)).await;
    (held, town.balance(&Account::DisputeReserve(order)).await)
}

/// When it is answered by itself.
pub(crate) async fn timer(town: &Town, id: ChargebackId) -> Moment {
    let at = sqlx::query_scalar("select timer_at from chargebacks where chargeback_id = $1").bind(id.0);
    at.fetch_one(&town.owner).await.unwrap()
}

pub(crate) async fn has_subject(town: &Town, to: &Person, words: &str) -> bool {
    town.subjects_to(&to.email).await.iter().any(|subject| subject.contains(words))
}
