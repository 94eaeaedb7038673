//! The port to a payment provider: what the marketplace asks of one, whichever it is.

use super::card::Card;
use super::model::{PaymentState, RefundState};
use futures_util::future::BoxFuture;
use kernel::{FieldErrors, Moment, Money, PaymentId, RefundId, Refusal};
use serde::Serialize;
use std::any::Any;
use std::fmt;

/// What a provider's answer comes as.
pub type Answering<'a, T> = BoxFuture<'a, Result<T, ProviderError>>;

/// Why a call was not answered as hoped. Only `Unknown` is dangerous: the provider may have done it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ProviderError {
    /// No, and asking again will not help. The code is the provider's.
    #[error("the provider declined: {code}")]
    Declined { code: String },
    /// The call was wrong: fields that a person typed, or a mistake of ours.
    #[error("the provider does not accept the call: {detail}")]
    Invalid { detail: String, fields: FieldErrors },
    /// It was not done; ask again later.
    #[error("the provider cannot do it now: {0}")]
    Retryable(String),
    /// No answer came. Look it up before asking again.
    #[error("the provider did not answer: {0}")]
    Unknown(String),
}

impl ProviderError {
    /// A mistake of ours.
    pub fn invalid(detail: impl Into<String>) -> Self {
        Self::Invalid { detail: detail.into(), fields: FieldErrors::none() }
    }

    /// Whether asking the same again makes no sense.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Declined { .. } | Self::Invalid { .. })
    }

    /// The provider's code for a refusal.
    pub fn code(&self) -> &str {
        match self {
            Self::Declined { code } => code,
            Self::Invalid { .. } => "not_accepted",
            Self::Retryable(_) | Self::Unknown(_) => "unavailable",
        }
    }
}

impl From<ProviderError> for Refusal {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::Invalid { fields, .. } if !fields.is_empty() => Self::Fields(fields),
            ProviderError::Declined { .. } => Self::Conflict("payment-declined"),
            ProviderError::Invalid { .. } => Self::broken(error),
            ProviderError::Retryable(_) | ProviderError::Unknown(_) => Self::Unavailable("payments"),
        }
    }
}

/// A payment to be made ready.
#[derive(Clone, Debug, Serialize)]
pub struct NewPayment {
    /// Our id, kept by the provider so that it can be found again.
    pub ours: PaymentId,
    pub amount: Money,
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
}

/// A refund as its provider sees it now. Its state is never `Created`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderRefund {
    pub reference: String,
    pub state: RefundState,
    pub amount: Money,
    pub failure: Option<String>,
}

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
    /// Nothing that we follow.
    Other,
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

/// A payment provider. Calls are made outside of transactions; a key makes a call happen once.
pub trait Provider: Any + fmt::Debug + Send + Sync {
    /// A short name in lower case: part of ledger accounts and of the webhook's address.
    fn name(&self) -> &'static str;

    fn create_payment<'a>(&'a self, key: &'a str, new: &'a NewPayment) -> Answering<'a, ProviderPayment>;

    fn get_payment<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderPayment>;

    /// The payment that carries our id, if the provider has it.
    fn find_payment(&self, ours: PaymentId) -> Answering<'_, Option<ProviderPayment>>;

    /// Makes it impossible to pay. Declined when it is paid or being paid.
    fn cancel_payment<'a>(&'a self, key: &'a str, reference: &'a str) -> Answering<'a, ProviderPayment>;

    fn refund<'a>(&'a self, key: &'a str, new: &'a NewRefund) -> Answering<'a, ProviderRefund>;

    fn get_refund<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderRefund>;

    /// The refund that carries our id, if the provider has it.
    fn find_refund(&self, ours: RefundId) -> Answering<'_, Option<ProviderRefund>>;

    /// The id of the event, if the raw bytes were signed by the provider within the last five minutes. Header
    /// names come in lower case.
    fn verify_webhook(
        &self,
        headers: &[(String, String)],
        raw: &[u8],
        now: Moment,
    ) -> Result<String, SignatureError>;

    /// Understands the bytes of a webhook that was believed. Unknown kinds are `About::Other`, not an error.
    fn read_event(&self, id: &str, raw: &[u8]) -> Result<ProviderEvent, Unreadable>;

    /// The way to pay by a card that is typed into our own form. Real providers take cards themselves and have
    /// none, so that cards never come here.
    fn card_form(&self) -> Option<&dyn CardForm> {
        None
    }
}

/// Pays by a card from our own form.
pub trait CardForm: Send + Sync {
    /// Tries to pay. A decline is an answer (state failed), not an error; wrong fields are `Invalid`.
    fn confirm<'a>(&'a self, reference: &'a str, card: &'a Card) -> Answering<'a, ProviderPayment>;

    /// The buyer answered their bank's question (3-D Secure), or failed to.
    fn answer_challenge<'a>(&'a self, reference: &'a str, passed: bool) -> Answering<'a, ProviderPayment>;
}
