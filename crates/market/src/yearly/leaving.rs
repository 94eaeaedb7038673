//! What a seller who leaves had said of themselves, for the reports of the years in which they sold.

use crate::orders::selling::sold_since;
use crate::tax::profile::kept;
use kernel::{MemberId, Refusal};
use platform::Tx;
use platform::vault::Vault;
use time::Duration;

/// A year is told of in the next one, and mended in the one after that.
const KEPT: Duration = Duration::days(2 * 365);

/// Keeps what a seller had said, if they sold something lately. They must be being erased.
pub async fn keep(tx: &mut Tx, vault: &Vault, member: MemberId) -> Result<(), Refusal> {
    let now = tx.now();
    if sold_since(tx, member, now - KEPT).await? {
        kept::keep(tx, vault, member, now + KEPT).await?;
    }
    Ok(())
}
