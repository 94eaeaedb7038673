//! The SQL of tokens: signed-in programs.

use super::{Done, find};
use crate::accounts::model::Program;
use crate::accounts::tokens::Bearer;
use kernel::{MemberId, TokenFamilyId};
use platform::{Reader, Tx};
use time::Duration;

pub(in super::super) async fn insert_family(
    tx: &mut Tx,
    id: TokenFamilyId,
    member: MemberId,
    agent: &str,
    strong: bool,
    life: Duration,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into token_families (family_id, member_id, created_at, expires_at, user_agent, strong)
           values ($1, $2, $3, $4, left($5, 300), $6)"#,
        id.0,
        member.0,
        now,
        now + life,
        agent,
        strong
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn insert_access(
    tx: &mut Tx,
    family: TokenFamilyId,
    hash: &[u8],
    life: Duration,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into access_tokens (token_hash, family_id, expires_at) values ($1, $2, $3)",
        hash,
        family.0,
        now + life
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn insert_refresh(
    tx: &mut Tx,
    family: TokenFamilyId,
    generation: i32,
    hash: &[u8],
    life: Duration,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into refresh_tokens (token_hash, family_id, generation, expires_at) values ($1, $2, $3, $4)",
        hash,
        family.0,
        generation,
        now + life
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn find_access(r: &mut Reader, hash: &[u8]) -> Done<Option<Bearer>> {
    let now = r.now();
    let found = sqlx::query!(
        r#"select f.family_id as "family_id: TokenFamilyId", f.member_id as "member_id: MemberId", f.strong, f.created_at
           from access_tokens a join token_families f using (family_id)
           where a.token_hash = $1 and a.expires_at > $2 and f.revoked_at is null"#,
        hash,
        now
    )
    .fetch_optional(r.conn())
    .await?;
    match found {
        Some(found) => Ok(find(r, found.member_id).await?.map(|member| Bearer {
            family: found.family_id,
            member,
            is_strong: found.strong,
            signed_in_at: found.created_at,
        })),
        None => Ok(None),
    }
}

pub(in super::super) struct Refresh {
    pub family: TokenFamilyId,
    pub generation: i32,
    pub used: bool,
    pub expired: bool,
    /// The family was ended before.
    pub ended: bool,
    pub member: MemberId,
    pub user_agent: String,
}

/// Locks the family first and reads the token then, as whoever held the lock before has left it.
pub(in super::super) async fn lock_refresh(tx: &mut Tx, hash: &[u8]) -> Done<Option<Refresh>> {
    sqlx::query!(
        r#"select from token_families where family_id = (select family_id from refresh_tokens where token_hash = $1)
           for update"#,
        hash
    )
    .fetch_optional(tx.conn())
    .await?;
    let now = tx.now();
    sqlx::query_as!(
        Refresh,
        r#"select r.family_id as "family: TokenFamilyId", r.generation, r.used_at is not null as "used!",
             (r.expires_at <= $2 or f.expires_at <= $2) as "expired!", f.revoked_at is not null as "ended!",
             f.member_id as "member: MemberId", f.user_agent
           from refresh_tokens r join token_families f using (family_id) where r.token_hash = $1"#,
        hash,
        now
    )
    .fetch_optional(tx.conn())
    .await
}

pub(in super::super) async fn use_refresh(tx: &mut Tx, family: TokenFamilyId, generation: i32) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update refresh_tokens set used_at = $3 where family_id = $1 and generation = $2",
        family.0,
        generation,
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("delete from access_tokens where family_id = $1", family.0).execute(tx.conn()).await?;
    Ok(())
}

/// Those that can still get tokens.
pub(in super::super) async fn programs(r: &mut Reader, member: MemberId) -> Done<Vec<Program>> {
    let now = r.now();
    sqlx::query_as!(
        Program,
        r#"select f.family_id as "id: TokenFamilyId", f.user_agent, f.created_at
           from token_families f
           where f.member_id = $1 and f.revoked_at is null and f.expires_at > $2
             and exists (select from refresh_tokens t
               where t.family_id = f.family_id and t.used_at is null and t.expires_at > $2)
           order by f.created_at desc, f.family_id desc limit 100"#,
        member.0,
        now
    )
    .fetch_all(r.conn())
    .await
}

/// `false` when the member has no such program, or it was ended before.
pub(in super::super) async fn revoke_program(
    tx: &mut Tx,
    member: MemberId,
    family: TokenFamilyId,
) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update token_families set revoked_at = $3
           where family_id = $1 and member_id = $2 and revoked_at is null"#,
        family.0,
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What the programs called themselves that the member was signed in with lately.
pub(in super::super) async fn agents(r: &mut Reader, member: MemberId) -> Done<Vec<String>> {
    sqlx::query_scalar!(
        "select distinct user_agent from token_families where member_id = $1 limit 100",
        member.0
    )
    .fetch_all(r.conn())
    .await
}

pub(in super::super) async fn revoke_family(tx: &mut Tx, family: TokenFamilyId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update token_families set revoked_at = coalesce(revoked_at, $2) where family_id = $1",
        family.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn revoke_families(tx: &mut Tx, member: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update token_families set revoked_at = $2 where member_id = $1 and revoked_at is null",
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
