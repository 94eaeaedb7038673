//! Where members and staff see what is paid out.

use kernel::{MemberId, PayoutId};

/// What a seller has, and what was paid out to them.
pub fn payouts() -> String {
    "/payouts".to_owned()
}

/// One payout.
pub fn payout(id: PayoutId) -> String {
    format!("/payouts/{id}")
}

/// What staff sees of all payouts.
pub fn admin_payouts() -> String {
    "/admin/payouts".to_owned()
}

/// What staff sees of one seller's money.
pub fn admin_seller(id: MemberId) -> String {
    format!("/admin/sellers/{id}")
}
