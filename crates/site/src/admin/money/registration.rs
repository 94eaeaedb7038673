//! Writing down where the operator is registered for a tax.

use super::typed as read;
use crate::acting;
use crate::admin::{Counts, acts, frame_of};
use crate::deals::{key, staff_page};
use kernel::{FieldErrors, Refusal, Say, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::form::Filled;
use kit::parts::{Opt, back, button, error_summary, form, form_acts, select, text};
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::staff::model::Reason;
use market::tax::Scheme;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/rules/registration";

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    Ok(Answer::page(page(&me, counts, &me.filled(PATH))))
}

pub(super) async fn save(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    let refuse = |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, counts, filled)));
    let mut errors = FieldErrors::none();
    let place = errors.take("place", read::place(typed.get("place")));
    let scheme = Scheme::find(typed.get("scheme")).ok_or(Wrong::NotAChoice);
    let scheme = errors.take("scheme", scheme);
    let begins = errors.take("begins", read::day(typed.get("begins")));
    let ends = errors.take("ends", read::maybe_day(typed.get("ends")));
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    let (Some(place), Some(scheme), Some(begins), Some(ends), Some(why)) = (place, scheme, begins, ends, why)
    else {
        return refuse(typed, errors);
    };
    let (scheme, number) = (scheme.name().to_owned(), typed.get("number").trim().to_owned());
    let act = Act::SetRegistration { place, scheme, number, begins, ends };
    let became = match acting::carry_out(&me, &act, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    Ok(acting::answer(&me, became, &staff_page("rules"), me.say.registration_saved()))
}

/// By which rules one pays, in words.
pub(super) fn scheme(say: &Say, name: &str) -> String {
    say.by_key(&key("tax-scheme", name))
}

fn page(me: &SignedIn, counts: Counts, filled: &Filled) -> Markup {
    let say = &me.say;
    let labels = [
        ("place", say.tax_place()),
        ("scheme", say.registration_scheme()),
        ("number", say.registration_number()),
        ("begins", say.rule_begins()),
        ("ends", say.rule_ends()),
        ("reason", say.staff_reason()),
    ];
    let schemes = Scheme::ALL.into_iter().map(|it| Opt::new(it.name(), scheme(say, it.name()))).collect();
    let body = html! {
        (back(&staff_page("rules"), &say.admin_rules()))
        (error_summary(say, &filled.errors, &labels))
        (form(me, PATH, html! {
            (text(say, filled, "place", say.tax_place()).short().hint(say.tax_place_hint()).autocomplete("off"))
            (select(say, filled, "scheme", say.registration_scheme(), schemes))
            (text(say, filled, "number", say.registration_number()).hint(say.registration_number_hint()).autocomplete("off"))
            div.pair {
                (text(say, filled, "begins", say.rule_begins()).short().hint(say.rule_day_hint()).autocomplete("off"))
                (text(say, filled, "ends", say.rule_ends()).short().hint(say.rule_ends_hint()).optional().autocomplete("off"))
            }
            (acts::reason(say, filled))
            (form_acts(false, html! { (button(say.rule_save()).primary()) }))
        }))
    };
    let heads = (say.registration_new(), say.registration_lead());
    frame_of(me, counts, "rules", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_has_its_words() {
        for it in Scheme::ALL {
            assert!(Say::knows(&key("tax-scheme", it.name())), "{it:?}");
        }
    }
}
