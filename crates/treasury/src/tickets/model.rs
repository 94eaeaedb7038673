//! What a ticket is.

use kernel::{
    CaseId, ChargebackId, DebtId, MemberId, Moment, Money, OrderId, PaymentId, PayoutId, RefundId, RunId,
    SettlementId, TicketId,
};
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

/// What must be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A line of a provider's statement that nobody explains.
    Suspense,
    /// An entry of ours that the provider's statement does not have.
    UnmatchedEntry,
    BalanceDiffers,
    /// Nobody knows whether the provider did what it was asked for.
    CallUnknown,
    EventUnreadable,
    /// Money stands for too long on an account that it should leave.
    TransitOld,
    /// A buyer's money is held for almost as long as it may be.
    EscrowOld,
    RefundStuck,
    RefundAttention,
    PayoutStuck,
    DebtOld,
    Chargeback,
    FraudWarning,
    /// A deal that looks like none between two people who do not know each other.
    OddDeal,
    Case,
    /// Providers hold less than what is owed.
    Cover,
    /// Sales in a place come near the limit from which taxes are collected there.
    TaxPlace,
    /// A seller has not said what the tax office wants to know.
    TaxSeller,
    /// Money that came for an order that was called off.
    Orphan,
    Other,
}

impl Kind {
    pub const ALL: [Self; 20] = [
        Self::Suspense,
        Self::UnmatchedEntry,
        Self::BalanceDiffers,
        Self::CallUnknown,
        Self::EventUnreadable,
        Self::TransitOld,
        Self::EscrowOld,
        Self::RefundStuck,
        Self::RefundAttention,
        Self::PayoutStuck,
        Self::DebtOld,
        Self::Chargeback,
        Self::FraudWarning,
        Self::OddDeal,
        Self::Case,
        Self::Cover,
        Self::TaxPlace,
        Self::TaxSeller,
        Self::Orphan,
        Self::Other,
    ];

    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Suspense => "suspense",
            Self::UnmatchedEntry => "unmatched_entry",
            Self::BalanceDiffers => "balance_differs",
            Self::CallUnknown => "call_unknown",
            Self::EventUnreadable => "event_unreadable",
            Self::TransitOld => "transit_old",
            Self::EscrowOld => "escrow_old",
            Self::RefundStuck => "refund_stuck",
            Self::RefundAttention => "refund_attention",
            Self::PayoutStuck => "payout_stuck",
            Self::DebtOld => "debt_old",
            Self::Chargeback => "chargeback",
            Self::FraudWarning => "fraud_warning",
            Self::OddDeal => "odd_deal",
            Self::Case => "case",
            Self::Cover => "cover",
            Self::TaxPlace => "tax_place",
            Self::TaxSeller => "tax_seller",
            Self::Orphan => "orphan",
            Self::Other => "other",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The key of the message that says what it is.
    pub fn key(self) -> String {
        format!("ticket-kind-{}", self.name().replace('_', "-"))
    }
}

/// What a ticket is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Nothing that has a number of its own.
    Nothing,
    Order(OrderId),
    Member(MemberId),
    Payment(PaymentId),
    Refund(RefundId),
    Case(CaseId),
    Settlement(SettlementId),
    Debt(DebtId),
    Payout(PayoutId),
    Chargeback(ChargebackId),
    Run(RunId),
}

impl Subject {
    /// As it is kept.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Order(_) => "order",
            Self::Member(_) => "member",
            Self::Payment(_) => "payment",
            Self::Refund(_) => "refund",
            Self::Case(_) => "case",
            Self::Settlement(_) => "settlement",
            Self::Debt(_) => "debt",
            Self::Payout(_) => "payout",
            Self::Chargeback(_) => "chargeback",
            Self::Run(_) => "run",
        }
    }

    pub const fn id(self) -> Option<Uuid> {
        match self {
            Self::Nothing => None,
            Self::Order(id) => Some(id.0),
            Self::Member(id) => Some(id.0),
            Self::Payment(id) => Some(id.0),
            Self::Refund(id) => Some(id.0),
            Self::Case(id) => Some(id.0),
            Self::Settlement(id) => Some(id.0),
            Self::Debt(id) => Some(id.0),
            Self::Payout(id) => Some(id.0),
            Self::Chargeback(id) => Some(id.0),
            Self::Run(id) => Some(id.0),
        }
    }
}

/// Something to be looked at.
#[derive(Debug)]
pub struct NewTicket<'a> {
    pub kind: Kind,
    /// What makes it the same as one that was reported before: `escrow_old:<order>`.
    pub key: &'a str,
    pub subject: Subject,
    pub amount: Option<Money>,
    /// Numbers for whoever looks; no names.
    pub detail: Value,
    /// From now, how long there is for it.
    pub due: Duration,
}

/// A ticket as staff reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: TicketId,
    pub kind: Kind,
    pub key: String,
    /// What it is about: the kind of a [`Subject`], and its number.
    pub subject_kind: String,
    pub subject: Option<Uuid>,
    pub amount: Option<Money>,
    pub detail: Value,
    pub opened_at: Moment,
    pub due_at: Moment,
    /// How often it was reported.
    pub seen: i32,
    pub taken_by: Option<MemberId>,
    pub closed_at: Option<Moment>,
    pub outcome: Option<String>,
}

/// Which open tickets somebody wants to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub kind: Option<Kind>,
    pub taken_by: Option<MemberId>,
    pub subject: Option<Uuid>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_back_as_they_went() {
        for kind in Kind::ALL {
            assert_eq!(Kind::find(kind.name()), Some(kind));
            assert!(kernel::Say::knows(&kind.key()), "{kind:?}");
        }
    }
}
