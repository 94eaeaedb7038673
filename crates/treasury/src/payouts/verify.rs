//! Whether the books agree with what is on its way to sellers.

use super::store::verify as store;
use kernel::Refusal;
use platform::Reader;

/// The invariants, in words, and what contradicts each.
pub async fn check(reader: &mut Reader) -> Result<Vec<(&'static str, Vec<String>)>, Refusal> {
    Ok(vec![
        ("what sellers are due in the books is what their sales brought", store::payable_off(reader).await?),
        ("what is kept back in the books is kept back of sales", store::reserve_off(reader).await?),
        ("what sellers owe in the books are open debts", store::owed_off(reader).await?),
        ("payouts are the sum of what they are of", store::histories_off(reader).await?),
    ])
}
