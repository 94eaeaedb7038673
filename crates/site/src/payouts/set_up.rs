//! Where money goes: an account at whoever pays it out. Some ask the seller themselves, on their own pages; others take the bank
//! account that the seller has named here.

use super::{BACK, GO, SET_UP, tax, words};
use crate::countries;
use axum::http::StatusCode;
use kernel::{FieldErrors, Refusal};
use kit::answer::Answer;
use kit::form::{Filled, Query};
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Page, State, Tone, acts, back as back_to, button, error_summary, form, form_acts, layout, link, notice,
    panel, select, status,
};
use kit::visit::{SignedIn, Visit};
use kit::{Flash, Typed};
use market::banks::model::Shown;
use market::banks::rules as banks;
use market::payments::provider::{Provider, Way};
use market::payouts::{Account, accounts};
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct At {
    /// The provider's short name.
    at: Option<String>,
}

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    Ok(Answer::page(page(&me, &me.filled(SET_UP)).await?).secret())
}

/// Begins an account, or looks again how it is.
pub(super) async fn begin(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let market = &me.app.market;
    let provider = provider_of(&me, typed.get("provider"))?;
    let (terms, country) = (market.payout_terms(), typed.get("country"));
    match accounts::begin(&market.db, provider, &terms, me.member(), country).await {
        Err(Refusal::Fields(errors)) => {
            let page = page(&me, &typed.with(named_here(&errors))).await?;
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page).secret());
        }
        Err(Refusal::Conflict("payouts-no-bank")) => {
            return Ok(Answer::to(SET_UP).saying(Flash::bad(me.say.refused_payouts_no_bank())));
        }
        Err(Refusal::Conflict("payouts-bank-elsewhere")) => {
            return Ok(Answer::to(SET_UP).saying(Flash::bad(me.say.refused_payouts_bank_elsewhere())));
        }
        other => other?,
    }
    let said = match provider.caps().way {
        Way::Connected => me.say.payouts_begun(words::provider(&me.say, provider)),
        Way::Direct => me.say.payouts_ready(),
    };
    Ok(Answer::to(SET_UP).saying(Flash::ok(said)))
}

/// What a provider says of a bank account is no mistake in a field of this page.
fn named_here(errors: &FieldErrors) -> FieldErrors {
    let mut named = FieldErrors::none();
    for (field, wrong) in errors.iter() {
        let is_of_bank = field == "bank" || field.starts_with("bank/");
        named.add_once(if is_of_bank { "" } else { field }, wrong.clone());
    }
    named
}

/// To the provider's own page. A link leads here and no form, so that nothing that was typed goes there.
pub(super) async fn go(me: SignedIn, Query(asked): Query<At>) -> Result<Answer, Answer> {
    let provider = provider_of(&me, asked.at.as_deref().unwrap_or_default())?;
    let back = format!("{}{BACK}?at={}", me.app.web.base_url, provider.name());
    match accounts::link(&me.app.market.db, provider, me.member().id, &back).await {
        Ok(Some(url)) => Ok(Answer::to(url).secret()),
        Ok(None) | Err(Refusal::NotFound) => Ok(Answer::to(SET_UP)),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Back from there. What the address says of how it went is not believed: the provider is asked.
pub(super) async fn back(me: SignedIn, Query(asked): Query<At>) -> Result<Answer, Answer> {
    let market = &me.app.market;
    let provider = provider_of(&me, asked.at.as_deref().unwrap_or_default())?;
    accounts::sync(&market.db, provider, &market.payout_terms(), me.member().id).await?;
    Ok(Answer::to(links::payouts()))
}

/// The provider of that name, or the one that the marketplace's own currency is paid through.
fn provider_of<'a>(me: &'a SignedIn, name: &str) -> Result<&'a dyn Provider, Refusal> {
    let market = &me.app.market;
    let usual = || market.providers.of_currency(market.config.market.currency);
    market.providers.named(name).or_else(usual).ok_or(Refusal::Unavailable("payments"))
}

async fn page(me: &SignedIn, filled: &Filled) -> Result<Markup, Answer> {
    let say = &me.say;
    let mut reader = me.read().await?;
    let known = accounts::of_member(&mut reader, me.member().id).await?;
    let bank = banks::standing(&mut reader, me.member().id).await?.current;
    let all: Vec<&dyn Provider> = me.app.market.providers.all().collect();
    let body = html! {
        (back_to(&links::payouts(), &say.payouts_title()))
        div.head { div { h1 { (say.payouts_set_up_title()) } p { (say.payouts_set_up_lead()) } } }
        (error_summary(say, &filled.errors, &[("country", say.payouts_country())]))
        div.stack {
            @for provider in &all {
                @let account = known.iter().find(|account| account.provider == provider.name());
                (panel(&format!("s-{}", provider.name()), &words::provider(say, *provider), match provider.caps().way {
                    Way::Connected => connected(me, *provider, account, filled),
                    Way::Direct => direct(me, *provider, account, bank.as_ref()),
                }))
            }
        }
    };
    let page = Page::titled(say.payouts_set_up_title()).medium().noindex().at(Active::Account);
    Ok(layout(me, page.with_errors(!filled.errors.is_empty()), body))
}

/// The provider asks the seller who they are, and where their bank is.
fn connected(visit: &Visit, provider: &dyn Provider, account: Option<&Account>, filled: &Filled) -> Markup {
    let say = &visit.say;
    let go = format!("{GO}?at={}", provider.name());
    let begun = account.filter(|account| account.account_ref.is_some());
    html! {
        @match begun {
            Some(account) if account.is_active() => {
                p { (status(State::Ok, &say.payouts_active())) }
                (bank_of(visit, account))
                (asked(visit, account))
                (acts(html! { (link(go, say.payouts_change())) }))
            }
            Some(account) if account.state == "rejected" => {
                (notice(Tone::Danger, &say.payouts_rejected(), html! { (say.payouts_rejected_text()) }))
            }
            Some(account) => {
                p { (say.payouts_go_text(words::provider(say, provider))) }
                (asked(visit, account))
                (acts(html! { (link(go, say.payouts_go()).primary()) }))
            }
            None => {
                p { (say.payouts_begin_text(words::provider(say, provider))) }
                p.hint { (say.payouts_business_first()) " " a href=(tax::PATH) { (say.tax_title()) } }
                (form(visit, SET_UP, html! {
                    input type="hidden" name="provider" value=(provider.name());
                    (select(say, filled, "country", say.payouts_country(), countries::options(say))
                        .hint(say.payouts_country_hint()).with_empty(say.payouts_country_empty()))
                    (form_acts(false, html! { (button(say.payouts_begin()).primary()) }))
                }))
            }
        }
    }
}

/// The bank account that the seller has named here is all it takes.
fn direct(visit: &Visit, provider: &dyn Provider, account: Option<&Account>, bank: Option<&Shown>) -> Markup {
    let say = &visit.say;
    let active = account.filter(|account| account.is_active());
    let countries = provider.bank_countries();
    let name_one = |label: String| {
        acts(html! { (link(format!("{}/new", links::account_page("bank")), label).primary()) })
    };
    html! {
        @if let Some(account) = active {
            p { (status(State::Ok, &say.payouts_active())) }
            (bank_of(visit, account))
        }
        @match (bank, active) {
            (None, _) => {
                p { (say.payouts_bank_first()) }
                @if !countries.is_empty() { p.hint { (where_to(visit, provider)) } }
                (name_one(say.banks_add()))
            }
            (Some(bank), None) if !countries.is_empty() && !countries.contains(&bank.country.as_str()) => {
                p { (say.payouts_bank_elsewhere(bank.label())) }
                p.hint { (where_to(visit, provider)) }
                (name_one(say.banks_change()))
            }
            (Some(bank), None) => {
                p { (say.payouts_use_bank(bank.label())) }
                (form(visit, SET_UP, html! {
                    input type="hidden" name="provider" value=(provider.name());
                    (form_acts(false, html! { (button(say.payouts_use()).primary()) }))
                }))
            }
            (Some(_), Some(_)) => (acts(html! { (link(links::account_page("bank"), say.payouts_change())) })),
        }
    }
}

/// The countries to whose banks it pays out.
fn where_to(visit: &Visit, provider: &dyn Provider) -> String {
    let say = &visit.say;
    let names: Vec<String> =
        provider.bank_countries().iter().map(|code| countries::name(say, code)).collect();
    say.payouts_banks_in(names.join(", "), words::provider(say, provider))
}

/// Until when it wants to know something.
fn asked(visit: &Visit, account: &Account) -> Markup {
    let say = &visit.say;
    html! {
        @if let Some(at) = words::asked_until(visit, account) {
            p { b { (say.payouts_asked_until(say.date(at))) } " " (say.payouts_asked_until_text()) }
        }
    }
}

fn bank_of(visit: &Visit, account: &Account) -> Markup {
    let say = &visit.say;
    html! {
        @if let Some(bank) = &account.bank_label { p { (say.payouts_goes_to(bank.clone())) } }
        @if let Some(until) = account.cool_until.filter(|until| *until > visit.now) {
            p.hint { (say.payouts_cools_text(say.date_time(until))) }
        }
    }
}
