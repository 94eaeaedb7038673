//! How hard a password is to guess, by its length and variety: pure, and the same rule as in
//! `web/js/el/password-meter.js`.
//!
//! It counts the characters that say something new. One that repeats the one before, or is its neighbour in the
//! alphabet ("aaaa", "4567"), says nothing; of a password that repeats itself only one turn counts. This is an
//! estimate from above: what is common is known by `common`, not by this.

/// From this many telling characters on.
const FAIR: usize = 6;
const GOOD: usize = 12;
const STRONG: usize = 16;

/// How strong a password seems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It repeats itself or counts up: refused, however long.
    Weak,
    Fair,
    Good,
    Strong,
}

/// The strength of a password in NFC.
pub fn strength(password: &str) -> Strength {
    match telling(password) {
        0..FAIR => Strength::Weak,
        FAIR..GOOD => Strength::Fair,
        GOOD..STRONG => Strength::Good,
        _ => Strength::Strong,
    }
}

/// How many characters say something new.
fn telling(password: &str) -> usize {
    let all: Vec<u32> = password.to_lowercase().chars().map(u32::from).collect();
    let turn = &all[..period(&all)];
    let new = turn.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) > 1).count();
    new + usize::from(!turn.is_empty())
}

/// After how many characters it begins anew; its length if it does not do so at least twice.
fn period(all: &[u32]) -> usize {
    let repeats = |after: usize| all.iter().zip(&all[after..]).all(|(one, other)| one == other);
    (1..=all.len() / 2).find(|after| repeats(*after)).unwrap_or(all.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The journeys show the same of the meter in the browser.
    #[test]
    fn what_repeats_itself_or_counts_up_is_weak_and_length_is_strong() {
        for (password, expected) in [
            ("", Strength::Weak),
            ("aaaaaaaaaaaaaaaaaaaa", Strength::Weak),
            ("12345678901234567890", Strength::Weak),
            ("abcdefghijklmnop", Strength::Weak),
            ("xyzaxyzaxyzaxyza", Strength::Weak),
            ("qmtvrk8m2x", Strength::Fair),
            ("tradeplus-demo", Strength::Good),
            ("correct horse battery", Strength::Strong),
            ("four words are enough", Strength::Strong),
            ("Zwölf Boxkämpfer jagen", Strength::Strong),
        ] {
            assert_eq!(strength(password), expected, "{password}");
        }
    }
}
