//! Signing in with an account elsewhere: the way there, and back. It begins with a link and not with a form, because
//! browsers do not follow a form to another site (CSP, form-action).

use super::enter;
use crate::security::sign_ins::leave;
use crate::urls;
use kernel::{MemberId, Refusal};
use kit::Flash;
use kit::answer::Answer;
use kit::cookies::{Cookie, Name};
use kit::form::{Path, Query};
use kit::links;
use kit::parts::{acts_stack, link};
use kit::visit::Visit;
use market::accounts::notices::{self, Notice};
use market::oidc::rules::{self as oidc, Answered, Arrival};
use market::signin::provider::{self as signin, Entered};
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    next: Option<String>,
}

/// What a provider answers with.
#[derive(Deserialize, Default)]
pub(super) struct Returned {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

pub(super) async fn go(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Answer, Answer> {
    let (market, next) = (&visit.app.market, links::local(&asked.next.unwrap_or_default()));
    if !market.door.providers.list().any(|provider| provider.id == id) {
        return Err(Refusal::NotFound.into());
    }
    if visit.is_signed_in() {
        return Ok(Answer::to(next));
    }
    match oidc::depart(&market.db, &market.door.providers, &id, None, &next).await {
        Ok(departure) => Ok(leave(&departure)),
        Err(refusal) => sorry(&visit, refusal),
    }
}

pub(super) async fn back(
    visit: Visit,
    Path(id): Path<String>,
    Query(returned): Query<Returned>,
) -> Result<Answer, Answer> {
    let market = &visit.app.market;
    let answered = Answered {
        attempt: visit.provider.as_deref(),
        state: returned.state.as_deref(),
        code: returned.code.as_deref(),
        iss: returned.iss.as_deref(),
        error: returned.error.as_deref(),
    };
    let answer = match oidc::arrive(&market.db, &market.door.providers, &id, answered).await {
        Err(refusal) => sorry(&visit, refusal)?,
        Ok(arrival) => match arrival.member {
            Some(member) => add(&visit, member, &arrival).await?,
            None => come_in(&visit, &arrival).await?,
        },
    };
    Ok(answer.with_cookie(Cookie::removed(Name::Provider)).secret())
}

/// Signs in, or opens an account.
async fn come_in(visit: &Visit, arrival: &Arrival) -> Result<Answer, Answer> {
    let (say, claims) = (&visit.say, &arrival.claims);
    let (client, next, base_url) = (visit.client(), links::local(&arrival.next), &visit.app.web.base_url);
    let title = visit.app.market.door.providers.title_of(&claims.issuer);
    let mut tx = visit.begin().await?;
    match signin::enter(&mut tx, claims, &client, &next, say.lang(), base_url).await? {
        Entered::Step(step) => enter::proceed(tx, visit, step, Answer::to(next)).await,
        Entered::Mail => {
            tx.commit().await?;
            Ok(Answer::to(urls::verify_sent()))
        }
        Entered::Known => {
            let flash = Flash::info(say.provider_known(title));
            Ok(Answer::to(links::sign_in(&links::sign_ins())).saying(flash))
        }
        Entered::NoAddress => {
            let flash = Flash::bad(say.provider_no_address(title));
            Ok(Answer::to(links::register("")).saying(flash))
        }
    }
}

/// Adds the account to that of whoever asked for it, who is still signed in.
async fn add(visit: &Visit, asked_by: MemberId, arrival: &Arrival) -> Result<Answer, Answer> {
    let Some(member) = visit.member.as_deref().filter(|member| member.id == asked_by) else {
        return sorry(visit, Refusal::Conflict("provider-late"));
    };
    let title = visit.app.market.door.providers.title_of(&arrival.claims.issuer);
    let mut tx = visit.begin().await?;
    match oidc::link(&mut tx, member, &arrival.claims).await {
        Ok(true) => {
            let (client, base_url) = (visit.client(), &visit.app.web.base_url);
            notices::note(&mut tx, member, Notice::ProviderLinked, &client, base_url).await?;
        }
        Ok(false) => {}
        Err(refusal) => return sorry(visit, refusal),
    }
    tx.commit().await?;
    Ok(Answer::to(links::sign_ins()).saying(Flash::ok(visit.say.sign_ins_added(title))))
}

/// Back to where one may try again, with what went wrong. Whatever the provider wrote about it is not shown.
fn sorry(visit: &Visit, refusal: Refusal) -> Result<Answer, Answer> {
    let say = &visit.say;
    let said = match refusal {
        Refusal::Conflict("provider-late") => say.refused_provider_late(),
        Refusal::Conflict("provider-refused") => say.refused_provider_refused(),
        Refusal::Conflict("provider-failed") => say.refused_provider_failed(),
        Refusal::Conflict("provider-taken") => say.refused_provider_taken(),
        other => return Err(other.into()),
    };
    let back = if visit.is_signed_in() { links::sign_ins() } else { links::sign_in("") };
    Ok(Answer::to(back).saying(Flash::bad(said)))
}

/// A link for each provider, on the pages of signing in and of registering.
pub(super) fn buttons(visit: &Visit, next: &str) -> Markup {
    let providers = &visit.app.market.door.providers;
    html! {
        @if providers.list().next().is_some() {
            (acts_stack(html! {
                @for provider in providers.list() {
                    (link(links::sign_in_with(&provider.id, next), visit.say.provider_continue(provider.title.as_str())))
                }
            }))
        }
    }
}
