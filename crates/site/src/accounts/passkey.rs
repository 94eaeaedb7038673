//! Signing in, or showing once more who one is, with a passkey.

use super::enter;
use crate::security::{passkeys as ours, with_token};
use kernel::Refusal;
use kit::answer::Answer;
use kit::links;
use kit::parts::{button, form};
use kit::visit::{Holder, Visit};
use kit::{Flash, Typed};
use market::accounts::model::Method;
use market::accounts::sessions;
use market::factors::passkeys;
use market::signin::rules as signin;
use maud::{Markup, html};
use platform::Tx;

const OPTIONS: &str = "/sign-in/passkey/options";
const ENTER: &str = "/sign-in/passkey";
const CONFIRM: &str = "/confirm/passkey";

/// The question for whichever key is at hand.
pub(super) async fn ask(visit: Visit) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    let question = passkeys::begin_sign_in(&mut tx, &*ours::of(&visit)?).await?;
    tx.commit().await?;
    Ok(ours::json(&question)?)
}

pub(super) async fn enter(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let next = links::local(typed.get("next"));
    let (ceremony, credential) = (typed.get("ceremony"), typed.get("credential"));
    let mut tx = visit.begin().await?;
    let proven = match signin::with_passkey(&mut tx, &*ours::of(&visit)?, ceremony, credential).await {
        Err(refusal) => return sorry(tx, &visit, refusal, links::sign_in(&next)).await,
        Ok(proven) => proven,
    };
    let opened = enter::open(&mut tx, &visit, &proven).await?;
    tx.commit().await?;
    Ok(enter::with_session(Answer::to(enter::destination(proven.member(), &next)), &opened))
}

pub(super) async fn confirm(visit: Holder, typed: Typed) -> Result<Answer, Answer> {
    let next = links::local(typed.get("next"));
    let session = visit.session.ok_or(Refusal::SignIn)?;
    let (ceremony, credential) = (typed.get("ceremony"), typed.get("credential"));
    let mut tx = visit.begin().await?;
    match signin::with_passkey(&mut tx, &*ours::of(&visit)?, ceremony, credential).await {
        Ok(proven) if proven.member().id == visit.member().id => {}
        // Somebody else's key, who uses this device too.
        Ok(_) => {
            let refusal = Refusal::Conflict("passkey-late");
            return sorry(tx, &visit, refusal, links::confirm(&next)).await;
        }
        Err(refusal) => return sorry(tx, &visit, refusal, links::confirm(&next)).await,
    }
    let token = sessions::confirm(&mut tx, session, Method::Passkey).await?;
    tx.commit().await?;
    Ok(with_token(Answer::to(next), &token))
}

/// The button on the page of signing in. Browsers also offer the keys in the field for the address.
pub(super) fn sign_in_button(visit: &Visit, next: &str) -> Markup {
    button_for(visit, ENTER, next, visit.say.passkey_sign_in())
}

/// The same where one shows once more who one is.
pub(super) fn confirm_button(visit: &Visit, next: &str) -> Markup {
    button_for(visit, CONFIRM, next, visit.say.passkey_confirm())
}

fn button_for(visit: &Visit, action: &str, next: &str, label: String) -> Markup {
    if visit.app.market.door.passkeys.is_none() {
        return html! {};
    }
    ours::button_around(
        "get",
        OPTIONS,
        visit,
        form(
            visit,
            action,
            html! {
                (ours::answer_fields())
                input type="hidden" name="next" value=(next);
                (button(label).icon("key").wide())
            },
        ),
    )
}

/// Back to where they came from, with what went wrong. The question was answered, whatever the answer was.
async fn sorry(tx: Tx, visit: &Visit, refusal: Refusal, back: String) -> Result<Answer, Answer> {
    tx.commit().await?;
    let say = &visit.say;
    let said = match refusal {
        Refusal::Fields(_) => say.wrong_passkey(),
        Refusal::Conflict("passkey-late") => say.refused_passkey_late(),
        other => return Err(other.into()),
    };
    Ok(Answer::to(back).saying(Flash::bad(said)))
}
