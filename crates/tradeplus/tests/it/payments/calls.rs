//! The record of calls: each try, what may be sent again and what may not, and what a person says.

use super::{Shop, eur};
use kernel::{RefundId, Refusal};
use market::payments::calls::operations::MakeRefund;
use market::payments::calls::{self, BecameOf};
use market::payments::model::{Payment, RefundState};
use market::payments::provider::NewRefund;
use market::payments::rules;
use market::staff::model::Reason;
use simulator::{Fault, Planned};
use testkit::Town;
use time::Duration;

const REFUNDS: &str = "/v1/refunds";

/// A refund whose answer was lost.
async fn lost(shop: &Shop) -> (Payment, RefundId) {
    let payment = shop.paid(eur(500), "4242424242424242").await;
    let order = shop.order(&payment).await;
    shop.work().await;
    let id = shop.asked_refund(&payment, order, eur(500)).await;
    shop.town.sim().plan(Planned::new(Fault::AnswerLost).on("POST", REFUNDS));
    rules::send_refund(shop.db(), shop.providers(), id).await.unwrap_err();
    assert_eq!(shop.found_refund(id).await.state, RefundState::Unknown);
    (payment, id)
}

async fn tries(shop: &Shop, key: &str) -> Vec<(i32, String, Option<i16>)> {
    sqlx::query_as("select n, outcome, status from provider_call_tries where idempotency_key = $1 order by n")
        .bind(key)
        .fetch_all(&shop.town.owner)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_not_sent_again() {
    let shop = Shop::open().await;
    let (_, id) = lost(&shop).await;
    let sent = shop.town.sim().requests("POST", REFUNDS);
    shop.work().await;
    assert_eq!(shop.found_refund(id).await.state, RefundState::Succeeded);
    assert_eq!(shop.town.sim().requests("POST", REFUNDS), sent, "it was looked up");
    assert_eq!(shop.town.sim().count("refund").await, 1);
}

#[tokio::test]
async fn each_try_is_a_row() {
    let shop = Shop::open().await;
    let (_, id) = lost(&shop).await;
    shop.work().await;
    let key = format!("refund:{id}");
    let told = tries(&shop, &key).await;
    assert_eq!(told, [(1, "unknown".to_owned(), None), (2, "found".to_owned(), Some(200))]);
    let (method, path, state): (String, String, String) =
        sqlx::query_as("select method, path, state from provider_calls where idempotency_key = $1")
            .bind(&key)
            .fetch_one(&shop.town.owner)
            .await
            .unwrap();
    assert_eq!((method.as_str(), path.as_str(), state.as_str()), ("GET", REFUNDS, "answered"));
    let frozen = sqlx::query("delete from provider_call_tries").execute(&shop.town.owner).await;
    assert!(frozen.is_err(), "nobody takes one back");
}

/// Nothing is known of a payment at the provider by our own name for it: within a day the same key is sent again.
#[tokio::test]
async fn an_unsure_look_up_sends_again_under_the_same_key_within_a_day_and_never_after() {
    let shop = Shop::open().await;
    let sim = shop.town.sim();
    for (age, sends) in [(Duration::minutes(23 * 60 + 59), true), (Duration::minutes(24 * 60 + 1), false)] {
        let payment = shop.payment(eur(500)).await;
        let before = sim.count("payment_intent").await;
        sim.plan(Planned::new(Fault::AnswerLost).on("POST", "/v1/payment_intents"));
        rules::ensure_created(shop.db(), shop.providers(), payment.id).await.unwrap_err();
        shop.town.clock.advance(age);
        let asked = sim.requests("POST", "/v1/payment_intents");
        let again = rules::ensure_created(shop.db(), shop.providers(), payment.id).await;
        assert_eq!(again.is_ok(), sends, "{age}: {again:?}");
        let more = sim.requests("POST", "/v1/payment_intents") - asked;
        assert_eq!(more, usize::from(sends), "{age}");
        assert_eq!(sim.count("payment_intent").await, before + 1, "{age}: under one key one payment");
    }
    let tickets = "select count(*) from tickets where kind = 'call_unknown' and closed_at is null";
    assert_eq!(shop.count(tickets).await, 1);
    // The job that would make the payment gives up: nobody waits for it any more.
    sqlx::query("delete from jobs").execute(&shop.town.owner).await.unwrap();
}

#[tokio::test]
async fn another_body_under_a_key_is_our_mistake_and_is_not_sent() {
    let shop = Shop::open().await;
    let (payment, id) = lost(&shop).await;
    let asked = shop.town.sim().seen().len();
    let other = NewRefund { ours: id, payment_ref: payment.provider_ref.clone().unwrap(), amount: eur(499) };
    let provider = shop.providers().of_payment(&payment).unwrap();
    let made = calls::make(shop.db(), provider, &MakeRefund(&other)).await;
    assert!(matches!(made, Err(Refusal::Broken(_))), "{made:?}");
    assert_eq!(shop.town.sim().seen().len(), asked, "nothing was asked");
}

/// Nobody comes back to a call: it is looked up by itself, and a day later somebody is told.
#[tokio::test]
async fn open_calls_are_watched() {
    let shop = Shop::open().await;
    let (_, id) = lost(&shop).await;
    sqlx::query("delete from jobs where kind = 'payments.send_refund'")
        .execute(&shop.town.owner)
        .await
        .unwrap();
    shop.watch().await;
    assert_eq!(
        shop.count("select count(*) from jobs where kind = 'payments.send_refund'").await,
        0,
        "too soon"
    );
    shop.town.clock.advance(Duration::hours(25));
    shop.watch().await;
    let tickets = "select count(*) from tickets where kind = 'call_unknown' and closed_at is null";
    assert_eq!(shop.count(tickets).await, 1);
    shop.work().await;
    assert_eq!(shop.found_refund(id).await.state, RefundState::Succeeded);
    assert_eq!(shop.count(tickets).await, 0, "it is known now");
}

#[tokio::test]
async fn a_person_says_what_became_of_a_call() {
    let shop = Shop::open().await;
    let cy = shop.town.staff("Cy", &[market::accounts::model::Role::Operator]).await;
    let (_, id) = lost(&shop).await;
    let key = format!("refund:{id}");
    let why = Reason::read("I saw it in the dashboard").unwrap();
    let say = async |became: BecameOf| {
        let mut tx = shop.db().begin().await.unwrap();
        let said = calls::say(&mut tx, cy.id, &key, &became, &why).await;
        if said.is_ok() {
            tx.commit().await.unwrap();
        }
        said
    };
    let nameless = BecameOf::Done { reference: " ".to_owned() };
    assert!(matches!(say(nameless).await, Err(Refusal::Fields(_))));
    let reference: String = sqlx::query_scalar("select id from sandbox.objects where kind = 'refund'")
        .fetch_one(&shop.town.owner)
        .await
        .unwrap();
    say(BecameOf::Done { reference }).await.unwrap();
    let again = say(BecameOf::NotDone).await;
    assert!(matches!(again, Err(Refusal::Conflict("call-known"))), "{again:?}");
    shop.work().await;
    assert_eq!(shop.found_refund(id).await.state, RefundState::Succeeded);
    assert_eq!(shop.town.sim().count("refund").await, 1);
    assert_eq!(shop.count("select count(*) from audit_log where action = 'payments.say'").await, 1);
}

/// "It was not done" has the money sent once more: about so much, one alone does not say it.
#[tokio::test]
async fn what_would_be_sent_again_takes_two_above_the_limit() {
    let shop = Shop::of(Town::with(|config| config.staff.alone_up_to = Some(400)).await).await;
    let fay = shop.town.staff("Fay", &[market::accounts::model::Role::Finance]).await;
    let flo = shop.town.staff("Flo", &[market::accounts::model::Role::Finance]).await;
    let (_, id) = lost(&shop).await;
    let page = format!("/admin/payments/calls/refund:{id}");
    let not_done = [("do", "not_done"), ("reason", "It is not in the dashboard")];
    fay.post(&format!("{page}/say"), &not_done).await.goes_to(&page);
    let unknown = "select count(*) from provider_calls where state = 'unknown'";
    assert_eq!(shop.count(unknown).await, 1, "five euros are more than four");
    let waits: uuid::Uuid = sqlx::query_scalar("select approval_id from approvals where state = 'waiting'")
        .fetch_one(&shop.town.owner)
        .await
        .unwrap();
    let waits = format!("/admin/approvals/{waits}");
    let agree = [("do", "agree"), ("reason", "Nor do I find it")];
    fay.post(&waits, &agree).await.goes_to(&waits);
    assert_eq!(shop.count(unknown).await, 1, "nobody agrees with themselves");
    flo.get(&waits).await.is(200).shows("It was not done, send it again").shows("€5.00");
    flo.post(&waits, &agree).await.goes_to("/admin/approvals");
    assert_eq!(shop.count(unknown).await, 0);
    let said =
        "select count(*) from audit_log where action = 'payments.say' and detail->>'became' = 'not_done'";
    assert_eq!(shop.count(said).await, 1);
}
