//! Writing down a rate of a tax that counts before those of the program.

use super::{rules, typed as read};
use crate::acting;
use crate::admin::{Counts, acts, frame_of};
use crate::deals::staff_page;
use kernel::{FieldErrors, Refusal, Say};
use kit::Typed;
use kit::answer::Answer;
use kit::form::Filled;
use kit::parts::{back, button, error_summary, form, form_acts, select, text};
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/rules/tax-rate";

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    Ok(Answer::page(page(&me, counts, &me.filled(PATH))))
}

pub(super) async fn save(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let counts = Counts::load(&mut me.read().await?, me.member()).await?;
    let refuse = |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, counts, filled)));
    let mut errors = FieldErrors::none();
    let place = errors.take("place", read::place(typed.get("place")));
    let ppm = errors.take("rate", read::millionths(typed.get("rate")));
    let begins = errors.take("begins", read::day(typed.get("begins")));
    let ends = errors.take("ends", read::maybe_day(typed.get("ends")));
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    let (Some(place), Some(ppm), Some(begins), Some(ends), Some(why)) = (place, ppm, begins, ends, why)
    else {
        return refuse(typed, errors);
    };
    let (category, source) = (typed.get("category").to_owned(), typed.get("source").trim().to_owned());
    let act = Act::SetTaxRate { place, category, ppm, begins, ends, source };
    let became = match acting::carry_out(&me, &act, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    Ok(acting::answer(&me, became, &staff_page("rules"), me.say.tax_rate_saved()))
}

/// "19 %", "8.875 %".
pub(super) fn words(say: &Say, ppm: i32) -> String {
    let text = format!("{}.{:04}", ppm / 10_000, ppm % 10_000);
    say.fee_share(say.decimal(text.trim_end_matches('0').trim_end_matches('.')))
}

fn page(me: &SignedIn, counts: Counts, filled: &Filled) -> Markup {
    let say = &me.say;
    let labels = [
        ("place", say.tax_place()),
        ("category", say.fee_rule_category()),
        ("rate", say.tax_rate()),
        ("begins", say.rule_begins()),
        ("ends", say.rule_ends()),
        ("source", say.tax_rate_source()),
        ("reason", say.staff_reason()),
    ];
    let body = html! {
        (back(&staff_page("rules"), &say.admin_rules()))
        (error_summary(say, &filled.errors, &labels))
        (form(me, PATH, html! {
            (text(say, filled, "place", say.tax_place()).short().hint(say.tax_place_hint()).autocomplete("off"))
            (select(say, filled, "category", say.fee_rule_category(), rules::categories(say)).with_empty(say.tax_standard()))
            (text(say, filled, "rate", say.tax_rate_percent()).short().autocomplete("off"))
            div.pair {
                (text(say, filled, "begins", say.rule_begins()).short().hint(say.rule_day_hint()).autocomplete("off"))
                (text(say, filled, "ends", say.rule_ends()).short().hint(say.rule_ends_hint()).optional().autocomplete("off"))
            }
            (text(say, filled, "source", say.tax_rate_source()).hint(say.tax_rate_source_hint()).max(200))
            (acts::reason(say, filled))
            (form_acts(false, html! { (button(say.rule_save()).primary()) }))
        }))
    };
    let heads = (say.tax_rate_new(), say.tax_rate_lead());
    frame_of(me, counts, "rules", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_in_words() {
        let say = Say::new(kernel::Lang::EN);
        for (ppm, told) in [(190_000, "19"), (88_750, "8.875"), (0, "0")] {
            assert!(words(&say, ppm).starts_with(told), "{ppm}");
        }
    }
}
