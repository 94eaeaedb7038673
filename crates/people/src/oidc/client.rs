//! Asking a provider: where its pages are (OpenID Connect Discovery 1.0), its keys, and for a token.

use super::judge::{Expected, about, judge};
use super::model::{Claims, Provider};
use kernel::Moment;
use platform::crypto::jws::{self, Jwk, JwsError};
use platform::outgoing::{Call, Outgoing, OutgoingError, Reply};
use serde::Deserialize;
use serde_json::Value;
use std::sync::{Mutex, MutexGuard, PoisonError};
use time::Duration;
use url::Url;

/// How long what was learnt of a provider is believed.
const LEARNT_LIFE: Duration = Duration::hours(1);
/// Keys that are older do no longer, also when no newer ones come.
const KEYS_LIFE: Duration = Duration::days(1);
/// An unknown key is a reason to ask for newer ones, but not more often than this.
const KEYS_PAUSE: Duration = Duration::minutes(1);
/// When they did not come, they are asked for again after this.
const KEYS_RETRY: Duration = Duration::seconds(5);

/// Why a provider's word is not taken. For the log; nothing of it is told.
#[derive(Debug, thiserror::Error)]
pub(super) enum ClientError {
    #[error(transparent)]
    Outgoing(#[from] OutgoingError),
    #[error("{0} answered {1}")]
    Status(&'static str, u16),
    #[error("{0} cannot be understood")]
    Unreadable(&'static str),
    #[error("the token is not believed: {0}")]
    Token(#[from] JwsError),
    #[error("what it says is not believed: {0}")]
    Claims(&'static str),
    #[error("it takes too long")]
    Late,
}

/// Where a provider's pages are, as it describes itself.
#[derive(Deserialize)]
struct Described {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// The same, read.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub authorization: Url,
    token: Url,
    keys: Url,
    userinfo: Option<Url>,
    /// The secret goes into a header, not into the form.
    basic: bool,
    /// Its answers name it (RFC 9207).
    pub names_itself: bool,
}

impl Described {
    fn read(self) -> Option<Places> {
        let page = |text: &str| Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
        let methods = self.token_endpoint_auth_methods_supported.as_deref();
        Some(Places {
            authorization: page(&self.authorization_endpoint)?,
            token: page(&self.token_endpoint)?,
            keys: page(&self.jwks_uri)?,
            userinfo: self.userinfo_endpoint.as_deref().and_then(page),
            // What is meant when nothing is said (Discovery 1.0, 3).
            basic: methods.is_none_or(|all| all.iter().any(|m| m == "client_secret_basic")),
            names_itself: self.authorization_response_iss_parameter_supported,
        })
    }
}

/// A provider, and what was learnt of it.
#[derive(Debug)]
pub(super) struct Known {
    pub provider: Provider,
    learnt: Mutex<Learnt>,
    /// Held by who asks for keys.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Learnt {
    places: Option<(Places, Moment)>,
    keys: Option<(Vec<Jwk>, Moment)>,
    /// Keys are not asked for before this.
    rests_until: Option<Moment>,
}

/// What comes back for a code.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

/// What is shown to get a token.
pub(super) struct Exchange<'a> {
    pub code: &'a str,
    pub verifier: &'a str,
    pub redirect_uri: &'a str,
    pub nonce: &'a str,
}

impl Known {
    pub(super) fn new(provider: Provider) -> Self {
        Self { provider, learnt: Mutex::default(), asking: tokio::sync::Mutex::default() }
    }

    fn learnt(&self) -> MutexGuard<'_, Learnt> {
        self.learnt.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where its pages are: as it said within the last hour, or as it says now.
    pub(super) async fn places(&self, outgoing: &Outgoing, now: Moment) -> Result<Places, ClientError> {
        let learnt = self.learnt().places.clone();
        if let Some((places, _)) = learnt.filter(|(_, at)| now - *at < LEARNT_LIFE) {
            return Ok(places);
        }
        let what = "the provider's description";
        let address =
            format!("{}/.well-known/openid-configuration", self.provider.issuer.trim_end_matches('/'));
        let url = Url::parse(&address).map_err(|_| ClientError::Unreadable(what))?;
        let described: Described = read(what, &outgoing.ask(Call::get(&url)).await?)?;
        // Discovery 1.0, 4.3. The pages of another are not asked in its name.
        if described.issuer != self.provider.issuer {
            return Err(ClientError::Claims("the provider's description is of another issuer"));
        }
        let places = described.read().ok_or(ClientError::Unreadable(what))?;
        self.learnt().places = Some((places.clone(), now));
        Ok(places)
    }

    /// Trades a code for a token, and answers what the token says.
    pub(super) async fn claims(
        &self,
        outgoing: &Outgoing,
        exchange: Exchange<'_>,
        now: Moment,
    ) -> Result<Claims, ClientError> {
        let places = self.places(outgoing, now).await?;
        let what = "the token endpoint";
        let tokens: Tokens = read(what, &outgoing.ask(self.call(&places, &exchange)?).await?)?;
        let payload = self.verified(outgoing, &places, &tokens.id_token, now).await?;
        let expected = Expected {
            issuer: &self.provider.issuer,
            client_id: &self.provider.client_id,
            nonce: exchange.nonce,
            now: now.unix_timestamp(),
        };
        let claims = judge(&payload, &expected).map_err(ClientError::Claims)?;
        // Some providers tell the address only when asked for it (Core 1.0, 5.4).
        if claims.email.is_some() {
            return Ok(claims);
        }
        let (Some(url), Some(token)) = (&places.userinfo, &tokens.access_token) else { return Ok(claims) };
        let what = "the userinfo endpoint";
        let told: Value = read(what, &outgoing.ask(Call::get(url).bearer(token)?).await?)?;
        let more = about(&told);
        // Core 1.0, 5.3.4: else it may be of somebody else.
        if more.subject != claims.subject {
            return Err(ClientError::Claims("the userinfo endpoint speaks of somebody else"));
        }
        let name = claims.name.or_else(|| more.name.clone());
        Ok(Claims { issuer: claims.issuer, name, auth_time: claims.auth_time, ..more })
    }

    fn call(&self, places: &Places, exchange: &Exchange<'_>) -> Result<Call, OutgoingError> {
        let Provider { client_id, secret, .. } = &self.provider;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", exchange.code)
            .append_pair("redirect_uri", exchange.redirect_uri)
            .append_pair("code_verifier", exchange.verifier);
        let kind = "application/x-www-form-urlencoded";
        match secret {
            Some(secret) if places.basic => {
                // Each half is escaped first (RFC 6749, 2.3.1).
                let escaped =
                    |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                let call = Call::post(&places.token, kind, form.finish());
                call.basic(&escaped(client_id), &escaped(secret.reveal()))
            }
            Some(secret) => {
                form.append_pair("client_id", client_id).append_pair("client_secret", secret.reveal());
                Ok(Call::post(&places.token, kind, form.finish()))
            }
            None => {
                form.append_pair("client_id", client_id);
                Ok(Call::post(&places.token, kind, form.finish()))
            }
        }
    }

    /// What a token says, when a key of the provider has signed it. A key that is not known makes us ask for newer ones;
    /// who arrives meanwhile waits for them. While they do not come, those before do.
    async fn verified(
        &self,
        outgoing: &Outgoing,
        places: &Places,
        token: &str,
        now: Moment,
    ) -> Result<Value, ClientError> {
        if let Some(answer) = self.judged(token, now) {
            return Ok(answer?);
        }
        let _turn = self.asking.lock().await;
        if let Some(answer) = self.judged(token, now) {
            return Ok(answer?);
        }
        let fetched = self.fetch_keys(outgoing, places).await;
        // Also when they did not come, so that all who wait here do not ask one after the other.
        let pause = if fetched.is_ok() { KEYS_PAUSE } else { KEYS_RETRY };
        self.learnt().rests_until = Some(now + pause);
        match fetched {
            Ok(keys) => self.learnt().keys = Some((keys, now)),
            Err(error) if self.learnt().keys.is_none() => return Err(error),
            Err(error) => tracing::warn!(%error, "a provider's keys do not come; those before are used"),
        }
        Ok(self.judged(token, now).unwrap_or(Err(JwsError::UnknownKey))?)
    }

    /// What the keys in memory say of it; nothing when newer ones are to be asked for first.
    fn judged(&self, token: &str, now: Moment) -> Option<Result<Value, JwsError>> {
        let (known, rested) = {
            let learnt = self.learnt();
            (learnt.keys.clone(), learnt.rests_until.is_none_or(|until| now >= until))
        };
        let Some((keys, at)) = known.filter(|(_, at)| now - *at < KEYS_LIFE) else {
            return (!rested).then_some(Err(JwsError::UnknownKey));
        };
        let answer = jws::verify(token, &keys);
        let is_sure = now - at < LEARNT_LIFE && !matches!(answer, Err(JwsError::UnknownKey));
        (is_sure || !rested).then_some(answer)
    }

    async fn fetch_keys(&self, outgoing: &Outgoing, places: &Places) -> Result<Vec<Jwk>, ClientError> {
        let what = "the provider's keys";
        let reply = outgoing.ask(Call::get(&places.keys)).await?;
        jws::read_keys(&body(what, &reply)?).map_err(|_| ClientError::Unreadable(what))
    }
}

fn body(what: &'static str, reply: &Reply) -> Result<Vec<u8>, ClientError> {
    match reply.is_good() {
        true => Ok(reply.body.to_vec()),
        false => Err(ClientError::Status(what, reply.status)),
    }
}

fn read<T: serde::de::DeserializeOwned>(what: &'static str, reply: &Reply) -> Result<T, ClientError> {
    serde_json::from_slice(&body(what, reply)?).map_err(|_| ClientError::Unreadable(what))
}
