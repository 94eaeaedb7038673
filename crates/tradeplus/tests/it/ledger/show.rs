//! The books as people read them.

use super::stories::at;
use super::{AT, eur, new, post_all, provider_pending, whole};
use kernel::{Currency, MemberId, OrderId, SettlementId};
use ledger::{Account, flows, show};
use testkit::Town;

#[tokio::test]
async fn an_orders_money_reads_in_order() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, other, seller): (OrderId, OrderId, MemberId) = (new(db), new(db), new(db));
    let settlement: SettlementId = new(db);
    post_all(
        db,
        [
            flows::paid(order, AT, eur(4_000), eur(146), now),
            flows::paid(other, AT, eur(1), eur(0), now),
            flows::released(order, seller, &whole(3_600, 400, 0), now),
            flows::transferred(settlement, seller, at("tr_1"), eur(3_600), now),
        ],
    )
    .await;
    let mut reader = db.read().await.unwrap();
    let alone = show::of_order(&mut reader, order, &[]).await.unwrap();
    let kinds: Vec<&str> = alone.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["pay", "release"]);
    assert_eq!(alone[0].lines.len(), 4);
    assert_eq!(alone[1].on(&Account::Escrow(order)), [eur(-4_000)]);

    let all = show::of_order(&mut reader, order, &[settlement.0]).await.unwrap();
    let keys: Vec<&str> = all.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, [format!("pay:{order}"), format!("release:{order}"), format!("transfer:{settlement}")]);
    let told = all[2].to_string();
    for part in ["transfer", "tr_1", "36.00", "A:connected:"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[tokio::test]
async fn an_account_and_a_member_read_backwards_page_by_page() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let seller: MemberId = new(db);
    for _ in 0..3 {
        let order: OrderId = new(db);
        let steps = [
            flows::paid(order, AT, eur(4_000), eur(146), now),
            flows::released(order, seller, &whole(3_600, 400, 0), now),
        ];
        post_all(db, steps).await;
    }
    let mut reader = db.read().await.unwrap();
    let first = show::of_member(&mut reader, seller, None, 2).await.unwrap();
    assert_eq!(first.iter().map(|entry| entry.entry.0).collect::<Vec<_>>(), [6, 4]);
    let rest = show::of_member(&mut reader, seller, Some(first[1].entry), 2).await.unwrap();
    assert_eq!(rest.iter().map(|entry| entry.entry.0).collect::<Vec<_>>(), [2]);

    let code = provider_pending().code(Currency::EUR);
    let held = show::of_account(&mut reader, &code, None, 10).await.unwrap();
    assert_eq!(held.len(), 3);
    assert!(held.iter().all(|entry| entry.on(&provider_pending()) == [eur(3_854)]));
    assert!(show::of_account(&mut reader, "R:tips:EUR", None, 10).await.unwrap().is_empty());
}
