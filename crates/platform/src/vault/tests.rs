use super::rotation::{self, Rotation, RotationError};
use super::*;
use crate::fixture::Fixture;
use crate::scratch::Scratch;

#[tokio::test]
async fn each_person_has_a_key_and_forgetting_it_is_forgetting_all() {
    let fixture = Fixture::start("vault").await;
    let vault = Vault::new(&Key::from_bytes([5; 32]));
    let (ann, ben) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let mut tx = fixture.db.begin().await.unwrap();
    let anns = vault.seal(&mut tx, ann, "totp", b"ann's secret").await.unwrap();
    let more = vault.seal(&mut tx, ann, "iban", b"ann's account").await.unwrap();
    let bens = vault.seal(&mut tx, ben, "totp", b"ben's secret").await.unwrap();
    assert_eq!(vault.open(&mut tx, ann, "totp", &anns).await.unwrap(), b"ann's secret");
    assert_eq!(vault.open(&mut tx, ann, "iban", &more).await.unwrap(), b"ann's account");
    for (who, place) in [(ben, "totp"), (ann, "iban")] {
        let moved = vault.open(&mut tx, who, place, &anns).await;
        assert!(matches!(moved, Err(VaultError::Unsealable(_))), "{moved:?}");
    }
    let other = Vault::new(&Key::from_bytes([6; 32])).open(&mut tx, ann, "totp", &anns).await;
    assert!(matches!(other, Err(VaultError::Unsealable(_))), "with another vault key: {other:?}");
    vault.forget(&mut tx, ann).await.unwrap();
    for (place, sealed) in [("totp", &anns), ("iban", &more)] {
        let gone = vault.open(&mut tx, ann, place, sealed).await;
        assert!(matches!(gone, Err(VaultError::Forgotten)), "{gone:?}");
    }
    assert_eq!(vault.open(&mut tx, ben, "totp", &bens).await.unwrap(), b"ben's secret");
    drop(tx);
    fixture.stop().await;
}

/// Everybody's secret, sealed once and opened again and again while the key is replaced.
async fn seal_for_all(fixture: &Fixture, vault: &Vault, people: u128) -> Vec<(Uuid, Vec<u8>)> {
    let mut tx = fixture.db.begin().await.unwrap();
    let mut sealed = Vec::new();
    for n in 1..=people {
        let who = Uuid::from_u128(n);
        sealed.push((who, vault.seal(&mut tx, who, "totp", who.as_bytes()).await.unwrap()));
    }
    tx.commit().await.unwrap();
    sealed
}

async fn all_open(fixture: &Fixture, vault: &Vault, sealed: &[(Uuid, Vec<u8>)]) {
    let mut reader = fixture.db.read().await.unwrap();
    for (who, bytes) in sealed {
        assert_eq!(vault.open(&mut reader, *who, "totp", bytes).await.unwrap(), who.as_bytes());
    }
}

#[tokio::test]
async fn the_key_is_replaced_while_everything_opens() {
    let fixture = Fixture::start("rotation").await;
    let scratch = Scratch::new("rotation-keys");
    let (dir, db) = (scratch.path(), &fixture.db);
    let running = Vault::load(dir, db.dice()).unwrap();
    let mut sealed = seal_for_all(&fixture, &running, 1_200).await;
    // Some were wrapped before keys had names.
    let mut tx = db.begin().await.unwrap();
    sqlx::query(
        "update vault.subject_keys set wrapped_by = '' where get_byte(uuid_send(subject_id), 15) % 2 = 0",
    )
    .execute(tx.conn())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    all_open(&fixture, &running, &sealed).await;

    // It is killed after the first batch, and somebody new comes.
    let mut rotation = Rotation::begin(db, dir).await.unwrap();
    assert_eq!(rotation.total, 1_200);
    assert_eq!(rotation.step(db).await.unwrap(), 500);
    drop(rotation);
    all_open(&fixture, &running, &sealed).await;
    let late = Uuid::from_u128(5_000);
    let mut tx = db.begin().await.unwrap();
    sealed.push((late, running.seal(&mut tx, late, "totp", late.as_bytes()).await.unwrap()));
    tx.commit().await.unwrap();
    assert!(rotation::status(db, dir).await.unwrap().rotating);

    // It goes on where it was; who starts in between knows both keys.
    let restarted = Vault::load(dir, db.dice()).unwrap();
    let mut rotation = Rotation::begin(db, dir).await.unwrap();
    assert_eq!(rotation.total, 700, "who came late has the new key already");
    while rotation.step(db).await.unwrap() > 0 {
        all_open(&fixture, &running, &sealed).await;
    }
    let old = rotation.finish(db).await.unwrap();
    let status = rotation::status(db, dir).await.unwrap();
    assert!(!status.rotating);
    let used: Vec<_> = status.keys.iter().filter(|key| key.people > 0).collect();
    assert!(matches!(used[..], [key] if key.people == 1_201 && Some(&key.name) == status.current.as_ref()));

    // The old key's file is not needed any more.
    std::fs::remove_file(&old).unwrap();
    for vault in [&running, &restarted, &Vault::load(dir, db.dice()).unwrap()] {
        all_open(&fixture, vault, &sealed).await;
    }
    // And it can be done again.
    let mut again = Rotation::begin(db, dir).await.unwrap();
    while again.step(db).await.unwrap() > 0 {}
    again.finish(db).await.unwrap();
    all_open(&fixture, &running, &sealed).await;
    fixture.stop().await;
}

#[tokio::test]
async fn a_key_that_does_not_open_keeps_the_old_one_in_use() {
    let fixture = Fixture::start("rotation-stuck").await;
    let scratch = Scratch::new("rotation-stuck-keys");
    let (dir, db) = (scratch.path(), &fixture.db);
    let vault = Vault::load(dir, db.dice()).unwrap();
    let sealed = seal_for_all(&fixture, &vault, 3).await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("update vault.subject_keys set wrapped = '\\x00' where subject_id = $1")
        .bind(Uuid::from_u128(2))
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut rotation = Rotation::begin(db, dir).await.unwrap();
    while rotation.step(db).await.unwrap() > 0 {}
    assert!(matches!(rotation.finish(db).await, Err(RotationError::Stuck(1))));
    assert!(rotation::status(db, dir).await.unwrap().rotating);
    let others: Vec<_> = sealed.into_iter().filter(|(who, _)| *who != Uuid::from_u128(2)).collect();
    all_open(&fixture, &vault, &others).await;
    fixture.stop().await;
}

#[tokio::test]
async fn a_key_that_is_missing_is_named() {
    let fixture = Fixture::start("rotation-missing").await;
    let (scratch, other) = (Scratch::new("rotation-here"), Scratch::new("rotation-elsewhere"));
    let vault = Vault::load(scratch.path(), fixture.db.dice()).unwrap();
    seal_for_all(&fixture, &vault, 1).await;
    let refused = Rotation::begin(&fixture.db, other.path()).await;
    assert!(matches!(refused, Err(RotationError::Missing(_))), "{refused:?}");
    fixture.stop().await;
}
