//! States of the United States: from the address of a parcel to the tax that is owed there.

use super::profile::{ANN, says};
use http::Method;
use kernel::{Money, OrderId, TaxPlace};
use market::listings::model::Listing;
use market::tax::profile::Said;
use market::tax::rates::Row;
use market::tax::{self, Liable, PartKind, Registration, Scheme};
use serde_json::{Value, json};
use testkit::{Filled, Person, Town, cards};
use time::macros::date;

/// The marketplace collects in a state, at a rate.
async fn collects(town: &Town, by: &Person, at: TaxPlace, ppm: i32) {
    let begins = date!(2026 - 01 - 01);
    let (scheme, number) = (Scheme::Facilitator, "12/345".to_owned());
    let registration = Registration { place: at, scheme, number, begins, ends: None };
    let rate = Row {
        place: at,
        category: String::new(),
        ppm,
        begins,
        ends: None,
        levies: false,
        source: "The state's tax office".to_owned(),
    };
    let mut tx = town.db.begin().await.unwrap();
    tax::register(&mut tx, None, &registration).await.unwrap();
    tax::set_rate(&mut tx, by.id, &rate).await.unwrap();
    tx.commit().await.unwrap();
}

fn purchase(lamp: &Listing, region: &str) -> Value {
    let address = json!({ "name": "Ben", "line1": "3 Elm St", "postcode": "94103", "town": "San Francisco",
        "region": region, "country": "us" });
    json!({ "items": [{ "listing_id": lamp.id }], "delivery": { "method": "ship", "address": address } })
}

#[tokio::test]
async fn a_parcel_to_a_state_is_taxed_by_that_state() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let shop = Said { class: "business", business_name: "Lamps Ltd", vat_id: "DE136695976", tin: "", ..ANN };
    says(&town, &ann, &shop).await;
    let california: TaxPlace = "US-CA".parse().unwrap();
    collects(&town, &ann, california, 72_500).await;
    let lamp = ann.listing("Lamp").quantity(2).live().await;

    // Another state collects by itself, or not at all.
    let elsewhere = ben.api(Method::POST, "/orders", Some(purchase(&lamp, "NV"))).await.is(201);
    let placed = ben.api(Method::POST, "/orders", Some(purchase(&lamp, "CA"))).await.is(201);
    for (placed, place, because, tax) in [
        (&elsewhere, "US-NV", "not_registered", [0, 0]),
        // 7.25 % of 12.00 and of 2.00, half up.
        (&placed, "US-CA", "us_facilitator", [87, 15]),
    ] {
        let order: OrderId = placed.at("/orders/0/id").as_str().unwrap().parse().unwrap();
        let decided = tax::of_order(&mut town.db.read().await.unwrap(), order).await.unwrap();
        for (kind, tax) in [PartKind::Item, PartKind::Shipping].into_iter().zip(tax) {
            let it = decided.iter().find(|it| it.part == kind).unwrap();
            assert_eq!((it.place.to_string().as_str(), it.because.as_str()), (place, because));
            assert_eq!(
                (it.amount, it.liable == Liable::Platform),
                (Money::new(tax, it.base.currency), tax > 0)
            );
        }
    }

    let payment = placed.at("/payment/id").as_str().unwrap().to_owned();
    let card = json!({ "card": { "number": cards::GOOD, "exp_month": 12, "exp_year": 2060, "cvc": "123" } });
    ben.api(Method::POST, &format!("/payments/{payment}/confirm"), Some(card)).await.is(200);
    let sales = "select coalesce(sum(sales), 0)::bigint from tax_exposure where place = 'US-CA'";
    assert_eq!(town.count(sales).await, 1_400, "it counts towards the state's limit");
    assert_eq!(town.count("select count(*) from tax_exposure where place = 'US'").await, 0);

    let order = placed.at("/orders/0/id").as_str().unwrap().to_owned();
    ann.get(&format!("/orders/{order}")).await.is(200).shows("San Francisco CA 94103");
    let told = ben.api(Method::GET, &format!("/orders/{order}"), None).await.is(200);
    assert_eq!(told.at("/delivery/address/region"), json!("CA"));
}

#[tokio::test]
async fn a_program_names_the_state_by_its_letters() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").live().await;
    for region in ["", "XX", "California", "ca", " CA"] {
        let refused = ben.api(Method::POST, "/orders", Some(purchase(&lamp, region))).await;
        assert_eq!(refused.problem(422, "fields").pointers(), ["/delivery/address/region"], "{region:?}");
    }
    let mut none = purchase(&lamp, "");
    none["delivery"]["address"].as_object_mut().unwrap().remove("region");
    let refused = ben.api(Method::POST, "/orders", Some(none)).await;
    assert_eq!(refused.problem(422, "fields").pointers(), ["/delivery/address/region"]);
}

fn filled(form: Filled) -> Filled {
    form.choosing("delivery", "ship")
        .with("name", "Ben Buyer")
        .with("line1", "3 Elm St")
        .with("postcode", "10001")
        .with("town", "New York")
        .with("country", "US")
}

#[tokio::test]
async fn the_checkout_asks_for_the_state_where_there_are_states() {
    const FORM: &str = "form[action='/checkout']";
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (lamp, vase) = (ann.listing("Lamp").live().await, ann.listing("Vase").live().await);
    ben.post("/cart", &[("listing", &lamp.id.to_string())]).await.is(303);
    let page = ben.get("/checkout").await.is(200).page();
    assert!(page.has("label[for='f-region'] .opt"), "most addresses have none");
    let mut form = filled(page.form(FORM));
    for typed in ["", "Atlantis"] {
        let told = ben.submit(form.with("region", typed)).await.is(422);
        let page = told.shows("In the United States an address needs its state").page();
        assert!(page.has("#f-region[aria-invalid='true']"), "{typed:?}");
        assert!(!page.has("label[for='f-region'] .opt"), "now it is known to be needed");
        form = page.form(FORM);
        assert_eq!(form.value("line1"), Some("3 Elm St"), "what was typed stays");
    }
    ben.submit(form.with("region", "new york")).await.is(303);
    let kept = "select count(*) from orders where delivery_address ->> 'region' = 'NY'";
    assert_eq!(town.count(kept).await, 1);
    ben.post("/cart", &[("listing", &vase.id.to_string())]).await.is(303);
    let again = ben.get("/checkout").await.is(200).page().form(FORM);
    assert_eq!((again.value("region"), again.value("country")), (Some("NY"), Some("US")));
}
