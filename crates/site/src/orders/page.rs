//! The page of one order, the same for buyer, seller and staff but for what each may do.

use super::acts::{self, Attempt};
use super::{details, disputed, timeline, words};
use crate::deals::{People, staff_page};
use crate::documents;
use kernel::{OrderId, Refusal, Say};
use kit::links;
use kit::parts::{Active, Page, back, date_time, error_summary, layout, panel};
use kit::visit::Visit;
use market::accounts::model::Member;
use market::chargebacks::model::OfOrder;
use market::chargebacks::rules as chargebacks;
use market::documents::{self as papers, Head};
use market::orders::model::{Shown, Side};
use market::orders::rules as orders;
use maud::{Markup, html};
use platform::Reader;

/// An order as the viewer sees it, with who is who.
pub(super) struct Found {
    shown: Shown,
    people: People,
    /// Receipts and invoices that the viewer may see.
    papers: Vec<Head>,
    disputed: Option<OfOrder>,
}

impl Found {
    /// Whether the viewer may take this step now.
    pub(super) fn offers(&self, transition: &str) -> bool {
        self.shown.choices.iter().any(|choice| choice.transition == transition)
    }
}

/// Errors: `NotFound` for strangers.
pub(super) async fn load(reader: &mut Reader, viewer: &Member, id: OrderId) -> Result<Found, Refusal> {
    let shown = orders::show(reader, viewer, id).await?;
    let people = People::find(reader, [shown.order.buyer, shown.order.seller]).await?;
    let papers = papers::of_order(reader, viewer, id).await?;
    let disputed = chargebacks::of_order(reader, id).await?;
    Ok(Found { shown, people, papers, disputed })
}

pub(super) fn page(visit: &Visit, found: &Found, attempt: Option<&Attempt>) -> Markup {
    let (say, shown) = (&visit.say, &found.shown);
    let order = &shown.order;
    let title = say.order_number(order.number.as_str());
    let body = html! {
        @if let Some(attempt) = attempt { (error_summary(say, &attempt.filled.errors, &labels(say))) }
        (way_back(say, shown.side))
        div.head {
            div {
                h1 { (title) }
                p { (words::badge(say, order)) }
                p.meta {
                    span { (words::title(say, &shown.legs)) }
                    span { (say.order_placed()) " " (date_time(say, order.created_at)) }
                }
            }
        }
        div.split {
            div.stack {
                (disputed::told(say, found.disputed.as_ref(), shown.side))
                (details::holds(say, shown))
                (acts::panel(visit, shown, attempt))
                (details::problem(say, shown))
                (panel("timeline", &say.order_timeline(), timeline::of(say, shown, visit.now)))
            }
            aside.split-side.stack aria-label=(say.order_details()) {
                (details::things(say, shown))
                (details::delivery(say, order))
                (documents::panel_of(say, "documents", &found.papers))
                (details::parties(say, shown, &found.people))
                @if shown.side == Side::Staff {
                    p { a href=(staff_page(&format!("orders/{}", order.id))) { (say.order_way()) } }
                }
            }
        }
    };
    let page = Page::titled(title.as_str()).at(Active::Orders).noindex();
    layout(visit, page.with_errors(attempt.is_some_and(|attempt| !attempt.filled.errors.is_empty())), body)
}

fn way_back(say: &Say, side: Side) -> Markup {
    match side {
        Side::Buyer => back(&links::orders(), &say.orders_title_buying()),
        Side::Seller => back(&links::sales(), &say.orders_title_selling()),
        Side::Staff => back(&staff_page("orders"), &say.admin_orders()),
    }
}

fn labels(say: &Say) -> Vec<(&'static str, String)> {
    vec![
        ("carrier", say.order_carrier()),
        ("tracking", say.order_tracking()),
        ("problem", say.order_problem()),
        (acts::RETURN_PROBLEM, say.order_problem()),
        ("reason", say.staff_reason()),
        ("reasons", say.order_reasons()),
        ("amount", say.order_part_back()),
        ("kind", say.order_case_kind()),
        ("wants", say.order_case_wants()),
    ]
}
