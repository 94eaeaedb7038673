//! The SQL of rates. All are the European Central Bank's, to the euro.

use super::model::Rate;
use kernel::Currency;
use platform::{Reader, Tx};
use std::collections::BTreeMap;
use time::Date;

type Done<T> = Result<T, sqlx::Error>;

/// Whether it is new.
pub(super) async fn insert(tx: &mut Tx, currency: Currency, day: Date, rate: Rate) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into fx_rates (source, base, currency, day, rate, read_at)
         values ('ecb', 'EUR', $1, $2, $3::text::numeric, $4) on conflict do nothing",
        currency.code(),
        day,
        rate.decimal(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The last day until this one that a rate is kept of.
pub(super) async fn newest(r: &mut Reader, until: Date) -> Done<Option<Date>> {
    sqlx::query_scalar!(
        "select max(day) from fx_rates where source = 'ecb' and base = 'EUR' and day <= $1",
        until
    )
    .fetch_one(r.conn())
    .await
}

/// Of each currency the last rate until a day.
pub(super) async fn until(r: &mut Reader, day: Date) -> Done<BTreeMap<Currency, (Rate, Date)>> {
    let rows = sqlx::query!(
        r#"select distinct on (currency) currency as "currency: Currency", day, rate::text as "rate!" from fx_rates
           where source = 'ecb' and base = 'EUR' and day <= $1 order by currency, day desc"#,
        day
    )
    .fetch_all(r.conn())
    .await?;
    let unread = |text: &str| sqlx::Error::Decode(format!("unreadable rate {text}").into());
    rows.into_iter()
        .map(|row| -> Done<(Currency, (Rate, Date))> {
            let rate = Rate::parse(&row.rate).ok_or_else(|| unread(&row.rate))?;
            Ok((row.currency, (rate, row.day)))
        })
        .collect()
}
