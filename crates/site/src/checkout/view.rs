//! How the checkout looks.

use super::form::ADDRESS;
use super::taxes::{self, OnTop};
use super::{Asked, may_order};
use crate::basket::{Basket, Way, fee_in_words};
use crate::countries;
use crate::deals::{People, key, name_link, thumb};
use kernel::{Money, Refusal, Say, regions};
use kit::form::Filled;
use kit::links;
use kit::parts::form::post;
use kit::parts::icon::icon;
use kit::parts::people::avatar;
use kit::parts::{
    Active, Choice, Page, Receipt, Tone, back, button, error_summary, layout, notice, panel, radios, select,
    steps, submit_once, text,
};
use kit::visit::Visit;
use market::carts::model::Line;
use market::orders::model::AddressLine;
use market::orders::pricing::{Fees, Quote};
use maud::{Markup, PreEscaped, html};

/// All that the page shows.
pub(super) struct Sheet<'a> {
    pub basket: &'a Basket,
    pub fees: &'a Fees,
    /// Taxes that come on top, as far as they are known.
    pub on_top: OnTop,
    pub people: &'a People,
    pub left_out: Vec<&'a Line>,
    pub asked: &'a Asked,
    pub filled: Filled,
    pub key: String,
    /// Why the order was not placed, unless it is a field's fault.
    pub trouble: Option<String>,
}

pub(super) fn page(visit: &Visit, sheet: &Sheet<'_>) -> Result<Markup, Refusal> {
    let say = &visit.say;
    let flow = [say.checkout_step_cart(), say.checkout_step_delivery(), say.checkout_step_payment()];
    let body = html! {
        (error_summary(say, &sheet.filled.errors, &labels(say)))
        (back(&links::cart(), &say.checkout_back()))
        h1 { (say.checkout_title()) }
        (steps(&flow, 1))
        div.stack {
            (notices(visit, sheet))
            (post(visit, &links::checkout(), Some("split"), fields(visit, sheet)?))
        }
    };
    let page = Page::titled(say.checkout_title()).at(Active::Cart).noindex();
    Ok(layout(visit, page.with_errors(!sheet.filled.errors.is_empty()), body))
}

fn labels(say: &Say) -> Vec<(&'static str, String)> {
    let mut labels = vec![("delivery", say.checkout_delivery())];
    labels.extend(ADDRESS.map(|field| (field, say.by_key(&key("address", field)))));
    labels
}

fn notices(visit: &Visit, sheet: &Sheet<'_>) -> Markup {
    let say = &visit.say;
    html! {
        @if let Some(trouble) = &sheet.trouble {
            div role="alert" { (notice(Tone::Danger, "", html! { (trouble) })) }
        }
        @if !may_order(visit) {
            (notice(Tone::Danger, &say.checkout_verify_title(), html! { (say.checkout_verify_text()) }))
            (post(visit, &links::verify_again(), None, html! {
                (button(say.checkout_verify_again()).icon("mail"))
            }))
        }
        @if !sheet.left_out.is_empty() {
            (notice(Tone::Plain, &say.checkout_left_out(), html! {
                @for (n, line) in sheet.left_out.iter().enumerate() { @if n > 0 { ", " } (line.listing.title) }
            }))
        }
    }
}

fn fields(visit: &Visit, sheet: &Sheet<'_>) -> Result<Markup, Refusal> {
    let say = &visit.say;
    Ok(html! {
        input type="hidden" name="key" value=(sheet.key);
        input type="hidden" name="seen" value=(sheet.basket.seen(sheet.fees)?);
        input type="hidden" name=(taxes::FIELD) value=(sheet.on_top.written());
        input type="hidden" name="currency" value=(sheet.basket.currency);
        input type="hidden" name="only" value=(sheet.asked.only.as_deref().unwrap_or_default());
        div.stack {
            (panel("how", &say.checkout_how(), how(visit, sheet)?))
            @if sheet.basket.offers(Way::Ship) { (panel("where", &say.checkout_where(), address(say, sheet))) }
            (groups(visit, sheet)?)
        }
        aside.split-side.panel aria-label=(say.cart_summary()) { (summary(visit, sheet)?) }
    })
}

/// The way of delivery: a choice where there is one.
fn how(visit: &Visit, sheet: &Sheet<'_>) -> Result<Markup, Refusal> {
    let (say, fees) = (&visit.say, sheet.fees);
    let mut choices = Vec::new();
    for way in sheet.basket.ways() {
        let note = say.by_key(&key("checkout-note", way.name()));
        let shipping = sheet.basket.total(way, fees)?.shipping;
        let end = if shipping.is_zero() { say.checkout_free() } else { say.money(shipping) };
        choices.push(Choice::new(way.name(), crate::words::delivery(say, way.name())).note(note).end(end));
    }
    let first = choices.first().map(|c| c.value.clone()).unwrap_or_default();
    Ok(html! { (radios(say, &sheet.filled, "delivery", say.checkout_delivery(), choices).or(first)) })
}

fn address(say: &Say, sheet: &Sheet<'_>) -> Markup {
    let field =
        |name: &str| text(say, &sheet.filled, name, say.by_key(&key("address", name))).max(AddressLine::MAX);
    let region =
        field("region").hint(say.address_region_hint()).autocomplete("address-level1").max(regions::MAX);
    // Without a script nobody knows the country while it is chosen: the field is there for all, and asked for where it is known.
    let region = if regions::is_needed(sheet.filled.get("country")) { region } else { region.optional() };
    let countries = select(say, &sheet.filled, "country", say.address_country(), countries::options(say));
    html! {
        @if sheet.basket.offers(Way::Meet) { p.hint { (say.checkout_where_hint()) } }
        (field("name").autocomplete("name"))
        (field("line1").autocomplete("address-line1"))
        (field("line2").autocomplete("address-line2").optional())
        div.pair {
            (field("postcode").autocomplete("postal-code"))
            (field("town").autocomplete("address-level2"))
        }
        (region)
        (countries.autocomplete("country").with_empty(say.address_country_empty()))
    }
}

/// What is bought, seller by seller; with what each part costs where there are several.
fn groups(visit: &Visit, sheet: &Sheet<'_>) -> Result<Markup, Refusal> {
    let (say, sellers, way) = (&visit.say, sheet.basket.by_seller(), leading_way(sheet.basket));
    let mut parts = String::new();
    for (n, (seller, lines)) in sellers.iter().enumerate() {
        let quote = sheet.basket.part(lines, way, sheet.fees)?;
        let (person, id) = (sheet.people.view(*seller), format!("seller-{}", n + 1));
        let part = html! {
            section.panel.cart-group aria-labelledby=(id) {
                h2.cart-seller id=(id) { (avatar(&person, false)) " " (name_link(&person)) }
                ul.lines role="list" { @for line in lines { (row(say, line)) } }
                @if sellers.len() > 1 {
                    (receipt(say, &quote, way).line(say.cart_subtotal(), say.money(quote.total)))
                }
            }
        };
        parts.push_str(&part.into_string());
    }
    Ok(PreEscaped(parts))
}

fn row(say: &Say, line: &Line) -> Markup {
    let listing = &line.listing;
    html! {
        li.line {
            span.line-pic { (thumb(listing.photos.first().map(|p| p.key.as_str()))) }
            div.line-text {
                p { a href=(links::listing(&listing.slug, listing.id)) { (listing.title) } }
                @if line.quantity > 1 { p.meta { span { (say.order_pieces(line.quantity)) } } }
            }
            div.line-end { @if let Some(amount) = line.amount() { p.price { (say.money(amount)) } } }
        }
    }
}

/// The way whose sums are shown in full: sent, where that is offered.
fn leading_way(basket: &Basket) -> Way {
    if basket.offers(Way::Ship) { Way::Ship } else { Way::Meet }
}

fn receipt(say: &Say, quote: &Quote, way: Way) -> Receipt {
    let receipt = Receipt::new().line(say.order_items(), say.money(quote.items));
    let receipt = match way {
        Way::Ship => receipt.line(say.cart_postage(), say.money(quote.shipping)),
        Way::Meet => {
            receipt.explained(say.cart_postage(), say.cart_postage_meet(), say.money(quote.shipping))
        }
    };
    receipt.line(say.cart_protection(), say.money(quote.buyer_fee))
}

/// A sum in the viewer's currency, and in which it is paid all the same.
pub(crate) fn beside(visit: &Visit, total: Money) -> Markup {
    let say = &visit.say;
    let words = visit.beside.words(say, total);
    html! { @if let Some(words) = words { p.fine { (say.cart_beside(words, total.currency.code())) } } }
}

/// With taxes that come on top, where there are some.
fn taxed(say: &Say, receipt: Receipt, label: String, tax: Money) -> Receipt {
    if tax.is_zero() { receipt } else { receipt.line(label, say.money(tax)) }
}

/// The sums: of both ways where there is a choice, so that both are known before one chooses.
fn summary(visit: &Visit, sheet: &Sheet<'_>) -> Result<Markup, Refusal> {
    let (say, fees, basket) = (&visit.say, sheet.fees, sheet.basket);
    let way = leading_way(basket);
    let tax = |way: Way| Money::new(sheet.on_top.by(way), basket.currency);
    let sum = basket.total(way, fees)?;
    let total = sum.total.plus(tax(way))?;
    let receipt = match basket.ways().len() {
        2 => {
            let met = basket.total(Way::Meet, fees)?.total.plus(tax(Way::Meet))?;
            let receipt = Receipt::new().line(say.order_items(), say.money(sum.items));
            let protection = say.money(sum.buyer_fee);
            let receipt = match fee_in_words(say, basket, fees) {
                Some(fee) => receipt.explained(say.cart_protection(), fee, protection),
                None => receipt.line(say.cart_protection(), protection),
            };
            let receipt = receipt.line(say.cart_postage(), say.money(sum.shipping));
            let receipt = taxed(say, receipt, say.checkout_tax_ship(), tax(Way::Ship));
            taxed(say, receipt, say.checkout_tax_meet(), tax(Way::Meet))
                .line(say.checkout_total_meet(), say.money(met))
                .total(say.checkout_total_ship(), say.money(total))
        }
        _ => {
            let receipt = taxed(say, receipt(say, &sum, way), say.order_tax(), tax(way));
            receipt.total(say.cart_total(), say.money(total))
        }
    };
    Ok(html! {
        h2 { (say.cart_summary()) }
        (receipt)
        (beside(visit, total))
        @if may_order(visit) { (submit_once(say, &button(say.checkout_go()).primary().wide())) }
        p.fine { (say.checkout_then()) }
        p.fine.with-icon { (icon("shield")) span { (say.cart_protection_text()) } }
    })
}
