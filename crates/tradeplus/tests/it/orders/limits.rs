//! What a new seller may sell: they read it beforehand, and hear of it when somebody could not buy.

use http::Method;
use kernel::ListingId;
use serde_json::{Value, json};
use testkit::{Person, Town};
use time::Duration;

async fn town_with_limits() -> (Town, Person, Person) {
    let town = Town::with(|config| config.payouts.new_seller_limits = true).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    (town, ann, ben)
}

fn purchase(listing: ListingId, quantity: i64) -> Option<Value> {
    let address = json!({ "name": "Ben", "line1": "12 Garden Street", "postcode": "10115", "town": "Berlin", "country": "DE" });
    let items = json!([{ "listing_id": listing, "quantity": quantity }]);
    Some(json!({ "items": items, "delivery": { "method": "ship", "address": address } }))
}

async fn told_of_limits(town: &Town, who: &Person) -> Vec<String> {
    let mut subjects = town.subjects_to(&who.email).await;
    subjects.retain(|subject| subject.contains("wanted to buy"));
    subjects
}

#[tokio::test]
async fn limits_stand_where_a_price_is_named_and_end() {
    let (town, ann, ben) = town_with_limits().await;
    let piano = ann.listing("Piano").price(20_001).live().await;
    let vase = ann.listing("Vase").price(20_000).quantity(5).live().await;
    ann.get(&format!("/sell/{}", vase.id)).await.is(200).shows("€200.00 each").hides("Nobody can buy this");
    ann.get(&format!("/sell/{}", piano.id)).await.is(200).shows("Nobody can buy this for now");
    let page = |slug: &str, id: ListingId| format!("/listings/{slug}-{id}");
    let (of_piano, of_vase) = (page(&piano.slug, piano.id), page(&vase.slug, vase.id));
    ann.get(&of_piano).await.is(200).shows("one thing may cost €200.00 at most").shows("set up your payouts");
    ann.get(&of_vase).await.is(200).hides("Nobody can buy this");
    ben.get(&of_piano).await.is(200).hides("Nobody can buy this");
    ann.get("/payouts").await.is(200).shows("What you can sell for now").shows("€500.00");

    // Two are sold, and a third would be more than thirty days may bring.
    for _ in 0..2 {
        ben.buys(&vase).await;
    }
    ann.get(&of_vase).await.shows("you can sell for €500.00 in thirty days").shows("€100.00 of that is left");
    ann.get("/payouts").await.shows("€100.00");

    let mut tx = town.db.begin().await.unwrap();
    let until = tx.now() + Duration::days(30);
    market::payouts::trust::vouch(&mut tx, ann.id, 1, until).await.unwrap();
    tx.commit().await.unwrap();
    ann.get("/payouts").await.is(200).hides("What you can sell for now");
    ann.get(&of_piano).await.is(200).hides("Nobody can buy this");
}

#[tokio::test]
async fn a_seller_hears_once_a_day_that_somebody_could_not_buy() {
    let (town, ann, ben) = town_with_limits().await;
    let piano = ann.listing("Piano").price(90_000).live().await;
    for _ in 0..2 {
        let refused = ben.api(Method::POST, "/orders", purchase(piano.id, 1)).await;
        let refused = refused.problem(409, "listing-above-tier");
        assert!(refused.text().contains("we tell the seller"), "{}", refused.text());
    }
    assert_eq!(told_of_limits(&town, &ann).await, ["Somebody wanted to buy “Piano” and could not"]);
    let mails = town.mails_to(&ann.email).await;
    let mail = mails.iter().find(|mail| mail.subject.contains("Piano")).unwrap();
    assert!(mail.text.contains("€200.00") && mail.text.contains("/payouts"), "{}", mail.text);
    assert_eq!(town.listing(piano.id).await.reserved, 0);

    town.clock.advance(Duration::hours(25));
    let vase = ann.listing("Vase").price(20_000).quantity(5).live().await;
    let refused = ben.api(Method::POST, "/orders", purchase(vase.id, 3)).await;
    refused.problem(409, "seller-month-full");
    assert_eq!(told_of_limits(&town, &ann).await.len(), 2, "another day");
    ben.api(Method::POST, "/orders", purchase(vase.id, 2)).await.is(201);
    assert_eq!(told_of_limits(&town, &ann).await.len(), 2);
}
