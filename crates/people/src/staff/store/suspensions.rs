//! The SQL of suspensions.

use super::Done;
use crate::staff::model::{Suspension, Target};
use crate::staff::suspensions::Verdict;
use kernel::{MemberId, SuspensionId};
use platform::{Reader, Tx};

pub(in super::super) async fn insert_suspension(
    tx: &mut Tx,
    id: SuspensionId,
    target: &Target,
    by: MemberId,
    verdict: &Verdict<'_>,
) -> Done<()> {
    let (member, now) = (target.member().id, tx.now());
    sqlx::query!(
        r#"insert into suspensions (suspension_id, member_id, by_id, reason, words, began_at, until)
           values ($1, $2, $3, $4, $5, $6, $7)"#,
        id.0,
        member.0,
        by.0,
        verdict.why.as_str(),
        verdict.words.as_str(),
        now,
        verdict.until
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update members set suspended_at = $2, suspended_until = $3 where member_id = $1",
        member.0,
        now,
        verdict.until
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Does nothing for who is not suspended.
pub(in super::super) async fn end_suspension(
    tx: &mut Tx,
    member: MemberId,
    by: Option<MemberId>,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"update suspensions set lifted_at = least($2, coalesce(until, $2)), lifted_by = $3
           where member_id = $1 and lifted_at is null"#,
        member.0,
        now,
        by.map(|by| by.0)
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        r#"update members set suspended_at = null, suspended_until = null
           where member_id = $1 and suspended_at is not null"#,
        member.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Locked, so that of two workers one ends them. A hundred at once.
pub(in super::super) async fn due_suspensions(tx: &mut Tx) -> Done<Vec<MemberId>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"select member_id as "id: MemberId" from members
           where suspended_at is not null and suspended_until <= $1 order by suspended_until
           limit 100 for update skip locked"#,
        now
    )
    .fetch_all(tx.conn())
    .await
}

/// `false` when there is none, or it was answered already.
pub(in super::super) async fn appeal(tx: &mut Tx, member: MemberId, text: &str) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update suspensions set appeal = $2, appealed_at = $3
           where member_id = $1 and lifted_at is null and appealed_at is null"#,
        member.0,
        text,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when there is nothing to answer: no word of the member, or somebody has answered it.
pub(in super::super) async fn answer(tx: &mut Tx, member: MemberId, by: MemberId, text: &str) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update suspensions set answer = $2, answered_at = $3, answered_by = $4
           where member_id = $1 and lifted_at is null and appealed_at is not null and answered_at is null"#,
        member.0,
        text,
        now,
        by.0
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) async fn suspensions(r: &mut Reader, member: MemberId) -> Done<Vec<Suspension>> {
    sqlx::query_as!(
        Suspension,
        r#"select suspension_id as "id: SuspensionId", reason, words, began_at, until, lifted_at, appeal, appealed_at,
             answer, answered_at
           from suspensions where member_id = $1 order by began_at desc limit 50"#,
        member.0
    )
    .fetch_all(r.conn())
    .await
}

pub(in super::super) async fn appeals(r: &mut Reader) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from suspensions
           where lifted_at is null and appealed_at is not null and answered_at is null"#
    )
    .fetch_one(r.conn())
    .await
}
