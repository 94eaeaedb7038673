//! Where devices seem to be, as the lists of them tell it.

use kit::visit::Visit;
use maud::{Markup, html};

/// An address, and where it seems to be.
pub(crate) fn address(visit: &Visit, address: &str) -> Markup {
    html! {
        (address)
        @if let Some(place) = visit.place_of(address) { " · " (place) }
    }
}

/// What stands below such a list: that its places are guesses, and whose work they are. Nothing where none is known.
pub(crate) fn hint<'a>(visit: &Visit, mut addresses: impl Iterator<Item = &'a str>) -> Markup {
    html! {
        @if addresses.any(|address| visit.place_of(address).is_some()) {
            p.hint {
                (visit.say.places_hint())
                @if let Some(credit) = visit.app.web.atlas.credit() {
                    " " a href=(credit.url) { (credit.words) }
                }
            }
        }
    }
}
