//! Sales by place and year from the first one on, whether anything is collected there or not: from some sum on a
//! registration is due, and staff must know before.
//!
//! A limit is in one currency, and sales are in many: those of the whole year are converted by the rates of one day, that of
//! the sale that is counted. So the sum moves with the rates, and it is the sum that is told of, never the step over a limit.

use super::liability::in_eu;
use super::rates::lines;
use super::store;
use crate::rates::{self, Table};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Currency, Money, Refusal, TaxPlace};
use platform::{Reader, Tx};
use serde_json::json;
use std::cmp::Reverse;
use std::sync::LazyLock;
use time::{Date, Duration};

/// Shares of a limit at which staff is told, in percent.
const TOLD_AT: [i64; 2] = [80, 100];
/// How long there is to look at it.
const DUE: Duration = Duration::days(14);

/// From which sales in a year on a registration is due. Nothing where there is no such tax.
static LIMITS: LazyLock<Vec<(Of, Option<Money>)>> =
    LazyLock::new(|| lines(include_str!("../../data/thresholds.csv")).filter_map(limit).collect());

/// Of what a line of the table speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Place(TaxPlace),
    /// Each part of a country by itself, unless it has a line of its own. Nothing is said of the country.
    Parts(TaxPlace),
}

/// How much of a limit is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    pub limit: Money,
    /// In the currency of the limit.
    pub sum: Money,
    /// Of the limit, rounded down.
    pub percent: i64,
    /// Sales in currencies of which no rate is known: not in the sum.
    pub left_out: Vec<Money>,
}

impl Reached {
    /// Errors: overflow.
    fn of(sales: &[Money], limit: Money, rates: &Table) -> Result<Self, Refusal> {
        let (mut sum, mut left_out) = (Money::zero(limit.currency), Vec::new());
        for sold in sales {
            let shown = rates.show(*sold, limit.currency).map(|shown| shown.money);
            match shown.or((sold.currency == limit.currency).then_some(*sold)) {
                Some(money) => sum = sum.plus(money)?,
                None => left_out.push(*sold),
            }
        }
        let percent = i128::from(sum.amount) * 100 / i128::from(limit.amount.max(1));
        Ok(Self { limit, sum, percent: i64::try_from(percent).unwrap_or(i64::MAX), left_out })
    }
}

/// What was sold in a place in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sold {
    pub place: TaxPlace,
    pub orders: i64,
    /// Currency by currency.
    pub sales: Vec<Money>,
    /// Nothing where no limit is known.
    pub reached: Option<Reached>,
}

/// Counts a sale that was paid for, once for each order: `amount` is what the buyer paid for goods and shipping, `day` is
/// that of the sale where it counts. A sale across a border within the European Union also counts for `EU`. At 80 and at
/// 100 percent of a limit a ticket is opened, once a year each. Errors: overflow.
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
        store::exposure::add(tx, place, day, amount).await?;
        if let Some(limit) = limit_of(place) {
            tell(tx, place, day, limit).await?;
        }
    }
    Ok(())
}

/// What was sold in the year of a day, by the rates of that day: what is nearest to its limit first. Errors: overflow.
pub async fn by_place(reader: &mut Reader, day: Date) -> Result<Vec<Sold>, Refusal> {
    let rates = rates::on(reader, day).await?;
    let mut all: Vec<Sold> = Vec::new();
    for (place, amount, orders) in store::exposure::of_year(reader, day).await? {
        match all.last_mut().filter(|sold| sold.place == place) {
            Some(sold) => {
                sold.orders += orders;
                sold.sales.push(amount);
            }
            None => all.push(Sold { place, orders, sales: vec![amount], reached: None }),
        }
    }
    for sold in &mut all {
        let reached = limit_of(sold.place).map(|limit| Reached::of(&sold.sales, limit, &rates));
        sold.reached = reached.transpose()?;
    }
    all.sort_by_key(|sold| Reverse(sold.reached.as_ref().map(|reached| reached.percent)));
    Ok(all)
}

/// The limit of a place, else that of each part of its country.
fn limit_of(place: TaxPlace) -> Option<Money> {
    let of = |wanted: Of| LIMITS.iter().find(|(of, _)| *of == wanted).map(|(_, limit)| *limit);
    let whole = TaxPlace::parse(place.country()).filter(|whole| *whole != place);
    of(Of::Place(place)).or_else(|| of(Of::Parts(whole?))).flatten()
}

async fn tell(tx: &mut Tx, place: TaxPlace, day: Date, limit: Money) -> Result<(), Refusal> {
    let sales = store::exposure::of_place(tx, place, day).await?;
    let rates = match sales.iter().all(|sold| sold.currency == limit.currency) {
        true => Table::default(),
        false => rates::on(tx, day).await?,
    };
    let reached = Reached::of(&sales, limit, &rates)?;
    for percent in TOLD_AT {
        let key = format!("tax_place:{place}:{}:{percent}", day.year());
        if reached.percent < percent || tickets::was_opened(tx, &key).await? {
            continue;
        }
        let new = NewTicket {
            kind: Kind::TaxPlace,
            key: &key,
            subject: Subject::Nothing,
            amount: Some(reached.sum),
            detail: json!({ "place": place, "year": day.year(), "percent": percent, "limit": limit.amount }),
            due: DUE,
        };
        tickets::open(tx, &new).await?;
    }
    Ok(())
}

fn limit(line: &'static str) -> Option<(Of, Option<Money>)> {
    let columns: [&'static str; 4] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
    let [place, whole, currency, _source] = columns;
    let of = match place.strip_suffix("-*") {
        Some(country) => Of::Parts(country.parse().ok()?),
        None => Of::Place(place.parse().ok()?),
    };
    if whole.is_empty() {
        return Some((of, None));
    }
    let currency: Currency = currency.parse().ok()?;
    let amount = whole.parse::<i64>().ok()?.checked_mul(currency.minor_per_major())?;
    Some((of, Some(Money::new(amount, currency))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_have_their_own_limit_or_that_of_states() {
        assert_eq!(LIMITS.len(), lines(include_str!("../../data/thresholds.csv")).count());
        let written = |limit: Money| format!("{} {}", limit.decimal(), limit.currency.code());
        let of = |place: &str| limit_of(place.parse().unwrap()).map(written);
        assert_eq!(of("US-TX").as_deref(), Some("500000.00 USD"));
        assert_eq!(of("US-WA").as_deref(), Some("100000.00 USD"));
        assert_eq!(of("US-OR"), None, "it has no such tax");
        assert_eq!(of("US"), None, "all states together have none");
        assert_eq!(of("EU").as_deref(), Some("10000.00 EUR"));
        assert_eq!(of("GB").as_deref(), Some("90000.00 GBP"));
        assert_eq!(of("DE"), None);
    }

    #[test]
    fn what_has_no_rate_is_named_and_not_counted() {
        let money = |amount, code: &str| Money::new(amount, code.parse().unwrap());
        let sales = [money(8_199, "EUR"), money(500, "XOF")];
        let reached = Reached::of(&sales, money(10_000, "EUR"), &Table::default()).unwrap();
        assert_eq!((reached.sum, reached.percent), (money(8_199, "EUR"), 81));
        assert_eq!(reached.left_out, [money(500, "XOF")]);
    }
}
