//! Fields that several forms share and that need more than one input.

use kernel::{Currency, Money, Say};
use kit::form::Filled;
use market::catalog::{Category, catalog};
use market::places;
use maud::{Markup, html};

/// Every town, for the browser to complete. Once on a page.
pub(crate) fn towns() -> Markup {
    html! { datalist #towns { @for town in places::all() { option value=(town.label()) {} } } }
}

/// The sentence that says what is wrong with a field, and the attributes of an input that point at it.
struct Notes {
    hint: Option<String>,
    wrong: Option<String>,
    id: String,
}

impl Notes {
    fn of(say: &Say, filled: &Filled, name: &str, hint: Option<String>) -> Self {
        Self { hint, wrong: filled.errors.of(name).map(|w| w.say(say)), id: format!("f-{name}") }
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let wrong = self.wrong.as_ref().map(|_| format!("{}-err", self.id));
        let both: Vec<String> = [hint, wrong].into_iter().flatten().collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.wrong.as_ref().map(|_| "true")
    }

    fn show(&self, say: &Say) -> Markup {
        html! {
            @if let Some(hint) = &self.hint { p.hint id={ (self.id) "-hint" } { (hint) } }
            @if let Some(wrong) = &self.wrong {
                p.err id={ (self.id) "-err" } { span.vh { (say.form_error_label()) } " " (wrong) }
            }
        }
    }
}

/// A town with its country, completed from the list.
pub(crate) fn town(say: &Say, filled: &Filled, name: &str, label: &str, hint: String) -> Markup {
    let notes = Notes::of(say, filled, name, Some(hint));
    html! {
        div.field {
            label for=(notes.id) { (label) }
            (notes.show(say))
            input id=(notes.id) name=(name) list="towns" autocomplete="off" value=(filled.get(name))
                aria-describedby=[notes.described_by()] aria-invalid=[notes.invalid()];
            (towns())
        }
    }
}

/// An amount with the choice of its currency.
pub(crate) fn price(say: &Say, filled: &Filled, name: &str, label: &str, currencies: &[Currency]) -> Markup {
    let chosen = filled.get("currency").parse::<Currency>().ok().or_else(|| currencies.first().copied());
    let has_decimals = chosen.is_none_or(|currency| currency.exponent() > 0);
    let notes = Notes::of(say, filled, name, chosen.map(|currency| example(say, currency)));
    html! {
        div.field.short {
            label for=(notes.id) { (label) }
            (notes.show(say))
            div.money {
                input id=(notes.id) name=(name) inputmode=(if has_decimals { "decimal" } else { "numeric" })
                    autocomplete="off" value=(filled.get(name)) aria-describedby=[notes.described_by()] aria-invalid=[notes.invalid()];
                select name="currency" aria-label=(say.field_currency()) {
                    @for currency in currencies {
                        option value=(currency) selected[currency.code() == filled.get("currency")] { (currency) }
                    }
                }
            }
        }
    }
}

/// How an amount of a currency is written: with as many decimals as it has.
fn example(say: &Say, currency: Currency) -> String {
    let minor = match currency.exponent() {
        0 => 1_200,
        3 => 12_500,
        _ => 1_250,
    };
    let amount = say.decimal(&Money::new(minor, currency).decimal());
    if currency.exponent() == 0 { say.price_example_whole(amount) } else { say.price_example(amount) }
}

/// A category of the tree, grouped by its roots, and the button that shows the fields of the chosen one.
pub(crate) fn category(say: &Say, filled: &Filled, name: &str, label: &str) -> Markup {
    let notes = Notes::of(say, filled, name, Some(say.sell_category_hint()));
    let chosen = filled.get(name);
    html! {
        div.field {
            label for=(notes.id) { (label) }
            (notes.show(say))
            select id=(notes.id) name=(name) aria-describedby=[notes.described_by()] aria-invalid=[notes.invalid()] {
                option value="" selected[chosen.is_empty()] { (say.sell_category_none()) }
                @for root in catalog().roots() {
                    optgroup label=(root.name(say.lang())) {
                        @for category in branch(root) {
                            option value=(category.id) selected[category.id == chosen] { (indented(say, category)) }
                        }
                    }
                }
            }
        }
    }
}

/// A root and everything below it, in the order of the catalogue.
fn branch(root: &Category) -> impl Iterator<Item = &'static Category> {
    let id = root.id.clone();
    catalog().all().filter(move |c| c.path().first() == Some(&id))
}

/// The name, with a mark for every level below the root.
fn indented(say: &Say, category: &Category) -> String {
    let depth = category.path().len();
    let name = category.name(say.lang());
    if depth < 2 { say.sell_category_general(name) } else { format!("{}{name}", "– ".repeat(depth - 2)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_have_as_many_decimals_as_the_currency() {
        let say = Say::new(kernel::Lang::EN);
        for (code, amount) in [("JPY", "1,200"), ("EUR", "12.50"), ("KWD", "12.500")] {
            let told = example(&say, code.parse().unwrap());
            assert!(told.contains(amount), "{told}");
        }
    }

    #[test]
    fn every_category_is_offered_once() {
        let offered: usize = catalog().roots().map(|r| branch(r).count()).sum();
        assert_eq!(offered, catalog().all().count());
    }
}
