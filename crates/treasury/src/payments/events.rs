//! What happens to payments and refunds: for the orders they belong to.

use kernel::{Money, OrderId, PaymentId, RefundId};
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::heard::named;
pub use super::heard::{AccountHeard, DisputeHeard, PayoutHeard, TransferHeard, WarningHeard};

/// The money is there.
#[derive(Serialize, Deserialize, Debug)]
pub struct PaymentSucceeded {
    pub payment: PaymentId,
    pub provider: String,
    pub provider_ref: String,
    pub amount: Money,
    /// What the provider kept of it.
    pub fee: Money,
    /// The provider's name for the money itself, where it differs from the payment's.
    #[serde(default)]
    pub charge: Option<String>,
    /// What the provider counted of it, when it settles in another currency.
    #[serde(default)]
    pub settled: Option<Money>,
    /// How it was paid.
    #[serde(default)]
    pub method: Option<String>,
}

impl Event for PaymentSucceeded {
    const KIND: &'static str = "payments.succeeded";
    fn subject(&self) -> Uuid {
        self.payment.0
    }
}

/// It takes a while until it is sure.
#[derive(Serialize, Deserialize, Debug)]
pub struct PaymentProcessing {
    pub payment: PaymentId,
}

impl Event for PaymentProcessing {
    const KIND: &'static str = "payments.processing";
    fn subject(&self) -> Uuid {
        self.payment.0
    }
}

/// A try to pay failed; once for each try.
#[derive(Serialize, Deserialize, Debug)]
pub struct PaymentFailed {
    pub payment: PaymentId,
    /// The provider's code.
    pub failure: String,
}

impl Event for PaymentFailed {
    const KIND: &'static str = "payments.failed";
    fn subject(&self) -> Uuid {
        self.payment.0
    }
}

/// The buyer has the money back.
#[derive(Serialize, Deserialize, Debug)]
pub struct RefundSucceeded {
    pub refund: RefundId,
    pub order: OrderId,
    pub payment: PaymentId,
    pub amount: Money,
    pub provider_ref: String,
}

impl Event for RefundSucceeded {
    const KIND: &'static str = "payments.refund_succeeded";
    fn subject(&self) -> Uuid {
        self.refund.0
    }
}

/// The provider cannot pay it back: it is owed to the buyer another way.
#[derive(Serialize, Deserialize, Debug)]
pub struct RefundFailed {
    pub refund: RefundId,
    pub order: OrderId,
    pub payment: PaymentId,
    pub amount: Money,
    /// The provider's code.
    pub failure: String,
}

impl Event for RefundFailed {
    const KIND: &'static str = "payments.refund_failed";
    fn subject(&self) -> Uuid {
        self.refund.0
    }
}

/// The buyer's bank sent back what it had taken: it is owed to the buyer another way, after its order has ended.
#[derive(Serialize, Deserialize, Debug)]
pub struct RefundBounced {
    pub refund: RefundId,
    pub order: OrderId,
    pub payment: PaymentId,
    pub amount: Money,
    pub provider_ref: String,
}

impl Event for RefundBounced {
    const KIND: &'static str = "payments.refund_bounced";
    fn subject(&self) -> Uuid {
        self.refund.0
    }
}

/// A provider sent something that cannot be read.
#[derive(Serialize, Deserialize, Debug)]
pub struct EventUnreadable {
    pub provider: String,
    /// The provider's id of it.
    pub event: String,
}

impl Event for EventUnreadable {
    const KIND: &'static str = "payments.event_unreadable";
    fn subject(&self) -> Uuid {
        named(&self.provider, &self.event)
    }
}
