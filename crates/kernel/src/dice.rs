//! Chance, handed in: secrets and ids take their randomness from a `Dice`.

use std::fmt;
use std::sync::Arc;

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// A source of random bytes. The platform makes one from the operating system, tests from a seed.
#[derive(Clone)]
pub struct Dice(Arc<Fill>);

impl Dice {
    /// Wraps a function that fills a buffer with random bytes.
    pub fn new(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        (self.0)(&mut out);
        out
    }

    /// A number in `0..below`; 0 when `below` is 0. The bias is below 2⁻³² for bounds under 2³².
    pub fn below(&self, below: u64) -> u64 {
        if below == 0 { 0 } else { u64::from_le_bytes(self.bytes()) % below }
    }
}

impl fmt::Debug for Dice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dice")
    }
}
