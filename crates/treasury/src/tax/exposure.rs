//! Sales by place and year from the first one on, whether anything is collected there or not: from some sum on a
//! registration is due, and staff must know before.

use super::liability::in_eu;
use super::rates::lines;
use super::store;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Currency, Money, Refusal, TaxPlace};
use platform::Tx;
use serde_json::json;
use std::sync::LazyLock;
use time::{Date, Duration};

/// Shares of a limit at which staff is told, in percent.
const TOLD_AT: [i64; 2] = [80, 100];
/// How long there is to look at it.
const DUE: Duration = Duration::days(14);

/// From which sales in a year on a registration is due.
static LIMITS: LazyLock<Vec<(TaxPlace, Money)>> =
    LazyLock::new(|| lines(include_str!("../../data/thresholds.csv")).filter_map(limit).collect());

/// Counts a sale that was paid for, once for each order: `amount` is what the buyer paid for goods and shipping, `day` is
/// that of the sale where it counts. A sale across a border within the European Union also counts for `EU`. At 80 and at
/// 100 percent of a limit a ticket is opened, once a year each.
pub async fn count(
    tx: &mut Tx,
    from: TaxPlace,
    to: TaxPlace,
    amount: Money,
    day: Date,
) -> Result<(), Refusal> {
    let across = in_eu(from) && in_eu(to) && from.country() != to.country();
    let union = across.then(|| TaxPlace::parse("EU")).flatten();
    for place in [Some(to), union].into_iter().flatten() {
        let after = store::exposure::add(tx, place, day, amount).await?;
        let before = after.minus(amount)?;
        if let Some(limit) = limit_of(place, amount.currency) {
            tell(tx, place, day, (before, after), limit).await?;
        }
    }
    Ok(())
}

/// The limit of a place, else of its country, in a currency.
fn limit_of(place: TaxPlace, currency: Currency) -> Option<Money> {
    let country = TaxPlace::parse(place.country()).unwrap_or(place);
    let of = |wanted: TaxPlace| LIMITS.iter().find(|(place, _)| *place == wanted).map(|(_, limit)| *limit);
    of(place).or_else(|| of(country)).filter(|limit| limit.currency == currency)
}

async fn tell(
    tx: &mut Tx,
    place: TaxPlace,
    day: Date,
    (before, after): (Money, Money),
    limit: Money,
) -> Result<(), Refusal> {
    for percent in TOLD_AT {
        let mark = limit.basis_points(percent * 100)?;
        if before.amount < mark.amount && mark.amount <= after.amount {
            let new = NewTicket {
                kind: Kind::TaxPlace,
                key: &format!("tax_place:{place}:{}:{percent}", day.year()),
                subject: Subject::Nothing,
                amount: Some(after),
                detail: json!({ "place": place, "year": day.year(), "percent": percent, "limit": limit.amount }),
                due: DUE,
            };
            tickets::open(tx, &new).await?;
        }
    }
    Ok(())
}

fn limit(line: &'static str) -> Option<(TaxPlace, Money)> {
    let columns: [&'static str; 4] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
    let [place, whole, currency, _source] = columns;
    let currency: Currency = currency.parse().ok()?;
    let amount = whole.parse::<i64>().ok()?.checked_mul(currency.minor_per_major())?;
    Some((place.parse().ok()?, Money::new(amount, currency)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_country_have_their_own_limit_or_its() {
        assert_eq!(LIMITS.len(), lines(include_str!("../../data/thresholds.csv")).count());
        let usd: Currency = "USD".parse().unwrap();
        let of = |place: &str, currency| limit_of(place.parse().unwrap(), currency).map(|limit| limit.amount);
        assert_eq!(of("US-TX", usd), Some(50_000_000));
        assert_eq!(of("US-WA", usd), Some(10_000_000));
        assert_eq!(of("EU", Currency::EUR), Some(1_000_000));
        assert_eq!(of("US-TX", Currency::EUR), None);
        assert_eq!(of("DE", Currency::EUR), None);
    }
}
