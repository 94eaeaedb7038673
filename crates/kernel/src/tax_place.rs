//! Where a tax is owed.

use std::fmt;
use std::str::FromStr;

/// A country with one tax office (`DE`), or a part of one with taxes of its own (`US-CA`): ISO 3166-1 and 3166-2.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxPlace {
    country: [u8; 2],
    /// Zeros at its end where it is shorter; zeros alone for a whole country.
    part: [u8; 3],
}

impl TaxPlace {
    /// Germany: where an operator is who says nothing.
    pub const DE: Self = Self { country: *b"DE", part: [0; 3] };

    /// Reads `DE` or `US-CA`. `None` for anything else; whether there is such a place is not looked up.
    pub fn parse(text: &str) -> Option<Self> {
        let (country, part) = match text.split_once('-') {
            Some((_, "")) => return None,
            Some((country, part)) => (country, part),
            None => (text, ""),
        };
        let country: [u8; 2] = country.as_bytes().try_into().ok()?;
        let letters = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
        if !country.iter().all(u8::is_ascii_uppercase) || part.len() > 3 || !part.bytes().all(letters) {
            return None;
        }
        let mut padded = [0; 3];
        padded.iter_mut().zip(part.bytes()).for_each(|(to, from)| *to = from);
        Some(Self { country, part: padded })
    }

    /// The two letters of its country.
    pub fn country(&self) -> &str {
        std::str::from_utf8(&self.country).unwrap_or("ZZ")
    }

    /// The letters of the part, empty for a whole country.
    pub fn part(&self) -> &str {
        std::str::from_utf8(&self.part).unwrap_or_default().trim_end_matches('\0')
    }
}

/// The text does not name a place as `DE` or `US-CA` do.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a place for taxes: write two capital letters such as DE, or with a part of the country US-CA")]
pub struct NoTaxPlace;

impl FromStr for TaxPlace {
    type Err = NoTaxPlace;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(NoTaxPlace)
    }
}

impl fmt::Display for TaxPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part() {
            "" => f.write_str(self.country()),
            part => write!(f, "{}-{part}", self.country()),
        }
    }
}

impl fmt::Debug for TaxPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for TaxPlace {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for TaxPlace {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl sqlx::Type<sqlx::Postgres> for TaxPlace {
    fn type_info() -> sqlx::postgres::PgTypeInfo {
        <str as sqlx::Type<sqlx::Postgres>>::type_info()
    }
    fn compatible(ty: &sqlx::postgres::PgTypeInfo) -> bool {
        <str as sqlx::Type<sqlx::Postgres>>::compatible(ty)
    }
}

impl sqlx::Decode<'_, sqlx::Postgres> for TaxPlace {
    fn decode(value: sqlx::postgres::PgValueRef<'_>) -> Result<Self, sqlx::error::BoxDynError> {
        Ok(<&str as sqlx::Decode<sqlx::Postgres>>::decode(value)?.parse()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_as_they_went() {
        for (text, country, part) in
            [("DE", "DE", ""), ("US-CA", "US", "CA"), ("GB-NIR", "GB", "NIR"), ("FR-2", "FR", "2")]
        {
            let place: TaxPlace = text.parse().unwrap();
            assert_eq!((place.to_string().as_str(), place.country(), place.part()), (text, country, part));
            let json = serde_json::to_string(&place).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<TaxPlace>(&json).unwrap(), place);
        }
    }

    #[test]
    fn anything_else_is_no_place() {
        for text in ["", "de", "D", "DEU", "DE-", "DE-ABCD", "DE-b", "US-CA-1", "-CA", "DÉ", "US_CA"] {
            assert_eq!(TaxPlace::parse(text), None, "{text}");
        }
    }
}
