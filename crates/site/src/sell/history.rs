//! What was changed about a listing since it was first published.

use crate::listings::title;
use crate::words;
use kernel::{ListingId, Say};
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Empty, Page, back, date_time, empty, layout, table};
use kit::visit::{SignedIn, Visit};
use market::catalog::catalog;
use market::listings::model::{Condition, Deal, Listing, State};
use market::listings::rules::{self as listings, PastEdit};
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn, Path(id): Path<ListingId>) -> Result<Answer, Answer> {
    let mut reader = visit.read().await?;
    let listing = listings::find_mine(&mut reader, visit.member(), id).await?;
    let past = listings::history(&mut reader, visit.member(), id).await?;
    Ok(Answer::page(page(&visit, &listing, &past)))
}

fn page(visit: &Visit, listing: &Listing, past: &[PastEdit]) -> Markup {
    let say = &visit.say;
    let heads = [say.history_when(), say.history_what(), say.history_before(), say.history_after()]
        .map(|h| (h, false));
    let body = html! {
        (back(&links::listing(&listing.slug, listing.id), &title(say, listing)))
        div.head { div { h1 { (say.history_title()) } p { (title(say, listing)) } } }
        @if past.is_empty() {
            (empty(&Empty {
                icon: "clock",
                title: say.history_nothing(),
                text: say.history_nothing_text(),
                action: None,
            }))
        } @else {
            (table("history", &say.history_title(), &heads, html! { @for edit in past { (rows(say, edit)) } }))
        }
    };
    layout(visit, Page::titled(say.history_title()).medium().noindex().at(Active::Sell), body)
}

/// One line for every field that one edit changed.
fn rows(say: &Say, edit: &PastEdit) -> Markup {
    let changes = edit.changes.as_object().into_iter().flatten();
    let side = |pair: &serde_json::Value, n: usize| {
        pair.get(n).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
    };
    html! {
        @for (field, pair) in changes {
            tr {
                th scope="row" data-label=(say.history_when()) { (date_time(say, edit.at)) }
                td data-label=(say.history_what()) { (words::field(say, field)) }
                td.grow data-label=(say.history_before()) { (value(say, field, &side(pair, 0))) }
                td.grow data-label=(say.history_after()) { (value(say, field, &side(pair, 1))) }
            }
        }
    }
}

/// A stored value in words.
fn value(say: &Say, field: &str, stored: &str) -> String {
    let known = match field {
        "state" => State::find(stored).map(|s| words::state(say, s)),
        "condition" => Condition::find(stored).map(|c| words::condition(say, c)),
        "deal" => Deal::find(stored).map(|d| words::deal(say, d)),
        "category" => catalog().find(stored).map(|c| c.name(say.lang()).to_owned()),
        "delivery" => {
            Some(stored.split_whitespace().map(|w| words::delivery(say, w)).collect::<Vec<_>>().join(", "))
        }
        "open_to_offers" => Some(if stored == "true" { say.word_yes() } else { say.word_no() }),
        _ => None,
    };
    match known.unwrap_or_else(|| stored.to_owned()) {
        empty if empty.is_empty() => "–".to_owned(),
        words => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    #[test]
    fn stored_values_are_put_into_words() {
        let say = Say::new(Lang::EN);
        assert_eq!(value(&say, "price", "12.50"), "12.50");
        assert_eq!(value(&say, "price", ""), "–");
        assert_eq!(value(&say, "state", "paused"), words::state(&say, State::Paused));
        assert_eq!(value(&say, "delivery", "ship meet").split(", ").count(), 2);
    }
}
