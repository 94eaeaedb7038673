//! Icons of the sprite. An icon never stands without words beside it or an `aria-label` on what holds it.

use crate::assets;
use maud::{Markup, html};

/// An icon in the size of the text.
pub fn icon(name: &str) -> Markup {
    icon_of(name, "icon")
}

pub fn icon_large(name: &str) -> Markup {
    icon_of(name, "icon large")
}

/// With classes: "icon small", "icon fill", "icon flip" (an arrow that turns round in right-to-left pages).
pub fn icon_of(name: &str, class: &str) -> Markup {
    html! { svg class=(class) aria-hidden="true" { use href=(assets::url(&format!("icons.svg#i-{name}"))) {} } }
}

/// The marketplace's own mark.
pub fn mark() -> Markup {
    html! { svg.mark aria-hidden="true" { use href=(assets::url("icons.svg#mark")) {} } }
}
