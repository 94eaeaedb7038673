//! Bounded text: trimmed, NFC-normalised, free of control characters, with a length that is counted
//! in characters. A value of such a type cannot be wrong.

use crate::Wrong;
use unicode_normalization::UnicodeNormalization;

/// Normalises to NFC, trims, drops control and invisible direction characters; keeps line breaks only when
/// `lines` says so.
pub fn clean(text: &str, lines: bool) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text
        .nfc()
        .map(|c| if !lines && (c == '\n' || c == '\t') { ' ' } else { c })
        .filter(|c| !is_unwanted(*c, lines))
        .collect();
    kept.trim().to_owned()
}

/// Unicode NFC, and nothing else: for passwords, which keep their spaces.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Controls, and the marks that reorder a line behind the reader's back (Unicode TR 36, 2.5).
fn is_unwanted(c: char, lines: bool) -> bool {
    (c.is_control() && !(lines && (c == '\n' || c == '\t')))
        || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Checks the length of cleaned text in characters.
pub fn bounded(text: String, min: usize, max: usize) -> Result<String, Wrong> {
    match text.chars().count() {
        0 if min > 0 => Err(Wrong::Required),
        n if n < min => Err(Wrong::TooShort { min }),
        n if n > max => Err(Wrong::TooLong { max }),
        _ => Ok(text),
    }
}

/// Declares text types: `text! { Title, 3..=120, line }` or `lines` for text with line breaks.
#[macro_export]
macro_rules! text {
    ($($(#[$doc:meta])* $name:ident, $min:literal ..= $max:literal, $kind:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(String);
        impl $name {
            pub const MIN: usize = $min;
            pub const MAX: usize = $max;
            /// Cleans and checks. Errors: too short or too long, in characters.
            pub fn read(text: &str) -> Result<Self, $crate::Wrong> {
                let cleaned = $crate::text::clean(text, $crate::text!(@$kind));
                $crate::text::bounded(cleaned, Self::MIN, Self::MAX).map(Self)
            }
            pub fn as_str(&self) -> &str { &self.0 }
            pub fn into_string(self) -> String { self.0 }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = String::deserialize(d)?;
                Self::read(&text).map_err(|w| serde::de::Error::custom(format!("{w:?}")))
            }
        }
    )+};
    (@line) => { false };
    (@lines) => { true };
}

/// A link-friendly form of a title: lower-case ASCII letters and digits with single dashes, at most 60 long.
/// Other scripts give an empty slug; the id in the link names the thing anyway.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= 60 {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    text! {
        /// A test's title.
        Title, 3..=10, line;
    }

    #[test]
    fn cleans_and_bounds() {
        let title = Title::read("  a\u{202e}b\nc ").unwrap();
        assert_eq!((title.as_str(), title.clone().into_string()), ("ab c", "ab c".to_owned()));
        assert_eq!(Title::read(" "), Err(Wrong::Required));
        assert_eq!(Title::read("ab"), Err(Wrong::TooShort { min: 3 }));
        assert_eq!(Title::read("äöüäöüäöüäö"), Err(Wrong::TooLong { max: 10 }));
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Vélo – 54 cm, très bon!"), "velo-54-cm-tres-bon");
        assert_eq!(slug("自転車"), "");
    }
}
