//! Money: whole minor units and a currency. No floats, no silent overflow, one rounding rule.

use std::fmt;
use std::str::FromStr;

/// An ISO 4217 currency that the marketplace can price in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// Code and number of decimals (ISO 4217, list one, of circulating currencies).
const EXPONENTS_OTHER_THAN_2: &[(&str, u32)] = &[
    ("BHD", 3),
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

const WITH_2_DECIMALS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP \
    BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD \
    GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA \
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON \
    RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS \
    UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";

impl Currency {
    pub const EUR: Self = Self(*b"EUR");

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals a price is written with (ISO 4217 "minor unit").
    pub fn exponent(self) -> u32 {
        let code = self.code();
        EXPONENTS_OTHER_THAN_2.iter().find(|(c, _)| *c == code).map_or(2, |(_, e)| *e)
    }

    /// Minor units in one major unit.
    pub fn minor_per_major(self) -> i64 {
        10_i64.pow(self.exponent())
    }

    /// Every currency, in alphabetical order.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = WITH_2_DECIMALS
            .split_whitespace()
            .chain(EXPONENTS_OTHER_THAN_2.iter().map(|(c, _)| *c))
            .filter_map(|c| c.parse().ok())
            .collect();
        all.sort();
        all
    }
}

/// The text is not the code of a circulating ISO 4217 currency.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an ISO 4217 currency code: use three capital letters such as EUR")]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let code: [u8; 3] = s.as_bytes().try_into().map_err(|_| UnknownCurrency)?;
        let known = code.iter().all(u8::is_ascii_uppercase)
            && (WITH_2_DECIMALS.split_whitespace().any(|c| c == s)
                || EXPONENTS_OTHER_THAN_2.iter().any(|(c, _)| *c == s));
        if known { Ok(Self(code)) } else { Err(UnknownCurrency) }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

impl sqlx::Type<sqlx::Postgres> for Currency {
    fn type_info() -> sqlx::postgres::PgTypeInfo {
        <str as sqlx::Type<sqlx::Postgres>>::type_info()
    }
    fn compatible(ty: &sqlx::postgres::PgTypeInfo) -> bool {
        <str as sqlx::Type<sqlx::Postgres>>::compatible(ty)
    }
}

impl sqlx::Encode<'_, sqlx::Postgres> for Currency {
    fn encode_by_ref(
        &self,
        buf: &mut sqlx::postgres::PgArgumentBuffer,
    ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
        <&str as sqlx::Encode<sqlx::Postgres>>::encode(self.code(), buf)
    }
}

impl sqlx::Decode<'_, sqlx::Postgres> for Currency {
    fn decode(value: sqlx::postgres::PgValueRef<'_>) -> Result<Self, sqlx::error::BoxDynError> {
        Ok(<&str as sqlx::Decode<sqlx::Postgres>>::decode(value)?.parse()?)
    }
}

/// An amount of money in minor units (cents, öre, yen).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units; negative only in ledger lines and differences.
    pub amount: i64,
    pub currency: Currency,
}

/// Why an amount could not be computed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MoneyError {
    #[error("{0} and {1} do not add up: convert first")]
    Mixed(Currency, Currency),
    #[error("the amount is larger than the marketplace can count")]
    Overflow,
    #[error("there is nothing to split by")]
    NoWeights,
}

impl Money {
    /// `amount` minor units of `currency`.
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    pub const fn is_zero(self) -> bool {
        self.amount == 0
    }

    /// Sum. Errors: `Mixed` currencies, `Overflow`.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let amount = self.amount.checked_add(other.amount).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    /// Difference. Errors: `Mixed` currencies, `Overflow`.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let amount = self.amount.checked_sub(other.amount).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    /// `times` of this amount. Errors: `Overflow`.
    pub fn times(self, times: i64) -> Result<Self, MoneyError> {
        let amount = self.amount.checked_mul(times).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    /// A share in basis points (1 bp = 0.01 %), rounded half to even: the marketplace's one rounding rule.
    pub fn basis_points(self, bp: i64) -> Result<Self, MoneyError> {
        let product = i128::from(self.amount) * i128::from(bp);
        let (quotient, rest) = (product.div_euclid(10_000), product.rem_euclid(10_000));
        let up = rest > 5_000 || (rest == 5_000 && quotient % 2 != 0);
        let amount = i64::try_from(quotient + i128::from(up)).map_err(|_| MoneyError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    /// Splits by weights with the largest-remainder method (Hamilton): the parts sum to the whole, and none
    /// differs from its exact share by a whole minor unit. Ties go to the earlier part.
    /// Errors: `NoWeights` if there are none or all are zero.
    pub fn split(self, weights: &[u64]) -> Result<Vec<Self>, MoneyError> {
        let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        if total == 0 {
            return Err(MoneyError::NoWeights);
        }
        let exact = |w: u64| i128::from(self.amount) * i128::from(w);
        let mut parts: Vec<i128> = weights.iter().map(|w| exact(*w).div_euclid(total)).collect();
        let mut by_rest: Vec<usize> = (0..weights.len()).collect();
        by_rest.sort_by_key(|i| std::cmp::Reverse(exact(weights[*i]).rem_euclid(total)));
        let missing = i128::from(self.amount) - parts.iter().sum::<i128>();
        for i in by_rest.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
            parts[i] += 1;
        }
        parts
            .into_iter()
            .map(|p| i64::try_from(p).map(|amount| Self { amount, ..self }).map_err(|_| MoneyError::Overflow))
            .collect()
    }

    /// Sum of many. Errors as `plus`; an empty list is zero of `currency`.
    pub fn sum(currency: Currency, parts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        parts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// Reads what a person typed ("12", "12.5", "1,234.50", "1.234,50") as minor units.
    /// The last separator followed by at most `exponent` digits is the decimal one; those before it stand between thousands.
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
        let places = currency.exponent() as usize;
        let decimal = text.rfind(['.', ',']).filter(|at| {
            let after = text.len() - at - 1;
            after <= places && !(after == 3 && places < 3)
        });
        let (whole, fraction) = match decimal {
            Some(at) => (&text[..at], &text[at + 1..]),
            None => (text.as_str(), ""),
        };
        // "12.50" of a currency without decimals is a mistake, and not 1250.
        let groups: Vec<&str> = whole.split(['.', ',']).collect();
        let (first, rest) = groups.split_first()?;
        let has_thousands = !first.is_empty() && !first.starts_with('0');
        if rest.last().is_some_and(|last| last.len() != 3 || !has_thousands) {
            return None;
        }
        let whole = groups.concat();
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !digits(&whole) || !digits(fraction) {
            return None;
        }
        let minor: i64 = format!("{whole}{fraction:0<places$}").parse().ok()?;
        Some(Self::new(minor, currency))
    }

    /// The number alone, with the currency's decimals and a point: for form fields and CSV.
    pub fn decimal(self) -> String {
        let places = self.currency.exponent() as usize;
        let sign = if self.amount < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.amount.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::Mixed(self.currency, other.currency))
        }
    }
}

#[cfg(test)]
mod tests;
