//! The SQL of comparisons.

pub(super) mod entries;
pub(super) mod lines;
pub(super) mod runs;
pub(super) mod sellers;
pub(super) mod sums;
pub(super) mod suspense;

use platform::Tx;

/// One at a time matches lines of a provider with entries, until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, provider: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("select from pg_advisory_xact_lock(hashtextextended('reconciliation ' || $1, 0))", provider)
        .fetch_optional(tx.conn())
        .await?;
    Ok(())
}
