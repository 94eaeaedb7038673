//! The SQL of keys.

use super::model::{ApiKey, Because, Networks, New, Scope, Used};
use kernel::{ApiKeyId, MemberId, Moment};
use platform::{Reader, Rows, Tx};
use time::Duration;

type Done<T> = Result<T, sqlx::Error>;

struct Row {
    id: ApiKeyId,
    name: String,
    hint: String,
    scopes: Vec<String>,
    networks: Vec<String>,
    per_minute: Option<i32>,
    created_at: Moment,
    expires_at: Moment,
    last_used_at: Option<Moment>,
    last_used_from: Option<String>,
    replaced: bool,
    revoked_at: Option<Moment>,
    revoked_because: Option<String>,
}

impl From<Row> for ApiKey {
    fn from(row: Row) -> Self {
        let because = row.revoked_because.and_then(|b| Because::find(&b)).unwrap_or(Because::Owner);
        Self {
            id: row.id,
            name: row.name,
            hint: row.hint,
            scopes: scopes_of(&row.scopes),
            networks: networks_of(&row.networks),
            per_minute: quota_of(row.per_minute),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            last_used_from: row.last_used_from,
            replaced: row.replaced,
            revoked: row.revoked_at.map(|at| (at, because)),
        }
    }
}

/// A scope that this version does not know allows nothing.
fn scopes_of(names: &[String]) -> Vec<Scope> {
    names.iter().filter_map(|name| Scope::find(name)).collect()
}

/// They were written by `Networks::texts`. Should they be unreadable, nowhere is safer than anywhere.
fn networks_of(texts: &[String]) -> Networks {
    Networks::read(&texts.join(" ")).unwrap_or_else(|_| Networks::nowhere())
}

fn quota_of(per_minute: Option<i32>) -> Option<u32> {
    per_minute.and_then(|n| u32::try_from(n).ok())
}

/// The columns of `Row`, once.
macro_rules! key_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select k.key_id as "id: ApiKeyId", k.name, k.hint, k.scopes, k.networks, k.per_minute, k.created_at,
                 k.expires_at, k.last_used_at, k.last_used_from, k.revoked_at, k.revoked_because,
                 exists (select from api_keys n where n.replaces = k.key_id) as "replaced!"
               from api_keys k where "# + $condition,
            $($arg),*
        )
    };
}

pub(super) async fn find(r: &mut Reader, member: MemberId, id: ApiKeyId) -> Done<Option<ApiKey>> {
    let found = key_where!("k.key_id = $1 and k.member_id = $2", id.0, member.0);
    Ok(found.fetch_optional(r.conn()).await?.map(Into::into))
}

/// The newest first; of those that have ended, the ones that did after `since`.
pub(super) async fn list(r: &mut Reader, member: MemberId, since: Moment) -> Done<Vec<ApiKey>> {
    let found = key_where!(
        "k.member_id = $1 and coalesce(k.revoked_at, k.expires_at) > $2 order by k.created_at desc, k.key_id desc limit 200",
        member.0,
        since
    );
    Ok(found.fetch_all(r.conn()).await?.into_iter().map(Into::into).collect())
}

/// Of two who make keys for one member at once, one waits for the other.
pub(super) async fn lock_owner(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("select from members where member_id = $1 for no key update", member.0)
        .fetch_optional(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn count_live(tx: &mut Tx, member: MemberId) -> Done<i64> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from api_keys
           where member_id = $1 and revoked_at is null and expires_at > $2"#,
        member.0,
        now
    )
    .fetch_one(tx.conn())
    .await
}

/// What only the database keeps of a new key.
pub(super) struct Made<'a> {
    pub id: ApiKeyId,
    pub member: MemberId,
    pub hash: &'a [u8],
    pub hint: &'a str,
    pub replaces: Option<ApiKeyId>,
}

/// `false` when the key that it replaces was replaced before.
pub(super) async fn insert(tx: &mut Tx, made: Made<'_>, new: &New) -> Done<bool> {
    let now = tx.now();
    let scopes: Vec<String> = new.scopes.iter().map(|s| s.name().to_owned()).collect();
    let networks = new.networks.texts();
    let done = sqlx::query!(
        r#"insert into api_keys (key_id, member_id, secret_hash, hint, name, scopes, networks, per_minute, replaces,
             created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (replaces) do nothing"#,
        made.id.0,
        made.member.0,
        made.hash,
        made.hint,
        new.name.as_str(),
        &scopes,
        &networks,
        new.per_minute.and_then(|n| i32::try_from(n).ok()),
        made.replaces.map(|id| id.0),
        now,
        now + new.life
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets a key end after so long, if it does not end before.
pub(super) async fn end_within(tx: &mut Tx, id: ApiKeyId, overlap: Duration) -> Done<()> {
    let end = tx.now() + overlap;
    sqlx::query!("update api_keys set expires_at = least(expires_at, $2) where key_id = $1", id.0, end)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// `false` when there is no such key, or it has ended.
pub(super) async fn revoke(tx: &mut Tx, member: MemberId, id: ApiKeyId) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update api_keys set revoked_at = $3, revoked_because = 'owner'
           where key_id = $1 and member_id = $2 and revoked_at is null and expires_at > $3"#,
        id.0,
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Answers which.
pub(super) async fn revoke_since(tx: &mut Tx, member: MemberId, since: Moment) -> Done<Vec<ApiKeyId>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"update api_keys set revoked_at = $3, revoked_because = 'restored'
           where member_id = $1 and created_at >= $2 and revoked_at is null and expires_at > $3
           returning key_id as "id: ApiKeyId""#,
        member.0,
        since,
        now
    )
    .fetch_all(tx.conn())
    .await
}

/// A key that somebody has found.
pub(super) struct Found {
    pub id: ApiKeyId,
    pub member: MemberId,
    pub name: String,
    pub hint: String,
}

/// Nothing when there is no such key, or it has ended.
pub(super) async fn revoke_leaked(tx: &mut Tx, hash: &[u8]) -> Done<Option<Found>> {
    let now = tx.now();
    sqlx::query_as!(
        Found,
        r#"update api_keys set revoked_at = $2, revoked_because = 'leaked'
           where secret_hash = $1 and revoked_at is null and expires_at > $2
           returning key_id as "id: ApiKeyId", member_id as "member: MemberId", name, hint"#,
        hash,
        now
    )
    .fetch_optional(tx.conn())
    .await
}

/// A key that is shown, and what bounds its use.
pub(super) struct Shown {
    pub used: Used,
    pub member: MemberId,
    pub networks: Networks,
    pub last_used_at: Option<Moment>,
}

/// Those that are good.
pub(super) async fn find_live(r: &mut Reader, hash: &[u8]) -> Done<Option<Shown>> {
    let now = r.now();
    let row = sqlx::query!(
        r#"select key_id as "id: ApiKeyId", member_id as "member: MemberId", scopes, networks, per_minute, last_used_at
           from api_keys where secret_hash = $1 and revoked_at is null and expires_at > $2"#,
        hash,
        now
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.map(|row| Shown {
        used: Used { id: row.id, scopes: scopes_of(&row.scopes), per_minute: quota_of(row.per_minute) },
        member: row.member,
        networks: networks_of(&row.networks),
        last_used_at: row.last_used_at,
    }))
}

/// Notes the use, unless that was done after `since`.
pub(super) async fn touch(r: &mut Reader, id: ApiKeyId, from: &str, since: Moment) -> Done<()> {
    let now = r.now();
    sqlx::query!(
        r#"update api_keys set last_used_at = $2, last_used_from = $3
           where key_id = $1 and (last_used_at is null or last_used_at < $4)"#,
        id.0,
        now,
        from,
        since
    )
    .execute(r.conn())
    .await?;
    Ok(())
}

pub(super) async fn prune(tx: &mut Tx, before: Moment) -> Done<()> {
    sqlx::query!("delete from api_keys where coalesce(revoked_at, expires_at) < $1", before)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What their owner gets a copy of; not what makes them work.
pub fn copy(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select key_id as id, name, hint, scopes, networks, per_minute, created_at, expires_at, last_used_at,
               last_used_from, revoked_at, revoked_because
             from api_keys where member_id = $1 order by key_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub(super) async fn delete_all(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from api_keys where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}
