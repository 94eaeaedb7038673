//! The SQL of comparisons and of what they found.

use super::super::model::{Compared, Finding, FindingKind, Run};
use kernel::{Currency, MemberId, Moment, RunId, SuspenseId, TicketId};
use platform::{Reader, Tx};
use serde_json::Value;

type Done<T> = Result<T, sqlx::Error>;

/// Begins one, if none is under way.
pub(in super::super) async fn begin(
    tx: &mut Tx,
    provider: &str,
    by: Option<MemberId>,
) -> Done<Option<RunId>> {
    let (id, now): (RunId, _) = (tx.new_id(), tx.now());
    sqlx::query_scalar!(
        r#"insert into reconciliations (run_id, provider, began_at, alive_at, by_id) values ($1, $2, $3, $3, $4)
           on conflict (provider) where ended_at is null do nothing returning run_id as "run: RunId""#,
        id.0,
        provider,
        now,
        by.map(|by| by.0)
    )
    .fetch_optional(tx.conn())
    .await
}

/// Ends what has not shown since `silent_since` that it goes on.
pub(in super::super) async fn end_cut(tx: &mut Tx, provider: &str, silent_since: Moment) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update reconciliations set ended_at = $3, was_cut = true
         where provider = $1 and ended_at is null and alive_at < $2",
        provider,
        silent_since,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// It breaks off.
pub(in super::super) async fn cut(tx: &mut Tx, run: RunId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update reconciliations set ended_at = $2, was_cut = true where run_id = $1 and ended_at is null",
        run.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// It goes on. False if it has ended.
pub(in super::super) async fn is_alive(tx: &mut Tx, run: RunId) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update reconciliations set alive_at = $2 where run_id = $1 and ended_at is null",
        run.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How much a comparison did.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Count {
    pub lines: i64,
    pub matched: i64,
    pub booked: i64,
    pub suspended: i64,
}

/// Adds to what it did.
pub(in super::super) async fn count(tx: &mut Tx, run: RunId, more: Count) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update reconciliations set lines = lines + $2, matched = matched + $3, booked = booked + $4,
           suspended = suspended + $5, alive_at = $6 where run_id = $1",
        run.0,
        more.lines,
        more.matched,
        more.booked,
        more.suspended,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// It is over. False if it was before.
pub(in super::super) async fn end(
    tx: &mut Tx,
    run: RunId,
    open_since: Option<Moment>,
    balances: &[Compared],
    findings: &[Finding],
) -> Done<bool> {
    let now = tx.now();
    let balances = serde_json::to_value(balances).map_err(|e| sqlx::Error::Encode(e.into()))?;
    let done = sqlx::query!(
        "update reconciliations set ended_at = $2, open_since = $3, balances = $4, findings = $5
         where run_id = $1 and ended_at is null",
        run.0,
        now,
        open_since,
        balances,
        i32::try_from(findings.len()).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    for (n, finding) in (1..).zip(findings) {
        keep(tx, run, n, finding).await?;
    }
    Ok(true)
}

async fn keep(tx: &mut Tx, run: RunId, n: i32, finding: &Finding) -> Done<()> {
    sqlx::query!(
        "insert into reconciliation_findings (run_id, n, kind, about, entry_id, ours, theirs, currency, ticket_id, suspense_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        run.0,
        n,
        finding.kind.name(),
        finding.about,
        finding.entry,
        finding.ours,
        finding.theirs,
        finding.currency.code(),
        finding.ticket.map(|ticket| ticket.0),
        finding.suspense.map(|suspense| suspense.0)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// From when on the last whole comparison left entries open; nothing before the first.
pub(in super::super) async fn open_since(r: &mut Reader, provider: &str) -> Done<Option<Moment>> {
    let row = sqlx::query_scalar!(
        "select open_since from reconciliations where provider = $1 and ended_at is not null and not was_cut
         order by began_at desc limit 1",
        provider
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.flatten())
}

/// When the last whole comparison began.
pub(in super::super) async fn last(r: &mut Reader, provider: &str) -> Done<Option<Moment>> {
    sqlx::query_scalar!(
        "select max(began_at) from reconciliations where provider = $1 and ended_at is not null and not was_cut",
        provider
    )
    .fetch_one(r.conn())
    .await
}

struct Row {
    run_id: RunId,
    provider: String,
    began_at: Moment,
    ended_at: Option<Moment>,
    was_cut: bool,
    by_id: Option<MemberId>,
    lines: i64,
    matched: i64,
    booked: i64,
    suspended: i64,
    findings: i32,
    balances: Value,
}

impl TryFrom<Row> for Run {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> Done<Self> {
        let balances: Vec<Compared> =
            serde_json::from_value(row.balances).map_err(|e| sqlx::Error::Decode(e.into()))?;
        Ok(Self {
            id: row.run_id,
            provider: row.provider,
            began_at: row.began_at,
            ended_at: row.ended_at,
            was_cut: row.was_cut,
            by: row.by_id,
            lines: row.lines,
            matched: row.matched,
            booked: row.booked,
            suspended: row.suspended,
            findings: row.findings,
            balances,
        })
    }
}

/// The newest comparisons.
pub(in super::super) async fn newest(r: &mut Reader, limit: i64) -> Done<Vec<Run>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select run_id as "run_id: RunId", provider, began_at, ended_at, was_cut, by_id as "by_id: MemberId", lines, matched,
             booked, suspended, findings, balances
           from reconciliations order by began_at desc, run_id desc limit $1"#,
        limit
    )
    .fetch_all(r.conn())
    .await?;
    rows.into_iter().map(Run::try_from).collect()
}

pub(in super::super) async fn find(r: &mut Reader, id: RunId) -> Done<Option<Run>> {
    let row = sqlx::query_as!(
        Row,
        r#"select run_id as "run_id: RunId", provider, began_at, ended_at, was_cut, by_id as "by_id: MemberId", lines, matched,
             booked, suspended, findings, balances
           from reconciliations where run_id = $1"#,
        id.0
    )
    .fetch_optional(r.conn())
    .await?;
    row.map(Run::try_from).transpose()
}

/// Everything that a comparison found.
pub(in super::super) async fn found(r: &mut Reader, id: RunId) -> Done<Vec<Finding>> {
    let rows = sqlx::query!(
        r#"select kind, about, entry_id, ours, theirs, currency as "currency: Currency", ticket_id as "ticket_id: TicketId",
             suspense_id as "suspense_id: SuspenseId"
           from reconciliation_findings where run_id = $1 order by n"#,
        id.0
    )
    .fetch_all(r.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let kind = FindingKind::find(&row.kind);
            Ok(Finding {
                kind: kind
                    .ok_or_else(|| sqlx::Error::Decode(format!("unknown finding {}", row.kind).into()))?,
                about: row.about,
                entry: row.entry_id,
                ours: row.ours,
                theirs: row.theirs,
                currency: row.currency,
                ticket: row.ticket_id,
                suspense: row.suspense_id,
            })
        })
        .collect()
}
