//! The form of a listing, on one page: photos first, then what it is, what it costs, how it gets to the buyer.

use super::{photos, typed};
use crate::{fields, limits, listings, words};
use kernel::limits::QUANTITY_MAX;
use kernel::{Currency, Say};
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Choice, Opt, Page, back, button, checks, error_summary, form_acts, form_named, form_section, layout,
    link, money_field, number, radios, select, tag, text, textarea, tick,
};
use kit::visit::Visit;
use market::catalog::{Attribute, Kind, catalog};
use market::listings::model::{Condition, Deal, Description, Listing, State, Title, Wanted};
use market::orders::limits::Limits;
use maud::{Markup, html};

/// Fields of the form that a list of mistakes may name.
const LABELLED: [&str; 12] = [
    "title",
    "description",
    "category",
    "condition",
    "price",
    "deal",
    "wanted",
    "quantity",
    "delivery",
    "shipping_price",
    "location",
    "photo",
];

/// The whole page, with what its seller may ask for.
pub(super) fn page(visit: &Visit, listing: &Listing, limited: Option<&Limits>, filled: &Filled) -> Markup {
    let say = &visit.say;
    let draft = listing.state == State::Draft;
    let title = if draft { say.sell_title() } else { say.sell_edit_title() };
    let labels: Vec<(&str, String)> = LABELLED.iter().map(|name| (*name, words::field(say, name))).collect();
    let body = html! {
        (error_summary(say, &filled.errors, &labels))
        (back(&links::sell(), &say.sell_mine()))
        div.head {
            div { h1 { (title) } @if draft { p { (say.sell_lead()) } } }
            @if !draft { div.head-acts { (tag("accent", &words::state(say, listing.state))) } }
        }
        (photos::section(visit, listing, &filled.errors))
        (form_named(visit, "sell", &links::sell_edit(listing.id), html! {
            input type="hidden" name=(typed::WHOLE) value="1";
            // Enter in a field does what the first button does: it must be a harmless one.
            button.vh tabindex="-1" name="do" value="save" { (say.sell_save()) }
            (what(say, filled, listing))
            (terms(visit, filled, listing, limited))
            (handing_over(say, filled, listing))
            (buttons(say, listing))
        }))
        (form_section("s-more", &say.sell_more(), None, listings::tools(visit, listing)))
    };
    layout(
        visit,
        Page::titled(title).medium().noindex().at(Active::Sell).with_errors(!filled.errors.is_empty()),
        body,
    )
}

fn what(say: &Say, filled: &Filled, listing: &Listing) -> Markup {
    let condition =
        |c: &Condition| Choice::new(c.name(), words::condition(say, *c)).note(words::condition_note(say, *c));
    form_section(
        "s-what",
        &say.sell_what(),
        None,
        html! {
            (text(say, filled, "title", words::field(say, "title")).hint(say.sell_title_hint()).max(Title::MAX))
            (fields::category(say, filled, "category", &words::field(say, "category")))
            div { (button(say.sell_category_choose()).small().value("do", "category")) }
            (attributes(say, filled, listing))
            (radios(say, filled, "condition", words::field(say, "condition"), Condition::ALL.iter().map(condition).collect()))
            (textarea(say, filled, "description", words::field(say, "description"), 8)
                .hint(say.sell_description_hint()).max(Description::MAX))
        },
    )
}

/// The details of the chosen category; none of them must be given.
fn attributes(say: &Say, filled: &Filled, listing: &Listing) -> Markup {
    let category = typed::category(&filled.values, listing);
    let known = category.map(|c| catalog().attributes_of(c)).unwrap_or_default();
    html! {
        @if !known.is_empty() {
            fieldset #attributes .field {
                legend { (words::field(say, "attributes")) " " span.opt { (say.form_optional()) } }
                p.hint { (say.sell_attributes_hint()) }
                div.stack {
                    @for two in known.chunks(2) { div.pair { @for attribute in two { (detail(say, filled, attribute)) } } }
                }
            }
        }
    }
}

fn detail(say: &Say, filled: &Filled, attribute: &Attribute) -> Markup {
    let name = format!("{}{}", typed::ATTRIBUTE, attribute.id);
    let plain = attribute.name(say.lang());
    let label = attribute.unit.as_ref().map_or_else(|| plain.to_owned(), |unit| format!("{plain} ({unit})"));
    let options: Vec<Opt> = match attribute.kind {
        Kind::Choice => attribute.choices.iter().map(|c| Opt::new(&c.id, c.name(say.lang()))).collect(),
        Kind::Flag => vec![Opt::new("true", say.word_yes()), Opt::new("false", say.word_no())],
        Kind::Number | Kind::Text => Vec::new(),
    };
    html! {
        @if options.is_empty() { (text(say, filled, &name, label).max(80)) }
        @else { (select(say, filled, &name, label, options).with_empty(say.sell_not_said())) }
    }
}

fn terms(visit: &Visit, filled: &Filled, listing: &Listing, limited: Option<&Limits>) -> Markup {
    let say = &visit.say;
    let deals = Deal::ALL.iter().map(|d| {
        let note = say.by_key(&format!("deal-note-{}", d.name()));
        Choice::new(d.name(), words::deal(say, *d)).note(note)
    });
    let (hint, price) = (limited.and_then(|it| limits::hint(say, it)), listing.price);
    let mut currencies = currencies(visit.app.market.config.market.currency, listing.currency);
    let providers = &visit.app.market.providers;
    currencies.retain(|code| *code == listing.currency || providers.of_currency(*code).is_some());
    form_section(
        "s-terms",
        &say.sell_terms(),
        hint.as_deref(),
        html! {
            (limits::above(say, limited, price.filter(|_| listing.deal.takes_cash())))
            (radios(say, filled, "deal", words::field(say, "deal"), deals.collect()).cols())
            (fields::price(say, filled, "price", &words::field(say, "price"), &currencies))
            (tick(filled, "open_to_offers", &say.sell_open_to_offers()))
            (textarea(say, filled, "wanted", words::field(say, "wanted"), 3).hint(say.sell_wanted_hint()).max(Wanted::MAX))
            (number(say, filled, "quantity", words::field(say, "quantity"), 1, QUANTITY_MAX))
        },
    )
}

/// The marketplace's currency and the listing's first, then others that are in wide use, then all others.
fn currencies(home: Currency, own: Currency) -> Vec<Currency> {
    const COMMON: [&str; 12] =
        ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY"];
    let mut all = vec![home, own];
    all.extend(COMMON.iter().filter_map(|code| code.parse::<Currency>().ok()));
    all.extend(Currency::all());
    let mut seen = Vec::new();
    all.retain(|c| {
        !seen.contains(c) && {
            seen.push(*c);
            true
        }
    });
    all
}

fn handing_over(say: &Say, filled: &Filled, listing: &Listing) -> Markup {
    let ways = vec![
        Choice::new("ship", words::delivery(say, "ship")).note(say.sell_ship_note()),
        Choice::new("meet", words::delivery(say, "meet")).note(say.sell_meet_note()),
    ];
    form_section(
        "s-delivery",
        &say.sell_handing_over(),
        None,
        html! {
            (checks(say, filled, "delivery", words::field(say, "delivery"), ways).cols())
            (money_field(say, filled, "shipping_price", words::field(say, "shipping_price"), listing.currency)
                .hint(say.sell_shipping_hint()).optional())
            (fields::town(say, filled, "location", &words::field(say, "location"), say.sell_location_hint()))
        },
    )
}

fn buttons(say: &Say, listing: &Listing) -> Markup {
    let draft = listing.state == State::Draft;
    let publish = match listing.state {
        State::Draft => Some(say.sell_publish()),
        State::Paused => Some(say.sell_save_and_resume()),
        State::Sold => Some(say.sell_save_and_relist()),
        State::Live | State::Deleted => None,
    };
    form_acts(
        true,
        html! {
            @if draft { (auto_save(say, listing)) }
            @match publish {
                Some(label) => {
                    (button(say.sell_save_and_preview()).quiet().value("do", "preview"))
                    (button(say.sell_save()).value("do", "save"))
                    (button(label).primary().action(links::sell_publish(listing.id)))
                },
                None => {
                    (link(links::listing(&listing.slug, listing.id), say.sell_cancel()).quiet())
                    (button(say.sell_save_changes()).primary().value("do", "save"))
                },
            }
        },
    )
}

/// Says when the draft was saved while one types.
fn auto_save(say: &Say, listing: &Listing) -> Markup {
    html! {
        auto-save data-url=(links::sell_draft(listing.id)) data-saving=(say.sell_saving()) data-saved=(say.sell_saved_at("{time}"))
            data-failed=(say.sell_not_saved()) data-restored=(say.sell_draft_restored()) { p.saved role="status" {} }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_is_offered_once_and_ours_first() {
        let offered = currencies("SEK".parse().unwrap(), "TRY".parse().unwrap());
        assert_eq!(offered[0].code(), "SEK");
        assert_eq!(offered[1].code(), "TRY");
        assert_eq!(offered.iter().filter(|c| c.code() == "SEK").count(), 1);
        assert_eq!(offered.len(), Currency::all().len());
    }

    #[test]
    fn every_field_and_deal_has_its_words() {
        let deals = Deal::ALL.iter().map(|d| format!("deal-note-{}", d.name()));
        let fields = LABELLED.iter().map(|f| format!("field-{}", f.replace('_', "-")));
        for key in deals.chain(fields) {
            assert!(Say::knows(&key), "{key}");
        }
    }
}
