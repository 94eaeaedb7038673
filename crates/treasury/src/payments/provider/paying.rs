//! Payments and refunds, as they go to a provider and come back.

use super::super::model::{PaymentState, RefundState};
use super::Bank;
use kernel::{Money, PaymentId, RefundId};
use platform::config::Secret;
use serde::Serialize;

/// A payment to be made ready.
#[derive(Clone, Debug, Serialize)]
pub struct NewPayment {
    /// Our id, kept by the provider so that it can be found again.
    pub ours: PaymentId,
    pub amount: Money,
    /// What the payment and everything that is paid out of it have in common at the provider.
    pub group: String,
    /// Where the provider writes to its payer, if it insists on an address.
    pub buyer_email: Option<Secret>,
    /// Where the buyer comes back to, if they pay on the provider's page.
    pub back: Option<String>,
}

/// A refund to be made.
#[derive(Clone, Debug, Serialize)]
pub struct NewRefund {
    /// Our id, kept by the provider so that it can be found again.
    pub ours: RefundId,
    /// The provider's id of the payment.
    pub payment_ref: String,
    pub amount: Money,
}

/// A payment as its provider sees it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderPayment {
    pub reference: String,
    pub state: PaymentState,
    pub amount: Money,
    /// Known when it succeeded.
    pub fee: Option<Money>,
    /// Why the last try failed.
    pub failure: Option<String>,
    /// A name for the last try: two tries have two names.
    pub attempt: Option<String>,
    /// The provider's name for the money itself, where it differs from the payment's.
    pub charge: Option<String>,
    /// What the provider counted of it, when it settles in another currency.
    pub settled: Option<Money>,
    /// How it was paid: card, bank_transfer, mobile_money …
    pub method: Option<String>,
    /// The provider's page on which it is paid.
    pub pay_url: Option<String>,
    /// What the provider's field in our page needs. For the buyer alone; never kept.
    pub client_secret: Option<Secret>,
}

/// A refund that needs attention, and the bank account that it shall go to instead.
#[derive(Clone, Debug)]
pub struct RefundTo {
    /// The provider's id of the refund.
    pub refund: String,
    pub bank: Bank,
}

/// A refund as its provider sees it now. Its state is never `Created`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderRefund {
    pub reference: String,
    pub state: RefundState,
    pub amount: Money,
    pub failure: Option<String>,
}
