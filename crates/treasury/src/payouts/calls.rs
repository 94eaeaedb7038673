//! What is asked of providers about sellers' money, beside what `payments::calls` has for everybody. Each call is written down
//! before it is sent, and looked up before it is sent again.

use crate::payments::calls::{self, Again, Operation, Sent};
use crate::payments::provider::{
    Answering, Caps, LookUp, NewAccount, NewTransfer, Provider, ProviderAccount, ProviderError,
    ProviderTransfer,
};
use crate::tickets::Subject;
use kernel::{Money, Refusal};
use platform::Db;
use serde_json::{Value, json};

pub(super) use crate::payments::calls::operations::{MakePayout, MakeReversal};

/// To a seller's own account.
#[derive(Debug)]
pub(super) struct Transfer<'a> {
    pub new: &'a NewTransfer,
    /// Which try: one that was refused is not sent again under its key, and may be of another amount.
    pub tries: i32,
}

impl Operation for Transfer<'_> {
    const NAME: &'static str = "transfer";
    type Answer = ProviderTransfer;

    fn key(&self) -> String {
        format!("transfer:{}:{}", self.new.ours, self.tries)
    }

    fn subject(&self) -> Subject {
        Subject::Settlement(self.new.ours)
    }

    fn request(&self) -> Value {
        json!({ "account": self.new.account, "amount": self.new.amount, "charge": self.new.charge })
    }

    fn amount(&self) -> Option<Money> {
        Some(self.new.amount)
    }

    fn account(&self) -> Option<&str> {
        Some(&self.new.account)
    }

    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        _: &'a Sent,
    ) -> Answering<'a, LookUp<ProviderTransfer>> {
        provider.find_transfer(self.new)
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderTransfer> {
        provider.transfer(key, self.new)
    }
}

/// A seller's account there.
#[derive(Debug)]
pub(super) struct OpenAccount<'a> {
    /// The provider's short name.
    pub at: &'a str,
    pub new: &'a NewAccount,
    /// What makes it another one than before: the country and whether it is a business, or the mark of the bank account that it is opened for.
    pub which: &'a str,
}

impl Operation for OpenAccount<'_> {
    const NAME: &'static str = "open_account";
    type Answer = ProviderAccount;

    fn key(&self) -> String {
        format!("account:{}:{}:{}", self.at, self.new.ours, self.which)
    }

    fn subject(&self) -> Subject {
        Subject::Member(self.new.ours)
    }

    fn request(&self) -> Value {
        json!({ "country": self.new.country, "business": self.new.business })
    }

    /// Without keys the same bank account is the same account.
    fn again(&self, caps: &Caps) -> Again {
        match Again::by_key(caps) {
            Again::Never => Again::Always,
            by_key => by_key,
        }
    }

    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        sent: &'a Sent,
    ) -> Answering<'a, LookUp<ProviderAccount>> {
        let Some(reference) = &sent.reference else {
            return Box::pin(std::future::ready(Ok(LookUp::Unsure)));
        };
        Box::pin(async move { Ok(LookUp::Found(provider.get_account(reference).await?)) })
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderAccount> {
        provider.open_account(key, self.new)
    }
}

/// Makes a call. The outer error: it could not be written down; the inner one is the provider's.
pub(super) async fn make<O: Operation>(
    db: &Db,
    provider: &dyn Provider,
    operation: &O,
) -> Result<Result<O::Answer, ProviderError>, Refusal> {
    calls::make(db, provider, operation).await
}
