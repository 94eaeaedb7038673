//! Prices beside their own currency in the viewer's, by the rates that are at hand.

use http::Method;
use market::listings::model::Listing;
use market::rates;
use serde_json::{Value, json};
use testkit::{Browser, Town};
use time::Duration;

/// Rates of a day that is near, as every process learns them.
const FILE: &str = "<gesmes:Envelope><Cube><Cube time='2026-02-27'><Cube currency='USD' rate='1.1000'/>\
    <Cube currency='JPY' rate='160'/></Cube></Cube></gesmes:Envelope>";

async fn learns_rates(town: &Town) {
    let mut tx = town.db.begin().await.unwrap();
    rates::import(&mut tx, FILE).await.unwrap();
    tx.commit().await.unwrap();
    town.later(Duration::minutes(6)).await;
}

fn page(listing: &Listing) -> String {
    format!("/listings/{}-{}", listing.slug, listing.id)
}

async fn note(browser: &Browser, listing: &Listing) -> Vec<String> {
    browser.get(&page(listing)).await.is(200).select(".buy .price-note")
}

#[tokio::test]
async fn a_price_stays_its_own_and_is_told_in_the_viewers_currency() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").currency("USD").price(1_100).live().await;
    let vase = ann.listing("Vase").price(1_000).live().await;
    let visitor = town.visitor();
    assert!(
        !note(&visitor, &lamp).await.iter().any(|it| it.contains('≈')),
        "without a rate nothing is shown"
    );
    learns_rates(&town).await;
    assert_eq!(note(&visitor, &lamp).await[0], "≈ €10.00 (rate of 27 Feb)");
    assert_eq!(visitor.get(&page(&lamp)).await.page().words(".buy .price")[0], "$11.00", "never instead");
    assert!(!note(&visitor, &vase).await.iter().any(|it| it.contains('≈')), "it is in theirs");
    let cards = visitor.get("/search?q=lamp").await.is(200).select(".card .beside");
    assert_eq!(cards, ["≈ €10.00 (rate of 27 Feb)"]);

    visitor.post("/preferences", &[("currency", "JPY"), ("back", "/")]).await.goes_to("/");
    assert_eq!(note(&visitor, &lamp).await[0], "≈ ¥1,600 (rate of 27 Feb)");
    visitor.post("/preferences", &[("currency", "XXX"), ("back", "/")]).await.goes_to("/");
    assert_eq!(note(&visitor, &vase).await[0], "≈ ¥1,600 (rate of 27 Feb)", "no such currency");
    visitor.set_cookie("tp_lang", "de");
    assert_eq!(note(&visitor, &lamp).await[0], "≈ 1.600 ¥ (Kurs vom 27. Feb.)");

    // Who is signed in takes it along to other browsers.
    ben.post("/preferences", &[("currency", "JPY"), ("back", "/account/language")]).await.is(303);
    ben.browser.set_cookie("tp_currency", "");
    ben.get(&page(&lamp)).await.is(200).shows("≈ ¥1,600");
    let chosen = ben.get("/account/language").await.is(200).page();
    assert!(chosen.has("main select[name='currency'] option[value='JPY'][selected]"));
    ben.post("/cart", &[("listing", &lamp.id.to_string()), ("quantity", "1")]).await.is(303);
    ben.get("/cart").await.is(200).shows("You pay in USD");
    ben.get("/checkout").await.is(200).shows("You pay in USD").shows("$");
}

#[tokio::test]
async fn programs_are_told_too() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").currency("USD").price(1_100).live().await;
    let path = format!("/listings/{}", lamp.id);
    assert_eq!(ben.api(Method::GET, &path, None).await.is(200).at("/shown_price"), Value::Null);
    learns_rates(&town).await;
    let euros = json!({ "amount": 1_000, "currency": "EUR", "rate_day": "2026-02-27" });
    assert_eq!(town.visitor().get(&format!("/api/v1{path}")).await.is(200).at("/shown_price"), euros);
    ben.post("/preferences", &[("currency", "JPY"), ("back", "/")]).await.is(303);
    let yen = json!({ "amount": 1_600, "currency": "JPY", "rate_day": "2026-02-27" });
    assert_eq!(ben.api(Method::GET, &path, None).await.is(200).at("/shown_price"), yen);
    assert_eq!(ben.api(Method::GET, "/listings?q=lamp", None).await.is(200).at("/items/0/shown_price"), yen);
    assert_eq!(
        ben.api(Method::GET, &path, None).await.at("/price"),
        json!({ "amount": 1_100, "currency": "USD" })
    );
}

/// Every currency can be sold in, with as many decimals as it has.
#[tokio::test]
async fn prices_have_the_decimals_of_their_currency() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    for (code, typed, minor, wrong) in [
        ("JPY", "1,200", 1_200, "12.50"),
        ("EUR", "12.50", 1_250, "1.2345"),
        ("KWD", "12.500", 12_500, "1.2345"),
    ] {
        let draft = ann.listing("Lamp").draft().await;
        let form = format!("/sell/{}", draft.id);
        let offered = ann.get(&form).await.is(200).page();
        assert!(offered.has(&format!("select[name='currency'] option[value='{code}']")), "{code}");
        let save = |price: &'static str| {
            [("whole", "1"), ("do", "save"), ("currency", code), ("price", price), ("title", "Lamp")]
        };
        let back = ann.post(&form, &save(wrong)).await.is(422).page();
        assert!(back.has("[name='price'][aria-invalid='true']"), "{code} {wrong}");
        ann.post(&form, &save(typed)).await.is(303);
        let price = town.listing(draft.id).await.price.unwrap();
        assert_eq!((price.amount, price.currency.code()), (minor, code));
    }
}
