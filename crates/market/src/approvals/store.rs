//! The SQL of acts that wait for a second person.

use super::model::{Act, Approval, Decided, State};
use crate::permissions::Permission;
use crate::staff::model::Reason;
use kernel::{ApprovalId, MemberId, Moment};
use platform::{Reader, Tx};
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

struct Row {
    id: ApprovalId,
    act: serde_json::Value,
    reason: String,
    about: Vec<Uuid>,
    asked_by: MemberId,
    asked_at: Moment,
    expires_at: Moment,
    state: String,
    decided_by: Option<MemberId>,
    decided_at: Option<Moment>,
    verdict: Option<String>,
}

impl Row {
    /// Nothing for an act of a later version: this one cannot do it, and leaves it alone.
    fn read(self) -> Option<Approval> {
        let decided = match (self.decided_by, self.decided_at, self.verdict) {
            (Some(by), Some(at), Some(why)) => Some(Decided { by, at, why }),
            _ => None,
        };
        Some(Approval {
            id: self.id,
            act: serde_json::from_value(self.act).ok()?,
            reason: Reason::read(&self.reason).ok()?,
            asked_by: self.asked_by,
            asked_at: self.asked_at,
            expires_at: self.expires_at,
            kept: State::find(&self.state)?,
            about: self.about.into_iter().map(MemberId).collect(),
            decided,
        })
    }
}

/// The columns of `Row`, once.
macro_rules! approval_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select approval_id as "id: ApprovalId", act, reason, about, asked_by as "asked_by: MemberId", asked_at,
                 expires_at, state, decided_by as "decided_by: MemberId", decided_at, verdict
               from approvals where "# + $condition,
            $($arg),*
        )
    };
}

pub(super) async fn find(r: &mut Reader, id: ApprovalId) -> Done<Option<Approval>> {
    Ok(approval_where!("approval_id = $1", id.0).fetch_optional(r.conn()).await?.and_then(Row::read))
}

/// Until the unit of work is over, nobody else decides about it.
pub(super) async fn lock(tx: &mut Tx, id: ApprovalId) -> Done<Option<Approval>> {
    let found = approval_where!("approval_id = $1 for update", id.0);
    Ok(found.fetch_optional(tx.conn()).await?.and_then(Row::read))
}

/// What `who` has asked for and has not ended, and what they may agree to; the oldest first, at most two hundred.
pub(super) async fn open(r: &mut Reader, who: MemberId, may: &[Permission]) -> Done<Vec<Approval>> {
    let (names, now) = (names(may), r.now());
    let rows = approval_where!(
        r#"state in ('waiting', 'agreed') and expires_at > $3 and not ($2 = any(about))
           and (asked_by = $2 or (state = 'waiting' and permission = any($1)))
           order by asked_at, approval_id limit 200"#,
        &names,
        who.0,
        now
    );
    Ok(rows.fetch_all(r.conn()).await?.into_iter().filter_map(Row::read).collect())
}

/// How many wait that `who` may agree to.
pub(super) async fn waiting(r: &mut Reader, who: MemberId, may: &[Permission]) -> Done<i64> {
    let (names, now) = (names(may), r.now());
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from approvals
           where state = 'waiting' and expires_at > $3 and permission = any($1) and asked_by <> $2
             and not ($2 = any(about))"#,
        &names,
        who.0,
        now
    )
    .fetch_one(r.conn())
    .await
}

fn names(permissions: &[Permission]) -> Vec<String> {
    permissions.iter().map(|p| p.name().to_owned()).collect()
}

/// `false` when an act about the same waits already.
pub(super) async fn insert(
    tx: &mut Tx,
    id: ApprovalId,
    by: MemberId,
    act: &Act,
    about: &[MemberId],
    why: &Reason,
    expires_at: Moment,
) -> Done<bool> {
    let (now, about): (_, Vec<Uuid>) = (tx.now(), about.iter().map(|id| id.0).collect());
    let kept = serde_json::to_value(act).map_err(|e| sqlx::Error::Encode(e.into()))?;
    let done = sqlx::query!(
        r#"insert into approvals (approval_id, kind, act, subject, permission, about, reason, asked_by, asked_at,
             expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (subject) where state in ('waiting', 'agreed') do nothing"#,
        id.0,
        act.kind().name(),
        kept,
        act.subject(by),
        act.permission().name(),
        &about,
        why.as_str(),
        by.0,
        now,
        expires_at
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A second person agrees to what only who asked can do: until `expires_at`.
pub(super) async fn agree(
    tx: &mut Tx,
    id: ApprovalId,
    by: MemberId,
    why: &Reason,
    expires_at: Moment,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"update approvals set state = 'agreed', decided_by = $2, decided_at = $3, verdict = $4, expires_at = $5
           where approval_id = $1"#,
        id.0,
        by.0,
        now,
        why.as_str(),
        expires_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A second person ends it: it is done, or declined.
pub(super) async fn decide(
    tx: &mut Tx,
    id: ApprovalId,
    state: State,
    by: MemberId,
    why: &Reason,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"update approvals set state = $2, decided_by = $3, decided_at = $4, verdict = $5, ended_at = $4
           where approval_id = $1"#,
        id.0,
        state.name(),
        by.0,
        now,
        why.as_str()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn withdraw(tx: &mut Tx, id: ApprovalId) -> Done<()> {
    let now = tx.now();
    sqlx::query!("update approvals set state = 'withdrawn', ended_at = $2 where approval_id = $1", id.0, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Uses up what was agreed to. `false` when nothing was.
pub(super) async fn use_up(tx: &mut Tx, by: MemberId, act: &Act) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update approvals set state = 'done', ended_at = $3
           where subject = $2 and asked_by = $1 and state = 'agreed' and expires_at > $3"#,
        by.0,
        act.subject(by),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts away what is over, a hundred at once: which, and who asked for it.
pub(super) async fn expire_due(tx: &mut Tx) -> Done<Vec<(ApprovalId, MemberId)>> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"update approvals set state = 'expired', ended_at = expires_at
           where approval_id in (
             select approval_id from approvals where state in ('waiting', 'agreed') and expires_at <= $1
             order by expires_at limit 100 for update skip locked)
           returning approval_id as "id: ApprovalId", asked_by as "by: MemberId""#,
        now
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.by)).collect())
}

/// Forgets what ended before `before`.
pub(super) async fn prune(tx: &mut Tx, before: Moment) -> Done<()> {
    sqlx::query!("delete from approvals where ended_at < $1", before).execute(tx.conn()).await?;
    Ok(())
}

/// Forgets what somebody took part in, or was concerned by.
pub(super) async fn forget(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from approvals where $1 = any(about) or asked_by = $1 or decided_by = $1", member.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}
