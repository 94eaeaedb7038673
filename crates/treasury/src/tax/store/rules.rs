//! Registrations and rates.

use super::Done;
use crate::tax::rates::Row;
use crate::tax::registrations::{Registration, Scheme};
use kernel::{MemberId, TaxPlace};
use platform::{Reader, Tx};
use time::Date;

pub(in crate::tax) async fn upsert_registration(
    tx: &mut Tx,
    by: Option<MemberId>,
    new: &Registration,
) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into tax_registrations (place, scheme, number, begins, ends, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (place, scheme, begins) do update
           set number = excluded.number, ends = excluded.ends, made_by = excluded.made_by, made_at = excluded.made_at",
        new.place.to_string(),
        new.scheme.name(),
        new.number.trim(),
        new.begins,
        new.ends,
        by.map(|by| by.0),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct Registered {
    place: TaxPlace,
    scheme: String,
    number: String,
    begins: Date,
    ends: Option<Date>,
}

pub(in crate::tax) async fn registrations(r: &mut Reader) -> Done<Vec<Registration>> {
    let rows = sqlx::query_as!(
        Registered,
        r#"select place as "place: TaxPlace", scheme, number, begins, ends
           from tax_registrations order by place, scheme, begins"#
    )
    .fetch_all(r.conn())
    .await?;
    let registration = |row: Registered| -> Done<Registration> {
        let unknown = || sqlx::Error::Decode(format!("unknown scheme {}", row.scheme).into());
        let scheme = Scheme::find(&row.scheme).ok_or_else(unknown)?;
        Ok(Registration { place: row.place, scheme, number: row.number, begins: row.begins, ends: row.ends })
    };
    rows.into_iter().map(registration).collect()
}

pub(in crate::tax) async fn upsert_rate(tx: &mut Tx, by: MemberId, new: &Row) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into tax_rates (place, category, rate_ppm, begins, ends, source, reviewed_by, reviewed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (place, category, begins) do update
           set rate_ppm = excluded.rate_ppm, ends = excluded.ends, source = excluded.source,
             reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at",
        new.place.to_string(),
        new.category,
        new.ppm,
        new.begins,
        new.ends,
        new.source.trim(),
        by.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct Rate {
    place: TaxPlace,
    category: String,
    rate_ppm: i32,
    begins: Date,
    ends: Option<Date>,
    source: String,
}

pub(in crate::tax) async fn own_rates(r: &mut Reader) -> Done<Vec<Row>> {
    let rows = sqlx::query_as!(
        Rate,
        r#"select place as "place: TaxPlace", category, rate_ppm, begins, ends, source
           from tax_rates order by place, category, begins"#
    )
    .fetch_all(r.conn())
    .await?;
    let rate = |row: Rate| Row {
        place: row.place,
        category: row.category,
        ppm: row.rate_ppm,
        begins: row.begins,
        ends: row.ends,
        levies: false,
        source: row.source,
    };
    Ok(rows.into_iter().map(rate).collect())
}
