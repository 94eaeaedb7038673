//! The SQL of passkeys.

use super::super::passkeys::Key;
use kernel::{MemberId, PasskeyId};
use platform::{Reader, Tx};
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

pub(in super::super) struct New<'a> {
    pub id: PasskeyId,
    pub member: MemberId,
    pub credential_id: &'a [u8],
    pub record: Value,
    pub synced: bool,
}

pub(in super::super) struct Kept {
    pub id: PasskeyId,
    pub record: Value,
}

pub(in super::super) async fn insert_ceremony(
    tx: &mut Tx,
    hash: &[u8],
    member: Option<MemberId>,
    state: Value,
    life: Duration,
) -> Done<()> {
    let until = tx.now() + life;
    sqlx::query!(
        "insert into passkey_ceremonies (ceremony_hash, member_id, state, expires_at) values ($1, $2, $3, $4)",
        hash,
        member.map(|m| m.0),
        state,
        until
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn take_ceremony(
    tx: &mut Tx,
    hash: &[u8],
    member: Option<MemberId>,
) -> Done<Option<Value>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"delete from passkey_ceremonies where ceremony_hash = $1 and member_id is not distinct from $2
             and expires_at > $3 returning state"#,
        hash,
        member.map(|m| m.0),
        now
    )
    .fetch_optional(tx.conn())
    .await
}

pub(in super::super) async fn credential_ids(r: &mut Reader, member: MemberId) -> Done<Vec<Vec<u8>>> {
    sqlx::query_scalar!("select credential_id from passkeys where member_id = $1", member.0)
        .fetch_all(r.conn())
        .await
}

/// `false` when the key is known already, of whomever.
pub(in super::super) async fn insert(tx: &mut Tx, new: New<'_>, name: &str) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"insert into passkeys (passkey_id, member_id, credential_id, credential, name, synced, created_at)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing"#,
        new.id.0,
        new.member.0,
        new.credential_id,
        new.record,
        name,
        new.synced,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) async fn lock(tx: &mut Tx, credential_id: &[u8], whose: Uuid) -> Done<Option<Kept>> {
    sqlx::query_as!(
        Kept,
        r#"select passkey_id as "id: PasskeyId", credential as record from passkeys
           where credential_id = $1 and member_id = $2 for update"#,
        credential_id,
        whose
    )
    .fetch_optional(tx.conn())
    .await
}

pub(in super::super) async fn used(tx: &mut Tx, id: PasskeyId, record: Value, synced: bool) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update passkeys set credential = $2, synced = $3, last_used_at = $4 where passkey_id = $1",
        id.0,
        record,
        synced,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn list(r: &mut Reader, member: MemberId) -> Done<Vec<Key>> {
    sqlx::query_as!(
        Key,
        r#"select passkey_id as "id: PasskeyId", name, synced, created_at, last_used_at from passkeys
           where member_id = $1 order by created_at desc, passkey_id"#,
        member.0
    )
    .fetch_all(r.conn())
    .await
}

pub(in super::super) async fn rename(tx: &mut Tx, member: MemberId, id: PasskeyId, name: &str) -> Done<bool> {
    let done = sqlx::query!(
        "update passkeys set name = $3 where passkey_id = $1 and member_id = $2",
        id.0,
        member.0,
        name
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) async fn delete(tx: &mut Tx, member: MemberId, id: PasskeyId) -> Done<bool> {
    let done = sqlx::query!("delete from passkeys where passkey_id = $1 and member_id = $2", id.0, member.0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) async fn prune(tx: &mut Tx) -> Done<()> {
    let now = tx.now();
    sqlx::query!("delete from passkey_ceremonies where expires_at < $1", now).execute(tx.conn()).await?;
    Ok(())
}
