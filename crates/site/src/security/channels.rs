//! What turning on codes by mail and by SMS have in common.

use super::{codes, must_be_shown, with_token};
use kernel::{FieldErrors, Refusal};
use kit::Flash;
use kit::answer::Answer;
use kit::links;
use kit::visit::{SignedIn, Visit};
use market::accounts::notices::{self, Notice};
use market::accounts::sessions;
use market::factors::channels;
use market::factors::sent::{Bound, Channel};
use market::signin::rules as signin;

/// What the code is good for: turning something on in this browser.
pub(super) fn bound(visit: &SignedIn) -> Result<Bound, Refusal> {
    Ok(Bound::enrolling(visit.session.ok_or(Refusal::SignIn)?))
}

/// What the next page says about a code that was asked for.
pub(crate) fn told(visit: &Visit, asked: Result<(), Refusal>) -> Result<Flash, Answer> {
    match asked {
        Ok(()) => Ok(Flash::ok(visit.say.sent_done())),
        Err(Refusal::TooMany { retry_after_s }) => {
            Ok(Flash::bad(visit.say.problem_too_many_wait(retry_after_s)))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Turns it on, and shows recovery codes if there were none. A wrong code is told to the page.
pub(super) async fn turn_on(
    visit: &SignedIn,
    channel: Channel,
    code: &str,
) -> Result<Result<Answer, FieldErrors>, Answer> {
    let (member, door, client) = (visit.member(), &visit.app.market.door, visit.client());
    let (session, bound) = (visit.session.ok_or(Refusal::SignIn)?, bound(visit)?);
    signin::count_code(door, member, &client, &bound).await?;
    let mut tx = visit.begin().await?;
    // Recovery codes may come with it.
    must_be_shown(visit, &mut tx).await?;
    let made = match channels::confirm(&mut tx, &door.codes, member, channel, &bound, code).await {
        Err(Refusal::Fields(errors)) => return Ok(Err(errors)),
        // Somebody sent the form twice: it is on.
        Err(Refusal::NotFound) => return Ok(Ok(Answer::to(links::security()))),
        other => other?,
    };
    signin::forgive_codes(&mut tx, door, member, &client).await?;
    let what = match channel {
        Channel::Mail => Notice::MailCodesOn,
        Channel::Sms => Notice::PhoneAdded,
    };
    notices::note(&mut tx, member, what, &client, &visit.app.web.base_url).await?;
    let token = sessions::renew(&mut tx, session).await?;
    tx.commit().await?;
    let said = visit.say.sent_on();
    let answer = match made {
        Some(made) => Answer::page(codes::fresh(visit, &made, Some(said))).secret(),
        None => Answer::to(links::security()).saying(Flash::ok(said)),
    };
    Ok(Ok(with_token(answer, &token)))
}

/// Turns it off.
pub(super) async fn turn_off(visit: &SignedIn, channel: Channel) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    must_be_shown(visit, &mut tx).await?;
    match channels::remove(&mut tx, visit.member().id, channel).await {
        // Somebody sent the form twice: it is off.
        Err(Refusal::NotFound) => return Ok(Answer::to(links::security())),
        other => other?,
    }
    let what = match channel {
        Channel::Mail => Notice::MailCodesOff,
        Channel::Sms => Notice::PhoneRemoved,
    };
    notices::note(&mut tx, visit.member(), what, &visit.client(), &visit.app.web.base_url).await?;
    tx.commit().await?;
    Ok(Answer::to(links::security()).saying(Flash::ok(visit.say.sent_off())))
}
