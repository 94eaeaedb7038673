//! What a card does: pays, is declined, is asked about first, takes its time.

use super::charges::Charge;
use super::payments::{self, Payment, Status};
use crate::books::{BooksError, Kept};

use crate::cards::{Behaviour, Tariff, Typed};
use crate::hooks::tell;
use crate::money::{self, NewLine, PENDING};
use crate::problem::Problem;
use crate::world::{LATER, Work};
use serde_json::{Value, json};

/// Why a card did not pay.
#[derive(Clone, Copy, Debug)]
struct Decline {
    code: &'static str,
    decline_code: Option<&'static str>,
    message: &'static str,
}

const GENERIC: Decline = Decline {
    code: "card_declined",
    decline_code: Some("generic_decline"),
    message: "Your card was declined.",
};
const NO_FUNDS: Decline = Decline {
    code: "card_declined",
    decline_code: Some("insufficient_funds"),
    message: "Your card has insufficient funds.",
};
const REAL_CARD: Decline = Decline {
    code: "card_declined",
    decline_code: Some("test_mode_live_card"),
    message: "Your card was declined. Your request was in test mode, but used a non test card.",
};
const NOT_PROVED: Decline = Decline {
    code: "payment_intent_authentication_failure",
    decline_code: None,
    message: "The provided PaymentMethod has failed authentication.",
};
const PROCESSING: Decline = Decline {
    code: "processing_error",
    decline_code: Some("processing_error"),
    message: "An error occurred while processing your card. Try again in a little bit.",
};

/// Tries a card. A decline is an answer: the payment says why in its `last_error`.
pub async fn attempt(work: &mut Work, mut payment: Payment, card: &Typed) -> Result<Payment, Problem> {
    if matches!(payment.status, Status::Processing | Status::Succeeded | Status::Canceled) {
        return Err(payment.unexpected(work.world(), "confirm"));
    }
    if !card.is_plausible() {
        return Err(Problem::declined("incorrect_number", None, "Your card number is incorrect."));
    }
    payment.last_error = None;
    payment.payment_method = Some(work.name("pm"));
    payment.face = Some(card.face());
    payment.behaviour = card.test_card().map(|test| test.behaviour);
    Ok(match payment.behaviour {
        // Somebody's real card: it must not seem to work.
        None => fail(work, payment, REAL_CARD).await?,
        Some(Behaviour::Declined) => fail(work, payment, GENERIC).await?,
        Some(Behaviour::InsufficientFunds) => fail(work, payment, NO_FUNDS).await?,
        Some(Behaviour::Challenge) => ask(work, payment).await?,
        Some(Behaviour::SucceedsLater | Behaviour::FailsLater) => process(work, payment).await?,
        Some(_) => succeed(work, payment).await?,
    })
}

/// Tries a card that was typed into a form of ours.
pub async fn attempt_typed(work: &mut Work, id: &str, card: &Typed) -> Result<Value, Problem> {
    let payment = payments::locked(work, id).await?;
    Ok(attempt(work, payment, card).await?.shown(work.world()))
}

/// The buyer answered their bank's question, or failed to.
pub async fn answer_challenge(work: &mut Work, id: &str, passed: bool) -> Result<Payment, Problem> {
    let payment = payments::locked(work, id).await?;
    if payment.status != Status::RequiresAction {
        return Err(payment.unexpected(work.world(), "answer for"));
    }
    Ok(if passed { succeed(work, payment).await? } else { fail(work, payment, NOT_PROVED).await? })
}

/// The time that a payment takes is over.
pub async fn settle(work: &mut Work, id: &str) -> Result<(), BooksError> {
    work.lock(id).await?;
    let Some(payment) = work.load::<Payment>(id).await? else { return Ok(()) };
    if payment.status == Status::Processing {
        match payment.behaviour {
            Some(Behaviour::FailsLater) => fail(work, payment, PROCESSING).await?,
            _ => succeed(work, payment).await?,
        };
    }
    Ok(())
}

/// The bank pays although the payment was cancelled.
pub async fn succeed_anyway(work: &mut Work, id: &str) -> Result<(), BooksError> {
    work.lock(id).await?;
    let Some(mut payment) = work.load::<Payment>(id).await? else { return Ok(()) };
    if payment.status == Status::Canceled {
        payment.behaviour = Some(Behaviour::Succeeds);
        payment.face = payment.face.or_else(|| Some(Typed::new("4242424242424242", 12, 2040).face()));
        succeed(work, payment).await?;
    }
    Ok(())
}

async fn ask(work: &mut Work, mut payment: Payment) -> Result<Payment, BooksError> {
    payment.status = Status::RequiresAction;
    work.save(&payment).await?;
    tell_of(work, "payment_intent.requires_action", &payment).await?;
    Ok(payment)
}

async fn process(work: &mut Work, mut payment: Payment) -> Result<Payment, BooksError> {
    let charge = new_charge(work, &payment, "pending");
    work.save(&charge).await?;
    payment.status = Status::Processing;
    payment.latest_charge = Some(charge.id.clone());
    work.save(&payment).await?;
    work.later(LATER, "settle_payment", &payment.id).await?;
    tell_of(work, "payment_intent.processing", &payment).await?;
    Ok(payment)
}

async fn succeed(work: &mut Work, mut payment: Payment) -> Result<Payment, BooksError> {
    let mut charge = charge_of(work, &payment, "succeeded").await?;
    let tariff = charge.card.as_ref().map_or(Tariff::Usual, money::tariff_of);
    let (amount, currency) = charge.settled(charge.amount);
    let fee = money::fee(amount, currency, tariff);
    let new = NewLine {
        account: "",
        kind: "charge",
        category: "charge",
        amount,
        fee,
        currency,
        source: &charge.id,
        description: payment.description.as_deref(),
        available_on: work.stamp() + PENDING.whole_seconds(),
    };
    let line = money::write(work, &new).await?;
    charge.fee = Some(fee);
    charge.balance_transaction = Some(line.id);
    work.save(&charge).await?;
    payment.status = Status::Succeeded;
    payment.latest_charge = Some(charge.id.clone());
    work.save(&payment).await?;
    tell(work, "charge.succeeded", "", payment.ours(), charge.shown()).await?;
    tell_of(work, "payment_intent.succeeded", &payment).await?;
    let follows = match payment.behaviour {
        Some(Behaviour::Disputed) => Some("open_dispute"),
        Some(Behaviour::Inquiry) => Some("open_inquiry"),
        Some(Behaviour::FraudWarning) => Some("warn_of_fraud"),
        _ => None,
    };
    if let Some(what) = follows {
        work.later(LATER, what, &charge.id).await?;
    }
    Ok(payment)
}

async fn fail(work: &mut Work, mut payment: Payment, why: Decline) -> Result<Payment, BooksError> {
    let mut charge = charge_of(work, &payment, "failed").await?;
    charge.failure_code = Some(why.code.to_owned());
    charge.failure_message = Some(why.message.to_owned());
    charge.decline_code = why.decline_code.map(str::to_owned);
    work.save(&charge).await?;
    let mut error = json!({
        "type": "card_error",
        "code": why.code,
        "charge": charge.id,
        "message": why.message,
        "doc_url": format!("https://stripe.com/docs/error-codes/{}", why.code.replace('_', "-")),
    });
    if let Some(code) = why.decline_code {
        error["decline_code"] = json!(code);
    }
    payment.status = Status::RequiresPaymentMethod;
    payment.latest_charge = Some(charge.id.clone());
    payment.payment_method = None;
    payment.last_error = Some(error);
    work.save(&payment).await?;
    tell(work, "charge.failed", "", payment.ours(), charge.shown()).await?;
    tell_of(work, "payment_intent.payment_failed", &payment).await?;
    Ok(payment)
}

/// The charge that the payment waits for, or a new one; in its new state.
async fn charge_of(work: &mut Work, payment: &Payment, status: &str) -> Result<Charge, BooksError> {
    if let Some(id) = &payment.latest_charge {
        let known: Option<Charge> = work.load(id).await?;
        if let Some(charge) = known.filter(|c| c.status == "pending") {
            return Ok(Charge { status: status.to_owned(), ..charge });
        }
    }
    Ok(new_charge(work, payment, status))
}

fn new_charge(work: &Work, payment: &Payment, status: &str) -> Charge {
    Charge {
        id: work.name("ch"),
        amount: payment.amount,
        currency: payment.currency.clone(),
        status: status.to_owned(),
        created: work.stamp(),
        payment_intent: Some(payment.id.clone()),
        payment_method: payment.payment_method.clone(),
        description: payment.description.clone(),
        receipt_email: payment.receipt_email.clone(),
        metadata: payment.metadata.clone(),
        transfer_group: payment.transfer_group.clone(),
        behaviour: payment.behaviour,
        in_dollars: payment.in_dollars,
        card: Some(payment.face.clone().unwrap_or_default()),
        ..Charge::default()
    }
}

async fn tell_of(work: &mut Work, kind: &str, payment: &Payment) -> Result<(), BooksError> {
    let shown = payment.shown(work.world());
    tell(work, kind, "", payment.ours(), shown).await
}
