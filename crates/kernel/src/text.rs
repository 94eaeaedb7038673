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
        .filter(|c| !is_dropped(*c))
        .collect();
    kept.trim().to_owned()
}

/// Unicode NFC, and nothing else: for passwords, which keep their spaces.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// What is dropped from every text: controls other than tabs and line feeds, and the marks that reorder a line behind
/// the reader's back (Unicode TR 36, 2.5). A carriage return is a line feed by then.
const DROPPED: [(char, char); 7] = [
    ('\0', '\u{8}'),
    ('\u{b}', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{200b}', '\u{200b}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2066}', '\u{2069}'),
    ('\u{feff}', '\u{feff}'),
];

fn is_dropped(c: char) -> bool {
    DROPPED.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// What `clean` leaves at least `min` characters of, as a regular expression (ECMA-262) that looks for it anywhere in
/// the text; nothing when that holds for every text. Characters that NFC puts together count apart here.
pub fn pattern(min: usize) -> Option<String> {
    let dropped = dropped_class();
    // What neither is dropped nor can be trimmed away begins and ends it; between them white space counts too.
    let seen = format!("[^\\s{dropped}]");
    match min {
        0 => None,
        1 => Some(seen),
        n => Some(format!("{seen}(?:[{dropped}]*[^{dropped}]){{{},}}[{dropped}]*{seen}", n - 2)),
    }
}

/// The same for a text that may also be left out: nothing can be seen of it, or enough.
pub fn pattern_or_nothing(min: usize) -> Option<String> {
    pattern(min).map(|enough| format!("^[\\s{}]*$|{enough}", dropped_class()))
}

/// The inside of a class of characters.
fn dropped_class() -> String {
    let code = |c: char| format!("\\u{:04x}", u32::from(c));
    let range = |(first, last): &(char, char)| match first == last {
        true => code(*first),
        false => format!("{}-{}", code(*first), code(*last)),
    };
    DROPPED.iter().map(range).collect()
}

/// Checks the length of a text as it was sent, with all that `clean` will take away. Errors: longer than `max`
/// characters.
pub fn at_most(text: &str, max: usize) -> Result<(), Wrong> {
    match text.chars().nth(max) {
        Some(_) => Err(Wrong::TooLong { max }),
        None => Ok(()),
    }
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
    fn what_is_dropped_is_what_cannot_be_seen() {
        let controls = (0..0xa0).filter_map(char::from_u32).filter(|c| c.is_control());
        for c in controls.chain(['\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}']) {
            let kept = clean(&format!("a{c}b"), true);
            let is_space = matches!(c, '\n' | '\t' | '\r');
            assert_eq!(kept.chars().count(), if is_space { 3 } else { 2 }, "{c:?}");
        }
        assert_eq!(clean("a\tb\r\nc", false), "a b c");
    }

    #[test]
    fn patterns_ask_for_what_is_left() {
        assert_eq!(pattern(0), None);
        let dropped = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff";
        assert_eq!(pattern(1).unwrap(), format!(r"[^\s{dropped}]"));
        let three = format!(r"[^\s{dropped}](?:[{dropped}]*[^{dropped}]){{1,}}[{dropped}]*[^\s{dropped}]");
        assert_eq!(pattern(3).unwrap(), three);
        assert_eq!(pattern_or_nothing(3).unwrap(), format!(r"^[\s{dropped}]*$|{three}"));
    }

    #[test]
    fn what_is_sent_is_counted_whole() {
        assert_eq!(at_most("ä\u{200b}", 2), Ok(()));
        assert_eq!(at_most("ä\u{200b} ", 2), Err(Wrong::TooLong { max: 2 }));
        assert_eq!(at_most("", 0), Ok(()));
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Vélo – 54 cm, très bon!"), "velo-54-cm-tres-bon");
        assert_eq!(slug("自転車"), "");
    }
}
