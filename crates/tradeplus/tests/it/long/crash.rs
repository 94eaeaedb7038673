//! The power goes out amid payments.

use std::sync::Arc;
use testkit::crash::Machine;
use testkit::stories::{Street, causes, is_away};
use testkit::{Setting, World, beside, cards, pay, place};
use time::macros::datetime;

/// Payments that are under way when it happens.
const PAYMENTS: usize = 24;

/// What somebody was told is so afterwards, and nobody was charged twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_power_cut_amid_payments_loses_nothing_and_takes_nothing_twice() {
    let machine = Machine::start().await;
    let clock = kernel::Clock::stopped_at(datetime!(2026-03-01 12:00 UTC));
    let world =
        Arc::new(World::join(&machine.place(), Setting::default(), clock, super::seed("a power cut")));
    Street::build(&world).await;
    let street = Street::find(Arc::clone(&world), 1).await.unwrap();
    let lamp: (uuid::Uuid, uuid::Uuid) = sqlx::query_as(
        "select listing_id, seller_id from listings where ship and quantity > 1000 order by listing_id limit 1",
    )
    .fetch_one(&world.owner)
    .await
    .unwrap();
    let buyer = *street.people().iter().find(|id| id.0 != lamp.1).unwrap();
    let mut deals = Vec::new();
    for _ in 0..PAYMENTS {
        let by = street.member(buyer).await.unwrap();
        let lines = [(kernel::ListingId(lamp.0), 1)];
        deals.push(place(&world.market, &by, &lines, true).await.unwrap());
    }

    let paying: Vec<_> = deals
        .iter()
        .map(|deal| {
            let (world, payment) = (Arc::clone(&world), deal.payment.id);
            tokio::spawn(async move { pay(&world.market, buyer, payment, cards::GOOD).await })
        })
        .collect();
    // As soon as somebody has paid, others are in the midst of it.
    let paid = "select count(*) from payments where state = 'succeeded'";
    while sqlx::query_scalar::<_, i64>(paid).fetch_one(&world.owner).await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    machine.cut_power().await;
    let mut told = Vec::new();
    for (deal, one) in deals.iter().zip(paying) {
        match one.await.unwrap() {
            Ok(_) => told.push(deal.order()),
            Err(kernel::Refusal::Unavailable(_)) => {}
            Err(refusal) => assert!(is_away(&refusal), "{}", causes(&refusal)),
        }
    }

    // Nobody knows what became of the others, until it is looked up; whoever had not begun tries again.
    world.clock.advance(time::Duration::minutes(5));
    street.rests().await.unwrap();
    for deal in &deals {
        match pay(&world.market, buyer, deal.payment.id, cards::GOOD).await {
            Ok(_) | Err(kernel::Refusal::Conflict("payment-paid")) => {}
            Err(refusal) => panic!("{}", causes(&refusal)),
        }
    }
    street.rests().await.unwrap();
    let states: Vec<(uuid::Uuid, String)> =
        sqlx::query_as("select order_id, state from orders").fetch_all(&world.owner).await.unwrap();
    assert_eq!(states.len(), PAYMENTS);
    assert!(states.iter().all(|(_, state)| state == "paid"), "{states:?}");
    assert!(told.iter().all(|order| states.iter().any(|(id, _)| *id == order.0)));
    for (kind, table) in
        [("charge", "sandbox.objects where kind = 'charge'"), ("pay", "ledger.entries where kind = 'pay'")]
    {
        let count = format!("select count(*) from {table}");
        let count: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(&world.owner).await.unwrap();
        assert_eq!(usize::try_from(count).unwrap(), PAYMENTS, "{kind}: once for each");
    }
    let faults = beside(&mut world.db.read().await.unwrap()).await.unwrap();
    assert_eq!(faults, [""; 0]);
    world.db.close().await;
    machine.stop().await;
}
