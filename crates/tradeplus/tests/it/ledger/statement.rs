//! What a seller is due, from one day to another.

use super::stories::nothing;
use super::{AT, balance, eur, new, post_all, whole};
use kernel::{Currency, MemberId, OrderId, PayoutId, RefundId};
use ledger::flows::{self, Shares, Taken};
use ledger::{Account, statement};
use testkit::Town;
use time::Duration;

#[tokio::test]
async fn opening_lines_and_closing_agree() {
    let town = Town::new().await;
    let (db, start) = (&town.db, town.db.now());
    let day = |n: i64| start + Duration::days(n);
    let (first, second, seller): (OrderId, OrderId, MemberId) = (new(db), new(db), new(db));
    let (payout, refund): (PayoutId, RefundId) = (new(db), new(db));
    let kept_back = Shares { seller: eur(3_240), reserve: eur(360), ..whole(0, 400, 0) };
    let owing = Taken { reserve: eur(360), owed: eur(3_240), commission: eur(400), ..nothing() };
    post_all(
        db,
        [
            flows::paid(first, AT, eur(4_000), eur(146), day(0)),
            flows::released(first, seller, &kept_back, day(1)),
            flows::payout_sent(payout, seller, eur(3_240), day(5)),
            flows::paid(second, AT, eur(1_000), eur(50), day(6)),
            flows::released(second, seller, &whole(900, 100, 0), day(7)),
            flows::clawed_back(first, refund, seller, &owing, day(8)),
        ],
    )
    .await;
    let mut reader = db.read().await.unwrap();
    let before = statement::of_seller(&mut reader, seller, Currency::EUR, day(0), day(5)).await.unwrap();
    assert_eq!((before.opening, before.closing), (eur(0), eur(3_600)));
    let after = statement::of_seller(&mut reader, seller, Currency::EUR, day(5), day(9)).await.unwrap();
    let lines: Vec<(&str, i64)> =
        after.lines.iter().map(|line| (line.kind.as_str(), line.amount.amount)).collect();
    assert_eq!(lines, [("payout_sent", -3_240), ("release", 900), ("clawback", -360), ("clawback", -3_240)]);
    assert_eq!((after.opening, after.closing), (before.closing, eur(-2_340)));
    let due = balance(db, &Account::SellerPayable(seller)).await
        + balance(db, &Account::SellerReserve(seller)).await
        - balance(db, &Account::SellerReceivable(seller)).await;
    assert_eq!(after.closing.amount, due);
}
