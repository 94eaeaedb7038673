//! What stands in the tables, for who looks whether all is right.

use kernel::DocumentId;
use platform::Reader;
use serde_json::Value;

type Done<T> = Result<T, sqlx::Error>;

/// A series whose numbers are not 1 to its counter, each once.
#[derive(Debug)]
pub(in crate::documents) struct Gap {
    pub issuer: uuid::Uuid,
    pub series: String,
    pub year: i16,
    pub last: i64,
    pub documents: i64,
}

pub(in crate::documents) async fn gaps(r: &mut Reader) -> Done<Vec<Gap>> {
    sqlx::query_as!(
        Gap,
        r#"select issuer as "issuer!", series as "series!", year as "year!", coalesce(c.last, 0) as "last!",
             coalesce(d.documents, 0) as "documents!"
           from document_counters c full join (
             select issuer, series, year, count(*) as documents, max(number) as newest
             from documents group by issuer, series, year) d using (issuer, series, year)
           where c.last is distinct from d.documents or c.last is distinct from d.newest
           order by 1, 2, 3"#
    )
    .fetch_all(r.conn())
    .await
}

/// A document as it is kept, without believing that it can be read.
#[derive(Debug)]
pub(in crate::documents) struct Kept {
    pub id: DocumentId,
    pub label: String,
    pub lang: String,
    pub total: i64,
    pub tax: i64,
    pub body: Value,
    pub body_hash: Vec<u8>,
    pub pdf_key: Option<String>,
    pub pdf_hash: Option<Vec<u8>>,
}

pub(in crate::documents) async fn after(
    r: &mut Reader,
    after: Option<DocumentId>,
    limit: i64,
) -> Done<Vec<Kept>> {
    sqlx::query_as!(
        Kept,
        r#"select document_id as "id: DocumentId", label, lang, total, tax, body, body_hash, pdf_key, pdf_hash
           from documents where $1::uuid is null or document_id > $1 order by document_id limit $2"#,
        after.map(|id| id.0),
        limit
    )
    .fetch_all(r.conn())
    .await
}
