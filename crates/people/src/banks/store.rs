//! The SQL of bank accounts.

use kernel::{BankAccountId, MemberId, Moment};
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

pub(super) struct Row {
    pub id: BankAccountId,
    pub sealed: Vec<u8>,
    pub country: String,
    pub ending: String,
    pub asked_at: Moment,
    pub effective_at: Moment,
    pub ended_at: Option<Moment>,
}

pub(super) struct New<'a> {
    pub id: BankAccountId,
    pub member: MemberId,
    pub sealed: &'a [u8],
    pub country: &'a str,
    pub ending: &'a str,
    pub effective_at: Moment,
    pub undo_hash: Option<&'a [u8]>,
}

pub(super) async fn insert(tx: &mut Tx, new: &New<'_>) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into bank_accounts
             (bank_account_id, member_id, sealed, country, ending, asked_at, effective_at, undo_hash)
           values ($1, $2, $3, $4, $5, $6, $7, $8)"#,
        new.id.0,
        new.member.0,
        new.sealed,
        new.country,
        new.ending,
        now,
        new.effective_at,
        new.undo_hash
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// All that are known, the last to be used first.
pub(super) async fn all(r: &mut Reader, member: MemberId) -> Done<Vec<Row>> {
    sqlx::query_as!(
        Row,
        r#"select bank_account_id as "id: BankAccountId", sealed, country, ending, asked_at, effective_at, ended_at
           from bank_accounts where member_id = $1 order by effective_at desc, bank_account_id desc"#,
        member.0
    )
    .fetch_all(r.conn())
    .await
}

/// Whose change this link takes back, while it waits.
pub(super) async fn whose(r: &mut Reader, undo_hash: &[u8]) -> Done<Option<MemberId>> {
    let now = r.now();
    sqlx::query_scalar!(
        r#"select member_id as "member: MemberId" from bank_accounts
           where undo_hash = $1 and ended_at is null and effective_at > $2"#,
        undo_hash,
        now
    )
    .fetch_optional(r.conn())
    .await
}

/// `false` when none waits. Like all that follow, after the member's row is locked.
pub(super) async fn end_waiting(tx: &mut Tx, member: MemberId) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update bank_accounts set ended_at = $2 where member_id = $1 and ended_at is null and effective_at > $2",
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends what was used before this one.
pub(super) async fn end_before(tx: &mut Tx, member: MemberId, effective_at: Moment) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update bank_accounts set ended_at = $3 where member_id = $1 and ended_at is null and effective_at < $2",
        member.0,
        effective_at,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// `false` when there was none.
pub(super) async fn end_all(tx: &mut Tx, member: MemberId) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update bank_accounts set ended_at = $2 where member_id = $1 and ended_at is null",
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets what was named from `since` on, and uses again what was in use until somebody ended it after that. `false`
/// when nothing has changed.
pub(super) async fn restore(tx: &mut Tx, member: MemberId, since: Moment) -> Done<bool> {
    let forgotten =
        sqlx::query!("delete from bank_accounts where member_id = $1 and asked_at >= $2", member.0, since)
            .execute(tx.conn())
            .await?;
    let revived = sqlx::query!(
        r#"update bank_accounts set ended_at = null
           where member_id = $1 and ended_at >= $2 and effective_at <= ended_at"#,
        member.0,
        since
    )
    .execute(tx.conn())
    .await?;
    Ok(forgotten.rows_affected() + revived.rows_affected() > 0)
}

pub(super) async fn delete_all(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from bank_accounts where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn prune(tx: &mut Tx, before: Moment) -> Done<()> {
    sqlx::query!("delete from bank_accounts where ended_at < $1", before).execute(tx.conn()).await?;
    Ok(())
}
