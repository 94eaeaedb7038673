//! Numbers: each is taken once, and none is left out.

use super::{DAY, all, issues, slip};
use kernel::DocumentId;
use market::documents::{self, Issuer, Kind, New};
use platform::db::refused_by;
use std::collections::BTreeSet;
use std::sync::Arc;
use testkit::Town;
use time::macros::date;

async fn labels(town: &Town) -> Vec<String> {
    all(town).await.into_iter().map(|it| it.head.label).collect()
}

#[tokio::test]
async fn a_rolled_back_sale_leaves_no_gap() {
    let town = Town::new().await;
    let ben = town.person("Ben").await;
    let mut tx = town.db.begin().await.unwrap();
    documents::issue(&mut tx, &slip(&ben, "lost")).await.unwrap();
    tx.rollback().await.unwrap();
    issues(&town, &slip(&ben, "kept")).await;
    assert_eq!(labels(&town).await, ["R-2026-000001"]);
    let mut tx = town.db.begin().await.unwrap();
    documents::issue(&mut tx, &slip(&ben, "lost again")).await.unwrap();
    drop(tx);
    issues(&town, &slip(&ben, "next")).await;
    assert_eq!(labels(&town).await, ["R-2026-000001", "R-2026-000002"]);
}

#[tokio::test]
async fn a_hundred_at_once_are_numbered_without_gaps() {
    let town = Town::new().await;
    let ben = Arc::new(town.person("Ben").await);
    let tasks: Vec<_> = (0..100)
        .map(|n| {
            let (db, new) = (town.db.clone(), slip(&ben, &format!("cause {n}")));
            tokio::spawn(async move {
                // More than there are connections: who gets none waits for another.
                let mut tx = loop {
                    if let Ok(tx) = db.begin().await {
                        break tx;
                    }
                };
                documents::issue(&mut tx, &new).await.unwrap();
                match n % 7 {
                    0 => tx.rollback().await.unwrap(),
                    _ => tx.commit().await.unwrap(),
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let numbers: Vec<i64> = sqlx::query_scalar("select number from documents order by number")
        .fetch_all(&town.owner)
        .await
        .unwrap();
    assert_eq!(numbers, (1..=85).collect::<Vec<_>>());
    let distinct: BTreeSet<String> = labels(&town).await.into_iter().collect();
    assert_eq!(distinct.len(), 85);
}

#[tokio::test]
async fn each_year_kind_and_issuer_counts_from_one() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let base = slip(&ben, "");
    let variants = [
        New { cause: "a".to_owned(), ..base.clone() },
        New { cause: "b".to_owned(), kind: Kind::PayoutStatement, ..base.clone() },
        New { cause: "c".to_owned(), day: date!(2027 - 01 - 01), ..base.clone() },
        New { cause: "d".to_owned(), issuer: Issuer::Member(ann.id), ..base.clone() },
        New { cause: "e".to_owned(), day: DAY, ..base.clone() },
    ];
    let mut found = Vec::new();
    for new in &variants {
        let id = issues(&town, new).await;
        found.push(documents::find(&mut town.db.read().await.unwrap(), id).await.unwrap().head.label);
    }
    assert_eq!([&found[0], &found[1], &found[2]], ["R-2026-000001", "P-2026-000001", "R-2027-000001"]);
    assert!(found[3].starts_with("R-") && found[3].ends_with("-2026-000001"), "{}", found[3]);
    assert_ne!(found[3], found[0]);
    assert_eq!(found[4], "R-2026-000002");
}

#[tokio::test]
async fn a_cause_that_has_a_document_keeps_it() {
    let town = Town::new().await;
    let ben = town.person("Ben").await;
    let first = issues(&town, &slip(&ben, "one")).await;
    assert_eq!(issues(&town, &slip(&ben, "one")).await, first);
    assert_eq!(labels(&town).await, ["R-2026-000001"]);
}

#[tokio::test]
async fn what_was_issued_does_not_change_and_numbers_go_up_by_one() {
    let town = Town::new().await;
    let ben = town.person("Ben").await;
    let id: DocumentId = issues(&town, &slip(&ben, "one")).await;
    for (change, refused) in [
        ("update documents set label = 'x'", "append_only"),
        ("update documents set body = '{}'", "append_only"),
        ("delete from documents", "append_only"),
        ("update document_counters set last = last + 2", "document_counters_go_up_by_one"),
        ("update document_counters set last = last - 1", "document_counters_go_up_by_one"),
        ("delete from document_counters", "document_counters_go_up_by_one"),
        (
            "select take_document_number('00000000-0000-0000-0000-000000000000', 'R', 2026::smallint)",
            "document_counters_number_used",
        ),
        (
            "insert into document_counters values (gen_random_uuid(), 'R', 2026, 3)",
            "document_counters_number_used",
        ),
    ] {
        let done = sqlx::query(change).execute(&town.owner).await.expect_err(change);
        assert_eq!(refused_by(&done), Some(refused), "{change}");
    }
    let still = documents::find(&mut town.db.read().await.unwrap(), id).await.unwrap();
    assert_eq!(still.head.label, "R-2026-000001");
}

#[tokio::test]
async fn sums_that_are_none_are_not_issued() {
    let town = Town::new().await;
    let ben = town.person("Ben").await;
    let mut odd = slip(&ben, "odd");
    odd.content.total += 1;
    let mut tx = town.db.begin().await.unwrap();
    assert!(documents::issue(&mut tx, &odd).await.is_err());
    // The number was not touched: the next one can be written at once.
    documents::issue(&mut tx, &slip(&ben, "even")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(labels(&town).await, ["R-2026-000001"]);
}
