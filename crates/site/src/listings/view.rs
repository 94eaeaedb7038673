//! How a listing looks to who may buy it.

use super::buy;
use crate::{cards, members, words};
use kernel::Say;
use kit::links;
use kit::parts::{
    Crumb, Facts, Page, PictureView, ago, crumbs, details, facts, gallery, layout, notice, seller_card, shelf,
};
use kit::parts::{Tone, price};
use kit::visit::Visit;
use market::accounts::model::Member;
use market::catalog::catalog;
use market::listings::model::{Listing, State};
use market::search::model::Found;
use maud::{Markup, html};

/// Characters of the description that previews show.
const PREVIEW: usize = 160;

/// The whole page. `side` is what one may do with it.
pub(super) fn page(
    visit: &Visit,
    listing: &Listing,
    seller: &Member,
    side: &Markup,
    similar: &[Found],
) -> Markup {
    let say = &visit.say;
    let photos: Vec<PictureView> = listing.photos.iter().map(PictureView::from).collect();
    let stand_in = listing.category.as_deref().and_then(|id| cards::stand_in(say, id));
    let views: Vec<_> = similar.iter().map(|f| cards::card(visit, &f.card)).collect();
    let more = listing.category.as_ref().map(|c| links::search().with("category", c).to_string());
    let mine = visit.is(listing.seller);
    let body = html! {
        article.listing {
            div.listing-pics { (gallery(say, &listing.title, &photos, stand_in.as_ref())) }
            div.listing-side {
                (side)
                (facts(&what_to_know(visit, listing)))
                @let own = own_details(say, listing);
                @if !own.is_empty() { (details(&say.show_details(say.number(own.len() as i64)), facts(&own))) }
                (seller_card(say, &members::person(seller)))
            }
            div.listing-text { (text(say, listing)) }
        }
        (shelf(say, "similar", &say.show_similar(), more.as_deref(), &views))
        @if !mine { (buy::bar(visit, listing)) }
    };
    layout(visit, head(visit, listing, &photos), body)
}

fn head(visit: &Visit, listing: &Listing, photos: &[PictureView]) -> Page {
    let say = &visit.say;
    let first: String = listing.description.split_whitespace().collect::<Vec<_>>().join(" ");
    let preview = match first.is_empty() {
        true => say.show_preview(title(say, listing)),
        false => first.chars().take(PREVIEW).collect(),
    };
    let mut page = Page::titled(title(say, listing))
        .described(preview)
        .canonical(links::listing(&listing.slug, listing.id))
        .crumbs(crumbs(say, &way(say, listing)));
    if let Some(photo) = photos.first() {
        page = page.image(photo.src(960));
    }
    if listing.state == State::Live { page } else { page.noindex() }
}

/// The title, or what stands for it in a draft.
pub(crate) fn title(say: &Say, listing: &Listing) -> String {
    if listing.title.is_empty() { say.sell_untitled() } else { listing.title.clone() }
}

/// The way here through the categories; the listing itself last.
fn way(say: &Say, listing: &Listing) -> Vec<Crumb> {
    let mut way = words::category_way(say, listing.category.as_deref().and_then(|c| catalog().find(c)));
    way.push(Crumb::new(links::listing(&listing.slug, listing.id), title(say, listing)));
    way
}

/// Price, state and title: the same for buyers and for the seller.
pub(super) fn top(say: &Say, listing: &Listing) -> Markup {
    html! {
        @if listing.state != State::Live || listing.deal.takes_things() || listing.open_to_offers {
            p.tags {
                @if listing.state != State::Live { (kit::parts::tag("accent", &words::state(say, listing.state))) }
                @if listing.deal.takes_things() { (kit::parts::tag("accent", &say.card_trade())) }
                @if listing.open_to_offers { (kit::parts::tag("", &say.show_open_to_offers())) }
            }
        }
        h1 { (title(say, listing)) }
        @match listing.price.filter(|_| listing.deal.takes_cash()) {
            Some(money) => (price(say, money)),
            None => { @if !listing.deal.takes_cash() { (kit::parts::price_was(say, None, None)) } },
        }
    }
}

/// Condition, attributes, delivery, place, age.
fn what_to_know(visit: &Visit, listing: &Listing) -> Facts {
    let say = &visit.say;
    let mut out: Facts = Vec::new();
    if let Some(condition) = listing.condition {
        let words = html! {
            (words::condition(say, condition)) br; span.hint { (words::condition_note(say, condition)) }
        };
        out.push((say.field_condition(), words));
    }
    for (id, value) in &listing.attributes {
        if let Some(attribute) = catalog().attribute(id) {
            let shown = words::attribute(say, attribute, value);
            out.push((attribute.name(say.lang()).to_owned(), html! { (shown) }));
        }
    }
    out.push((say.field_delivery(), delivery(say, listing)));
    if let Some(place) = words::place(listing) {
        out.push((say.field_location(), html! { (place) }));
    }
    if listing.quantity > 1 {
        out.push((say.field_quantity(), html! { (say.show_available(listing.available())) }));
    }
    if let Some(at) = listing.published_at {
        out.push((say.show_listed(), ago(say, at, visit.now)));
    }
    out
}

/// What an imported catalogue says beside the attributes that we know: there may be a hundred of them.
fn own_details(say: &Say, listing: &Listing) -> Facts {
    let own = listing.attributes.iter().filter(|(id, _)| catalog().attribute(id).is_none());
    own.map(|(id, value)| (words::capital(&id.replace('_', " ")), html! { (words::plain(say, value)) }))
        .collect()
}

fn delivery(say: &Say, listing: &Listing) -> Markup {
    let cost = match listing.shipping {
        Some(money) if !money.is_zero() => say.money(money),
        _ => say.show_postage_free(),
    };
    html! {
        @if listing.ship { (words::delivery(say, "ship")) " (" (cost) ")" }
        @if listing.ship && listing.meet { br; }
        @if listing.meet { (words::delivery(say, "meet")) }
    }
}

fn text(say: &Say, listing: &Listing) -> Markup {
    html! {
        @if !listing.description.is_empty() {
            section { h2 { (say.field_description()) } div.prose { (paragraphs(&listing.description)) } }
        }
        @if listing.deal.takes_things() && !listing.wanted.is_empty() {
            section {
                h2 { (say.show_wanted()) }
                (notice(Tone::Accent, "", html! { (lines(&listing.wanted)) }))
            }
        }
    }
}

/// Typed text: an empty line ends a paragraph, a line stays a line.
fn paragraphs(text: &str) -> Markup {
    html! { @for part in text.split("\n\n").filter(|p| !p.trim().is_empty()) { p { (lines(part.trim())) } } }
}

fn lines(text: &str) -> Markup {
    html! { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } (line) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_keeps_its_lines_and_nothing_else() {
        let markup = paragraphs("One\ntwo <b>\n\n\n\nThree").into_string();
        assert_eq!(markup, "<p>One<br>two &lt;b&gt;</p><p>Three</p>");
    }
}
