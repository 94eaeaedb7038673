//! What every provider must keep, whoever it is. It runs against the simulator in both dialects, and against the real ones
//! in their test modes when `STRIPE_TEST_KEY` or `PAYSTACK_TEST_KEY` is set.

use super::{SECRET, provider};
use kernel::ids::Id;
use kernel::{Clock, Currency, Money, PaymentId, RefundId};
use market::payments::model::PaymentState;
use market::payments::paystack::{self as of_paystack, Paystack};
use market::payments::provider::{LookUp, NewPayment, NewRefund, Provider, SignatureError};
use market::payments::stripe::{self as of_stripe, Places, Stripe};
use platform::config::{Config, Secret};
use platform::outgoing::Outgoing;
use platform::{Db, chance};
use simulator::courier::Dialect;
use std::sync::Arc;
use testkit::Town;

fn money(amount: i64, code: &str) -> Money {
    Money::new(amount, code.parse::<Currency>().unwrap())
}

async fn keeps(provider: &dyn Provider, db: &Db, amount: Money) {
    let ours = PaymentId::new(db.now(), db.dice());
    let new = NewPayment { ours, amount, group: ours.to_string(), buyer_email: None, back: None };
    let key = format!("payment:{ours}");
    let made = provider.create_payment(&key, &new).await.unwrap();
    assert_eq!((made.state, made.amount), (PaymentState::Created, amount));
    assert!(made.fee.is_none() && made.failure.is_none());
    assert!((provider.caps().smallest)(amount.currency) <= amount.amount);

    // The same key means the same payment, or that nobody knows: never a second one.
    match provider.create_payment(&key, &new).await {
        Ok(again) => assert_eq!(again.reference, made.reference),
        Err(error) => assert!(!error.is_final(), "{error}"),
    }
    let got = provider.get_payment(&made.reference).await.unwrap();
    assert_eq!((got.reference.as_str(), got.amount), (made.reference.as_str(), amount));
    let found = provider.find_payment(ours, Some(&made.reference)).await.unwrap();
    assert_eq!(found.found().map(|f| f.reference), Some(made.reference.clone()));
    let other = PaymentId::new(db.now(), db.dice());
    let absent = provider.find_payment(other, None).await.unwrap();
    assert!(!matches!(absent, LookUp::Found(_)), "{absent:?}");

    let ours_back = RefundId::new(db.now(), db.dice());
    let back = NewRefund { ours: ours_back, payment_ref: made.reference.clone(), amount };
    let refused = provider.refund(&format!("refund:{ours_back}"), &back).await;
    assert!(refused.as_ref().is_err_and(|error| error.is_final()), "nothing was paid: {refused:?}");
    let found = provider.find_refund(&back, db.now()).await.unwrap();
    assert!(!matches!(found, LookUp::Found(_)), "{found:?}");

    let cancelled = provider.cancel_payment(&format!("cancel:{ours}"), &made.reference).await.unwrap();
    assert_eq!(cancelled.state, PaymentState::Cancelled);
    assert!(provider.get_payment("nothing_of_theirs").await.is_err());
    provider.balance(None).await.unwrap();
    let lines = provider.lines(None, None).await.unwrap();
    assert!(lines.lines.iter().all(|line| line.net == line.amount - line.fee));
    let unsigned = provider.verify_webhook(&[], b"{}", db.now());
    assert!(matches!(unsigned, Err(SignatureError::Missing(_))), "{unsigned:?}");
}

#[tokio::test]
async fn both_dialects_keep_the_contract() {
    let town = Town::new().await;
    for (dialect, amount) in
        [(Dialect::Stripe, money(12_345, "EUR")), (Dialect::Paystack, money(1_234_500, "NGN"))]
    {
        let (provider, _world) = provider(&town.db, dialect);
        keeps(&*provider, &town.db, amount).await;
    }
}

#[tokio::test]
async fn the_sandbox_keeps_it_too() {
    let town = Town::new().await;
    let sandbox = town.market.providers.named("sandbox").unwrap();
    keeps(sandbox, &town.db, money(12_345, "EUR")).await;
}

/// A database at the present: the real ones look at the clock. Nothing is asked of it.
fn present() -> Db {
    Db::connect("postgres://nobody@127.0.0.1:1/nothing", 1, Clock::system(), chance::system()).unwrap()
}

#[tokio::test]
async fn stripe_itself_keeps_the_contract() {
    let Ok(key) = std::env::var("STRIPE_TEST_KEY") else { return };
    assert!(key.contains("_test_"), "a key of the test mode");
    let at = |url: &str| url.parse().unwrap();
    let places = Places { api: at("https://api.stripe.com"), files: at("https://files.stripe.com") };
    let keys = of_stripe::Keys { secret: Secret::new(key), webhooks: vec![Secret::new(SECRET)] };
    let wire = Arc::new(Outgoing::new(&Config::default()).unwrap());
    keeps(&Stripe::new("stripe", wire, places, keys), &present(), money(12_345, "EUR")).await;
}

#[tokio::test]
async fn paystack_itself_keeps_the_contract() {
    let Ok(key) = std::env::var("PAYSTACK_TEST_KEY") else { return };
    assert!(key.contains("_test_"), "a key of the test mode");
    let keys = of_paystack::Keys { secret: Secret::new(key), old: None };
    let wire = Arc::new(Outgoing::new(&Config::default()).unwrap());
    let at = "https://api.paystack.co".parse().unwrap();
    let paystack = Paystack::new(wire, at, keys, "example.org", Clock::system());
    keeps(&paystack, &present(), money(1_234_500, "NGN")).await;
}
