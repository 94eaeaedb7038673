//! What Paystack tells unasked. Only what it is about is taken from it; what happened is asked for.

use super::super::provider::{About, ProviderEvent, Unreadable};
use super::said::text;
use serde_json::Value;

pub(super) fn read(id: &str, raw: &[u8]) -> Result<ProviderEvent, Unreadable> {
    let body: Value = serde_json::from_slice(raw).map_err(|error| Unreadable(error.to_string()))?;
    let kind = text(&body, "event").ok_or_else(|| Unreadable("it has no kind".to_owned()))?;
    let data = body.get("data").unwrap_or(&Value::Null);
    let about = match kind.split_once('.').unwrap_or((kind.as_str(), "")) {
        ("charge", "success" | "failed") => payment(data, "reference"),
        ("charge", rest) if rest.starts_with("dispute.") => {
            text(data, "id").map(|reference| About::Dispute { reference })
        }
        ("refund", _) => refund(data),
        ("transfer", _) => payout(data),
        _ => None,
    };
    Ok(ProviderEvent { id: id.to_owned(), kind, about: about.unwrap_or(About::Other) })
}

/// A payment's reference is our id of it.
fn payment(data: &Value, field: &str) -> Option<About> {
    let reference = text(data, field)?;
    Some(About::Payment { ours: reference.parse().ok(), reference })
}

/// Some of these events name the refund, some only the payment that it belongs to: then that is what is looked at,
/// and the refund is looked at when its time comes.
fn refund(data: &Value) -> Option<About> {
    match text(data, "id") {
        Some(reference) => {
            let ours = text(data, "merchant_note").and_then(|note| note.parse().ok());
            Some(About::Refund { reference, ours })
        }
        None => payment(data, "transaction_reference"),
    }
}

/// A payout's reference is our id of it. There are others: whoever moves money by hand makes transfers too.
fn payout(data: &Value) -> Option<About> {
    let reference = text(data, "reference")?;
    Some(About::Payout { ours: reference.parse().ok(), reference, account: None })
}
