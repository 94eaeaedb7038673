//! Passwords, tokens, signatures and the keys behind them. Chance is handed in as `Dice`.

pub mod common;
mod hasher;
pub mod secrets;
mod sealer;
mod signer;
mod token;

pub use hasher::{HashError, Hasher, Verdict};
pub use sealer::{Sealer, Unsealable};
pub use secrets::Key;
pub use signer::Signer;
pub use token::{Token, token_hash};

use subtle::ConstantTimeEq;

/// Whether two texts are the same, in a time that tells nothing but their lengths.
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
