//! What is on its way to a seller, and what is taken back of it.

use kernel::{DebtId, MemberId, Money, OrderId, PaymentId};

/// What of an order a settlement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettlementKind {
    /// The seller's part.
    Sale,
    /// What was kept back of it for a while.
    Reserve,
    /// A dispute was won.
    Won,
    /// Given to make good.
    Goodwill,
}

impl SettlementKind {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Reserve => "reserve",
            Self::Won => "won",
            Self::Goodwill => "goodwill",
        }
    }
}

/// Something that an order released to its seller. The caller books it.
#[derive(Clone, Copy, Debug)]
pub struct NewSettlement<'a> {
    pub order: OrderId,
    pub seller: MemberId,
    pub kind: SettlementKind,
    /// The payment that it comes from.
    pub payment: PaymentId,
    pub amount: Money,
    /// How far the seller was trusted when they sold it.
    pub tier: i16,
    /// The parcel had a number.
    pub tracked: bool,
    /// The end of a message's key, `payout-hold-…`, where it waits for something other than its kind says.
    pub because: Option<&'a str>,
}

/// What something is taken back for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeBack {
    /// The buyer gets it, whether it can be had or not: the rest becomes a debt.
    Refund,
    /// It is kept until a dispute is decided: only what can be had.
    Dispute,
}

impl TakeBack {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Dispute => "chargeback",
        }
    }
}

/// Where something was taken back from. The caller books it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// From what the seller would have been paid.
    pub payable: Money,
    /// From what was kept back.
    pub reserve: Money,
    /// What could not be had.
    pub owed: Money,
    /// The seller's debt, where `owed` became one.
    pub debt: Option<DebtId>,
}
