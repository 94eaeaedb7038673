//! The chain over finished entries. A sealer waits for every open transaction of the whole server, those of other tests too; so
//! it is asked again until everything is sealed.

use super::{AT, eur, new, post_all, verified};
use ledger::flows;
use ledger::seal::{self, Seal};
use ledger::verify::names;
use platform::Db;
use platform::objects::Objects;
use sqlx::PgPool;
use std::time::Duration;
use testkit::Town;

async fn paid(db: &Db, orders: usize) {
    post_all(db, (0..orders).map(|_| flows::paid(new(db), AT, eur(500), eur(45), db.now()))).await;
}

async fn waiting(db: &Db) -> i64 {
    seal::waiting(&mut db.read().await.unwrap()).await.unwrap()
}

async fn seal_until(db: &Db, left: i64) {
    for _ in 0..5_000 {
        Seal::run(db).await.unwrap();
        if waiting(db).await <= left {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("{} entries wait for their seal", waiting(db).await);
}

/// What the owner of the tables does behind the program's back.
async fn tamper(owner: &PgPool, statements: &str) {
    let whole = format!(
        "alter table ledger.lines disable trigger user; alter table ledger.entries disable trigger user;
         alter table ledger.seals disable trigger user;
         {statements};
         alter table ledger.lines enable trigger user; alter table ledger.entries enable trigger user;
         alter table ledger.seals enable trigger user"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(whole)).execute(owner).await.unwrap();
}

async fn chain_holds(db: &Db) -> bool {
    let report = ledger::verify(&mut db.read().await.unwrap()).await.unwrap();
    assert!(report.check(names::GUARDS).unwrap().ok, "{report}");
    report.check(names::CHAIN).unwrap().ok
}

#[tokio::test]
async fn an_entry_of_an_older_transaction_waits_and_is_not_forgotten() {
    let town = Town::new().await;
    // The provider's accounts are there, so that nobody waits for who opens them.
    paid(&town.db, 1).await;
    seal_until(&town.db, 0).await;
    let mut late = town.db.begin().await.unwrap();
    let entry = flows::paid(new(&town.db), AT, eur(100), eur(0), town.db.now()).unwrap();
    ledger::post(&mut late, &entry).await.unwrap();
    paid(&town.db, 2).await;
    Seal::run(&town.db).await.unwrap();
    assert_eq!(waiting(&town.db).await, 2, "nothing younger than an open transaction is sealed");
    late.commit().await.unwrap();
    seal_until(&town.db, 0).await;
    assert_eq!(town.count("select sum(entries)::bigint from ledger.seals").await, 4);
    verified(&town.db).await;
}

#[tokio::test]
async fn four_sealers_seal_everything_once() {
    let town = Town::new().await;
    paid(&town.db, 20).await;
    let sealers: Vec<_> = (0..4)
        .map(|_| {
            let db = town.db.clone();
            tokio::spawn(async move { seal_until(&db, 0).await })
        })
        .collect();
    for sealer in sealers {
        sealer.await.unwrap();
    }
    assert_eq!(town.count("select sum(entries)::bigint from ledger.seals").await, 20);
    verified(&town.db).await;
}

#[tokio::test]
async fn a_changed_line_is_found() {
    let town = Town::new().await;
    town.spoils_the_books();
    paid(&town.db, 3).await;
    seal_until(&town.db, 0).await;
    assert!(chain_holds(&town.db).await);
    tamper(&town.owner, "update ledger.entries set provider_ref = 'mine' where entry_id = 2").await;
    assert!(!chain_holds(&town.db).await);
    tamper(&town.owner, "update ledger.entries set provider_ref = 'pay_1' where entry_id = 2").await;
    assert!(chain_holds(&town.db).await);
    tamper(&town.owner, "update ledger.lines set amount = amount * 2 where entry_id = 3").await;
    assert!(!chain_holds(&town.db).await);
}

/// The whole chain is made anew over what was changed: it holds in itself, and is not the one that was anchored.
#[tokio::test]
async fn a_rewritten_chain_differs_from_the_anchor() {
    let town = Town::new().await;
    town.spoils_the_books();
    let objects = Objects::in_memory();
    paid(&town.db, 3).await;
    seal_until(&town.db, 0).await;
    let kept = seal::anchor(&town.db, &objects).await.unwrap().unwrap();
    let against = || async {
        let mut reader = town.db.read().await.unwrap();
        seal::against_anchor(&mut reader, &objects).await.unwrap()
    };
    assert_eq!(against().await, Vec::<String>::new());

    tamper(
        &town.owner,
        "update ledger.entries set provider_ref = 'mine' where entry_id = 2; delete from ledger.seals",
    )
    .await;
    assert_eq!(against().await.len(), 1, "it was cut");
    seal_until(&town.db, 0).await;
    assert!(chain_holds(&town.db).await);
    assert_eq!(against().await.len(), 1, "it was rewritten");
    assert!(seal::anchor(&town.db, &objects).await.is_err());
    assert_eq!(seal::kept(&objects).await.unwrap(), Some(kept), "the evidence stays");
}

/// A seal does not depend on how somebody's session writes times.
#[tokio::test]
async fn the_chain_is_the_same_for_every_session() {
    let town = Town::new().await;
    paid(&town.db, 2).await;
    seal_until(&town.db, 0).await;
    let mut session = town.owner.acquire().await.unwrap();
    let odd = "set timezone = 'Asia/Tokyo'; set datestyle = 'German, DMY'; set extra_float_digits = 0";
    sqlx::raw_sql(odd).execute(&mut *session).await.unwrap();
    let faults: i64 = sqlx::query_scalar("select count(*) from ledger.seal_faults()")
        .fetch_one(&mut *session)
        .await
        .unwrap();
    assert_eq!(faults, 0);
    session.close().await.unwrap();
}
