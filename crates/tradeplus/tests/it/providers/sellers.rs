//! What is taken back after a seller's part was really transferred to them, with Stripe's protocol: refunds, and banks that
//! take the money back.

use crate::chargebacks::{at_the_bank, bank_says, holds};
use crate::payouts::{faults, hours, settled, states, transferred};
use kernel::OrderId;
use ledger::Account;
use market::payments::sandbox::{Fault, Planned};
use testkit::{Person, Town};

/// What stands at the seller's own account, what they owe, and what the marketplace has earned and lost of all this.
async fn stands(town: &Town, who: &Person) -> [i64; 5] {
    let accounts = [
        Account::Connected(who.id, "sandbox".to_owned()),
        Account::SellerReceivable(who.id),
        Account::Commission,
        Account::BuyerFee,
        Account::ChargebackLosses,
    ];
    let mut all = [0; 5];
    for (stands, account) in all.iter_mut().zip(&accounts) {
        *stands = town.balance(account).await;
    }
    all
}

/// How often a transfer was asked back.
fn reversals(town: &Town) -> usize {
    town.sim().requests("POST", "/v1/transfers/")
}

/// The bank of who paid for an order takes the money back. Answers the provider's name for it.
async fn bank_takes(town: &Town, order: OrderId) -> String {
    let payment = town.payment(town.order(order).await.payment).await;
    let dispute = town.sim().disputes(&payment.provider_ref.unwrap(), false).await;
    hours(town, 2).await;
    dispute
}

/// C: the transfer is reversed, and the buyer has everything.
#[tokio::test]
async fn a_refund_after_a_transfer_is_reversed() {
    let town = Town::new().await;
    let (ann, _, order) = transferred(&town).await;
    let there = settled(&town, order, "sale").await;
    assert_eq!(stands(&town, &ann).await, [there, 0, 40, 95, 0]);
    ann.takes(order, "goodwill_refund").await;
    assert_eq!(
        stands(&town, &ann).await[..2],
        [there, there],
        "what is at her account is owed until it comes"
    );
    hours(&town, 2).await;
    assert_eq!((town.state(order).await.as_str(), reversals(&town)), ("refunded", 1));
    assert_eq!(states(&town, &ann, "sale").await, ["clawed_back"]);
    assert_eq!(stands(&town, &ann).await, [0; 5]);
    assert_eq!(town.count("select count(*) from seller_debts where state = 'recovered'").await, 1);
    assert_eq!(faults(&town).await, [""; 0]);
}

/// C: the reversal is refused. The buyer has everything all the same, and the seller owes it.
#[tokio::test]
async fn a_refund_whose_reversal_is_refused_is_a_debt() {
    let town = Town::new().await;
    let (ann, _, order) = transferred(&town).await;
    town.sim().plan(Planned::new(Fault::ReversalRefused));
    let there = settled(&town, order, "sale").await;
    ann.takes(order, "goodwill_refund").await;
    hours(&town, 2).await;
    assert_eq!((town.state(order).await.as_str(), reversals(&town)), ("refunded", 1));
    assert_eq!(stands(&town, &ann).await, [there, there, 0, 0, 0]);
    assert_eq!(town.count("select count(*) from seller_debts where state = 'open'").await, 1);
    assert_eq!(faults(&town).await, [""; 0]);
}

/// D: what was transferred is asked back and set aside; the bank decides for the buyer.
#[tokio::test]
async fn a_dispute_after_a_transfer_is_lost() {
    let town = Town::new().await;
    let (ann, _, order) = transferred(&town).await;
    let (part, total) = (town.order(order).await.seller_part(), town.order(order).await.total);
    let dispute = bank_takes(&town, order).await;
    assert_eq!((reversals(&town), holds(&town).await), (1, 1));
    assert_eq!(at_the_bank(&town, order).await, (total.amount, part.amount), "all of her part stands aside");
    assert_eq!(stands(&town, &ann).await[..2], [0, 0], "nothing is owed before it is lost");
    bank_says(&town, &dispute, "lost").await;
    assert_eq!((town.state(order).await.as_str(), holds(&town).await), ("charged_back", 0));
    assert_eq!(at_the_bank(&town, order).await, (0, 0));
    assert_eq!(stands(&town, &ann).await, [0; 5]);
    assert_eq!(town.count("select count(*) from seller_debts").await, 0);
    assert_eq!(faults(&town).await, [""; 0]);
}

/// D: the same, but the bank decides for the seller, and everything is transferred again.
#[tokio::test]
async fn a_dispute_after_a_transfer_is_won() {
    let town = Town::new().await;
    let (ann, _, order) = transferred(&town).await;
    let part = town.order(order).await.seller_part().amount;
    // What is given again is not the buyer's payment any more, and the bank keeps its fee.
    town.sim().fills_up(100_000).await;
    let dispute = bank_takes(&town, order).await;
    assert_eq!((reversals(&town), town.sim().count("transfer").await), (1, 1));
    bank_says(&town, &dispute, "won").await;
    assert_eq!((at_the_bank(&town, order).await, holds(&town).await), ((0, 0), 0));
    hours(&town, 4).await;
    assert_eq!(town.state(order).await, "completed");
    assert_eq!(states(&town, &ann, "won").await, ["transferred"]);
    assert_eq!(town.sim().count("transfer").await, 2, "of what was set aside, once");
    assert_eq!(stands(&town, &ann).await, [part, 0, 40, 95, 0]);
    assert_eq!(faults(&town).await, [""; 0]);
}
