//! The international number of a bank account (IBAN, ISO 13616): its country, two check digits, and what the country's
//! banks make of the rest.

use kernel::Wrong;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// Countries whose banks have such numbers, and how many characters those have, all told (the registry of SWIFT).
const LENGTHS: [(&str, usize); 89] = [
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HN", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
    ("YE", 30),
];

/// What is typed of one at most, with spaces: the longest has 34 characters, in groups of four.
pub const TYPED_MAX: usize = 50;

/// The number of an account, without spaces, in capitals.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Iban(String);

impl Iban {
    /// Whether banks of this country have such numbers: two capitals.
    pub fn is_country(country: &str) -> bool {
        LENGTHS.iter().any(|(code, _)| *code == country)
    }

    /// Reads a number as people write it, with spaces or dashes, in small letters or capitals. Errors: other characters; a
    /// country whose banks have none; too many or too few characters for it; a check digit that does not fit (ISO
    /// 7064, MOD 97-10), which is so for nearly every slip.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let kept = kernel::text::clean(text, false);
        let kept: String = kept.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if kept.is_empty() {
            return Err(Wrong::Required);
        }
        let iban = kept.to_ascii_uppercase();
        if !iban.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(Wrong::Because("wrong-iban-characters"));
        }
        let known = LENGTHS.iter().find(|(country, _)| iban.starts_with(country));
        let (_, length) = known.ok_or(Wrong::Because("wrong-iban-country"))?;
        if iban.len() != *length {
            return Err(Wrong::Because("wrong-iban-length"));
        }
        let is_checked = iban.bytes().skip(2).take(2).all(|b| b.is_ascii_digit()) && remainder(&iban) == 1;
        if is_checked { Ok(Self(iban)) } else { Err(Wrong::Because("wrong-iban-digits")) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country of the bank: two capitals.
    pub fn country(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }

    /// The last four characters, by which its owner knows it again.
    pub fn ending(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(4)..).unwrap_or_default()
    }
}

impl<'de> Deserialize<'de> for Iban {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(|_| D::Error::custom("not an IBAN"))
    }
}

impl std::fmt::Debug for Iban {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// What is left of the number divided by 97: the first four characters at its end, letters as 10 to 35.
fn remainder(iban: &str) -> u32 {
    let (head, rest) = iban.split_at_checked(4).unwrap_or((iban, ""));
    rest.chars().chain(head.chars()).filter_map(|c| c.to_digit(36)).fold(0, |so_far, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (so_far * shift + value) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of the registry.
    const GOOD: [&str; 10] = [
        "DE89370400440532013000",
        "GB29NWBK60161331926819",
        "FR1420041010050500013M02606",
        "NO9386011117947",
        "MT84MALT011000012345MTLCAST001S",
        "CH9300762011623852957",
        "NL91ABNA0417164300",
        "AT611904300234573201",
        "PL61109010140000071219812874",
        "SA0380000000608010167519",
    ];

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for good in GOOD {
            assert_eq!(Iban::read(good).unwrap().as_str(), good);
        }
        for written in
            ["DE89 3704 0044 0532 0130 00", " de89-3704-0044-0532-0130-00 ", "DE89\u{a0}370400440532013000"]
        {
            let iban = Iban::read(written).unwrap();
            assert_eq!((iban.as_str(), iban.country(), iban.ending()), (GOOD[0], "DE", "3000"), "{written}");
        }
        assert_eq!(format!("{:?}", Iban::read(GOOD[0]).unwrap()), "***");
    }

    #[test]
    fn each_mistake_is_told_by_its_name() {
        for (bad, because) in [
            ("DE89 3704 0044 0532 0130 0!", "wrong-iban-characters"),
            ("ＤＥ89370400440532013000", "wrong-iban-characters"),
            ("US89370400440532013000", "wrong-iban-country"),
            ("0532013000", "wrong-iban-country"),
            ("D", "wrong-iban-country"),
            ("DE8937040044053201300", "wrong-iban-length"),
            ("DE893704004405320130000", "wrong-iban-length"),
            ("DE88370400440532013000", "wrong-iban-digits"),
            ("DEAA370400440532013000", "wrong-iban-digits"),
        ] {
            assert_eq!(Iban::read(bad), Err(Wrong::Because(because)), "{bad}");
        }
        assert_eq!(Iban::read(" - "), Err(Wrong::Required));
    }

    /// One digit that is another, and two neighbours that changed places.
    #[test]
    fn every_simple_slip_is_found() {
        for good in GOOD {
            for at in 2..good.len() {
                let mut bytes = good.as_bytes().to_vec();
                if bytes[at].is_ascii_digit() {
                    bytes[at] = b'0' + (bytes[at] - b'0' + 1) % 10;
                    assert!(Iban::read(std::str::from_utf8(&bytes).unwrap()).is_err(), "{good} at {at}");
                }
                let mut bytes = good.as_bytes().to_vec();
                bytes.swap(at, at - 1);
                if at > 2 && bytes != good.as_bytes() {
                    assert!(Iban::read(std::str::from_utf8(&bytes).unwrap()).is_err(), "{good} at {at}");
                }
            }
        }
    }
}
