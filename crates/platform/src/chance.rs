//! The operating system's randomness, handed out as `Dice`; and a seeded one for tests.

use kernel::Dice;
use rand::{RngCore, SeedableRng, rngs::OsRng};
use rand_chacha::ChaCha20Rng;
use std::sync::Mutex;

/// Unpredictable: for ids and secrets in production.
pub fn system() -> Dice {
    Dice::new(|buffer| {
        // The kernel's generator fails only before it is seeded at boot; a zeroed secret would be worse than a stop.
        let mut rng = OsRng;
        #[allow(clippy::expect_used, reason = "without randomness nothing may go on")]
        rand::TryRngCore::try_fill_bytes(&mut rng, buffer).expect("the operating system's random numbers");
    })
}

/// Repeatable: for tests and the demo.
pub fn seeded(seed: u64) -> Dice {
    let rng = Mutex::new(ChaCha20Rng::seed_from_u64(seed));
    Dice::new(move |buffer| rng.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(buffer))
}
