//! Which rates count on a day, and keeping new ones.

use super::ecb::{self, EMBEDDED};
use super::model::{Imported, Table};
use super::store;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::Refusal;
use platform::{Reader, Tx};
use serde_json::json;
use time::{Date, Duration};

/// A rate that is further from the day before is kept, and somebody is asked to look at it. Percent.
const FAR: i128 = 30;
/// How long there is for that.
const DUE: Duration = Duration::days(2);
/// There are none of weekends and holidays; after so long something is wrong.
const OLD: Duration = Duration::days(7);
/// Of the ticket about it.
const OLD_KEY: &str = "rates_old";

/// The newest rates of a day: of each currency the last one that was published until then.
pub async fn on(reader: &mut Reader, day: Date) -> Result<Table, Refusal> {
    let mut table = Table { rates: store::until(reader, day).await? };
    if EMBEDDED.day <= day {
        for (currency, rate) in &EMBEDDED.rates {
            table.rates.entry(*currency).or_insert((*rate, EMBEDDED.day));
        }
    }
    Ok(table)
}

/// The day of the newest rates there are: those that were read, else those that came with the program.
pub async fn newest(reader: &mut Reader) -> Result<Option<Date>, Refusal> {
    let today = reader.now().date();
    let came_along = (EMBEDDED.day <= today).then_some(EMBEDDED.day);
    Ok(store::newest(reader, today).await?.max(came_along))
}

/// Whether the newest rates are older than those of a week with holidays in it may be.
pub fn is_old(newest: Date, today: Date) -> bool {
    today - newest > OLD
}

/// Rates that should be fetched and have not come for a week are somebody's to look at. New ones close the ticket.
pub async fn tell_old(tx: &mut Tx) -> Result<(), Refusal> {
    let (newest, today) = (newest(tx).await?, tx.now().date());
    if newest.is_some_and(|day| !is_old(day, today)) {
        return tickets::close(tx, OLD_KEY, "new rates have come").await;
    }
    let new = NewTicket {
        kind: Kind::Other,
        key: OLD_KEY,
        subject: Subject::Nothing,
        amount: None,
        detail: json!({ "rates_of": newest.map(|day| day.to_string()) }),
        due: DUE,
    };
    tickets::open(tx, &new).await?;
    Ok(())
}

/// Keeps a day's file of the European Central Bank, whole or not at all. A rate that is kept already stays, so twice is
/// once. Errors: `Broken` when it is not such a file.
pub async fn import(tx: &mut Tx, xml: &str) -> Result<Imported, Refusal> {
    let file = ecb::read(xml).map_err(Refusal::broken)?;
    let eve = file.day.previous_day().unwrap_or(file.day);
    let before = on(tx, eve).await?;
    let mut imported = Imported { day: file.day, kept: 0, far: Vec::new() };
    for (currency, rate) in file.rates {
        if !store::insert(tx, currency, file.day, rate).await? {
            continue;
        }
        imported.kept += 1;
        let last = before.rates.get(&currency).map(|(last, _)| *last);
        if last.is_some_and(|last| rate.is_far_from(last, FAR)) {
            imported.far.push(currency);
            let new = NewTicket {
                kind: Kind::Other,
                key: &format!("rate:{currency}"),
                subject: Subject::Nothing,
                amount: None,
                detail: json!({ "currency": currency, "day": file.day.to_string(), "rate": rate.decimal(),
                    "before": last.map(|last| last.decimal()) }),
                due: DUE,
            };
            tickets::open(tx, &new).await?;
        }
    }
    Ok(imported)
}
