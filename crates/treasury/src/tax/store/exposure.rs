//! Sales by place and year.

use super::Done;
use kernel::{Money, TaxPlace};
use platform::Tx;
use time::Date;

/// Adds a sale; answers the sum of the year.
pub(in crate::tax) async fn add(tx: &mut Tx, place: TaxPlace, day: Date, amount: Money) -> Done<Money> {
    let year = i16::try_from(day.year()).unwrap_or(i16::MAX);
    let sales = sqlx::query_scalar!(
        "insert into tax_exposure (place, year, currency, sales, orders) values ($1, $2, $3, $4, 1)
         on conflict (place, year, currency) do update
           set sales = tax_exposure.sales + excluded.sales, orders = tax_exposure.orders + 1
         returning sales",
        place.to_string(),
        year,
        amount.currency.code(),
        amount.amount
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Money::new(sales, amount.currency))
}
