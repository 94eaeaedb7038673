//! Rates between currencies: read whole or not at all, and shown with their date.

use futures_util::future::BoxFuture;
use kernel::{Currency, Money};
use market::accounts::model::Role;
use market::rates::{self, jobs};
use platform::jobs::JobError;
use platform::outgoing::{Call, HeaderMap, OutgoingError, Reply, Wire};
use testkit::Town;
use time::macros::{date, datetime};
use time::{Date, Duration};

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

/// A bank that always says the same.
#[derive(Debug)]
struct Bank(u16, String);

impl Wire for Bank {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply, OutgoingError>> {
        assert_eq!(call.url().path(), "/daily.xml");
        let reply = Reply { status: self.0, headers: HeaderMap::new(), body: self.1.clone().into() };
        Box::pin(std::future::ready(Ok(reply)))
    }
}

#[tokio::test]
async fn the_rates_of_the_day_are_fetched_and_kept_whole() {
    let town = Town::new().await;
    let reads =
        async |bank: Bank| jobs::read(&town.db, &bank, "https://bank.example/daily.xml", jobs::Read {}).await;
    for bank in [Bank(503, file("1.2")), Bank(200, "<html>".to_owned()), Bank(200, file("much"))] {
        assert!(matches!(reads(bank).await, Err(JobError::Again(_))));
    }
    assert_eq!(town.count("select count(*) from fx_rates").await, 0);
    reads(Bank(200, file("1.2"))).await.unwrap();
    reads(Bank(200, file("1.3"))).await.unwrap();
    assert_eq!(town.count("select count(*) from fx_rates").await, 2);
    assert_eq!(shown(&town, date!(2026 - 11 - 05)).await, Some((12_000, date!(2026 - 11 - 02))));
    // It is not asked for unless the operator wants it.
    town.run_jobs().await;
}

#[tokio::test]
async fn rates_that_do_not_come_for_a_week_become_a_ticket() {
    let town = Town::with(|config| config.rates.enabled = true).await;
    town.clock.advance(datetime!(2026-11-02 12:00 UTC) - town.now());
    let open = "select count(*) from tickets where key = 'rates_old' and closed_at is null";
    let reads =
        async |bank: Bank| jobs::read(&town.db, &bank, "https://bank.example/daily.xml", jobs::Read {}).await;
    reads(Bank(200, file("1.2"))).await.unwrap();
    for (days, tickets) in [(7, 0), (1, 1), (1, 1)] {
        town.clock.advance(Duration::days(days));
        assert!(reads(Bank(503, String::new())).await.is_err());
        assert_eq!(town.count(open).await, tickets);
    }
    let mut tx = town.db.begin().await.unwrap();
    assert_eq!(rates::newest(&mut tx).await.unwrap(), Some(date!(2026 - 11 - 02)));
    drop(tx);
    let fay = town.staff("Fay", &[Role::Finance]).await;
    fay.get("/admin").await.is(200).shows("newer ones do not come");
    reads(Bank(200, file("1.2").replace("2026-11-02", "2026-11-11"))).await.unwrap();
    assert_eq!(town.count(open).await, 0, "new ones have come");
    fay.get("/admin").await.is(200).hides("newer ones do not come");
}
