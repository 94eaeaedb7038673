//! One's passkeys: which there are, adding, naming and removing them.

use super::{must_be_shown, urls, with_token};
use kernel::{PasskeyId, Refusal};
use kit::answer::{Answer, Denied};
use kit::form::{Filled, Path};
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Empty, Page, ago, back, button, details, empty, form, form_acts, layout, post, tag, text};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::accounts::devices::name_of;
use market::accounts::model::Method;
use market::accounts::notices::{self, Notice};
use market::accounts::sessions;
use market::factors::passkeys::{self, Key, KeyName, Passkeys};
use market::signin::last;
use maud::{Markup, html};
use std::sync::Arc;

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let keys = passkeys::list(&mut visit.read().await?, visit.member().id).await?;
    Ok(Answer::page(page(&visit, &keys)))
}

/// The question for a new key.
pub(super) async fn ask(visit: SignedIn) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    must_be_shown(&visit, &mut tx).await?;
    let question = passkeys::begin_register(&mut tx, &*of(&visit)?, visit.member()).await?;
    tx.commit().await?;
    Ok(json(&question)?)
}

pub(super) async fn add(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let (member, passkeys, client) = (visit.member(), of(&visit)?, visit.client());
    // The key is on the device already: a name that cannot be is no reason to lose it.
    let given = KeyName::read(typed.get("name"));
    let name = given
        .or_else(|_| KeyName::read(&name_of(&visit.say, &client.user_agent)))
        .map_err(|_| Refusal::NotFound)?;
    let (ceremony, credential) = (typed.get("ceremony"), typed.get("credential"));
    let mut tx = visit.begin().await?;
    must_be_shown(&visit, &mut tx).await?;
    let added = passkeys::finish_register(&mut tx, &passkeys, member, ceremony, credential, &name).await;
    let say = &visit.say;
    let wrong = match added {
        Ok(_) => None,
        // It came without an answer: from a browser without scripts.
        Err(Refusal::Fields(_) | Refusal::Conflict(_)) if credential.is_empty() => {
            Some(say.passkeys_no_script())
        }
        Err(Refusal::Fields(_)) => Some(say.wrong_passkey()),
        Err(Refusal::Conflict("passkey-late")) => Some(say.refused_passkey_late()),
        Err(refusal) => return Err(refusal.into()),
    };
    let Some(session) = visit.session else { return Err(Refusal::SignIn.into()) };
    if let Some(wrong) = wrong {
        // The question was answered, whatever the answer was.
        tx.commit().await?;
        return Ok(again(wrong));
    }
    notices::note(&mut tx, member, Notice::PasskeyAdded, &client, &visit.app.web.base_url).await?;
    let token = sessions::confirm(&mut tx, session, Method::Passkey).await?;
    tx.commit().await?;
    Ok(with_token(Answer::to(urls::PASSKEYS).saying(Flash::ok(say.passkeys_done())), &token))
}

pub(super) async fn rename(
    visit: SignedIn,
    Path(id): Path<PasskeyId>,
    typed: Typed,
) -> Result<Answer, Answer> {
    let typed = typed.pairs().find(|(name, _)| name.starts_with("name")).map_or("", |(_, value)| value);
    let name = match KeyName::read(typed) {
        Ok(name) => name,
        Err(wrong) => return Ok(again(wrong.say(&visit.say))),
    };
    let mut tx = visit.begin().await?;
    passkeys::rename(&mut tx, visit.member().id, id, &name).await?;
    tx.commit().await?;
    Ok(Answer::to(urls::PASSKEYS).saying(Flash::ok(visit.say.passkeys_renamed())))
}

pub(super) async fn remove(visit: SignedIn, Path(id): Path<PasskeyId>) -> Result<Answer, Answer> {
    let member = visit.member();
    let mut tx = visit.begin().await?;
    must_be_shown(&visit, &mut tx).await?;
    match last::remove_passkey(&mut tx, &visit.app.market.door, member.id, id).await {
        Err(Refusal::Conflict("last-way-in")) => return Ok(again(visit.say.refused_last_way_in())),
        other => other?,
    }
    notices::note(&mut tx, member, Notice::PasskeyRemoved, &visit.client(), &visit.app.web.base_url).await?;
    tx.commit().await?;
    Ok(Answer::to(urls::PASSKEYS).saying(Flash::ok(visit.say.passkeys_removed())))
}

/// What asks and judges. Where there is none, its pages are not there.
pub(crate) fn of(visit: &Visit) -> Result<Arc<Passkeys>, Refusal> {
    visit.app.market.door.passkeys.clone().ok_or(Refusal::NotFound)
}

/// A question, for the script that asks the device.
pub(crate) fn json(question: &passkeys::Question) -> Result<Answer, Denied> {
    let body = serde_json::to_vec(question).map_err(Refusal::broken)?;
    Ok(Answer::file("application/json", body).secret())
}

fn again(said: String) -> Answer {
    Answer::to(urls::PASSKEYS).saying(Flash::bad(said))
}

fn page(visit: &Visit, keys: &[Key]) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.security_passkeys()) } p { (say.passkeys_lead()) } } }
        @if keys.is_empty() {
            (empty(&Empty { icon: "key", title: say.passkeys_none(), text: say.passkeys_none_text(), action: None }))
        } @else {
            ul.rows-list role="list" { @for key in keys { (row(visit, key)) } }
        }
        @if visit.app.market.door.passkeys.is_some() { (adding(visit)) }
        p.hint { (say.passkeys_lost()) }
    };
    layout(visit, Page::titled(say.security_passkeys()).medium().noindex().at(Active::Account), body)
}

fn adding(visit: &Visit) -> Markup {
    let (say, filled) = (&visit.say, &Filled::empty());
    html! {
        section aria-labelledby="add" {
            h2 #add { (say.passkeys_add()) }
            noscript { p { (say.passkeys_no_script()) } }
            (button_around("create", urls::PASSKEYS_OPTIONS, visit, form(visit, urls::PASSKEYS, html! {
                (answer_fields())
                (text(say, filled, "name", say.passkeys_name()).hint(say.passkeys_name_hint()).max(KeyName::MAX))
                (form_acts(false, html! { (button(say.passkeys_add()).primary().icon("key")) }))
            })))
        }
    }
}

/// The element that asks the device before the form in it is sent.
pub(crate) fn button_around(kind: &str, options: &str, visit: &Visit, form: Markup) -> Markup {
    let say = &visit.say;
    html! {
        passkey-button data-kind=(kind) data-options=(options) data-busy=(say.passkey_busy())
            data-stopped=(say.passkey_stopped()) data-unable=(say.passkeys_unable()) data-auto[kind == "get"] {
            (form)
            p.passkey-said.hint role="status" {}
        }
    }
}

/// What the script fills in.
pub(crate) fn answer_fields() -> Markup {
    html! {
        input type="hidden" name="ceremony";
        input type="hidden" name="credential";
    }
}

fn row(visit: &Visit, key: &Key) -> Markup {
    let say = &visit.say;
    // Each field of the page has a name of its own, and with it an id.
    let field = format!("name-{}", key.id);
    let filled = Filled::from(Typed::of([(field.as_str(), key.name.as_str())]));
    html! {
        li {
            div {
                b { (key.name) } " "
                (tag("plain", &if key.synced { say.passkeys_synced() } else { say.passkeys_bound() }))
                p.hint {
                    (say.passkeys_added()) " " (ago(say, key.created_at, visit.now)) " · "
                    @match key.last_used_at {
                        Some(at) => { (say.passkeys_used()) " " (ago(say, at, visit.now)) },
                        None => (say.passkeys_never()),
                    }
                }
                (details(&say.passkeys_rename(), form(visit, &urls::passkey_name(key.id), html! {
                    (text(say, &filled, &field, say.passkeys_name()).max(KeyName::MAX))
                    (form_acts(false, html! { (button(say.passkeys_rename()).small()) }))
                })))
            }
            (post(visit, &urls::passkey_remove(key.id), None, html! {
                (button(say.passkeys_remove()).small().danger().heard_as(say.passkeys_remove_one(key.name.as_str())))
            }))
        }
    }
}
