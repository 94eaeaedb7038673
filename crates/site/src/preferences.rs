//! Language, currency and colours: kept in this browser, language and currency of a member also in the account.

use kernel::{Currency, Lang};
use kit::Typed;
use kit::answer::Answer;
use kit::cookies::{Cookie, Name};
use kit::form::Filled;
use kit::links;
use kit::parts::{Choice, Opt, button, form, form_acts, radios, select};
use kit::policy::Audience;
use kit::route::{Route, post};
use kit::theme::Theme;
use kit::visit::Visit;
use market::accounts::rules as accounts;
use maud::{Markup, html};

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![post("/preferences", "preferences.set", set).audience(Audience::Everyone)]
}

/// Sets what came and leaves the rest; then back to the page one was on.
async fn set(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let mut answer = Answer::to(links::local(typed.get("back")));
    if let Some(theme) = Theme::find(typed.get("theme")) {
        let cookie = match theme {
            Theme::Auto => Cookie::removed(Name::Theme),
            chosen => Cookie::new(Name::Theme, chosen.name()).for_a_year(),
        };
        answer = answer.with_cookie(cookie);
    }
    if let Some(lang) = Lang::all().find(|l| l.code() == typed.get("language")) {
        if let Some(member) = &visit.member {
            let mut tx = visit.begin().await?;
            accounts::set_lang(&mut tx, member.id, lang).await?;
            tx.commit().await?;
        }
        answer = answer.with_cookie(Cookie::new(Name::Lang, lang.code()).for_a_year());
    }
    // One form has all of it: what stands there already was not chosen.
    let currency = typed.get("currency").parse::<Currency>().ok();
    if let Some(currency) = currency.filter(|chosen| *chosen != visit.beside.currency) {
        if let Some(member) = &visit.member {
            let mut tx = visit.begin().await?;
            accounts::set_currency(&mut tx, member.id, Some(currency)).await?;
            tx.commit().await?;
        }
        answer = answer.with_cookie(Cookie::new(Name::Currency, currency.code()).for_a_year());
    }
    Ok(answer)
}

/// All choices in one form, for the account. `back` is where it leads.
pub(crate) fn form_of(visit: &Visit, back: &str) -> Markup {
    let say = &visit.say;
    let chosen = Filled::from(Typed::of([
        ("language", say.lang().code()),
        ("currency", visit.beside.currency.code()),
        ("theme", visit.theme.name()),
    ]));
    let currencies = visit.beside.choices(visit.app.market.config.market.currency);
    let currencies = currencies.into_iter().map(|c| Opt::new(c, c.code())).collect();
    let languages = Lang::all().map(|l| Opt::new(l.code(), l.name())).collect();
    let themes = [
        Choice::new("auto", say.theme_auto()).note(say.theme_auto_note()),
        Choice::new("light", say.theme_light()),
        Choice::new("dark", say.theme_dark()),
    ];
    form(
        visit,
        &links::preferences(),
        html! {
            input type="hidden" name="back" value=(back);
            (select(say, &chosen, "language", say.foot_language(), languages).short().hint(say.language_hint()))
            (select(say, &chosen, "currency", say.foot_currency(), currencies).short().hint(say.currency_hint()))
            (radios(say, &chosen, "theme", say.foot_colours(), themes.to_vec()).cols())
            (form_acts(false, html! { (button(say.profile_save()).primary()) }))
        },
    )
}
