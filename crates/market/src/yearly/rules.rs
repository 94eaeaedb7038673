//! The limits of the laws, and counting by them: pure.

use super::model::{Months, Sums, quarter_of};
use crate::rates;
use kernel::money::MoneyError;
use kernel::{Currency, Money, Refusal};
use platform::Reader;
use time::{Date, Month};

/// Below both, a seller of goods is not told of (Directive 2011/16/EU, annex V, section I, B 4 d, as of Directive (EU)
/// 2021/514): fewer sales than this, and at most so many euro cents.
const DAC7_SALES: i64 = 30;
const DAC7_CENTS: i64 = 200_000;
/// Above both, a seller is told of (26 USC 6050W (e), as restored for all years by Public Law 119-21 of 4 July 2025): more
/// sales than this, and more US cents.
const FORM_1099K_SALES: i64 = 200;
const FORM_1099K_CENTS: i64 = 2_000_000;
/// From one of both on, sellers are asked who they are: well before DAC7's limit.
const ASKED_SALES: i64 = 20;
const ASKED_CENTS: i64 = 150_000;

/// Whether DAC7 wants to know of who made so many sales for so many euro cents in a year.
pub const fn dac7_tells(sales: i64, cents: i64) -> bool {
    sales >= DAC7_SALES || cents > DAC7_CENTS
}

/// Whether Form 1099-K wants to know of who made so many sales for so many US cents in a year, before anything was taken off.
pub const fn form_1099k_tells(sales: i64, cents: i64) -> bool {
    sales > FORM_1099K_SALES && cents > FORM_1099K_CENTS
}

/// Whether a seller is asked who they are.
pub const fn is_asked(sales: i64, cents: i64) -> bool {
    sales >= ASKED_SALES || cents >= ASKED_CENTS
}

/// The rates of the last day of each quarter of a year.
#[derive(Clone, Debug, Default)]
pub struct Rates([rates::Table; 4]);

impl Rates {
    /// Of a quarter that is not over, the newest that there are.
    pub async fn of(reader: &mut Reader, year: i32) -> Result<Self, Refusal> {
        let ends = [(Month::March, 31), (Month::June, 30), (Month::September, 30), (Month::December, 31)];
        let mut tables: [rates::Table; 4] = Default::default();
        for (table, (month, day)) in tables.iter_mut().zip(ends) {
            let last = Date::from_calendar_date(year, month, day).map_err(Refusal::broken)?;
            *table = rates::on(reader, last).await?;
        }
        Ok(Self(tables))
    }

    /// An amount in another currency, by the rate of its quarter. Errors: `Conflict("report-no-rate")`.
    pub fn convert(&self, quarter: usize, money: Money, into: Currency) -> Result<Money, Refusal> {
        if money.currency == into || money.is_zero() {
            return Ok(Money::new(money.amount, into));
        }
        let shown = self.0.get(quarter).and_then(|table| table.show(money, into));
        shown.map(|shown| shown.money).ok_or(Refusal::Conflict("report-no-rate"))
    }

    fn convert_all(&self, quarter: usize, sums: &Sums, into: Currency) -> Result<Sums, Refusal> {
        let it = |money| self.convert(quarter, money, into);
        Ok(Sums {
            sales: sums.sales,
            consideration: it(sums.consideration)?,
            fees: it(sums.fees)?,
            taxes: it(sums.taxes)?,
            buyers: it(sums.buyers)?,
            gross: it(sums.gross)?,
        })
    }

    /// A year by month, in one currency. Errors: as [`Self::convert`]; overflow.
    pub fn by_month(&self, months: &Months, into: Currency) -> Result<[Sums; 12], Refusal> {
        let mut all = [Sums::zero(into); 12];
        for ((month, _), sums) in months {
            let more = self.convert_all(quarter_of(*month), sums, into)?;
            if let Some(here) = all.get_mut(usize::from((*month).clamp(1, 12) - 1)) {
                *here = here.plus(&more)?;
            }
        }
        Ok(all)
    }

    /// The whole year in one currency. Errors: as [`Self::convert`]; overflow.
    pub fn whole(&self, months: &Months, into: Currency) -> Result<Sums, Refusal> {
        let all = self.by_month(months, into)?;
        Ok(all.iter().try_fold(Sums::zero(into), Sums::plus)?)
    }
}

/// The currency that a seller is told of in: theirs, if they have sold in one alone; else the euro.
pub fn currency_of(months: &Months) -> Currency {
    let mut all = months.keys().map(|(_, currency)| *currency);
    let first = all.next();
    first.filter(|first| all.all(|other| other == *first)).unwrap_or(Currency::EUR)
}

/// Quarters of which none is less than nothing, and whose sum is that of before: what went back in a quarter in which
/// less came in is taken off the next ones, and what is then left off those before. A year of less than nothing is nothing.
pub fn no_less_than_nothing(quarters: [i64; 4]) -> [i64; 4] {
    let mut all = quarters;
    let left = carry(all.iter_mut());
    if left < 0 {
        if let Some(last) = all.last_mut() {
            *last = left;
        }
        carry(all.iter_mut().rev());
    }
    all
}

/// Takes what is less than nothing off the next one. Answers what is left at the end.
fn carry<'a>(quarters: impl Iterator<Item = &'a mut i64>) -> i64 {
    let mut owed = 0_i64;
    for quarter in quarters {
        let here = quarter.saturating_add(owed);
        (owed, *quarter) = (here.min(0), here.max(0));
    }
    owed
}

/// Whole units of a currency, half to even.
pub fn whole_units(money: Money) -> i64 {
    let by = money.currency.minor_per_major();
    let (quotient, rest) = (money.amount.div_euclid(by), money.amount.rem_euclid(by));
    let up = rest * 2 > by || (rest * 2 == by && quotient % 2 != 0);
    quotient + i64::from(up)
}

/// Four quarters of twelve months. Errors: overflow.
pub fn by_quarter(months: &[Sums; 12]) -> Result<[Sums; 4], MoneyError> {
    let currency = months.first().map_or(Currency::EUR, |sums| sums.consideration.currency);
    let mut quarters = [Sums::zero(currency); 4];
    for (quarter, some) in quarters.iter_mut().zip(months.chunks(3)) {
        *quarter = some.iter().try_fold(Sums::zero(currency), Sums::plus)?;
    }
    Ok(quarters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_or_and_and() {
        for (sales, cents, dac7, form_1099k, asked) in [
            (0, 0, false, false, false),
            (19, 149_999, false, false, false),
            (20, 0, false, false, true),
            (1, 150_000, false, false, true),
            (29, 200_000, false, false, true),
            (29, 200_001, true, false, true),
            (30, 1, true, false, true),
            (200, 9_000_000, true, false, true),
            (201, 2_000_000, true, false, true),
            (201, 2_000_001, true, true, true),
        ] {
            let told = (dac7_tells(sales, cents), form_1099k_tells(sales, cents), is_asked(sales, cents));
            assert_eq!(told, (dac7, form_1099k, asked), "{sales} {cents}");
        }
    }

    #[test]
    fn what_went_back_is_taken_off_without_changing_the_year() {
        for (quarters, told) in [
            ([10, 20, 30, 40], [10, 20, 30, 40]),
            ([-10, 20, 30, 40], [0, 10, 30, 40]),
            ([-40, 20, 30, 0], [0, 0, 10, 0]),
            ([10, 20, 30, -40], [10, 10, 0, 0]),
            ([-5, 3, -9, 20], [0, 0, 0, 9]),
            ([5, 0, -9, 1], [0, 0, 0, 0]),
            ([0, 0, 0, -1], [0, 0, 0, 0]),
        ] {
            assert_eq!(no_less_than_nothing(quarters), told, "{quarters:?}");
            assert_eq!(told.iter().sum::<i64>(), quarters.iter().sum::<i64>().max(0), "{quarters:?}");
        }
    }

    #[test]
    fn units_are_rounded_half_to_even() {
        let of = |amount, code: &str| whole_units(Money::new(amount, code.parse().unwrap()));
        assert_eq!((of(149, "EUR"), of(150, "EUR"), of(250, "EUR"), of(251, "EUR")), (1, 2, 2, 3));
        assert_eq!((of(7, "JPY"), of(1_500, "KWD"), of(-150, "EUR")), (7, 2, -2));
    }

    #[test]
    fn a_seller_of_one_currency_is_told_of_in_it() {
        let (eur, sek) = (Currency::EUR, "SEK".parse().unwrap());
        let of = |all: &[(u8, Currency)]| -> Months {
            all.iter().map(|(month, currency)| ((*month, *currency), Sums::zero(*currency))).collect()
        };
        assert_eq!(currency_of(&of(&[(1, sek), (7, sek)])), sek);
        assert_eq!(currency_of(&of(&[(1, sek), (7, eur)])), eur);
        assert_eq!(currency_of(&of(&[])), eur);
    }
}
