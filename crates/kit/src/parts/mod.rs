//! HTML components. Each is a function or a small builder that writes one piece of the markup that the style
//! sheets expect. They take plain values, never database rows; all words come from messages.

pub mod button;
pub mod card;
pub mod choice;
pub mod field;
pub mod filters;
pub mod form;
pub mod frame;
pub mod icon;
pub mod layout;
pub mod money;
pub mod navigation;
pub mod notice;
pub mod panel;
pub mod people;
pub mod picture;
pub mod qr;
pub mod summary;
pub mod timeline;

pub use button::{Button, acts, acts_stack, button, link, submit_once};
pub use card::{CardView, card, card_grid, shelf};
pub use choice::{Choice, Choices, checks, radios, tick};
pub use field::{
    Field, Opt, digits, email, file, money_field, new_password, number, password, select, text, textarea,
};
pub use form::{csrf_field, form, form_acts, form_named, form_section, get_form, post, upload_form};
pub use icon::{icon, icon_large, icon_of};
pub use layout::{Active, Page, layout};
pub use money::{Receipt, price, price_was};
pub use navigation::{Crumb, Tab, active_filters, back, chips, crumbs, pager, steps, tabs};
pub use notice::{Empty, State, Tone, deadline, empty, flash, notice, progress, status, tag};
pub use panel::{Facts, details, facts, panel, stats, table, table_panel};
pub use people::{PersonView, avatar, seller_card};
pub use picture::{PictureView, StandIn, gallery, picture};
pub use qr::qr;
pub use summary::error_summary;
pub use timeline::{Moment as TimelineMoment, Step, StepState, timeline};

use kernel::{Moment, Say};
use maud::{Markup, html};

/// A moment in the reader's words, exact for machines (UTC).
pub fn time(at: Moment, words: &str) -> Markup {
    html! { time datetime=(stamp(at)) { (words) } }
}

/// "22 Nov 2026, 19:05 UTC".
pub fn date_time(say: &Say, at: Moment) -> Markup {
    time(at, &say.date_time(at))
}

/// "3 days ago".
pub fn ago(say: &Say, at: Moment, now: Moment) -> Markup {
    time(at, &say.ago(at, now))
}

/// RFC 3339, to the second.
fn stamp(at: Moment) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

#[cfg(test)]
mod tests;
