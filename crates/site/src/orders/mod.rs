//! Orders: the lists of purchases and sales, and the page of one order with what happened, what comes next and
//! what one may do.

mod acts;
mod details;
mod disputed;
mod list;
mod page;
mod timeline;
pub(crate) mod words;

use crate::acting;
use crate::deals::{key, last_names, why};
use axum::http::StatusCode;
use kernel::{FieldErrors, Money, OrderId, ProposalId, Refusal, Say, Wrong};
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
    let taken = match data(&me, id, &typed).await {
        Ok(data) => take(&me, id, &transition, &data).await,
        Err(refusal) => Err(refusal),
    };
    match taken {
        Ok(Some(order)) => Ok(Answer::to(links::order(id)).saying(Flash::ok(done(&me, &order, &transition)))),
        Ok(None) => Ok(acting::waits(&me, &links::order(id))),
        Err(Refusal::Fields(errors)) => {
            let found = page::load(&mut me.read().await?, me.member(), id).await?;
            let errors = on_form(&transition, last_names(&errors));
            let attempt = acts::Attempt { transition, filled: typed.with(errors) };
            let page = page::page(&me, &found, Some(&attempt));
            Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(Refusal::Conflict("order-step")) => {
            Ok(Answer::to(links::order(id)).saying(Flash::bad(me.say.order_moved_on())))
        }
        Err(refusal) => Ok(Answer::to(links::order(id)).saying(Flash::bad(why(&me.say, refusal)?))),
    }
}

/// Two forms of a page ask what is wrong: in that of a return the field has another name.
fn on_form(transition: &str, errors: FieldErrors) -> FieldErrors {
    if transition != acts::RETURN {
        return errors;
    }
    let mut named = FieldErrors::none();
    for (field, wrong) in errors.iter() {
        named.add(if field == "problem" { acts::RETURN_PROBLEM } else { field }, wrong.clone());
    }
    named
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
    // What both sides read of a decision begins with why.
    let (field, text) = match &data.reasons {
        Some(reasons) => ("data/reasons", reasons.chars().take(Reason::MAX).collect()),
        None => ("data/reason", data.reason.clone().unwrap_or_default()),
    };
    let why = Reason::read(&text).map_err(|wrong| Refusal::field(field, wrong))?;
    let (amount, reasons) = (data.amount, data.reasons.clone());
    let (paid_from, reference) = (data.paid_from.clone(), data.reference.clone());
    let step = transition.to_owned();
    let act = Act::DecideOrder { order: id, step, version, amount, reasons, paid_from, reference };
    acting::carry_out(me, &act, &why).await?;
    Ok(None)
}

/// Errors: an amount that is none, a proposal that is none.
async fn data(me: &SignedIn, id: OrderId, typed: &Typed) -> Result<StepData, Refusal> {
    let text = |name: &str| typed.maybe(name).map(str::to_owned);
    let amount = match typed.maybe("amount").filter(|text| !text.trim().is_empty()) {
        Some(text) => {
            let currency = orders::find(&mut me.app.market.db.read().await?, id).await?.currency;
            let money = Money::parse(text, currency);
            Some(money.ok_or_else(|| Refusal::field("data/amount", Wrong::NotAnAmount))?.amount)
        }
        None => None,
    };
    let proposal = typed.maybe("proposal").map(str::parse::<ProposalId>).transpose();
    Ok(StepData {
        carrier: text("carrier"),
        tracking: text("tracking"),
        problem: text("problem").or_else(|| text(acts::RETURN_PROBLEM)),
        reason: text("reason"),
        reasons: text("reasons"),
        kind: text("kind"),
        wants: text("wants"),
        amount,
        proposal: proposal.map_err(|_| Refusal::Conflict("proposal-gone"))?,
        paid_from: text("paid_from").filter(|from| !from.is_empty()),
        reference: text("reference").filter(|name| !name.is_empty()),
        taken: None,
    })
}

/// What was done, as the order's history says it.
fn done_key(transition: &str, to: &str) -> String {
    let exact = key("order-done", &format!("{transition}_{to}"));
    if Say::knows(&exact) { exact } else { key("order-done", transition) }
}

fn done(me: &SignedIn, order: &Order, transition: &str) -> String {
    match order.state.as_str() {
        // What others did is told to others; this is for who did it.
        "cancelled" => me.say.pay_nothing_charged(),
        _ => me.say.by_key(&done_key(transition, &order.state)),
    }
}
