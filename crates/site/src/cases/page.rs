//! The page of a case, the same for both sides and staff but for what each may do.

use super::{decision, offers, talk};
use crate::deals::{key, staff_page};
use crate::orders::words;
use kernel::{OrderId, Refusal, Say};
use kit::form::Filled;
use kit::links;
use kit::parts::icon::icon;
use kit::parts::{Active, Page, back, date_time, error_summary, facts, layout, panel, status};
use kit::visit::Visit;
use market::accounts::model::Member;
use market::cases::model::{Side as Speaker, Whole};
use market::orders::model::{Shown, Side};
use market::orders::rules as orders;
use maud::{Markup, html};
use platform::Reader;

/// A form of the page that was tried: what was typed, and what is wrong with it.
pub(super) struct Attempt {
    pub act: &'static str,
    pub filled: Filled,
}

/// An order with its case, as the viewer sees it.
pub(super) struct Found {
    pub shown: Shown,
    pub whole: Whole,
}

impl Found {
    /// For whom the viewer speaks.
    pub(super) const fn speaker(&self) -> Speaker {
        match self.shown.side {
            Side::Buyer => Speaker::Buyer,
            Side::Seller => Speaker::Seller,
            Side::Staff => Speaker::Staff,
        }
    }

    /// Whether the two can agree on something.
    pub(super) fn is_talking(&self) -> bool {
        self.whole.case.is_open() && self.shown.order.state == "claim_open"
    }

    /// Whether the viewer may take this step now.
    pub(super) fn offers(&self, transition: &str) -> bool {
        self.shown.choices.iter().any(|choice| choice.transition == transition)
    }
}

/// Errors: `NotFound` for strangers, and when there is no case.
pub(super) async fn load(reader: &mut Reader, viewer: &Member, id: OrderId) -> Result<Found, Refusal> {
    let mut shown = orders::show(reader, viewer, id).await?;
    let whole = shown.case.take().ok_or(Refusal::NotFound)?;
    Ok(Found { shown, whole })
}

pub(super) fn page(visit: &Visit, found: &Found, attempt: Option<&Attempt>) -> Markup {
    let (say, order) = (&visit.say, &found.shown.order);
    let title = say.case_title(order.number.as_str());
    let body = html! {
        @if let Some(attempt) = attempt { (error_summary(say, &attempt.filled.errors, &labels(say))) }
        (back(&links::order(order.id), &say.order_number(order.number.as_str())))
        div.head {
            div {
                h1 { (title) }
                p { (status(words::tone(&order.state), &words::state(say, order))) }
            }
        }
        div.split {
            div.stack {
                (standing(visit, found))
                (decision::panel(visit, found))
                (offers::panel(visit, found, attempt))
                (talk::statements(visit, found))
                (talk::forms(visit, found, attempt))
            }
            aside.split-side.stack aria-label=(say.case_about()) { (about(say, found)) }
        }
    };
    let page = Page::titled(title.as_str()).at(Active::Orders).noindex();
    layout(visit, page.with_errors(attempt.is_some_and(|attempt| !attempt.filled.errors.is_empty())), body)
}

/// Where it stands, and what happens when nobody does anything: told to both sides before each act.
fn standing(visit: &Visit, found: &Found) -> Markup {
    let (say, order, case) = (&visit.say, &found.shown.order, &found.whole.case);
    html! {
        (panel("standing", &say.case_standing(), html! {
            @if let Some(outcome) = case.outcome {
                p { (say.by_key(&key("case-outcome", outcome.name()))) }
            } @else {
                @if let Some(text) = words::silence(say, order, visit.now) {
                    p.deadline { (icon("clock")) span { (text) } }
                }
                p { (words::money(say, order, found.shown.side)) }
            }
            p { a href=(links::order(order.id)) { (say.case_to_order()) } }
        }))
    }
}

fn about(say: &Say, found: &Found) -> Markup {
    let (case, shown) = (&found.whole.case, &found.shown);
    let mut known = vec![
        (say.order_case_kind(), html! { (say.by_key(&key("case-kind", case.kind.name()))) }),
        (say.case_wanted(), html! { (say.by_key(&key("case-wants", case.wants.name()))) }),
        (say.case_opened(), date_time(say, case.opened_at)),
        (say.order_things(), html! { (words::title(say, &shown.legs)) }),
        (say.order_total_buyer(), html! { (say.money(shown.order.total)) }),
    ];
    if case.taken_by.is_some() && case.is_open() {
        known.push((say.case_taken(), html! { (say.case_taken_text()) }));
    }
    html! {
        section.panel.sunken aria-labelledby="about" { h2 #about { (say.case_about()) } (facts(&known)) }
        @if shown.side == Side::Staff {
            p { a href=(staff_page("cases")) { (say.admin_cases()) } }
        }
    }
}

fn labels(say: &Say) -> Vec<(&'static str, String)> {
    vec![
        ("words", say.case_say_label()),
        ("photo", say.case_photos_label()),
        ("caption", say.case_caption_label()),
        ("offer", say.case_offer_label()),
        ("amount", say.order_part_back()),
    ]
}
