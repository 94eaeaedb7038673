//! The SQL of sessions: signed-in browsers.

use super::{Done, Row};
use crate::accounts::model::{Client, Device, Looking, Method, Session};
use crate::accounts::sessions::Limits;
use kernel::{MemberId, Moment, SessionId};
use platform::{Reader, Tx};
use time::Duration;

/// What a new session is known by.
pub(in super::super) struct NewSession<'a> {
    pub id: SessionId,
    pub member: MemberId,
    pub token_hash: &'a [u8],
    pub device_hash: &'a [u8],
}

pub(in super::super) async fn insert_session(
    tx: &mut Tx,
    new: NewSession<'_>,
    methods: &[Method],
    client: &Client,
    life: Duration,
) -> Done<()> {
    let now = tx.now();
    // A trusted browser spares the second factor at sign-in, not where something sensitive asks for it.
    let auth_at = if methods.contains(&Method::Device) { Moment::UNIX_EPOCH } else { now };
    let methods: Vec<String> = methods.iter().map(|m| m.name().to_owned()).collect();
    sqlx::query!(
        r#"insert into sessions (session_id, token_hash, member_id, created_at, last_seen_at, expires_at, user_agent,
             address, methods, auth_at, device_hash)
           values ($1, $2, $3, $4, $4, $5, left($6, 300), left($7, 64), $8, $9, $10)"#,
        new.id.0,
        new.token_hash,
        new.member.0,
        now,
        now + life,
        client.user_agent,
        client.address,
        &methods,
        auth_at,
        new.device_hash
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in super::super) async fn find_session(
    r: &mut Reader,
    hash: &[u8],
    members: Limits,
    staff: Limits,
) -> Done<Option<Session>> {
    let now = r.now();
    let row = sqlx::query!(
        r#"select s.session_id as "session_id: SessionId", m.member_id as "member_id: MemberId", m.email,
             m.email_verified_at is not null as "verified!", m.handle, m.display_name, m.bio, m.avatar, m.town, m.country,
             m.lang, m.currency, coalesce(staff.held, '{}') as "roles!", coalesce(staff.permitted, '{}') as "permissions!",
             (m.suspended_at is not null and (m.suspended_until is null or m.suspended_until > $2)) as "suspended!",
             m.leaves_at as leaving, m.created_at, s.auth_at, s.methods, s.looks_at as "looks_at: MemberId", s.looks_until
           from sessions s join members m using (member_id) cross join lateral (
             select array_agg(distinct mr.role) as held,
               array_agg(distinct p.permission) filter (where p.permission is not null) as permitted
             from member_roles mr left join role_permissions p on p.role = mr.role
             where mr.member_id = m.member_id) staff
           where s.token_hash = $1 and s.expires_at > $2 and m.deleted_at is null
             and s.last_seen_at > case when staff.held is null then $3::timestamptz else $4::timestamptz end
             and (staff.held is null or s.created_at > $5)"#,
        hash,
        now,
        now - members.idle,
        now - staff.idle,
        now - staff.max
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.map(|x| Session {
        id: x.session_id,
        auth_at: x.auth_at,
        methods: x.methods.iter().filter_map(|m| Method::find(m)).collect(),
        looking: x
            .looks_at
            .zip(x.looks_until)
            .filter(|(_, until)| *until > now)
            .map(|(member, until)| Looking { member, until }),
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
            currency: x.currency,
            roles: x.roles,
            permissions: x.permissions,
            suspended: x.suspended,
            leaving: x.leaving,
            created_at: x.created_at,
        }
        .into(),
    }))
}

pub(in super::super) async fn touch_session(
    r: &mut Reader,
    id: SessionId,
    at_most_every: Duration,
) -> Done<()> {
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

pub(in super::super) async fn renew_session(tx: &mut Tx, id: SessionId, hash: &[u8]) -> Done<bool> {
    let done = sqlx::query!("update sessions set token_hash = $2 where session_id = $1", id.0, hash)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) async fn leave_session(tx: &mut Tx, member: MemberId, id: SessionId) -> Done<bool> {
    let done = sqlx::query!("delete from sessions where session_id = $1 and member_id = $2", id.0, member.0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a session and the trust in its browser.
pub(in super::super) async fn delete_session(tx: &mut Tx, member: MemberId, id: SessionId) -> Done<bool> {
    let done = sqlx::query!(
        r#"with ended as (delete from sessions where session_id = $1 and member_id = $2 returning device_hash),
             untrusted as (update known_devices d set trusted_until = null from ended e
               where d.token_hash = e.device_hash and d.member_id = $2)
           select count(*) as "n!" from ended"#,
        id.0,
        member.0
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(done.n == 1)
}

pub(in super::super) async fn delete_sessions(
    tx: &mut Tx,
    member: MemberId,
    keep: Option<SessionId>,
) -> Done<()> {
    sqlx::query!(
        "delete from sessions where member_id = $1 and session_id is distinct from $2",
        member.0,
        keep.map(|k| k.0)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ends those that were unused longest, but for the `at_once` latest.
pub(in super::super) async fn keep_sessions(tx: &mut Tx, member: MemberId, at_once: i64) -> Done<()> {
    sqlx::query!(
        r#"delete from sessions where session_id in (
             select session_id from sessions where member_id = $1 order by last_seen_at desc, session_id desc offset $2)"#,
        member.0,
        at_once
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whom staff looks as in a session, and how long; nobody any more. `false` when there is no such session.
pub(in super::super) async fn set_looking(
    tx: &mut Tx,
    id: SessionId,
    owner: MemberId,
    looking: Option<Looking>,
) -> Done<bool> {
    let done = sqlx::query!(
        "update sessions set looks_at = $3, looks_until = $4 where session_id = $1 and member_id = $2",
        id.0,
        owner.0,
        looking.map(|l| l.member.0),
        looking.map(|l| l.until)
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when there is no such session.
pub(in super::super) async fn confirm_session(
    tx: &mut Tx,
    id: SessionId,
    hash: &[u8],
    method: Method,
) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update sessions set token_hash = $2, auth_at = $3,
             methods = case when $4 = any(methods) then methods else array_append(methods, $4) end
           where session_id = $1"#,
        id.0,
        hash,
        now,
        method.name()
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Those that are alive.
pub(in super::super) async fn devices(
    r: &mut Reader,
    member: MemberId,
    members: Limits,
    staff: Limits,
) -> Done<Vec<Device>> {
    let now = r.now();
    sqlx::query_as!(
        Device,
        r#"select s.session_id as "id: SessionId", s.user_agent, s.address, s.created_at, s.last_seen_at
           from sessions s cross join (
             select exists (select from member_roles where member_id = $1) as is_one) staff
           where s.member_id = $1 and s.expires_at > $2
             and s.last_seen_at > case when staff.is_one then $4::timestamptz else $3::timestamptz end
             and (not staff.is_one or s.created_at > $5)
           order by s.last_seen_at desc limit 100"#,
        member.0,
        now,
        now - members.idle,
        now - staff.idle,
        now - staff.max
    )
    .fetch_all(r.conn())
    .await
}
