//! The books as people read them.

use super::stories::at;
use super::{AT, eur, new, post_all, provider_pending, whole};
use kernel::{Currency, MemberId, OrderId, SettlementId};
use ledger::{Account, books, flows, show};
use testkit::Town;
use tradeplus::books::{self as console, Standing, What};

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

#[tokio::test]
async fn accounts_are_listed_with_what_they_hold() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (done, open, seller): (OrderId, OrderId, MemberId) = (new(db), new(db), new(db));
    post_all(
        db,
        [
            flows::paid(done, AT, eur(4_000), eur(146), now),
            flows::paid(open, AT, eur(500), eur(0), now),
            flows::released(done, seller, &whole(3_600, 400, 0), now),
        ],
    )
    .await;
    let mut reader = db.read().await.unwrap();
    let sums = books::sums(&mut reader).await.unwrap();
    let escrow = sums.iter().find(|sum| sum.name == "L:escrow").unwrap();
    assert_eq!((escrow.accounts, escrow.holding, escrow.money), (2, 1, eur(500)));
    let commission = sums.iter().find(|sum| sum.name == "R:commission").unwrap();
    assert_eq!(commission.money, eur(400), "also where nothing is counted along");
    let holding = books::holding(&mut reader, "L:escrow", Currency::EUR, None, 10).await.unwrap();
    assert_eq!((holding.len(), &holding[0].account), (1, &Account::Escrow(open)));
    let before = books::holding(&mut reader, "L:escrow", Currency::EUR, Some(holding[0].id), 10).await;
    assert!(before.unwrap().is_empty());
    let found = books::find(&mut reader, &Account::Escrow(done).code(Currency::EUR)).await.unwrap().unwrap();
    assert_eq!(found.money, eur(0));
    assert_eq!(books::find(&mut reader, "R:tips:EUR").await.unwrap(), None);
}

/// What `tradeplus ledger show` prints.
#[tokio::test]
async fn the_books_of_an_order_on_the_command_line() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    let (id, number) = (deal.order(), town.order(deal.order()).await.number);
    let mut reader = town.db.read().await.unwrap();
    let shown = console::show(&mut reader, What::Order, &number, 50).await.unwrap().unwrap();
    let told = shown.to_string();
    for part in [format!("L:escrow:{id}").as_str(), "pay:", "X:provider_fees", "stands", "debit"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let json = shown.json();
    assert_eq!(json["entries"][0]["kind"], "pay");
    let sum: i64 = json["entries"][0]["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["amount"]["amount"].as_i64().unwrap())
        .sum();
    assert_eq!(sum, 0);
    let code = Account::Escrow(id).code(Currency::EUR);
    let account = console::show(&mut reader, What::Account, &code, 50).await.unwrap().unwrap();
    assert_eq!(account.balances[0].money, town.order(id).await.total);
    assert!(console::show(&mut reader, What::Member, "@ann", 50).await.unwrap().unwrap().entries.is_empty());
    for (what, name) in [(What::Order, "TP-NONE"), (What::Member, "nobody"), (What::Account, "R:tips:EUR")] {
        assert!(console::show(&mut reader, what, name, 50).await.unwrap().is_none(), "{name}");
    }
    let standing = Standing::read(&mut reader, &town.market.objects).await.unwrap();
    assert_eq!(standing.json()["cover"][0]["currency"], "EUR");
    assert!(standing.to_string().contains("anchor none") && standing.late.is_empty());
}
