//! Sales by place and year.

use super::Done;
use kernel::{Currency, Money, TaxPlace};
use platform::{Reader, Tx};
use time::Date;

fn year(day: Date) -> i16 {
    i16::try_from(day.year()).unwrap_or(i16::MAX)
}

/// Adds a sale to its year.
pub(in crate::tax) async fn add(tx: &mut Tx, place: TaxPlace, day: Date, amount: Money) -> Done<()> {
    sqlx::query!(
        "insert into tax_exposure (place, year, currency, sales, orders) values ($1, $2, $3, $4, 1)
         on conflict (place, year, currency) do update
           set sales = tax_exposure.sales + excluded.sales, orders = tax_exposure.orders + 1",
        place.to_string(),
        year(day),
        amount.currency.code(),
        amount.amount
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What was sold in a place in the year of a day, currency by currency.
pub(in crate::tax) async fn of_place(r: &mut Reader, place: TaxPlace, day: Date) -> Done<Vec<Money>> {
    let rows = sqlx::query!(
        r#"select currency as "currency: Currency", sales from tax_exposure where place = $1 and year = $2
           order by currency"#,
        place.to_string(),
        year(day)
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Money::new(row.sales, row.currency)).collect())
}

/// All of the year of a day: place by place, and in each currency by currency, with how many orders that were.
pub(in crate::tax) async fn of_year(r: &mut Reader, day: Date) -> Done<Vec<(TaxPlace, Money, i64)>> {
    let rows = sqlx::query!(
        r#"select place as "place: TaxPlace", currency as "currency: Currency", sales, orders from tax_exposure
           where year = $1 order by place, currency"#,
        year(day)
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.place, Money::new(row.sales, row.currency), row.orders)).collect())
}
