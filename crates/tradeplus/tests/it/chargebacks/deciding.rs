//! What the bank decides, and who bears it.

use super::{
    at_the_bank, bank_asks, bank_says, bank_takes, eur, finance, has_subject, hears, holds, paid, released,
    says, sends, state, the_one, times_sent,
};
use crate::payouts::{GOOD, arrives, completed, sets_up, settled, states};
use kernel::Refusal;
use ledger::Account;
use market::accounts::model::Role;
use market::chargebacks::desk;
use market::payments::provider::DisputeState;
use market::staff::model::Reason;
use testkit::Town;
use time::Duration;

/// What was lost because it had gone back already.
async fn losses(town: &Town) -> i64 {
    town.balance(&Account::ChargebackLosses).await
}

#[tokio::test]
async fn before_the_release_it_is_lost_from_escrow() {
    let town = Town::new().await;
    let (ann, _, deal) = paid(&town).await;
    let fay = finance(&town).await;
    let (order, fees) = (deal.order(), town.balance(&Account::DisputeFees).await);
    let dispute = bank_takes(&town, &deal).await;
    sends(&town, &fay, "losing_evidence").await;
    assert_eq!(times_sent(&town, &dispute), 1);
    town.later(Duration::minutes(2)).await;
    assert_eq!(state(&town, the_one(&town).await).await, "lost");
    assert_eq!(town.state(order).await, "charged_back");
    assert_eq!((at_the_bank(&town, order).await, town.balance(&Account::Escrow(order)).await), ((0, 0), 0));
    assert_eq!((holds(&town).await, losses(&town).await), (0, 0));
    assert!(town.balance(&Account::DisputeFees).await > fees, "the fee is ours");
    assert!(has_subject(&town, &ann, "has decided for the buyer").await);
}

#[tokio::test]
async fn after_the_release_it_is_set_aside_and_given_again_when_won() {
    let town = Town::new().await;
    let (ann, _, deal) = released(&town).await;
    let fay = finance(&town).await;
    let part = town.order(deal.order()).await.seller_part().amount;
    bank_takes(&town, &deal).await;
    sends(&town, &fay, "winning_evidence").await;
    town.later(Duration::minutes(2)).await;
    assert_eq!(state(&town, the_one(&town).await).await, "won");
    assert_eq!((at_the_bank(&town, deal.order()).await, holds(&town).await), ((0, 0), 0));
    assert_eq!(town.balance(&Account::SellerPayable(ann.id)).await, part, "all of it is the seller's again");
    let won = "select coalesce(sum(amount), 0)::bigint from settlements where kind = 'won'";
    assert_eq!(town.count(won).await, part);
    assert_eq!(town.state(deal.order()).await, "completed");
    assert!(has_subject(&town, &ann, "has decided for you").await);
}

#[tokio::test]
async fn after_the_release_it_is_taken_apart_when_lost() {
    let town = Town::new().await;
    let (ann, _, deal) = released(&town).await;
    let dispute = bank_takes(&town, &deal).await;
    bank_says(&town, &dispute, "lost").await;
    assert_eq!(town.state(deal.order()).await, "charged_back");
    assert_eq!(at_the_bank(&town, deal.order()).await, (0, 0));
    for account in [
        Account::SellerPayable(ann.id),
        Account::SellerReserve(ann.id),
        Account::SellerReceivable(ann.id),
        Account::Commission,
        Account::BuyerFee,
        Account::ChargebackLosses,
    ] {
        assert_eq!(town.balance(&account).await, 0, "{account}");
    }
}

#[tokio::test]
async fn what_was_paid_out_already_is_a_debt_when_lost() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let order = completed(&town, &ann, &ben, 10_000).await;
    sets_up(&town, &ann, GOOD).await;
    arrives(&town).await;
    assert_eq!(states(&town, &ann, "sale").await, ["paid_out"]);
    let (gone, kept) = (settled(&town, order, "sale").await, settled(&town, order, "reserve").await);
    let payment = town.payment(town.order(order).await.payment).await;
    let dispute = town.sim().disputes(&payment.provider_ref.unwrap(), false).await;
    town.run_jobs().await;
    assert_eq!(
        at_the_bank(&town, order).await,
        (payment.amount.amount, kept),
        "only that is here to set aside"
    );
    bank_says(&town, &dispute, "lost").await;
    assert_eq!(town.state(order).await, "charged_back");
    assert_eq!(town.balance(&Account::SellerReceivable(ann.id)).await, gone);
    assert_eq!(town.count("select sum(amount)::bigint from seller_debts where state = 'open'").await, gone);
    assert_eq!((at_the_bank(&town, order).await, losses(&town).await), ((0, 0), 0));
}

#[tokio::test]
async fn a_payment_for_three_orders_is_shared_to_the_unit() {
    let town = Town::new().await;
    let ben = town.person("Ben").await;
    let mut lines = Vec::new();
    for (name, price) in [("Ann", 3_334), ("Cleo", 3_334), ("Dan", 3_333)] {
        let seller = town.person(name).await;
        lines.push((seller.listing("Lamp").price(price).shipping(0).live().await.id, 1));
    }
    let deal = ben.buys_all(&lines, true).await.unwrap();
    ben.pays(&deal).await;
    town.run_jobs().await;
    let dispute = bank_takes(&town, &deal).await;
    let mut sum = 0;
    for order in &deal.orders {
        assert_eq!(at_the_bank(&town, order.id).await, (order.total.amount, 0), "each its own");
        sum += order.total.amount;
    }
    assert_eq!((sum, holds(&town).await), (deal.payment.amount.amount, 3));
    assert_eq!(town.count("select count(*) from chargeback_shares where fee > 0").await, 1, "one fee");
    bank_says(&town, &dispute, "lost").await;
    for order in &deal.orders {
        assert_eq!(town.state(order.id).await, "charged_back");
    }
}

#[tokio::test]
async fn a_part_of_what_was_sent_leaves_the_rest_to_the_seller() {
    let town = Town::new().await;
    let (ann, _, deal) = paid(&town).await;
    ann.takes(deal.order(), "ship").await;
    let mut said = says(&town, &deal, "du_part", DisputeState::Lost).await;
    said.amount = eur(500);
    hears(&town, &said).await.unwrap();
    assert_eq!(town.balance(&Account::Escrow(deal.order())).await, 0, "it ends whole");
    assert_eq!((town.state(deal.order()).await.as_str(), losses(&town).await), ("charged_back", 0));
    assert!(town.balance(&Account::SellerPayable(ann.id)).await > 0);
}

#[tokio::test]
async fn what_was_refunded_already_is_absorbed() {
    let town = Town::new().await;
    let (ann, _, deal) = paid(&town).await;
    ann.takes(deal.order(), "cancel_by_seller").await;
    town.run_jobs().await;
    assert_eq!(town.state(deal.order()).await, "refunded");
    let said = says(&town, &deal, "du_late", DisputeState::Lost).await;
    hears(&town, &said).await.unwrap();
    assert_eq!(town.state(deal.order()).await, "refunded", "it stays what it is");
    assert_eq!(losses(&town).await, deal.payment.amount.amount, "the buyer has it twice");
    assert_eq!(at_the_bank(&town, deal.order()).await, (0, 0));
}

#[tokio::test]
async fn staff_accepts_what_is_right() {
    let town = Town::new().await;
    let (_, ben, deal) = paid(&town).await;
    let fay = finance(&town).await;
    bank_takes(&town, &deal).await;
    let (id, why) = (the_one(&town).await, Reason::read("The parcel is lost.").unwrap());
    let by = fay.member().await;
    let mut tx = town.db.begin().await.unwrap();
    desk::accept(&mut tx, &by, id, &why, super::BASE).await.unwrap();
    let twice = desk::accept(&mut tx, &by, id, &why, super::BASE).await;
    assert!(matches!(twice, Err(Refusal::Conflict("chargeback-step"))), "{twice:?}");
    tx.commit().await.unwrap();
    town.run_jobs().await;
    assert_eq!(
        (state(&town, id).await.as_str(), town.state(deal.order()).await.as_str()),
        ("lost", "charged_back")
    );
    assert_eq!(town.count("select count(*) from audit_log where action = 'chargebacks.accept'").await, 1);
    let stranger = ben.member().await;
    let hidden = desk::show(&mut town.db.read().await.unwrap(), &stranger, id).await;
    assert!(matches!(hidden, Err(Refusal::NotFound)), "{hidden:?}");
}

#[tokio::test]
async fn staff_refunds_what_a_bank_asks_about() {
    let town = Town::new().await;
    let (_, _, deal) = paid(&town).await;
    let fay = finance(&town).await;
    bank_asks(&town, &deal).await;
    let (id, why) = (the_one(&town).await, Reason::read("They are right.").unwrap());
    let by = fay.member().await;
    let mut tx = town.db.begin().await.unwrap();
    desk::refund_inquiry(&mut tx, &by, id, &why, super::BASE).await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
    assert_eq!((state(&town, id).await.as_str(), holds(&town).await), ("inquiry_closed", 0));
    assert_eq!(town.state(deal.order()).await, "refunded");
}

#[tokio::test]
async fn nobody_answers_about_their_own_deal() {
    let town = Town::new().await;
    let seller = town.staff("Fay", &[Role::Finance]).await;
    let ben = town.person("Ben").await;
    let deal = ben.buys(&seller.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    bank_takes(&town, &deal).await;
    let (id, by) = (the_one(&town).await, seller.member().await);
    let mut tx = town.db.begin().await.unwrap();
    let refused = desk::submit(&mut tx, &by, id, super::BASE).await;
    assert!(matches!(refused, Err(Refusal::Conflict("chargeback-own"))), "{refused:?}");
    let shown = desk::show(&mut tx, &by, id).await.unwrap();
    assert!(shown.is_own);
}
