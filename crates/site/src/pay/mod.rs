//! Paying: the card, the bank's question, the wait, the thanks. Real providers take cards on pages of their
//! own; this form is the sandbox's, so no card number is shown again, stored or logged.

mod bank;
mod bill;
mod card;
mod outcome;
mod typed;

use crate::deals::{last_names, why};
use axum::http::StatusCode;
use bill::Bill;
use kernel::{FieldErrors, PaymentId, Refusal};
use kit::answer::Answer;
use kit::flash::Flash;
use kit::form::{Filled, Path, Typed};
use kit::links;
use kit::policy::{Audience, Object, Rate};
use kit::route::{Route, get, post};
use kit::visit::SignedIn;
use market::carts::model::Owner;
use market::carts::rules as carts;
use market::orders::model::StepData;
use market::orders::{rules as orders, settle};
use market::payments::model::{Payment, PaymentState};
use market::payments::rules as payments;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let looks = [
        get("/checkout/{payment}", "pay.show", show),
        get("/checkout/{payment}/confirm", "pay.question", question),
        get("/checkout/{payment}/done", "pay.done", done),
        get("/checkout/{payment}/pay", "pay.back", back),
    ];
    let acts = [
        post("/checkout/{payment}/pay", "pay.try", pay).rate(Rate::Money),
        post("/checkout/{payment}/confirm", "pay.answer", answer).rate(Rate::Money),
        post("/checkout/{payment}/cancel", "pay.cancel", cancel).rate(Rate::Money),
    ];
    let all = looks.into_iter().chain(acts);
    all.map(|r| r.audience(Audience::Member).object(Object::Payment)).collect()
}

/// A page or form of one payment: "pay", "done" or "cancel".
fn path(id: PaymentId, what: &str) -> String {
    format!("{}/{what}", links::pay(id))
}

/// Where the payment stands: the page that fits, or the way there.
async fn show(me: SignedIn, Path(id): Path<PaymentId>) -> Result<Answer, Answer> {
    let bill = Bill::load(&mut me.read().await?, me.member().id, id).await?;
    if me.wants(outcome::PIECE) {
        return Ok(Answer::page(outcome::piece(&me, &bill.payment)));
    }
    Ok(match bill.payment.state {
        PaymentState::Succeeded => Answer::to(path(id, "done")),
        PaymentState::Processing => Answer::page(outcome::waiting(&me, &bill.payment)),
        _ if !bill.is_open() => Answer::page(outcome::closed(&me, &bill)),
        PaymentState::RequiresAction => Answer::to(links::pay_confirm(id)),
        PaymentState::Failed => {
            Answer::page(card::page(&me, &bill, &declined(&bill.payment, Typed::default()))).secret()
        }
        _ => Answer::page(card::page(&me, &bill, &Filled::empty())).secret(),
    })
}

/// Tries a card.
async fn pay(me: SignedIn, Path(id): Path<PaymentId>, typed: Typed) -> Result<Answer, Answer> {
    let bill = Bill::load(&mut me.read().await?, me.member().id, id).await?;
    if !bill.is_open() {
        return Ok(Answer::to(links::pay(id)));
    }
    let (card, kept) = typed::card(&typed);
    let market = &me.app.market;
    match payments::confirm(&market.db, &*market.provider, &bill.payment, &card).await {
        Ok(payment) if payment.state == PaymentState::Failed => {
            Ok(wrong(&me, &Bill { payment: payment.clone(), ..bill }, &declined(&payment, kept)))
        }
        Ok(payment) => onward(&me, &payment).await,
        Err(Refusal::Fields(errors)) => Ok(wrong(&me, &bill, &kept.with(typed::named(&last_names(&errors))))),
        Err(refusal) => Ok(Answer::to(links::pay(id)).saying(Flash::bad(why(&me.say, refusal)?))),
    }
}

/// The address of a form that came back with mistakes, opened as a page.
async fn back(_: SignedIn, Path(id): Path<PaymentId>) -> Answer {
    Answer::to(links::pay(id))
}

fn wrong(me: &SignedIn, bill: &Bill, filled: &Filled) -> Answer {
    Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, card::page(me, bill, filled)).secret()
}

/// The form after a try that failed, with the reason at the card's number.
fn declined(payment: &Payment, kept: Typed) -> Filled {
    let reason = typed::reason(payment.failure.as_deref().unwrap_or("other"));
    kept.with(FieldErrors::one("number", reason))
}

/// To the page that follows. The orders move at once, so that the next page tells the truth; should that fail,
/// the follower of the payments' events moves them.
async fn onward(me: &SignedIn, payment: &Payment) -> Result<Answer, Answer> {
    if matches!(payment.state, PaymentState::Succeeded | PaymentState::Processing)
        && let Err(refusal) = move_orders(me, payment.id).await
    {
        tracing::warn!(payment = %payment.id, %refusal, "the orders do not follow their payment yet");
    }
    Ok(match payment.state {
        PaymentState::Succeeded => Answer::to(path(payment.id, "done")),
        PaymentState::RequiresAction => Answer::to(links::pay_confirm(payment.id)),
        _ => Answer::to(links::pay(payment.id)),
    })
}

async fn move_orders(me: &SignedIn, id: PaymentId) -> Result<(), Refusal> {
    let mut tx = me.app.market.db.begin().await?;
    settle::payment(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

/// The bank's question (3-D Secure), as the sandbox plays it.
async fn question(me: SignedIn, Path(id): Path<PaymentId>) -> Result<Answer, Answer> {
    let bill = Bill::load(&mut me.read().await?, me.member().id, id).await?;
    if bill.payment.state != PaymentState::RequiresAction || !bill.is_open() {
        return Ok(Answer::to(links::pay(id)));
    }
    Ok(Answer::page(bank::page(&me, &bill.payment)).secret())
}

async fn answer(me: SignedIn, Path(id): Path<PaymentId>, typed: Typed) -> Result<Answer, Answer> {
    let market = &me.app.market;
    let payment = payments::of_buyer(&mut me.read().await?, me.member().id, id).await?;
    let passed = typed.get("answer") == "approve";
    match payments::answer_challenge(&market.db, &*market.provider, &payment, passed).await {
        Ok(payment) => onward(&me, &payment).await,
        Err(refusal) => Ok(Answer::to(links::pay(id)).saying(Flash::bad(why(&me.say, refusal)?))),
    }
}

async fn done(me: SignedIn, Path(id): Path<PaymentId>) -> Result<Answer, Answer> {
    let bill = Bill::load(&mut me.read().await?, me.member().id, id).await?;
    match bill.payment.state {
        PaymentState::Succeeded => Ok(Answer::page(outcome::thanks(&me, &bill))),
        _ => Ok(Answer::to(links::pay(id))),
    }
}

/// Gives the orders up before they are paid, and puts what is still there back into the cart.
async fn cancel(me: SignedIn, Path(id): Path<PaymentId>) -> Result<Answer, Answer> {
    let mut tx = me.begin().await?;
    let bill = Bill::load(&mut tx, me.member().id, id).await?;
    let Some((order, _)) = bill.orders.first() else { return Err(Refusal::NotFound.into()) };
    if let Err(refusal) = orders::step(&mut tx, me.member(), order.id, "abandon", &StepData::default()).await
    {
        return Ok(Answer::to(links::pay(id)).saying(Flash::bad(why(&me.say, refusal)?)));
    }
    let owner = Owner::Member(me.member().id);
    for leg in bill.orders.iter().flat_map(|(_, legs)| legs) {
        let Some(listing) = leg.listing else { continue };
        // Gone, paused or a full cart: then it stays out.
        if let Err(Refusal::Broken(error)) = carts::add(&mut tx, &owner, listing, leg.quantity).await {
            return Err(Refusal::Broken(error).into());
        }
    }
    tx.commit().await?;
    Ok(Answer::to(links::cart()).saying(Flash::ok(me.say.pay_cancelled())))
}
