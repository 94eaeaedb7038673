//! What each test card does to a payment, and what is told of it.

use super::{Shop, card, eur};
use kernel::{MemberId, Refusal, ids::Id};
use market::payments::model::PaymentState;
use market::payments::{Card, rules};
use platform::jobs;

#[tokio::test]
async fn a_good_card_pays_and_the_fee_is_known() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(10_570), "4242 4242 4242 4242").await;
    assert_eq!(payment.state, PaymentState::Succeeded);
    assert_eq!(payment.fee, Some(eur(337)));
    assert_eq!(shop.told().await, ["payments.succeeded"]);
    shop.work().await;
    assert_eq!(shop.told().await, ["payments.succeeded"], "the webhook tells nothing new");
    let unhandled = "select count(*) from provider_events where handled_at is null";
    assert_eq!(shop.count(unhandled).await, 0);
    assert_eq!(shop.count("select count(*) from provider_events").await, 1);
}

#[tokio::test]
async fn a_declined_try_may_be_followed_by_a_good_one() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    for _ in 0..2 {
        let tried =
            rules::confirm(shop.db(), shop.providers(), &payment, &card("4000000000000002")).await.unwrap();
        assert_eq!((tried.state, tried.failure.as_deref()), (PaymentState::Failed, Some("card_declined")));
    }
    let tried =
        rules::confirm(shop.db(), shop.providers(), &payment, &card("4000000000009995")).await.unwrap();
    assert_eq!(tried.failure.as_deref(), Some("insufficient_funds"));
    shop.work().await;
    let paid =
        rules::confirm(shop.db(), shop.providers(), &payment, &card("4242424242424242")).await.unwrap();
    assert_eq!((paid.state, paid.failure), (PaymentState::Succeeded, None));
    shop.work().await;
    assert_eq!(
        shop.told().await,
        ["payments.failed", "payments.failed", "payments.failed", "payments.succeeded"],
        "each try is told once"
    );
}

#[tokio::test]
async fn a_payment_is_paid_once() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(500), "4242424242424242").await;
    let again = rules::confirm(shop.db(), shop.providers(), &payment, &card("4242424242424242")).await;
    assert!(matches!(again, Err(Refusal::Conflict("payment-paid"))), "{again:?}");
}

#[tokio::test]
async fn the_banks_question_is_answered_well_or_badly() {
    let shop = Shop::open().await;
    for (passed, state, failure) in
        [(false, PaymentState::Failed, Some("authentication_failed")), (true, PaymentState::Succeeded, None)]
    {
        let payment = shop.paid(eur(500), "4000000000003220").await;
        assert_eq!(payment.state, PaymentState::RequiresAction);
        let answered = rules::answer_challenge(shop.db(), shop.providers(), &payment, passed).await.unwrap();
        assert_eq!((answered.state, answered.failure.as_deref()), (state, failure));
        let twice = rules::answer_challenge(shop.db(), shop.providers(), &payment, passed).await;
        assert!(matches!(twice, Err(Refusal::Conflict(_))), "{twice:?}");
    }
    assert_eq!(shop.told().await, ["payments.failed", "payments.succeeded"]);
}

#[tokio::test]
async fn slow_cards_end_well_or_badly_by_webhook() {
    let shop = Shop::open().await;
    for (number, state) in
        [("4000000000000077", PaymentState::Succeeded), ("4000000000000341", PaymentState::Failed)]
    {
        let payment = shop.paid(eur(500), number).await;
        assert_eq!(payment.state, PaymentState::Processing);
        let meanwhile =
            rules::confirm(shop.db(), shop.providers(), &payment, &card("4242424242424242")).await;
        assert!(matches!(meanwhile, Err(Refusal::Conflict("payment-processing"))), "{meanwhile:?}");
        shop.work().await;
        assert_eq!(shop.found(payment.id).await.state, PaymentState::Processing);
        shop.settle().await;
        shop.work().await;
        assert_eq!(shop.found(payment.id).await.state, state);
    }
    let told = ["payments.processing", "payments.succeeded", "payments.processing", "payments.failed"];
    assert_eq!(shop.told().await, told);
}

#[tokio::test]
async fn a_look_up_does_what_a_lost_webhook_would_have_done() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(500), "4000000000000077").await;
    shop.settle().await;
    let synced = rules::sync(shop.db(), shop.providers(), payment.id).await.unwrap();
    assert_eq!((synced.state, synced.fee), (PaymentState::Succeeded, Some(eur(44))));
    rules::sync(shop.db(), shop.providers(), payment.id).await.unwrap();
    shop.work().await;
    assert_eq!(shop.told().await, ["payments.processing", "payments.succeeded"]);
    let asks = "select count(*) from jobs where kind = 'payments.sync'";
    assert_eq!(shop.count(asks).await, 0, "nothing is left to ask");
}

#[tokio::test]
async fn while_it_is_processed_it_is_asked_after() {
    let shop = Shop::open().await;
    let payment = shop.paid(eur(500), "4000000000000077").await;
    let asks = "select count(*) from jobs where kind = 'payments.sync' and run_at > created_at + interval '50 minutes'";
    assert_eq!(shop.count(asks).await, 1);
    rules::follow_up(shop.db(), shop.providers(), payment.id).await.unwrap();
    assert_eq!(shop.count(asks).await, 1, "asked again later");
}

#[tokio::test]
async fn a_cancelled_payment_cannot_be_paid() {
    let shop = Shop::open().await;
    for heard_of in [false, true] {
        let payment = shop.payment(eur(500)).await;
        if heard_of {
            shop.work().await;
        }
        let cancelled = rules::cancel(shop.db(), shop.providers(), payment.id).await.unwrap();
        assert_eq!(cancelled.state, PaymentState::Cancelled);
        let late = rules::confirm(shop.db(), shop.providers(), &payment, &card("4242424242424242")).await;
        assert!(matches!(late, Err(Refusal::Conflict("payment-cancelled"))), "{late:?}");
        shop.work().await;
        assert_eq!(shop.found(payment.id).await.state, PaymentState::Cancelled);
    }
}

#[tokio::test]
async fn what_is_being_paid_is_not_cancelled() {
    let shop = Shop::open().await;
    let slow = shop.paid(eur(500), "4000000000000077").await;
    let mut tx = shop.db().begin().await.unwrap();
    rules::ask_cancel(&mut tx, slow.id).await.unwrap();
    tx.commit().await.unwrap();
    shop.work().await;
    assert_eq!(shop.found(slow.id).await.state, PaymentState::Processing);
    shop.settle().await;
    let cancelled = rules::cancel(shop.db(), shop.providers(), slow.id).await.unwrap();
    assert_eq!(cancelled.state, PaymentState::Succeeded, "the orders must hear that money came");
    assert_eq!(shop.told().await.last().unwrap(), "payments.succeeded");
}

#[tokio::test]
async fn real_cards_and_mistyped_ones_are_refused() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    let typed = Card::new("4242424242424241", 1, 2020, "1");
    let Err(Refusal::Fields(errors)) = rules::confirm(shop.db(), shop.providers(), &payment, &typed).await
    else {
        panic!("a card with mistakes was taken")
    };
    let fields: Vec<&str> = errors.iter().map(|(f, _)| f).collect();
    assert_eq!(fields, ["card/number", "card/exp_year", "card/cvc"]);
    let real =
        rules::confirm(shop.db(), shop.providers(), &payment, &card("4111111111111111")).await.unwrap();
    assert_eq!((real.state, real.failure.as_deref()), (PaymentState::Failed, Some("test_cards_only")));
}

#[tokio::test]
async fn a_card_leaves_no_trace_but_its_last_digits() {
    let shop = Shop::open().await;
    shop.paid(eur(500), "4242 4242 4242 4242").await;
    shop.paid(eur(500), "4000000000000002").await;
    shop.work().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'sandbox', 'ledger')",
    )
    .fetch_all(&shop.town.owner)
    .await
    .unwrap();
    for table in tables {
        let query = format!(
            "select count(*) from {table} t where replace(t::text, ' ', '') ~ '4242424242424242|4000000000000002'"
        );
        let found: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&shop.town.owner).await.unwrap();
        assert_eq!(found, 0, "{table}");
    }
    let kept = "select count(*) from sandbox.objects where kind = 'charge' and body -> 'card' ->> 'last4' in ('4242', '0002')";
    assert_eq!(shop.count(kept).await, 2);
}

#[tokio::test]
async fn a_payment_is_its_buyers_own_business() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    let mut reader = shop.db().read().await.unwrap();
    assert!(rules::of_buyer(&mut reader, shop.buyer, payment.id).await.is_ok());
    let stranger = MemberId::new(shop.db().now(), shop.db().dice());
    let theirs = rules::of_buyer(&mut reader, stranger, payment.id).await;
    assert!(matches!(theirs, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn nothing_is_buried() {
    let shop = Shop::open().await;
    for card in market::payments::sandbox::cards() {
        let cvc = if card.number.starts_with('3') { "1234" } else { "123" };
        let payment = shop.payment(eur(500)).await;
        let card = Card::new(card.number, 12, 2060, cvc);
        rules::confirm(shop.db(), shop.providers(), &payment, &card).await.unwrap();
    }
    shop.work().await;
    assert!(jobs::dead(&mut shop.db().read().await.unwrap()).await.unwrap().is_empty());
}
