//! The SQL of accounts.

use super::model::{Client, Device, Member, Registration, Role, Session};
use kernel::{Lang, MemberId, Moment, SessionId, TokenFamilyId};
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

pub(super) async fn find_with_hash(r: &mut Reader, email: &str) -> Done<Option<(Member, String)>> {
    let hash = sqlx::query_scalar!(
        "select password_hash from members where lower(email) = lower($1) and deleted_at is null",
        email
    )
    .fetch_optional(r.conn())
    .await?;
    match hash {
        Some(hash) => Ok(find_by_email(r, email).await?.map(|member| (member, hash))),
        None => Ok(None),
    }
}

/// `false` when the address or handle is taken.
pub(super) async fn insert(tx: &mut Tx, id: MemberId, who: &Registration, hash: &str, handle: &str) -> Done<bool> {
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
    sqlx::query!("update members set email_verified_at = coalesce(email_verified_at, $2) where member_id = $1", id.0, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn set_password(tx: &mut Tx, id: MemberId, hash: &str) -> Done<()> {
    sqlx::query!("update members set password_hash = $2 where member_id = $1", id.0, hash).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn set_roles(tx: &mut Tx, id: MemberId, roles: &[String]) -> Done<()> {
    sqlx::query!("update members set roles = $2 where member_id = $1", id.0, roles).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn set_profile(tx: &mut Tx, id: MemberId, name: &str, bio: &str, place: Option<(&str, &str)>) -> Done<()> {
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

pub(super) async fn insert_session(
    tx: &mut Tx,
    id: SessionId,
    member: MemberId,
    hash: &[u8],
    client: &Client,
    life: Duration,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into sessions (session_id, token_hash, member_id, created_at, last_seen_at, expires_at, user_agent, address)
           values ($1, $2, $3, $4, $4, $5, left($6, 300), left($7, 64))"#,
        id.0,
        hash,
        member.0,
        now,
        now + life,
        client.user_agent,
        client.address
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn find_session(r: &mut Reader, hash: &[u8], idle: Duration) -> Done<Option<Session>> {
    let now = r.now();
    let row = sqlx::query!(
        r#"select s.session_id as "session_id: SessionId", m.member_id as "member_id: MemberId", m.email,
             m.email_verified_at is not null as "verified!", m.handle, m.display_name, m.bio, m.avatar, m.town, m.country,
             m.lang, m.roles, m.suspended_at is not null as "suspended!", m.created_at
           from sessions s join members m using (member_id)
           where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and m.deleted_at is null"#,
        hash,
        now,
        now - idle
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.map(|x| Session {
        id: x.session_id,
        member: Row {
            member_id: x.member_id,
            email: x.email,
            verified: x.verified,
            handle: x.handle,
            display_name: x.display_name,
            bio: x.bio,
            avatar: x.avatar,
            town: x.town,
            country: x.country,
            lang: x.lang,
            roles: x.roles,
            suspended: x.suspended,
            created_at: x.created_at,
        }
        .into(),
    }))
}

pub(super) async fn touch_session(r: &mut Reader, id: SessionId, at_most_every: Duration) -> Done<()> {
    let now = r.now();
    sqlx::query!(
        "update sessions set last_seen_at = $2 where session_id = $1 and last_seen_at < $3",
        id.0,
        now,
        now - at_most_every
    )
    .execute(r.conn())
    .await?;
    Ok(())
}

pub(super) async fn delete_session(tx: &mut Tx, member: MemberId, id: SessionId) -> Done<bool> {
    let done = sqlx::query!("delete from sessions where session_id = $1 and member_id = $2", id.0, member.0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete_sessions(tx: &mut Tx, member: MemberId, keep: Option<SessionId>) -> Done<()> {
    sqlx::query!(
        "delete from sessions where member_id = $1 and session_id is distinct from $2",
        member.0,
        keep.map(|k| k.0)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn devices(r: &mut Reader, member: MemberId) -> Done<Vec<Device>> {
    sqlx::query_as!(
        Device,
        r#"select session_id as "id: SessionId", user_agent, address, created_at, last_seen_at from sessions
           where member_id = $1 order by last_seen_at desc limit 100"#,
        member.0
    )
    .fetch_all(r.conn())
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

pub(super) async fn insert_link(tx: &mut Tx, hash: &[u8], to: &Member, purpose: Purpose, life: Duration) -> Done<()> {
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

pub(super) async fn insert_family(tx: &mut Tx, id: TokenFamilyId, member: MemberId, agent: &str, life: Duration) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into token_families (family_id, member_id, created_at, expires_at, user_agent)
           values ($1, $2, $3, $4, left($5, 300))"#,
        id.0,
        member.0,
        now,
        now + life,
        agent
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_access(tx: &mut Tx, family: TokenFamilyId, hash: &[u8], life: Duration) -> Done<()> {
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

pub(super) async fn insert_refresh(tx: &mut Tx, family: TokenFamilyId, generation: i32, hash: &[u8], life: Duration) -> Done<()> {
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

pub(super) async fn find_access(r: &mut Reader, hash: &[u8]) -> Done<Option<(TokenFamilyId, Member)>> {
    let now = r.now();
    let found = sqlx::query!(
        r#"select f.family_id as "family_id: TokenFamilyId", f.member_id as "member_id: MemberId"
           from access_tokens a join token_families f using (family_id)
           where a.token_hash = $1 and a.expires_at > $2 and f.revoked_at is null"#,
        hash,
        now
    )
    .fetch_optional(r.conn())
    .await?;
    match found {
        Some(found) => Ok(find(r, found.member_id).await?.map(|member| (found.family_id, member))),
        None => Ok(None),
    }
}

pub(super) struct Refresh {
    pub family: TokenFamilyId,
    pub generation: i32,
    pub used: bool,
    pub expired: bool,
}

pub(super) async fn lock_refresh(tx: &mut Tx, hash: &[u8]) -> Done<Option<Refresh>> {
    let now = tx.now();
    sqlx::query_as!(
        Refresh,
        r#"select r.family_id as "family: TokenFamilyId", r.generation, r.used_at is not null as "used!",
             (r.expires_at <= $2 or f.revoked_at is not null) as "expired!"
           from refresh_tokens r join token_families f using (family_id) where r.token_hash = $1 for update of r"#,
        hash,
        now
    )
    .fetch_optional(tx.conn())
    .await
}

pub(super) async fn use_refresh(tx: &mut Tx, family: TokenFamilyId, generation: i32) -> Done<()> {
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

pub(super) async fn revoke_family(tx: &mut Tx, family: TokenFamilyId) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update token_families set revoked_at = coalesce(revoked_at, $2) where family_id = $1", family.0, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn revoke_families(tx: &mut Tx, member: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update token_families set revoked_at = $2 where member_id = $1 and revoked_at is null", member.0, now)
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
