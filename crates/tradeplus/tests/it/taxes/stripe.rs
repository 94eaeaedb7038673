//! Taxes that Stripe counts: what is owed by the marketplace, and nothing while there is no answer.

use super::profile::{ANN, says};
use super::table::registers;
use http::Method;
use kernel::Refusal;
use market::listings::model::Listing;
use market::tax::profile::Said;
use market::tax::{self, Liable, Scheme};
use platform::config::TaxEngine;
use serde_json::{Value, json};
use simulator::{Fault, Planned};
use std::time::Duration;
use testkit::{Person, Town};

const CALCULATIONS: &str = "/v1/tax/calculations";
const AWAY: &str = "The taxes of this purchase cannot be counted at the moment";

/// Ann sells from China as a business, the operator is in Germany and registered for what comes from there, Ben buys.
pub(super) async fn far_away(engine: TaxEngine) -> (Town, Person, Person) {
    let town = Town::with(|config| config.tax.engine = engine).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let shop = Said { class: "business", country: "CN", business_name: "Lamps Ltd", ..ANN };
    says(&town, &ann, &shop).await;
    for scheme in [Scheme::Local, Scheme::Ioss] {
        registers(&town, "DE", scheme).await;
    }
    (town, ann, ben)
}

/// What is sent to the API to have a lamp sent to an address.
fn purchase(lamp: &Listing, country: &str, postcode: &str) -> Option<Value> {
    let address = json!({ "name": "Ben", "line1": "12 Garden Street", "postcode": postcode, "town": "Elm",
        "region": if country == "US" { "CA" } else { "" }, "country": country });
    Some(json!({ "items": [{ "listing_id": lamp.id, "quantity": 1 }],
        "delivery": { "method": "ship", "address": address } }))
}

#[tokio::test]
async fn stripe_counts_what_the_marketplace_owes() {
    let (town, ann, ben) = far_away(TaxEngine::Stripe).await;
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    let order = &deal.orders[0];
    // 19 % of 12.00 and of 2.00 on top; 1.30 holds 0.21.
    let taxes = (order.tax.amount, order.buyer_fee_tax.amount, order.commission_tax.amount);
    assert_eq!((taxes, order.total.amount), ((266, 21, 0), 1_796));
    assert_eq!(deal.payment.amount, order.total);
    let decided = tax::of_order(&mut town.db.read().await.unwrap(), deal.order()).await.unwrap();
    assert_eq!(decided.len(), 4);
    for it in &decided {
        let is_ours = it.liable == Liable::Platform;
        assert!(it.engine == "stripe" && it.engine_ref.is_some() == is_ours, "{it:?}");
        assert_eq!(it.rate_ppm, if is_ours { 190_000 } else { 0 }, "{it:?}");
    }
    assert_eq!(town.sim().requests("POST", CALCULATIONS), 1, "all is owed in one place");
}

#[tokio::test]
async fn who_owes_nothing_asks_nobody() {
    let town = Town::with(|config| config.tax.engine = TaxEngine::Stripe).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    town.sim().plan(Planned::new(Fault::Refuse(503)).on("POST", CALCULATIONS));
    assert_eq!(ben.buys(&ann.listing("Lamp").live().await).await.orders[0].tax.amount, 0);
    assert_eq!(town.sim().requests("POST", CALCULATIONS), 0);
}

#[tokio::test]
async fn nothing_is_ordered_while_nobody_counts() {
    let (town, ann, ben) = far_away(TaxEngine::Stripe).await;
    let lamp = ann.listing("Lamp").live().await;
    let late = Fault::AnswerLate(Duration::from_secs(60));
    let refusals = [400, 401, 429, 503].map(Fault::Refuse);
    for trouble in [Fault::AnswerLost, late].into_iter().chain(refusals) {
        town.sim().plan(Planned::new(trouble.clone()).on("POST", CALCULATIONS));
        let refused = ben.buys_all(&[(lamp.id, 1)], true).await;
        assert!(matches!(refused, Err(Refusal::Unavailable("taxes"))), "{trouble:?}: {refused:?}");
    }
    assert_eq!(town.count("select count(*) from orders").await, 0);
    assert_eq!(town.count("select count(*) from payments").await, 0);
    assert_eq!(town.listing(lamp.id).await.reserved, 0);
    ben.buys(&lamp).await;
}

#[tokio::test]
async fn who_buys_is_told_to_try_again() {
    let (town, ann, ben) = far_away(TaxEngine::Stripe).await;
    let lamp = ann.listing("Lamp").live().await;
    let trouble = || Planned::new(Fault::Refuse(503)).on("POST", CALCULATIONS);
    town.sim().plan(trouble());
    let refused = ben.api(Method::POST, "/orders", purchase(&lamp, "DE", "10115")).await;
    let refused = refused.problem(503, "unavailable");
    assert!(
        refused.at("/detail").as_str().unwrap().contains(AWAY) && refused.header("retry-after").is_some()
    );

    ben.post("/cart", &[("listing", &lamp.id.to_string())]).await.is(303);
    let form = ben.get("/checkout").await.is(200).page().form("form[action='/checkout']");
    let form = form
        .choosing("delivery", "ship")
        .with("name", "Ben Buyer")
        .with("line1", "12 Garden Street")
        .with("postcode", "10115")
        .with("town", "Berlin")
        .with("country", "DE");
    town.sim().plan(trouble());
    let again = ben.submit(form).await.is(503).shows(AWAY).page().form("form[action='/checkout']");
    assert_eq!(again.value("line1"), Some("12 Garden Street"), "nothing that was typed is lost");
    assert_eq!(town.count("select count(*) from orders").await, 0);
    let seen = ben.submit(again).await.is(409).shows("€17.96").page().form("form[action='/checkout']");
    ben.submit(seen).await.is(303);
    assert_eq!(town.count("select tax_amount from orders").await, 266);
}

#[tokio::test]
async fn stripe_finds_a_town_in_america_by_its_postcode() {
    let (town, ann, ben) = far_away(TaxEngine::Stripe).await;
    registers(&town, "US-CA", Scheme::Facilitator).await;
    let lamp = ann.listing("Lamp").live().await;
    let wrong = ben.api(Method::POST, "/orders", purchase(&lamp, "US", "ABC")).await.is(422);
    assert_eq!(wrong.pointers(), ["/delivery/address/postcode"]);
    ben.api(Method::POST, "/orders", purchase(&lamp, "US", "90001")).await.is(201);
    assert_eq!(town.count("select tax_amount from orders").await, 112, "8 % of 14.00");
}
