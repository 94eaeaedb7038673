//! Counting a year from the books.

use super::model::{Months, Sums};
use crate::orders::selling::sellers_of;
use crate::tax::{self, Owed, day_in};
use kernel::money::MoneyError;
use kernel::{Currency, MemberId, Money, OrderId, Refusal, TaxPlace};
use ledger::takings::{self, After, Part, Taking};
use platform::Reader;
use std::collections::BTreeMap;
use time::{Date, Month as OfYear};

/// Entries that are read at once.
const AT_ONCE: i64 = 1_000;

/// What everybody earned in a year, month by month: what the books released to them, less what was taken back later, in
/// the month in which it was. The year is that of `home`. Errors: overflow; an entry of an order that does not exist.
pub async fn gather(
    reader: &mut Reader,
    home: TaxPlace,
    year: i32,
) -> Result<BTreeMap<MemberId, Months>, Refusal> {
    let begins = |year| Date::from_calendar_date(year, OfYear::January, 1).map_err(Refusal::broken);
    let from = tax::midnight_in(home, begins(year)?);
    let to = tax::midnight_in(home, begins(year + 1)?);
    let mut all: BTreeMap<MemberId, Months> = BTreeMap::new();
    let mut after = After::beginning(from);
    loop {
        let some = takings::next(reader, after, to, AT_ONCE).await?;
        let Some(last) = some.last() else { return Ok(all) };
        after = After::this(last);
        let orders: Vec<OrderId> = some.iter().map(|taking| taking.order).collect();
        let sellers = sellers_of(reader, &orders).await?;
        let owed = tax::owed(reader, &orders).await?;
        for taking in &some {
            let seller = sellers.get(&taking.order).ok_or_else(|| {
                Refusal::broken(format!("the books know the order {}, and nobody else", taking.order))
            })?;
            let month = u8::from(day_in(home, taking.at).month());
            let months = all.entry(*seller).or_default();
            for (currency, sums) in sums_of(taking, owed.get(&taking.order))? {
                let sum = months.entry((month, currency)).or_insert_with(|| Sums::zero(currency));
                *sum = sum.plus(&sums)?;
            }
        }
    }
}

/// What one entry means, in each of its currencies. A tax counts to what it is on, as it was decided at the sale.
fn sums_of(taking: &Taking, owed: Option<&Owed>) -> Result<BTreeMap<Currency, Sums>, MoneyError> {
    let mut all: BTreeMap<Currency, Sums> = BTreeMap::new();
    for (part, money) in &taking.parts {
        let sums = all.entry(money.currency).or_insert_with(|| Sums::zero(money.currency));
        match part {
            Part::Seller => sums.consideration = sums.consideration.plus(*money)?,
            Part::Commission => sums.fees = sums.fees.plus(*money)?,
            Part::BuyerFee => sums.buyers = sums.buyers.plus(*money)?,
            Part::Tax => {
                let [goods, buyer_fee, commission] = split(*money, owed)?;
                sums.taxes = sums.taxes.plus(goods)?;
                sums.buyers = sums.buyers.plus(buyer_fee)?;
                sums.fees = sums.fees.plus(commission)?;
            }
        }
    }
    if taking.is_sale {
        for sums in all.values_mut() {
            sums.gross = sums.consideration.plus(sums.fees)?;
        }
        // A sale is one, also where its seller is paid in another currency.
        let sellers = taking.parts.iter().find(|(part, _)| *part == Part::Seller).or(taking.parts.first());
        if let Some(sums) = sellers.and_then(|(_, money)| all.get_mut(&money.currency)) {
            sums.sales = 1;
        }
    }
    Ok(all)
}

/// A tax by what it is on: goods, the buyer's fee, the commission. All of it is on the goods where nothing was decided.
fn split(tax: Money, owed: Option<&Owed>) -> Result<[Money; 3], MoneyError> {
    let none = Money::zero(tax.currency);
    let Some(owed) = owed else { return Ok([tax, none, none]) };
    let weights = [owed.goods, owed.buyer_fee, owed.commission].map(i64::unsigned_abs);
    match tax.split(&weights) {
        Ok(parts) => Ok(<[Money; 3]>::try_from(parts).unwrap_or([tax, none, none])),
        Err(MoneyError::NoWeights) => Ok([tax, none, none]),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Moment;
    use ledger::EntryId;

    fn eur(amount: i64) -> Money {
        Money::new(amount, Currency::EUR)
    }

    fn taking(is_sale: bool, parts: Vec<(Part, Money)>) -> Taking {
        let order = OrderId(uuid::Uuid::nil());
        Taking { entry: EntryId(1), order, at: Moment::UNIX_EPOCH, is_sale, parts }
    }

    #[test]
    fn a_tax_counts_to_what_it_is_on() {
        let parts = vec![
            (Part::Seller, eur(9_000)),
            (Part::Seller, eur(200)),
            (Part::Commission, eur(672)),
            (Part::BuyerFee, eur(479)),
            (Part::Tax, eur(219)),
        ];
        let owed = Owed { goods: 0, buyer_fee: 91, commission: 128 };
        let sums = sums_of(&taking(true, parts), Some(&owed)).unwrap()[&Currency::EUR];
        let told = [sums.consideration, sums.fees, sums.taxes, sums.buyers, sums.gross].map(|it| it.amount);
        assert_eq!(told, [9_200, 800, 0, 570, 10_000]);
        assert_eq!(sums.sales, 1);
    }

    #[test]
    fn a_part_that_went_back_takes_its_part_of_each_tax() {
        let parts = vec![(Part::Seller, eur(-3_000)), (Part::Commission, eur(-200)), (Part::Tax, eur(-73))];
        let owed = Owed { goods: 0, buyer_fee: 91, commission: 128 };
        let sums = sums_of(&taking(false, parts), Some(&owed)).unwrap()[&Currency::EUR];
        assert_eq!(sums.sales, 0);
        assert_eq!(sums.gross, eur(0), "what the goods brought once is not less");
        let all = sums.consideration.amount + sums.fees.amount + sums.taxes.amount + sums.buyers.amount;
        assert_eq!(all, -3_273);
    }

    #[test]
    fn who_is_paid_in_another_currency_sold_once() {
        let sek = Money::new(100_000, "SEK".parse().unwrap());
        let all =
            sums_of(&taking(true, vec![(Part::Commission, eur(800)), (Part::Seller, sek)]), None).unwrap();
        assert_eq!((all[&sek.currency].sales, all[&Currency::EUR].sales), (1, 0));
        assert_eq!(all[&sek.currency].gross, sek);
    }
}
