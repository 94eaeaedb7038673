//! Sales are counted by place from the first one on.

use kernel::{Money, TaxPlace};
use market::accounts::model::Role;
use market::tax::exposure;
use market::{rates, tickets};
use testkit::Town;
use time::Date;
use time::macros::{date, datetime};

const TICKETS: &str = "select count(*) from tickets where kind = 'tax_place'";
/// After the rates that come with the program: 0.8338 pounds and 1.1172 dollars for a euro.
const DAY: Date = date!(2026 - 11 - 02);

async fn sold(town: &Town, from: &str, to: &str, whole: i64, currency: &str, day: Date) {
    let place = |text: &str| -> TaxPlace { text.parse().unwrap() };
    let amount = Money::new(whole * 100, currency.parse().unwrap());
    let mut tx = town.db.begin().await.unwrap();
    exposure::count(&mut tx, place(from), place(to), amount, day).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn exposure_counts_before_there_is_a_registration() {
    let town = Town::new().await;
    let day = date!(2026 - 12 - 31);
    sold(&town, "DE", "FR", 40, "EUR", day).await;
    sold(&town, "DE", "FR", 2, "EUR", day).await;
    sold(&town, "DE", "DE", 5, "EUR", day).await;
    sold(&town, "DE", "FR", 7, "EUR", day.next_day().unwrap()).await;
    for (query, sum) in [
        ("select sales from tax_exposure where place = 'FR' and year = 2026 and currency = 'EUR'", 4_200),
        ("select sales from tax_exposure where place = 'FR' and year = 2027", 700),
        ("select sales from tax_exposure where place = 'EU' and year = 2026", 4_200),
        ("select sales from tax_exposure where place = 'DE' and year = 2026", 500),
        ("select orders from tax_exposure where place = 'FR' and year = 2026", 2),
    ] {
        assert_eq!(town.count(query).await, sum, "{query}");
    }
}

#[tokio::test]
async fn eighty_percent_opens_one_ticket() {
    let town = Town::new().await;
    let day = date!(2026 - 05 - 01);
    sold(&town, "US-NY", "US-WA", 79_999, "USD", day).await;
    assert_eq!(town.count(TICKETS).await, 0);
    sold(&town, "US-NY", "US-WA", 1, "USD", day).await;
    assert_eq!(town.count(TICKETS).await, 1);
    sold(&town, "US-NY", "US-WA", 10_000, "USD", day).await;
    assert_eq!(town.count(TICKETS).await, 1);
    sold(&town, "US-NY", "US-WA", 10_000, "USD", day).await;
    sold(&town, "US-NY", "US-WA", 10_000, "USD", day).await;
    assert_eq!(town.count(TICKETS).await, 2, "and another at the limit");
    assert_eq!(town.count("select sum(seen)::bigint from tickets").await, 2);
}

#[tokio::test]
async fn sales_in_any_currency_count_towards_a_limit() {
    let town = Town::new().await;
    sold(&town, "DE", "GB", 86_351, "EUR", DAY).await;
    assert_eq!(town.count(TICKETS).await, 0, "71,999.46 of 90,000 pounds");
    sold(&town, "DE", "GB", 1, "GBP", DAY).await;
    assert_eq!(town.count(TICKETS).await, 1);
    let told = "select count(*) from tickets where key = 'tax_place:GB:2026:80' and currency = 'GBP' and amount = 7200046";
    assert_eq!(town.count(told).await, 1, "the sum of the year in the currency of the limit");
    sold(&town, "DE", "FR", 11_172, "USD", DAY).await;
    let union = "select count(*) from tickets where key like 'tax_place:EU:2026:%' and amount = 1000000";
    assert_eq!(town.count(union).await, 2, "10,000 euros at once");
}

#[tokio::test]
async fn a_rate_can_lift_a_year_over_its_limit() {
    let town = Town::new().await;
    sold(&town, "DE", "GB", 86_000, "EUR", DAY).await;
    assert_eq!(town.count(TICKETS).await, 0);
    let file = "<gesmes:Envelope><Cube><Cube time='2026-11-03'><Cube currency='GBP' rate='0.9000'/></Cube></Cube></gesmes:Envelope>";
    let mut tx = town.db.begin().await.unwrap();
    rates::import(&mut tx, file).await.unwrap();
    tx.commit().await.unwrap();
    sold(&town, "DE", "GB", 1, "EUR", DAY).await;
    assert_eq!(town.count(TICKETS).await, 0, "a sale counts by the rates of its own day");
    let next = DAY.next_day().unwrap();
    sold(&town, "DE", "GB", 1, "EUR", next).await;
    assert_eq!(town.count(TICKETS).await, 1);
    let mut tx = town.db.begin().await.unwrap();
    tickets::close(&mut tx, "tax_place:GB:2026:80", "We have registered.").await.unwrap();
    tx.commit().await.unwrap();
    sold(&town, "DE", "GB", 1, "EUR", next).await;
    assert_eq!(town.count(TICKETS).await, 1, "what was looked at is not told again");
}

#[tokio::test]
async fn states_are_not_counted_together() {
    let town = Town::new().await;
    for place in ["US", "US-OR", "US-AE"] {
        sold(&town, "DE", place, 600_000, "USD", DAY).await;
    }
    sold(&town, "DE", "US-TX", 399_999, "USD", DAY).await;
    assert_eq!(town.count(TICKETS).await, 0);
    sold(&town, "DE", "US-TX", 1, "USD", DAY).await;
    assert_eq!(town.count("select count(*) from tickets where key = 'tax_place:US-TX:2026:80'").await, 1);
}

#[tokio::test]
async fn staff_reads_how_much_of_each_limit_is_reached() {
    let town = Town::new().await;
    town.clock.advance(datetime!(2026-11-02 12:00 UTC) - town.now());
    let fay = town.staff("Fay", &[Role::Finance]).await;
    fay.get("/admin/rules").await.is(200).shows("Nothing was sold in 2026 yet");
    sold(&town, "DE", "FR", 100, "EUR", DAY).await;
    sold(&town, "DE", "GB", 86_352, "EUR", DAY).await;
    sold(&town, "DE", "GB", 5, "XOF", DAY).await;
    sold(&town, "DE", "GB", 1, "EUR", date!(2025 - 11 - 02)).await;
    let all = exposure::by_place(&mut town.db.read().await.unwrap(), DAY).await.unwrap();
    let told: Vec<(String, Option<i64>, i64)> = all
        .iter()
        .map(|it| (it.place.to_string(), it.reached.as_ref().map(|reached| reached.percent), it.orders))
        .collect();
    let named = |place: &str, percent: Option<i64>, orders: i64| (place.to_owned(), percent, orders);
    assert_eq!(told, [named("GB", Some(80), 2), named("EU", Some(1), 1), named("FR", None, 1)]);
    let page = fay.get("/admin/rules").await.is(200).shows("Sales by place").shows("80 %, £72,000.30");
    page.shows("£90,000.00").shows("no rate is known").shows("none known");
}
