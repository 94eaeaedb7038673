//! Readers of events: in the order of commits, none skipped, none twice.

use super::all;
use market::listings::events::Changed;
use platform::events::{self, Mark};
use std::collections::BTreeSet;
use testkit::Town;
use uuid::Uuid;

async fn append(tx: &mut platform::Tx, n: u128) {
    let listing = kernel::ListingId(Uuid::from_u128(n));
    events::append(tx, &Changed { listing }).await.unwrap();
}

async fn read(town: &Town, mark: &mut Mark) -> Vec<u128> {
    let mut reader = town.db.read().await.unwrap();
    let happened = events::after(&mut reader, mark, 1_000).await.unwrap();
    if let Some(last) = happened.last() {
        *mark = last.mark().clone();
    }
    happened.into_iter().map(|e| e.subject.as_u128()).collect()
}

/// Reads until `count` events were read; other tests' transactions may hold the reader back for a moment.
async fn read_all(town: &Town, mark: &mut Mark, count: usize) -> Vec<u128> {
    let mut all = Vec::new();
    for _ in 0..5_000 {
        all.extend(read(town, mark).await);
        if all.len() >= count {
            return all;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("only {} of {count} events came", all.len());
}

/// One transaction takes its number first and commits last: a reader in between must not pass it by.
#[tokio::test]
async fn a_late_commit_is_not_skipped() {
    let town = Town::new().await;
    let mut mark = Mark::start();
    let mut slow = town.db.begin().await.unwrap();
    append(&mut slow, 1).await;
    let mut fast = town.db.begin().await.unwrap();
    append(&mut fast, 2).await;
    fast.commit().await.unwrap();
    assert!(
        read(&town, &mut mark).await.is_empty(),
        "an older transaction is open: its event may still come before"
    );
    let mut faster = town.db.begin().await.unwrap();
    append(&mut faster, 3).await;
    faster.commit().await.unwrap();
    assert!(read(&town, &mut mark).await.is_empty());
    slow.commit().await.unwrap();
    assert_eq!(read_all(&town, &mut mark, 3).await, [1, 2, 3]);
}

#[tokio::test]
async fn a_transaction_that_is_rolled_back_is_waited_for_and_leaves_nothing() {
    let town = Town::new().await;
    let mut mark = Mark::start();
    let mut slow = town.db.begin().await.unwrap();
    append(&mut slow, 1).await;
    let mut fast = town.db.begin().await.unwrap();
    append(&mut fast, 2).await;
    fast.commit().await.unwrap();
    slow.rollback().await.unwrap();
    assert_eq!(read_all(&town, &mut mark, 1).await, [2]);
}

/// Writers of all speeds, and a reader who never stops: everything is read once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everything_is_read_once_while_many_write() {
    const WRITERS: u128 = 12;
    const EACH: u128 = 15;
    let town = Town::new().await;
    let writers = (0..WRITERS).map(|w| {
        let world = town.world();
        async move {
            for n in 0..EACH {
                let mut tx = world.db.begin().await.unwrap();
                append(&mut tx, w * 1_000 + n * 2).await;
                tokio::time::sleep(std::time::Duration::from_millis(
                    u64::try_from((w * 7 + n * 3) % 11).unwrap(),
                ))
                .await;
                append(&mut tx, w * 1_000 + n * 2 + 1).await;
                if n % 5 == 4 { tx.rollback().await.unwrap() } else { tx.commit().await.unwrap() }
            }
        }
    });
    let writing = tokio::spawn(all(writers.collect::<Vec<_>>()));
    let (mut mark, mut seen) = (Mark::start(), Vec::new());
    while !writing.is_finished() {
        seen.extend(read(&town, &mut mark).await);
    }
    writing.await.unwrap();
    let expected = usize::try_from(WRITERS * EACH * 4 / 5 * 2).unwrap();
    if seen.len() < expected {
        let rest = expected - seen.len();
        seen.extend(read_all(&town, &mut mark, rest).await);
    }
    assert!(read(&town, &mut mark).await.is_empty());
    assert_eq!(seen.len(), expected);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), expected, "none twice");
    let pairs = seen.chunks(2).all(|p| p[0] + 1 == p[1] && p[0] % 2 == 0);
    assert!(pairs, "the events of one transaction stay together, in their order");
}

/// Two readers of one name share a bookmark: what one has handled the other does not see.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_workers_share_one_bookmark() {
    let town = Town::new().await;
    for n in 0..40 {
        let mut tx = town.db.begin().await.unwrap();
        append(&mut tx, n).await;
        tx.commit().await.unwrap();
    }
    let readers = (0..4).map(|_| {
        let world = town.world();
        async move {
            let mut mine = Vec::new();
            for _ in 0..400 {
                let mut tx = world.db.begin().await.unwrap();
                let Some(mark) = events::lock_bookmark(&mut tx, "tests").await.unwrap() else {
                    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                    continue;
                };
                let happened = events::after(&mut tx, &mark, 3).await.unwrap();
                let Some(last) = happened.last() else {
                    drop(tx);
                    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
                    continue;
                };
                events::move_bookmark(&mut tx, "tests", last.mark()).await.unwrap();
                tx.commit().await.unwrap();
                mine.extend(happened.iter().map(|e| e.subject.as_u128()));
            }
            mine
        }
    });
    let mut read: Vec<u128> = all(readers.collect::<Vec<_>>()).await.concat();
    read.sort_unstable();
    assert_eq!(read, (0..40).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_a_reader_has_not_read_is_not_forgotten() {
    let town = Town::new().await;
    let mut tx = town.db.begin().await.unwrap();
    append(&mut tx, 1).await;
    assert!(events::lock_bookmark(&mut tx, "tests").await.unwrap().is_some());
    tx.commit().await.unwrap();
    town.clock.advance(time::Duration::days(30));
    let prune = async || {
        let mut tx = town.db.begin().await.unwrap();
        let before = tx.now() - time::Duration::days(7);
        let gone = events::prune(&mut tx, before).await.unwrap();
        tx.commit().await.unwrap();
        gone
    };
    assert_eq!(prune().await, 0);
    let mut tx = town.db.begin().await.unwrap();
    append(&mut tx, 2).await;
    tx.commit().await.unwrap();
    let mut mark = Mark::start();
    assert_eq!(read_all(&town, &mut mark, 2).await, [1, 2]);
    let mut tx = town.db.begin().await.unwrap();
    events::move_bookmark(&mut tx, "tests", &mark).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(prune().await, 1, "the old one; the newer one is young");
    sqlx::query("delete from event_readers").execute(&town.owner).await.unwrap();
}
