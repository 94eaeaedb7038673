//! Letting somebody in: a session for who has shown everything, the page of the second factor for who has not.

use crate::security::with_token;
use kernel::Refusal;
use kit::Flash;
use kit::answer::Answer;
use kit::cookies::{Cookie, Name};
use kit::links;
use kit::visit::Visit;
use market::accounts::model::Member;
use market::accounts::sessions::{self, Opened};
use market::carts::rules as carts;
use market::signin::model::{Proven, Step};
use market::signin::rules::{self as signin, ATTEMPT_LIFE};
use platform::Tx;
use platform::crypto::token_hash;

/// Seconds that the browser remembers where it was signed in: 400 days, the most that browsers keep anything.
const DEVICE_LIFE_S: u32 = 400 * 24 * 3600;

/// Goes on from where signing in has come to, and commits. `answer` is for who is in.
pub(super) async fn proceed(mut tx: Tx, visit: &Visit, step: Step, answer: Answer) -> Result<Answer, Answer> {
    match step {
        Step::Done(proven) => {
            let opened = open(&mut tx, visit, &proven).await?;
            tx.commit().await?;
            let answer = match proven.member().leaving {
                Some(_) => Answer::to(destination(proven.member(), "")),
                None => answer,
            };
            Ok(with_session(answer, &opened))
        }
        Step::Second { attempt } => {
            let is_sent = signin::send_at_once(&mut tx, &visit.app.market.door, attempt.reveal()).await?;
            tx.commit().await?;
            let seconds = u32::try_from(ATTEMPT_LIFE.whole_seconds()).unwrap_or_default();
            let cookie = Cookie::new(Name::Attempt, attempt.reveal()).lasting(seconds);
            let answer = Answer::to(links::sign_in_second()).with_cookie(cookie);
            Ok(if is_sent { answer.saying(Flash::ok(visit.say.sent_done())) } else { answer })
        }
    }
}

/// Opens a session in the caller's unit of work. The session this browser had before ends, so that no token
/// outlives a change of who is signed in, and what the visitor had chosen joins the member's cart.
pub(super) async fn open(tx: &mut Tx, visit: &Visit, proven: &Proven) -> Result<Opened, Refusal> {
    signin::hold(tx, proven).await?;
    let member = proven.member();
    if let (Some(before), Some(session)) = (visit.account(), visit.session) {
        match sessions::leave(tx, before.id, session).await {
            // It ended a moment ago.
            Ok(()) | Err(Refusal::NotFound) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    if let Some(token) = &visit.cart_token {
        carts::join(tx, &token_hash(token), member.id).await?;
    }
    sessions::open(tx, member, proven.methods(), &visit.client(), &visit.app.web.base_url).await
}

/// Where somebody goes who is in: who is leaving sees first that it can be taken back.
pub(super) fn destination(member: &Member, next: &str) -> String {
    match member.leaving {
        Some(_) => links::account_page("data"),
        None => links::local(next),
    }
}

/// Gives the browser its session. Who is suspended reads why, unless they were going to what is open to them.
pub(super) fn with_session(answer: Answer, opened: &Opened) -> Answer {
    let open = [links::suspension(), links::account_page("data")];
    let stays = answer.location().is_some_and(|to| open.iter().any(|it| to.starts_with(it)));
    let answer = if opened.is_suspended && !stays { Answer::to(links::suspension()) } else { answer };
    let answer = with_token(answer, &opened.session)
        .with_cookie(Cookie::removed(Name::Cart))
        .with_cookie(Cookie::removed(Name::Attempt))
        .with_cookie(Cookie::removed(Name::Visitor));
    match &opened.device {
        Some(device) => answer.with_cookie(Cookie::new(Name::Device, device.reveal()).lasting(DEVICE_LIFE_S)),
        None => answer,
    }
}
