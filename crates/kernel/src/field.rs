//! What is wrong with an input, as codes: pages turn them into words, the API into pointers.

use crate::{Money, Say};

/// Why a value was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    Required,
    TooShort {
        min: usize,
    },
    TooLong {
        max: usize,
    },
    TooSmall {
        min: i64,
    },
    TooBig {
        max: i64,
    },
    /// More things than a list may have.
    TooMany {
        max: usize,
    },
    /// An amount above what the field allows.
    TooMuch {
        max: Money,
    },
    TooLittle {
        min: Money,
    },
    NotANumber,
    NotAnAmount,
    NotAnEmail,
    /// None of the choices offered.
    NotAChoice,
    /// Letters, digits and the like that a handle may not hold.
    BadCharacters,
    Taken,
    /// The API sent a field that does not exist.
    Unknown,
    /// Not the type or shape the API expects.
    BadShape,
    /// Anything that has its own sentence: the key of a message.
    Because(&'static str),
}

impl Wrong {
    /// The sentence for a person, in their language: what is wrong and how to mend it.
    pub fn say(&self, say: &Say) -> String {
        match self {
            Self::Required => say.wrong_required(),
            Self::TooShort { min } => say.wrong_too_short(*min),
            Self::TooLong { max } => say.wrong_too_long(*max),
            Self::TooSmall { min } => say.wrong_too_small(*min),
            Self::TooBig { max } => say.wrong_too_big(*max),
            Self::TooMany { max } => say.wrong_too_many(*max),
            Self::TooMuch { max } => say.wrong_too_much(say.money(*max)),
            Self::TooLittle { min } => say.wrong_too_little(say.money(*min)),
            Self::NotANumber => say.wrong_not_a_number(),
            Self::NotAnAmount => say.wrong_not_an_amount(),
            Self::NotAnEmail => say.wrong_not_an_email(),
            Self::NotAChoice => say.wrong_not_a_choice(),
            Self::BadCharacters => say.wrong_bad_characters(),
            Self::Taken => say.wrong_taken(),
            Self::Unknown => say.wrong_unknown(),
            Self::BadShape => say.wrong_bad_shape(),
            Self::Because(key) => say.by_key(key),
        }
    }
}

/// All that is wrong with a form or body. Fields are named as JSON pointers without the leading
/// slash ("price/amount"); a form field uses the same name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<(String, Wrong)>);

impl FieldErrors {
    pub fn none() -> Self {
        Self::default()
    }

    /// One wrong field.
    pub fn one(field: impl Into<String>, wrong: Wrong) -> Self {
        Self(vec![(field.into(), wrong)])
    }

    pub fn add(&mut self, field: impl Into<String>, wrong: Wrong) {
        self.0.push((field.into(), wrong));
    }

    /// The same, unless the field has a mistake already: one is enough to look at it.
    pub fn add_once(&mut self, field: impl Into<String>, wrong: Wrong) {
        let field = field.into();
        if self.of(&field).is_none() {
            self.add(field, wrong);
        }
    }

    /// Adds what others found in fields that have no mistake yet.
    pub fn join(&mut self, more: Self) {
        for (field, wrong) in more.0 {
            self.add_once(field, wrong);
        }
    }

    /// Takes the value, or notes what is wrong with it and goes on with the other fields.
    pub fn take<T>(&mut self, field: &str, value: Result<T, Wrong>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.add(field, wrong);
                None
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with `field`, if anything.
    pub fn of(&self, field: &str) -> Option<&Wrong> {
        self.0.iter().find(|(f, _)| f == field).map(|(_, w)| w)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Wrong)> {
        self.0.iter().map(|(f, w)| (f.as_str(), w))
    }

    /// `Ok` when nothing is wrong.
    pub fn check(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_once() {
        let mut errors = FieldErrors::one("title", Wrong::Required);
        errors.add_once("title", Wrong::TooLong { max: 3 });
        let mut more = FieldErrors::one("title", Wrong::BadShape);
        more.add("price", Wrong::NotAnAmount);
        errors.join(more);
        let told: Vec<_> = errors.iter().collect();
        assert_eq!(told, [("title", &Wrong::Required), ("price", &Wrong::NotAnAmount)]);
    }
}
