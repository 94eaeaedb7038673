//! The SQL of what stands in suspense.

use super::super::model::{SeenLine, Suspended, Why};
use kernel::{Currency, MemberId, Moment, Money, SuspenseId, TicketId};
use ledger::EntryId;
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

/// Something that goes to suspense.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct NewSuspense<'a> {
    pub provider: &'a str,
    pub item: &'a str,
    pub line: Option<&'a str>,
    pub entry: Option<EntryId>,
    pub why: Why,
    pub amount: Money,
    pub ours: i64,
    pub ticket: TicketId,
}

/// Nothing happens if it is there already.
pub(in super::super) async fn insert(tx: &mut Tx, new: &NewSuspense<'_>) -> Done<()> {
    let (id, now): (SuspenseId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        "insert into suspense (suspense_id, provider, item, line_ref, entry_id, why, amount, currency, ours, ticket_id, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict on constraint suspense_item_unique do nothing",
        id.0,
        new.provider,
        new.item,
        new.line,
        new.entry.map(|entry| entry.0),
        new.why.name(),
        new.amount.amount,
        new.amount.currency.code(),
        new.ours,
        new.ticket.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct Row {
    suspense_id: SuspenseId,
    provider: String,
    item: String,
    line_ref: Option<String>,
    entry_id: Option<i64>,
    why: String,
    amount: i64,
    currency: Currency,
    ours: i64,
    ticket_id: Option<TicketId>,
    opened_at: Moment,
    ended_at: Option<Moment>,
    ended_as: Option<String>,
}

impl TryFrom<Row> for Suspended {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> Done<Self> {
        let why = Why::find(&row.why);
        Ok(Self {
            id: row.suspense_id,
            provider: row.provider,
            item: row.item,
            line: row.line_ref,
            entry: row.entry_id,
            why: why.ok_or_else(|| sqlx::Error::Decode(format!("unknown suspense {}", row.why).into()))?,
            amount: Money::new(row.amount, row.currency),
            ours: row.ours,
            ticket: row.ticket_id,
            opened_at: row.opened_at,
            ended_at: row.ended_at,
            ended_as: row.ended_as,
        })
    }
}

/// What stands there now, of one provider or all, the oldest first.
pub(in super::super) async fn open(r: &mut Reader, provider: Option<&str>) -> Done<Vec<Suspended>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select suspense_id as "suspense_id: SuspenseId", provider, item, line_ref, entry_id, why, amount,
             currency as "currency: Currency", ours, ticket_id as "ticket_id: TicketId", opened_at, ended_at, ended_as
           from suspense where ended_at is null and ($1::text is null or provider = $1) order by opened_at, item"#,
        provider
    )
    .fetch_all(r.conn())
    .await?;
    rows.into_iter().map(Suspended::try_from).collect()
}

pub(in super::super) async fn count(r: &mut Reader) -> Done<i64> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from suspense where ended_at is null"#)
        .fetch_one(r.conn())
        .await
}

pub(in super::super) async fn find(r: &mut Reader, id: SuspenseId) -> Done<Option<Suspended>> {
    let row = sqlx::query_as!(
        Row,
        r#"select suspense_id as "suspense_id: SuspenseId", provider, item, line_ref, entry_id, why, amount,
             currency as "currency: Currency", ours, ticket_id as "ticket_id: TicketId", opened_at, ended_at, ended_as
           from suspense where suspense_id = $1"#,
        id.0
    )
    .fetch_optional(r.conn())
    .await?;
    row.map(Suspended::try_from).transpose()
}

/// Locked until the transaction ends, if it stands there still.
pub(in super::super) async fn lock(tx: &mut Tx, id: SuspenseId) -> Done<Option<Suspended>> {
    sqlx::query_scalar!("select suspense_id from suspense where suspense_id = $1 for update", id.0)
        .fetch_optional(tx.conn())
        .await?;
    Ok(find(tx, id).await?.filter(|it| it.ended_at.is_none()))
}

/// What stands there because of a line, or of an entry.
pub(in super::super) async fn because_of(
    tx: &mut Tx,
    provider: &str,
    line: Option<&str>,
    entry: Option<EntryId>,
) -> Done<Vec<Suspended>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select suspense_id as "suspense_id: SuspenseId", provider, item, line_ref, entry_id, why, amount,
             currency as "currency: Currency", ours, ticket_id as "ticket_id: TicketId", opened_at, ended_at, ended_as
           from suspense where provider = $1 and ended_at is null and (line_ref = $2 or entry_id = $3)
           order by suspense_id for update"#,
        provider,
        line,
        entry.map(|entry| entry.0)
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(Suspended::try_from).collect()
}

/// It stands there no longer; the lines that wait for it, neither.
pub(in super::super) async fn end(
    tx: &mut Tx,
    it: &Suspended,
    ended_as: &str,
    by: Option<MemberId>,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update suspense set ended_at = $2, ended_as = $3, ended_by = $4 where suspense_id = $1",
        it.id.0,
        now,
        ended_as,
        by.map(|by| by.0)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A line as it came.
pub(in super::super) async fn line(
    r: &mut Reader,
    provider: &str,
    reference: &str,
) -> Done<Option<SeenLine>> {
    let row = sqlx::query!(
        r#"select kind, source_ref, amount, fee, net, currency as "currency: Currency", created_at, raw from provider_lines
           where provider = $1 and line_ref = $2"#,
        provider,
        reference
    )
    .fetch_optional(r.conn())
    .await?;
    Ok(row.map(|row| SeenLine {
        kind: row.kind,
        source: row.source_ref,
        amount: Money::new(row.amount, row.currency),
        fee: row.fee,
        net: row.net,
        at: row.created_at,
        raw: row.raw,
    }))
}
