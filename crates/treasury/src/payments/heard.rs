//! What providers tell of things that others follow. Only what it is about: who follows asks the provider.

use kernel::PayoutId;
use platform::events::Event;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A number for what a provider calls so: the same for the same name.
pub(super) fn named(provider: &str, reference: &str) -> Uuid {
    let print = Sha256::digest(format!("{provider} {reference}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&print[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Something happened to a dispute.
#[derive(Serialize, Deserialize, Debug)]
pub struct DisputeHeard {
    pub provider: String,
    pub reference: String,
}

impl Event for DisputeHeard {
    const KIND: &'static str = "payments.dispute_heard";
    fn subject(&self) -> Uuid {
        named(&self.provider, &self.reference)
    }
}

/// A card network thinks that a payment is fraud.
#[derive(Serialize, Deserialize, Debug)]
pub struct WarningHeard {
    pub provider: String,
    pub reference: String,
    /// The provider's id of the payment.
    pub payment: String,
    /// The network's word for it.
    pub kind: String,
}

impl Event for WarningHeard {
    const KIND: &'static str = "payments.warning_heard";
    fn subject(&self) -> Uuid {
        named(&self.provider, &self.reference)
    }
}

/// Something happened to a seller's own account.
#[derive(Serialize, Deserialize, Debug)]
pub struct AccountHeard {
    pub provider: String,
    pub reference: String,
}

impl Event for AccountHeard {
    const KIND: &'static str = "payments.account_heard";
    fn subject(&self) -> Uuid {
        named(&self.provider, &self.reference)
    }
}

/// Something happened to money that went to a seller's own account.
#[derive(Serialize, Deserialize, Debug)]
pub struct TransferHeard {
    pub provider: String,
    pub reference: String,
}

impl Event for TransferHeard {
    const KIND: &'static str = "payments.transfer_heard";
    fn subject(&self) -> Uuid {
        named(&self.provider, &self.reference)
    }
}

/// Something happened to money that goes to a bank.
#[derive(Serialize, Deserialize, Debug)]
pub struct PayoutHeard {
    pub provider: String,
    pub reference: String,
    /// What we call it, if the provider says so.
    pub payout: Option<PayoutId>,
    /// The seller's own account that it leaves; `None` for ours.
    pub account: Option<String>,
}

impl Event for PayoutHeard {
    const KIND: &'static str = "payments.payout_heard";
    fn subject(&self) -> Uuid {
        self.payout.map_or_else(|| named(&self.provider, &self.reference), |payout| payout.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number() {
        assert_eq!(named("stripe", "du_1"), named("stripe", "du_1"));
        assert_ne!(named("stripe", "du_1"), named("stripe", "du_2"));
        assert_ne!(named("stripe", "du_1"), named("paystack", "du_1"));
    }
}
