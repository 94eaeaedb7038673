//! Who it is, for handlers that are for somebody.

use super::Visit;
use crate::answer::Answer;
use axum::extract::FromRequestParts;
use http::request::Parts;
use kernel::Refusal;
use market::accounts::model::Member;
use std::sync::Arc;

/// A visit of somebody who is signed in, and who it is; anybody else is sent to sign in and comes back.
#[derive(Clone)]
pub struct SignedIn(pub Visit, pub Arc<Member>);

impl SignedIn {
    pub fn member(&self) -> &Member {
        &self.1
    }
}

impl std::ops::Deref for SignedIn {
    type Target = Visit;
    fn deref(&self) -> &Visit {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Answer;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Answer> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let member = visit.member.clone().ok_or(Refusal::SignIn)?;
        Ok(Self(visit, member))
    }
}

/// A visit of somebody to what is theirs whatever becomes of their account: also of who is suspended or leaving.
#[derive(Clone)]
pub struct Holder(pub Visit, pub Arc<Member>);

impl Holder {
    pub fn member(&self) -> &Member {
        &self.1
    }
}

impl std::ops::Deref for Holder {
    type Target = Visit;
    fn deref(&self) -> &Visit {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Holder {
    type Rejection = Answer;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Answer> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let member = visit.holder().cloned().ok_or(Refusal::SignIn)?;
        Ok(Self(visit, member))
    }
}
