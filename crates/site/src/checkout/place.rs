//! Placing the orders: one transaction for the orders, the payment, the cart and the key of the form. Whoever
//! sends the same form again (a second click, a reload, the way back) comes to the same payment.

use super::taxes::{self, OnTop};
use super::{Asked, Choice, choose, form, left_out, load, view};
use crate::basket::{Basket, fees_of};
use crate::deals::why;
use axum::http::StatusCode;
use kernel::{FieldErrors, ListingId, MemberId, PaymentId, Refusal};
use kit::answer::{Answer, Denied};
use kit::flash::Flash;
use kit::form::{Filled, Typed};
use kit::links;
use kit::visit::SignedIn;
use market::carts::model::Owner;
use market::carts::rules as carts;
use market::orders::checkout::{self, Purchase};
use market::orders::limits;
use market::orders::model::Delivery;
use market::orders::taxing::Taxes;
use market::payments::rules as payments;
use platform::Tx;
use platform::idempotency::{self, Claim};

/// What stood in the way of an order.
enum Trouble {
    Fields(FieldErrors),
    Words(String),
    /// Whoever counts taxes is away for now.
    Away(String),
}

pub(super) async fn place(me: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let (key, scope) = (form::key(&typed)?, scope(me.member().id));
    let taxes = taxes::ask(&me, &typed).await;
    let mut tx = me.begin().await?;
    if let Some(payment) = earlier(&mut tx, &scope, key).await? {
        return Ok(Answer::to(links::pay(payment)));
    }
    let (cart, _) = load(&mut tx, me.member()).await?;
    let Choice::One(basket) = choose(&cart, &Asked::of(&typed)) else {
        return Ok(Answer::to(links::cart()).saying(Flash::bad(me.say.checkout_changed())));
    };
    let delivery = match form::delivery(&typed, &basket) {
        Ok(delivery) => delivery,
        Err(errors) => return again(&me, tx, typed, Trouble::Fields(errors)).await,
    };
    let fees = fees_of(&me.app.market, &mut tx, &cart).await?;
    if typed.get("seen") != basket.seen(&fees)? {
        return again(&me, tx, typed, Trouble::Words(me.say.checkout_changed())).await;
    }
    let taxes = taxes::as_shown(taxes, &typed, &delivery, basket.currency);
    match order(&mut tx, &me, &basket, &delivery, taxes).await {
        Ok(payment) => {
            idempotency::finish(&mut tx, &scope, key, 303, payment.to_string().as_bytes()).await?;
            tx.commit().await?;
            tell_provider(&me, payment).await;
            Ok(Answer::to(links::pay(payment)))
        }
        Err(Refusal::Fields(errors)) => again(&me, tx, typed, Trouble::Fields(form::named(&errors))).await,
        Err(Refusal::NotFound) => Ok(Answer::to(links::cart()).saying(Flash::bad(me.say.checkout_changed()))),
        Err(refusal @ Refusal::Unavailable("taxes")) => {
            let words = Denied::from(refusal).text(&me.say);
            again(&me, tx, typed, Trouble::Away(words)).await
        }
        Err(refusal) => {
            let is_limit = limits::is_met(&refusal);
            let words = why(&me.say, refusal)?;
            let answer = again(&me, tx, typed, Trouble::Words(words)).await;
            if is_limit {
                me.app.market.tell_limits(&taxes::lines(&basket)).await;
            }
            answer
        }
    }
}

/// Whose keys these are.
fn scope(member: MemberId) -> String {
    format!("checkout.place {member}")
}

/// The payment that this form led to before. The key alone decides, not what was typed: what was ordered stays
/// ordered, and who wants something else begins a new form.
async fn earlier(tx: &mut Tx, scope: &str, key: &str) -> Result<Option<PaymentId>, Answer> {
    match idempotency::claim(tx, scope, key, b"checkout").await? {
        Claim::Fresh => Ok(None),
        Claim::Replay { body, .. } => Ok(std::str::from_utf8(&body).ok().and_then(|text| text.parse().ok())),
        Claim::Mismatch | Claim::InProgress => Err(Refusal::Conflict("checkout-running").into()),
    }
}

/// Places the orders and empties the cart of what is ordered.
async fn order(
    tx: &mut Tx,
    me: &SignedIn,
    basket: &Basket,
    delivery: &Delivery,
    taxes: Result<Taxes, Refusal>,
) -> Result<PaymentId, Refusal> {
    let (market, lines) = (&me.app.market, taxes::lines(basket));
    let (house, taxes) = (market.house(), taxes?);
    let purchase =
        Purchase { lines: &lines, delivery, house: &house, taxes: &taxes, providers: &market.providers };
    let (payment, _) = checkout::place(tx, me.member(), &purchase).await?;
    let ordered: Vec<ListingId> = lines.iter().map(|(id, _)| *id).collect();
    carts::remove(tx, &Owner::Member(me.member().id), &ordered).await?;
    Ok(payment.id)
}

/// Makes the payment known at once; should that fail, a job does it, and so does paying.
async fn tell_provider(me: &SignedIn, payment: PaymentId) {
    let market = &me.app.market;
    if let Err(refusal) = payments::ensure_created(&market.db, &market.providers, payment).await {
        tracing::warn!(%payment, %refusal, "the provider does not know of the payment yet");
    }
}

/// The form once more, as it was typed, with what is wrong; on what the cart is now.
async fn again(me: &SignedIn, tx: Tx, typed: Typed, trouble: Trouble) -> Result<Answer, Answer> {
    tx.rollback().await?;
    let asked = Asked::of(&typed);
    let (status, errors, words) = match trouble {
        Trouble::Fields(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
        Trouble::Words(words) => (StatusCode::CONFLICT, FieldErrors::none(), Some(words)),
        Trouble::Away(words) => (StatusCode::SERVICE_UNAVAILABLE, FieldErrors::none(), Some(words)),
    };
    let mut reader = me.read().await?;
    let (cart, people) = load(&mut reader, me.member()).await?;
    let fees = fees_of(&me.app.market, &mut reader, &cart).await?;
    drop(reader);
    let Choice::One(basket) = choose(&cart, &asked) else {
        let words = words.unwrap_or_else(|| me.say.checkout_changed());
        return Ok(Answer::to(links::cart()).saying(Flash::bad(words)));
    };
    let on_top = if status == StatusCode::SERVICE_UNAVAILABLE {
        // Whoever did not answer is not asked again at once.
        OnTop::shown(&typed)
    } else {
        OnTop::of(me, &basket, &typed).await
    };
    let sheet = view::Sheet {
        basket: &basket,
        fees: &fees,
        on_top,
        people: &people,
        left_out: left_out(&cart),
        asked: &asked,
        key: form::key(&typed)?.to_owned(),
        filled: Filled { values: typed, errors },
        trouble: words,
    };
    Ok(Answer::page_with(status, view::page(me, &sheet)?))
}
