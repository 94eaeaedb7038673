//! The SQL of documents.

pub(super) mod checks;
pub mod copy;
pub(super) mod wishes;

use super::body::Body;
use super::model::{Document, File, Head, Issuer, Kind, New};
use super::words::Tongue;
use kernel::{Currency, DocumentId, MemberId, Moment, Money, OrderId, PayoutId};
use platform::{Reader, Tx};
use serde_json::Value;
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

/// The next number of a series. Who rolls back gives it back; who asks meanwhile waits.
pub(super) async fn take_number(tx: &mut Tx, issuer: Issuer, series: &str, year: i16) -> Done<i64> {
    sqlx::query_scalar!(r#"select take_document_number($1, $2, $3) as "number!""#, issuer.id(), series, year)
        .fetch_one(tx.conn())
        .await
}

/// Where a document stands among all.
pub(super) struct Place<'a> {
    pub series: &'a str,
    pub year: i16,
    pub number: i64,
    pub label: &'a str,
}

pub(super) async fn insert(
    tx: &mut Tx,
    new: &New,
    place: &Place<'_>,
    body: &Value,
    hash: &[u8],
) -> Done<DocumentId> {
    let (id, now): (DocumentId, _) = (tx.new_id(), tx.now());
    sqlx::query!(
        r#"insert into documents (document_id, kind, issuer, series, year, number, label, cause, for_member, order_id,
             payout_id, corrects, lang, currency, total, tax, body, body_hash, issued_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"#,
        id.0,
        new.kind.name(),
        new.issuer.id(),
        place.series,
        place.year,
        place.number,
        place.label,
        new.cause,
        new.for_member.0,
        new.order.map(|order| order.0),
        new.payout.map(|payout| payout.0),
        new.corrects.map(|document| document.0),
        new.tongue.code(),
        new.content.currency.code(),
        new.content.total,
        new.content.tax().amount,
        *body,
        hash,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

struct HeadRow {
    document_id: DocumentId,
    kind: String,
    label: String,
    issuer: Uuid,
    for_member: MemberId,
    order_id: Option<OrderId>,
    payout_id: Option<PayoutId>,
    corrects: Option<DocumentId>,
    lang: String,
    currency: Currency,
    total: i64,
    tax: i64,
    issued_at: Moment,
}

fn unknown(what: &str, word: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("unknown {what} of a document: {word}").into())
}

impl TryFrom<HeadRow> for Head {
    type Error = sqlx::Error;
    fn try_from(row: HeadRow) -> Done<Self> {
        Ok(Self {
            id: row.document_id,
            kind: Kind::find(&row.kind).ok_or_else(|| unknown("kind", &row.kind))?,
            label: row.label,
            issuer: Issuer::of(row.issuer),
            for_member: row.for_member,
            order: row.order_id,
            payout: row.payout_id,
            corrects: row.corrects,
            tongue: Tongue::find(&row.lang).ok_or_else(|| unknown("language", &row.lang))?,
            total: Money::new(row.total, row.currency),
            tax: Money::new(row.tax, row.currency),
            issued_at: row.issued_at,
        })
    }
}

/// The columns of `HeadRow`, once.
macro_rules! heads_where {
    ($condition:literal $(, $arg:expr)*) => {
        sqlx::query_as!(
            HeadRow,
            r#"select document_id as "document_id: DocumentId", kind, label, issuer, for_member as "for_member: MemberId",
                 order_id as "order_id: OrderId", payout_id as "payout_id: PayoutId", corrects as "corrects: DocumentId",
                 lang, currency as "currency: Currency", total, tax, issued_at
               from documents where "# + $condition
            $(, $arg)*
        )
    };
}

fn heads(rows: Vec<HeadRow>) -> Done<Vec<Head>> {
    rows.into_iter().map(Head::try_from).collect()
}

pub(super) async fn head(r: &mut Reader, id: DocumentId) -> Done<Option<Head>> {
    let row = heads_where!("document_id = $1", id.0).fetch_optional(r.conn()).await?;
    row.map(Head::try_from).transpose()
}

pub(super) async fn of_cause(r: &mut Reader, cause: &str) -> Done<Option<Head>> {
    let row = heads_where!("cause = $1", cause).fetch_optional(r.conn()).await?;
    row.map(Head::try_from).transpose()
}

/// The one of this number.
pub(super) async fn labelled(r: &mut Reader, label: &str) -> Done<Option<Head>> {
    let row = heads_where!("label = $1", label).fetch_optional(r.conn()).await?;
    row.map(Head::try_from).transpose()
}

/// Somebody's, and those made in their name, newest first, below `before`.
pub(super) async fn page(
    r: &mut Reader,
    member: MemberId,
    before: Option<DocumentId>,
    limit: i64,
) -> Done<Vec<Head>> {
    let rows = heads_where!(
        "(for_member = $1 or issuer = $1) and ($2::uuid is null or document_id < $2)
         order by document_id desc limit $3",
        member.0,
        before.map(|id| id.0),
        limit
    )
    .fetch_all(r.conn())
    .await?;
    heads(rows)
}

pub(super) async fn of_order(r: &mut Reader, order: OrderId) -> Done<Vec<Head>> {
    heads(heads_where!("order_id = $1 order by issued_at, document_id", order.0).fetch_all(r.conn()).await?)
}

pub(super) async fn of_payout(r: &mut Reader, payout: PayoutId) -> Done<Vec<Head>> {
    heads(heads_where!("payout_id = $1 order by issued_at, document_id", payout.0).fetch_all(r.conn()).await?)
}

/// What credit notes took back of a document, minor units.
pub(super) async fn credited(r: &mut Reader, id: DocumentId) -> Done<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(total), 0)::bigint as "sum!" from documents where corrects = $1"#,
        id.0
    )
    .fetch_one(r.conn())
    .await
}

pub(super) async fn find(r: &mut Reader, id: DocumentId) -> Done<Option<Document>> {
    let Some(head) = head(r, id).await? else { return Ok(None) };
    let row =
        sqlx::query!("select body, body_hash, pdf_key, pdf_hash from documents where document_id = $1", id.0)
            .fetch_one(r.conn())
            .await?;
    let body: Body = serde_json::from_value(row.body).map_err(|e| sqlx::Error::Decode(e.into()))?;
    let file = row.pdf_key.zip(row.pdf_hash).map(|(key, hash)| File { key, hash });
    Ok(Some(Document { head, body, body_hash: row.body_hash, file }))
}

/// Those without a file, oldest first.
pub(super) async fn without_file(r: &mut Reader, limit: i64) -> Done<Vec<DocumentId>> {
    sqlx::query_scalar!(
        r#"select document_id as "id: DocumentId" from documents where rendered_at is null
           order by issued_at, document_id limit $1"#,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// Once: a file that is there stays.
pub(super) async fn set_file(tx: &mut Tx, id: DocumentId, file: &File, bytes: i64) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update documents set pdf_key = $2, pdf_hash = $3, pdf_bytes = $4, rendered_at = $5
         where document_id = $1 and rendered_at is null",
        id.0,
        file.key,
        file.hash,
        bytes,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
