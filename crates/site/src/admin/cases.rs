//! Cases that are open: those that wait for a decision first, then by age. Whoever is a side sees that theirs is there,
//! and that it is not for them.

use super::{Counts, frame};
use crate::deals::{People, case_page, key, staff_page, why};
use crate::orders::words;
use kernel::{OrderId, Refusal};
use kit::answer::Answer;
use kit::flash::Flash;
use kit::form::Path;
use kit::parts::form::post;
use kit::parts::{ago, button, date_time, status, table};
use kit::visit::{SignedIn, Visit};
use market::orders::overview::{self as deals, CaseGlance};
use market::orders::talking;
use market::permissions::Permission;
use maud::{Markup, html};

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let open = deals::cases(&mut reader).await?;
    let takers = open.iter().filter_map(|case| case.taken_by);
    let people =
        People::find(&mut reader, open.iter().flat_map(|c| [c.buyer, c.seller]).chain(takers)).await?;
    let say = &me.say;
    let body = html! {
        @if open.is_empty() { p { (say.admin_cases_none()) } } @else { (list(&me, &open, &people)) }
    };
    Ok(Answer::page(frame(&me, counts, "cases", (&say.admin_cases(), &say.admin_cases_lead()), body)))
}

fn list(visit: &Visit, open: &[CaseGlance], people: &People) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.admin_order(), false),
        (say.order_case_kind(), false),
        (say.admin_order_state(), false),
        (say.case_opened(), false),
        (say.admin_order_due(), false),
        (say.case_taken(), false),
        (say.cart_total(), true),
    ];
    table(
        "cases-table",
        &say.admin_cases_table(),
        &heads,
        html! {
            @for case in open {
                tr {
                    th scope="row" data-label=(heads[0].0) { (way(visit, case)) }
                    td data-label=(heads[1].0) { (say.by_key(&key("case-kind", case.kind.name()))) }
                    td data-label=(heads[2].0) { (status(words::tone(&case.state), &words::state_name(say, &case.state))) }
                    td data-label=(heads[3].0) { (ago(say, case.opened_at, visit.now)) }
                    td data-label=(heads[4].0) { @if let Some(due) = case.due { (date_time(say, due)) } }
                    td data-label=(heads[5].0) { (taker(visit, case, people)) }
                    td.num data-label=(heads[6].0) { (say.money(case.total)) }
                }
            }
        },
    )
}

/// To the case, but for who is a side of it: they go there as one.
fn way(visit: &Visit, case: &CaseGlance) -> Markup {
    html! {
        a href=(case_page(case.order, "")) { (case.number) }
        @if is_own(visit, case) { " " span.meta { (visit.say.admin_case_own()) } }
    }
}

fn is_own(visit: &Visit, case: &CaseGlance) -> bool {
    visit.member.as_ref().is_some_and(|me| case.is_of(me.id))
}

fn taker(visit: &Visit, case: &CaseGlance, people: &People) -> Markup {
    let say = &visit.say;
    let is_mine = visit.member.as_ref().is_some_and(|me| case.taken_by == Some(me.id));
    let may_take = visit.member.as_ref().is_some_and(|me| me.may(Permission::OrdersDecide));
    html! {
        @if let Some(id) = case.taken_by { bdi { (people.view(id).name) } }
        @if may_take && !is_mine && !is_own(visit, case) {
            (post(visit, &taking(case.order), None, html! {
                (button(say.admin_case_take()).small().heard_as(say.admin_case_take_number(case.number.as_str())))
            }))
        }
    }
}

fn taking(order: OrderId) -> String {
    staff_page(&format!("cases/{order}"))
}

/// Somebody looks at a case from now on.
pub(super) async fn take(me: SignedIn, Path(id): Path<OrderId>) -> Result<Answer, Answer> {
    let mut tx = me.begin().await?;
    let done = talking::take(&mut tx, me.member(), id).await;
    let flash = match done {
        Ok(()) => {
            tx.commit().await?;
            Flash::ok(me.say.admin_case_taken())
        }
        // An order without a case is there, and there is nothing to take.
        Err(Refusal::NotFound) if me.member().may(Permission::OrdersDecide) => {
            tx.rollback().await?;
            orders_exist(&me, id).await?;
            Flash::bad(me.say.admin_case_gone())
        }
        Err(refusal) => {
            tx.rollback().await?;
            Flash::bad(why(&me.say, refusal)?)
        }
    };
    Ok(Answer::to(staff_page("cases")).saying(flash))
}

async fn orders_exist(me: &SignedIn, id: OrderId) -> Result<(), Refusal> {
    market::orders::rules::find(&mut me.app.market.db.read().await?, id).await.map(drop)
}
