//! What a provider is asked to do about a dispute.

use super::model::Chargeback;
use crate::payments::calls::{self, Operation, Sent};
use crate::payments::provider::{
    Answering, DisputeState, Exhibit, LookUp, Provider, ProviderDispute, ProviderError,
};
use crate::tickets::Subject;
use kernel::{Money, Refusal};
use platform::Db;
use serde_json::{Value, json};

/// Shows the bank everything there is, and ends it. Errors: the outer one when it could not be written down; the inner one is
/// the provider's.
pub(super) async fn submit(
    db: &Db,
    provider: &dyn Provider,
    it: &Chargeback,
    evidence: &[(String, Exhibit)],
) -> Result<Result<ProviderDispute, ProviderError>, Refusal> {
    calls::make(db, provider, &Submit { it, evidence }).await
}

/// Gives it up. Errors as [`submit`].
pub(super) async fn accept(
    db: &Db,
    provider: &dyn Provider,
    it: &Chargeback,
) -> Result<Result<ProviderDispute, ProviderError>, Refusal> {
    calls::make(db, provider, &Accept { it }).await
}

#[derive(Debug)]
struct Submit<'a> {
    it: &'a Chargeback,
    evidence: &'a [(String, Exhibit)],
}

impl Operation for Submit<'_> {
    const NAME: &'static str = "submit_evidence";
    type Answer = ProviderDispute;

    fn key(&self) -> String {
        format!("dispute:{}:{}", self.it.id, self.it.round)
    }

    fn subject(&self) -> Subject {
        Subject::Chargeback(self.it.id)
    }

    /// Names and lengths: what people wrote stays where it is.
    fn request(&self) -> Value {
        let length = |exhibit: &Exhibit| match exhibit {
            Exhibit::Words(words) => words.len(),
            Exhibit::File { bytes, .. } => bytes.len(),
        };
        let pieces: Vec<Value> =
            self.evidence.iter().map(|(name, it)| json!({ "name": name, "bytes": length(it) })).collect();
        json!({ "dispute": self.it.provider_ref, "evidence": pieces })
    }

    fn amount(&self) -> Option<Money> {
        Some(self.it.amount)
    }

    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        _: &'a Sent,
    ) -> Answering<'a, LookUp<ProviderDispute>> {
        look(provider, &self.it.provider_ref, |state| {
            !matches!(state, DisputeState::Inquiry | DisputeState::NeedsResponse)
        })
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderDispute> {
        provider.answer_dispute(key, &self.it.provider_ref, self.evidence, true)
    }
}

#[derive(Debug)]
struct Accept<'a> {
    it: &'a Chargeback,
}

impl Operation for Accept<'_> {
    const NAME: &'static str = "give_up_dispute";
    type Answer = ProviderDispute;

    fn key(&self) -> String {
        format!("dispute:{}:{}", self.it.id, self.it.round)
    }

    fn subject(&self) -> Subject {
        Subject::Chargeback(self.it.id)
    }

    fn request(&self) -> Value {
        json!({ "dispute": self.it.provider_ref })
    }

    fn amount(&self) -> Option<Money> {
        Some(self.it.amount)
    }

    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        _: &'a Sent,
    ) -> Answering<'a, LookUp<ProviderDispute>> {
        look(provider, &self.it.provider_ref, |state| {
            matches!(state, DisputeState::Won | DisputeState::Lost | DisputeState::InquiryClosed)
        })
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderDispute> {
        provider.accept_dispute(key, &self.it.provider_ref)
    }
}

/// A dispute says itself whether it was answered.
fn look<'a>(
    provider: &'a dyn Provider,
    reference: &'a str,
    is_done: fn(DisputeState) -> bool,
) -> Answering<'a, LookUp<ProviderDispute>> {
    Box::pin(async move {
        let said = provider.get_dispute(reference).await?;
        Ok(if is_done(said.state) { LookUp::Found(said) } else { LookUp::Absent })
    })
}
