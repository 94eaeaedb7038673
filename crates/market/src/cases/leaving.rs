//! What cases mean for somebody who leaves.

use super::store;
use kernel::{MemberId, Refusal};
use platform::Tx;

/// Takes out what they said in their cases; that they said something, and how it was decided, stays for the other side.
/// They must be being erased.
pub async fn forget_words(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::blank_words(tx, member).await?)
}
