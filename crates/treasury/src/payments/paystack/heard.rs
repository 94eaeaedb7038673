//! What is believed of what Paystack tells unasked, and what it is about.

use super::signature;
use super::tests::{ID, keys, paystack};
use crate::payments::provider::{About, Provider, SignatureError};
use kernel::{PaymentId, PayoutId, RefundId};
use serde_json::{Value, json};

const RAW: &[u8] = br#"{"event":"charge.success","data":{"reference":"018f0000-0000-7000-8000-000000000001","status":"success"}}"#;
const BY_NEW: &str = "1ce9d70ec24627b5c680171aa0b00f8c9193212d84058956ced74509dcf10b5a\
    7475d064bc12d4fff83f8a026939a965d6deb167a3594522373141e60f95cbcc";
const BY_OLD: &str = "1828fd20ecf6d54526d4d24510e4c917b8b2e71fdf72810a6452b4b4d0a0040f\
    84328ac64cf5952cb8052a3a15f60d9d3c8e7612474c20b5612bf8d46f99be5d";
const BY_THIRD: &str = "98f600b2873ce2d43fdd6afe5df8d4cc18a9438b5389a9259137fb652dc567c5\
    b143ca2a4d4a371cb927801e5fab2cf03df928df3ddd664ed42ac18f0699c2ef";

fn believed(tag: &str, raw: &[u8]) -> Result<String, SignatureError> {
    signature::verify(&keys(), &[(signature::HEADER.to_owned(), tag.to_owned())], raw)
}

#[test]
fn the_signature_is_of_the_raw_bytes_with_either_secret() {
    assert!(believed(BY_NEW, RAW).is_ok());
    assert!(believed(BY_OLD, RAW).is_ok());
    assert_eq!(believed(BY_THIRD, RAW), Err(SignatureError::Wrong));
    let spaced = [b" ".as_slice(), RAW].concat();
    assert_eq!(believed(BY_NEW, &spaced), Err(SignatureError::Wrong), "the same JSON, other bytes");
    assert_eq!(believed(&BY_NEW[..64], RAW), Err(SignatureError::Wrong));
    assert_eq!(believed("no hex", RAW), Err(SignatureError::Malformed(signature::HEADER)));
    assert_eq!(signature::verify(&keys(), &[], RAW), Err(SignatureError::Missing(signature::HEADER)));
}

#[test]
fn the_same_bytes_have_the_same_id() {
    let id = "0b7e177de13ad856e6d1e5886bf5eb280cddb518dff87eb6e6fef9156c6b4452";
    assert_eq!(believed(BY_NEW, RAW).as_deref(), Ok(id));
    assert_eq!(believed(BY_OLD, RAW).as_deref(), Ok(id), "whichever secret signed them");
}

#[test]
fn an_event_names_what_it_is_about() {
    let (paystack, _) = paystack([]);
    let about = |event: &str, data: Value| {
        let raw = json!({"event": event, "data": data, "more": 1}).to_string();
        paystack.read_event("e", raw.as_bytes()).unwrap().about
    };
    let (text, ours) = (ID.to_string(), Some(PaymentId(ID)));
    let payment = About::Payment { reference: text.clone(), ours };
    assert_eq!(about("charge.success", json!({"reference": text})), payment);
    assert_eq!(about("refund.processed", json!({"transaction_reference": text, "amount": "10"})), payment);
    let refund = About::Refund { reference: "17".to_owned(), ours: Some(RefundId(ID)) };
    assert_eq!(about("refund.needs-attention", json!({"id": 17, "merchant_note": text})), refund);
    let payout = About::Payout { reference: text.clone(), ours: Some(PayoutId(ID)), account: None };
    assert_eq!(about("transfer.reversed", json!({"reference": text})), payout);
    let dispute = About::Dispute { reference: "5".to_owned() };
    assert_eq!(about("charge.dispute.create", json!({"id": 5})), dispute);
    assert_eq!(about("paymentrequest.pending", json!({"id": 5})), About::Other);
    assert_eq!(about("charge.success", json!({})), About::Other);
    assert!(paystack.read_event("e", b"<html>").is_err());
}
