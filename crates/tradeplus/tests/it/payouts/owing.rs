//! What buyers get back after the release, and what their sellers owe for it.

use super::{GOOD, arrives, booked, completed, faults, hours, sets_up, settled, states, transferred};
use ledger::Account;
use market::accounts::model::Role;
use market::orders::model::StepData;
use market::payments::sandbox::{Fault, Planned};
use market::privacy::leaving;
use testkit::Town;
use time::Duration;

#[tokio::test]
async fn a_refund_after_the_transfer_takes_it_back() {
    let town = Town::new().await;
    let (ann, _, order) = transferred(&town).await;
    let cy = town.staff("Cy", &[Role::Support]).await;
    let (there, kept) = (settled(&town, order, "sale").await, settled(&town, order, "reserve").await);
    assert_eq!((there, kept), (594, 66), "a tenth of 7.00 less 8 % of 5.00 is kept back");
    let reason = Some("Both sides were heard.".to_owned());
    let data = StepData { reason, amount: Some(400), ..StepData::default() };
    cy.step_with(order, "refund_part_after_release", &data).await.unwrap();
    // Of 3.00 her part is 2.92: 3.68 go back, of which the first 66 cents are still here.
    let owed = 660 - 292 - kept;
    assert_eq!(town.balance(&Account::SellerReceivable(ann.id)).await, owed, "the buyer does not wait");
    hours(&town, 2).await;
    assert_eq!(town.state(order).await, "completed_partial");
    assert_eq!(town.count("select taken_amount from settlements where kind = 'sale'").await, owed);
    assert_eq!(states(&town, &ann, "sale").await, ["transferred"], "the rest is still hers");
    assert_eq!(town.balance(&Account::Connected(ann.id, "sandbox".to_owned())).await, 292);
    assert_eq!(town.count("select count(*) from seller_debts where state = 'recovered'").await, 1);
    assert_eq!(town.balance(&Account::SellerReceivable(ann.id)).await, 0);
    let shown = booked(&town, order).await;
    assert!(shown.iter().any(|kind| kind == "debt_recovered"), "{shown:?}");
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn a_refused_reversal_becomes_a_debt_and_the_next_sale_pays_it() {
    let town = Town::new().await;
    let (ann, ben, order) = transferred(&town).await;
    town.sim().plan(Planned::new(Fault::ReversalRefused));
    let owed = settled(&town, order, "sale").await;
    ann.takes(order, "goodwill_refund").await;
    hours(&town, 2).await;
    assert_eq!(town.state(order).await, "refunded", "the buyer does not wait");
    let open = "select amount - recovered_amount from seller_debts where state = 'open'";
    assert_eq!(town.count(open).await, owed);
    assert_eq!(town.balance(&Account::SellerReceivable(ann.id)).await, owed);
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|s| s.starts_with("You owe")), "{subjects:?}");
    assert_eq!(faults(&town).await, [""; 0]);

    completed(&town, &ann, &ben, 2_000).await;
    town.later(Duration::days(7)).await;
    hours(&town, 4).await;
    assert_eq!(
        town.count("select count(*) from seller_debts where state = 'recovered' and closed_at is not null")
            .await,
        1
    );
    assert_eq!(town.count("select max(netted_amount) from settlements").await, owed);
    assert_eq!(town.balance(&Account::SellerReceivable(ann.id)).await, 0);
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|s| s.contains("owe nothing any more")), "{subjects:?}");
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn debts_are_paid_oldest_first_and_the_last_unit_closes_one() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (first, second) = (completed(&town, &ann, &ben, 500).await, completed(&town, &ann, &ben, 500).await);
    sets_up(&town, &ann, GOOD).await;
    arrives(&town).await;
    assert_eq!(states(&town, &ann, "sale").await, ["paid_out", "paid_out"], "both are at her bank");
    let mut owed = Vec::new();
    for order in [first, second] {
        ann.takes(order, "goodwill_refund").await;
        hours(&town, 1).await;
        assert_eq!(town.state(order).await, "refunded");
        owed.push(settled(&town, order, "sale").await);
    }
    let third = completed(&town, &ann, &ben, 900).await;
    let brought = settled(&town, third, "sale").await;
    assert!(owed[0] < brought && brought < owed[0] + owed[1], "{brought} of {owed:?}");
    town.later(Duration::days(7)).await;
    hours(&town, 2).await;
    let debts = async || -> Vec<(i64, String)> {
        let all = "select recovered_amount, state from seller_debts order by debt_id";
        sqlx::query_as(all).fetch_all(&town.owner).await.unwrap()
    };
    let is = |amount: i64, state: &str| (amount, state.to_owned());
    assert_eq!(debts().await, [is(owed[0], "recovered"), is(brought - owed[0], "open")]);
    assert_eq!(town.count("select max(netted_amount) from settlements").await, brought);

    completed(&town, &ann, &ben, 2_000).await;
    town.later(Duration::days(7)).await;
    hours(&town, 2).await;
    assert_eq!(debts().await, [is(owed[0], "recovered"), is(owed[1], "recovered")]);
    assert_eq!(town.balance(&Account::SellerReceivable(ann.id)).await, 0);
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn who_is_owed_or_owes_cannot_vanish() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    completed(&town, &ann, &ben, 500).await;
    let mut reader = town.db.read().await.unwrap();
    let obstacles = leaving::obstacles(&mut reader, &ann.member().await).await.unwrap();
    assert!(obstacles.is_paid_out && obstacles.money.len() == 1 && obstacles.owes.is_empty());
    assert!(!obstacles.is_empty());
    assert!(leaving::obstacles(&mut reader, &ben.member().await).await.unwrap().is_empty());
}
