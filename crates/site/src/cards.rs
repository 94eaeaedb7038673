//! Listings as cards of a list.

use crate::words;
use kernel::Say;
use kit::links;
use kit::parts::{CardView, Empty, PictureView, StandIn, empty};
use kit::visit::Visit;
use market::catalog::catalog;
use market::listings::model::{Deal, Listing, State};
use market::search::model::{Card, Found};
use maud::Markup;
use time::Duration;

/// For how long a card says how new a listing is.
const FRESH: Duration = Duration::days(30);

/// A search result.
pub(crate) fn found(visit: &Visit, found: &Found) -> CardView {
    let mut view = card(visit, &found.card);
    view.meta.extend(found.distance_km.map(|km| distance(&visit.say, km)));
    view
}

/// What the index keeps of a listing.
pub(crate) fn card(visit: &Visit, card: &Card) -> CardView {
    let (say, now) = (&visit.say, visit.now);
    let condition = card.condition.map(|c| words::condition(say, c));
    // Later its date says little, and takes the room of what matters.
    let age = (now - card.published() < FRESH).then(|| say.ago(card.published(), now));
    let price = card.price.filter(|_| card.deal.takes_cash());
    CardView {
        href: links::listing(&card.slug, card.id),
        title: card.title.clone(),
        photo: card.photo.as_ref().map(PictureView::from),
        stand_in: card.category.as_deref().and_then(|id| stand_in(say, id)),
        price,
        beside: price.and_then(|price| visit.beside.words(say, price)),
        meta: [condition, card.town.clone(), age].into_iter().flatten().collect(),
        tags: trade(say, card.deal),
        ..CardView::default()
    }
}

/// A seller's own listing: the link leads to `href`, the state is said where it is not live.
pub(crate) fn own(say: &Say, listing: &Listing, href: String) -> CardView {
    let untitled = listing.title.is_empty();
    let flags = match listing.state {
        State::Live => Vec::new(),
        State::Draft => vec![("accent", words::state(say, listing.state))],
        other => vec![("", words::state(say, other))],
    };
    CardView {
        href,
        title: if untitled { say.sell_untitled() } else { listing.title.clone() },
        photo: listing.photos.first().map(PictureView::from),
        stand_in: listing.category.as_deref().and_then(|id| stand_in(say, id)),
        price: listing.price.filter(|_| listing.deal.takes_cash()),
        meta: vec![say.sell_views(listing.views)],
        flags,
        tags: trade(say, listing.deal),
        off: matches!(listing.state, State::Sold | State::Paused),
        ..CardView::default()
    }
}

/// The category on the ground of its root, as on the home page.
pub(crate) fn stand_in(say: &Say, category: &str) -> Option<StandIn> {
    let category = catalog().find(category)?;
    let root = category.path().first().cloned()?;
    let place = catalog().roots().position(|c| c.id == root)?;
    Some(StandIn { tint: place % 5 + 1, word: category.name(say.lang()).to_owned() })
}

/// Said instead of a list while the index is made.
pub(crate) fn filling(say: &Say) -> Markup {
    empty(&Empty { icon: "clock", title: say.find_filling(), text: say.find_filling_text(), action: None })
}

/// That things are taken too. Where only things are taken, the price says it already.
fn trade(say: &Say, deal: Deal) -> Vec<(&'static str, String)> {
    if deal == Deal::Both { vec![("accent", say.card_trade())] } else { Vec::new() }
}

/// "12 km"; the towns are coarse, so nothing finer would be true.
fn distance(say: &Say, km: f64) -> String {
    let whole = km.round() as i64;
    if whole < 1 { say.card_near() } else { say.card_distance(whole) }
}
