//! What waits, why, and until when.

use super::{GOOD, account, completed, faults, hours, sets_up, stands, states};
use kernel::Moment;
use market::holds::{self, NewHold};
use market::payouts::{Balance, overview, trust};
use process::Hold;
use testkit::{Person, Town};
use time::Duration;

async fn balance(town: &Town, who: &Person) -> Balance {
    let mut reader = town.db.read().await.unwrap();
    let all = overview::overview(&mut reader, &town.market.payout_terms(), who.id).await.unwrap();
    assert_eq!(all.balances.len(), 1);
    all.balances.into_iter().next().unwrap()
}

/// Why and until when each part waits, the shortest wait first.
async fn reasons(town: &Town, who: &Person) -> Vec<(String, Option<Moment>)> {
    balance(town, who).await.on_hold.into_iter().map(|it| (it.because, it.until)).collect()
}

#[tokio::test]
async fn a_sale_waits_and_says_why_and_until_when() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    completed(&town, &ann, &ben, 10_000).await;
    let now = town.now();
    let expected = [
        ("tier".to_owned(), Some(now + Duration::days(7))),
        ("reserve".to_owned(), Some(now + Duration::days(90))),
    ];
    assert_eq!(reasons(&town, &ann).await, expected, "the parcel had a number, and she has just begun");
    let before = balance(&town, &ann).await;
    assert!(before.payable.is_zero() && before.next_run.is_none() && !before.waiting.is_zero());

    town.later(Duration::days(7)).await;
    assert_eq!(reasons(&town, &ann).await[0], ("account".to_owned(), None), "now it waits for her");
    assert_eq!(states(&town, &ann, "sale").await, ["on_hold"]);
    sets_up(&town, &ann, GOOD).await;
    stands(&town, &ann, "restricted", GOOD).await;
    assert_eq!(reasons(&town, &ann).await[0].0, "account-asks");
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn the_reserve_comes_later_of_itself() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    completed(&town, &ann, &ben, 10_000).await;
    sets_up(&town, &ann, GOOD).await;
    town.later(Duration::days(7)).await;
    hours(&town, 4).await;
    town.later(Duration::days(6)).await;
    hours(&town, 2).await;
    assert_eq!(states(&town, &ann, "sale").await, ["paid_out"]);
    assert_eq!(states(&town, &ann, "reserve").await, ["on_hold"]);
    assert_eq!(faults(&town).await, [""; 0]);

    town.later(Duration::days(80)).await;
    hours(&town, 4).await;
    town.later(Duration::days(8)).await;
    hours(&town, 2).await;
    let later = states(&town, &ann, "reserve").await;
    assert!(matches!(later[0].as_str(), "transferred" | "in_payout" | "paid_out"), "{later:?}");
    assert_eq!(town.balance(&ledger::Account::SellerReserve(ann.id)).await, 0);
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn nothing_moves_while_the_order_is_held() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let order = completed(&town, &ann, &ben, 10_000).await;
    sets_up(&town, &ann, GOOD).await;
    let mut tx = town.db.begin().await.unwrap();
    let until = Some(town.now() + Duration::days(20));
    let new = NewHold { order, kind: Hold::Legal, because: "looked-at", note: "", by: None, until };
    holds::put(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    town.later(Duration::days(8)).await;
    hours(&town, 3).await;
    assert_eq!(states(&town, &ann, "sale").await, ["on_hold"]);
    assert_eq!(reasons(&town, &ann).await[0].0, "held");
    town.later(Duration::days(13)).await;
    hours(&town, 3).await;
    assert_ne!(states(&town, &ann, "sale").await, ["on_hold"]);
}

#[tokio::test]
async fn a_seller_without_details_is_reminded_four_times_and_then_staff_is_told() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    completed(&town, &ann, &ben, 10_000).await;
    for (day, reminders, is_told) in
        [(1, 1, true), (2, 1, false), (7, 2, true), (21, 3, true), (60, 4, true), (95, 5, false)]
    {
        let before = town.now();
        let since: Moment = sqlx::query_scalar("select min(created_at) from settlements")
            .fetch_one(&town.owner)
            .await
            .unwrap();
        town.later(since + Duration::days(day) - town.now()).await;
        town.round().await;
        assert_eq!(account(&town, &ann).await.reminders, reminders, "day {day}");
        let mails = town.mails_to(&ann.email).await;
        let new = mails.iter().filter(|mail| mail.created_at > before && mail.subject.contains("waiting"));
        assert_eq!(new.count(), usize::from(is_told), "day {day}");
    }
    assert_eq!(
        town.count("select count(*) from tickets where kind = 'payout_stuck' and subject_kind = 'member'")
            .await,
        1
    );
    sets_up(&town, &ann, GOOD).await;
    assert_eq!(account(&town, &ann).await.reminders, 0);
}

#[tokio::test]
async fn trust_rises_with_an_account_and_falls_by_disputes() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let order = completed(&town, &ann, &ben, 10_000).await;
    let tier = async || {
        trust::count(&town.db).await.unwrap();
        let mut reader = town.db.read().await.unwrap();
        market::payouts::tier_of(&mut reader, ann.id).await.unwrap().number
    };
    assert_eq!(tier().await, 0);
    sets_up(&town, &ann, GOOD).await;
    assert_eq!(tier().await, 1);
    let mut tx = town.db.begin().await.unwrap();
    let new =
        NewHold { order, kind: Hold::Chargeback, because: "chargeback", note: "", by: None, until: None };
    holds::put(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(tier().await, 0);
}
