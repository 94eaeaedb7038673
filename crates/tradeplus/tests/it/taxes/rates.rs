//! Rates between currencies: read whole or not at all, and shown with their date.

use kernel::{Currency, Money};
use market::rates;
use testkit::Town;
use time::Date;
use time::macros::date;

fn file(usd: &str) -> String {
    format!(
        "<gesmes:Envelope><Cube><Cube time='2026-11-02'><Cube currency='USD' rate='{usd}'/>\
         <Cube currency='JPY' rate='176.1'/></Cube></Cube></gesmes:Envelope>"
    )
}

async fn imports(town: &Town, text: &str) -> Option<rates::Imported> {
    let mut tx = town.db.begin().await.unwrap();
    let imported = rates::import(&mut tx, text).await.ok()?;
    tx.commit().await.unwrap();
    Some(imported)
}

/// 100.00 euros in dollars, and the day of the rate.
async fn shown(town: &Town, day: Date) -> Option<(i64, Date)> {
    let table = rates::on(&mut town.db.read().await.unwrap(), day).await.unwrap();
    let shown = table.show(Money::new(10_000, Currency::EUR), "USD".parse().unwrap())?;
    Some((shown.money.amount, shown.day))
}

#[tokio::test]
async fn an_amount_is_shown_by_the_newest_rate_of_its_day() {
    let town = Town::new().await;
    assert_eq!(shown(&town, date!(2026 - 10 - 29)).await, None, "without a rate nothing is shown");
    assert_eq!(shown(&town, date!(2026 - 11 - 02)).await, Some((11_172, date!(2026 - 10 - 30))));
    let kept = imports(&town, &file("1.2000")).await.unwrap();
    assert_eq!((kept.kept, kept.far), (2, vec![]));
    assert_eq!(shown(&town, date!(2026 - 11 - 05)).await, Some((12_000, date!(2026 - 11 - 02))));
    assert_eq!(shown(&town, date!(2026 - 11 - 01)).await, Some((11_172, date!(2026 - 10 - 30))));
    assert_eq!(imports(&town, &file("1.3000")).await.unwrap().kept, 0, "twice is once");
    assert_eq!(shown(&town, date!(2026 - 11 - 05)).await, Some((12_000, date!(2026 - 11 - 02))));
}

#[tokio::test]
async fn a_rate_that_jumps_is_kept_and_looked_at() {
    let town = Town::new().await;
    let kept = imports(&town, &file("1.5")).await.unwrap();
    let usd: Currency = "USD".parse().unwrap();
    assert_eq!(kept.far, [usd]);
    assert_eq!(town.count("select count(*) from tickets where key = 'rate:USD'").await, 1);
    assert_eq!(imports(&town, &file("much")).await, None);
}
