//! How the cart looks.

use crate::basket::{Basket, Way, fee_in_words};
use crate::checkout;
use crate::deals::{People, name_link};
use crate::words;
use kernel::{Money, Refusal, Say};
use kit::links;
use kit::parts::form::{csrf_field, post};
use kit::parts::icon::icon;
use kit::parts::people::avatar;
use kit::parts::picture::PictureView;
use kit::parts::{Active, Empty, Page, Receipt, Tone, button, empty, layout, link, notice};
use kit::visit::Visit;
use market::carts::model::{Cart, Line};
use market::listings::model::State;
use market::orders::pricing::Fees;
use maud::{Markup, html};

pub(super) fn page(visit: &Visit, cart: &Cart, people: &People, fees: &Fees) -> Result<Markup, Refusal> {
    let say = &visit.say;
    let body = if cart.is_empty() { nothing(say) } else { filled(visit, cart, people, fees)? };
    let page = Page::titled(say.cart_title()).at(Active::Cart).noindex();
    Ok(layout(visit, page, html! { h1 { (say.cart_title()) } (body) }))
}

fn nothing(say: &Say) -> Markup {
    empty(&Empty {
        icon: "cart",
        title: say.cart_empty_title(),
        text: say.cart_empty_text(),
        action: Some(link(links::search().to_string(), say.cart_empty_action()).primary()),
    })
}

fn filled(visit: &Visit, cart: &Cart, people: &People, fees: &Fees) -> Result<Markup, Refusal> {
    let say = &visit.say;
    let baskets = Basket::all(cart);
    let away = cart.lines.iter().filter(|l| !l.is_buyable()).count();
    Ok(html! {
        div.split {
            div.stack {
                @if away > 0 && !baskets.is_empty() {
                    (notice(Tone::Danger, "", html! { (say.cart_some_away(away)) }))
                }
                @for (n, (seller, lines)) in cart.by_seller().iter().enumerate() {
                    @let person = people.view(*seller);
                    @let id = format!("seller-{}", n + 1);
                    section.panel.cart-group aria-labelledby=(id) {
                        h2.cart-seller id=(id) { (avatar(&person, false)) " " (name_link(&person)) }
                        ul.lines role="list" { @for line in lines { (row(visit, line)) } }
                        @if lines.len() > 1 { (subtotal(say, lines)) }
                    }
                }
            }
            aside.split-side.panel aria-label=(say.cart_summary()) { (summary(visit, &baskets, fees)?) }
        }
    })
}

fn row(visit: &Visit, line: &Line) -> Markup {
    let (say, listing) = (&visit.say, &line.listing);
    let href = links::listing(&listing.slug, listing.id);
    let picture = listing.photos.first().map(PictureView::from);
    html! {
        li.line id={ "line-" (listing.id) } {
            a.line-pic href=(href) tabindex="-1" aria-hidden="true" {
                @match &picture {
                    Some(view) => img src=(view.src(240)) alt="" width="96" height="96" loading="lazy"
                        decoding="async";,
                    None => (icon("image")),
                }
            }
            div.line-text {
                h3 { a href=(href) { (listing.title) } }
                p.meta {
                    @if let Some(condition) = listing.condition { span { (words::condition(say, condition)) } }
                    @if let Some(price) = listing.price.filter(|_| line.quantity > 1) {
                        span { (say.cart_each(say.money(price))) }
                    }
                }
                @if let Some(trouble) = trouble(say, line) { p.err { (trouble) } }
                (stepper(visit, line))
            }
            div.line-end {
                @if let Some(amount) = line.amount() { p.price { (say.money(amount)) } }
                (post(visit, &links::cart_line(listing.id), None, html! {
                    input type="hidden" name="quantity" value="0";
                    (button(say.cart_remove()).linky().heard_as(say.cart_remove_title(listing.title.as_str())))
                }))
            }
        }
    }
}

/// Why a line cannot be bought now, and what to do.
fn trouble(say: &Say, line: &Line) -> Option<String> {
    let listing = &line.listing;
    if line.is_buyable() {
        return None;
    }
    Some(match listing.state {
        State::Sold => say.cart_line_sold(),
        State::Live if !listing.deal.takes_cash() || listing.price.is_none() => say.cart_line_trade(),
        State::Live if listing.quantity > 0 && listing.available() <= 0 => say.cart_line_reserved(),
        State::Live => say.cart_line_fewer(listing.available()),
        State::Draft | State::Paused | State::Deleted => say.cart_line_paused(),
    })
}

/// One fewer, one more. Nothing where neither is possible.
fn stepper(visit: &Visit, line: &Line) -> Markup {
    let (say, listing, n) = (&visit.say, &line.listing, line.quantity);
    let may_grow = listing.is_buyable() && listing.available() > n;
    if n <= 1 && !may_grow {
        return html! {};
    }
    let title = listing.title.as_str();
    // With too many in the cart the way down is to what is there.
    let fewer = if listing.is_buyable() { (n - 1).min(listing.available()) } else { n - 1 };
    html! {
        form.stepper method="post" action=(links::cart_line(listing.id)) {
            (csrf_field(visit))
            button.btn.square name="quantity" value=(fewer.max(1)) disabled[n <= 1]
                aria-label=(say.cart_fewer(title)) { (icon("minus")) }
            output { (say.number(n)) }
            button.btn.square name="quantity" value=(n + 1) disabled[!may_grow]
                aria-label=(say.cart_more(title)) { (icon("plus")) }
        }
    }
}

/// What one seller's things cost, in each of their currencies.
fn subtotal(say: &Say, lines: &[&Line]) -> Markup {
    let mut sums: Vec<Money> = Vec::new();
    for amount in lines.iter().filter(|l| l.is_buyable()).filter_map(|l| l.amount()) {
        match sums.iter_mut().find(|s| s.currency == amount.currency) {
            Some(sum) => sum.amount = sum.amount.saturating_add(amount.amount),
            None => sums.push(amount),
        }
    }
    let receipt = sums.iter().fold(Receipt::new(), |r, sum| r.line(say.cart_subtotal(), say.money(*sum)));
    html! { @if !sums.is_empty() { (receipt) } }
}

fn summary(visit: &Visit, baskets: &[Basket], fees: &Fees) -> Result<Markup, Refusal> {
    let say = &visit.say;
    if baskets.is_empty() {
        return Ok(html! { h2 { (say.cart_summary()) } p { (say.cart_nothing_there()) } });
    }
    Ok(html! {
        h2 { (say.cart_summary()) }
        @if baskets.len() > 1 { p { (say.cart_currencies()) } }
        @for (n, basket) in baskets.iter().enumerate() {
            @if baskets.len() > 1 { h3 { (say.cart_in_currency(basket.currency.code())) } }
            (receipt(say, basket, fees)?)
            (beside(visit, basket, fees)?)
            @if baskets.len() == 1 {
                (link(links::checkout(), say.cart_checkout()).primary().wide())
            } @else {
                @let label = say.cart_checkout_in(basket.currency.code());
                @let go = link(checkout::path(basket.currency, None), label).wide();
                @if n == 0 { (go.primary()) } @else { (go) }
            }
        }
        @if !visit.is_signed_in() { p.fine { (say.cart_sign_in_later()) } }
        (notice(Tone::Brand, &say.cart_protection_title(), html! { (say.cart_protection_text()) }))
    })
}

/// What it comes to in the viewer's currency.
fn beside(visit: &Visit, basket: &Basket, fees: &Fees) -> Result<Markup, Refusal> {
    let way = if basket.offers(Way::Ship) { Way::Ship } else { Way::Meet };
    Ok(checkout::beside(visit, basket.total(way, fees)?.total))
}

/// The sum if everything is sent, or handed over where nothing can be sent.
fn receipt(say: &Say, basket: &Basket, fees: &Fees) -> Result<Receipt, Refusal> {
    let way = if basket.offers(Way::Ship) { Way::Ship } else { Way::Meet };
    let sum = basket.total(way, fees)?;
    let sellers = basket.by_seller().len();
    let pieces: i64 = basket.lines.iter().map(|l| i64::from(l.quantity)).sum();
    let receipt = Receipt::new().line(say.cart_items(pieces), say.money(sum.items));
    let receipt = match basket.ways().is_empty() {
        true => receipt.line(say.cart_postage(), say.cart_postage_later()),
        false if way == Way::Meet => {
            receipt.explained(say.cart_postage(), say.cart_postage_meet(), say.money(sum.shipping))
        }
        false => receipt.explained(say.cart_postage(), say.cart_parcels(sellers), say.money(sum.shipping)),
    };
    let protection = say.money(sum.buyer_fee);
    let receipt = match fee_in_words(say, basket, fees) {
        Some(fee) => receipt.explained(say.cart_protection(), fee, protection),
        None => receipt.line(say.cart_protection(), protection),
    };
    Ok(receipt.total(say.cart_total(), say.money(sum.total)))
}
