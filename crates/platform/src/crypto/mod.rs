//! Passwords, tokens, signatures and the keys behind them. Chance is handed in as `Dice`.

pub mod common;
mod hasher;
pub mod jws;
pub mod mac;
pub mod secrets;
mod sealer;
mod signer;
mod strength;
mod token;
pub mod tuning;

pub use hasher::{HashError, Hasher, Place, Verdict};
pub use sealer::{Sealer, Unsealable};
pub use secrets::Key;
pub use signer::Signer;
pub use strength::{Strength, strength};
pub use token::{Token, token_hash};

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The SHA-256 of a text as it is sent in addresses: the challenge of PKCE (RFC 7636, 4.2).
pub fn challenge(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// Whether two texts are the same, in a time that tells nothing but their lengths.
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
