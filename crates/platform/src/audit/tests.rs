use super::*;
use crate::fixture::Fixture;
use sqlx::{Connection, Executor, PgConnection};

async fn write_lines(db: &Db, lines: u128) {
    for n in 0..lines {
        let mut tx = db.begin().await.unwrap();
        let detail = serde_json::json!({ "n": n.to_string() });
        write(&mut tx, None, "tests.write", ("thing", Uuid::from_u128(n)), detail).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn seal(db: &Db) {
    while seal_next(db).await.unwrap() {}
}

/// What the owner of the tables does behind the program's back.
async fn tamper(fixture: &Fixture, statements: &'static str) {
    let mut owner = PgConnection::connect(&fixture.cluster.owner_url()).await.unwrap();
    owner.execute(sqlx::raw_sql("alter table audit_log disable trigger user")).await.unwrap();
    owner.execute(sqlx::raw_sql("alter table audit_seals disable trigger user")).await.unwrap();
    owner.execute(sqlx::raw_sql(statements)).await.unwrap();
    owner.execute(sqlx::raw_sql("alter table audit_log enable trigger user")).await.unwrap();
    owner.execute(sqlx::raw_sql("alter table audit_seals enable trigger user")).await.unwrap();
    owner.close().await.unwrap();
}

#[tokio::test]
async fn a_whole_chain_is_believed() {
    let fixture = Fixture::start("audit-whole").await;
    let objects = Objects::in_memory();
    assert_eq!(verify(&fixture.db, &objects).await.unwrap(), Report::default());
    write_lines(&fixture.db, 5).await;
    assert_eq!(verify(&fixture.db, &objects).await.unwrap().waiting, 5);
    seal(&fixture.db).await;
    let before = anchor(&fixture.db, &objects).await.unwrap().unwrap();
    write_lines(&fixture.db, 3).await;
    let sealers: Vec<_> = (0..4)
        .map(|_| {
            tokio::spawn({
                let db = fixture.db.clone();
                async move { seal_next(&db).await }
            })
        })
        .collect();
    for sealer in sealers {
        assert!(!sealer.await.unwrap().unwrap());
    }
    seal(&fixture.db).await;
    let report = verify(&fixture.db, &objects).await.unwrap();
    assert_eq!((report.sealed, report.waiting, report.anchor), (8, 0, Some(5)));
    assert!(report.faults.is_empty() && report.head != before.hash, "{report:?}");
    fixture.stop().await;
}

/// What a transaction wrote early and committed late is not overtaken: it is sealed in its place.
#[tokio::test]
async fn a_late_commit_is_sealed_too() {
    let fixture = Fixture::start("audit-late").await;
    let mut late = fixture.db.begin().await.unwrap();
    write(&mut late, None, "tests.late", ("thing", Uuid::nil()), serde_json::json!({})).await.unwrap();
    write_lines(&fixture.db, 2).await;
    seal(&fixture.db).await;
    late.commit().await.unwrap();
    seal(&fixture.db).await;
    let report = verify(&fixture.db, &Objects::in_memory()).await.unwrap();
    assert_eq!((report.sealed, report.waiting, report.faults.len()), (3, 0, 0), "{report:?}");
    fixture.stop().await;
}

#[tokio::test]
async fn edits_deletions_swaps_and_cuts_are_found() {
    let fixture = Fixture::start("audit-faults").await;
    let objects = Objects::in_memory();
    write_lines(&fixture.db, 6).await;
    seal(&fixture.db).await;
    anchor(&fixture.db, &objects).await.unwrap();
    let mut owner = PgConnection::connect(&fixture.cluster.owner_url()).await.unwrap();
    for refused in
        ["update audit_log set action = 'x'", "delete from audit_seals", "truncate audit_log cascade"]
    {
        let error = owner.execute(sqlx::raw_sql(refused)).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().code().unwrap(), "42501", "{refused}");
    }
    let cases = [
        (
            "update audit_log set detail = '{\"n\": \"x\"}' where audit_id = 3",
            "line 3 is not what was sealed",
        ),
        ("update audit_log set detail = '{\"n\": \"2\"}' where audit_id = 3", ""),
        (
            "update audit_seals set n = -n where n in (2, 3); update audit_seals set n = 5 + n where n < 0",
            "line 2 is not what was sealed",
        ),
        ("update audit_seals set n = -n where n in (2, 3); update audit_seals set n = 5 + n where n < 0", ""),
        ("delete from audit_seals where n = 4; delete from audit_log where audit_id = 4", "seal 4 is gone"),
    ];
    for (statements, fault) in cases {
        tamper(&fixture, statements).await;
        let report = verify(&fixture.db, &objects).await.unwrap();
        match fault {
            "" => assert!(report.faults.is_empty(), "{statements}: {report:?}"),
            fault => assert!(report.faults[0].contains(fault), "{statements}: {report:?}"),
        }
    }
    // The end is gone, seals and all: nothing in the database shows it.
    tamper(&fixture, "delete from audit_seals where n > 3; delete from audit_log where audit_id > 3").await;
    assert!(verify(&fixture.db, &Objects::in_memory()).await.unwrap().faults.is_empty());
    let report = verify(&fixture.db, &objects).await.unwrap();
    assert_eq!(report.faults, ["the last 3 anchored lines are gone: the log was cut"]);
    // Written anew from there, with a chain that fits.
    write_lines(&fixture.db, 6).await;
    seal(&fixture.db).await;
    let report = verify(&fixture.db, &objects).await.unwrap();
    assert!(report.faults[0].contains("the log was rewritten"), "{report:?}");
    owner.close().await.unwrap();
    fixture.stop().await;
}
