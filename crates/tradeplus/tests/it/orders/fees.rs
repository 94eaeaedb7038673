//! An order of things under several rules of fees: each rule counts again on what is left, down to nothing.

use super::Street;
use kernel::{Currency, OrderId};
use ledger::Account;
use market::fees::{self, Fee, NewRule, SoldUnder};
use market::orders::model::StepData;
use time::Duration;

async fn makes(street: &Street, category: &str, commission: Fee, buyer: Fee) {
    let rule = NewRule {
        position: 1,
        title: format!("For {category}"),
        category: Some(category.to_owned()),
        tier: None,
        business: None,
        currency: Some(Currency::EUR),
        commission,
        buyer,
        begins_at: street.town.now(),
    };
    let mut tx = street.town.db.begin().await.unwrap();
    fees::make_rule(&mut tx, None, &rule).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the marketplace keeps of the only order, and what is the seller's.
async fn earned(street: &Street) -> (i64, i64, i64) {
    (
        street.town.balance(&Account::Commission).await,
        street.town.balance(&Account::BuyerFee).await,
        street.payable(street.ann.id).await,
    )
}

async fn gives_back(street: &Street, order: OrderId, amount: i64) {
    street.town.later(Duration::minutes(1)).await;
    let reason = Some("Both sides were heard.".to_owned());
    let data = StepData { reason, amount: Some(amount), ..StepData::default() };
    street.cy.step_with(order, "refund_part_after_release", &data).await.unwrap();
    street.town.run_jobs().await;
    assert_eq!(street.town.state(order).await, "completed_partial");
}

#[tokio::test]
async fn a_part_of_an_order_under_two_rules_is_counted_by_both() {
    let street = Street::new().await;
    makes(
        &street,
        "home.rugs",
        Fee { bp: 1_000, cap: Some(500), ..Fee::default() },
        Fee { fixed: 70, ..Fee::default() },
    )
    .await;
    makes(
        &street,
        "home.lighting",
        Fee { bp: 300, fixed: 20, min: 50, cap: None },
        Fee { bp: 100, fixed: 30, ..Fee::default() },
    )
    .await;
    let rug = street.ann.listing("Rug").category("home.rugs").price(10_000).live().await;
    let lamp = street.ann.listing("Lamp").price(2_000).live().await;
    let deal = street.ben.buys_all(&[(rug.id, 1), (lamp.id, 1)], true).await.unwrap();
    street.ben.pays(&deal).await;
    let order = deal.order();
    let sold = street.town.order(order).await;
    // 5.00 at most of the rug, 3 % and 20 cents of the lamp; of the buyer's fees one has its fixed part.
    assert_eq!((sold.commission.amount, sold.buyer_fee.amount, sold.total.amount), (580, 90, 12_490));
    let SoldUnder::Several(rules) = &sold.fee_rule else { panic!("{:?}", sold.fee_rule) };
    assert_eq!(rules.iter().map(|it| it.items).collect::<Vec<_>>(), [10_000, 2_000]);
    assert!(rules.iter().all(|it| it.rule.rule.is_some()), "{rules:?}");
    let of_legs: Vec<i64> = sqlx::query_scalar(
        "select commission_amount from order_legs where order_id = $1 and kind = 'item' order by amount desc",
    )
    .bind(order.0)
    .fetch_all(&street.town.owner)
    .await
    .unwrap();
    assert_eq!(of_legs, [500, 80]);

    street.walk(order, &[(&street.ann, "ship"), (&street.ben, "confirm_early")]).await;
    assert_eq!(earned(&street).await, (580, 90, 11_820));
    // Half of the things: 5.00 at most of half a rug, and 50 cents at least of half a lamp.
    gives_back(&street, order, 6_000).await;
    assert_eq!(earned(&street).await, (550, 90, 5_850));
    gives_back(&street, order, 3_601).await;
    // Of 23.99 the rug's share is 19.99 and the lamp's 3.99: no rule counts on the cent between them.
    assert_eq!(earned(&street).await, (250, 90, 2_549));
    street.ann.takes(order, "goodwill_refund").await;
    street.town.run_jobs().await;
    assert_eq!(street.town.state(order).await, "refunded");
    assert_eq!(earned(&street).await, (0, 0, 0), "the buyer's fee goes back with everything");
    assert_eq!(street.town.order(order).await.refunded.amount, 12_490);
}
