//! What happens to sellers' money: for letters, documents, and what follows disputes.

use kernel::{DebtId, MemberId, Money, OrderId, PayoutId, SettlementId};
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares events that all say the same of one settlement.
macro_rules! of_settlement {
    ($($(#[$doc:meta])* $name:ident => $kind:literal)+) => {$(
        $(#[$doc])*
        #[derive(Serialize, Deserialize, Debug)]
        pub struct $name {
            pub settlement: SettlementId,
            pub order: OrderId,
            pub seller: MemberId,
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Uuid {
                self.settlement.0
            }
        }
    )+};
}

/// The same of one payout.
macro_rules! of_payout {
    ($($(#[$doc:meta])* $name:ident => $kind:literal)+) => {$(
        $(#[$doc])*
        #[derive(Serialize, Deserialize, Debug)]
        pub struct $name {
            pub payout: PayoutId,
            pub seller: MemberId,
            pub amount: Money,
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Uuid {
                self.payout.0
            }
        }
    )+};
}

/// The same of one debt.
macro_rules! of_debt {
    ($($(#[$doc:meta])* $name:ident => $kind:literal)+) => {$(
        $(#[$doc])*
        #[derive(Serialize, Deserialize, Debug)]
        pub struct $name {
            pub debt: DebtId,
            pub seller: MemberId,
            pub amount: Money,
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Uuid {
                self.debt.0
            }
        }
    )+};
}

of_settlement! {
    /// An order released it.
    Settled => "payouts.settled"
    /// Its wait is over.
    Cleared => "payouts.cleared"
    /// The seller's own account at the provider has it.
    Transferred => "payouts.transferred"
}

of_payout! {
    /// It is on its way to the bank.
    Created => "payouts.created"
    /// It reached the bank.
    Paid => "payouts.paid"
    /// It did not.
    Failed => "payouts.failed"
    /// The bank sent it back after it was said to be paid.
    Returned => "payouts.returned"
}

of_debt! {
    DebtOpened => "payouts.debt_opened"
    /// Nothing is owed any more; the amount is what it was.
    DebtEnded => "payouts.debt_ended"
}

/// A transfer came back, whole or in part, and stands with what the seller is due. What of it did not pay a debt of this
/// order is for whoever had it taken back.
#[derive(Serialize, Deserialize, Debug)]
pub struct Reversed {
    pub settlement: SettlementId,
    pub order: OrderId,
    pub seller: MemberId,
    /// What came back.
    pub amount: Money,
    /// What of it paid a debt at once.
    pub recovered: Money,
    /// As [`super::TakeBack::name`] says it.
    pub because: String,
}

impl Event for Reversed {
    const KIND: &'static str = "payouts.reversed";
    fn subject(&self) -> Uuid {
        self.settlement.0
    }
}

/// Money was taken back of what an order had released.
#[derive(Serialize, Deserialize, Debug)]
pub struct Taken {
    pub order: OrderId,
    pub seller: MemberId,
    /// What could be had at once.
    pub amount: Money,
    /// As [`super::TakeBack::name`] says it.
    pub because: String,
}

impl Event for Taken {
    const KIND: &'static str = "payouts.taken_back";
    fn subject(&self) -> Uuid {
        self.order.0
    }
}

/// A seller's account at a provider is in another state now.
#[derive(Serialize, Deserialize, Debug)]
pub struct AccountChanged {
    pub member: MemberId,
    pub provider: String,
    pub state: String,
}

impl Event for AccountChanged {
    const KIND: &'static str = "payouts.account_changed";
    fn subject(&self) -> Uuid {
        self.member.0
    }
}
