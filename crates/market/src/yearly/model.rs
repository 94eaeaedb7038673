//! What sellers earned in a year, and what a report of it is.

use kernel::money::MoneyError;
use kernel::{Currency, MemberId, Moment, Money, ReportId, TaxPlace};
use platform::config::{Config, Dac7Profile, Operator};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which law asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The European Union's.
    Dac7,
    /// The United States'.
    Form1099k,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::Dac7, Self::Form1099k];

    /// As it is kept, and typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dac7 => "dac7",
            Self::Form1099k => "form_1099k",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What its file's name ends with.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Dac7 => "xml",
            Self::Form1099k => "csv",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Dac7 => "application/xml",
            Self::Form1099k => "text/csv; charset=utf-8",
        }
    }
}

/// What a report says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Of sellers that were not in one before.
    New,
    /// Other things of sellers that were.
    Corrections,
    /// That there is nobody to tell of.
    Nothing,
}

impl Says {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Corrections => "corrections",
            Self::Nothing => "nothing",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        [Self::New, Self::Corrections, Self::Nothing].into_iter().find(|says| says.name() == name)
    }
}

/// What a report says of one seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaysOf {
    New,
    Corrected,
    /// Take back what was said.
    Deleted,
}

impl SaysOf {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Corrected => "corrected",
            Self::Deleted => "deleted",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        [Self::New, Self::Corrected, Self::Deleted].into_iter().find(|says| says.name() == name)
    }
}

/// What came in for somebody in some time, in one currency. What went back afterwards is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Sales that ended well. One that was taken back later is still one.
    pub sales: i64,
    /// What the seller was credited.
    pub consideration: Money,
    /// What the marketplace took of it, with the tax that is within.
    pub fees: Money,
    /// What was collected on the goods for a tax office.
    pub taxes: Money,
    /// What buyers paid the marketplace on top, with the tax that is within. It is not the seller's.
    pub buyers: Money,
    /// What the goods brought before anything was taken off or went back.
    pub gross: Money,
}

impl Sums {
    pub const fn zero(currency: Currency) -> Self {
        let none = Money::zero(currency);
        Self { sales: 0, consideration: none, fees: none, taxes: none, buyers: none, gross: none }
    }

    /// Both together. Errors: mixed currencies, overflow.
    pub fn plus(self, other: &Self) -> Result<Self, MoneyError> {
        Ok(Self {
            sales: self.sales.checked_add(other.sales).ok_or(MoneyError::Overflow)?,
            consideration: self.consideration.plus(other.consideration)?,
            fees: self.fees.plus(other.fees)?,
            taxes: self.taxes.plus(other.taxes)?,
            buyers: self.buyers.plus(other.buyers)?,
            gross: self.gross.plus(other.gross)?,
        })
    }
}

/// A month of the year, 1 to 12.
pub type Month = u8;

/// The quarter of a month: 0 to 3.
pub fn quarter_of(month: Month) -> usize {
    usize::from(month.clamp(1, 12) - 1) / 3
}

/// What somebody earned in a year, by month and currency.
pub type Months = BTreeMap<(Month, Currency), Sums>;

/// A line of what a whole year brought, by quarter and currency: minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// 1 to 4.
    pub quarter: usize,
    pub currency: Currency,
    pub sales: i64,
    pub consideration: i64,
    pub fees: i64,
    pub taxes: i64,
}

/// Sums of everybody, by quarter and currency. Errors: overflow.
pub fn totals<'a>(all: impl IntoIterator<Item = &'a Months>) -> Result<Vec<Total>, MoneyError> {
    let mut sums: BTreeMap<(usize, Currency), Sums> = BTreeMap::new();
    for months in all {
        for ((month, currency), more) in months {
            let sum = sums.entry((quarter_of(*month), *currency)).or_insert_with(|| Sums::zero(*currency));
            *sum = sum.plus(more)?;
        }
    }
    let total = |((quarter, currency), sum): ((usize, Currency), Sums)| Total {
        quarter: quarter + 1,
        currency,
        sales: sum.sales,
        consideration: sum.consideration.amount,
        fees: sum.fees.amount,
        taxes: sum.taxes.amount,
    };
    Ok(sums.into_iter().map(total).collect())
}

/// Who makes a report, and how.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub operator: &'a Operator,
    /// The operator's number at their tax office.
    pub number: &'a str,
    pub profile: Dac7Profile,
    /// What the marketplace is called.
    pub brand: &'a str,
}

impl<'a> Terms<'a> {
    pub fn of(config: &'a Config) -> Self {
        Self {
            operator: &config.operator,
            number: &config.tax.number,
            profile: config.tax.dac7_profile,
            brand: &config.brand.name,
        }
    }

    /// Where the operator is taxed.
    pub fn home(&self) -> TaxPlace {
        home(self.operator)
    }

    /// As it is kept with a report.
    pub const fn profile_of(&self, kind: Kind) -> &'static str {
        match (kind, self.profile) {
            (Kind::Form1099k, _) => "us",
            (Kind::Dac7, Dac7Profile::Eu) => "eu",
            (Kind::Dac7, Dac7Profile::Fr) => "fr",
        }
    }
}

/// Where an operator is taxed. What is no country was refused when the settings were read.
pub fn home(operator: &Operator) -> TaxPlace {
    TaxPlace::parse(&operator.country).unwrap_or(TaxPlace::DE)
}

/// A report as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub id: ReportId,
    pub kind: Kind,
    pub year: i32,
    pub profile: String,
    pub message_ref: String,
    pub follows: Option<ReportId>,
    pub says: Says,
    pub sellers: i32,
    pub missing: i32,
    /// Of the whole year.
    pub total: Vec<Total>,
    pub object_key: String,
    /// SHA-256 of the file.
    pub hash: Vec<u8>,
    pub made_by: Option<MemberId>,
    pub made_at: Moment,
}

impl Report {
    /// The hash in hexadecimal digits.
    pub fn print(&self) -> String {
        self.hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What its file is called.
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.message_ref, self.kind.extension())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_went() {
        for kind in Kind::ALL {
            assert_eq!(Kind::find(kind.name()), Some(kind));
        }
        assert_eq!((1..=12).map(quarter_of).collect::<Vec<_>>(), [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
        assert_eq!((Says::find("new"), SaysOf::find("deleted")), (Some(Says::New), Some(SaysOf::Deleted)));
    }
}
