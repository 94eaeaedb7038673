//! What payments do later, as arguments of jobs; `jobs` does it.

use kernel::{PaymentId, RefundId};
use platform::jobs::Job;
use serde::{Deserialize, Serialize};

/// Money hangs on these, so they are tried for days.
const PATIENT: i32 = 60;

/// Tells the provider of a new payment.
#[derive(Serialize, Deserialize, Debug)]
pub struct CreatePayment {
    pub payment: PaymentId,
}

impl Job for CreatePayment {
    const KIND: &'static str = "payments.create";
}

/// Makes a payment impossible to pay.
#[derive(Serialize, Deserialize, Debug)]
pub struct CancelPayment {
    pub payment: PaymentId,
}

impl Job for CancelPayment {
    const KIND: &'static str = "payments.cancel";
    const TRIES_MAX: i32 = PATIENT;
}

/// Asks how a payment is getting on, in case no webhook comes.
#[derive(Serialize, Deserialize, Debug)]
pub struct SyncPayment {
    pub payment: PaymentId,
}

impl Job for SyncPayment {
    const KIND: &'static str = "payments.sync";
    const TRIES_MAX: i32 = PATIENT;
}

impl SyncPayment {
    pub(super) fn key(payment: PaymentId) -> String {
        format!("payments.sync:{payment}")
    }
}

/// Asks the provider for a refund.
#[derive(Serialize, Deserialize, Debug)]
pub struct SendRefund {
    pub refund: RefundId,
}

impl Job for SendRefund {
    const KIND: &'static str = "payments.send_refund";
    const TRIES_MAX: i32 = PATIENT;
}

/// Asks how a refund is getting on, in case no webhook comes.
#[derive(Serialize, Deserialize, Debug)]
pub struct SyncRefund {
    pub refund: RefundId,
}

impl Job for SyncRefund {
    const KIND: &'static str = "payments.sync_refund";
    const TRIES_MAX: i32 = PATIENT;
}

impl SyncRefund {
    pub(super) fn key(refund: RefundId) -> String {
        format!("payments.sync_refund:{refund}")
    }
}

/// Understands what a provider told by webhook.
#[derive(Serialize, Deserialize, Debug)]
pub struct HandleEvent {
    pub provider: String,
    pub event: String,
}

impl Job for HandleEvent {
    const KIND: &'static str = "payments.handle_event";
    const TRIES_MAX: i32 = PATIENT;
}
