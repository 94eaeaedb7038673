//! The rules of payments and refunds. Those that call the provider take the database and keep their own short
//! transactions; the others take the caller's.

mod calls;
mod paying;
mod refunding;

pub use paying::{
    Applied, Changed, answer_challenge, apply, ask_cancel, cancel, confirm, ensure_created, find, follow_up,
    of_buyer, open, sync,
};
pub use refunding::{
    ask_refund, find_refund, follow_up_refund, latest_refund, refunds_of, send_refund, sync_refund,
};

use super::model::Payment;
use super::provider::Provider;
use kernel::Refusal;

/// A payment is the business of the provider that it was opened with.
fn is_with(provider: &dyn Provider, payment: &Payment) -> Result<(), Refusal> {
    if payment.provider == provider.name() { Ok(()) } else { Err(Refusal::Unavailable("payments")) }
}
