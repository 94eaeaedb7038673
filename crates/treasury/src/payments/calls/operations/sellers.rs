//! What goes to sellers' banks, and what is taken back from their accounts.

use super::super::super::provider::{
    Answering, LookUp, NewPayout, NewReversal, Provider, ProviderPayout, ProviderTransfer,
};
use super::super::operation::{Operation, Sent};
use super::found;
use crate::tickets::Subject;
use kernel::Money;
use serde_json::{Value, json};

/// Takes money back from a seller's own account.
#[derive(Debug)]
pub struct MakeReversal<'a>(pub &'a NewReversal);

impl Operation for MakeReversal<'_> {
    const NAME: &'static str = "reversal";
    type Answer = ProviderTransfer;

    fn key(&self) -> String {
        format!("reversal:{}:{}", self.0.ours, self.0.n)
    }

    fn subject(&self) -> Subject {
        Subject::Settlement(self.0.ours)
    }

    fn request(&self) -> Value {
        json!({ "transfer": self.0.transfer, "n": self.0.n, "amount": self.0.amount })
    }

    fn amount(&self) -> Option<Money> {
        Some(self.0.amount)
    }

    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        _: &'a Sent,
    ) -> Answering<'a, LookUp<ProviderTransfer>> {
        provider.find_reversal(self.0)
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderTransfer> {
        provider.reverse(key, self.0)
    }
}

/// Sends money to a seller's bank.
#[derive(Debug)]
pub struct MakePayout<'a>(pub &'a NewPayout);

impl Operation for MakePayout<'_> {
    const NAME: &'static str = "payout";
    type Answer = ProviderPayout;

    fn key(&self) -> String {
        format!("payout:{}", self.0.ours)
    }

    fn subject(&self) -> Subject {
        Subject::Payout(self.0.ours)
    }

    fn request(&self) -> Value {
        json!({ "account": self.0.account, "amount": self.0.amount })
    }

    fn amount(&self) -> Option<Money> {
        Some(self.0.amount)
    }

    fn account(&self) -> Option<&str> {
        Some(&self.0.account)
    }

    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        sent: &'a Sent,
    ) -> Answering<'a, LookUp<ProviderPayout>> {
        match &sent.reference {
            Some(reference) => found(provider.get_payout(&self.0.account, reference)),
            None => provider.find_payout(self.0, sent.since),
        }
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderPayout> {
        provider.pay_out(key, self.0)
    }
}
