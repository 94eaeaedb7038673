//! Who calls the API: a program with a bearer token or an API key, or anyone. Cookies mean nothing here, so a page of another
//! site can make a browser call, but never in a member's name.

use crate::answer::{Denied, Problem};
use crate::app::App;
use crate::beside::Beside;
use crate::client::{Asked, network_of};
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use kernel::{Lang, Moment, Refusal, Say, TokenFamilyId};
use market::accounts::model::{Client, Member};
use market::accounts::tokens::{self, Bearer};
use market::apikeys::Secret;
use market::apikeys::model::Used;
use market::apikeys::rules::{self as apikeys, Shown};
use platform::{Reader, Tx, idempotency};
use serde::Serialize;
use std::net::IpAddr;
use std::sync::Arc;

/// A call of the API, with or without a token. Built once per request by the layer around the API's handlers.
#[derive(Clone)]
pub struct Anyone {
    pub app: App,
    pub member: Option<Arc<Member>>,
    /// The sign-in that the token belongs to.
    pub family: Option<TokenFamilyId>,
    /// When who it is was proven last; a key never proves it.
    pub proven_at: Option<Moment>,
    /// The API key that was shown instead of a token.
    pub key: Option<Arc<Used>>,
    pub say: Say,
    pub now: Moment,
    pub request_id: String,
    pub address: IpAddr,
    pub user_agent: String,
}

impl Anyone {
    /// Reads who calls. Errors: a token that is not (or no longer) good, even where none is needed; the database
    /// cannot be asked; a key from a network that its owner did not allow.
    pub(crate) async fn of(app: &App, parts: &Parts, asked: &Asked) -> Result<Self, Denied> {
        let mut anyone = Self::stranger(app, &parts.headers, asked);
        let Some(token) = bearer(&parts.headers)? else { return Ok(anyone) };
        let mut reader = app.market.db.read().await?;
        let member = match Secret::is_meant(token) {
            true => anyone.with_key(&mut reader, token).await?,
            false => anyone.with_token(&mut reader, token).await?,
        };
        if !parts.headers.contains_key(header::ACCEPT_LANGUAGE) {
            anyone.say = Say::new(member.lang);
        }
        anyone.member = Some(Arc::new(member));
        Ok(anyone)
    }

    /// Notes which sign-in the token belongs to, and answers whose it is.
    async fn with_token(&mut self, reader: &mut Reader, token: &str) -> Result<Member, Denied> {
        let Bearer { family, mut member, is_strong, signed_in_at } =
            tokens::bearer(reader, token).await?.ok_or(Refusal::SignIn)?;
        if self.app.market.config.access.staff_factor && !is_strong {
            // Without a second factor staff is like everybody else.
            member.lay_down();
        }
        self.family = Some(family);
        self.proven_at = Some(signed_in_at);
        Ok(member)
    }

    /// Notes what bounds the key, and answers for whom it acts.
    async fn with_key(&mut self, reader: &mut Reader, key: &str) -> Result<Member, Denied> {
        match apikeys::show(reader, key, self.address, &network_of(self.address)).await? {
            Shown::Worthless => Err(Refusal::SignIn.into()),
            Shown::Elsewhere => Err(Denied::ApiKeyNetwork),
            Shown::Good(good) => {
                let (used, member) = *good;
                self.key = Some(Arc::new(used));
                Ok(member)
            }
        }
    }

    /// Somebody of whom only the headers are known.
    pub(crate) fn stranger(app: &App, headers: &HeaderMap, asked: &Asked) -> Self {
        let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
        let lang = text(header::ACCEPT_LANGUAGE).map_or(app.web.default_lang, Lang::negotiate);
        Self {
            app: app.clone(),
            member: None,
            family: None,
            proven_at: None,
            key: None,
            say: Say::new(lang),
            now: app.market.db.now(),
            request_id: asked.id.clone(),
            address: asked.address,
            user_agent: text(header::USER_AGENT).unwrap_or_default().chars().take(300).collect(),
        }
    }

    /// What things cost in the caller's currency: that of their account, else the marketplace's.
    pub fn beside(&self) -> Beside {
        Beside::of(&self.app).chosen(self.member.as_ref().and_then(|member| member.currency))
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Reader, Problem> {
        Ok(self.app.market.db.read().await?)
    }

    /// A unit of work.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        Ok(self.app.market.db.begin().await?)
    }

    /// What is kept with a new sign-in.
    pub fn client(&self) -> Client {
        let address = self.address.to_string();
        let place = self.app.web.atlas.find(&address);
        Client { user_agent: self.user_agent.clone(), address, device: None, place }
    }
}

/// The token of an `Authorization: Bearer` header (RFC 6750). Another scheme is refused as a bad token is.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let token =
        value.to_str().ok().and_then(|v| v.split_once(' ')).filter(|(s, _)| s.eq_ignore_ascii_case("bearer"));
    token.map(|(_, token)| Some(token.trim())).ok_or(Refusal::SignIn)
}

impl<S: Send + Sync> FromRequestParts<S> for Anyone {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let missing = || Refusal::broken("an API handler stands outside the API routes");
        parts.extensions.get::<Self>().cloned().ok_or_else(|| missing().into())
    }
}

/// The `Idempotency-Key` of a call, claimed before its handler began.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub scope: String,
    pub key: String,
}

/// A call with a good token.
#[derive(Clone)]
pub struct Caller {
    pub member: Arc<Member>,
    call: Anyone,
    claimed: Option<Claimed>,
}

impl Caller {
    /// Keeps the answer under the call's key in the unit of work that earns it. Should the program end between
    /// the commit and the answer, the next try gets the answer instead of doing the work once more. Does nothing
    /// for a call without a key.
    pub async fn keep<T: Serialize>(
        &self,
        tx: &mut Tx,
        status: StatusCode,
        answer: &T,
    ) -> Result<(), Problem> {
        let Some(Claimed { scope, key }) = &self.claimed else { return Ok(()) };
        let body = serde_json::to_vec(answer).map_err(Refusal::broken)?;
        Ok(idempotency::finish(tx, scope, key, status.as_u16(), &body).await?)
    }
}

impl std::ops::Deref for Caller {
    type Target = Anyone;
    fn deref(&self) -> &Anyone {
        &self.call
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let call = Anyone::from_request_parts(parts, state).await?;
        let member = call.member.clone().ok_or(Refusal::SignIn)?;
        Ok(Self { member, call, claimed: parts.extensions.get().cloned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn reads_bearer_tokens_only() {
        let read = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static(value))]);
            bearer(&headers).map(|t| t.map(str::to_owned)).map_err(|_| ())
        };
        assert_eq!(read("Bearer abc"), Ok(Some("abc".to_owned())));
        assert_eq!(read("bearer abc"), Ok(Some("abc".to_owned())));
        assert_eq!(read("Basic abc"), Err(()));
        assert_eq!(read("abc"), Err(()));
        assert_eq!(bearer(&HeaderMap::new()).unwrap(), None);
    }
}
