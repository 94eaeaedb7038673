//! What providers say comes late, twice, and in any order.

use super::{at_the_bank, eur, hears, holds, says, state};
use ledger::Account;
use market::payments::provider::DisputeState::{self, *};
use testkit::{Deal, Person, Town};

/// All orders of some news.
fn orders(news: &[DisputeState]) -> Vec<Vec<DisputeState>> {
    if news.len() < 2 {
        return vec![news.to_vec()];
    }
    let mut all = Vec::new();
    for (n, first) in news.iter().enumerate() {
        let rest: Vec<DisputeState> =
            news.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, s)| *s).collect();
        all.extend(orders(&rest).into_iter().map(|rest| [vec![*first], rest].concat()));
    }
    all
}

async fn deal(_town: &Town, ann: &Person, ben: &Person) -> Deal {
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    deal
}

#[tokio::test]
async fn won_lost_and_prevented_in_any_order_of_news() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    for (end, order_ends, name) in
        [(Won, "paid", "won"), (Lost, "charged_back", "lost"), (Prevented, "paid", "prevented")]
    {
        for (n, news) in orders(&[Inquiry, NeedsResponse, UnderReview, end]).into_iter().enumerate() {
            let deal = deal(&town, &ann, &ben).await;
            let reference = format!("du_{name}_{n}");
            let mut id = None;
            for state in &news {
                let said = says(&town, &deal, &reference, *state).await;
                id = hears(&town, &said).await;
                assert_eq!(hears(&town, &said).await, id, "twice is once");
            }
            let (order, id) = (deal.order(), id.unwrap());
            assert_eq!(state(&town, id).await, name, "{news:?}");
            assert_eq!(town.state(order).await, order_ends, "{news:?}");
            assert_eq!(at_the_bank(&town, order).await, (0, 0), "{news:?}");
            let escrow = town.balance(&Account::Escrow(order)).await;
            let left = if end == Lost { 0 } else { deal.payment.amount.amount };
            assert_eq!((escrow, holds(&town).await), (left, 0), "{news:?}");
        }
    }
    assert_eq!(town.balance(&Account::ChargebackLosses).await, 0);
}

#[tokio::test]
async fn the_fee_is_ours_and_comes_back_if_it_does() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    for (kept, name) in [(2_000, "du_kept"), (500, "du_back")] {
        let deal = deal(&town, &ann, &ben).await;
        let before = town.balance(&Account::DisputeFees).await;
        hears(&town, &says(&town, &deal, name, NeedsResponse).await).await.unwrap();
        assert_eq!(town.balance(&Account::DisputeFees).await, before + 2_000);
        let mut won = says(&town, &deal, name, Won).await;
        won.fee = eur(kept);
        hears(&town, &won).await.unwrap();
        assert_eq!(town.balance(&Account::DisputeFees).await, before + kept);
    }
}

#[tokio::test]
async fn what_is_not_ours_is_told_to_staff() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = deal(&town, &ann, &ben).await;
    let mut said = says(&town, &deal, "du_strange", NeedsResponse).await;
    said.payment = "pi_of_nobody".to_owned();
    assert_eq!(hears(&town, &said).await, None);
    assert_eq!(hears(&town, &said).await, None);
    assert_eq!(town.count("select count(*) from chargebacks").await, 0);
    assert_eq!(town.count("select count(*) from tickets where kind = 'chargeback'").await, 1);
}

#[tokio::test]
async fn two_disputes_of_one_payment_hold_it_until_both_are_over() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = deal(&town, &ann, &ben).await;
    for name in ["du_1", "du_2"] {
        let mut said = says(&town, &deal, name, NeedsResponse).await;
        said.amount = eur(100);
        hears(&town, &said).await.unwrap();
    }
    for (name, left) in [("du_1", 1), ("du_2", 0)] {
        let mut said = says(&town, &deal, name, Won).await;
        said.amount = eur(100);
        hears(&town, &said).await.unwrap();
        assert_eq!(holds(&town).await, left, "{name}");
    }
}
