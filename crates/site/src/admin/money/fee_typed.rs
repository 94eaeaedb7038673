//! Between the form of a fee rule and the act that makes it.

use super::typed;
use kernel::{Currency, FieldErrors, Money, Wrong};
use kit::Typed;
use market::approvals::model::Act;
use market::fees::Fee;

/// Positions, and how far sellers are trusted.
pub(super) const POSITIONS: (i64, i64) = (1, 10_000);
pub(super) const TIERS: [i16; 4] = [0, 1, 2, 3];
/// A sample price when none was typed: a hundred whole units.
const SAMPLE: i64 = 100;

/// A rule that was typed, and the price that it is tried on.
pub(super) struct Wanted {
    pub act: Act,
    pub commission: Fee,
    pub buyer: Fee,
    pub sample: Money,
}

/// Reads the form. `home` is the currency of the sample where the rule is for all. Errors: every wrong field.
pub(super) fn read(typed: &Typed, home: Currency) -> Result<Wanted, FieldErrors> {
    let mut errors = FieldErrors::none();
    let text = |name: &str| typed.get(name).trim();
    let some = |name: &str| Some(text(name)).filter(|it| !it.is_empty()).map(str::to_owned);
    let position = errors.take("position", position(text("position")));
    let tier = errors.take("tier", tier(text("tier")));
    let business = errors.take("business", business(text("business")));
    let currency = errors.take("currency", currency(text("currency")));
    let begins = errors.take("begins_at", typed::maybe_day(text("begins_at")));
    let counted = currency.flatten();
    let commission = fee(typed, &mut errors, "commission", counted);
    let buyer = fee(typed, &mut errors, "buyer", counted);
    let in_currency = counted.unwrap_or(home);
    let sample = match text("sample") {
        "" => Ok(Money::new(SAMPLE * in_currency.minor_per_major(), in_currency)),
        typed => Money::parse(typed, in_currency).ok_or(Wrong::NotAnAmount),
    };
    let sample = errors.take("sample", sample);
    let (Some(position), Some(tier), Some(business), Some(currency), Some(begins), Some(sample)) =
        (position, tier, business, currency, begins, sample)
    else {
        return Err(errors);
    };
    errors.check()?;
    let (title, category) = (text("title").to_owned(), some("category"));
    let act =
        Act::MakeFeeRule { position, title, category, tier, business, currency, commission, buyer, begins };
    Ok(Wanted { act, commission, buyer, sample })
}

/// The fields of one fee: `commission_bp`, `_fixed`, `_min`, `_cap`. Mistakes are noted, and count as nothing.
fn fee(typed: &Typed, errors: &mut FieldErrors, which: &str, currency: Option<Currency>) -> Fee {
    let name = |part: &str| format!("{which}_{part}");
    let bp = errors.take(&name("bp"), typed::share(typed.get(&name("bp")))).unwrap_or_default();
    let mut amount = |part: &str| {
        let name = name(part);
        let read = amount(typed.get(&name).trim(), currency);
        errors.take(&name, read).flatten()
    };
    let (fixed, min, cap) = (amount("fixed"), amount("min"), amount("cap"));
    Fee { bp, fixed: fixed.unwrap_or_default(), min: min.unwrap_or_default(), cap }
}

/// Minor units, or nothing. Without a currency there are none.
fn amount(typed: &str, currency: Option<Currency>) -> Result<Option<i64>, Wrong> {
    if typed.is_empty() {
        return Ok(None);
    }
    let currency = currency.ok_or(Wrong::Because("wrong-amount-without-currency"))?;
    Money::parse(typed, currency).map(|it| Some(it.amount)).ok_or(Wrong::NotAnAmount)
}

fn position(typed: &str) -> Result<i32, Wrong> {
    let (min, max) = POSITIONS;
    match typed.parse::<i64>() {
        Err(_) if typed.is_empty() => Err(Wrong::Required),
        Err(_) => Err(Wrong::NotANumber),
        Ok(n) if n < min => Err(Wrong::TooSmall { min }),
        Ok(n) if n > max => Err(Wrong::TooBig { max }),
        Ok(n) => i32::try_from(n).map_err(|_| Wrong::TooBig { max }),
    }
}

fn tier(typed: &str) -> Result<Option<i16>, Wrong> {
    match typed {
        "" => Ok(None),
        _ => TIERS.into_iter().find(|n| n.to_string() == typed).map(Some).ok_or(Wrong::NotAChoice),
    }
}

fn business(typed: &str) -> Result<Option<bool>, Wrong> {
    match typed {
        "" => Ok(None),
        "private" => Ok(Some(false)),
        "business" => Ok(Some(true)),
        _ => Err(Wrong::NotAChoice),
    }
}

fn currency(typed: &str) -> Result<Option<Currency>, Wrong> {
    match typed {
        "" => Ok(None),
        code => code.parse().map(Some).map_err(|_| Wrong::NotAChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(more: &[(&'static str, &'static str)]) -> Result<Wanted, FieldErrors> {
        let mut typed = Typed::of([("title", "Less for books"), ("position", "3"), ("commission_bp", "4.5")]);
        more.iter().for_each(|(name, value)| typed.add(*name, *value));
        read(&typed, Currency::EUR)
    }

    #[test]
    fn a_rule_is_read_with_its_currencys_decimals() {
        let wanted =
            read_in(&[("currency", "KWD"), ("commission_fixed", "0.250"), ("buyer_cap", "1")]).unwrap();
        assert_eq!(wanted.commission, Fee { bp: 450, fixed: 250, min: 0, cap: None });
        assert_eq!((wanted.buyer.cap, wanted.sample.amount), (Some(1_000), 100_000));
        assert_eq!(read_in(&[]).unwrap().sample, Money::new(10_000, Currency::EUR));
    }

    #[test]
    fn each_mistake_stands_at_its_field() {
        for (field, value) in [
            ("tier", "9"),
            ("business", "maybe"),
            ("currency", "XXX"),
            ("begins_at", "soon"),
            ("commission_fixed", "1"),
            ("sample", "much"),
        ] {
            let errors = read_in(&[(field, value)]).err().unwrap();
            assert_eq!(errors.iter().map(|(name, _)| name).collect::<Vec<_>>(), [field]);
        }
    }
}
