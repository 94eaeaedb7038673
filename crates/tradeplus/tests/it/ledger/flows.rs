//! Every flow of money, step by step, with what stands where afterwards.

use super::{AT, balance, eur, new, post, provider_pending};
use kernel::{Currency, MemberId, Money, OrderId, RefundId};
use ledger::flows::{self, AtProvider, Shares};
use ledger::{Account, Entry};
use platform::Db;
use testkit::Town;

async fn post_all(db: &Db, entries: impl IntoIterator<Item = Result<Entry, ledger::EntryError>>) {
    for entry in entries {
        post(db, &entry.unwrap()).await.unwrap();
    }
}

async fn verified(db: &Db) -> ledger::Report {
    let report = ledger::verify(&mut db.read().await.unwrap()).await.unwrap();
    assert!(report.ok(), "{report}");
    report
}

#[tokio::test]
async fn paid_and_released() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller): (OrderId, MemberId) = (new(db), new(db));
    let shares = Shares { seller: eur(9_200), commission: eur(800), buyer_fee: eur(570) };
    post_all(db, [flows::paid(order, AT, eur(10_570), eur(337), now)]).await;
    assert_eq!(balance(db, &Account::Escrow(order)).await, 10_570);
    post_all(db, [flows::released(order, seller, shares, now)]).await;

    let balances = ledger::balances_of_owner(&mut db.read().await.unwrap(), seller).await.unwrap();
    assert_eq!(balances.len(), 1);
    assert_eq!((&balances[0].account, balances[0].money), (&Account::SellerPayable(seller), eur(9_200)));
    assert_eq!(balance(db, &Account::Escrow(order)).await, 0);
    assert_eq!(balance(db, &Account::Commission).await, 800);
    assert_eq!(balance(db, &Account::BuyerFee).await, 570);
    assert_eq!(balance(db, &Account::ProviderFees).await, 337);
    assert_eq!(balance(db, &provider_pending()).await, 10_233);

    let report = verified(db).await;
    let eur_totals = &report.totals[0];
    assert_eq!((eur_totals.assets, eur_totals.liabilities), (10_233, 9_200));
    assert_eq!((eur_totals.revenue, eur_totals.expenses), (1_370, 337));
}

#[tokio::test]
async fn refunded_in_part_and_the_rest_released() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller, refund): (OrderId, MemberId, RefundId) = (new(db), new(db), new(db));
    let rest = Shares { seller: eur(6_900), commission: eur(600), buyer_fee: eur(570) };
    post_all(
        db,
        [
            flows::paid(order, AT, eur(10_570), eur(337), now),
            flows::refund_asked(order, refund, eur(2_500), now),
            flows::released(order, seller, rest, now),
            flows::refund_settled(order, refund, AT, eur(2_500), now),
        ],
    )
    .await;
    for account in [Account::Escrow(order), Account::RefundInTransit(order)] {
        assert_eq!(balance(db, &account).await, 0, "{account}");
    }
    assert_eq!(balance(db, &Account::SellerPayable(seller)).await, 6_900);
    assert!(verified(db).await.in_transit.is_empty());
}

#[tokio::test]
async fn a_failed_refund_is_owed_until_it_is_paid_another_way() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, first, second): (OrderId, RefundId, RefundId) = (new(db), new(db), new(db));
    let all = eur(4_000);
    post_all(
        db,
        [
            flows::paid(order, AT, all, eur(146), now),
            flows::refund_asked(order, first, all, now),
            flows::refund_failed(order, first, all, now),
            flows::refund_again(order, second, all, now),
            flows::refund_failed(order, second, all, now),
        ],
    )
    .await;
    assert_eq!(balance(db, &Account::BuyerDue(order)).await, 4_000);
    let report = verified(db).await;
    assert_eq!(report.in_transit[0].account, Account::BuyerDue(order).code(Currency::EUR));

    let transfer = AtProvider { provider: AT.provider, reference: "transfer-77" };
    post_all(db, [flows::paid_another_way(order, second, transfer, all, now)]).await;
    assert_eq!(balance(db, &Account::BuyerDue(order)).await, 0);
    assert_eq!(balance(db, &provider_pending()).await, -146);
    assert!(verified(db).await.in_transit.is_empty());
}

#[tokio::test]
async fn an_orders_lines_tell_its_story() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, other, refund): (OrderId, OrderId, RefundId) = (new(db), new(db), new(db));
    post_all(
        db,
        [
            flows::paid(order, AT, eur(4_000), eur(146), now),
            flows::paid(other, AT, eur(1), eur(0), now),
            flows::refund_asked(order, refund, eur(4_000), now),
        ],
    )
    .await;
    let lines = ledger::lines_of(&mut db.read().await.unwrap(), order).await.unwrap();
    let told: Vec<(&str, String, Money)> =
        lines.iter().map(|l| (l.kind.as_str(), l.account.name().to_owned(), l.amount)).collect();
    let line = |kind, account: &str, amount| (kind, account.to_owned(), eur(amount));
    assert_eq!(
        told,
        [
            line("pay", "A:provider_pending", 4_000),
            line("pay", "L:escrow", -4_000),
            line("pay", "X:provider_fees", 146),
            line("pay", "A:provider_pending", -146),
            line("refund_asked", "L:escrow", 4_000),
            line("refund_asked", "L:refund_in_transit", -4_000),
        ]
    );
    assert_eq!(lines[0].provider_ref.as_deref(), Some(AT.reference));
    assert_eq!(lines[0].at, now);
}

#[tokio::test]
async fn currencies_do_not_mix() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, yen): (OrderId, Currency) = (new(db), "JPY".parse().unwrap());
    post_all(
        db,
        [
            flows::paid(order, AT, eur(500), eur(45), now),
            flows::paid(new(db), AT, Money::new(12_000, yen), Money::new(348, yen), now),
        ],
    )
    .await;
    assert_eq!(balance(db, &provider_pending()).await, 455);
    let mut reader = db.read().await.unwrap();
    let in_yen = ledger::balance_of(&mut reader, &provider_pending(), yen).await.unwrap();
    assert_eq!(in_yen, Money::new(11_652, yen));
    assert_eq!(verified(db).await.totals.len(), 2);
}
