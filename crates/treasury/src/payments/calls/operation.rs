//! What a call is, whichever it is.

use super::super::provider::{Answering, Caps, LookUp, Provider};
use crate::tickets::Subject;
use kernel::{Moment, Money};
use serde::Serialize;
use serde_json::Value;
use time::Duration;

/// An earlier try of a call.
#[derive(Clone, Debug)]
pub struct Sent {
    /// When it was sent, the last time.
    pub since: Moment,
    /// The provider's id of what came of it, where it was told or a person said it.
    pub reference: Option<String>,
}

/// Whether a call may be sent again when the provider cannot say whether it did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It could be done twice.
    Never,
    /// For so long the same key means the same call.
    Within(Duration),
    /// Doing it twice is doing it once.
    Always,
}

impl Again {
    /// As long as the provider knows a key.
    pub const fn by_key(caps: &Caps) -> Self {
        match caps.key_lifetime {
            Some(lifetime) => Self::Within(lifetime),
            None => Self::Never,
        }
    }
}

/// Something that a provider is asked to do.
pub trait Operation: Send + Sync {
    /// A short name that is kept ("refund").
    const NAME: &'static str;
    /// What it answers; a field `reference` of it is the provider's id.
    type Answer: Serialize + Send + Sync;

    /// The same for the same thing, for ever: what happens under a key happens once.
    fn key(&self) -> String;

    /// What of ours it is about.
    fn subject(&self) -> Subject;

    /// What is asked, as it is kept: numbers, nothing personal. Under one key it is always the same.
    fn request(&self) -> Value;

    /// The money in it, for whoever has to look after it.
    fn amount(&self) -> Option<Money> {
        None
    }

    /// The seller's own account there that it is about.
    fn account(&self) -> Option<&str> {
        None
    }

    fn again(&self, caps: &Caps) -> Again {
        Again::by_key(caps)
    }

    /// Asks what became of an earlier try.
    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        sent: &'a Sent,
    ) -> Answering<'a, LookUp<Self::Answer>>;

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, Self::Answer>;
}
