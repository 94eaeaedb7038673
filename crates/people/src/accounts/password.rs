//! What a password is.

use kernel::Wrong;
use platform::crypto::{Strength, strength};

/// Words of this place that nobody's password is made of. `docs/security.md` lists them.
const OURS: [&str; 12] = [
    "tradeplus",
    "marketplace",
    "market",
    "marktplatz",
    "account",
    "konto",
    "login",
    "admin",
    "operator",
    "moderator",
    "support",
    "finance",
];

/// A password that is long enough. Never shown.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Length first (NIST SP 800-63B-4): 10 to 256 characters, all of Unicode, nothing else demanded.
    pub const MIN: usize = 10;
    pub const MAX: usize = 256;

    /// Reads a new password. Errors: too short or too long, in characters.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        use kernel::text::nfc;
        kernel::text::bounded(nfc(text), Self::MIN, Self::MAX).map(Self)
    }

    /// The same, and not one that guessing begins with: no common one, none that repeats itself or counts up, and not
    /// made of what is known of its owner and of this place.
    /// `known`: their address, their name, what the marketplace is called.
    pub fn choose(text: &str, known: &[&str]) -> Result<Self, Wrong> {
        let password = Self::read(text)?;
        if platform::crypto::common::is_common(password.reveal()) {
            return Err(Wrong::Because("wrong-password-common"));
        }
        if strength(password.reveal()) == Strength::Weak {
            return Err(Wrong::Because("wrong-password-simple"));
        }
        match is_made_of(password.reveal(), known) {
            true => Err(Wrong::Because("wrong-password-yours")),
            false => Ok(password),
        }
    }

    /// A password typed to sign in. Of one that is too long so much is kept that it is still too long: cut to the
    /// maximum it could be taken for another.
    pub fn typed(text: &str) -> Self {
        Self(kernel::text::nfc(text).chars().take(Self::MAX + 1).collect())
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Whether hardly anything is left of a password without the words that are known of its owner, and those of this place.
fn is_made_of(password: &str, known: &[&str]) -> bool {
    /// Letters and digits that must be left.
    const REST_MIN: usize = 6;
    /// Shorter words are in everything.
    const WORD_MIN: usize = 4;
    let mut rest = password.to_lowercase();
    for word in known.iter().chain(&OURS).flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
        if word.chars().count() >= WORD_MIN {
            rest = rest.replace(&word.to_lowercase(), "");
        }
    }
    rest.chars().filter(|c| c.is_alphanumeric()).count() < REST_MIN && rest.len() < password.len()
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_somebody_is_no_password() {
        let chosen = |text: &str| Password::choose(text, &["ann.miller@example.org", "Ann Miller"]).map(drop);
        for bad in ["AnnMiller78", "ann.miller.12", "miller-miller-1"] {
            assert_eq!(chosen(bad), Err(Wrong::Because("wrong-password-yours")), "{bad}");
        }
        assert_eq!(chosen("sunshine2026"), Err(Wrong::Because("wrong-password-common")));
        for bad in ["xyzxyzxyzxyz", "\u{44f}\u{44f}\u{44f}\u{44f}\u{44f}\u{44f}\u{44f}\u{44f}\u{44f}\u{44f}"]
        {
            assert_eq!(chosen(bad), Err(Wrong::Because("wrong-password-simple")), "{bad}");
        }
        assert_eq!(chosen("short"), Err(Wrong::TooShort { min: 10 }));
        for good in ["miller sells bread", "correct horse battery", "anns-garden-gate"] {
            assert_eq!(chosen(good), Ok(()), "{good}");
        }
    }

    /// Each word of the list, as `docs/security.md` has it too.
    #[test]
    fn words_of_this_place_are_no_password() {
        let page = include_str!("../../../../docs/security.md");
        for word in OURS {
            for typed in [format!("{word}-{word}-78"), format!("78 {} {word}!", word.to_uppercase())] {
                assert!(Password::choose(&typed, &[]).is_err(), "{typed}");
            }
            assert!(page.contains(&format!("`{word}`")), "docs/security.md does not list {word}");
        }
        let chosen = |text: &str| Password::choose(text, &["Village Green"]).map(drop);
        for bad in ["TradePlus-78", "tradeplus.1.2.3", "VillageGreen99", "green+market+village"] {
            assert_eq!(chosen(bad), Err(Wrong::Because("wrong-password-yours")), "{bad}");
        }
        for good in ["marketing for otters", "village tales and elm", "accountable badgers"] {
            assert_eq!(chosen(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn passwords_hide() {
        let password = Password::read("correct horse").unwrap();
        assert_eq!(format!("{password:?}"), "Password(***)");
        assert!(Password::read("short").is_err());
    }
}
