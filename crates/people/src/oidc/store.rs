//! The SQL of accounts elsewhere.

use super::model::{Claims, Link};
use super::rules::{ATTEMPT_LIFE, Purpose, Way};
use kernel::{LinkId, MemberId, Moment, SessionId};
use platform::{Reader, Rows, Tx};
use time::Duration;

type Done<T> = Result<T, sqlx::Error>;

pub(super) struct Attempt {
    member: Option<MemberId>,
    session: Option<SessionId>,
    next: String,
    expires_at: Moment,
}

impl Attempt {
    pub(super) fn way(self) -> Way {
        let purpose = match (self.member, self.session) {
            (None, _) => Purpose::SignIn,
            (Some(member), None) => Purpose::Add(member),
            (Some(member), Some(session)) => Purpose::Confirm(member, session),
        };
        Way { purpose, next: self.next, since: self.expires_at - ATTEMPT_LIFE }
    }
}

pub(super) async fn insert_attempt(
    tx: &mut Tx,
    hash: &[u8],
    provider: &str,
    purpose: Purpose,
    next: &str,
    life: Duration,
) -> Done<()> {
    let until = tx.now() + life;
    let (member, session) = match purpose {
        Purpose::SignIn => (None, None),
        Purpose::Add(member) => (Some(member.0), None),
        Purpose::Confirm(member, session) => (Some(member.0), Some(session.0)),
    };
    sqlx::query!(
        r#"insert into provider_attempts (attempt_hash, provider, member_id, session_id, next, expires_at)
           values ($1, $2, $3, $4, $5, $6)"#,
        hash,
        provider,
        member,
        session,
        next,
        until
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn take_attempt(tx: &mut Tx, hash: &[u8], provider: &str) -> Done<Option<Attempt>> {
    let now = tx.now();
    sqlx::query_as!(
        Attempt,
        r#"delete from provider_attempts where attempt_hash = $1 and provider = $2 and expires_at > $3
           returning member_id as "member: MemberId", session_id as "session: SessionId", next, expires_at"#,
        hash,
        provider,
        now
    )
    .fetch_optional(tx.conn())
    .await
}

/// Whose it is.
pub(super) async fn used(tx: &mut Tx, issuer: &str, subject: &str) -> Done<Option<MemberId>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"update linked_accounts set last_used_at = $3 where issuer = $1 and subject = $2
           returning member_id as "member: MemberId""#,
        issuer,
        subject,
        now
    )
    .fetch_optional(tx.conn())
    .await
}

/// `false` when it is linked already, or the member has another one there.
pub(super) async fn insert(tx: &mut Tx, id: LinkId, member: MemberId, claims: &Claims) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"insert into linked_accounts (link_id, issuer, subject, member_id, email, linked_at, last_used_at)
           values ($1, $2, $3, $4, $5, $6, $6) on conflict do nothing"#,
        id.0,
        claims.issuer,
        claims.subject,
        member.0,
        claims.email.as_deref().unwrap_or_default(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn list(r: &mut Reader, member: MemberId) -> Done<Vec<Link>> {
    sqlx::query_as!(
        Link,
        r#"select link_id as "id: LinkId", issuer, email, linked_at, last_used_at from linked_accounts
           where member_id = $1 order by linked_at, link_id"#,
        member.0
    )
    .fetch_all(r.conn())
    .await
}

/// `false` when the member has none such.
pub(super) async fn delete(tx: &mut Tx, member: MemberId, id: LinkId) -> Done<bool> {
    let done =
        sqlx::query!("delete from linked_accounts where link_id = $1 and member_id = $2", id.0, member.0)
            .execute(tx.conn())
            .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete_since(tx: &mut Tx, member: MemberId, since: Moment) -> Done<()> {
    sqlx::query!("delete from linked_accounts where member_id = $1 and linked_at >= $2", member.0, since)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn prune(tx: &mut Tx) -> Done<()> {
    let now = tx.now();
    sqlx::query!("delete from provider_attempts where expires_at < $1", now).execute(tx.conn()).await?;
    Ok(())
}

/// What their owner gets a copy of.
pub fn copy(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select link_id as id, issuer, subject, email, linked_at, last_used_at
             from linked_accounts where member_id = $1 order by link_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub(super) async fn delete_all(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from linked_accounts where member_id = $1", member.0).execute(tx.conn()).await?;
    sqlx::query!("delete from provider_attempts where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}
