//! Payouts: from a released order to a seller's bank.
//!
//! Invariants: what an order released is one settlement of each kind, and settlements and payouts move only along their tables,
//! each step in one transaction with its entry in the books. What of it is taken back is never more than it is; what the buyer
//! gets back beyond that, the seller owes. Locks are taken in one order everywhere: settlements by id, debts, payouts,
//! accounts. No transaction is open while a provider is asked.

mod calls;
pub mod events;
pub mod model;
mod store;
mod table;
mod work;
pub mod tiers;
pub mod reasons;
mod letters;
pub mod debts;
mod converting;
mod fire;
mod settling;
mod taking_back;
mod sending;
mod moving;
mod gathering;
pub mod accounts;
pub mod trust;
pub mod overview;
pub mod verify;
pub mod jobs;

pub use accounts::forget;
pub use model::{
    Account, Debt, NewSettlement, Payout, Settlement, SettlementKind, TakeBack, TakenBack, Terms, failure_key,
};
pub use moving::ask as ask_settlement;
pub use overview::{Balance, Item, OnHold, Overview};
pub use sending::{apply, find, give_up};
pub use settling::{release_now, settle, tier_of};
pub use store::copy;
pub use taking_back::take_back;
pub use tiers::{Tier, reserve_of};

use kernel::{MemberId, OrderId, Refusal, SettlementId};
use platform::Reader;

/// Whether a seller has money on its way, or owes some: then their account stays.
pub async fn has_open(reader: &mut Reader, seller: MemberId) -> Result<bool, Refusal> {
    Ok(store::settlements::has_open(reader, seller).await?)
}

/// Whether an order has released something of this kind to its seller.
pub async fn has_settled(reader: &mut Reader, order: OrderId, kind: SettlementKind) -> Result<bool, Refusal> {
    Ok(store::settlements::has_kind(reader, order, kind).await?)
}

/// A settlement without asking who looks. Errors: `NotFound`.
pub async fn settlement(reader: &mut Reader, id: SettlementId) -> Result<Settlement, Refusal> {
    store::settlements::find(reader, id).await?.ok_or(Refusal::NotFound)
}
