//! The database behind the server that is measured: to know what can be asked for, and when the work that a
//! request leaves behind is done.

use crate::catalogue::is_bulk;
use anyhow::Context;
use sqlx::postgres::PgPoolOptions;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A live listing.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: Uuid,
    pub slug: String,
    pub external_id: Option<String>,
}

impl Known {
    /// Whether it has pieces enough for every buyer.
    pub fn is_bulk(&self) -> bool {
        let number = self.external_id.as_deref().and_then(|id| id.strip_prefix("bench-")?.parse().ok());
        number.is_some_and(is_bulk)
    }
}

/// A pool for the bare handler: as many connections as the product has, none of them asked first whether it is
/// still there.
pub fn pool(url: &str) -> anyhow::Result<PgPool> {
    let options = PgPoolOptions::new().max_connections(20).test_before_acquire(false);
    options.connect_lazy(url).context("the address of the database cannot be read")
}

/// Every live listing, in the order of the ids.
pub async fn known(db: &mut PgConnection) -> sqlx::Result<Vec<Known>> {
    let all = sqlx::query_as!(
        Known,
        "select listing_id as id, slug, external_id from listings where state = 'live' order by listing_id"
    );
    all.fetch_all(db).await
}

/// The version of the database's server, as it writes it.
pub async fn version(db: &mut PgConnection) -> sqlx::Result<String> {
    sqlx::query_scalar!(r#"select current_setting('server_version') as "version!""#).fetch_one(db).await
}

/// Listings that a search can find.
pub async fn findable(db: &mut PgConnection) -> sqlx::Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from listings where state = 'live' and quantity > reserved"#
    );
    count.fetch_one(db).await
}

/// Jobs that could be done now.
pub async fn due(db: &mut PgConnection) -> sqlx::Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from jobs where dead_at is null and run_at <= now()"#
    );
    count.fetch_one(db).await
}

/// The bare handler's one row.
pub async fn title(db: &PgPool, id: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select title from listings where listing_id = $1", id).fetch_optional(db).await
}

/// Entries of the books.
pub async fn entries(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from ledger.entries"#).fetch_one(db).await
}

/// Entries that are sealed.
pub async fn sealed(db: &mut PgConnection) -> sqlx::Result<i64> {
    let sum = sqlx::query_scalar!(r#"select coalesce(sum(entries), 0)::bigint as "n!" from ledger.seals"#);
    sum.fetch_one(db).await
}

/// Seals some; answers how many.
pub async fn seal(db: &mut PgConnection, limit: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select ledger.seal(now(), $1) as "n!""#, limit).fetch_one(db).await
}

/// Statements that are written out elsewhere, and answer nothing that is wanted.
pub async fn run(db: &mut PgConnection, statements: &'static str) -> sqlx::Result<()> {
    sqlx::raw_sql(statements).execute(db).await.map(drop)
}

/// What autovacuum would do some time after an import, so that it does not do it during a measurement.
pub async fn tidy(owner: &mut PgConnection) -> sqlx::Result<()> {
    // Two messages: several statements in one would be a transaction, in which nothing can be vacuumed.
    sqlx::raw_sql("set client_min_messages = error").execute(&mut *owner).await?;
    sqlx::raw_sql("vacuum (analyze)").execute(owner).await.map(drop)
}
