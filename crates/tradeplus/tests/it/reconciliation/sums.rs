//! Sums: ours, sellers', and whether what is owed is there.

use super::{TWO_DAYS, Teller, at, book, clean, compare, eur, held, new, only, paid, refunded};
use kernel::{Currency, MemberId, SettlementId};
use ledger::flows;
use market::reconciliation::FindingKind;
use testkit::Town;
use time::Duration;

#[tokio::test]
async fn pending_and_available_are_the_providers_each() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    let order = paid(&town, &teller, "ch_1", 5_000, 175).await;
    town.clock.advance(Duration::days(1));
    paid(&town, &teller, "ch_2", 3_000, 117).await;
    clean(&compare(&town, &teller).await);
    assert_eq!(held(&town).await, (4_825 + 2_883, 0));
    town.clock.advance(Duration::days(1));
    refunded(&town, order, "re_1", 1_000).await;
    teller.line("refund", Some("re_1"), -1_000, 0);
    let report = compare(&town, &teller).await;
    clean(&report);
    assert_eq!(held(&town).await, (2_883 - 1_000, 4_825), "the first can be used, the refund is on its way");
    assert_eq!(report.run.balances[0].theirs, Some(report.run.balances[0].ours));
    town.clock.advance(Duration::days(7));
    clean(&compare(&town, &teller).await);
    assert_eq!(held(&town).await, (0, 4_825 + 2_883 - 1_000));
}

#[tokio::test]
async fn a_balance_that_is_not_its_lines_is_found() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    paid(&town, &teller, "ch_1", 5_000, 175).await;
    teller.lies("", 3);
    let report = compare(&town, &teller).await;
    let found = only(&report, FindingKind::BalanceDiffers);
    assert_eq!((found.ours, found.theirs), (Some(4_825), Some(4_828)));
    teller.lies("", 0);
    clean(&compare(&town, &teller).await);
    let open = "select count(*) from tickets where kind = 'balance_differs' and closed_at is null";
    assert_eq!(town.count(open).await, 0, "its ticket is closed with it");
}

/// Ann has an account of her own at the provider.
async fn account(town: &Town, member: MemberId) {
    let done = sqlx::query(
        "insert into seller_accounts (member_id, provider, account_ref, state, created_at, updated_at)
         values ($1, 'stripe', 'acct_1', 'active', now(), now())",
    )
    .bind(member.0)
    .execute(&town.owner)
    .await
    .unwrap();
    assert_eq!(done.rows_affected(), 1);
}

#[tokio::test]
async fn a_sellers_mirror_that_differs_is_found() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    let ann = town.person("Ann").await.id;
    account(&town, ann).await;
    let now = town.db.now();
    let order = paid(&town, &teller, "ch_1", 5_000, 175).await;
    let shares = flows::Shares {
        seller: eur(4_500),
        reserve: eur(0),
        commission: eur(500),
        buyer_fee: eur(0),
        taxes: &[],
    };
    book(&town, flows::released(order, ann, &shares, now)).await;
    let settlement: SettlementId = new(&town);
    book(&town, flows::transferred(settlement, ann, at("tr_1"), eur(4_500), now)).await;
    teller.line("transfer", Some("tr_1"), -4_500, 0);
    teller.line_of("acct_1", "payment", Some("py_1"), (4_500, 0, Currency::EUR));
    clean(&compare(&town, &teller).await);
    // Somebody took something there.
    teller.line_of("acct_1", "stripe_fee", None, (-20, 0, Currency::EUR));
    let report = compare(&town, &teller).await;
    let found = only(&report, FindingKind::MirrorDiffers);
    assert_eq!((found.about.as_str(), found.ours, found.theirs), ("acct_1", Some(4_500), Some(4_480)));
    assert_eq!(town.count("select count(*) from provider_lines where state = 'mirror'").await, 2);
}

/// Fees leave when a buyer pays and are earned when the order is released: so long nothing lacks.
#[tokio::test]
async fn what_is_owed_is_there_but_for_fees_that_are_earned_later() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    paid(&town, &teller, "ch_1", 5_000, 175).await;
    clean(&compare(&town, &teller).await);
    teller.line("stripe_fee", None, -40, 0);
    let report = compare(&town, &teller).await;
    let found = only(&report, FindingKind::CoverShort);
    assert_eq!((found.ours, found.theirs), (Some(5_000), Some(4_785)));
    let ticket = found.ticket.unwrap();
    let open = "select count(*) from tickets where key = 'cover:EUR' and closed_at is null";
    let known = market::tickets::find(&mut town.db.read().await.unwrap(), ticket).await.unwrap();
    assert_eq!((known.amount, known.closed_at), (Some(eur(40)), None));
    book(&town, flows::topped_up(at("tu_1"), eur(40), town.db.now())).await;
    teller.line("topup", Some("tu_1"), 40, 0);
    clean(&compare(&town, &teller).await);
    assert_eq!(town.count(open).await, 0, "its ticket is closed with it");
    town.clock.advance(TWO_DAYS);
    clean(&compare(&town, &teller).await);
}
