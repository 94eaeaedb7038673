//! What a buyer may do: put it into the cart, or buy it at once.

use super::view::top;
use kernel::{Money, Say};
use kit::links;
use kit::parts::{Tone, acts_stack, button, csrf_field, notice};
use kit::visit::Visit;
use market::listings::model::{Listing, State};
use market::orders::pricing::{Fees, Quote, quote};
use maud::{Markup, html};

/// Pieces one may choose at once on this page; the cart takes more.
const PIECES_MAX: i32 = 10;

/// Price and buttons.
pub(super) fn panel(visit: &Visit, listing: &Listing, fees: &Fees) -> Markup {
    let say = &visit.say;
    html! {
        section.buy aria-label=(say.show_buy()) {
            (top(say, listing))
            @if let Some(beside) = beside(visit, listing) { p.price-note { (beside) } }
            @if let Some(quote) = all_in(listing, fees) { (note(say, listing, &quote)) }
            @if listing.is_buyable() {
                (form(visit, listing))
                (protection(say))
            } @else {
                (why_not(say, listing))
            }
        }
    }
}

/// The price in the viewer's currency.
fn beside(visit: &Visit, listing: &Listing) -> Option<String> {
    let price = listing.price.filter(|_| listing.deal.takes_cash())?;
    visit.beside.words(&visit.say, price)
}

/// What one piece costs with everything, delivered the dearer way. Nothing for what is not sold for money.
fn all_in(listing: &Listing, fees: &Fees) -> Option<Quote> {
    listing.price.filter(|_| listing.is_buyable())?;
    quote(&[(listing, 1)], listing.ship, fees, listing.currency).ok()
}

/// "€21.70 with buyer protection, plus €4.90 postage".
fn note(say: &Say, listing: &Listing, quote: &Quote) -> Markup {
    let protected = quote.items.plus(quote.buyer_fee).unwrap_or(quote.items);
    html! {
        p.price-note {
            (say.show_with_protection(say.money(protected)))
            @if listing.ship { ", " (postage(say, quote.shipping)) }
        }
    }
}

fn postage(say: &Say, cost: Money) -> String {
    if cost.is_zero() { say.show_postage_included() } else { say.show_postage(say.money(cost)) }
}

/// The id that the bar on phones leads to.
const FORM_ID: &str = "buy-form";

fn form(visit: &Visit, listing: &Listing) -> Markup {
    let say = &visit.say;
    let most = listing.available().min(PIECES_MAX);
    html! {
        form.form #(FORM_ID) method="post" action=(links::cart()) {
            (csrf_field(visit))
            input type="hidden" name="listing" value=(listing.id);
            @if most > 1 {
                div.field.tiny {
                    label for="f-quantity" { (say.field_quantity()) }
                    select #f-quantity name="quantity" { @for n in 1..=most { option value=(n) { (n) } } }
                }
            } @else {
                input type="hidden" name="quantity" value="1";
            }
            (acts_stack(html! {
                (button(say.show_buy_now()).primary().wide().value("then", "checkout"))
                (button(say.show_add_to_cart()).wide().icon("cart"))
            }))
        }
    }
}

fn protection(say: &Say) -> Markup {
    notice(Tone::Brand, &say.show_protection(), html! { (say.show_protection_text()) })
}

/// Why there is no button to buy.
fn why_not(say: &Say, listing: &Listing) -> Markup {
    let (title, text) = match listing.state {
        State::Sold => (say.show_sold(), say.show_sold_text()),
        _ if !listing.deal.takes_cash() => (say.show_trade_only(), say.show_trade_only_text()),
        _ if listing.available() < 1 => (say.show_reserved(), say.show_reserved_text()),
        _ => (say.show_not_for_sale(), say.show_not_for_sale_text()),
    };
    notice(if listing.deal.takes_cash() { Tone::Plain } else { Tone::Accent }, &title, html! { (text) })
}

/// The bar at the bottom of phones: the price, and the way to the button.
pub(super) fn bar(visit: &Visit, listing: &Listing) -> Markup {
    let say = &visit.say;
    let Some(price) = listing.price.filter(|_| listing.is_buyable()) else { return html! {} };
    html! {
        div.buybar role="region" aria-label=(say.show_buy_now()) {
            p.price { (say.money(price)) }
            @if listing.available() > 1 {
                a.btn.primary href={ "#" (FORM_ID) } { (say.show_buy_now()) }
            } @else {
                // The button belongs to the form above.
                button.btn.primary form=(FORM_ID) name="then" value="checkout" { (say.show_buy_now()) }
            }
        }
    }
}
