//! Calls whose answer never came: the provider is asked before anything is sent twice.

use super::{Shop, card, eur};
use kernel::Refusal;
use market::payments::model::{PaymentState, RefundState};
use market::payments::rules;
use simulator::{Fault, Planned};
use time::Duration;

const PAYMENTS: &str = "/v1/payment_intents";
const REFUNDS: &str = "/v1/refunds";

async fn call_state(shop: &Shop, key: &str) -> (String, i32) {
    sqlx::query_as("select state, tries from provider_calls where idempotency_key = $1")
        .bind(key)
        .fetch_one(&shop.town.owner)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_payment_is_created_once_whatever_goes_wrong() {
    let shop = Shop::open().await;
    let sim = shop.town.sim();
    let troubles = [
        ("unknown", Fault::AnswerLost),
        ("unknown", Fault::AnswerLate(std::time::Duration::from_secs(60))),
        ("not_done", Fault::Refuse(429)),
        ("not_done", Fault::Refuse(503)),
    ];
    for (n, (state, trouble)) in troubles.into_iter().enumerate() {
        let payment = shop.payment(eur(500)).await;
        sim.plan(Planned::new(trouble.clone()).on("POST", PAYMENTS));
        let first = rules::ensure_created(shop.db(), shop.providers(), payment.id).await;
        assert!(matches!(first, Err(Refusal::Unavailable(_))), "{trouble:?}: {first:?}");
        let key = format!("payment:{}", payment.id);
        assert_eq!(call_state(&shop, &key).await, (state.to_owned(), 1), "{trouble:?}");
        let created = rules::ensure_created(shop.db(), shop.providers(), payment.id).await.unwrap();
        assert!(created.provider_ref.is_some());
        assert_eq!(call_state(&shop, &key).await, ("answered".to_owned(), 2));
        assert_eq!(sim.count("payment_intent").await, i64::try_from(n).unwrap() + 1, "{trouble:?}");
    }
}

#[tokio::test]
async fn a_refund_is_paid_once_whatever_goes_wrong() {
    let shop = Shop::open().await;
    let sim = shop.town.sim();
    for (n, trouble) in [Fault::AnswerLost, Fault::Refuse(429), Fault::Refuse(500)].into_iter().enumerate() {
        let payment = shop.paid(eur(500), "4242424242424242").await;
        let order = shop.order(&payment).await;
        shop.work().await;
        let id = shop.asked_refund(&payment, order, eur(500)).await;
        sim.plan(Planned::new(trouble.clone()).on("POST", REFUNDS));
        let first = rules::send_refund(shop.db(), shop.providers(), id).await;
        assert!(matches!(first, Err(Refusal::Unavailable(_))), "{trouble:?}: {first:?}");
        rules::send_refund(shop.db(), shop.providers(), id).await.unwrap();
        rules::send_refund(shop.db(), shop.providers(), id).await.unwrap();
        assert_eq!(sim.count("refund").await, i64::try_from(n).unwrap() + 1, "{trouble:?}");
        assert_eq!(shop.found_refund(id).await.state, RefundState::Succeeded);
    }
    assert_eq!(shop.told().await.iter().filter(|k| *k == "payments.refund_succeeded").count(), 3);
}

/// The program stopped between sending and hearing: the call's row still says "sending". For two minutes it may be
/// another program's that is still at it.
#[tokio::test]
async fn a_crash_in_the_middle_is_looked_up_too() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    shop.town.sim().plan(Planned::new(Fault::AnswerLost).on("POST", PAYMENTS));
    rules::ensure_created(shop.db(), shop.providers(), payment.id).await.unwrap_err();
    sqlx::query("update provider_calls set state = 'sending', response = null, answered_at = null")
        .execute(&shop.town.owner)
        .await
        .unwrap();
    shop.town.clock.advance(Duration::minutes(2));
    let paid =
        rules::confirm(shop.db(), shop.providers(), &payment, &card("4242424242424242")).await.unwrap();
    assert_eq!(paid.state, PaymentState::Succeeded);
    assert_eq!(shop.town.sim().count("payment_intent").await, 1);
}

#[tokio::test]
async fn two_at_once_create_one_payment() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    let create = || rules::ensure_created(shop.db(), shop.providers(), payment.id);
    let (a, b, c) = tokio::join!(create(), create(), create());
    let reference = a.unwrap().provider_ref;
    assert!(reference.is_some());
    assert_eq!((b.unwrap().provider_ref, c.unwrap().provider_ref), (reference.clone(), reference));
    assert_eq!(shop.town.sim().count("payment_intent").await, 1);
    assert_eq!(shop.town.sim().requests("POST", PAYMENTS), 1, "who came second waited");
}

/// The order is abandoned while nobody knows whether the provider has the payment: nobody can pay it afterwards.
#[tokio::test]
async fn a_payment_of_which_nobody_knows_is_found_and_cancelled() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    shop.town.sim().plan(Planned::new(Fault::AnswerLost).on("POST", PAYMENTS));
    rules::ensure_created(shop.db(), shop.providers(), payment.id).await.unwrap_err();
    let cancelled = rules::cancel(shop.db(), shop.providers(), payment.id).await.unwrap();
    assert_eq!(cancelled.state, PaymentState::Cancelled);
    assert!(cancelled.provider_ref.is_some(), "it was there");
    assert_eq!(shop.town.sim().count("payment_intent").await, 1);
}
