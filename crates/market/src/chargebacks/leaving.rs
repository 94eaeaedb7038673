//! What chargebacks mean for somebody who leaves.

use super::store;
use kernel::{MemberId, Refusal};
use platform::{Reader, Tx};

/// Whether a bank still decides about something that they bought or sold.
pub async fn is_waited_for(reader: &mut Reader, member: MemberId) -> Result<bool, Refusal> {
    Ok(store::shares::open_about(reader, member).await? > 0)
}

/// Takes away what banks were shown about them. They must be being erased.
pub async fn forget_words(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::desk::forget_words(tx, member).await?)
}
