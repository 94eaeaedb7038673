//! Passwords that everybody tries first: a Bloom filter of published lists, shipped with the program.
//!
//! `bin/make-passwords` makes the file; its sources are named there. Of ten thousand other passwords up to three are taken
//! for common ones, which costs its owner another choice and nothing else.

use kernel::text::nfc;
use sha2::{Digest, Sha256};

const FILE: &[u8] = include_bytes!("../../data/passwords.bloom");
const MAGIC: &[u8; 8] = b"tpbloom2";
/// Behind it: how many of the words are long enough to be chosen, as four bytes.
const COUNT: usize = 4;
const LONG: usize = 10;
/// Bits for each entry and tries for each look-up: one in ten thousand is wrong (n = 13.3 bits, k = ln 2 · 19.2).
const BITS_EACH: usize = 20;
const TRIES: u64 = 13;
/// Digits and signs at the end that people add to a word because they were asked to.
const TAIL_MAX: usize = 6;
/// A word shorter than this says nothing: most letters are part of some list.
const WORD_MIN: usize = 4;

/// Whether guessing begins with this password: it is on a list, or it is one that is with a few digits or signs at
/// the end, or one written twice.
pub fn is_common(password: &str) -> bool {
    let plain = nfc(password).to_lowercase();
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let tail = plain.chars().count() - word.chars().count();
    let bare = (tail <= TAIL_MAX && word.chars().count() >= WORD_MIN).then_some(word);
    let half = plain.get(..plain.len() / 2).filter(|half| !half.is_empty() && half.repeat(2) == plain);
    [Some(plain.as_str()), bare, half].into_iter().flatten().any(|text| holds(FILE, text))
}

/// The filter of some words, as the file has it.
pub fn filter(words: impl IntoIterator<Item = String>) -> Vec<u8> {
    let words: std::collections::BTreeSet<String> =
        words.into_iter().map(|w| nfc(w.trim()).to_lowercase()).filter(|w| !w.is_empty()).collect();
    let bits = (words.len() * BITS_EACH).next_multiple_of(8).max(8);
    let mut field = vec![0_u8; bits / 8];
    for word in &words {
        for (at, mask) in places(word, bits as u64) {
            field[at] |= mask;
        }
    }
    let long = words.iter().filter(|word| word.chars().count() >= LONG).count();
    let long = u32::try_from(long).unwrap_or(u32::MAX).to_be_bytes();
    [MAGIC.as_slice(), &long, &field].concat()
}

fn holds(file: &[u8], word: &str) -> bool {
    let field = file.strip_prefix(MAGIC).and_then(|rest| rest.get(COUNT..)).unwrap_or_default();
    let bits = field.len() as u64 * 8;
    bits > 0 && places(word, bits).all(|(at, mask)| field.get(at).is_some_and(|byte| byte & mask != 0))
}

/// Byte and bit of each try: double hashing (Kirsch and Mitzenmacher) of the word's SHA-256.
fn places(word: &str, bits: u64) -> impl Iterator<Item = (usize, u8)> {
    let hash = Sha256::digest(word.as_bytes());
    let half =
        |from: usize| hash.iter().skip(from).take(8).fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    let (first, step) = (half(0), half(8) | 1);
    (0..TRIES).map(move |n| {
        let bit = first.wrapping_add(n.wrapping_mul(step)) % bits;
        (usize::try_from(bit / 8).unwrap_or(usize::MAX), 1 << (bit % 8))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_known() {
        for common in [
            "password",
            "Password123",
            "PASSWORD2026!",
            "qwertyuiop",
            "iloveyou12345",
            "1234567890",
            "passwordpassword",
            "sunshine99",
        ] {
            assert!(is_common(common), "{common}");
        }
        for good in
            ["correct horse battery", "four words are enough", "tradeplus-demo", "Zwölf Boxkämpfer jagen"]
        {
            assert!(!is_common(good), "{good}");
        }
    }

    /// Three thousand that are long enough to be chosen are what OWASP ASVS 6.2.4 asks for.
    #[test]
    fn thousands_that_could_be_chosen_are_known() {
        let count = FILE[MAGIC.len()..][..COUNT].try_into().unwrap();
        assert!(u32::from_be_bytes(count) >= 3_000);
        for leaked in [
            "1020304050",
            "1qaz1qaz1qaz",
            "2468013579",
            "4815162342lost",
            "7elephants",
            "astonmartin",
            "charmander",
            "cgfhnfrvjcrdf",
            "christopher1",
            "crazybitch",
            "deltaforce",
            "ghostrecon",
            "icecream12",
            "ilovejesus",
            "jellybean1",
            "kalashnikov",
            "kilimanjaro",
            "minhasenha",
            "musiclover",
            "q1w2e3r4t5y6",
            "qawsedrftgyh",
            "stinkyfinger",
            "tokiohotel",
            "unforgiven",
        ] {
            assert!(leaked.chars().count() >= LONG && holds(FILE, leaked), "{leaked}");
        }
    }

    #[test]
    fn few_others_are_taken_for_one() {
        let wrong =
            (0..100_000_u32).filter(|n| holds(FILE, &format!("{n} things that nobody types"))).count();
        assert!(wrong < 100, "{wrong} of 100,000");
    }

    #[test]
    fn a_filter_holds_what_it_was_made_of() {
        let words = ["Alpha", " beta ", "", "a long enough one"].map(str::to_owned);
        let file = filter(words);
        assert_eq!(file[MAGIC.len()..][..COUNT], [0, 0, 0, 1]);
        assert!(holds(&file, "alpha") && holds(&file, "beta") && !holds(&file, "gamma"));
        assert!(!holds(&filter([]), "alpha") && !holds(b"", "alpha"));
    }
}
