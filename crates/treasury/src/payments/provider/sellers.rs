//! Sellers' own accounts at a provider, what is transferred to them, and what goes from there to a bank.

use kernel::{Currency, MemberId, Moment, Money, PayoutId, SettlementId};
use platform::config::Secret;
use serde::Serialize;

/// Money that goes to a seller's own account at the provider.
#[derive(Clone, Debug, Serialize)]
pub struct NewTransfer {
    /// Our id, kept by the provider so that it can be found again.
    pub ours: SettlementId,
    /// The provider's id of the seller's account.
    pub account: String,
    pub amount: Money,
    /// The money that it is taken from, which may not be usable yet.
    pub charge: Option<String>,
    /// As in [`super::NewPayment`].
    pub group: String,
}

/// A transfer as its provider sees it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderTransfer {
    pub reference: String,
    pub amount: Money,
    /// What of it was taken back.
    pub reversed: Money,
}

/// Takes a transfer back, whole or in part.
#[derive(Clone, Debug, Serialize)]
pub struct NewReversal {
    pub ours: SettlementId,
    /// Which of the settlement's reversals, from 1.
    pub n: i32,
    /// The provider's id of the transfer.
    pub transfer: String,
    pub amount: Money,
}

/// Money that goes to a seller's bank.
#[derive(Clone, Debug, Serialize)]
pub struct NewPayout {
    pub ours: PayoutId,
    /// The provider's id of the seller's account, or of who receives it.
    pub account: String,
    pub amount: Money,
}

/// Where a payout is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutState {
    Created,
    InTransit,
    Paid,
    Failed,
    /// It came back after it was paid.
    Returned,
}

/// A payout as its provider sees it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderPayout {
    pub reference: String,
    pub state: PayoutState,
    pub amount: Money,
    pub fee: Option<Money>,
    pub failure: Option<String>,
    pub expected: Option<Moment>,
}

/// Where a seller has their bank account, for a provider that pays out from our balance.
#[derive(Clone, Debug)]
pub struct Bank {
    pub holder: Secret,
    /// The bank's code, out of the provider's list.
    pub code: String,
    pub number: Secret,
    pub currency: Currency,
}

/// An account of a seller's own at the provider.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub ours: MemberId,
    /// Two letters (ISO 3166-1).
    pub country: String,
    pub email: Secret,
    pub business: bool,
    /// Where the provider does not ask the seller itself.
    pub bank: Option<Bank>,
}

/// A seller's account as its provider sees it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderAccount {
    pub reference: String,
    pub may_receive: bool,
    pub may_pay_out: bool,
    pub rejected: bool,
    /// What the provider still wants to know, as codes of it.
    pub wants: Vec<String>,
    pub wants_until: Option<Moment>,
    /// What may be shown of the bank account.
    pub bank_label: Option<String>,
    /// The provider's name for that bank account, the same for all who have it.
    pub bank_print: Option<Secret>,
    pub currency: Option<Currency>,
}
