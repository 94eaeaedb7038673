//! The accounts elsewhere that one signs in with: which there are, adding and removing them.

use super::urls;
use axum::http::HeaderMap;
use kernel::{LinkId, Refusal};
use kit::Flash;
use kit::answer::Answer;
use kit::cookies::{Cookie, Name};
use kit::form::Path;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Empty, Page, acts, ago, back, button, empty, layout, link, post};
use kit::visit::{SignedIn, Visit};
use market::accounts::notices::{self, Notice};
use market::oidc::model::Link;
use market::oidc::rules::{self as oidc, ATTEMPT_LIFE, Departure, Purpose};
use market::signin::last;
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let all = oidc::list(&mut visit.read().await?, visit.member().id).await?;
    Ok(Answer::page(page(&visit, &all)))
}

/// The way to a provider, to add an account there to one's own. Another site cannot begin it.
pub(super) async fn add(
    visit: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Answer> {
    let market = &visit.app.market;
    if !market.door.providers.list().any(|provider| provider.id == id) {
        return Err(Refusal::NotFound.into());
    }
    if !is_from_here(&headers) {
        return Ok(Answer::to(links::sign_ins()));
    }
    let (next, purpose) = (links::sign_ins(), Purpose::Add(visit.member().id));
    match oidc::depart(&market.db, &market.door.providers, &id, purpose, &next).await {
        Ok(departure) => Ok(leave(&departure)),
        Err(Refusal::Conflict("provider-failed")) => {
            Ok(Answer::to(next).saying(Flash::bad(visit.say.refused_provider_failed())))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

pub(super) async fn remove(visit: SignedIn, Path(id): Path<LinkId>) -> Result<Answer, Answer> {
    let member = visit.member();
    let mut tx = visit.begin().await?;
    match last::unlink(&mut tx, &visit.app.market.door, member.id, id).await {
        Err(Refusal::Conflict("last-way-in")) => {
            let flash = Flash::bad(visit.say.refused_last_way_in());
            return Ok(Answer::to(links::sign_ins()).saying(flash));
        }
        other => other?,
    }
    notices::note(&mut tx, member, Notice::ProviderUnlinked, &visit.client(), &visit.app.web.base_url)
        .await?;
    tx.commit().await?;
    Ok(Answer::to(links::sign_ins()).saying(Flash::ok(visit.say.sign_ins_removed())))
}

/// Whether the link stands on a page of ours, as far as the browser tells.
pub(crate) fn is_from_here(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(|site| site.as_bytes());
    site.is_none_or(|site| site == b"same-origin" || site == b"none")
}

/// To the provider, with a cookie by which the browser is known when it comes back.
pub(crate) fn leave(departure: &Departure) -> Answer {
    let seconds = u32::try_from(ATTEMPT_LIFE.whole_seconds()).unwrap_or_default();
    let cookie = Cookie::new(Name::Provider, departure.attempt.reveal()).lasting(seconds);
    Answer::to(&departure.url).with_cookie(cookie).secret()
}

fn page(visit: &Visit, all: &[Link]) -> Markup {
    let (say, providers) = (&visit.say, &visit.app.market.door.providers);
    let others: Vec<_> =
        providers.list().filter(|p| !all.iter().any(|link| link.issuer == p.issuer)).collect();
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.sign_ins_title()) } p { (say.sign_ins_lead()) } } }
        @if all.is_empty() {
            (empty(&Empty {
                icon: "external",
                title: say.sign_ins_none(),
                text: say.sign_ins_none_text(),
                action: None,
            }))
        } @else {
            ul.rows-list role="list" { @for link in all { (row(visit, link, providers.title_of(&link.issuer))) } }
        }
        @if !others.is_empty() {
            (acts(html! {
                @for provider in &others {
                    (link(urls::sign_ins_add(&provider.id), say.sign_ins_add(provider.title.as_str())))
                }
            }))
        }
    };
    layout(visit, Page::titled(say.sign_ins_title()).medium().noindex().at(Active::Account), body)
}

fn row(visit: &Visit, link: &Link, title: &str) -> Markup {
    let say = &visit.say;
    html! {
        li {
            div {
                b { (title) }
                p.hint {
                    @if !link.email.is_empty() { (link.email) " · " }
                    (say.passkeys_added()) " " (ago(say, link.linked_at, visit.now))
                    @if let Some(at) = link.last_used_at { " · " (say.passkeys_used()) " " (ago(say, at, visit.now)) }
                }
            }
            (post(visit, &urls::sign_ins_remove(link.id), None, html! {
                (button(say.passkeys_remove()).small().danger().heard_as(say.passkeys_remove_one(title)))
            }))
        }
    }
}
