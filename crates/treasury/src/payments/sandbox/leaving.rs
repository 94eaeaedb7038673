//! What the embedded provider knows of a payer's card, for their copy, and how it forgets it.

use super::store;
use kernel::{MemberId, Refusal};
use platform::Tx;

pub use super::store::cards::copy;

/// Forgets the last digits and the brand of a payer's cards.
pub async fn forget_cards(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::cards::forget(tx, member).await?)
}
