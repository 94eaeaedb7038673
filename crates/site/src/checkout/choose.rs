//! When not everything can be checked out together: why, and which part comes first.

use super::path;
use crate::basket::{Basket, Way};
use crate::deals::key;
use kernel::Refusal;
use kit::links;
use kit::parts::{Active, Page, Tone, acts, back, layout, link, notice};
use kit::visit::Visit;
use market::orders::pricing::Fees;
use maud::{Markup, html};

/// Things of several currencies.
pub(super) fn currencies(visit: &Visit, baskets: &[Basket], fees: &Fees) -> Result<Markup, Refusal> {
    let say = &visit.say;
    let mut parts = Vec::new();
    for basket in baskets {
        let way = if basket.offers(Way::Ship) { Way::Ship } else { Way::Meet };
        let sum = say.money(basket.total(way, fees)?.total);
        let title = say.checkout_part_currency(basket.currency.code(), sum);
        parts.push((title, path(basket.currency, None), basket.clone()));
    }
    Ok(page(visit, &say.checkout_currencies_title(), &say.checkout_currencies_text(), &parts))
}

/// Things that some sellers only send and others only hand over.
pub(super) fn ways(visit: &Visit, basket: &Basket) -> Markup {
    let say = &visit.say;
    let part = |way: Way| {
        let title = say.by_key(&key("checkout-part", way.name()));
        Some((title, path(basket.currency, Some(way)), basket.only(way)?))
    };
    let parts: Vec<Part> = [Way::Ship, Way::Meet].into_iter().filter_map(part).collect();
    page(visit, &say.checkout_ways_title(), &say.checkout_ways_text(), &parts)
}

/// What can be bought together: its title, the way to it, and what it is.
type Part = (String, String, Basket);

fn page(visit: &Visit, title: &str, text: &str, parts: &[Part]) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::cart(), &say.checkout_back()))
        h1 { (title) }
        div.stack {
            (notice(Tone::Plain, "", html! { (text) }))
            @for (n, (title, href, basket)) in parts.iter().enumerate() {
                @let go = link(href, say.checkout_part_go());
                section.panel {
                    h2 { (title) }
                    ul { @for line in &basket.lines { li { (line.listing.title) } } }
                    (acts(html! { @if n == 0 { (go.primary()) } @else { (go) } }))
                }
            }
        }
    };
    layout(visit, Page::titled(title).at(Active::Cart).medium().noindex(), body)
}
