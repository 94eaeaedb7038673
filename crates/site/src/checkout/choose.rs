//! When not everything can be checked out together: why, and which part comes first.

use super::path;
use crate::basket::{Basket, Way};
use crate::deals::key;
use kernel::{Refusal, Say};
use kit::links;
use kit::parts::{Active, Page, Tone, acts, back, layout, link, notice};
use kit::visit::Visit;
use maud::{Markup, html};

/// Things of several currencies.
pub(super) fn currencies(visit: &Visit, baskets: &[Basket]) -> Result<Markup, Refusal> {
    let (say, fees) = (&visit.say, visit.app.market.fees());
    let mut choices = Vec::new();
    for basket in baskets {
        let way = if basket.offers(Way::Ship) { Way::Ship } else { Way::Meet };
        let sum = say.money(basket.total(way, fees)?.total);
        choices.push(part(
            say,
            basket,
            &say.checkout_part_currency(basket.currency.code(), sum),
            path(basket.currency, None),
        ));
    }
    let text = say.checkout_currencies_text();
    Ok(page(visit, &say.checkout_currencies_title(), &text, &choices))
}

/// Things that some sellers only send and others only hand over.
pub(super) fn ways(visit: &Visit, basket: &Basket) -> Markup {
    let say = &visit.say;
    let choices: Vec<Markup> = [Way::Ship, Way::Meet]
        .into_iter()
        .filter_map(|way| Some((way, basket.only(way)?)))
        .map(|(way, some)| {
            let title = say.by_key(&key("checkout-part", way.name()));
            part(say, &some, &title, path(basket.currency, Some(way)))
        })
        .collect();
    page(visit, &say.checkout_ways_title(), &say.checkout_ways_text(), &choices)
}

fn part(say: &Say, basket: &Basket, title: &str, href: String) -> Markup {
    html! {
        section.panel {
            h2 { (title) }
            ul { @for line in &basket.lines { li { (line.listing.title) } } }
            (acts(html! { (link(href, say.checkout_part_go()).primary()) }))
        }
    }
}

fn page(visit: &Visit, title: &str, text: &str, choices: &[Markup]) -> Markup {
    let say = &visit.say;
    let body = html! {
        (back(&links::cart(), &say.checkout_back()))
        h1 { (title) }
        (notice(Tone::Plain, "", html! { (text) }))
        div.stack { @for choice in choices { (choice) } }
    };
    layout(visit, Page::titled(title).at(Active::Cart).medium().noindex(), body)
}
