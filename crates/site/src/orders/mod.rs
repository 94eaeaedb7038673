//! Orders: the lists of purchases and sales, and the page of one order with what happened, what comes next and
//! what one may do.

mod acts;
mod details;
mod list;
mod page;
mod timeline;
pub(crate) mod words;

use crate::acting;
use crate::deals::{key, last_names, why};
use axum::http::StatusCode;
use kernel::{OrderId, Refusal};
use kit::answer::Answer;
use kit::flash::Flash;
use kit::form::{Path, Typed};
use kit::links;
use kit::policy::{Audience, Object, Rate};
use kit::route::{Route, get, post};
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::approvals::rules as approvals;
use market::orders::model::{Order, StepData};
use market::orders::rules as orders;
use market::staff::model::Reason;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let all = [
        get("/orders", "orders.list", list::show),
        get("/orders/{order}", "orders.show", show),
        get("/orders/{order}/{step}", "orders.back", back),
        post("/orders/{order}/{step}", "orders.step", step).rate(Rate::Money).form_on("/orders/{order}"),
    ];
    all.into_iter().map(|r| r.audience(Audience::Member).object(Object::Order)).collect()
}

async fn show(me: SignedIn, Path(id): Path<OrderId>) -> Result<Answer, Answer> {
    let found = page::load(&mut me.read().await?, me.member(), id).await?;
    // Of a step that is not there any more, what was typed is shown nowhere.
    let typed = me.typed_below(&links::order(id), |step| found.offers(step));
    let attempt = typed.map(|(transition, typed)| acts::Attempt { transition, filled: typed.into() });
    Ok(Answer::page(page::page(&me, &found, attempt.as_ref())))
}

/// The address of a form that came back with mistakes, opened as a page.
async fn back(_: SignedIn, Path((id, _)): Path<(OrderId, String)>) -> Answer {
    Answer::to(links::order(id))
}

/// Takes a step. What the order does not allow any more is said on the page of what it is now.
async fn step(
    me: SignedIn,
    Path((id, transition)): Path<(OrderId, String)>,
    typed: Typed,
) -> Result<Answer, Answer> {
    match take(&me, id, &transition, &data(&typed)).await {
        Ok(Some(order)) => Ok(Answer::to(links::order(id)).saying(Flash::ok(done(&me, &order, &transition)))),
        Ok(None) => Ok(acting::waits(&me, &links::order(id))),
        Err(Refusal::Fields(errors)) => {
            let found = page::load(&mut me.read().await?, me.member(), id).await?;
            let attempt = acts::Attempt { transition, filled: typed.with(last_names(&errors)) };
            let page = page::page(&me, &found, Some(&attempt));
            Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(Refusal::Conflict("order-step")) => {
            Ok(Answer::to(links::order(id)).saying(Flash::bad(me.say.order_moved_on())))
        }
        Err(refusal) => Ok(Answer::to(links::order(id)).saying(Flash::bad(why(&me.say, refusal)?))),
    }
}

/// The order after the step; nothing when it waits for a second person now.
async fn take(
    me: &SignedIn,
    id: OrderId,
    transition: &str,
    data: &StepData,
) -> Result<Option<Order>, Refusal> {
    let market = &me.app.market;
    let mut tx = market.db.begin().await?;
    match approvals::step_alone(&mut tx, &market.terms(), me.member(), id, transition, data).await {
        Err(Refusal::Conflict("approval-needed")) => {}
        other => {
            let order = other?;
            tx.commit().await?;
            return Ok(Some(order));
        }
    }
    let version = orders::find(&mut tx, id).await?.version;
    tx.rollback().await?;
    let why = Reason::read(data.reason.as_deref().unwrap_or_default());
    let why = why.map_err(|wrong| Refusal::field("data/reason", wrong))?;
    let act = Act::DecideOrder { order: id, step: transition.to_owned(), version };
    acting::carry_out(me, &act, &why).await?;
    Ok(None)
}

fn data(typed: &Typed) -> StepData {
    let text = |name: &str| typed.maybe(name).map(str::to_owned);
    StepData {
        carrier: text("carrier"),
        tracking: text("tracking"),
        problem: text("problem"),
        reason: text("reason"),
    }
}

fn done(me: &SignedIn, order: &Order, transition: &str) -> String {
    match order.state.as_str() {
        // What others did is told to others; this is for who did it.
        "cancelled" => me.say.pay_nothing_charged(),
        _ => me.say.by_key(&key("order-done", transition)),
    }
}
