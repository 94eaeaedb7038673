//! The provider behind the sandbox, in both of its dialects: its own statement, read by the clients that read the real ones.
//! What these stories need of it stands first.

use super::{TWO_DAYS, new};
use futures_util::future::BoxFuture;
use kernel::{Money, OrderId, PaymentId, PayoutId, RefundId};
use ledger::flows::{self, AtProvider, Shares};
use market::payments::paystack::{self, Paystack};
use market::payments::provider::{Bank, NewAccount, NewPayment, NewPayout, NewRefund, ProviderPayment};
use market::payments::{Provider, sandbox};
use market::reconciliation::{FindingKind, Report, rules};
use platform::config::Secret;
use platform::outgoing::{Call, HeaderMap, OutgoingError, Reply, Url, Wire};
use serde_json::json;
use std::sync::Arc;
use testkit::Town;
use time::Duration;

/// Calls the sandbox's simulator as Paystack is called.
#[derive(Debug)]
struct Over(sandbox::Sandbox);

impl Wire for Over {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply, OutgoingError>> {
        Box::pin(async move {
            let url = call.url();
            let target = url.query().map_or_else(|| url.path().to_owned(), |q| format!("{}?{q}", url.path()));
            let mut asked = sandbox::Asked::new(call.method().as_str(), &target);
            for (name, value) in call.headers() {
                asked = asked.with_header(name.as_str(), value.to_str().unwrap());
            }
            asked.body = call.body().to_vec();
            let answered = self.0.answer(asked).await;
            Ok(Reply { status: answered.status, headers: HeaderMap::new(), body: answered.body.into() })
        })
    }
}

fn sandbox_of(town: &Town) -> sandbox::Sandbox {
    town.market.providers.sandbox().unwrap().clone()
}

fn paystack_of(town: &Town) -> Paystack {
    let sandbox = sandbox_of(town);
    let secret = Secret::new(sandbox.world().secret_key().unwrap());
    let here: Url = "https://paystack.invalid/".parse().unwrap();
    let keys = paystack::Keys { secret, old: None };
    Paystack::new(Arc::new(Over(sandbox)), here, keys, "example.test", town.clock.clone())
}

fn stripe_of(town: &Town) -> &dyn Provider {
    town.market.providers.named("sandbox").unwrap()
}

/// A buyer pays by card on Paystack's page.
async fn pays(town: &Town, paystack: &Paystack, amount: Money) -> ProviderPayment {
    let new = NewPayment {
        ours: new::<PaymentId>(town),
        amount,
        group: "group".to_owned(),
        buyer_email: None,
        back: None,
    };
    let made = paystack.create_payment("key", &new).await.unwrap();
    let page = made.pay_url.unwrap();
    let code = page.split_once("code=").unwrap().1;
    let card = json!({ "code": code, "number": "4242424242424242", "expiry": "12/40", "cvc": "123" });
    town.sim().control("door/checkout", card).await;
    paystack.get_payment(&made.reference).await.unwrap()
}

/// A seller with a bank account there.
async fn recipient(town: &Town, paystack: &Paystack) -> String {
    let bank = Bank {
        holder: Secret::new("Ann"),
        code: "001".to_owned(),
        number: Secret::new("0123456789"),
        currency: ngn(0).currency,
    };
    let new = NewAccount {
        ours: new(town),
        country: "NG".to_owned(),
        email: Secret::new("ann@example.test"),
        business: false,
        bank: Some(bank),
    };
    paystack.open_account("key", &new).await.unwrap().reference
}

fn ngn(amount: i64) -> Money {
    Money::new(amount, "NGN".parse().unwrap())
}

fn at(reference: &str) -> AtProvider<'_> {
    AtProvider { provider: paystack::NAME, reference }
}

/// Everything agrees. What was spent before it was earned is another matter: nobody put money in.
#[track_caller]
fn agrees(report: &Report) {
    let all_else = report.found.iter().all(|finding| finding.kind == FindingKind::CoverShort);
    assert!(all_else && report.run.balances.iter().all(|row| row.agrees()), "{report}");
}

#[tokio::test]
async fn what_deals_book_is_the_statement_of_the_sandbox() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(9).live().await;
    for step in [None, Some("cancel_by_buyer"), None] {
        let deal = ben.buys(&lamp).await;
        ben.pays(&deal).await;
        if let Some(step) = step {
            ben.takes(deal.order(), step).await;
        }
    }
    town.run_jobs().await;
    town.later(Duration::minutes(2)).await;
    let first = rules::run(&town.db, stripe_of(&town), None).await.unwrap();
    agrees(&first);
    assert_eq!((first.run.lines, first.run.matched), (4, 4), "{first}");
    town.later(TWO_DAYS).await;
    let second = rules::run(&town.db, stripe_of(&town), None).await.unwrap();
    agrees(&second);
    let [row] = second.run.balances.as_slice() else { panic!("{second}") };
    assert!(row.ours.available > 0, "{second}");
}

#[tokio::test]
async fn a_payment_a_refund_and_a_payout_are_the_statement_of_paystack() {
    let town = Town::new().await;
    let paystack = paystack_of(&town);
    let (order, seller) = (new::<OrderId>(&town), new(&town));
    let paid = pays(&town, &paystack, ngn(500_000)).await;
    let (fee, charge) = (paid.fee.unwrap(), paid.charge.unwrap());
    super::book(&town, flows::paid(order, at(&charge), ngn(500_000), fee, town.db.now())).await;
    // It is not in the balance yet, and its line is not there.
    let report = rules::run(&town.db, &paystack, None).await.unwrap();
    agrees(&report);
    assert_eq!(report.run.lines, 0);
    town.later(Duration::days(1)).await;
    agrees(&rules::run(&town.db, &paystack, None).await.unwrap());

    let refund: RefundId = new(&town);
    super::book(&town, flows::refund_asked(order, refund, ngn(100_000), town.db.now())).await;
    let asked = NewRefund { ours: refund, payment_ref: paid.reference.clone(), amount: ngn(100_000) };
    let made = paystack.refund("key", &asked).await.unwrap();
    // It is taken at once, and booked when it has settled.
    agrees(&rules::run(&town.db, &paystack, None).await.unwrap());
    town.later(Duration::minutes(2)).await;
    let entry = flows::refund_settled(order, refund, at(&made.reference), ngn(100_000), town.db.now());
    super::book(&town, entry).await;

    let shares = Shares {
        seller: ngn(360_000),
        reserve: ngn(0),
        commission: ngn(40_000),
        buyer_fee: ngn(0),
        taxes: &[],
    };
    super::book(&town, flows::released(order, seller, &shares, town.db.now())).await;
    let payout: PayoutId = new(&town);
    let account = recipient(&town, &paystack).await;
    super::book(&town, flows::payout_sent(payout, seller, ngn(360_000), town.db.now())).await;
    paystack.pay_out("key", &NewPayout { ours: payout, account, amount: ngn(360_000) }).await.unwrap();
    agrees(&rules::run(&town.db, &paystack, None).await.unwrap());
    town.later(Duration::minutes(2)).await;
    let sent = paystack.get_payout("", &payout.to_string()).await.unwrap();
    let (fee, reference) = (sent.fee.unwrap(), sent.reference);
    let entry = flows::payout_arrived(payout, at(&reference), ngn(360_000), fee, town.db.now());
    super::book(&town, entry).await;
    for _ in 0..2 {
        agrees(&rules::run(&town.db, &paystack, None).await.unwrap());
        town.later(Duration::days(10)).await;
    }
    assert_eq!(town.count("select count(*) from provider_lines where state = 'matched'").await, 3);
    assert_eq!(town.count("select count(*) from suspense").await, 0);
}
