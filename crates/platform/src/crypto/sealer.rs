//! Sealing: AES-256-GCM (NIST SP 800-38D) with a random nonce for each value.
//!
//! A sealed value is `1 || nonce (12 bytes) || ciphertext || tag (16 bytes)`. It opens only with its key and for the
//! place it was sealed for, so a value that is moved to another row is worthless there. Random nonces are safe for
//! 2^32 values of one key; no key here seals more than a handful.

use super::secrets::Key;
use kernel::Dice;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

const VERSION: u8 = 1;

/// A sealed value was damaged, moved, or sealed with another key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a sealed value does not open")]
pub struct Unsealable;

/// Seals and opens with one key.
pub struct Sealer(LessSafeKey);

impl Sealer {
    #[allow(clippy::expect_used, reason = "a Key is as long as this algorithm wants")]
    pub fn new(key: &Key) -> Self {
        Self(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.reveal()).expect("32 bytes")))
    }

    /// Seals `plain` for `place`, which is not secret and not kept with it.
    ///
    /// # Errors
    /// `plain` is longer than 64 GiB.
    pub fn seal(&self, dice: &Dice, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let nonce = dice.bytes::<NONCE_LEN>();
        let mut text = plain.to_vec();
        let aad = Aad::from(place);
        let nonce_of = Nonce::assume_unique_for_key(nonce);
        self.0.seal_in_place_append_tag(nonce_of, aad, &mut text).map_err(|_| Unsealable)?;
        Ok([[VERSION].as_slice(), &nonce, &text].concat())
    }

    /// What was sealed for `place`.
    ///
    /// # Errors
    /// [`Unsealable`], whatever is wrong with it.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (version, rest) = sealed.split_first().ok_or(Unsealable)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(Unsealable)?;
        if *version != VERSION {
            return Err(Unsealable);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Unsealable)?;
        let mut text = text.to_vec();
        let plain = self.0.open_in_place(nonce, Aad::from(place), &mut text).map_err(|_| Unsealable)?.len();
        text.truncate(plain);
        Ok(text)
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance;

    #[test]
    fn what_was_sealed_opens_in_its_place_only() {
        let (dice, sealer) = (chance::seeded(1), Sealer::new(&Key::from_bytes([7; 32])));
        let sealed = sealer.seal(&dice, b"totp:ann", b"secret").unwrap();
        assert_eq!(sealer.open(b"totp:ann", &sealed).unwrap(), b"secret");
        assert_eq!(sealer.open(b"totp:ben", &sealed), Err(Unsealable));
        assert_eq!(Sealer::new(&Key::from_bytes([8; 32])).open(b"totp:ann", &sealed), Err(Unsealable));
        assert_ne!(
            sealer.seal(&dice, b"totp:ann", b"secret").unwrap(),
            sealed,
            "each has a nonce of its own"
        );
        assert!(!sealed.windows(6).any(|w| w == b"secret"));
    }

    #[test]
    fn every_damaged_byte_is_noticed() {
        let (dice, sealer) = (chance::seeded(2), Sealer::new(&Key::from_bytes([7; 32])));
        let sealed = sealer.seal(&dice, b"place", b"secret").unwrap();
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(sealer.open(b"place", &damaged), Err(Unsealable), "byte {at}");
            assert_eq!(sealer.open(b"place", &sealed[..at]), Err(Unsealable), "cut at {at}");
        }
    }
}
