//! What is shown before one orders is what is charged, taxes and all.

use super::stripe::far_away;
use market::listings::model::Listing;
use platform::config::TaxEngine;
use testkit::{Answer, Filled, Person};

const FORM: &str = "form[action='/checkout']";

/// Puts something into the cart and opens the checkout.
async fn opens(who: &Person, listing: &Listing) -> Answer {
    who.post("/cart", &[("listing", &listing.id.to_string())]).await.is(303);
    who.get("/checkout").await.is(200)
}

fn sent_to(form: Filled, postcode: &str, country: &str) -> Filled {
    form.choosing("delivery", "ship")
        .with("name", "Ben Buyer")
        .with("line1", "12 Garden Street")
        .with("postcode", postcode)
        .with("town", "Elm")
        .with("country", country)
}

#[tokio::test]
async fn the_sum_that_is_shown_is_the_sum_that_is_charged() {
    let (town, ann, ben) = far_away(TaxEngine::Table).await;
    let lamp = ann.listing("Lamp").live().await;
    let form = opens(&ben, &lamp).await.shows("€15.30").page().form(FORM);
    // 20 % of 14.00 come on top in France, which nobody knew before.
    let told = ben.submit(sent_to(form, "69002", "FR")).await.is(409);
    let told = told.shows("The sum shows them now").shows("€2.80").shows("€18.10");
    assert_eq!(town.count("select count(*) from orders").await, 0, "nobody pays a sum they have not seen");
    let path = ben.submit(told.page().form(FORM)).await.is(303).location().to_owned();
    ben.get(&path).await.is(200).shows("€18.10");

    // Next time the address is known, and so are its taxes.
    let vase = ann.listing("Vase").live().await;
    let form = opens(&ben, &vase).await.shows("€18.10").page().form(FORM);
    ben.submit(form.choosing("delivery", "ship")).await.is(303);
    assert_eq!(town.count("select count(*) from payments where amount = 1810").await, 2);

    // Somewhere else nothing is due here: less than was shown is not charged unseen either.
    let shade = ann.listing("Shade").live().await;
    let form = opens(&ben, &shade).await.shows("€18.10").page().form(FORM);
    let told = ben.submit(sent_to(form, "8001", "CH")).await.is(409).shows("€15.30");
    ben.submit(told.page().form(FORM)).await.is(303);
    assert_eq!(town.count("select count(*) from payments where amount = 1530").await, 1);
}

#[tokio::test]
async fn taxes_of_several_sellers_are_shown_together() {
    let (town, ann, ben) = far_away(TaxEngine::Table).await;
    let abe = town.person("Abe").await;
    let (lamp, vase) = (ann.listing("Lamp").live().await, abe.listing("Vase").live().await);
    opens(&ben, &lamp).await;
    let form = opens(&ben, &vase).await.shows("€30.60").page().form(FORM);
    // 19 % of Ann's part; Abe sells what was his own.
    let told = ben.submit(sent_to(form, "10115", "DE")).await.is(409).shows("€2.66").shows("€33.26");
    ben.submit(told.page().form(FORM)).await.is(303);
    assert_eq!(town.count("select amount from payments").await, 3_326);
    assert_eq!(town.count("select sum(total_amount)::bigint from orders").await, 3_326);
}
