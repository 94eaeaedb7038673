//! The port to a payment provider: what the marketplace asks of one, whichever it is.

mod ability;
mod disputes;
mod hooks;
mod paying;
mod sellers;
mod statement;

pub use ability::{Caps, Evidence, LookUp, PayWay, Way};
pub use disputes::{DisputeState, Exhibit, ProviderDispute};
pub use hooks::{About, ProviderEvent, SignatureError, Unreadable};
pub use paying::{NewPayment, NewRefund, ProviderPayment, ProviderRefund, RefundTo};
pub use sellers::{
    Bank, NewAccount, NewPayout, NewReversal, NewTransfer, PayoutState, ProviderAccount, ProviderPayout,
    ProviderTransfer,
};
pub use statement::{Lines, ProviderBalance, ProviderLine};

use super::card::Card;
use futures_util::future::BoxFuture;
use kernel::{FieldErrors, Moment, PaymentId, Refusal};
use std::any::Any;
use std::fmt;

/// What a provider's answer comes as.
pub type Answering<'a, T> = BoxFuture<'a, Result<T, ProviderError>>;

/// Why nothing more is asked by itself.
pub(super) const FOR_A_PERSON: &str = "a person has to say what became of it";

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

    /// Whether only a person can say what became of the call.
    pub fn needs_a_person(&self) -> bool {
        matches!(self, Self::Unknown(why) if why == FOR_A_PERSON)
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

/// A payment provider. Calls are made outside of transactions; a key makes a call happen once. What one cannot do is
/// refused as `Invalid`; [`Caps`] says so beforehand.
pub trait Provider: Any + fmt::Debug + Send + Sync {
    /// A short name in lower case: part of ledger accounts and of the webhook's address.
    fn name(&self) -> &'static str;

    fn caps(&self) -> Caps;

    fn create_payment<'a>(&'a self, key: &'a str, new: &'a NewPayment) -> Answering<'a, ProviderPayment>;

    fn get_payment<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderPayment>;

    /// The payment that carries our id; `reference` is the provider's, where we know it.
    fn find_payment<'a>(
        &'a self,
        ours: PaymentId,
        reference: Option<&'a str>,
    ) -> Answering<'a, LookUp<ProviderPayment>>;

    /// Makes it impossible to pay. Declined when it is paid or being paid.
    fn cancel_payment<'a>(&'a self, key: &'a str, reference: &'a str) -> Answering<'a, ProviderPayment>;

    fn refund<'a>(&'a self, key: &'a str, new: &'a NewRefund) -> Answering<'a, ProviderRefund>;

    fn get_refund<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderRefund>;

    /// The refund that carries our id, or is like the one that was asked for at `since`.
    fn find_refund<'a>(&'a self, new: &'a NewRefund, since: Moment) -> Answering<'a, LookUp<ProviderRefund>>;

    /// Sends a refund that needs attention to a bank account of the buyer's.
    fn refund_to<'a>(&'a self, _key: &'a str, _new: &'a RefundTo) -> Answering<'a, ProviderRefund> {
        unable("refunds to bank accounts")
    }

    /// To a seller's own account.
    fn transfer<'a>(&'a self, _key: &'a str, _new: &'a NewTransfer) -> Answering<'a, ProviderTransfer> {
        unable("transfers")
    }

    fn find_transfer<'a>(&'a self, _new: &'a NewTransfer) -> Answering<'a, LookUp<ProviderTransfer>> {
        unable("transfers")
    }

    /// Takes a transfer back. Declined when the account has not that much.
    fn reverse<'a>(&'a self, _key: &'a str, _new: &'a NewReversal) -> Answering<'a, ProviderTransfer> {
        unable("reversals")
    }

    fn find_reversal<'a>(&'a self, _new: &'a NewReversal) -> Answering<'a, LookUp<ProviderTransfer>> {
        unable("reversals")
    }

    /// To a seller's bank.
    fn pay_out<'a>(&'a self, _key: &'a str, _new: &'a NewPayout) -> Answering<'a, ProviderPayout> {
        unable("payouts")
    }

    fn get_payout<'a>(&'a self, _account: &'a str, _reference: &'a str) -> Answering<'a, ProviderPayout> {
        unable("payouts")
    }

    /// The payout that carries our id, or is like the one that was asked for at `since`.
    fn find_payout<'a>(
        &'a self,
        _new: &'a NewPayout,
        _since: Moment,
    ) -> Answering<'a, LookUp<ProviderPayout>> {
        unable("payouts")
    }

    fn open_account<'a>(&'a self, _key: &'a str, _new: &'a NewAccount) -> Answering<'a, ProviderAccount> {
        unable("accounts")
    }

    fn get_account<'a>(&'a self, _reference: &'a str) -> Answering<'a, ProviderAccount> {
        unable("accounts")
    }

    /// The provider's page on which a seller says who they are, and then comes back to `back`; `None` where it has none.
    fn account_link<'a>(&'a self, _reference: &'a str, _back: &'a str) -> Answering<'a, Option<String>> {
        unable("accounts")
    }

    /// The countries to whose banks it pays out, where it wants a bank of its own list; none where it asks sellers itself, or
    /// takes international numbers.
    fn bank_countries(&self) -> &'static [&'static str] {
        &[]
    }

    /// Looks whether there is such an account, as far as it can tell. `Invalid` with a field of the bank's when there is none.
    fn check_bank<'a>(&'a self, _bank: &'a Bank) -> Answering<'a, ()> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// Code and name of each bank of a country that can be paid out to.
    fn banks<'a>(&'a self, _country: &'a str) -> Answering<'a, Vec<(String, String)>> {
        unable("list of banks")
    }

    fn get_dispute<'a>(&'a self, _reference: &'a str) -> Answering<'a, ProviderDispute> {
        unable("disputes")
    }

    /// Shows the bank what there is, a named piece each; `submit` ends it: nothing can be added then.
    fn answer_dispute<'a>(
        &'a self,
        _key: &'a str,
        _reference: &'a str,
        _evidence: &'a [(String, Exhibit)],
        _submit: bool,
    ) -> Answering<'a, ProviderDispute> {
        unable("disputes")
    }

    /// The buyer is right.
    fn accept_dispute<'a>(&'a self, _key: &'a str, _reference: &'a str) -> Answering<'a, ProviderDispute> {
        unable("disputes")
    }

    /// What it holds, a line a currency; of a seller's own account, or ours.
    fn balance<'a>(&'a self, _account: Option<&'a str>) -> Answering<'a, Vec<ProviderBalance>> {
        unable("statement")
    }

    /// A cursor from which the statement is read since a moment, where moments are cursors; `None` where only those are
    /// that the statement gave.
    fn cursor_at(&self, _moment: Moment) -> Option<String> {
        None
    }

    /// Its statement, from a cursor on.
    fn lines<'a>(&'a self, _account: Option<&'a str>, _after: Option<&'a str>) -> Answering<'a, Lines> {
        unable("statement")
    }

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

/// What a provider answers that cannot do something.
fn unable<'a, T: Send + 'a>(what: &str) -> Answering<'a, T> {
    let refused: Result<T, ProviderError> =
        Err(ProviderError::invalid(format!("this provider has no {what}")));
    Box::pin(std::future::ready(refused))
}

/// Pays by a card from our own form.
pub trait CardForm: Send + Sync {
    /// Tries to pay. A decline is an answer (state failed), not an error; wrong fields are `Invalid`.
    fn confirm<'a>(&'a self, reference: &'a str, card: &'a Card) -> Answering<'a, ProviderPayment>;

    /// The buyer answered their bank's question (3-D Secure), or failed to.
    fn answer_challenge<'a>(&'a self, reference: &'a str, passed: bool) -> Answering<'a, ProviderPayment>;
}
