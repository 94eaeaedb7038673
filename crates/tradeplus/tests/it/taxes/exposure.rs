//! Sales are counted by place from the first one on.

use kernel::{Money, TaxPlace};
use market::tax::exposure;
use testkit::Town;
use time::Date;
use time::macros::date;

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
    let tickets = "select count(*) from tickets where kind = 'tax_place'";
    sold(&town, "US-NY", "US-WA", 79_999, "USD", day).await;
    assert_eq!(town.count(tickets).await, 0);
    sold(&town, "US-NY", "US-WA", 1, "USD", day).await;
    assert_eq!(town.count(tickets).await, 1);
    sold(&town, "US-NY", "US-WA", 10_000, "USD", day).await;
    assert_eq!(town.count(tickets).await, 1);
    sold(&town, "US-NY", "US-WA", 10_000, "USD", day).await;
    sold(&town, "US-NY", "US-WA", 10_000, "USD", day).await;
    assert_eq!(town.count(tickets).await, 2, "and another at the limit");
    assert_eq!(town.count("select sum(seen)::bigint from tickets").await, 2);
}
