//! The SQL of accounts.

pub mod copy;
mod devices;
mod emails;
mod handles;
mod leaving;
mod roles;
mod sessions;
mod tokens;

pub(super) use devices::*;
pub(super) use emails::*;
pub(super) use handles::*;
pub(super) use leaving::*;
pub(super) use roles::*;
pub(super) use sessions::*;
pub(super) use tokens::*;

use super::model::{Member, Newcomer, Role};
use crate::permissions::Permissions;
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
    currency: Option<String>,
    roles: Vec<String>,
    permissions: Vec<String>,
    suspended: bool,
    leaving: Option<Moment>,
    created_at: Moment,
}

impl From<Row> for Member {
    fn from(row: Row) -> Self {
        let permissions = match row.roles.iter().any(|role| role == Role::Operator.name()) {
            true => Permissions::all(),
            false => Permissions::named(row.permissions.iter().map(String::as_str)),
        };
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
            currency: row.currency.and_then(|code| code.parse().ok()),
            roles: row.roles,
            permissions,
            suspended: row.suspended,
            leaving: row.leaving,
            created_at: row.created_at,
        }
    }
}

/// The columns of `Row`, once. `$1` in the condition is its argument.
macro_rules! member_where {
    ($condition:literal, $arg:expr, $now:expr) => {
        sqlx::query_as!(
            Row,
            r#"select member_id as "member_id: MemberId", email, email_verified_at is not null as "verified!", handle,
                 display_name, bio, avatar, town, country, lang, currency,
                 coalesce(staff.held, '{}') as "roles!", coalesce(staff.permitted, '{}') as "permissions!",
                 (suspended_at is not null and (suspended_until is null or suspended_until > $2)) as "suspended!",
                 leaves_at as leaving, created_at
               from members cross join lateral (
                 select array_agg(distinct mr.role) as held,
                   array_agg(distinct p.permission) filter (where p.permission is not null) as permitted
                 from member_roles mr left join role_permissions p on p.role = mr.role
                 where mr.member_id = members.member_id) staff
               where "# + $condition,
            $arg,
            $now
        )
    };
}

pub(super) async fn find(r: &mut Reader, id: MemberId) -> Done<Option<Member>> {
    let now = r.now();
    Ok(member_where!("member_id = $1 and deleted_at is null", id.0, now)
        .fetch_optional(r.conn())
        .await?
        .map(Into::into))
}

/// Those who have left too, by the name that stays of them.
pub(super) async fn find_many(r: &mut Reader, ids: &[MemberId]) -> Done<Vec<Member>> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    let now = r.now();
    let rows = member_where!("member_id = any($1)", &ids, now).fetch_all(r.conn()).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Members who may act in a role.
pub(super) async fn with_role(r: &mut Reader, role: &str) -> Done<Vec<Member>> {
    let now = r.now();
    let rows = member_where!(
        "$1 = any(staff.held) and deleted_at is null and (suspended_at is null or suspended_until <= $2)",
        role,
        now
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) async fn find_by_email(r: &mut Reader, email: &str) -> Done<Option<Member>> {
    let now = r.now();
    let row = member_where!("lower(email) = lower($1) and deleted_at is null", email, now);
    Ok(row.fetch_optional(r.conn()).await?.map(Into::into))
}

pub(super) async fn find_by_handle(r: &mut Reader, handle: &str) -> Done<Option<Member>> {
    let now = r.now();
    let row = member_where!("lower(handle) = lower($1) and deleted_at is null", handle, now);
    Ok(row.fetch_optional(r.conn()).await?.map(Into::into))
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
    who: &Newcomer,
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

pub(super) async fn has_password(r: &mut Reader, id: MemberId, none: &str) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from members where member_id = $1 and password_hash <> $2) as "has!""#,
        id.0,
        none
    )
    .fetch_one(r.conn())
    .await
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

/// `None`: the marketplace's.
pub(super) async fn set_currency(tx: &mut Tx, id: MemberId, currency: Option<&str>) -> Done<()> {
    sqlx::query!("update members set currency = $2 where member_id = $1", id.0, currency)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Answers the one before.
pub(super) async fn set_avatar(tx: &mut Tx, id: MemberId, key: &str) -> Done<Option<String>> {
    sqlx::query_scalar!(
        r#"update members m set avatar = $2
           from (select member_id, avatar from members where member_id = $1 for no key update) old
           where m.member_id = old.member_id returning old.avatar as "avatar?""#,
        id.0,
        key
    )
    .fetch_one(tx.conn())
    .await
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
