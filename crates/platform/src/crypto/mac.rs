//! What others sign, and we for them, with a secret that both know: HMAC (RFC 2104).

use hmac::{Hmac, Mac};
use sha2::{Sha256, Sha512};

/// HMAC-SHA256 over `parts`, one after the other: 32 bytes.
#[allow(clippy::expect_used, reason = "HMAC takes a key of any length")]
pub fn sha256(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    parts.iter().fold(mac, |mac, part| mac.chain_update(part)).finalize().into_bytes().to_vec()
}

/// HMAC-SHA512 over `parts`, one after the other: 64 bytes.
#[allow(clippy::expect_used, reason = "HMAC takes a key of any length")]
pub fn sha512(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mac = Hmac::<Sha512>::new_from_slice(key).expect("a key of any length");
    parts.iter().fold(mac, |mac, part| mac.chain_update(part)).finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    /// Test case 2 of RFC 4231.
    #[test]
    fn they_are_those_of_the_standard() {
        let parts: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];
        let (short, long) = (super::sha256(b"Jefe", &parts), super::sha512(b"Jefe", &parts));
        assert_eq!(hex::encode(short), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assert!(
            hex::encode(long).starts_with("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554")
        );
    }
}
