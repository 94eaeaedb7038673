//! Paying: the card, the bank's question, the wait, the thanks. Real providers take cards in a field of theirs or on
//! pages of their own; the form is the sandbox's, so no card number is shown again, stored or logged.

mod bank;
mod bill;
mod card;
mod field;
mod outcome;
mod sheet;
mod their_page;
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
use market::payments::provider::PayWay;
use market::payments::rules as payments;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let looks = [
        get("/checkout/{payment}", "pay.show", show),
        get("/checkout/{payment}/confirm", "pay.question", question),
        get("/checkout/{payment}/done", "pay.done", done),
        get("/checkout/{payment}/pay", "pay.back", back),
        get("/checkout/{payment}/return", "pay.return", returned),
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
        state => match way_of(&me, &bill.payment)? {
            PayWay::OurForm => our_form(&me, &bill, state),
            PayWay::Element => in_field(&me, bill).await?,
            PayWay::TheirPage => on_their_page(&me, bill).await?,
        },
    })
}

/// How the payment is paid: by who holds its money. Errors: `Unavailable` when they are not set up any more.
fn way_of(me: &SignedIn, payment: &Payment) -> Result<PayWay, Refusal> {
    Ok(me.app.market.providers.of_payment(payment)?.caps().pay)
}

fn our_form(me: &SignedIn, bill: &Bill, state: PaymentState) -> Answer {
    match state {
        PaymentState::RequiresAction => Answer::to(links::pay_confirm(bill.payment.id)),
        PaymentState::Failed => {
            Answer::page(card::page(me, bill, &declined(&bill.payment, Typed::default()))).secret()
        }
        _ => Answer::page(card::page(me, bill, &Filled::empty())).secret(),
    }
}

/// Where the payment stands is asked anew: it may have been paid in the field without our hearing of it.
async fn in_field(me: &SignedIn, bill: Bill) -> Result<Answer, Answer> {
    let market = &me.app.market;
    match payments::for_field(&market.db, &market.providers, bill.payment.id).await {
        Ok((payment, _)) if is_settled(&payment) => onward(me, &payment).await,
        Ok((payment, secret)) => Ok(field::answer(me, &Bill { payment, ..bill }, secret.as_ref())),
        Err(Refusal::Unavailable(_)) => Ok(field::away(me, &bill)),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn on_their_page(me: &SignedIn, bill: Bill) -> Result<Answer, Answer> {
    let market = &me.app.market;
    match payments::ensure_created(&market.db, &market.providers, bill.payment.id).await {
        Ok(payment) if is_settled(&payment) => onward(me, &payment).await,
        Ok(payment) => Ok(match payment.pay_url.clone() {
            Some(url) => Answer::page(their_page::page(me, &Bill { payment, ..bill }, &url)).secret(),
            None => field::away(me, &bill),
        }),
        Err(Refusal::Unavailable(_)) => Ok(field::away(me, &bill)),
        Err(refusal) => Err(refusal.into()),
    }
}

const fn is_settled(payment: &Payment) -> bool {
    matches!(payment.state, PaymentState::Succeeded | PaymentState::Processing | PaymentState::Cancelled)
}

/// Back from a bank or from a provider's page. What stands in the address is not believed: the provider is asked.
async fn returned(me: SignedIn, Path(id): Path<PaymentId>) -> Result<Answer, Answer> {
    let market = &me.app.market;
    let payment = payments::of_buyer(&mut me.read().await?, me.member().id, id).await?;
    match payments::sync(&market.db, &market.providers, payment.id).await {
        Ok(payment) => onward(&me, &payment).await,
        // It is told by webhook when the provider is there again.
        Err(Refusal::Unavailable(_)) => onward(&me, &payment).await,
        Err(refusal) => Err(refusal.into()),
    }
}

/// Tries a card.
async fn pay(me: SignedIn, Path(id): Path<PaymentId>, typed: Typed) -> Result<Answer, Answer> {
    let bill = Bill::load(&mut me.read().await?, me.member().id, id).await?;
    if !bill.is_open() {
        return Ok(Answer::to(links::pay(id)));
    }
    let (card, kept) = typed::card(&typed);
    let market = &me.app.market;
    match payments::confirm(&market.db, &market.providers, &bill.payment, &card).await {
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
        PaymentState::RequiresAction if way_of(me, payment)? == PayWay::OurForm => {
            Answer::to(links::pay_confirm(payment.id))
        }
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
    let is_ours = way_of(&me, &bill.payment)? == PayWay::OurForm;
    if bill.payment.state != PaymentState::RequiresAction || !bill.is_open() || !is_ours {
        return Ok(Answer::to(links::pay(id)));
    }
    Ok(Answer::page(bank::page(&me, &bill.payment)).secret())
}

async fn answer(me: SignedIn, Path(id): Path<PaymentId>, typed: Typed) -> Result<Answer, Answer> {
    let market = &me.app.market;
    let payment = payments::of_buyer(&mut me.read().await?, me.member().id, id).await?;
    let passed = typed.get("answer") == "approve";
    match payments::answer_challenge(&market.db, &market.providers, &payment, passed).await {
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
