//! An order's money for staff: what it is made of, what holds it, what must be looked at, and all that happened to it.

use super::{goodwill, holds, refunds, tickets as list, timeline};
use crate::admin::{Counts, acts, frame};
use crate::deals::{People, staff_page};
use crate::orders::words;
use kernel::{MemberId, OrderId, Say};
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::parts::{Facts, Tone, acts as buttons, back, facts, link, notice, panel, status};
use kit::policy::Permission;
use kit::visit::SignedIn;
use market::holds::{self as held, Held};
use market::orders::attending;
use market::orders::model::Order;
use market::orders::overview::money::{self as way, Told};
use market::orders::risk::{self, Found as Odd, Sign};
use market::tickets::{self, Filter, Ticket};
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/orders/{order}";

pub(in crate::admin) fn path(id: OrderId) -> String {
    format!("{}/{id}", staff_page("orders"))
}

/// What is shown, as far as it may be seen.
struct Found {
    order: Order,
    held: Vec<Held>,
    odd: Vec<Odd>,
    told: Vec<Told>,
    open: Vec<Ticket>,
    people: People,
}

pub(super) async fn show(me: SignedIn, Path(id): Path<OrderId>) -> Result<Answer, Answer> {
    let may = |permission| me.member().may(permission);
    let mut reader = me.read().await?;
    let (order, told) = way::timeline(&mut reader, me.member(), id).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let held = held::on(&mut reader, id).await?;
    let odd = risk::shown(&mut reader, me.member().id, &order).await?;
    let open = match may(Permission::TicketsSee) {
        true => {
            let about = Filter { subject: Some(id.0), ..Filter::default() };
            tickets::list(&mut reader, &about).await?
        }
        false => Vec::new(),
    };
    let is_stuck = may(Permission::LedgerAdjust) && !attending::open(&mut reader, id).await?.is_empty();
    let takers = open.iter().filter_map(|it| it.taken_by).collect::<Vec<_>>();
    let people = People::find(&mut reader, takers.into_iter().chain([order.buyer, order.seller])).await?;
    let found = Found { order, held, odd, told, open, people };
    let say = &me.say;
    let body = html! {
        (back(&staff_page("orders"), &say.admin_orders()))
        (facts(&about(&me, &found)))
        (buttons(html! {
            (link(links::order(id), say.order_page()))
            @if is_stuck { (link(refunds::path(id), say.refunds_title())) }
            @if may(Permission::LedgerAdjust) && !is_own(&me, &found.order) && found.order.paid_at.is_some() {
                (link(goodwill::path(id), say.goodwill()))
            }
        }))
        (panel("sums", &say.order_way_sums(), timeline::sums(say, &found.order)))
        (panel("holds", &say.holds(), html! {
            (holds::list(&me, &found.held))
            @if !found.odd.is_empty() {
                (notice(Tone::Danger, &say.odd(), html! {
                    ul { @for it in &found.odd { li { (words_of(say, it)) } } }
                }))
            }
            @if may(Permission::OrdersDecide) && !is_own(&me, &found.order) {
                (buttons(html! { (link(holds::path(id), say.holds_change())) }))
            }
        }))
        @if !found.open.is_empty() { (panel("open", &say.admin_tickets(), list::list(&me, &found.open, &found.people))) }
        (panel("way", &say.order_way(), timeline::list(&me, &found.order, &found.told)))
    };
    let heads = (found.order.number.as_str(), say.admin_order_money_lead());
    Ok(Answer::page(frame(&me, counts, "orders", (heads.0, &heads.1), body)).secret())
}

/// Whether it is a deal of who looks.
pub(super) fn is_own(me: &SignedIn, order: &Order) -> bool {
    order.side_of(me.member().id).is_some()
}

fn about(me: &SignedIn, found: &Found) -> Facts {
    let (say, order) = (&me.say, &found.order);
    let state = status(words::tone(&order.state), &words::state_name(say, &order.state));
    vec![
        (say.admin_order_state(), state),
        (say.order_buyer(), side(me, found, order.buyer)),
        (say.order_seller(), side(me, found, order.seller)),
    ]
}

/// What a rule found, as a sentence.
fn words_of(say: &Say, odd: &Odd) -> String {
    match odd.sign {
        Sign::OneBrowser => say.odd_one_browser(),
        Sign::Pair => say.odd_pair(odd.count),
        Sign::Refunds => say.odd_refunds(odd.count),
    }
}

/// A side by name, with the way to them for who may go.
fn side(me: &SignedIn, found: &Found, id: MemberId) -> Markup {
    let name = html! { bdi { (found.people.view(id).name) } };
    html! {
        @if me.member().may(Permission::MembersSee) { a href=(acts::path(id, "")) { (name) } } @else { (name) }
    }
}
