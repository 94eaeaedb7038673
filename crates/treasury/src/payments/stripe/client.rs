//! How Stripe is asked: its version, its keys, its forms; and how its answers are read. What an answer holds beyond what
//! we use is left alone, so that a new field or value breaks nothing.

use super::super::http::judge;
use super::super::provider::ProviderError;
use super::form::Form;
use platform::config::Secret;
use platform::outgoing::{Call, Field, Method, OutgoingError, Url, Wire};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// The version of the interface that this program was written against.
pub(super) const VERSION: &str = "2026-05-27.dahlia";
/// A bank may be asked before Stripe answers.
const PATIENCE: Duration = Duration::from_secs(30);
const ANSWER_MAX: usize = 2 * 1024 * 1024;
/// Lines of a list that are asked for at once: the most that Stripe gives.
pub(super) const PAGE: usize = 100;
/// Pages that are looked through for something.
const PAGES_MAX: usize = 20;

/// Refusals that asking again does not change, beside those of cards.
const REFUSALS: &[&str] = &[
    "balance_insufficient",
    "charge_already_refunded",
    "charge_disputed",
    "insufficient_funds",
    "payment_intent_unexpected_state",
];

/// Where Stripe is: its interface, and where files go.
#[derive(Clone, Debug)]
pub struct Places {
    pub api: Url,
    pub files: Url,
}

#[derive(Debug)]
pub(super) struct Client {
    wire: Arc<dyn Wire>,
    places: Places,
    key: Secret,
}

impl Client {
    pub(super) fn new(wire: Arc<dyn Wire>, places: Places, key: Secret) -> Self {
        Self { wire, places, key }
    }

    /// `account`: a seller's own, or ours.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &Form,
        account: Option<&str>,
    ) -> Result<T, ProviderError> {
        let mut url = at(&self.places.api, path)?;
        if !query.fields().is_empty() {
            url.query_pairs_mut().extend_pairs(query.fields());
        }
        self.send(Call::get(&url), None, account, true).await
    }

    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        key: &str,
        path: &str,
        form: &Form,
        account: Option<&str>,
    ) -> Result<T, ProviderError> {
        let call = Call::new(Method::POST, &at(&self.places.api, path)?).form(form.fields());
        self.send(call, Some(key), account, true).await
    }

    /// For what may be done twice without harm.
    pub(super) async fn post_again<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &Form,
    ) -> Result<T, ProviderError> {
        let call = Call::new(Method::POST, &at(&self.places.api, path)?).form(form.fields());
        self.send(call, None, None, true).await
    }

    pub(super) async fn upload<T: DeserializeOwned>(
        &self,
        key: &str,
        fields: &[Field],
    ) -> Result<T, ProviderError> {
        let call = Call::new(Method::POST, &at(&self.places.files, "/v1/files")?);
        self.send(call.multipart(fields).map_err(unwritten)?, Some(key), None, true).await
    }

    /// The first of a list that `fits`. `None` when there is no such thing; `Unknown` when the list is longer than we
    /// look.
    pub(super) async fn find<T, F>(
        &self,
        path: &str,
        query: &Form,
        account: Option<&str>,
        fits: F,
    ) -> Result<Option<T>, ProviderError>
    where
        T: DeserializeOwned + HasId + Send,
        F: Fn(&T) -> bool + Send + Sync,
    {
        let mut after: Option<String> = None;
        for _ in 0..PAGES_MAX {
            let query = query.clone().add("limit", PAGE).add_some("starting_after", after.as_deref());
            let page: Page<T> = self.get(path, &query, account).await?;
            after = page.data.last().map(|last| last.id().to_owned());
            let has_more = page.has_more && after.is_some();
            if let Some(found) = page.data.into_iter().find(|it| fits(it)) {
                return Ok(Some(found));
            }
            if !has_more {
                return Ok(None);
            }
        }
        Err(ProviderError::Unknown("the list is too long to look through".to_owned()))
    }

    async fn send<T: DeserializeOwned>(
        &self,
        call: Call,
        key: Option<&str>,
        account: Option<&str>,
        has_key: bool,
    ) -> Result<T, ProviderError> {
        let call = self.signed(call, key, account).map_err(unwritten)?;
        let answer = judge(self.wire.send(call).await, has_key).map_err(refusal)?;
        read(answer)
    }

    fn signed(&self, call: Call, key: Option<&str>, account: Option<&str>) -> Result<Call, OutgoingError> {
        let mut call = call.bearer(self.key.reveal())?.header("stripe-version", VERSION)?;
        if let Some(key) = key {
            call = call.header("idempotency-key", key)?;
        }
        if let Some(account) = account {
            call = call.header("stripe-account", account)?;
        }
        Ok(call.patience(PATIENCE).answer_max(ANSWER_MAX))
    }
}

/// What an answer says. Errors: `Unknown`, for it was given.
pub(super) fn read<T: DeserializeOwned>(answer: Value) -> Result<T, ProviderError> {
    serde_json::from_value(answer).map_err(|error| {
        // The error names fields and kinds; what it quotes of values is left out.
        ProviderError::Unknown(format!("the answer cannot be read: {:?}", error.classify()))
    })
}

/// Below a place's own path, if it has one.
fn at(place: &Url, path: &str) -> Result<Url, ProviderError> {
    Url::parse(&format!("{}{path}", place.as_str().trim_end_matches('/')))
        .map_err(|_| ProviderError::invalid("an address that cannot be written"))
}

fn unwritten(error: OutgoingError) -> ProviderError {
    ProviderError::invalid(error.to_string())
}

/// Stripe answers 400 to some things that are no mistake of ours.
fn refusal(error: ProviderError) -> ProviderError {
    match error {
        ProviderError::Invalid { detail, fields } => {
            let code = detail.split(' ').find(|word| REFUSALS.contains(word)).map(str::to_owned);
            code.map_or(ProviderError::Invalid { detail, fields }, |code| ProviderError::Declined { code })
        }
        other => other,
    }
}

/// An id of Stripe's as a part of an address. Errors: `Invalid` for what is none.
pub(super) fn id(text: &str) -> Result<&str, ProviderError> {
    let fits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if fits { Ok(text) } else { Err(ProviderError::invalid("an id that is none of Stripe's")) }
}

/// A piece of a list.
#[derive(Debug, Deserialize)]
pub(super) struct Page<T> {
    pub data: Vec<T>,
    #[serde(default)]
    pub has_more: bool,
}

pub(super) trait HasId {
    fn id(&self) -> &str;
}

/// Something that comes as its id, or whole when that was asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Or<T> {
    Id(String),
    Whole(T),
}

impl<T: HasId> Or<T> {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Id(id) => id,
            Self::Whole(it) => it.id(),
        }
    }
}

impl<T> Or<T> {
    pub(super) const fn whole(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Whole(it) => Some(it),
        }
    }
}

/// Anything of which only the id matters.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Thing {
    pub id: String,
}

impl HasId for Thing {
    fn id(&self) -> &str {
        &self.id
    }
}

/// What we hang on everything, to find it again.
pub(super) type Metadata = std::collections::HashMap<String, String>;
