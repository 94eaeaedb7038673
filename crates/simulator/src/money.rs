//! Where the money is: lines, as both providers' statements have them. A balance is the sum of its lines and nothing
//! else.

use crate::books::{BooksError, Kept, Sum};
use crate::cards::{Face, Tariff};
use crate::world::Work;
use kernel::{Currency, Money};
use serde::{Deserialize, Serialize};
use time::Duration;

/// How long what a card paid is pending.
pub const PENDING: Duration = Duration::days(2);
/// How long a payout is on its way.
pub const ON_THE_WAY: Duration = Duration::days(1);
/// For each dispute, in hundredths of the currency's major unit; kept also when it is won.
pub const DISPUTE_FEE_HUNDREDTHS: i64 = 2_000;

/// What money is changed into.
pub const DOLLARS: &str = "usd";

/// What is made of an amount when it is changed into US dollars, minor units: 1.09 for each unit of a currency with two decimals.
pub const fn in_dollars(amount: i64) -> i64 {
    amount * 109 / 100
}

/// A line of a statement (Stripe: balance transaction).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    pub id: String,
    pub account: String,
    /// Signed, minor units; net = amount − fee.
    pub amount: i64,
    pub fee: i64,
    pub net: i64,
    /// In small letters.
    pub currency: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub reporting_category: String,
    /// The thing that it is about.
    pub source: String,
    pub description: Option<String>,
    /// Seconds since 1970.
    pub created: i64,
    pub available_on: i64,
}

impl Kept for Line {
    const KIND: &'static str = "balance_transaction";

    fn id(&self) -> &str {
        &self.id
    }

    fn account(&self) -> &str {
        &self.account
    }

    fn parent(&self) -> Option<&str> {
        Some(&self.source)
    }
}

/// A line to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewLine<'a> {
    pub account: &'a str,
    pub kind: &'a str,
    pub category: &'a str,
    pub amount: i64,
    pub fee: i64,
    pub currency: &'a str,
    pub source: &'a str,
    pub description: Option<&'a str>,
    /// Seconds since 1970; never before now.
    pub available_on: i64,
}

/// Writes that the marketplace put money of its own in, which is there at once.
///
/// # Errors
/// When the books do not answer.
pub async fn top_up(work: &mut Work, amount: i64, currency: &str) -> Result<Line, BooksError> {
    let source = work.name("tu");
    let line = NewLine {
        account: "",
        kind: "topup",
        category: "topup",
        amount,
        fee: 0,
        currency,
        source: &source,
        description: None,
        available_on: 0,
    };
    write(work, &line).await
}

/// Writes a line.
///
/// # Errors
/// When the books do not answer.
pub async fn write(work: &mut Work, new: &NewLine<'_>) -> Result<Line, BooksError> {
    let line = Line {
        id: work.name("txn"),
        account: new.account.to_owned(),
        amount: new.amount,
        fee: new.fee,
        net: new.amount - new.fee,
        currency: new.currency.to_owned(),
        kind: new.kind.to_owned(),
        reporting_category: new.category.to_owned(),
        source: new.source.to_owned(),
        description: new.description.map(str::to_owned),
        created: work.stamp(),
        available_on: new.available_on.max(work.stamp()),
    };
    work.save(&line).await?;
    Ok(line)
}

/// What an account has of a currency.
///
/// # Errors
/// When the books do not answer.
pub async fn of_account(work: &mut Work, account: &str, currency: &str) -> Result<Sum, BooksError> {
    let at = work.stamp();
    let sums = work.page().sums(account, at).await?;
    let found = sums.into_iter().find(|s| s.currency == currency);
    Ok(found.unwrap_or_else(|| Sum { currency: currency.to_owned(), pending: 0, available: 0 }))
}

/// What the provider keeps of a payment of `amount` by card, minor units: never more than it.
pub fn fee(amount: i64, currency: &str, tariff: Tariff) -> i64 {
    let (bp, hundredths) = match tariff {
        Tariff::Usual => (290, 30),
        Tariff::European => (140, 25),
    };
    share(amount, currency, bp, hundredths).min(amount)
}

/// Of a card, by where it is from.
pub fn tariff_of(face: &Face) -> Tariff {
    if face.country == "DE" { Tariff::European } else { Tariff::Usual }
}

/// What a dispute costs, minor units.
pub fn dispute_fee(currency: &str) -> i64 {
    share(0, currency, 0, DISPUTE_FEE_HUNDREDTHS)
}

/// A share and a fixed part in hundredths of the major unit, minor units. A currency without decimals has no hundredths
/// unless they make a whole.
pub fn share(amount: i64, currency: &str, basis_points: i64, hundredths: i64) -> i64 {
    let Some(currency) = currency_of(currency) else { return 0 };
    let fixed = hundredths * currency.minor_per_major() / 100;
    let part = Money::new(amount, currency).basis_points(basis_points);
    part.map_or(0, |part| part.amount.saturating_add(fixed))
}

/// The currency of a word in small or large letters.
pub fn currency_of(word: &str) -> Option<Currency> {
    word.to_ascii_uppercase().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fees_follow_the_currencys_decimals() {
        assert_eq!(fee(10_570, "eur", Tariff::Usual), 337); // 306.53 + 30
        assert_eq!(fee(12_000, "jpy", Tariff::Usual), 348);
        assert_eq!(fee(100_000, "kwd", Tariff::Usual), 3_200);
        assert_eq!(fee(20, "eur", Tariff::Usual), 20);
        assert_eq!(fee(10_000, "eur", Tariff::European), 165);
        assert_eq!((dispute_fee("eur"), dispute_fee("jpy"), dispute_fee("kwd")), (2_000, 20, 20_000));
    }
}
