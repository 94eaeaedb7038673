//! Letting somebody in who has just proven who they are.

use kernel::{MemberId, Refusal};
use kit::answer::Answer;
use kit::cookies::{Cookie, Name};
use kit::visit::Visit;
use market::accounts::rules as accounts;
use market::carts::rules as carts;
use platform::Tx;
use platform::crypto::{Token, token_hash};

/// Seconds that the browser keeps the cookie: 90 days, as long as a session can live.
const COOKIE_LIFE_S: u32 = 90 * 24 * 3600;

/// Opens a session in the caller's unit of work. The session this browser had before ends, so that no token
/// outlives a change of who is signed in, and what the visitor had chosen joins the member's cart.
pub(super) async fn open(tx: &mut Tx, visit: &Visit, member: MemberId) -> Result<Token, Refusal> {
    if let (Some(before), Some(session)) = (&visit.member, visit.session) {
        match accounts::close_session(tx, before.id, session).await {
            // It ended a moment ago.
            Ok(()) | Err(Refusal::NotFound) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    if let Some(token) = &visit.cart_token {
        carts::join(tx, &token_hash(token), member).await?;
    }
    accounts::open_session(tx, member, &visit.client()).await
}

/// Gives the browser its session.
pub(super) fn with_session(answer: Answer, token: &Token) -> Answer {
    answer
        .with_cookie(Cookie::new(Name::Session, token.reveal()).lasting(COOKIE_LIFE_S))
        .with_cookie(Cookie::removed(Name::Cart))
        .with_cookie(Cookie::removed(Name::Visitor))
}
