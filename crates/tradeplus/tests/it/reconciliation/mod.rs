//! The books against what providers say: line by line, in sum, and what becomes of what nobody explains.

mod bank;
mod desk;
mod entries;
mod lines;
mod quiet;
mod sums;
mod teller;

use kernel::{Currency, Money, OrderId, RefundId, ids::Id};
use ledger::flows::AtProvider;
use ledger::{Account, Entry, EntryError};
use market::payments::Provider;
use market::reconciliation::{Finding, FindingKind, Report, rules};
use teller::Teller;
use testkit::Town;
use time::Duration;

/// How long everything may take that comes by itself.
const TWO_DAYS: Duration = Duration::days(2);

/// What the company put in, so that its expenses are not others' money.
const FLOAT: i64 = 1_000_000;

fn float(teller: &Teller) {
    teller.line("topup", Some("tu_float"), FLOAT, 0);
}

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

fn usd(amount: i64) -> Money {
    Money::new(amount, "USD".parse().unwrap())
}

/// The teller's name for something.
fn at(reference: &str) -> AtProvider<'_> {
    AtProvider { provider: teller::NAME, reference }
}

fn new<T: Id>(town: &Town) -> T {
    T::new(town.db.now(), town.db.dice())
}

/// Books what the program would have booked.
async fn book(town: &Town, entry: Result<Entry, EntryError>) -> i64 {
    let mut tx = town.db.begin().await.unwrap();
    let id = ledger::post(&mut tx, &entry.unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    id.0
}

/// A payment of an order that both know.
async fn paid(town: &Town, teller: &Teller, charge: &str, total: i64, fee: i64) -> OrderId {
    let order: OrderId = new(town);
    book(town, ledger::flows::paid(order, at(charge), eur(total), eur(fee), town.db.now())).await;
    teller.line("charge", Some(charge), total, fee);
    order
}

/// A refund that was asked for and has settled, in the books alone.
async fn refunded(town: &Town, order: OrderId, reference: &str, amount: i64) -> RefundId {
    let refund: RefundId = new(town);
    let now = town.db.now();
    book(town, ledger::flows::refund_asked(order, refund, eur(amount), now)).await;
    book(town, ledger::flows::refund_settled(order, refund, at(reference), eur(amount), now)).await;
    refund
}

async fn compare(town: &Town, provider: &dyn Provider) -> Report {
    rules::run(&town.db, provider, None).await.unwrap()
}

/// A comparison that finds nothing.
#[track_caller]
fn clean(report: &Report) {
    assert!(report.is_clean(), "{report}");
}

/// The only thing that was found.
#[track_caller]
fn only(report: &Report, kind: FindingKind) -> &Finding {
    assert_eq!(report.found.len(), 1, "{report}");
    assert_eq!(report.found[0].kind, kind, "{report}");
    &report.found[0]
}

async fn suspense(town: &Town) -> i64 {
    town.balance(&Account::Suspense(teller::NAME.to_owned())).await
}

/// What the books hold at the teller: pending, available.
async fn held(town: &Town) -> (i64, i64) {
    let name = || teller::NAME.to_owned();
    let pending = town.balance(&Account::ProviderPending(name())).await;
    (pending, town.balance(&Account::ProviderAvailable(name())).await)
}
