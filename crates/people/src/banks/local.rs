//! Accounts at banks of countries without international numbers: a bank out of the list of whoever pays it, and the
//! account's number there.

use kernel::{Currency, FieldErrors, Wrong};
use serde::{Deserialize, Serialize};

/// What a country's accounts are paid in, and how many digits their numbers have, at least and at most.
const COUNTRIES: [(&str, &str, usize, usize); 4] =
    [("GH", "GHS", 8, 20), ("KE", "KES", 5, 20), ("NG", "NGN", 10, 10), ("ZA", "ZAR", 6, 20)];

/// What is typed of a number at most, with spaces.
pub const NUMBER_TYPED_MAX: usize = 40;

/// An account, with the name that its bank had when it was named.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Local {
    country: String,
    bank_code: String,
    bank_name: String,
    number: String,
}

impl Local {
    /// Whether accounts of this country are named so: two capitals.
    pub fn is_country(country: &str) -> bool {
        COUNTRIES.iter().any(|(code, ..)| *code == country)
    }

    /// Reads the fields `country`, `bank` and `number`, and tells of all mistakes at once. `banks`: code and name of each
    /// that there is.
    pub fn read(
        country: &str,
        bank: &str,
        number: &str,
        banks: &[(String, String)],
    ) -> Result<Self, FieldErrors> {
        let Some((country, _, least, most)) = COUNTRIES.iter().find(|(code, ..)| *code == country) else {
            return Err(FieldErrors::one("country", Wrong::NotAChoice));
        };
        let mut errors = FieldErrors::none();
        let known = banks.iter().find(|(code, _)| code == bank);
        let wrong = if bank.is_empty() { Wrong::Required } else { Wrong::NotAChoice };
        let bank = errors.take("bank", known.ok_or(wrong));
        let number = errors.take("number", digits(number, *least, *most));
        match (bank, number) {
            (Some((code, name)), Some(number)) => Ok(Self {
                country: (*country).to_owned(),
                bank_code: code.clone(),
                bank_name: name.clone(),
                number,
            }),
            _ => Err(errors),
        }
    }

    pub fn country(&self) -> &str {
        &self.country
    }

    /// The bank, as whoever pays it calls it.
    pub fn bank_code(&self) -> &str {
        &self.bank_code
    }

    pub fn bank_name(&self) -> &str {
        &self.bank_name
    }

    pub fn number(&self) -> &str {
        &self.number
    }

    /// What it is paid in.
    pub fn currency(&self) -> Option<Currency> {
        let (_, currency, ..) = COUNTRIES.iter().find(|(code, ..)| *code == self.country)?;
        currency.parse().ok()
    }

    /// The last four digits, by which its owner knows it again.
    pub fn ending(&self) -> &str {
        self.number.get(self.number.len().saturating_sub(4)..).unwrap_or_default()
    }
}

impl std::fmt::Debug for Local {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// The digits of a number as people write it, with spaces or dashes.
fn digits(text: &str, least: usize, most: usize) -> Result<String, Wrong> {
    let kept = kernel::text::clean(text, false);
    let kept: String = kept.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if kept.is_empty() {
        return Err(Wrong::Required);
    }
    if !kept.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Wrong::Because("wrong-bank-number-digits"));
    }
    if !(least..=most).contains(&kept.len()) {
        return Err(Wrong::Because("wrong-bank-number-length"));
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn banks() -> Vec<(String, String)> {
        [("001", "Test Bank"), ("002", "Other Bank")].map(|(c, n)| (c.to_owned(), n.to_owned())).to_vec()
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for written in ["0123456789", " 0123 456-789 "] {
            let local = Local::read("NG", "002", written, &banks()).unwrap();
            assert_eq!((local.number(), local.ending(), local.country()), ("0123456789", "6789", "NG"));
            assert_eq!((local.bank_code(), local.bank_name()), ("002", "Other Bank"));
            assert_eq!(local.currency().unwrap().to_string(), "NGN");
            assert_eq!(format!("{local:?}"), "***");
        }
    }

    #[test]
    fn each_mistake_is_told_at_its_field() {
        for (number, wrong) in [
            ("", Wrong::Required),
            ("01234567a9", Wrong::Because("wrong-bank-number-digits")),
            ("٠١٢٣٤٥٦٧٨٩", Wrong::Because("wrong-bank-number-digits")),
            ("012345678", Wrong::Because("wrong-bank-number-length")),
            ("01234567890", Wrong::Because("wrong-bank-number-length")),
        ] {
            let errors = Local::read("NG", "001", number, &banks()).unwrap_err();
            assert_eq!(errors.iter().collect::<Vec<_>>(), [("number", &wrong)], "{number}");
        }
        for (bank, wrong) in [("", Wrong::Required), ("003", Wrong::NotAChoice)] {
            let errors = Local::read("NG", bank, "x", &banks()).unwrap_err();
            assert_eq!((errors.of("bank"), errors.of("number").is_some()), (Some(&wrong), true));
        }
        let errors = Local::read("DE", "001", "0123456789", &banks()).unwrap_err();
        assert_eq!(errors.of("country"), Some(&Wrong::NotAChoice));
        assert!(Local::read("KE", "001", "12345", &banks()).is_ok());
    }

    #[test]
    fn every_country_has_its_currency() {
        for (country, ..) in COUNTRIES {
            let local = Local::read(country, "001", "0123456789", &banks()).unwrap();
            assert!(local.currency().is_some() && Local::is_country(country), "{country}");
        }
        assert!(!Local::is_country("DE"));
    }
}
