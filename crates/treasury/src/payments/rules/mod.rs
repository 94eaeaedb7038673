//! The rules of payments and refunds. Those that call a provider take the database and keep their own short
//! transactions; the others take the caller's.

mod attending;
mod booking;
mod paying;
mod refunding;

pub use attending::{ask_refund_to, end_waiting, seen_to, send_refund_to};
pub use booking::{Applied, Changed, apply};
pub use paying::{
    answer_challenge, ask_cancel, cancel, confirm, ensure_created, find, follow_up, for_field, of_buyer,
    open, sync, sync_as,
};
pub use refunding::{
    ask_refund, ask_refund_taxed, find_refund, follow_up_refund, latest_refund, refunds_of, send_refund,
    sync_refund, sync_refund_as,
};
