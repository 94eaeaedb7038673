//! The signature of a webhook, judged as Stripe's own libraries do: any of the header's `v1` may fit any of our secrets,
//! other schemes are not looked at, and only a time that is long past is refused.

use super::super::provider::SignatureError;
use kernel::Moment;
use platform::config::Secret;
use platform::crypto::{equal, mac};

const HEADER: &str = "stripe-signature";
/// How old a webhook may be, seconds: what Stripe's libraries take.
const TOLERANCE_S: i64 = 300;

/// Header names come in lower case.
pub(super) fn verify(
    secrets: &[Secret],
    headers: &[(String, String)],
    raw: &[u8],
    now: Moment,
) -> Result<(), SignatureError> {
    let header = headers.iter().find(|(name, _)| name == HEADER).map(|(_, value)| value.as_str());
    let header = header.ok_or(SignatureError::Missing(HEADER))?;
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    // As there: a second time stamp replaces the first.
    let stamp = parts().rfind(|(name, _)| *name == "t").map(|(_, value)| value);
    let stamp = stamp.ok_or(SignatureError::Malformed(HEADER))?;
    let at: i64 = stamp.parse().map_err(|_| SignatureError::Malformed(HEADER))?;
    let tags: Vec<Vec<u8>> =
        parts().filter(|(name, _)| *name == "v1").filter_map(|(_, value)| hex::decode(value).ok()).collect();
    // What is signed with nothing, anybody can sign.
    let fits = secrets.iter().filter(|secret| !secret.reveal().trim().is_empty()).any(|secret| {
        let expected = signed(secret, stamp, raw);
        tags.iter().any(|tag| equal(tag, &expected))
    });
    if !fits {
        return Err(SignatureError::Wrong);
    }
    if now.unix_timestamp().saturating_sub(at) > TOLERANCE_S {
        return Err(SignatureError::OutOfTime);
    }
    Ok(())
}

fn signed(secret: &Secret, stamp: &str, raw: &[u8]) -> Vec<u8> {
    mac::sha256(secret.reveal().as_bytes(), &[stamp.as_bytes(), b".", raw])
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &[u8] = br#"{"id":"evt_1"}"#;

    fn tag(secret: &str, stamp: i64) -> String {
        hex::encode(signed(&Secret::new(secret), &stamp.to_string(), RAW))
    }

    fn judged(header: &str) -> Result<(), SignatureError> {
        let secrets = [Secret::new("whsec_new"), Secret::new("whsec_old")];
        let now = Moment::from_unix_timestamp(1_000_000).unwrap();
        verify(&secrets, &[(HEADER.to_owned(), header.to_owned())], RAW, now)
    }

    #[test]
    fn signatures_as_the_sdks_judge_them() {
        let now = 1_000_000;
        let new = |at: i64| tag("whsec_new", at);
        for (header, expected) in [
            (format!("t={now},v1={}", new(now)), Ok(())),
            (format!("t={now},v1={}", tag("whsec_old", now)), Ok(())),
            (format!("t={now},v1={}", tag("whsec_other", now)), Err(SignatureError::Wrong)),
            (format!("t={now},v1={},v1={}", tag("whsec_other", now), new(now)), Ok(())),
            (format!("t={now},v0={}", new(now)), Err(SignatureError::Wrong)),
            (format!("t={now},v0=ab,v1={},v2=x", new(now)), Ok(())),
            (format!("t=1,t={now},v1={}", new(now)), Ok(())),
            (format!("t={},v1={}", now - 300, new(now - 300)), Ok(())),
            (format!("t={},v1={}", now - 301, new(now - 301)), Err(SignatureError::OutOfTime)),
            (format!("t={},v1={}", now + 9_000, new(now + 9_000)), Ok(())),
            (format!("t={},v1={}", now + 1, new(now)), Err(SignatureError::Wrong)),
            (format!("v1={}", new(now)), Err(SignatureError::Malformed(HEADER))),
            (format!("t=now,v1={}", new(now)), Err(SignatureError::Malformed(HEADER))),
            (format!("t={now},v1="), Err(SignatureError::Wrong)),
            (String::new(), Err(SignatureError::Malformed(HEADER))),
        ] {
            assert_eq!(judged(&header), expected, "{header}");
        }
        let empty = format!("t={now},v1={}", tag("", now));
        let headers = [(HEADER.to_owned(), empty)];
        let at = Moment::from_unix_timestamp(now).unwrap();
        assert_eq!(verify(&[Secret::new("")], &headers, RAW, at), Err(SignatureError::Wrong));
        let nothing = verify(&[], &[], RAW, Moment::UNIX_EPOCH);
        assert_eq!(nothing, Err(SignatureError::Missing(HEADER)));
    }

    /// Counted elsewhere.
    #[test]
    fn the_signature_is_of_the_time_a_point_and_the_raw_bytes() {
        assert_eq!(
            tag("whsec_new", 1_000_000),
            "a8b5e7f9434ef99cfb0c3d355dce02d021006a551203306626aa65bc972b48bc"
        );
    }
}
