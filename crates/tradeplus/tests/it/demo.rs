//! What happened in the demo before anybody looks.

use market::accounts::model::Role;
use market::demo::deals;
use market::demo::rules::Demo;
use std::collections::HashMap;
use testkit::Town;
use time::Duration;

/// Members, each of whom sells a lamp, but for two who only buy.
const MEMBERS: usize = 40;

#[tokio::test]
async fn its_orders_payouts_and_chargebacks_are_there() {
    let town = Town::new().await;
    let mut members = HashMap::new();
    for n in 0..MEMBERS {
        let person = town.person(&format!("Member {n:02}")).await;
        person.listing(&format!("Lamp {n}")).price(3_000).live().await;
        let member = person.member().await;
        members.insert(member.handle.clone(), member);
    }
    let operator = town.staff("Olga", &[Role::Operator, Role::Support]).await.member().await;
    town.run_jobs().await;
    town.clock.advance(Duration::days(60));
    let drawing = |_: &str| -> std::io::Result<Vec<u8>> { Ok(Vec::new()) };
    let demo = Demo { market: &town.market, drawing: &drawing, progress: &|_, _| {} };
    let made = deals::make(&demo, &members, &operator).await.unwrap();
    assert_eq!(town.count("select count(*) from orders").await, i64::try_from(made).unwrap());
    for state in [
        "paid",
        "shipped",
        "delivered",
        "completed",
        "refunded",
        "refund_stuck",
        "payment_expired",
        "cancelled",
        "claim_open",
        "return_shipped",
        "appeal_refund",
        "completed_partial",
        "replacement_sent",
    ] {
        let found: i64 = sqlx::query_scalar("select count(*) from orders where state = $1")
            .bind(state)
            .fetch_one(&town.owner)
            .await
            .unwrap();
        assert!(found > 0, "no order is {state}");
    }
    for (what, query) in [
        ("paid payouts", "select count(*) from payouts where state = 'paid'"),
        ("failed payouts", "select count(*) from payouts where state = 'failed'"),
        ("chargebacks that were won", "select count(*) from chargebacks where state = 'won'"),
        ("chargebacks that wait for us", "select count(*) from chargebacks where closed_at is null"),
    ] {
        assert_eq!(town.count(query).await, 1, "{what}");
    }
    town.run_jobs().await;
    for cover in ledger::cover::by_currency(&mut town.db.read().await.unwrap()).await.unwrap() {
        assert!(cover.margin().amount >= 0, "an operator who only looks finds money missing: {cover:?}");
    }
}
