//! Calls whose answer never came: the provider is asked before anything is sent twice.

use super::deaf::{Deaf, Line};
use super::{Shop, card, eur, sandbox};
use kernel::Refusal;
use market::payments::Provider;
use market::payments::model::{PaymentState, RefundState};
use market::payments::rules;
use std::sync::Arc;
use std::sync::atomic::Ordering;

async fn shop() -> (Shop, Arc<Deaf>) {
    let mut kept = None;
    let shop = Shop::open_with(|db| {
        let deaf = Arc::new(Deaf::new(sandbox(db)));
        kept = Some(Arc::clone(&deaf));
        deaf as Arc<dyn Provider>
    })
    .await;
    (shop, kept.unwrap())
}

async fn call_state(shop: &Shop, key: String) -> (String, i32) {
    sqlx::query_as("select state, tries from provider_calls where idempotency_key = $1")
        .bind(key)
        .fetch_one(&shop.town.owner)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_payment_is_created_once_whatever_the_line_does() {
    let (shop, line) = shop().await;
    for (state, trouble) in
        [("unknown", Line::AnswerLost), ("unknown", Line::CallLost), ("not_done", Line::Busy)]
    {
        line.arrived.store(0, Ordering::SeqCst);
        let payment = shop.payment(eur(500)).await;
        line.next_is(trouble);
        let first = rules::ensure_created(shop.db(), shop.provider(), payment.id).await;
        assert!(matches!(first, Err(Refusal::Unavailable(_))), "{trouble:?}: {first:?}");
        let key = format!("payment:{}", payment.id);
        assert_eq!(call_state(&shop, key.clone()).await, (state.to_owned(), 1), "{trouble:?}");
        let created = rules::ensure_created(shop.db(), shop.provider(), payment.id).await.unwrap();
        assert!(created.provider_ref.is_some());
        assert_eq!(line.arrived.load(Ordering::SeqCst), 1, "{trouble:?}: it was looked up, not sent twice");
        assert_eq!(call_state(&shop, key).await, ("answered".to_owned(), 2));
    }
    assert_eq!(shop.count("select count(*) from sandbox.payments").await, 3);
}

#[tokio::test]
async fn a_refund_is_paid_once_whatever_the_line_does() {
    let (shop, line) = shop().await;
    for trouble in [Line::AnswerLost, Line::CallLost, Line::Busy] {
        let payment = shop.paid(eur(500), "4242424242424242").await;
        let order = shop.order(&payment).await;
        shop.work().await;
        line.arrived.store(0, Ordering::SeqCst);
        let mut tx = shop.db().begin().await.unwrap();
        let id = rules::ask_refund(&mut tx, order, payment.id, eur(500)).await.unwrap();
        tx.commit().await.unwrap();
        line.next_is(trouble);
        let first = rules::send_refund(shop.db(), shop.provider(), id).await;
        assert!(matches!(first, Err(Refusal::Unavailable(_))), "{trouble:?}: {first:?}");
        rules::send_refund(shop.db(), shop.provider(), id).await.unwrap();
        rules::send_refund(shop.db(), shop.provider(), id).await.unwrap();
        assert_eq!(line.arrived.load(Ordering::SeqCst), 1, "{trouble:?}: it was looked up, not sent twice");
        let refund = rules::find_refund(&mut shop.db().read().await.unwrap(), id).await.unwrap().unwrap();
        assert_eq!(refund.state, RefundState::Succeeded);
    }
    assert_eq!(shop.count("select count(*) from sandbox.refunds").await, 3);
    assert_eq!(shop.told().await.iter().filter(|k| *k == "payments.refund_succeeded").count(), 3);
}

/// The program stopped between sending and hearing: the call's row still says "sending".
#[tokio::test]
async fn a_crash_in_the_middle_is_looked_up_too() {
    let (shop, line) = shop().await;
    let payment = shop.payment(eur(500)).await;
    line.next_is(Line::AnswerLost);
    rules::ensure_created(shop.db(), shop.provider(), payment.id).await.unwrap_err();
    sqlx::query("update provider_calls set state = 'sending', response = null, answered_at = null")
        .execute(&shop.town.owner)
        .await
        .unwrap();
    let paid = rules::confirm(shop.db(), shop.provider(), &payment, &card("4242424242424242")).await.unwrap();
    assert_eq!(paid.state, PaymentState::Succeeded);
    assert_eq!(line.arrived.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn two_at_once_create_one_payment() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    let create = || rules::ensure_created(shop.db(), shop.provider(), payment.id);
    let (a, b, c) = tokio::join!(create(), create(), create());
    let reference = a.unwrap().provider_ref;
    assert!(reference.is_some());
    assert_eq!((b.unwrap().provider_ref, c.unwrap().provider_ref), (reference.clone(), reference));
    assert_eq!(shop.count("select count(*) from sandbox.payments").await, 1);
}
