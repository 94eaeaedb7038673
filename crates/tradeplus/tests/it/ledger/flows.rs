//! Every flow of money, step by step, with what stands where afterwards.

use super::stories::{self, at, nothing, usd};
use super::{AT, Deal, balance, eur, new, post_all, provider_pending, verified, whole};
use kernel::{ChargebackId, Currency, MemberId, Money, OrderId, PayoutId, RefundId, SettlementId, TaxPlace};
use ledger::flows::{self, AtProvider, Gain, Shares, Taken};
use ledger::{Account, EntryKind};
use platform::Db;
use platform::chance::seeded;
use testkit::Town;

#[tokio::test]
async fn paid_and_released() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller): (OrderId, MemberId) = (new(db), new(db));
    let shares = whole(9_200, 800, 570);
    post_all(db, [flows::paid(order, AT, eur(10_570), eur(337), now)]).await;
    assert_eq!(balance(db, &Account::Escrow(order)).await, 10_570);
    post_all(db, [flows::released(order, seller, &shares, now)]).await;

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
async fn a_part_is_kept_back_and_taxes_are_owed() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller): (OrderId, MemberId) = (new(db), new(db));
    let (here, there) = (TaxPlace::parse("DE").unwrap(), TaxPlace::parse("US-CA").unwrap());
    let taxes = [(here, eur(500)), (there, eur(250))];
    let shares = Shares {
        seller: eur(8_100),
        reserve: eur(900),
        commission: eur(1_000),
        buyer_fee: eur(500),
        taxes: &taxes,
    };
    let total = shares.total().unwrap();
    assert_eq!(total, eur(11_250));
    let steps = [flows::paid(order, AT, total, eur(356), now), flows::released(order, seller, &shares, now)];
    post_all(db, steps).await;
    for (account, amount) in [
        (Account::Escrow(order), 0),
        (Account::SellerPayable(seller), 8_100),
        (Account::SellerReserve(seller), 900),
        (Account::Commission, 1_000),
        (Account::BuyerFee, 500),
        (Account::Tax(here), 500),
        (Account::Tax(there), 250),
    ] {
        assert_eq!(balance(db, &account).await, amount, "{account}");
    }
    verified(db).await;
}

#[tokio::test]
async fn refunded_in_part_and_the_rest_released() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller, refund): (OrderId, MemberId, RefundId) = (new(db), new(db), new(db));
    let rest = whole(6_900, 600, 570);
    post_all(
        db,
        [
            flows::paid(order, AT, eur(10_570), eur(337), now),
            flows::refund_asked(order, refund, eur(2_500), now),
            flows::released(order, seller, &rest, now),
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

/// Every kind of entry is one that some story writes, and the database lets each through.
#[tokio::test]
async fn every_kind_is_written_by_a_flow() {
    let town = Town::new().await;
    let dice = seeded(20_261);
    let mut steps = stories::own(&town.db, "own");
    for story in stories::ALL {
        steps.extend(story(&Deal::by_chance(&town.db, &dice), &town.db));
    }
    let written: Vec<&str> = steps.iter().map(|step| step.as_ref().unwrap().kind().as_str()).collect();
    let never: Vec<&str> =
        EntryKind::ALL.iter().map(|kind| kind.as_str()).filter(|kind| !written.contains(kind)).collect();
    assert_eq!(never, Vec::<&str>::new());
    post_all(&town.db, steps).await;
    assert!(verified(&town.db).await.in_transit.is_empty());
}

/// What stands on each of these accounts, in euros.
async fn stands(db: &Db, expected: &[(&Account, i64)]) {
    for (account, amount) in expected {
        assert_eq!(balance(db, account).await, *amount, "{account}");
    }
}

/// A thing of 100.00 with 5.00 of protection and 7.50 of tax, for which the provider keeps 3.56 and the marketplace 10.00; a tenth of
/// the seller's part is kept back.
#[tokio::test]
async fn each_flow_lands_where_the_journal_says() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller, refund): (OrderId, MemberId, RefundId) = (new(db), new(db), new(db));
    let (settlement, payout, chargeback): (SettlementId, PayoutId, ChargebackId) =
        (new(db), new(db), new(db));
    let place = TaxPlace::parse("DE").unwrap();
    let name = || AT.provider.to_owned();
    let (pending, usable) = (provider_pending(), Account::ProviderAvailable(name()));
    let (escrow, tax) = (Account::Escrow(order), Account::Tax(place));
    let (payable, reserve) = (Account::SellerPayable(seller), Account::SellerReserve(seller));
    let (connected, moving) = (Account::Connected(seller, name()), Account::PayoutInTransit(seller, name()));
    let (theirs, owed) = (Account::SellerAtProvider(seller, name()), Account::SellerReceivable(seller));
    let (held, aside) = (Account::DisputeHeld(order), Account::DisputeReserve(order));

    post_all(db, [flows::paid(order, AT, eur(11_250), eur(356), now)]).await;
    stands(db, &[(&pending, 10_894), (&escrow, 11_250), (&Account::ProviderFees, 356)]).await;
    post_all(db, [flows::available(at("txn_1"), eur(10_894), now)]).await;
    stands(db, &[(&pending, 0), (&usable, 10_894)]).await;

    let taxes = [(place, eur(750))];
    let (commission, buyer_fee) = (eur(1_000), eur(500));
    let shares = Shares { seller: eur(8_100), reserve: eur(900), commission, buyer_fee, taxes: &taxes };
    post_all(db, [flows::released(order, seller, &shares, now)]).await;
    stands(db, &[(&escrow, 0), (&payable, 8_100), (&reserve, 900), (&tax, 750)]).await;
    post_all(db, [flows::reserve_released(settlement, seller, eur(900), now)]).await;
    stands(db, &[(&payable, 9_000), (&reserve, 0)]).await;

    post_all(db, [flows::transferred(settlement, seller, AT, eur(9_000), now)]).await;
    stands(db, &[(&payable, 0), (&pending, -9_000), (&connected, 9_000), (&theirs, 9_000)]).await;
    post_all(db, [flows::payout_created(payout, seller, AT, eur(9_000), now)]).await;
    stands(db, &[(&connected, 0), (&moving, 9_000), (&theirs, 9_000)]).await;
    post_all(db, [flows::payout_paid(payout, seller, AT, eur(9_000), now)]).await;
    stands(db, &[(&moving, 0), (&theirs, 0)]).await;
    post_all(db, [flows::payout_returned(payout, seller, AT, eur(9_000), now)]).await;
    stands(db, &[(&connected, 9_000), (&theirs, 9_000)]).await;
    post_all(db, [flows::transfer_reversed(settlement, 1, seller, AT, eur(6_000), now)]).await;
    stands(db, &[(&payable, 6_000), (&connected, 3_000), (&pending, -3_000)]).await;

    // The network takes everything; 6,000 can be set aside, the rest of the seller's part becomes a debt when it is lost.
    post_all(
        db,
        [
            flows::dispute_opened(chargeback, order, AT, eur(11_250), eur(1_500), now),
            flows::dispute_reserved(chargeback, order, seller, eur(6_000), now),
        ],
    )
    .await;
    stands(db, &[(&held, 11_250), (&Account::DisputeFees, 1_500), (&payable, 0), (&aside, 6_000)]).await;
    let taken =
        Taken { set_aside: eur(6_000), owed: eur(3_000), commission, buyer_fee, taxes: &taxes, ..nothing() };
    assert_eq!(taken.total().unwrap(), eur(11_250));
    post_all(db, [flows::dispute_lost_after(chargeback, order, seller, &taken, now)]).await;
    stands(db, &[(&held, 0), (&aside, 0), (&owed, 3_000), (&tax, 0), (&Account::Commission, 0)]).await;

    // Another order of theirs goes back whole after it was released.
    let next: OrderId = new(db);
    let share = whole(4_000, 500, 0);
    let back = Taken { payable: eur(4_000), commission: eur(500), ..nothing() };
    post_all(
        db,
        [
            flows::paid(next, AT, eur(4_500), eur(0), now),
            flows::released(next, seller, &share, now),
            flows::clawed_back(next, refund, seller, &back, now),
        ],
    )
    .await;
    stands(db, &[(&payable, 0), (&Account::RefundInTransit(next), 4_500), (&Account::Commission, 0)]).await;
    verified(db).await;
}

/// What was paid in euros and settled in dollars stands right in both, and what is open between them on a position in each.
#[tokio::test]
async fn a_movement_in_another_currency_balances_in_each_alone() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller): (OrderId, MemberId) = (new(db), new(db));
    let shares = whole(9_000, 1_000, 0);
    let settlement: SettlementId = new(db);
    post_all(
        db,
        [
            flows::paid(order, AT, eur(10_000), usd(320), now),
            flows::converted(order, at("txn_1"), eur(10_000), usd(10_900), Some(Gain::Won(usd(15))), now),
            flows::released(order, seller, &shares, now),
            flows::payable_converted(settlement, 2, seller, eur(9_000), usd(9_720), now),
        ],
    )
    .await;
    let mut reader = db.read().await.unwrap();
    for (account, euros, dollars) in [
        (provider_pending(), 0, 10_580),
        (Account::Escrow(order), 0, 0),
        (Account::SellerPayable(seller), 0, 9_720),
        (Account::Commission, 1_000, 0),
        (Account::FxPosition, -1_000, 1_165),
        (Account::FxGain, 0, 15),
        (Account::ProviderFees, 0, 320),
    ] {
        for expected in [eur(euros), usd(dollars)] {
            let found = ledger::balance_of(&mut reader, &account, expected.currency).await.unwrap();
            assert_eq!(found, expected, "{account}");
        }
    }
    drop(reader);
    verified(db).await;
}
