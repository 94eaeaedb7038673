//! The sandbox's webhooks: signed after the Standard Webhooks scheme. The signature is an HMAC-SHA256 over
//! `id.timestamp.body`, in base64 after the scheme's version, "v1,".

use super::super::provider::{About, ProviderEvent, SignatureError, Unreadable};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use kernel::{Moment, PaymentId, RefundId};
use platform::crypto::Signer;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const ID: &str = "webhook-id";
const TIMESTAMP: &str = "webhook-timestamp";
const SIGNATURE: &str = "webhook-signature";
/// How far a webhook's time may be from ours, seconds: the scheme's recommendation.
const TOLERANCE_S: i64 = 300;

/// The body of a webhook.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Body {
    pub r#type: String,
    #[serde(with = "time::serde::rfc3339")]
    pub timestamp: Moment,
    pub data: Data,
}

/// What the event is about. Readers tolerate fields that they do not know.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Data {
    /// "payment" or "refund".
    pub object: String,
    /// The sandbox's id.
    pub id: String,
    /// What the marketplace calls it.
    pub reference: Uuid,
    pub state: String,
    /// Minor units.
    pub amount: i64,
    pub currency: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fee: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure: Option<String>,
}

/// The headers that go with `raw`, sent at `now`.
pub(super) fn headers(signer: &Signer, id: &str, raw: &[u8], now: Moment) -> Vec<(String, String)> {
    let timestamp = now.unix_timestamp().to_string();
    let tag = URL_SAFE_NO_PAD.decode(signer.sign(&signed(id, &timestamp, raw))).unwrap_or_default();
    [(ID, id.to_owned()), (SIGNATURE, format!("v1,{}", STANDARD.encode(tag))), (TIMESTAMP, timestamp)]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
}

/// The event's id, if one of the signatures fits and the time is near. A header may hold several signatures with
/// spaces between, so that keys can be changed.
pub(super) fn verify(
    signer: &Signer,
    headers: &[(String, String)],
    raw: &[u8],
    now: Moment,
) -> Result<String, SignatureError> {
    let (id, timestamp) = (header(headers, ID)?, header(headers, TIMESTAMP)?);
    let at: i64 = timestamp.parse().map_err(|_| SignatureError::Malformed(TIMESTAMP))?;
    let content = signed(id, timestamp, raw);
    let fits =
        header(headers, SIGNATURE)?.split(' ').filter_map(|s| s.strip_prefix("v1,")).any(|signature| {
            let tag = STANDARD.decode(signature).unwrap_or_default();
            signer.verify(&content, &URL_SAFE_NO_PAD.encode(tag))
        });
    if !fits {
        return Err(SignatureError::Wrong);
    }
    if now.unix_timestamp().abs_diff(at) > TOLERANCE_S.unsigned_abs() {
        return Err(SignatureError::OutOfTime);
    }
    Ok(id.to_owned())
}

fn header<'a>(headers: &'a [(String, String)], name: &'static str) -> Result<&'a str, SignatureError> {
    headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).ok_or(SignatureError::Missing(name))
}

fn signed(id: &str, timestamp: &str, raw: &[u8]) -> Vec<u8> {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", raw].concat()
}

pub(super) fn read(id: &str, raw: &[u8]) -> Result<ProviderEvent, Unreadable> {
    let body: Body = serde_json::from_slice(raw).map_err(|e| Unreadable(e.to_string()))?;
    let Data { object, id: reference, reference: ours, .. } = body.data;
    let about = match object.as_str() {
        "payment" => About::Payment { reference, ours: Some(PaymentId(ours)) },
        "refund" => About::Refund { reference, ours: Some(RefundId(ours)) },
        _ => About::Other,
    };
    Ok(ProviderEvent { id: id.to_owned(), kind: body.r#type, about })
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::crypto::Key;
    use time::Duration;

    const NOW: Moment = Moment::UNIX_EPOCH;

    fn signer() -> Signer {
        Signer::new(&Key::from_bytes([7; 32]), "test")
    }

    #[test]
    fn believes_only_what_it_signed_a_moment_ago() {
        let (signer, raw) = (signer(), b"{}".as_slice());
        let good = headers(&signer, "evt_1", raw, NOW);
        assert_eq!(verify(&signer, &good, raw, NOW), Ok("evt_1".to_owned()));
        assert_eq!(verify(&signer, &good, raw, NOW + Duration::seconds(300)), Ok("evt_1".to_owned()));
        assert_eq!(verify(&signer, &good, raw, NOW + Duration::seconds(301)), Err(SignatureError::OutOfTime));
        assert_eq!(verify(&signer, &good, raw, NOW - Duration::seconds(301)), Err(SignatureError::OutOfTime));
        assert_eq!(verify(&signer, &good, b"{ }", NOW), Err(SignatureError::Wrong));
        let other = Signer::new(&Key::from_bytes([8; 32]), "test");
        assert_eq!(verify(&other, &good, raw, NOW), Err(SignatureError::Wrong));
    }

    #[test]
    fn every_header_is_part_of_what_is_signed() {
        let (signer, raw) = (signer(), b"{}".as_slice());
        for (name, value) in [(ID, "evt_2"), (TIMESTAMP, "1")] {
            let mut forged = headers(&signer, "evt_1", raw, NOW);
            for header in forged.iter_mut().filter(|(n, _)| n == name) {
                header.1 = value.to_owned();
            }
            assert_eq!(verify(&signer, &forged, raw, NOW), Err(SignatureError::Wrong), "{name}");
            forged.retain(|(n, _)| n != name);
            assert_eq!(verify(&signer, &forged, raw, NOW), Err(SignatureError::Missing(name)));
        }
    }

    #[test]
    fn one_of_several_signatures_is_enough() {
        let (signer, raw) = (signer(), b"{}".as_slice());
        let mut rotated = headers(&signer, "evt_1", raw, NOW);
        rotated[1].1 = format!("v1,AAAA v2,xyz {}", rotated[1].1);
        assert!(verify(&signer, &rotated, raw, NOW).is_ok());
    }

    #[test]
    fn tolerates_kinds_and_fields_it_does_not_know() {
        let raw = br#"{"type": "dispute.opened", "timestamp": "2026-01-01T00:00:00Z", "more": 1, "data":
            {"object": "dispute", "id": "d", "reference": "00000000-0000-0000-0000-000000000001", "state": "new",
             "amount": 1, "currency": "EUR", "colour": "red"}}"#;
        assert_eq!(read("e", raw).unwrap().about, About::Other);
        assert!(read("e", b"<html>").is_err());
    }
}
