//! What providers told us, for staff to look at: which events came, and what became of them.

mod store;

use kernel::{Moment, Refusal};
use platform::Reader;

/// An event that a provider sent by webhook.
#[derive(Clone, Debug)]
pub struct Received {
    pub provider: String,
    /// The provider's id of it.
    pub event: String,
    /// The provider's word for it ("payment.succeeded").
    pub kind: String,
    pub received_at: Moment,
    pub handled_at: Option<Moment>,
    /// Why nothing came of it.
    pub note: Option<String>,
}

/// The newest events, at most `limit`; with `waiting` only those that nobody has handled.
pub async fn newest(reader: &mut Reader, waiting: bool, limit: i64) -> Result<Vec<Received>, Refusal> {
    Ok(store::newest(reader, waiting, limit).await?)
}

/// How many events nobody has handled yet.
pub async fn waiting(reader: &mut Reader) -> Result<i64, Refusal> {
    Ok(store::waiting(reader).await?)
}
