//! Tickets: of one thing there is one that is open.

use kernel::{Currency, Money, Refusal, TicketId};
use market::accounts::model::Role;
use market::tickets::{self, Filter, Kind, NewTicket, Subject};
use serde_json::json;
use testkit::Town;
use time::Duration;

async fn opened(town: &Town, kind: Kind, key: &str) -> TicketId {
    let amount = Some(Money::new(500, Currency::EUR));
    let due = Duration::days(2);
    let new = NewTicket { kind, key, subject: Subject::Nothing, amount, detail: json!({ "days": 3 }), due };
    let mut tx = town.db.begin().await.unwrap();
    let id = tickets::open(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn closes(town: &Town, key: &str) {
    let mut tx = town.db.begin().await.unwrap();
    tickets::close(&mut tx, key, "It went by itself.").await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_open_ticket_is_not_opened_twice() {
    let town = Town::new().await;
    let first = opened(&town, Kind::EscrowOld, "escrow_old:1").await;
    assert_eq!(opened(&town, Kind::EscrowOld, "escrow_old:1").await, first);
    assert_ne!(opened(&town, Kind::EscrowOld, "escrow_old:2").await, first);
    assert_eq!(town.count("select seen::bigint from tickets where key = 'escrow_old:1'").await, 2);
    closes(&town, "escrow_old:1").await;
    closes(&town, "escrow_old:1").await;
    assert_eq!(town.count("select count(*) from tickets where closed_at is not null").await, 1);
    assert_ne!(opened(&town, Kind::EscrowOld, "escrow_old:1").await, first, "it happened again");
}

#[tokio::test]
async fn every_kind_can_be_opened() {
    let town = Town::new().await;
    for kind in Kind::ALL {
        opened(&town, kind, kind.name()).await;
    }
    let all = i64::try_from(Kind::ALL.len()).unwrap();
    assert_eq!(
        town.count("select count(*) from tickets where due_at = opened_at + interval '48 hours'").await,
        all
    );
}

#[tokio::test]
async fn a_digest_names_each_once() {
    let town = Town::new().await;
    let staff = town.staff("Sue", &[Role::Operator]).await;
    town.person("Ann").await;
    opened(&town, Kind::EscrowOld, "escrow_old:1").await;
    opened(&town, Kind::EscrowOld, "escrow_old:1").await;
    opened(&town, Kind::EscrowOld, "escrow_old:2").await;
    opened(&town, Kind::Cover, "cover").await;
    let told = "select count(*) from mails where subject = 'There is something to look at'";
    // A reader of events waits for every open transaction of the whole server: here until it can read them all.
    let hidden = "select count(*) from events where xid >= pg_snapshot_xmin(pg_current_snapshot())";
    for _ in 0..5_000 {
        if town.count(hidden).await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    for _ in 0..2 {
        tickets::jobs::digest(&town.db, "https://example.test", tickets::jobs::Digest {}).await.unwrap();
    }
    assert_eq!(town.count(told).await, 1, "one letter, to {} alone", staff.name);
}

#[tokio::test]
async fn a_ticket_is_taken_and_closed_by_somebody() {
    let town = Town::new().await;
    let staff = town.staff("Sue", &[Role::Operator]).await;
    let id = opened(&town, Kind::Orphan, "orphan:1").await;
    let mut tx = town.db.begin().await.unwrap();
    tickets::take(&mut tx, staff.id, id).await.unwrap();
    let taken = tickets::find(&mut tx, id).await.unwrap();
    assert_eq!((taken.taken_by, taken.kind, taken.seen), (Some(staff.id), Kind::Orphan, 1));
    assert_eq!(taken.amount, Some(Money::new(500, Currency::EUR)));
    let mine = Filter { taken_by: Some(staff.id), ..Filter::default() };
    assert_eq!(tickets::list(&mut tx, &mine).await.unwrap(), [taken]);
    assert_eq!(tickets::counts(&mut tx).await.unwrap(), [(Kind::Orphan, 1)]);
    assert!(matches!(tickets::close_by(&mut tx, staff.id, id, " x ").await, Err(Refusal::Fields(_))));
    tickets::close_by(&mut tx, staff.id, id, "Paid back by hand.").await.unwrap();
    let again = tickets::close_by(&mut tx, staff.id, id, "Paid back by hand.").await;
    assert!(matches!(again, Err(Refusal::Conflict("ticket-closed"))));
    assert!(tickets::list(&mut tx, &Filter::default()).await.unwrap().is_empty());
    tx.commit().await.unwrap();
    assert_eq!(town.count("select count(*) from audit_log where action like 'tickets.%'").await, 2);
}
