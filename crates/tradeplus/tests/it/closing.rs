//! The town itself: it must notice what is wrong when a story ends, or all the others prove nothing.

use testkit::Town;

/// A town with a paid order, and somebody who tampers with it.
async fn tampered(statement: &'static str) -> Vec<String> {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    assert_eq!(town.faults().await, Vec::<String>::new());
    sqlx::raw_sql(statement).execute(&town.owner).await.unwrap();
    let found = town.faults().await;
    town.spoils_the_books();
    town.writes_orders_by_hand();
    town.gives_up_jobs();
    found
}

#[tokio::test]
async fn a_town_notices_what_is_wrong() {
    for (statement, told) in [
        ("update orders set state = 'completed'", "escrow holds 1530"),
        ("update orders set state = 'shipped'", "history does not lead to shipped"),
        ("update listings set quantity = 5, reserved = 2", "2 pieces are promised"),
        ("update jobs set dead_at = now() where kind = 'orders.timer'", "a job was given up"),
        ("delete from jobs where kind = 'orders.timer'", "its job missing"),
        ("update orders set timer_at = null", "its timer is off"),
        ("delete from order_events where n = 2", "history does not lead"),
        ("alter table ledger.lines disable trigger user", "FAILED"),
    ] {
        let found = tampered(statement).await;
        assert!(found.iter().any(|f| f.contains(told)), "{statement}: {found:?}");
    }
}

#[tokio::test]
async fn two_towns_have_nothing_in_common() {
    let (here, there) = (Town::new().await, Town::new().await);
    here.person("Ann").await;
    assert_eq!(there.count("select count(*) from members").await, 0);
    here.clock.advance(time::Duration::days(1));
    assert_ne!(here.now(), there.now());
}
