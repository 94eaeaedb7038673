//! Disputes, with Stripe's protocol and with Paystack's: asked, won, lost before and after the release, prevented, warned of.

use super::Bench;
use crate::chargebacks::{
    at_the_bank, bank_asks, bank_says, bank_takes, finance, holds, network_warns, paid, released, sends,
    state, the_one,
};
use kernel::OrderId;
use ledger::Account;
use serde_json::json;
use simulator::courier::Dialect;
use testkit::{Person, Town, cards};
use time::Duration;

mod stripe {
    use super::*;

    #[tokio::test]
    async fn an_inquiry_closed() {
        let town = Town::new().await;
        let (_, _, deal) = paid(&town).await;
        let dispute = bank_asks(&town, &deal).await;
        assert_eq!((at_the_bank(&town, deal.order()).await, holds(&town).await), ((0, 0), 1));
        bank_says(&town, &dispute, "closed").await;
        assert_eq!(
            (state(&town, the_one(&town).await).await.as_str(), holds(&town).await),
            ("inquiry_closed", 0)
        );
        assert_eq!(town.balance(&Account::DisputeFees).await, 0);
    }

    #[tokio::test]
    async fn a_dispute_won() {
        let town = Town::new().await;
        let (_, _, deal) = paid(&town).await;
        let fay = finance(&town).await;
        bank_takes(&town, &deal).await;
        sends(&town, &fay, "winning_evidence").await;
        town.later(Duration::minutes(2)).await;
        assert_eq!(state(&town, the_one(&town).await).await, "won");
        assert_eq!((at_the_bank(&town, deal.order()).await, holds(&town).await), ((0, 0), 0));
        assert_eq!(town.state(deal.order()).await, "paid");
        assert!(town.balance(&Account::DisputeFees).await > 0, "the fee is kept");
    }

    #[tokio::test]
    async fn a_dispute_lost_before() {
        let town = Town::new().await;
        let (_, _, deal) = paid(&town).await;
        let fay = finance(&town).await;
        bank_takes(&town, &deal).await;
        sends(&town, &fay, "losing_evidence").await;
        town.later(Duration::minutes(2)).await;
        assert_eq!(state(&town, the_one(&town).await).await, "lost");
        assert_eq!(town.state(deal.order()).await, "charged_back");
        assert_eq!(town.balance(&Account::Escrow(deal.order())).await, 0);
    }

    #[tokio::test]
    async fn a_dispute_lost_after() {
        let town = Town::new().await;
        let (ann, _, deal) = released(&town).await;
        let fay = finance(&town).await;
        bank_takes(&town, &deal).await;
        assert!(at_the_bank(&town, deal.order()).await.1 > 0, "the seller's part stands aside");
        sends(&town, &fay, "losing_evidence").await;
        town.later(Duration::minutes(2)).await;
        assert_eq!(town.state(deal.order()).await, "charged_back");
        assert_eq!(at_the_bank(&town, deal.order()).await, (0, 0));
        assert_eq!(town.balance(&Account::SellerPayable(ann.id)).await, 0);
        assert_eq!(town.balance(&Account::ChargebackLosses).await, 0);
    }

    #[tokio::test]
    async fn prevented() {
        let town = Town::new().await;
        let (_, _, deal) = paid(&town).await;
        let dispute = bank_takes(&town, &deal).await;
        bank_says(&town, &dispute, "prevented").await;
        assert_eq!((state(&town, the_one(&town).await).await.as_str(), holds(&town).await), ("prevented", 0));
        assert_eq!(at_the_bank(&town, deal.order()).await, (0, 0));
        assert_eq!(town.state(deal.order()).await, "paid");
    }

    #[tokio::test]
    async fn a_fraud_warning() {
        let town = Town::new().await;
        let (ann, _, deal) = paid(&town).await;
        ann.takes(deal.order(), "ship").await;
        network_warns(&town, &deal).await;
        let held = "select count(*) from order_holds where kind = 'fraud' and lifted_at is null";
        assert_eq!(town.count(held).await, 1);
        assert_eq!(town.count("select count(*) from tickets where kind = 'fraud_warning'").await, 1);
        town.later(Duration::days(7) + Duration::hours(1)).await;
        town.round().await;
        assert_eq!(town.count(held).await, 0, "for a week");
    }

    #[tokio::test]
    async fn a_fraud_warning_of_what_was_not_sent() {
        let town = Town::new().await;
        let (_, _, deal) = paid(&town).await;
        network_warns(&town, &deal).await;
        assert_eq!(town.state(deal.order()).await, "refunded");
        assert_eq!((town.sim().count("refund").await, holds(&town).await), (1, 0));
        assert_eq!(town.count("select count(*) from order_holds").await, 0);
    }
}

mod paystack {
    use super::*;

    /// A deal in naira, sent or not, which Ben's bank wants back.
    async fn disputed(is_released: bool) -> (Bench, Person, OrderId) {
        let bench = Bench::open(Dialect::Paystack).await;
        let deal = bench.checked_out().await;
        bench.types_card(&deal, cards::GOOD).await;
        bench.pass(Duration::ZERO).await;
        let order = deal.order();
        if is_released {
            bench.ann.takes(order, "ship").await;
            bench.ben.takes(order, "confirm_early").await;
            bench.town.run_jobs().await;
        }
        let fay = finance(&bench.town).await;
        bench.happens("disputes", json!({ "transaction": deal.payment.id })).await;
        (bench, fay, order)
    }

    /// Staff writes what happened, and it goes to the bank, which decides.
    async fn answers(bench: &Bench, who: &Person, words: &str) -> String {
        sends(&bench.town, who, words).await;
        let id = the_one(&bench.town).await;
        assert_eq!(state(&bench.town, id).await, "under_review");
        bench.pass(Duration::minutes(2)).await;
        state(&bench.town, id).await
    }

    async fn balance(bench: &Bench, account: &Account) -> i64 {
        let mut reader = bench.town.db.read().await.unwrap();
        ledger::balance_of(&mut reader, account, "NGN".parse().unwrap()).await.unwrap().amount
    }

    #[tokio::test]
    async fn a_dispute_won() {
        let (bench, fay, order) = disputed(false).await;
        assert_eq!(holds(&bench.town).await, 1);
        let held = Account::DisputeHeld(order);
        assert_eq!(balance(&bench, &held).await, 0, "it takes nothing before it is decided");
        assert_eq!(answers(&bench, &fay, "winning_evidence").await, "won");
        assert_eq!((holds(&bench.town).await, bench.town.state(order).await.as_str()), (0, "paid"));
        let calls = bench.calls();
        let answers =
            calls.iter().filter(|call| call.starts_with("PUT /dispute/") && call.ends_with("/resolve"));
        assert_eq!(answers.count(), 1, "{calls:?}");
    }

    #[tokio::test]
    async fn a_dispute_lost_before() {
        let (bench, fay, order) = disputed(false).await;
        assert_eq!(answers(&bench, &fay, "It was handed over.").await, "lost");
        assert_eq!(bench.town.state(order).await, "charged_back");
        for account in [Account::Escrow(order), Account::DisputeHeld(order)] {
            assert_eq!(balance(&bench, &account).await, 0, "{account}");
        }
    }

    #[tokio::test]
    async fn a_dispute_lost_after() {
        let (bench, fay, order) = disputed(true).await;
        let part = bench.town.order(order).await.seller_part().amount;
        assert_eq!(balance(&bench, &Account::DisputeReserve(order)).await, part);
        assert_eq!(answers(&bench, &fay, "It was handed over.").await, "lost");
        assert_eq!(bench.town.state(order).await, "charged_back");
        let ann = bench.ann.id;
        for account in
            [Account::SellerPayable(ann), Account::SellerReserve(ann), Account::DisputeReserve(order)]
        {
            assert_eq!(balance(&bench, &account).await, 0, "{account}");
        }
    }
}
