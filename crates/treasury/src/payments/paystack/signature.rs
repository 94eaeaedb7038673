//! Paystack's webhooks: an HMAC-SHA512 of the raw bytes under the secret key, in hexadecimal. There is no id and no
//! time in it, so the bytes themselves are the id: the same bytes are the same event, however late they come.

use super::super::provider::SignatureError;
use super::Keys;
use platform::config::Secret;
use platform::crypto::{equal, mac};
use sha2::{Digest, Sha256};

pub(super) const HEADER: &str = "x-paystack-signature";

/// The event's id, if one of our secrets signed these bytes.
pub(super) fn verify(
    keys: &Keys,
    headers: &[(String, String)],
    raw: &[u8],
) -> Result<String, SignatureError> {
    let given = headers.iter().find(|(name, _)| name == HEADER).map(|(_, value)| value.as_str());
    let given = given.ok_or(SignatureError::Missing(HEADER))?;
    let tag = hex::decode(given.trim()).map_err(|_| SignatureError::Malformed(HEADER))?;
    let fits = std::iter::once(&keys.secret).chain(&keys.old).any(|secret| is_of(secret, raw, &tag));
    if fits { Ok(id(raw)) } else { Err(SignatureError::Wrong) }
}

/// The comparison takes as long for a wrong tag as for a right one. A key that is empty signs nothing.
fn is_of(secret: &Secret, raw: &[u8], tag: &[u8]) -> bool {
    let key = secret.reveal().as_bytes();
    !key.is_empty() && equal(tag, &mac::sha512(key, &[raw]))
}

pub(super) fn id(raw: &[u8]) -> String {
    hex::encode(Sha256::digest(raw))
}
