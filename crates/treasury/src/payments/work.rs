//! What payments do later, as arguments of jobs; `jobs` does it.

use kernel::{BankAccountId, PaymentId, RefundId};
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
    const TRIES_MAX: i32 = PATIENT;
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

/// Sends a refund that needs attention to a bank account that its buyer has named.
#[derive(Serialize, Deserialize, Debug)]
pub struct SendRefundTo {
    pub refund: RefundId,
    pub bank: BankAccountId,
}

impl Job for SendRefundTo {
    const KIND: &'static str = "payments.send_refund_to";
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

impl HandleEvent {
    pub(super) fn key(&self) -> String {
        format!("payments.handle_event:{}:{}", self.provider, self.event)
    }
}

/// Looks after calls of which nobody knows what became.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Watch {}

impl Job for Watch {
    const KIND: &'static str = "payments.watch";
}

/// Asks after payments and refunds of which nothing was heard for long, in case their own timers were lost.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct LookUp {}

impl Job for LookUp {
    const KIND: &'static str = "payments.look_up";
}

/// Blanks what providers sent long ago.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct PruneRaw {}

impl Job for PruneRaw {
    const KIND: &'static str = "payments.prune_raw";
}
