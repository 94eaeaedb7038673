//! Where a member's money goes: which account is used and which one waits, naming another, taking that back, removing it.

use super::email::{Asked, by_link, expired};
use super::urls;
use crate::countries;
use axum::http::StatusCode;
use kernel::{Refusal, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Query};
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Empty, Opt, Page, Tone, acts, back, button, details, digits, empty, error_summary, form, form_acts,
    get_form, layout, link, notice, panel, post, select, text,
};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::banks::model::{Details, Holder, Iban, NUMBER_TYPED_MAX, Outcome, Shown, Standing, TYPED_MAX};
use market::banks::rules as banks;
use market::payouts::accounts;
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct At {
    /// Of the bank, two capitals: nothing before it was asked, and an empty text when nothing was chosen.
    country: Vec<String>,
}

/// What the form asks for.
enum Asks {
    /// First of all, where the bank is.
    Country,
    Iban,
    /// One of these, and the number there.
    Bank(Vec<Opt>),
}

pub(super) async fn show(visit: SignedIn) -> Result<Answer, Answer> {
    let standing = banks::standing(&mut visit.read().await?, visit.member().id).await?;
    Ok(Answer::page(page(&visit, &standing)))
}

pub(super) async fn ask(visit: SignedIn, Query(asked): Query<At>) -> Result<Answer, Answer> {
    let mut filled = visit.filled(urls::BANK_NEW);
    let chosen = asked
        .country
        .first()
        .map(String::as_str)
        .or(filled.values.maybe("country"))
        .unwrap_or_default()
        .to_owned();
    let asks = asks(&visit, &chosen).await?;
    if matches!(asks, Asks::Country) && !asked.country.is_empty() {
        filled.errors.add("country", Wrong::Required);
    }
    let page = form_page(&visit, &filled, &asks, &chosen).await?;
    Ok(Answer::page(page).secret())
}

/// What is asked about a bank in this country. Only who pays out to banks of a list of its own makes it a question.
async fn asks(visit: &Visit, country: &str) -> Result<Asks, Refusal> {
    let providers = &visit.app.market.providers;
    if let Some(provider) = providers.of_banks(country) {
        let banks = provider.banks(country).await?;
        return Ok(Asks::Bank(banks.into_iter().map(|(code, name)| Opt::new(code, name)).collect()));
    }
    let has_lists = providers.all().any(|provider| !provider.bank_countries().is_empty());
    Ok(if has_lists && country.is_empty() { Asks::Country } else { Asks::Iban })
}

/// What was typed, looked at by who pays out to that bank. Errors: the fields; the list of banks cannot be had.
async fn read(visit: &Visit, typed: &Typed) -> Result<Details, Refusal> {
    let (holder, country) = (typed.get("holder"), typed.get("country"));
    let Some(provider) = visit.app.market.providers.of_banks(country) else {
        return Ok(Details::read(holder, typed.get("iban"))?);
    };
    let banks = provider.banks(country).await?;
    let details = Details::read_local(holder, (country, typed.get("bank"), typed.get("number")), &banks)?;
    accounts::check(provider, &details).await?;
    Ok(details)
}

pub(super) async fn set(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let details = match read(&visit, &typed).await {
        Err(Refusal::Fields(errors)) => return refused(&visit, typed.with(errors)).await,
        other => other?,
    };
    let (client, terms) = (visit.client(), visit.app.market.bank_terms());
    let mut tx = visit.begin().await?;
    let done = banks::set(&mut tx, &terms, visit.member(), &client, &details).await;
    let outcome = match done {
        Err(Refusal::Fields(errors)) => {
            tx.rollback().await?;
            return refused(&visit, typed.with(errors)).await;
        }
        other => other?,
    };
    tx.commit().await?;
    let say = &visit.say;
    let said = match outcome {
        Outcome::Used => say.banks_saved(),
        Outcome::Waits(until) => say.banks_saved_waits(say.date_time(until)),
    };
    Ok(Answer::to(urls::BANK).saying(Flash::ok(said)))
}

/// Takes back what waits. It is the way out of what somebody else may have begun, so nothing more is asked.
pub(super) async fn keep(visit: SignedIn) -> Result<Answer, Answer> {
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    let mut tx = visit.begin().await?;
    let is_done = banks::take_back(&mut tx, visit.member().id, &client, base_url).await?;
    tx.commit().await?;
    Ok(told(is_done, visit.say.banks_kept()))
}

pub(super) async fn remove(visit: SignedIn) -> Result<Answer, Answer> {
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    let mut tx = visit.begin().await?;
    let is_done = banks::remove(&mut tx, visit.member().id, &client, base_url).await?;
    tx.commit().await?;
    Ok(told(is_done, visit.say.banks_removed()))
}

/// Where the link of the mail leads.
pub(super) async fn undo_form(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let say = &visit.say;
    let (title, text, label) = (say.banks_undo_title(), say.banks_undo_text(), say.banks_undo_button());
    by_link(&visit, asked, urls::BANK_UNDO, title, text, label)
}

pub(super) async fn undo(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    let mut tx = visit.begin().await?;
    match banks::take_back_by_link(&mut tx, typed.get("token"), &client, base_url).await {
        Err(Refusal::Conflict("link-expired")) => return Ok(expired(&visit)),
        other => other?,
    }
    tx.commit().await?;
    Ok(Answer::to(links::home()).saying(Flash::ok(visit.say.banks_kept())))
}

/// Nothing is said of what was done already: somebody sent the form twice.
fn told(is_done: bool, said: String) -> Answer {
    let answer = Answer::to(urls::BANK);
    if is_done { answer.saying(Flash::ok(said)) } else { answer }
}

async fn refused(visit: &SignedIn, filled: Filled) -> Result<Answer, Answer> {
    let country = filled.get("country").to_owned();
    let asks = match asks(visit, &country).await? {
        Asks::Country => Asks::Iban,
        other => other,
    };
    let page = form_page(visit, &filled, &asks, &country).await?;
    Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret())
}

fn page(visit: &Visit, standing: &Standing) -> Markup {
    let say = &visit.say;
    let is_empty = standing.current.is_none() && standing.waiting.is_none();
    let body = html! {
        (back(&links::account(), &say.account_title()))
        div.head { div { h1 { (say.banks_title()) } p { (say.banks_lead()) } } }
        div.stack {
            @if let Some(waiting) = &standing.waiting { (waits(visit, waiting, standing.current.is_some())) }
            @if let Some(current) = &standing.current {
                (panel("bank-now", &say.banks_current(), html! {
                    p { b { (words(visit, current)) } }
                    p.hint { (say.banks_since(say.date_time(current.since))) }
                }))
            }
            @if is_empty {
                (empty(&Empty {
                    icon: "bank",
                    title: say.banks_none(),
                    text: say.banks_none_text(),
                    action: Some(link(urls::BANK_NEW, say.banks_add()).primary()),
                }))
            } @else {
                (acts(html! { (link(urls::BANK_NEW, say.banks_change())) }))
            }
            @if standing.current.is_some() {
                (details(&say.banks_remove(), html! {
                    p { (say.banks_remove_text(hours(visit))) }
                    (post(visit, urls::BANK_REMOVE, None, html! { (button(say.banks_remove()).danger()) }))
                }))
            }
        }
    };
    layout(visit, Page::titled(say.banks_title()).medium().noindex().at(Active::Account), body)
}

/// The change that waits, and the way to take it back.
fn waits(visit: &Visit, waiting: &Shown, has_current: bool) -> Markup {
    let (say, account) = (&visit.say, words(visit, waiting));
    let at = say.date_time(waiting.since);
    let (text, label) = match has_current {
        true => (say.banks_waiting(account, at), say.banks_keep()),
        false => (say.banks_waiting_alone(account, at), say.banks_keep_none()),
    };
    html! {
        (notice(Tone::Accent, &say.banks_waiting_title(), html! { (text) " " (say.banks_not_you()) }))
        (post(visit, urls::BANK_KEEP, None, html! { (button(label).primary()) }))
    }
}

async fn form_page(visit: &SignedIn, filled: &Filled, asks: &Asks, country: &str) -> Result<Markup, Answer> {
    let is_first = banks::is_first(&mut visit.read().await?, visit.member().id).await?;
    let say = &visit.say;
    let when = if is_first { say.banks_form_first() } else { say.banks_form_wait(hours(visit)) };
    let labels = [
        ("country", say.banks_country()),
        ("holder", say.banks_holder()),
        ("iban", say.banks_iban()),
        ("bank", say.banks_bank()),
        ("number", say.banks_number()),
    ];
    let body = html! {
        (back(urls::BANK, &say.banks_title()))
        div.head { div { h1 { (say.banks_form_title()) } p { (when) } } }
        (error_summary(say, &filled.errors, &labels))
        @match asks {
            Asks::Country => (get_form(urls::BANK_NEW, Some("form"), html! {
                (select(say, filled, "country", say.banks_country(), countries_of_banks(visit))
                    .hint(say.banks_country_hint()).with_empty(say.banks_country_empty()))
                (form_acts(false, html! { (button(say.banks_go_on()).primary()) }))
            })),
            Asks::Iban | Asks::Bank(_) => (form(visit, urls::BANK_NEW, account_fields(visit, filled, asks, country))),
        }
    };
    let page = Page::titled(say.banks_form_title()).medium().noindex().at(Active::Account);
    Ok(layout(visit, page.with_errors(!filled.errors.is_empty()), body))
}

fn account_fields(visit: &Visit, filled: &Filled, asks: &Asks, country: &str) -> Markup {
    let say = &visit.say;
    html! {
        @if !country.is_empty() {
            input type="hidden" name="country" value=(country);
            p { (say.banks_in(countries::name(say, country))) " " a href=(urls::BANK_NEW) { (say.banks_elsewhere()) } }
        }
        (text(say, filled, "holder", say.banks_holder())
            .hint(say.banks_holder_hint()).autocomplete("name").max(Holder::MAX))
        @if let Asks::Bank(options) = asks {
            (select(say, filled, "bank", say.banks_bank(), options.clone()).with_empty(say.banks_bank_empty()))
            (digits(say, filled, "number", say.banks_number())
                .hint(say.banks_number_hint()).autocomplete("off").max(NUMBER_TYPED_MAX))
        } @else {
            (text(say, filled, "iban", say.banks_iban())
                .hint(say.banks_iban_hint()).autocomplete("off").max(TYPED_MAX))
        }
        (form_acts(false, html! { (button(say.banks_save()).primary()) }))
    }
}

/// Where a bank can be: those with international numbers, and those that somebody pays out to all the same.
fn countries_of_banks(visit: &Visit) -> Vec<Opt> {
    let providers = &visit.app.market.providers;
    let mut options = countries::options(&visit.say);
    options.retain(|it| Iban::is_country(&it.value) || providers.of_banks(&it.value).is_some());
    options
}

/// "Germany, account that ends in 3000".
fn words(visit: &Visit, shown: &Shown) -> String {
    let country = countries::name(&visit.say, &shown.country);
    visit.say.banks_account(country, shown.ending.clone())
}

/// How long another account waits.
fn hours(visit: &Visit) -> i64 {
    i64::from(visit.app.market.config.payouts.cool_hours)
}
