//! From a sale to its seller's bank, and what goes wrong on the way.

use super::{
    CLOSED, DOLLARS, GOOD, OTHER, account, booked, completed, completed_in, faults, hours, sets_up, stands,
    states,
};
use ledger::Account;
use market::payments::sandbox::{Fault, Planned};
use market::payouts::jobs;
use testkit::{Person, Town};
use time::Duration;

/// Ann has sold a thing and set her payouts up; its wait is over in an hour.
async fn due(town: &Town, bank: &str) -> Person {
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    completed(town, &ann, &ben, 10_000).await;
    sets_up(town, &ann, bank).await;
    town.later(Duration::days(7)).await;
    ann
}

async fn payout_states(town: &Town) -> Vec<String> {
    sqlx::query_scalar("select state from payouts order by payout_id").fetch_all(&town.owner).await.unwrap()
}

/// Until the provider has said how it ended.
async fn arrives(town: &Town) {
    hours(town, 4).await;
    for _ in 0..5 {
        town.later(Duration::days(1)).await;
        town.round().await;
    }
}

#[tokio::test]
async fn a_sale_reaches_its_sellers_bank() {
    let town = Town::new().await;
    let ann = due(&town, GOOD).await;
    // What happened is kept for a few days only.
    let mut told = town.told().await;
    arrives(&town).await;
    assert_eq!(states(&town, &ann, "sale").await, ["paid_out"]);
    assert_eq!(payout_states(&town).await, ["paid"]);
    assert_eq!(town.sim().count("transfer").await, 1);
    assert_eq!(town.sim().count("payout").await, 1);
    for account in [
        Account::SellerPayable(ann.id),
        Account::Connected(ann.id, "sandbox".to_owned()),
        Account::PayoutInTransit(ann.id, "sandbox".to_owned()),
        Account::SellerAtProvider(ann.id, "sandbox".to_owned()),
    ] {
        assert_eq!(town.balance(&account).await, 0, "{account}");
    }
    let order: uuid::Uuid =
        sqlx::query_scalar("select order_id from orders").fetch_one(&town.owner).await.unwrap();
    let shown = booked(&town, kernel::OrderId(order)).await;
    for kind in ["pay", "release", "transfer", "payout_created", "payout_paid"] {
        assert!(shown.iter().any(|it| it == kind), "{kind}: {shown:?}");
    }
    told.extend(town.told().await);
    for kind in ["settled", "cleared", "transferred", "created", "paid", "account_changed"] {
        assert!(told.contains(&format!("payouts.{kind}")), "{kind}");
    }
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|subject| subject.contains("is on its way to you")), "{subjects:?}");
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn a_lost_answer_to_a_transfer_is_one_transfer() {
    let town = Town::new().await;
    let ann = due(&town, GOOD).await;
    town.sim().plan(Planned::new(Fault::AnswerLost).on("POST", "/v1/transfers"));
    for _ in 0..6 {
        town.clock.advance(Duration::HOUR);
        // Whoever gets no answer asks again later; until then that is a failure of theirs.
        let _ = town.try_round().await;
    }
    hours(&town, 3).await;
    assert_eq!(town.sim().count("transfer").await, 1);
    let there = states(&town, &ann, "sale").await;
    assert!(!["payable", "transferring", "transfer_unknown"].contains(&there[0].as_str()), "{there:?}");
    assert_eq!(town.count("select count(*) from ledger.entries where kind = 'transfer'").await, 1);
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn one_payout_gathers_what_is_due_in_its_currency() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    for price in [6_000, 7_000] {
        completed(&town, &ann, &ben, price).await;
    }
    sets_up(&town, &ann, GOOD).await;
    town.later(Duration::days(9)).await;
    arrives(&town).await;
    let items = "select count(*) from payout_items i join payouts p using (payout_id) where p.state = 'paid'";
    let most = "select max(n) from (select count(*) n from payout_items group by payout_id) x";
    assert_eq!(town.count(items).await, 2);
    assert!(town.count(most).await >= 1);
    assert_eq!(town.balance(&Account::SellerAtProvider(ann.id, "sandbox".to_owned())).await, 0);
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn below_the_minimum_it_waits_for_more_but_not_for_ever() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    completed(&town, &ann, &ben, 500).await;
    sets_up(&town, &ann, GOOD).await;
    town.later(Duration::days(7)).await;
    hours(&town, 4).await;
    assert_eq!(states(&town, &ann, "sale").await, ["transferred"]);
    assert_eq!(payout_states(&town).await, [""; 0]);
    town.later(Duration::days(84)).await;
    hours(&town, 4).await;
    assert_eq!(payout_states(&town).await.len(), 1);
}

#[tokio::test]
async fn a_failed_payout_asks_for_another_bank_and_waits_three_days() {
    let town = Town::new().await;
    let ann = due(&town, CLOSED).await;
    arrives(&town).await;
    assert_eq!(payout_states(&town).await, ["failed"]);
    assert_eq!(states(&town, &ann, "sale").await, ["blocked"]);
    assert_eq!(account(&town, &ann).await.blocked_because.as_deref(), Some("account_closed"));
    let mail = town.mails_to(&ann.email).await.into_iter().find(|m| m.subject.contains("did not arrive"));
    assert!(mail.is_some_and(|m| m.text.contains("The bank account is closed")));
    assert_eq!(faults(&town).await, [""; 0]);

    stands(&town, &ann, "active", OTHER).await;
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|s| s.contains("another bank account")), "{subjects:?}");
    let held = account(&town, &ann).await;
    assert_eq!((held.blocked_because, held.cool_until), (None, Some(town.now() + Duration::hours(72))));
    hours(&town, 71).await;
    assert_eq!(payout_states(&town).await, ["failed"], "it waits");
    arrives(&town).await;
    town.later(Duration::days(3)).await;
    hours(&town, 2).await;
    assert_eq!(payout_states(&town).await, ["dissolved", "paid"]);
    assert_eq!(states(&town, &ann, "sale").await, ["paid_out"]);
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn what_a_bank_does_not_take_waits_and_other_currencies_go_on() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    completed(&town, &ann, &ben, 10_000).await;
    completed_in(&town, &ann, &ben, (10_000, "USD")).await;
    sets_up(&town, &ann, DOLLARS).await;
    town.later(Duration::days(9)).await;
    arrives(&town).await;
    let ended = async || -> Vec<(String, String)> {
        let all = "select currency, state from payouts order by currency, payout_id";
        sqlx::query_as(all).fetch_all(&town.owner).await.unwrap()
    };
    let is = |currency: &str, state: &str| (currency.to_owned(), state.to_owned());
    assert_eq!(ended().await, [is("EUR", "failed"), is("USD", "paid")]);
    let there = account(&town, &ann).await;
    assert_eq!((there.blocked_because, there.payouts_on), (None, true), "nothing is wrong with the account");
    hours(&town, 30).await;
    assert_eq!(ended().await.len(), 2, "it is not tried again and again");
    assert_eq!(faults(&town).await, [""; 0]);

    stands(&town, &ann, "active", OTHER).await;
    town.later(Duration::days(3)).await;
    arrives(&town).await;
    town.later(Duration::days(3)).await;
    hours(&town, 2).await;
    assert_eq!(ended().await, [is("EUR", "dissolved"), is("EUR", "paid"), is("USD", "paid")]);
    assert_eq!(states(&town, &ann, "sale").await, ["paid_out"; 2]);
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn a_payout_that_fails_after_it_was_paid_is_booked_back() {
    let town = Town::new().await;
    let ann = due(&town, GOOD).await;
    town.sim().plan(Planned::new(Fault::PayoutFailsAfterPaid));
    // It comes back a minute after it was paid, and is looked at in between.
    hours(&town, 32).await;
    assert_eq!(payout_states(&town).await[0], "returned");
    let back = "select count(*) from ledger.entries where kind in ('payout_paid', 'payout_returned')";
    assert_eq!(town.count(back).await, 2);
    assert_eq!(states(&town, &ann, "sale").await, ["blocked"]);
    assert!(account(&town, &ann).await.blocked_because.is_some());
    assert_eq!(faults(&town).await, [""; 0]);
}

#[tokio::test]
async fn two_gatherers_gather_once() {
    let town = Town::new().await;
    let ann = due(&town, GOOD).await;
    let provider = town.market.providers.named("sandbox").unwrap();
    let terms = town.market.payout_terms();
    jobs::clear(&town.db, jobs::Clear {}).await.unwrap();
    jobs::move_on(&town.db, provider).await.unwrap();
    let asked: Vec<(uuid::Uuid,)> =
        sqlx::query_as("select settlement_id from settlements where state = 'transferring'")
            .fetch_all(&town.owner)
            .await
            .unwrap();
    for (id,) in asked {
        let job =
            jobs::MoveSettlement { settlement: kernel::SettlementId(id), provider: "sandbox".to_owned() };
        jobs::move_settlement(&town.db, provider, job).await.unwrap();
    }
    let (one, other) =
        tokio::join!(jobs::gather(&town.db, provider, &terms), jobs::gather(&town.db, provider, &terms),);
    one.unwrap();
    other.unwrap();
    assert!(payout_states(&town).await.len() <= 1);
    arrives(&town).await;
    assert_eq!(town.count("select count(*) from payout_items").await, 1);
    assert_eq!(states(&town, &ann, "sale").await, ["paid_out"]);
}

#[tokio::test]
async fn a_changed_bank_pauses_payouts_and_tells_the_old_address_too() {
    let town = Town::new().await;
    let ann = due(&town, GOOD).await;
    stands(&town, &ann, "active", OTHER).await;
    arrives(&town).await;
    let changed = "select count(*) from audit_log where action = 'payouts.bank_changed'";
    assert_eq!(town.count(changed).await, 1);
    assert_eq!(
        town.count("select count(*) from security_events where kind = 'payout-bank-changed'").await,
        1
    );
    let first: time::OffsetDateTime =
        sqlx::query_scalar("select min(created_at) from payouts").fetch_one(&town.owner).await.unwrap();
    let until = account(&town, &ann).await.cool_until.unwrap();
    assert!(first >= until, "{first} {until}");
}

#[tokio::test]
async fn two_sellers_with_one_bank_open_a_ticket() {
    let town = Town::new().await;
    let (ann, zoe) = (town.person("Ann").await, town.person("Zoe").await);
    sets_up(&town, &ann, GOOD).await;
    let tickets = "select count(*) from tickets where kind = 'fraud_warning' and key like 'one_bank:%'";
    assert_eq!(town.count(tickets).await, 0);
    sets_up(&town, &zoe, GOOD).await;
    assert_eq!(town.count(tickets).await, 1);
    let mac = account(&town, &zoe).await.bank_mac.unwrap();
    assert!(!String::from_utf8_lossy(&mac).contains("3000"), "nobody reads the number out of it");
}
