//! Deals through Stripe, call by call.

use super::Bench;
use market::payments::rules;
use simulator::courier::Dialect;
use simulator::{Fault, Planned};
use time::Duration;

#[tokio::test]
async fn pay_hold_ship_confirm() {
    let bench = Bench::open(Dialect::Stripe).await;
    bench.pays_holds_ships_and_confirms(&["POST /v1/payment_intents", "GET /v1/payment_intents/*"]).await;
    let keyed = "select count(*) from provider_calls where idempotency_key = 'payment:' || subject and state = 'answered'";
    assert_eq!(bench.town.count(keyed).await, 1);
}

#[tokio::test]
async fn an_orphan_is_booked_and_paid_back() {
    let bench = Bench::open(Dialect::Stripe).await;
    bench.world.plan().add(Planned::new(Fault::SucceedsAfterCancel));
    bench.an_orphan_is_booked_and_paid_back("POST /v1/refunds").await;
}

/// Late, twice, in the wrong order and badly signed: the deal goes its way all the same.
#[tokio::test]
async fn events_come_as_they_like() {
    let bench = Bench::open(Dialect::Stripe).await;
    for fault in [
        Planned::new(Fault::HookTwice).of("payment_intent.succeeded"),
        Planned::new(Fault::HookBadlySigned).of("charge.succeeded"),
        Planned::new(Fault::HooksReversed),
        Planned::new(Fault::HookLate(std::time::Duration::from_secs(120))).of("payment_intent.created"),
    ] {
        bench.world.plan().add(fault);
    }
    let deal = bench.checked_out().await;
    bench.types_card(&deal, testkit::cards::GOOD).await;
    bench.pass(Duration::ZERO).await;
    bench.pass(Duration::minutes(5)).await;
    assert_eq!(bench.town.state(deal.order()).await, "paid");
    assert_eq!(bench.town.count("select count(*) from events where kind = 'payments.succeeded'").await, 1);
}

/// The program stops between sending a refund and writing down that it was sent: the buyer has the money once.
#[tokio::test]
async fn a_crash_between_sending_and_writing_down_pays_once() {
    let bench = Bench::open(Dialect::Stripe).await;
    let deal = bench.checked_out().await;
    bench.types_card(&deal, testkit::cards::GOOD).await;
    bench.pass(Duration::ZERO).await;
    bench.ben.takes(deal.order(), "cancel_by_buyer").await;
    let (db, providers) = (&bench.town.db, &bench.town.market.providers);
    let refund: uuid::Uuid =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&bench.town.owner).await.unwrap();
    rules::send_refund(db, providers, kernel::RefundId(refund)).await.unwrap();
    // As if nothing had been written down but that it was to be sent.
    for undone in [
        "update provider_calls set state = 'sending', response = null, answered_at = null where operation = 'refund'",
        "update refunds set state = 'created', provider_ref = null, settled_at = null",
        "delete from events where kind like 'payments.refund%'",
    ] {
        sqlx::query(undone).execute(&bench.town.owner).await.unwrap();
    }
    bench.pass(Duration::minutes(3)).await;
    assert_eq!(bench.town.state(deal.order()).await, "refunded");
    assert_eq!(bench.held(deal.order()).await, (0, 0, 0));
    assert_eq!(bench.count("POST /v1/refunds"), 1, "{:?}", bench.calls());
}
