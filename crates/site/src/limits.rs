//! What a new seller may sell for now: beside a price, and whole, with how it ends.

use kernel::{Money, Say};
use kit::links;
use kit::parts::{Tone, facts, notice, panel};
use market::orders::limits::{Limits, Over};
use maud::{Markup, html};

/// That nobody can buy something at this price for now, and why; nothing when everybody can.
pub(crate) fn above(say: &Say, limits: Option<&Limits>, price: Option<Money>) -> Markup {
    let met = limits.zip(price).and_then(|(limits, price)| Some((limits, limits.over(price)?)));
    html! {
        @if let Some((limits, over)) = met {
            (notice(Tone::Accent, &say.selling_limits_above(), html! {
                (why(say, limits, over)) " " (limits.ends.say(say)) " "
                a href=(links::payouts()) { (say.selling_limits_more()) }
            }))
        }
    }
}

fn why(say: &Say, limits: &Limits, over: Over) -> String {
    let money = |money: Option<Money>| money.map(|it| say.money(it)).unwrap_or_default();
    match over {
        Over::One => say.selling_limits_one_met(money(limits.one)),
        Over::Month => say.selling_limits_month_met(money(limits.month_left()), money(limits.month)),
    }
}

/// What they may ask for, said before they name a price.
pub(crate) fn hint(say: &Say, limits: &Limits) -> Option<String> {
    let (one, left) = (limits.one?, limits.month_left()?);
    Some(say.selling_limits_hint(say.money(left), say.money(one)))
}

/// All of it.
pub(crate) fn whole(say: &Say, limits: &Limits) -> Markup {
    let rows = [
        (say.selling_limits_one(), limits.one),
        (say.selling_limits_month(), limits.month),
        (say.selling_limits_left(), limits.month_left()),
    ];
    let known: Vec<(String, Markup)> = rows
        .into_iter()
        .filter_map(|(name, money)| Some((name, money?)))
        .map(|(name, money)| (name, html! { (say.money(money)) }))
        .collect();
    let body = html! {
        p { (say.selling_limits_text()) }
        (facts(&known))
        p { (limits.ends.say(say)) }
    };
    panel("s-limits", &say.selling_limits_title(), body)
}
