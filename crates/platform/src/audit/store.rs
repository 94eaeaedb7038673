//! The SQL of the audit log and its seals.

use super::chain::{Hash, Line, Seal};
use super::{Entry, Filter};
use crate::db::{Reader, Rows, Tx};
use kernel::MemberId;
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

/// One sealer at a time, in all processes.
const SEALER: i64 = i64::from_be_bytes(*b"tpsealer");

pub(super) async fn insert(
    tx: &mut Tx,
    actor: Option<MemberId>,
    action: &str,
    object: (&str, Uuid),
    detail: serde_json::Value,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into audit_log (at, actor_id, action, object_kind, object_id, detail) values ($1, $2, $3, $4, $5, $6)",
        now,
        actor.map(|a| a.0),
        action,
        object.0,
        object.1,
        detail
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn entries(
    r: &mut Reader,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Done<Vec<Entry>> {
    sqlx::query_as!(
        Entry,
        r#"select audit_id as id, at, actor_id as "actor: MemberId", action, object_kind, object_id as object, detail
           from audit_log
           where starts_with(action, $1) and ($2::uuid is null or actor_id = $2)
             and ($3::uuid is null or object_id = $3) and ($4::bigint is null or audit_id < $4)
           order by audit_id desc limit $5"#,
        filter.action,
        filter.actor.map(|a| a.0),
        filter.object,
        before,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// `false` while somebody else seals.
pub(super) async fn lock_sealer(tx: &mut Tx) -> Done<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "got!""#, SEALER)
        .fetch_one(tx.conn())
        .await
}

/// The last seal.
pub(super) struct Head {
    pub n: i64,
    pub hash: Hash,
    audit_id: i64,
}

pub(super) async fn head(r: &mut Reader) -> Done<Option<Head>> {
    let row = sqlx::query!("select n, hash, audit_id from audit_seals order by n desc limit 1")
        .fetch_optional(r.conn())
        .await?;
    Ok(row.map(|row| Head { n: row.n, hash: hash(&row.hash), audit_id: row.audit_id }))
}

/// Committed lines without a seal, in commit order. What an open transaction has written, or one that began after it,
/// waits: it must not be overtaken. A line may be committed late, so the last ten thousand before the last sealed one
/// are looked at too.
pub(super) async fn unsealed(r: &mut Reader, after: Option<&Head>, limit: i64) -> Done<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"select audit_id, at, actor_id, action, object_kind, object_id, detail from audit_log a
           where a.xid < pg_snapshot_xmin(pg_current_snapshot())
             and a.audit_id > coalesce($1::bigint, 10000) - 10000
             and not exists (select from audit_seals s where s.audit_id = a.audit_id)
           order by a.xid, a.audit_id limit $2"#,
        after.map(|head| head.audit_id),
        limit
    )
    .fetch_all(r.conn())
    .await
}

pub(super) async fn hash_of(r: &mut Reader, n: i64) -> Done<Option<Hash>> {
    let row =
        sqlx::query_scalar!("select hash from audit_seals where n = $1", n).fetch_optional(r.conn()).await?;
    Ok(row.as_deref().map(hash))
}

pub(super) async fn insert_seal(tx: &mut Tx, n: i64, audit_id: i64, prev: &Hash, hash: &Hash) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into audit_seals (n, audit_id, prev, hash, sealed_at) values ($1, $2, $3, $4, $5)",
        n,
        audit_id,
        prev.as_slice(),
        hash.as_slice(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn seals_after(r: &mut Reader, n: i64, limit: i64) -> Done<Vec<Seal>> {
    let rows = sqlx::query!(
        r#"select s.n, s.prev, s.hash, a.audit_id as "audit_id?", a.at as "at?", a.actor_id, a.action as "action?",
             a.object_kind as "object_kind?", a.object_id, a.detail as "detail?"
           from audit_seals s left join audit_log a using (audit_id) where s.n > $1 order by s.n limit $2"#,
        n,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let line = match (row.audit_id, row.at, row.action, row.object_kind, row.detail) {
                (Some(audit_id), Some(at), Some(action), Some(object_kind), Some(detail)) => Some(Line {
                    audit_id,
                    at,
                    actor_id: row.actor_id,
                    action,
                    object_kind,
                    object_id: row.object_id,
                    detail,
                }),
                _ => None,
            };
            Seal { n: row.n, prev: hash(&row.prev), hash: hash(&row.hash), line }
        })
        .collect())
}

pub(super) async fn waiting(r: &mut Reader) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from audit_log a where not exists (
             select from audit_seals s where s.audit_id = a.audit_id)"#
    )
    .fetch_one(r.conn())
    .await
}

/// Lines that the sealer does not look at any more.
pub(super) async fn forgotten(r: &mut Reader) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from audit_log a
           where a.audit_id <= (select max(audit_id) - 10000 from audit_seals)
             and not exists (select from audit_seals s where s.audit_id = a.audit_id)"#
    )
    .fetch_one(r.conn())
    .await
}

/// The table lets no other length in.
fn hash(bytes: &[u8]) -> Hash {
    bytes.try_into().unwrap_or_default()
}

/// What a member did, oldest first.
pub fn copy(r: &mut Reader, actor: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select at, action, object_kind, object_id from audit_log where actor_id = $1 order by audit_id) x"#,
        actor.0
    )
    .fetch(r.conn())
}
