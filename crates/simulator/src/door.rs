//! The pages that people see of a provider and its banks: the bank's question (3-D Secure), Paystack's payment page, the
//! questions to a seller. Each is a plain form. Programs send the same fields and ask for JSON.

use crate::asked::{Answered, Asked, Params};
use crate::cards::Typed;
use crate::paystack::{model, transactions};
use crate::problem::Problem;
use crate::stripe::accounts::{self, Standing};
use crate::stripe::banks::Bank;
use crate::stripe::expand::expand;
use crate::stripe::payments::{Payment, Status};
use crate::stripe::{charging, errors, payments};
use crate::world::{Work, World};
use maud::{DOCTYPE, Markup, html};
use url::Url;

/// Answers for an address behind `/_sim/door/`.
pub async fn answer(world: &World, asked: &Asked, page: &str) -> Answered {
    match open(world, asked, page).await {
        Ok(answered) => answered,
        Err(problem) if wants_json(asked) => errors::answer(&problem),
        Err(problem) => {
            let body = layout("That did not work", &html! { p { (problem.message) } });
            Answered { status: problem.status, ..Answered::html(body) }
        }
    }
}

async fn open(world: &World, asked: &Asked, page: &str) -> Result<Answered, Problem> {
    let params = asked.params()?;
    let mut work = world.work().await?;
    let answered = match (asked.method.as_str(), page) {
        ("POST", "confirm") => confirm(&mut work, &params).await,
        ("GET", "challenge") => challenge(&mut work, &params).await,
        ("POST", "challenge") => answer_challenge(&mut work, asked, &params).await,
        ("GET", "onboarding") => onboarding(&mut work, &params).await,
        ("POST", "onboarding") => onboard(&mut work, &params).await,
        ("GET", "checkout") => checkout(&mut work, &params, "").await,
        ("POST", "checkout") => check_out(&mut work, asked, &params).await,
        _ => Err(Problem::nowhere(&asked.method, &asked.path)),
    }?;
    if asked.method == "POST" {
        work.commit().await?;
    }
    Ok(answered)
}

fn wants_json(asked: &Asked) -> bool {
    let says = |name: &str| asked.header(name).is_some_and(|kind| kind.contains("application/json"));
    says("content-type") || says("accept")
}

/// The card in the fields, for whoever has a form of their own.
fn typed(p: &Params) -> Result<Typed, Problem> {
    let (month, year) = match p.text("expiry").and_then(|text| text.split_once('/')) {
        Some((month, year)) => (month.trim().parse().ok(), year.trim().parse().ok()),
        None => (p.whole("exp_month")?, p.whole("exp_year")?),
    };
    Ok(Typed::new(p.needed("number")?, month.unwrap_or(12), year.unwrap_or(2040)))
}

/// `POST confirm`: pays by a card that was typed into a form of the marketplace's. A decline is an answer.
async fn confirm(work: &mut Work, p: &Params) -> Result<Answered, Problem> {
    let mut shown = charging::attempt_typed(work, p.needed("payment")?, &typed(p)?).await?;
    expand(work, &mut shown, &p.list("expand")).await?;
    Ok(Answered::json(200, &shown))
}

async fn challenge(work: &mut Work, p: &Params) -> Result<Answered, Problem> {
    let payment = payments::found(work, p.needed("payment")?).await?;
    if payment.status != Status::RequiresAction {
        return Ok(returned(&payment));
    }
    let body = html! {
        p { "Your bank asks whether you are making this payment of " (amount(payment.amount, &payment.currency)) "." }
        form method="post" action="/_sim/door/challenge" {
            input type="hidden" name="payment" value=(payment.id);
            button name="passed" value="true" { "Yes, it is me" }
            " "
            button name="passed" value="false" { "No" }
        }
    };
    Ok(Answered::html(layout("Test bank", &body)))
}

async fn answer_challenge(work: &mut Work, asked: &Asked, p: &Params) -> Result<Answered, Problem> {
    let payment = charging::answer_challenge(work, p.needed("payment")?, p.is_true("passed")).await?;
    if wants_json(asked) {
        let mut shown = payment.shown(work.world());
        expand(work, &mut shown, &p.list("expand")).await?;
        return Ok(Answered::json(200, &shown));
    }
    Ok(returned(&payment))
}

/// Back to where the buyer came from, as Stripe sends them.
fn returned(payment: &Payment) -> Answered {
    let Some(mut back) = payment.return_url.as_deref().and_then(|url| url.parse::<Url>().ok()) else {
        let body = html! { p { "The payment is " (payment.status.as_str()) ". You can close this page." } };
        return Answered::html(layout("Test bank", &body));
    };
    let status = if payment.status == Status::Succeeded { "succeeded" } else { "failed" };
    back.query_pairs_mut()
        .append_pair("payment_intent", &payment.id)
        .append_pair("payment_intent_client_secret", payment.client_secret.as_deref().unwrap_or_default())
        .append_pair("redirect_status", status);
    Answered::moved(back.as_str())
}

async fn onboarding(work: &mut Work, p: &Params) -> Result<Answered, Problem> {
    let account = accounts::found(work, p.needed("account")?, "account").await?;
    let body = html! {
        p { "Here a seller would say who they are. The simulator believes everything." }
        form method="post" action="/_sim/door/onboarding" {
            input type="hidden" name="account" value=(account.id);
            input type="hidden" name="return" value=(p.text("return").unwrap_or_default());
            label { "Account number or IBAN " input name="number" value="DE89370400440532013000" required; }
            " "
            button { "Send" }
        }
    };
    Ok(Answered::html(layout("Test onboarding", &body)))
}

async fn onboard(work: &mut Work, p: &Params) -> Result<Answered, Problem> {
    let id = p.needed("account")?;
    let country = accounts::found(work, id, "account").await?.country;
    let number = p.text("number").unwrap_or("DE89370400440532013000");
    let bank = Bank::new(work, number, &country, accounts::currency_of(&country));
    let account = accounts::change(work, id, Standing::Active, Some(bank)).await?;
    Ok(match p.text("return") {
        Some(back) => Answered::moved(back),
        None => Answered::json(200, &account.shown()),
    })
}

async fn checkout(work: &mut Work, p: &Params, says: &str) -> Result<Answered, Problem> {
    let transaction = transactions::of_code(work, p.needed("code")?).await?;
    let body = html! {
        @if !says.is_empty() { p role="alert" { (says) } }
        p { (transaction.email) " pays " (amount(transaction.amount, &transaction.currency)) "." }
        form method="post" action="/_sim/door/checkout" {
            input type="hidden" name="code" value=(transaction.access_code);
            @if transaction.status == "ongoing" {
                p { "Your bank asks whether it is you." }
                button name="passed" value="true" { "Yes, it is me" }
                " "
                button name="passed" value="false" { "No" }
            } @else {
                label { "Card number " input name="number" inputmode="numeric" required; }
                label { "MM / YY " input name="expiry" required; }
                label { "CVC " input name="cvc" required; }
                button { "Pay" }
            }
        }
    };
    Ok(Answered::html(layout("Test payment page", &body)))
}

async fn check_out(work: &mut Work, asked: &Asked, p: &Params) -> Result<Answered, Problem> {
    let code = p.needed("code")?;
    let paid = if p.text("passed").is_some() {
        transactions::answer_challenge(work, code, p.is_true("passed")).await?
    } else {
        transactions::pay(work, code, &typed(p)?).await?
    };
    if wants_json(asked) {
        return Ok(Answered::json(200, &model::yes("Charge attempted", paid.shown())));
    }
    match (&*paid.status, paid.callback_url.as_deref().and_then(|url| url.parse::<Url>().ok())) {
        ("success" | "pending", Some(mut back)) => {
            let reference = &paid.reference;
            back.query_pairs_mut().append_pair("trxref", reference).append_pair("reference", reference);
            Ok(Answered::moved(back.as_str()))
        }
        ("success" | "pending", None) => {
            let body = html! { p { "Paid. You can close this page." } };
            Ok(Answered::html(layout("Test payment page", &body)))
        }
        ("failed", _) => checkout(work, p, &paid.gateway_response).await,
        _ => checkout(work, p, "").await,
    }
}

fn amount(amount: i64, currency: &str) -> String {
    let known = crate::money::currency_of(currency);
    known.map_or_else(
        || amount.to_string(),
        |currency| format!("{} {currency}", kernel::Money::new(amount, currency).decimal()),
    )
}

fn layout(title: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
            }
            body {
                main {
                    h1 { (title) }
                    (body)
                    p { small { "This is a simulator. No money moves." } }
                }
            }
        }
    }
    .into_string()
}
