//! Tokens of sessions, of programs and of links in mails: 256 bits of chance. The person or program keeps the
//! token, the database only its hash; a plain SHA-256 is enough because nobody can guess 256 bits.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::Dice;
use sha2::{Digest, Sha256};

/// A new token. Shown once, never stored.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub fn new(dice: &Dice) -> Self {
        Self(URL_SAFE_NO_PAD.encode(dice.bytes::<32>()))
    }

    /// The token itself: 43 letters, digits, dashes and underscores.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    pub fn hash(&self) -> Vec<u8> {
        token_hash(&self.0)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// The hash of a token that somebody sent, to look it up by: SHA-256 of its text.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance;

    #[test]
    fn tokens_differ_hide_themselves_and_are_found_by_hash() {
        let dice = chance::seeded(1);
        let (one, two) = (Token::new(&dice), Token::new(&dice));
        assert_ne!(one.reveal(), two.reveal());
        assert_eq!(one.reveal().len(), 43);
        assert_eq!(one.hash(), token_hash(one.reveal()));
        assert_eq!(format!("{one:?}"), "***");
    }
}
