//! What may be bought, and what it costs.

use kernel::{ListingId, Refusal, ids::Id};
use market::orders::checkout::{Purchase, place};
use market::orders::model::{Address, Delivery};
use testkit::{Person, Town};

async fn refused(buyer: &Person, lines: &[(ListingId, i32)], ship: bool) -> String {
    match buyer.buys_all(lines, ship).await {
        Err(Refusal::Conflict(code)) => code.to_owned(),
        Err(Refusal::Fields(errors)) => {
            errors.iter().map(|(field, wrong)| format!("{field} {wrong:?}")).collect::<Vec<_>>().join("; ")
        }
        Err(Refusal::NotFound) => "not found".to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn several_sellers_are_one_payment_and_one_order_each() {
    let town = Town::new().await;
    let (ann, abe, ben) = (town.person("Ann").await, town.person("Abe").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").price(1_200).shipping(200).live().await;
    let shade = ann.listing("Shade").price(350).quantity(5).shipping(0).live().await;
    let vase = abe.listing("Vase").price(9_900).shipping(690).live().await;
    let deal = ben.buys_all(&[(vase.id, 1), (lamp.id, 1), (shade.id, 3)], true).await.unwrap();
    assert_eq!(deal.orders.len(), 2);
    let of = |seller: &Person| deal.orders.iter().find(|o| o.seller == seller.id).unwrap();
    let numbers = |o: &market::orders::model::Order| {
        (o.items.amount, o.shipping.amount, o.buyer_fee.amount, o.commission.amount, o.total.amount)
    };
    // 5 % and 0.70 € for the buyer's protection, 8 % commission, both of the items alone.
    assert_eq!(numbers(of(&ann)), (2_250, 200, 182, 180, 2_632));
    assert_eq!(numbers(of(&abe)), (9_900, 690, 565, 792, 11_155));
    assert_eq!(of(&ann).seller_part().amount, 2_250 + 200 - 180);
    assert_eq!(deal.payment.amount.amount, 2_632 + 11_155);
    assert!(deal.orders.iter().all(|o| o.payment == deal.payment.id && o.state == "pending_payment"));
    assert_ne!(deal.orders[0].number, deal.orders[1].number);
    assert_eq!(town.listing(shade.id).await.reserved, 3);

    let paid = ben.pays(&deal).await;
    let mut fees = 0;
    for order in &deal.orders {
        let order = town.order(order.id).await;
        assert_eq!(order.state, "paid");
        fees += order.provider_fee.amount;
    }
    assert_eq!(Some(fees), paid.fee.map(|f| f.amount), "the provider's fee is shared without a cent lost");
    assert_eq!(town.listing(shade.id).await.quantity, 2);
    town.run_jobs().await;
}

#[tokio::test]
async fn fees_are_rounded_half_to_even_and_frozen_at_the_sale() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    // 5 % of 12.10 is 60.5 cents, of 12.30 it is 61.5 cents.
    for (price, buyer_fee) in [(1_210, 60 + 70), (1_230, 62 + 70)] {
        let lamp = ann.listing("Lamp").price(price).live().await;
        let deal = ben.buys(&lamp).await;
        assert_eq!(deal.orders[0].buyer_fee.amount, buyer_fee);
        let before = deal.orders[0].total;
        let edit = market::listings::edit::Edit {
            price: Some(Some(kernel::Money::new(price * 2, kernel::Currency::EUR))),
            ..Default::default()
        };
        let mut tx = town.db.begin().await.unwrap();
        market::listings::rules::edit(&mut tx, &ann.member().await, lamp.id, edit).await.unwrap();
        tx.commit().await.unwrap();
        ben.pays(&deal).await;
        let order = town.order(deal.order()).await;
        assert_eq!(
            (order.total, order.state.as_str()),
            (before, "paid"),
            "a price that changes later changes nothing"
        );
    }
}

#[tokio::test]
async fn what_is_not_for_sale_is_refused() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").live().await;
    assert_eq!(refused(&ann, &[(lamp.id, 1)], true).await, "own-listing");

    let draft = ann.listing("Draft").draft().await;
    assert_eq!(refused(&ben, &[(draft.id, 1)], true).await, "not-for-sale");
    let swap = ann.listing("Swap").barter("A rug.").live().await;
    assert_eq!(refused(&ben, &[(swap.id, 1)], true).await, "not-for-sale");

    let (by, mut tx) = (ann.member().await, town.db.begin().await.unwrap());
    let paused = ann.listing("Paused").live().await;
    market::listings::rules::pause(&mut tx, &by, paused.id).await.unwrap();
    let gone = ann.listing("Gone").live().await;
    market::listings::rules::delete(&mut tx, &by, gone.id).await.unwrap();
    let sold = ann.listing("Sold").live().await;
    market::listings::rules::mark_sold(&mut tx, &by, sold.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(refused(&ben, &[(paused.id, 1)], true).await, "not-for-sale");
    assert_eq!(refused(&ben, &[(gone.id, 1)], true).await, "not found");
    assert_eq!(refused(&ben, &[(sold.id, 1)], true).await, "sold-out");
    let invented = ListingId::new(town.now(), town.db.dice());
    assert_eq!(refused(&ben, &[(lamp.id, 1), (invented, 1)], true).await, "not found");

    assert_eq!(town.listing(lamp.id).await.reserved, 0, "a refused checkout promises nothing");
    assert_eq!(town.count("select count(*) from orders").await, 0);
    assert_eq!(town.count("select count(*) from payments").await, 0);
}

#[tokio::test]
async fn odd_wishes_are_told_at_their_field() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(3).live().await;
    assert_eq!(refused(&ben, &[], true).await, "items Required");
    assert_eq!(
        refused(&ben, &[(lamp.id, 1), (lamp.id, 1)], true).await,
        "items Because(\"wrong-item-twice\")"
    );
    for pieces in [0, -1, i32::MIN] {
        assert_eq!(refused(&ben, &[(lamp.id, pieces)], true).await, "items TooSmall { min: 1 }", "{pieces}");
    }
    assert_eq!(
        refused(&ben, &[(lamp.id, 1)], false).await,
        "delivery/method Because(\"wrong-delivery-not-offered\")"
    );
    for pieces in [4, i32::MAX] {
        assert_eq!(refused(&ben, &[(lamp.id, pieces)], true).await, "sold-out", "{pieces}");
    }
    let rug = ann.listing("Rug").currency("USD").live().await;
    assert_eq!(refused(&ben, &[(lamp.id, 1), (rug.id, 1)], true).await, "mixed-currencies");
    let new = town.newcomer("Nell").await;
    assert_eq!(refused(&new, &[(lamp.id, 1)], true).await, "verify-first");
    assert_eq!(town.listing(lamp.id).await.reserved, 0);
}

#[tokio::test]
async fn a_promised_piece_is_nobody_elses_until_it_is_free_again() {
    let town = Town::new().await;
    let (ann, ben, eve) = (town.person("Ann").await, town.person("Ben").await, town.person("Eve").await);
    let lamp = ann.listing("Lamp").live().await;
    let deal = ben.buys(&lamp).await;
    assert_eq!(refused(&eve, &[(lamp.id, 1)], true).await, "sold-out");
    let mut tx = town.db.begin().await.unwrap();
    let deleted = market::listings::rules::delete(&mut tx, &ann.member().await, lamp.id).await;
    assert!(matches!(deleted, Err(Refusal::Conflict("listing-reserved"))), "{deleted:?}");
    drop(tx);
    ben.takes(deal.order(), "abandon").await;
    town.run_jobs().await;
    let second = eve.buys(&lamp).await;
    eve.pays(&second).await;
    let sold = town.listing(lamp.id).await;
    assert_eq!((sold.state.name(), sold.quantity, sold.reserved), ("sold", 0, 0));
}

#[tokio::test]
async fn an_address_is_read_line_by_line() {
    let town = Town::new().await;
    let raw = Address {
        name: " Ben\tBuyer ".to_owned(),
        line1: String::new(),
        line2: String::new(),
        postcode: "10115".to_owned(),
        town: "x".repeat(200),
        region: String::new(),
        country: "Germany".to_owned(),
    };
    let errors = Address::read(&raw).unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|(f, _)| f).collect();
    assert_eq!(fields, ["delivery/address/line1", "delivery/address/town", "delivery/address/country"]);
    let good =
        Address { line1: "12 Garden Street".into(), town: "Berlin".into(), country: "de".into(), ..raw };
    let good = Address::read(&good).unwrap();
    assert_eq!((good.name.as_str(), good.country.as_str()), ("Ben Buyer", "DE"));

    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").live().await;
    let delivery = Delivery::Ship(good.clone());
    let lines = [(lamp.id, 1)];
    let (house, buyer) = (town.market.house(), ben.member().await);
    let taxes = town.market.taxes(&buyer, &lines, &delivery).await.unwrap();
    let purchase = Purchase {
        lines: &lines,
        delivery: &delivery,
        house: &house,
        taxes: &taxes,
        providers: &town.market.providers,
    };
    let mut tx = town.db.begin().await.unwrap();
    let (_, orders) = place(&mut tx, &buyer, &purchase).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(town.order(orders[0].id).await.delivery, Delivery::Ship(good), "it is kept with the order");
}
