//! What a provider tells us unasked.

use kernel::{PaymentId, PayoutId, RefundId};

/// What an event is about. What happened is looked up: events come late, twice and in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Payment {
        reference: String,
        ours: Option<PaymentId>,
    },
    Refund {
        reference: String,
        ours: Option<RefundId>,
    },
    /// Money that went to a seller's own account there, or came back.
    Transfer {
        reference: String,
    },
    Payout {
        reference: String,
        ours: Option<PayoutId>,
        /// The seller's own account that it leaves; `None` for ours.
        account: Option<String>,
    },
    /// A seller's own account.
    Account {
        reference: String,
    },
    /// A buyer asked their bank for the money.
    Dispute {
        reference: String,
    },
    /// The card network thinks that a payment is fraud.
    Warning {
        reference: String,
        /// The provider's id of the payment.
        payment: String,
        /// The network's word for it.
        kind: String,
    },
    /// Nothing that we follow.
    Other,
}

impl About {
    /// What it is about by name: the provider's, and ours where it says that.
    pub fn names(&self) -> Vec<String> {
        let (reference, other) = match self {
            Self::Payment { reference, ours } => (reference, ours.map(|id| id.to_string())),
            Self::Refund { reference, ours } => (reference, ours.map(|id| id.to_string())),
            Self::Payout { reference, ours, .. } => (reference, ours.map(|id| id.to_string())),
            Self::Warning { reference, payment, .. } => (reference, Some(payment.clone())),
            Self::Transfer { reference } | Self::Account { reference } | Self::Dispute { reference } => {
                (reference, None)
            }
            Self::Other => return Vec::new(),
        };
        std::iter::once(reference.clone()).chain(other).collect()
    }
}

/// An event that a provider sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderEvent {
    /// The provider's id of it: the same event has the same id however often it comes.
    pub id: String,
    /// The provider's word for it ("payment.succeeded").
    pub kind: String,
    pub about: About,
}

/// Why a webhook is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("the header {0} is missing")]
    Missing(&'static str),
    #[error("the header {0} cannot be read")]
    Malformed(&'static str),
    #[error("the webhook's time is more than five minutes away from now")]
    OutOfTime,
    #[error("no signature fits")]
    Wrong,
}

/// A believed webhook whose bytes cannot be understood.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the event cannot be read: {0}")]
pub struct Unreadable(pub String);
