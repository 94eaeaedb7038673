//! Signatures of things that go out and come back: HMAC-SHA256 (RFC 2104).

use super::secrets::Key;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Signs for one purpose. A signature made for one purpose does not verify for another.
#[derive(Clone)]
pub struct Signer(Hmac<Sha256>);

impl Signer {
    /// `purpose` separates what the same key is used for ("csrf", "cart").
    pub fn new(key: &Key, purpose: &str) -> Self {
        let derived = mac(key.reveal()).chain_update(purpose.as_bytes()).finalize().into_bytes();
        Self(mac(&derived))
    }

    /// The signature of `bytes`: 43 letters, digits, dashes and underscores.
    pub fn sign(&self, bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(self.0.clone().chain_update(bytes).finalize().into_bytes())
    }

    /// Whether `signature` is that of `bytes`; the time it takes tells nothing.
    pub fn verify(&self, bytes: &[u8], signature: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode(signature)
            .is_ok_and(|tag| self.0.clone().chain_update(bytes).verify_slice(&tag).is_ok())
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer")
    }
}

#[allow(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("a key of any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_for_this_purpose_verifies() {
        let key = Key::from_bytes([7; 32]);
        let signer = Signer::new(&key, "csrf");
        let signature = signer.sign(b"session");
        assert!(signer.verify(b"session", &signature));
        assert!(!signer.verify(b"sessions", &signature));
        assert!(!signer.verify(b"session", &signature[..42]));
        assert!(!signer.verify(b"session", "§"));
        assert!(!Signer::new(&key, "cart").verify(b"session", &signature));
        assert!(!Signer::new(&Key::from_bytes([8; 32]), "csrf").verify(b"session", &signature));
    }
}
