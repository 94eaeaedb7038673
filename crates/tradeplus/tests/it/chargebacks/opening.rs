//! What happens when a bank asks, and when it takes the money.

use super::{
    at_the_bank, bank_asks, bank_says, bank_takes, finance, has_subject, holds, network_warns, paid,
    released, state, the_one, times_sent,
};
use kernel::Refusal;
use ledger::Account;
use testkit::{Person, Town};
use time::Duration;

#[tokio::test]
async fn an_inquiry_moves_no_money_and_holds_everything() {
    let town = Town::new().await;
    let (ann, _, deal) = paid(&town).await;
    let fay = finance(&town).await;
    let dispute = bank_asks(&town, &deal).await;
    let (id, order) = (the_one(&town).await, deal.order());
    assert_eq!(state(&town, id).await, "inquiry");
    assert_eq!((at_the_bank(&town, order).await, holds(&town).await), ((0, 0), 1));
    let total = town.order(order).await.total.amount;
    assert_eq!(town.balance(&Account::Escrow(order)).await, total, "it is where it was");
    assert!(
        has_subject(&town, &ann, "asks a question").await
            && has_subject(&town, &fay, "waits for an answer").await
    );
    assert_eq!(
        town.count("select count(*) from tickets where kind = 'chargeback' and closed_at is null").await,
        1
    );
    bank_says(&town, &dispute, "closed").await;
    assert_eq!((state(&town, id).await.as_str(), holds(&town).await), ("inquiry_closed", 0));
    assert_eq!(
        town.count("select count(*) from tickets where kind = 'chargeback' and closed_at is null").await,
        0
    );
    assert_eq!(town.state(order).await, "paid", "and goes on");
    ann.takes(order, "ship").await;
}

#[tokio::test]
async fn an_inquiry_that_becomes_a_chargeback_is_one_case() {
    let town = Town::new().await;
    let (ann, _, deal) = paid(&town).await;
    let dispute = bank_asks(&town, &deal).await;
    bank_says(&town, &dispute, "escalated").await;
    let id = the_one(&town).await;
    assert_eq!(state(&town, id).await, "needs_response");
    let total = town.order(deal.order()).await.total.amount;
    assert_eq!((at_the_bank(&town, deal.order()).await, holds(&town).await), ((total, 0), 1));
    assert!(has_subject(&town, &ann, "wants the payment back").await);
    let steps = "select count(*) from chargeback_events where transition in ('inquiry', 'escalated')";
    assert_eq!(town.count(steps).await, 2);
}

#[tokio::test]
async fn a_disputed_payment_is_not_refunded_as_well() {
    let town = Town::new().await;
    let (ann, _, deal) = paid(&town).await;
    bank_takes(&town, &deal).await;
    let refused = ann.step(deal.order(), "cancel_by_seller").await;
    assert!(matches!(refused, Err(Refusal::Conflict("order-held"))), "{refused:?}");
    town.later(Duration::days(6)).await;
    assert_eq!(town.state(deal.order()).await, "paid", "silence would have refunded it");
    assert_eq!(town.count("select count(*) from refunds").await, 0);
}

#[tokio::test]
async fn what_was_released_is_set_aside() {
    let town = Town::new().await;
    let (ann, _, deal) = released(&town).await;
    let order = town.order(deal.order()).await;
    bank_takes(&town, &deal).await;
    assert_eq!(at_the_bank(&town, order.id).await, (order.total.amount, order.seller_part().amount));
    assert_eq!(town.balance(&Account::SellerPayable(ann.id)).await, 0);
    assert_eq!(town.balance(&Account::SellerReserve(ann.id)).await, 0, "what is kept back, too");
    town.later(Duration::days(100)).await;
    let left =
        "select count(*) from settlements where state in ('payable', 'transferred', 'in_payout', 'paid_out')";
    assert_eq!(town.count(left).await, 0, "nothing of it goes to the seller meanwhile");
}

#[tokio::test]
async fn evidence_is_sent_once_and_a_day_before_the_deadline_of_itself() {
    let town = Town::new().await;
    let (ann, _, deal) = paid(&town).await;
    let fay = finance(&town).await;
    ann.takes(deal.order(), "ship").await;
    let dispute = bank_takes(&town, &deal).await;
    let id = the_one(&town).await;
    let drafted = "select count(*) from chargeback_evidence where
        (field = 'shipping_tracking_number' and words = 'JD0146000091') or (field = 'shipping_carrier' and words = 'DHL')
        or (field = 'shipping_address' and words = 'DE') or (field = 'product_description' and words like '%Lamp%')";
    assert_eq!(town.count(drafted).await, 4, "with what is known");
    assert_eq!(super::timer(&town, id).await, town.now() + Duration::days(13));
    town.later(Duration::days(13) - Duration::hours(1)).await;
    assert_eq!((state(&town, id).await.as_str(), times_sent(&town, &dispute)), ("needs_response", 0));
    town.later(Duration::hours(1)).await;
    assert_eq!((state(&town, id).await.as_str(), times_sent(&town, &dispute)), ("under_review", 1));
    assert!(has_subject(&town, &fay, "answered by itself").await);
    assert!(has_subject(&town, &ann, "we have answered the bank").await);
    town.later(Duration::days(2)).await;
    assert_eq!(times_sent(&town, &dispute), 1, "never again");
    assert_eq!(town.count("select count(*) from chargebacks where submitted_at is not null").await, 1);
}

#[tokio::test]
async fn an_inquiry_is_answered_in_time_too() {
    let town = Town::new().await;
    let (_, _, deal) = paid(&town).await;
    let dispute = bank_asks(&town, &deal).await;
    town.later(Duration::days(13)).await;
    assert_eq!(
        (state(&town, the_one(&town).await).await.as_str(), times_sent(&town, &dispute)),
        ("inquiry", 1)
    );
    assert_eq!(town.count("select count(*) from chargebacks where submitted_at is not null").await, 1);
}

#[tokio::test]
async fn a_warning_holds_and_tells() {
    let town = Town::with(|config| config.fraud.refund_on_warning = false).await;
    let (ann, ben, deal) = paid(&town).await;
    network_warns(&town, &deal).await;
    network_warns(&town, &deal).await;
    assert_eq!(town.count("select count(*) from fraud_warnings").await, 2, "two warnings of one payment");
    assert_eq!(
        town.count("select count(*) from order_holds where kind = 'fraud' and lifted_at is null").await,
        1
    );
    assert_eq!(town.count("select count(*) from tickets where kind = 'fraud_warning'").await, 2);
    ann.takes(deal.order(), "ship").await;
    let refused = ben.step(deal.order(), "confirm_early").await;
    assert!(matches!(refused, Err(Refusal::Conflict("order-held"))), "{refused:?}");
    ben.get(&format!("/orders/{}", deal.order())).await.is(200).hides("fraud");
    assert_eq!(town.count("select count(*) from refunds").await, 0, "nobody is refunded unasked");
}

#[tokio::test]
async fn a_warning_pays_back_what_was_not_sent() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let zoe = town.person("Zoe").await;
    let (lamp, vase) = (ann.listing("Lamp").live().await, zoe.listing("Vase").live().await);
    let deal = ben.buys_all(&[(lamp.id, 1), (vase.id, 1)], true).await.unwrap();
    ben.pays(&deal).await;
    town.run_jobs().await;
    let of = |who: &Person| deal.orders.iter().find(|order| order.seller == who.id).unwrap().clone();
    let (anns, zoes) = (of(&ann), of(&zoe));
    zoe.takes(zoes.id, "ship").await;
    network_warns(&town, &deal).await;
    network_warns(&town, &deal).await;
    assert_eq!(town.state(anns.id).await, "refunded", "it goes back to the card");
    assert_eq!(town.state(zoes.id).await, "shipped", "what is on its way waits");
    assert_eq!(town.count("select count(*) from refunds").await, 1);
    assert_eq!(town.count("select amount from refunds").await, anns.total.amount);
    let held = "select count(*) from order_holds where kind = 'fraud' and lifted_at is null";
    assert_eq!(town.count(held).await, 1);
    assert_eq!(town.listing(lamp.id).await.available(), 1, "it is for sale again");
    let told = "select count(*) from tickets where kind = 'fraud_warning' and detail -> 'refunded' <> '[]'";
    assert_eq!(town.count(told).await, 1);
    let why = "select count(*) from audit_log where action = 'orders.decide' and actor_id is null";
    assert_eq!(town.count(why).await, 1);
    assert!(has_subject(&town, &ann, "please do not send it").await);
    assert!(!has_subject(&town, &zoe, "please do not send it").await);
    ben.get(&format!("/orders/{}", anns.id)).await.is(200).hides("fraud");
}
