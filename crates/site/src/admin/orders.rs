//! Looking up an order, and those that need a person.

use super::{Counts, frame, money};
use crate::deals::{People, staff_page};
use crate::orders::words;
use axum::http::StatusCode;
use kernel::{FieldErrors, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Query, Typed};
use kit::links;
use kit::parts::form::get_form;
use kit::parts::{button, date_time, status, table, text};
use kit::visit::{SignedIn, Visit};
use market::documents;
use market::orders::overview::{self as deals, Glance};
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    q: Option<String>,
}

/// An order's page at once when it is found, or a document's, else the list with what went wrong.
pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let wanted = asked.q.unwrap_or_default();
    let is_asked = !wanted.trim().is_empty();
    if is_asked && let Some(id) = deals::find(&mut reader, &wanted).await? {
        return Ok(Answer::to(links::order(id)));
    }
    if is_asked && let Some(id) = documents::labelled(&mut reader, me.member(), &wanted).await? {
        return Ok(Answer::to(links::document(id)));
    }
    let counts = Counts::load(&mut reader, me.member()).await?;
    let needing = deals::needing_staff(&mut reader).await?;
    let people = People::find(&mut reader, needing.iter().flat_map(|g| [g.buyer, g.seller])).await?;
    let (status, errors) = match is_asked {
        true => (StatusCode::NOT_FOUND, FieldErrors::one("q", Wrong::Because("admin-order-unknown"))),
        false => (StatusCode::OK, FieldErrors::none()),
    };
    let filled = Typed::of([("q", wanted)]).with(errors);
    Ok(Answer::page_with(status, page(&me, counts, &filled, &needing, &people)))
}

fn page(visit: &Visit, counts: Counts, filled: &Filled, needing: &[Glance], people: &People) -> Markup {
    let say = &visit.say;
    let body = html! {
        (get_form(&staff_page("orders"), Some("toolbar"), html! {
            (text(say, filled, "q", say.admin_order_number()).hint(say.admin_order_number_hint()).autocomplete("off"))
            (button(say.admin_order_find()))
        }))
        section.stack aria-labelledby="needing" {
            h2 #needing { (say.admin_orders_waiting()) }
            @if needing.is_empty() { p { (say.admin_orders_none()) } } @else { (list(visit, needing, people)) }
        }
    };
    frame(visit, counts, "orders", (&say.admin_orders(), &say.admin_orders_lead()), body)
}

fn list(visit: &Visit, needing: &[Glance], people: &People) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.admin_order(), false),
        (say.admin_order_state(), false),
        (say.order_buyer(), false),
        (say.order_seller(), false),
        (say.admin_order_since(), false),
        (say.admin_order_due(), false),
        (say.cart_total(), true),
    ];
    table(
        "needing-table",
        &say.admin_orders_table(),
        &heads,
        html! {
            @for order in needing {
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        a href=(links::order(order.id)) { (order.number) } " "
                        a href=(money::order_path(order.id)) { (say.admin_order_money()) }
                    }
                    td data-label=(heads[1].0) { (status(words::tone(&order.state), &words::state_name(say, &order.state))) }
                    td data-label=(heads[2].0) { bdi { (people.view(order.buyer).name) } }
                    td data-label=(heads[3].0) { bdi { (people.view(order.seller).name) } }
                    td data-label=(heads[4].0) { (date_time(say, order.state_since)) }
                    td data-label=(heads[5].0) { @if let Some(due) = order.due { (date_time(say, due)) } }
                    td.num data-label=(heads[6].0) { (say.money(order.total)) }
                }
            }
        },
    )
}
