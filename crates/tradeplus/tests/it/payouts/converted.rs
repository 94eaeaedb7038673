//! Sales that the provider settles in another currency than they were paid in.

use super::{GOOD, booked, completed, eur, faults, hours, sets_up, states};
use kernel::{Currency, Money, OrderId};
use ledger::Account;
use ledger::flows::{self, Taken};
use market::payments::sandbox::{Fault, Planned};
use market::payouts::{self, TakeBack, TakenBack};
use testkit::{Person, Town};
use time::Duration;

/// Ann's sale to Ben, which the provider settles in dollars.
async fn sold(town: &Town, price: i64) -> (Person, OrderId) {
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    town.sim().plan(Planned::new(Fault::SettlesInDollars));
    let order = completed(town, &ann, &ben, price).await;
    (ann, order)
}

/// What stands on an account in euros and in dollars.
async fn both(town: &Town, account: &Account) -> (i64, i64) {
    let mut reader = town.db.read().await.unwrap();
    let dollars = ledger::balance_of(&mut reader, account, "USD".parse().unwrap()).await.unwrap().amount;
    let euros = ledger::balance_of(&mut reader, account, Currency::EUR).await.unwrap().amount;
    (euros, dollars)
}

/// The buyer of a released order gets something back of the seller's part, past the order's own steps.
async fn gives_back(town: &Town, seller: &Person, order: OrderId, amount: i64) -> TakenBack {
    town.writes_orders_by_hand();
    let payment = town.order(order).await.payment;
    let mut tx = town.db.begin().await.unwrap();
    let taken = payouts::take_back(&mut tx, order, eur(amount), TakeBack::Refund).await.unwrap();
    let refund = market::payments::rules::ask_refund(&mut tx, order, payment, eur(amount)).await.unwrap();
    let zero = eur(0);
    let parts = Taken {
        payable: taken.payable,
        reserve: taken.reserve,
        set_aside: zero,
        owed: taken.owed,
        commission: zero,
        buyer_fee: zero,
        taxes: &[],
    };
    let now = tx.now();
    let entry = flows::clawed_back(order, refund, seller.id, &parts, now).unwrap();
    ledger::post(&mut tx, &entry).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

#[tokio::test]
async fn a_seller_is_paid_what_the_provider_made_of_their_part() {
    let town = Town::new().await;
    let (ann, order) = sold(&town, 10_000).await;
    let paid = town.payment(town.order(order).await.payment).await;
    let settled = paid.settled.unwrap();
    assert_eq!(settled, Money::new(paid.amount.amount * 109 / 100, "USD".parse().unwrap()));
    let told = "select count(*) from tickets where key = 'converted:sandbox:EUR' and closed_at is null";
    assert_eq!(town.count(told).await, 1, "at once, and once");
    let euros = town.count("select amount from settlements where kind = 'sale' and currency = 'EUR'").await;
    let kept = town.count("select amount from settlements where kind = 'reserve'").await;

    sets_up(&town, &ann, GOOD).await;
    town.later(Duration::days(9)).await;
    hours(&town, 4).await;
    town.later(Duration::days(5)).await;
    hours(&town, 2).await;
    assert_eq!(states(&town, &ann, "sale").await, ["paid_out"]);
    let dollars = euros * settled.amount / paid.amount.amount;
    let payouts: Vec<(String, i64, String)> =
        sqlx::query_as("select currency, amount, state from payouts").fetch_all(&town.owner).await.unwrap();
    assert_eq!(payouts, [("USD".to_owned(), dollars, "paid".to_owned())]);
    let became: Vec<(String, i64)> = sqlx::query_as(
        "select a.currency, l.amount from ledger.entries e join ledger.lines l using (entry_id)
           join ledger.accounts a using (account_id)
         where e.kind = 'release_converted' and a.name = 'L:seller_payable' order by 1",
    )
    .fetch_all(&town.owner)
    .await
    .unwrap();
    assert_eq!(became, [("EUR".to_owned(), euros), ("USD".to_owned(), -dollars)]);
    assert_eq!(both(&town, &Account::SellerPayable(ann.id)).await, (0, 0));
    assert_eq!(
        both(&town, &Account::SellerReserve(ann.id)).await,
        (kept, 0),
        "what waits is not changed yet"
    );
    assert_eq!(both(&town, &Account::SellerAtProvider(ann.id, "sandbox".to_owned())).await, (0, 0));
    let kinds = booked(&town, order).await;
    assert!(kinds.iter().any(|kind| kind == "release_converted"), "{kinds:?}");
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn what_is_taken_back_becomes_what_was_charged_again() {
    let town = Town::new().await;
    let (ann, order) = sold(&town, 500).await;
    sets_up(&town, &ann, GOOD).await;
    town.later(Duration::days(7)).await;
    hours(&town, 4).await;
    assert_eq!(states(&town, &ann, "sale").await, ["transferred"], "it is less than is paid out at once");
    let kept = town.count("select amount from settlements where kind = 'reserve'").await;
    let taken = gives_back(&town, &ann, order, kept + 100).await;
    assert_eq!((taken.reserve.amount, taken.owed.amount), (kept, 100));
    assert!(taken.debt.is_some(), "the buyer does not wait");
    hours(&town, 2).await;
    let asked = town.count("select taken_amount from settlements where kind = 'sale'").await;
    assert!((108..=110).contains(&asked), "{asked} cents for one euro");
    assert_eq!(town.count("select count(*) from seller_debts where state = 'recovered'").await, 1);
    assert_eq!(both(&town, &Account::SellerReceivable(ann.id)).await, (0, 0));
    assert_eq!(both(&town, &Account::SellerPayable(ann.id)).await, (0, 0));
    assert_eq!(faults(&town).await, [""; 0]);
}
