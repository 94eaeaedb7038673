//! Prices and sums.

use super::icon::icon;
use kernel::{Currency, Money, Say};
use maud::{Markup, Render, html};

/// The sign of a currency alone, as the language writes it.
pub(super) fn sign(say: &Say, currency: Currency) -> String {
    let zero = say.money(Money::zero(currency));
    zero.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',') && !c.is_whitespace()).collect()
}

/// A price.
pub fn price(say: &Say, money: Money) -> Markup {
    html! { p.price { (say.money(money)) } }
}

/// A price, what it was before if it fell, or that only things are taken.
pub fn price_was(say: &Say, money: Option<Money>, was: Option<Money>) -> Markup {
    html! {
        @match money {
            Some(money) => p.price {
                (say.money(money))
                @if let Some(was) = was { " " s { span.vh { (say.price_was()) } " " (say.money(was)) } }
            },
            None => p.price.barter { (icon("swap")) " " (say.price_trade_only()) },
        }
    }
}

/// What a sum is made of.
#[derive(Clone, Debug, Default)]
pub struct Receipt {
    lines: Vec<(String, Option<String>, String)>,
    total: Option<(String, String)>,
}

impl Receipt {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn line(mut self, label: impl Into<String>, amount: impl Into<String>) -> Self {
        self.lines.push((label.into(), None, amount.into()));
        self
    }

    /// With a word on what it is for.
    #[must_use]
    pub fn explained(
        mut self,
        label: impl Into<String>,
        hint: impl Into<String>,
        amount: impl Into<String>,
    ) -> Self {
        self.lines.push((label.into(), Some(hint.into()), amount.into()));
        self
    }

    #[must_use]
    pub fn total(mut self, label: impl Into<String>, amount: impl Into<String>) -> Self {
        self.total = Some((label.into(), amount.into()));
        self
    }
}

impl Render for Receipt {
    fn render(&self) -> Markup {
        html! {
            dl.receipt {
                @for (label, hint, amount) in &self.lines {
                    div {
                        dt { (label) @if let Some(hint) = hint { " " span.hint { (hint) } } }
                        dd { (amount) }
                    }
                }
                @if let Some((label, amount)) = &self.total { div.total { dt { (label) } dd { (amount) } } }
            }
        }
    }
}
