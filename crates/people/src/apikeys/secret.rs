//! The text of a key: a prefix that programs which look for leaked secrets know, 160 bits of chance, and a check sum, by
//! which those programs tell a key from a text that looks like one.

use kernel::Dice;
use platform::crypto::token_hash;

/// What every key begins with.
const PREFIX: &str = "tpk_live_";
/// Crockford's base 32 in small letters: none looks like another or like a digit.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Of five bits each: 160 bits of chance.
const LENGTH: usize = 32;
/// Hexadecimal digits of the check sum.
const CHECK: usize = 6;
/// Letters of each end that its owner is shown later.
const SHOWN: usize = 4;

/// A key as it is shown to its owner, once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(dice: &Dice) -> Self {
        // 256 is a multiple of 32, so each letter is equally likely.
        let body = dice.bytes::<LENGTH>().map(|b| char::from(LETTERS[usize::from(b % 32)]));
        let start: String = PREFIX.chars().chain(body).collect();
        let check = check_of(&start);
        Self(start + &check)
    }

    /// Whether a text means to be a key. It may still be a wrong one.
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(PREFIX)
    }

    /// Reads a key. Nothing when its shape or check sum is wrong: then nobody needs to look for it.
    pub fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(PREFIX)?;
        let fits = rest.len() == LENGTH + CHECK && rest.bytes().all(|b| b.is_ascii_alphanumeric());
        let (start, check) = fits.then(|| text.split_at(PREFIX.len() + LENGTH))?;
        (check_of(start) == check).then(|| Self(text.to_owned()))
    }

    /// The key itself. Every call is a place where it could leak.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    pub fn hash(&self) -> Vec<u8> {
        token_hash(&self.0)
    }

    /// Enough of it to know it again: "tpk_live_4f0x…a1b2".
    pub fn hint(&self) -> String {
        let first: String = self.0.chars().take(PREFIX.len() + SHOWN).collect();
        let last: String = self.0.chars().skip(self.0.len() - SHOWN).collect();
        format!("{first}…{last}")
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// The first digits of the SHA-256 of all that stands before it, in hexadecimal: `sha256sum` finds the same.
fn check_of(start: &str) -> String {
    token_hash(start).iter().take(CHECK / 2).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::chance;

    #[test]
    fn a_key_is_known_by_its_shape_and_check_sum() {
        let dice = chance::seeded(1);
        let (one, two) = (Secret::new(&dice), Secret::new(&dice));
        assert_ne!(one, two);
        assert_eq!(one.reveal().len(), 47);
        assert_eq!(Secret::read(one.reveal()), Some(one.clone()));
        assert!(Secret::is_meant(one.reveal()) && !Secret::is_meant("tpk_test_x"));
        let slip = one.reveal().replacen("tpk_live_", "tpk_live_0", 1);
        let short = &one.reveal()[..46];
        let loud = one.reveal().to_uppercase();
        for bad in ["", "tpk_live_", "tpk_live_ä", &slip, &slip[..47], short, &loud] {
            assert_eq!(Secret::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_shown_later_is_little() {
        let key = Secret::new(&chance::seeded(2));
        let hint = key.hint();
        assert_eq!(hint.chars().count(), 9 + 4 + 1 + 4);
        let (first, last) = hint.split_once('…').unwrap();
        assert!(key.reveal().starts_with(first) && key.reveal().ends_with(last));
        assert_eq!(format!("{key:?}"), "***");
    }

    #[test]
    fn the_check_sum_is_the_one_that_others_find() {
        // printf 'tpk_live_00000000000000000000000000000000' | sha256sum
        let known = "tpk_live_00000000000000000000000000000000adca79";
        assert!(Secret::read(known).is_some());
    }
}
