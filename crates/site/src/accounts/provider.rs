//! Signing in with an account elsewhere: the way there, and back. It begins with a link and not with a form, because
//! browsers do not follow a form to another site (CSP, form-action).

use super::enter;
use crate::security::sign_ins::{is_from_here, leave};
use crate::security::with_token;
use crate::urls;
use axum::http::HeaderMap;
use kernel::{MemberId, Refusal, SessionId};
use kit::Flash;
use kit::answer::Answer;
use kit::cookies::{Cookie, Name};
use kit::form::{Path, Query};
use kit::links;
use kit::parts::{acts_stack, link};
use kit::visit::{Holder, Visit};
use market::accounts::model::Method;
use market::accounts::notices::{self, Notice};
use market::accounts::sessions;
use market::oidc::rules::{self as oidc, Answered, Arrival, Lost, Purpose};
use market::signin::provider::{self as signin, Entered};
use market::signin::rules::ways_again;
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
    match oidc::depart(&market.db, &market.door.providers, &id, Purpose::SignIn, &next).await {
        Ok(departure) => Ok(leave(&departure)),
        Err(refusal) => sorry(&visit, refusal, links::sign_in(&next)),
    }
}

/// The way to a provider, to show there once more who one is. Another site cannot begin it.
pub(super) async fn again(
    visit: Holder,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Answer, Answer> {
    let (market, next) = (&visit.app.market, links::local(&asked.next.unwrap_or_default()));
    let (member, session) = (visit.member().id, visit.session.ok_or(Refusal::SignIn)?);
    let ways = ways_again(&mut visit.read().await?, &market.door, member).await?;
    if !ways.providers.contains(&id) {
        return Err(Refusal::NotFound.into());
    }
    let back = links::confirm(&next);
    if !is_from_here(&headers) {
        return Ok(Answer::to(back));
    }
    let purpose = Purpose::Confirm(member, session);
    match oidc::depart(&market.db, &market.door.providers, &id, purpose, &next).await {
        Ok(departure) => Ok(leave(&departure)),
        Err(refusal) => sorry(&visit, refusal, back),
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
        Err(Lost { why, way }) => {
            let back = match way.map(|way| (way.purpose, way.next)) {
                Some((Purpose::SignIn, next)) => links::sign_in(&next),
                Some((Purpose::Confirm(..), next)) => links::confirm(&next),
                Some((Purpose::Add(_), _)) => links::sign_ins(),
                None if visit.is_signed_in() => links::sign_ins(),
                None => links::sign_in(""),
            };
            sorry(&visit, why, back)?
        }
        Ok(arrival) => match arrival.way.purpose {
            Purpose::SignIn => come_in(&visit, &arrival).await?,
            Purpose::Add(member) => add(&visit, member, &arrival).await?,
            Purpose::Confirm(member, session) => confirm(&visit, (member, session), &id, &arrival).await?,
        },
    };
    Ok(answer.with_cookie(Cookie::removed(Name::Provider)).secret())
}

/// Signs in, or opens an account.
async fn come_in(visit: &Visit, arrival: &Arrival) -> Result<Answer, Answer> {
    let (say, claims) = (&visit.say, &arrival.claims);
    let (client, next, base_url) = (visit.client(), links::local(&arrival.way.next), &visit.app.web.base_url);
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
        return sorry(visit, Refusal::Conflict("provider-late"), links::sign_ins());
    };
    let title = visit.app.market.door.providers.title_of(&arrival.claims.issuer);
    let mut tx = visit.begin().await?;
    match oidc::link(&mut tx, member, &arrival.claims).await {
        Ok(true) => {
            let (client, base_url) = (visit.client(), &visit.app.web.base_url);
            notices::note(&mut tx, member, Notice::ProviderLinked, &client, base_url).await?;
        }
        Ok(false) => {}
        Err(refusal) => return sorry(visit, refusal, links::sign_ins()),
    }
    tx.commit().await?;
    Ok(Answer::to(links::sign_ins()).saying(Flash::ok(visit.say.sign_ins_added(title))))
}

/// Shows once more who it is, in the session that asked for it.
async fn confirm(
    visit: &Visit,
    (member, session): (MemberId, SessionId),
    provider: &str,
    arrival: &Arrival,
) -> Result<Answer, Answer> {
    let next = links::local(&arrival.way.next);
    let is_here = visit.session == Some(session) && visit.account().is_some_and(|it| it.id == member);
    if !is_here {
        return sorry(visit, Refusal::Conflict("provider-late"), links::confirm(&next));
    }
    let mut tx = visit.begin().await?;
    if let Err(refusal) = signin::confirm(&mut tx, &visit.app.market.door, member, provider, arrival).await {
        return sorry(visit, refusal, links::confirm(&next));
    }
    let token = sessions::confirm(&mut tx, session, Method::Provider).await?;
    tx.commit().await?;
    Ok(with_token(Answer::to(next), &token))
}

/// Back to where one may try again, with what went wrong. Whatever the provider wrote about it is not shown.
fn sorry(visit: &Visit, refusal: Refusal, back: String) -> Result<Answer, Answer> {
    let say = &visit.say;
    let said = match refusal {
        Refusal::Conflict("provider-late") => say.refused_provider_late(),
        Refusal::Conflict("provider-refused") => say.refused_provider_refused(),
        Refusal::Conflict("provider-failed") => say.refused_provider_failed(),
        Refusal::Conflict("provider-taken") => say.refused_provider_taken(),
        Refusal::Conflict("provider-other") => say.refused_provider_other(),
        Refusal::Conflict("provider-stale") => say.refused_provider_stale(),
        other => return Err(other.into()),
    };
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

/// The same where one shows once more who one is: for these.
pub(super) fn confirm_buttons(visit: &Visit, ids: &[String], next: &str) -> Markup {
    let providers = visit.app.market.door.providers.list().filter(|provider| ids.contains(&provider.id));
    html! {
        @if !ids.is_empty() {
            (acts_stack(html! {
                @for provider in providers {
                    (link(urls::confirm_with(&provider.id, next), visit.say.provider_confirm(provider.title.as_str())))
                }
            }))
        }
    }
}
