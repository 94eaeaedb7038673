//! Whether somebody wants to be told of new documents by mail.

use super::store::wishes as store;
use kernel::{MemberId, Refusal};
use platform::{Reader, Tx};

/// Everybody does who has not said otherwise.
pub async fn wants_letters(reader: &mut Reader, member: MemberId) -> Result<bool, Refusal> {
    Ok(store::wants_letters(reader, member).await?)
}

/// From now on.
pub async fn set_letters(tx: &mut Tx, member: MemberId, wanted: bool) -> Result<(), Refusal> {
    match wanted {
        true => store::forget(tx, member).await?,
        false => store::refuse_letters(tx, member).await?,
    }
    Ok(())
}

/// Forgets it. They must be being erased.
pub async fn forget(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::forget(tx, member).await?)
}
