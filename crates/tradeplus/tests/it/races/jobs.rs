//! Several workers at one queue.

use platform::Db;
use platform::jobs::{Job, JobError, Registry, Worker, drain, enqueue, schedule};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::Town;
use tokio_util::sync::CancellationToken;

/// A job of these tests.
#[derive(Serialize, Deserialize, Debug)]
struct Ring {
    bell: u32,
}

impl Job for Ring {
    const KIND: &'static str = "tests.ring";
    const TRIES_MAX: i32 = 3;
}

/// How often each bell rang.
type Rings = Arc<Mutex<HashMap<u32, u32>>>;

fn bells() -> Registry<Rings> {
    Registry::new().on(|rings: Rings, job: Ring| async move {
        tokio::time::sleep(Duration::from_millis(1)).await;
        *rings.lock().unwrap().entry(job.bell).or_default() += 1;
        Ok(())
    })
}

async fn hang(db: &Db, count: u32) {
    let mut tx = db.begin().await.unwrap();
    for bell in 0..count {
        enqueue(&mut tx, &Ring { bell }).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn until(mut done: impl AsyncFnMut() -> bool) {
    for _ in 0..2_000 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it does not come to an end");
}

const WAITING: &str = "select count(*) from jobs where kind = 'tests.ring'";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_workers_do_each_job_once() {
    let town = Town::new().await;
    hang(&town.db, 200).await;
    let (rings, stop) = (Rings::default(), CancellationToken::new());
    let workers: Vec<_> = (0..2)
        .map(|_| tokio::spawn(Worker::new(town.db.clone(), bells(), rings.clone(), 4).run(stop.clone())))
        .collect();
    until(async || town.count(WAITING).await == 0).await;
    stop.cancel();
    for worker in workers {
        worker.await.unwrap();
    }
    let rings = rings.lock().unwrap().clone();
    assert_eq!(rings.len(), 200);
    assert!(rings.values().all(|n| *n == 1), "{rings:?}");
}

/// A worker that dies with a job in its hands loses it when its lease ends, and not before.
#[tokio::test]
async fn a_dead_workers_job_is_done_after_its_lease() {
    let town = Town::new().await;
    hang(&town.db, 1).await;
    sqlx::query("update jobs set leased_by = gen_random_uuid(), tries = 1, lease_until = $1")
        .bind(town.now() + time::Duration::seconds(60))
        .execute(&town.owner)
        .await
        .unwrap();
    let rings = Rings::default();
    drain(&town.db, &bells(), &rings).await.unwrap();
    assert!(rings.lock().unwrap().is_empty());
    town.clock.advance(time::Duration::seconds(61));
    drain(&town.db, &bells(), &rings).await.unwrap();
    assert_eq!(rings.lock().unwrap()[&0], 1);
    assert_eq!(town.count(WAITING).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_keeps_failing_is_given_up_and_can_be_revived() {
    let town = Town::new().await;
    town.gives_up_jobs();
    hang(&town.db, 1).await;
    let tries = Arc::new(AtomicU32::new(0));
    let failing: Registry<Arc<AtomicU32>> = Registry::new().on(|tries: Arc<AtomicU32>, _: Ring| async move {
        match tries.fetch_add(1, Ordering::SeqCst) {
            0 => Err(JobError::Again("not now".into())),
            1 => panic!("a job that panics"),
            _ => Err(JobError::Again("never, it seems".into())),
        }
    });
    let stop = CancellationToken::new();
    let worker = tokio::spawn(Worker::new(town.db.clone(), failing, tries.clone(), 1).run(stop.clone()));
    until(async || {
        town.clock.advance(time::Duration::minutes(1));
        town.count("select count(*) from jobs where dead_at is not null").await == 1
    })
    .await;
    stop.cancel();
    worker.await.unwrap();
    assert_eq!(tries.load(Ordering::SeqCst), 3, "as often as it is worth");
    let dead = platform::jobs::dead(&mut town.db.read().await.unwrap()).await.unwrap().pop().unwrap();
    assert_eq!((dead.kind.as_str(), dead.last_error.as_deref()), ("tests.ring", Some("never, it seems")));
    let mut tx = town.db.begin().await.unwrap();
    assert!(platform::jobs::revive(&mut tx, dead.id).await.unwrap());
    assert!(!platform::jobs::revive(&mut tx, dead.id).await.unwrap(), "it lives");
    tx.commit().await.unwrap();
    let rings = Rings::default();
    drain(&town.db, &bells(), &rings).await.unwrap();
    assert_eq!(rings.lock().unwrap()[&0], 1);
}

#[tokio::test]
async fn of_two_jobs_with_one_key_the_later_counts() {
    let town = Town::new().await;
    for (bell, minutes) in [(1, 10), (2, 20), (3, 5)] {
        let mut tx = town.db.begin().await.unwrap();
        let at = tx.now() + time::Duration::minutes(minutes);
        schedule(&mut tx, "the bell", &Ring { bell }, at).await.unwrap();
        tx.commit().await.unwrap();
    }
    let rings = Rings::default();
    town.clock.advance(time::Duration::minutes(4));
    drain(&town.db, &bells(), &rings).await.unwrap();
    assert!(rings.lock().unwrap().is_empty());
    town.clock.advance(time::Duration::minutes(60));
    drain(&town.db, &bells(), &rings).await.unwrap();
    assert_eq!(rings.lock().unwrap().clone(), HashMap::from([(3, 1)]));
}

/// Asked for again while it runs: it runs again.
#[tokio::test]
async fn what_is_asked_for_while_it_is_done_is_done_again() {
    let town = Town::new().await;
    let mut tx = town.db.begin().await.unwrap();
    let now = tx.now();
    schedule(&mut tx, "the bell", &Ring { bell: 1 }, now).await.unwrap();
    tx.commit().await.unwrap();
    let again: Registry<(Rings, Db)> = Registry::new().on(|(rings, db): (Rings, Db), job: Ring| async move {
        let first = {
            let mut rings = rings.lock().unwrap();
            *rings.entry(job.bell).or_default() += 1;
            rings.len() == 1
        };
        if first && job.bell == 1 {
            let mut tx = db.begin().await?;
            let now = tx.now();
            schedule(&mut tx, "the bell", &Ring { bell: 2 }, now).await?;
            tx.commit().await?;
        }
        Ok(())
    });
    let rings = Rings::default();
    for _ in 0..3 {
        drain(&town.db, &again, &(rings.clone(), town.db.clone())).await.unwrap();
        town.clock.advance(time::Duration::minutes(2));
    }
    assert_eq!(rings.lock().unwrap().clone(), HashMap::from([(1, 1), (2, 1)]));
    assert_eq!(town.count(WAITING).await, 0);
}

/// A job of a newer version.
#[derive(Serialize, Deserialize, Debug)]
struct Knock;

impl Job for Knock {
    const KIND: &'static str = "tests.knock";
}

/// While a version is rolled out, workers of the one before leave to it what they cannot do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_worker_cannot_do_waits_for_one_that_can() {
    let town = Town::new().await;
    let mut tx = town.db.begin().await.unwrap();
    enqueue(&mut tx, &Knock).await.unwrap();
    tx.commit().await.unwrap();
    town.clock.advance(time::Duration::seconds(1));
    hang(&town.db, 1).await;
    let (rings, stop) = (Rings::default(), CancellationToken::new());
    let worker = tokio::spawn(Worker::new(town.db.clone(), bells(), rings.clone(), 1).run(stop.clone()));
    until(async || town.count(WAITING).await == 0).await;
    stop.cancel();
    worker.await.unwrap();
    let waits = "select count(*) from jobs where kind = 'tests.knock' and dead_at is null and tries = 0";
    assert_eq!(town.count(waits).await, 1, "neither tried nor given up");
    let newer: Registry<Rings> = Registry::new().on(|rings: Rings, _: Knock| async move {
        rings.lock().unwrap().insert(7, 1);
        Ok(())
    });
    drain(&town.db, &newer, &rings).await.unwrap();
    assert_eq!(rings.lock().unwrap()[&7], 1);
}

/// A job of a transaction that is rolled back never was.
#[tokio::test]
async fn what_did_not_happen_is_not_done() {
    let town = Town::new().await;
    let mut tx = town.db.begin().await.unwrap();
    enqueue(&mut tx, &Ring { bell: 1 }).await.unwrap();
    tx.rollback().await.unwrap();
    let rings = Rings::default();
    drain(&town.db, &bells(), &rings).await.unwrap();
    assert!(rings.lock().unwrap().is_empty());
}
