//! The SQL of accounts.

mod devices;
mod emails;
mod sessions;
mod tokens;

pub(super) use devices::*;
pub(super) use emails::*;
pub(super) use sessions::*;
pub(super) use tokens::*;

use super::model::{Member, Registration, Role};
use kernel::{Lang, MemberId, Moment};
use platform::{Reader, Tx};
use time::Duration;

type Done<T> = Result<T, sqlx::Error>;

struct Row {
    member_id: MemberId,
    email: String,
    verified: bool,
    handle: String,
    display_name: String,
    bio: String,
    avatar: Option<String>,
    town: Option<String>,
    country: Option<String>,
    lang: String,
    roles: Vec<String>,
    suspended: bool,
    created_at: Moment,
}

impl From<Row> for Member {
    fn from(row: Row) -> Self {
        Self {
            id: row.member_id,
            email: row.email,
            verified: row.verified,
            handle: row.handle,
            display_name: row.display_name,
            bio: row.bio,
            avatar: row.avatar,
            town: row.town,
            country: row.country,
            lang: Lang::find(&row.lang).unwrap_or(Lang::EN),
            roles: row.roles.iter().filter_map(|r| Role::find(r)).collect(),
            suspended: row.suspended,
            created_at: row.created_at,
        }
    }
}

/// The columns of `Row`, once.
macro_rules! member_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select member_id as "member_id: MemberId", email, email_verified_at is not null as "verified!", handle,
                 display_name, bio, avatar, town, country, lang, roles, suspended_at is not null as "suspended!", created_at
               from members where deleted_at is null and "# + $condition,
            $($arg),*
        )
    };
}

pub(super) async fn find(r: &mut Reader, id: MemberId) -> Done<Option<Member>> {
    Ok(member_where!("member_id = $1", id.0).fetch_optional(r.conn()).await?.map(Into::into))
}

pub(super) async fn find_many(r: &mut Reader, ids: &[MemberId]) -> Done<Vec<Member>> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = member_where!("member_id = any($1)", &ids).fetch_all(r.conn()).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn find_by_email(r: &mut Reader, email: &str) -> Done<Option<Member>> {
    Ok(member_where!("lower(email) = lower($1)", email).fetch_optional(r.conn()).await?.map(Into::into))
}

pub(super) async fn find_by_handle(r: &mut Reader, handle: &str) -> Done<Option<Member>> {
    Ok(member_where!("lower(handle) = lower($1)", handle).fetch_optional(r.conn()).await?.map(Into::into))
}

/// One query, whether the address has an account or not.
pub(super) async fn find_with_hash(r: &mut Reader, email: &str) -> Done<Option<(MemberId, String)>> {
    let row = sqlx::query!(
        r#"select member_id as "id: MemberId", password_hash from members
           where lower(email) = lower($1) and deleted_at is null"#,
        email
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.map(|row| (row.id, row.password_hash)))
}

/// `false` when the address or handle is taken.
pub(super) async fn insert(
    tx: &mut Tx,
    id: MemberId,
    who: &Registration,
    hash: &str,
    handle: &str,
) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"insert into members (member_id, email, password_hash, handle, display_name, lang, created_at)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing"#,
        id.0,
        who.email.as_str(),
        hash,
        handle,
        who.display_name.as_str(),
        who.lang.code(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn set_verified(tx: &mut Tx, id: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update members set email_verified_at = coalesce(email_verified_at, $2) where member_id = $1",
        id.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_password(tx: &mut Tx, id: MemberId, hash: &str) -> Done<()> {
    sqlx::query!("update members set password_hash = $2 where member_id = $1", id.0, hash)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// `false` when the password is not the one of the old hash any more.
pub(super) async fn replace_password(tx: &mut Tx, id: MemberId, old: &str, hash: &str) -> Done<bool> {
    let done = sqlx::query!(
        "update members set password_hash = $3 where member_id = $1 and password_hash = $2",
        id.0,
        old,
        hash
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn hold_hash(tx: &mut Tx, id: MemberId, hash: &str) -> Done<bool> {
    let row =
        sqlx::query!("select from members where member_id = $1 and password_hash = $2 for share", id.0, hash)
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.is_some())
}

pub(super) async fn set_roles(tx: &mut Tx, id: MemberId, roles: &[String]) -> Done<()> {
    sqlx::query!("update members set roles = $2 where member_id = $1", id.0, roles)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn set_profile(
    tx: &mut Tx,
    id: MemberId,
    name: &str,
    bio: &str,
    place: Option<(&str, &str)>,
) -> Done<()> {
    sqlx::query!(
        "update members set display_name = $2, bio = $3, town = $4, country = $5 where member_id = $1",
        id.0,
        name,
        bio,
        place.map(|p| p.0),
        place.map(|p| p.1)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_lang(tx: &mut Tx, id: MemberId, lang: &str) -> Done<()> {
    sqlx::query!("update members set lang = $2 where member_id = $1", id.0, lang).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn set_avatar(tx: &mut Tx, id: MemberId, key: &str) -> Done<()> {
    sqlx::query!("update members set avatar = $2 where member_id = $1", id.0, key).execute(tx.conn()).await?;
    Ok(())
}

/// What a one-time link is for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Verify,
    Reset,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Reset => "reset",
        }
    }
}

pub(super) async fn insert_link(
    tx: &mut Tx,
    hash: &[u8],
    to: &Member,
    purpose: Purpose,
    life: Duration,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into email_links (token_hash, member_id, purpose, email, created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6)"#,
        hash,
        to.id.0,
        purpose.name(),
        to.email,
        now,
        now + life
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn use_link(tx: &mut Tx, hash: &[u8], purpose: Purpose) -> Done<Option<MemberId>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"update email_links set used_at = $2
           where token_hash = $1 and purpose = $3 and used_at is null and expires_at > $2
             and email = (select email from members m where m.member_id = email_links.member_id)
           returning member_id as "id: MemberId""#,
        hash,
        now,
        purpose.name()
    )
    .fetch_optional(tx.conn())
    .await
}

pub(super) async fn link_owner(r: &mut Reader, hash: &[u8], purpose: Purpose) -> Done<Option<MemberId>> {
    let now = r.now();
    sqlx::query_scalar!(
        r#"select member_id as "id: MemberId" from email_links
           where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3"#,
        hash,
        purpose.name(),
        now
    )
    .fetch_optional(r.conn())
    .await
}

/// Makes every unused link of the member for the purpose worthless.
pub(super) async fn void_links(tx: &mut Tx, id: MemberId, purpose: Purpose) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update email_links set used_at = $2 where member_id = $1 and purpose = $3 and used_at is null",
        id.0,
        now,
        purpose.name()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn prune(tx: &mut Tx, before: Moment) -> Done<()> {
    sqlx::query!("delete from sessions where expires_at < $1", before).execute(tx.conn()).await?;
    sqlx::query!("delete from token_families where expires_at < $1", before).execute(tx.conn()).await?;
    sqlx::query!("delete from access_tokens where expires_at < $1", before).execute(tx.conn()).await?;
    sqlx::query!("delete from email_links where expires_at < $1", before).execute(tx.conn()).await?;
    Ok(())
}

/// Forgets browsers that were not seen since `before`, and what accounts have seen before then.
pub(super) async fn prune_history(tx: &mut Tx, before: Moment) -> Done<()> {
    sqlx::query!("delete from known_devices where last_seen_at < $1", before).execute(tx.conn()).await?;
    sqlx::query!("delete from security_events where at < $1", before).execute(tx.conn()).await?;
    Ok(())
}
