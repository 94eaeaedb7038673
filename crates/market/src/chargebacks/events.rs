//! What happens to chargebacks.

use kernel::{ChargebackId, PaymentId};
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A buyer asked their bank for a payment.
#[derive(Serialize, Deserialize, Debug)]
pub struct Opened {
    pub chargeback: ChargebackId,
    pub payment: PaymentId,
    pub state: String,
}

impl Event for Opened {
    const KIND: &'static str = "chargebacks.opened";
    fn subject(&self) -> Uuid {
        self.chargeback.0
    }
}

/// It is in another state now.
#[derive(Serialize, Deserialize, Debug)]
pub struct Moved {
    pub chargeback: ChargebackId,
    pub payment: PaymentId,
    pub state: String,
}

impl Event for Moved {
    const KIND: &'static str = "chargebacks.moved";
    fn subject(&self) -> Uuid {
        self.chargeback.0
    }
}
