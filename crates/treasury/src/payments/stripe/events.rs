//! Stripe's events. Only what they are about is read: what is true is asked. A kind that we do not know is no error.

use super::super::provider::{About, ProviderEvent, Unreadable};
use serde_json::Value;
use std::str::FromStr;

/// The id of an event, as it stands in it.
pub(super) fn id(raw: &[u8]) -> Option<String> {
    let event: Value = serde_json::from_slice(raw).ok()?;
    event.get("id")?.as_str().map(str::to_owned)
}

pub(super) fn read(id: &str, raw: &[u8]) -> Result<ProviderEvent, Unreadable> {
    let event: Value = serde_json::from_slice(raw).map_err(|_| Unreadable("it is not JSON".to_owned()))?;
    let kind = text(&event, "/type").ok_or_else(|| Unreadable("it has no type".to_owned()))?;
    Ok(ProviderEvent { id: id.to_owned(), about: about(&event, &kind).unwrap_or(About::Other), kind })
}

/// What an event is about. `None` when it does not say what it should: then nobody follows it.
fn about(event: &Value, kind: &str) -> Option<About> {
    let object = event.pointer("/data/object")?;
    let reference = || text(object, "/id");
    let account = || text(event, "/account");
    let about = match kind.split('.').collect::<Vec<_>>()[..] {
        ["payment_intent", ..] => {
            About::Payment { reference: reference()?, ours: ours(object, "/metadata/payment") }
        }
        ["charge", "dispute", ..] => About::Dispute { reference: reference()? },
        ["refund", ..] | ["charge", "refund", ..] => {
            About::Refund { reference: reference()?, ours: ours(object, "/metadata/refund") }
        }
        ["charge", _] => About::Payment { reference: payment(object)?, ours: None },
        ["transfer", ..] => About::Transfer { reference: reference()? },
        ["payout", ..] => About::Payout {
            reference: reference()?,
            ours: ours(object, "/metadata/payout"),
            account: account(),
        },
        ["account", "updated"] => About::Account { reference: reference()? },
        ["account", "external_account" | "application", ..] => About::Account { reference: account()? },
        ["capability", ..] => About::Account { reference: text(object, "/account").or_else(account)? },
        ["radar", "early_fraud_warning", ..] => About::Warning {
            reference: reference()?,
            payment: payment(object)?,
            kind: text(object, "/fraud_type").unwrap_or_else(|| "misc".to_owned()),
        },
        _ => About::Other,
    };
    Some(about)
}

/// The payment of a charge or a warning: as its id, or whole.
fn payment(object: &Value) -> Option<String> {
    text(object, "/payment_intent").or_else(|| text(object, "/payment_intent/id"))
}

fn text(value: &Value, at: &str) -> Option<String> {
    value.pointer(at)?.as_str().map(str::to_owned)
}

fn ours<T: FromStr>(object: &Value, at: &str) -> Option<T> {
    text(object, at)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{PaymentId, PayoutId};
    use serde_json::json;

    const OURS: &str = "01900000-0000-7000-8000-000000000001";

    fn heard(kind: &str, object: &Value) -> About {
        let event = json!({ "id": "evt_1", "type": kind, "account": "acct_1", "data": { "object": object }, "new": 1 });
        read("evt_1", event.to_string().as_bytes()).unwrap().about
    }

    #[test]
    fn an_event_tells_what_to_ask_about() {
        let reference = || "x_1".to_owned();
        let object = json!({ "id": "x_1", "metadata": { "payment": OURS, "payout": OURS }, "payment_intent": "pi_1",
            "fraud_type": "made_with_stolen_card", "account": "acct_2" });
        let payment =
            About::Payment { reference: reference(), ours: Some(OURS.parse::<PaymentId>().unwrap()) };
        let payout = OURS.parse::<PayoutId>().unwrap();
        let warning = About::Warning {
            reference: reference(),
            payment: "pi_1".to_owned(),
            kind: "made_with_stolen_card".to_owned(),
        };
        for (kind, expected) in [
            ("payment_intent.succeeded", payment),
            ("charge.refunded", About::Payment { reference: "pi_1".to_owned(), ours: None }),
            ("charge.refund.updated", About::Refund { reference: reference(), ours: None }),
            ("refund.failed", About::Refund { reference: reference(), ours: None }),
            ("charge.dispute.funds_withdrawn", About::Dispute { reference: reference() }),
            ("transfer.reversed", About::Transfer { reference: reference() }),
            (
                "payout.failed",
                About::Payout {
                    reference: reference(),
                    ours: Some(payout),
                    account: Some("acct_1".to_owned()),
                },
            ),
            ("account.updated", About::Account { reference: reference() }),
            ("account.external_account.updated", About::Account { reference: "acct_1".to_owned() }),
            ("capability.updated", About::Account { reference: "acct_2".to_owned() }),
            ("radar.early_fraud_warning.created", warning),
            ("invoice.paid", About::Other),
            ("something.quite.new", About::Other),
        ] {
            assert_eq!(heard(kind, &object), expected, "{kind}");
        }
        assert_eq!(heard("transfer.created", &json!({})), About::Other, "it does not say which");
        assert!(read("evt_1", b"<html>").is_err() && read("evt_1", b"{}").is_err());
        assert_eq!(id(br#"{"id":"evt_9"}"#), Some("evt_9".to_owned()));
    }
}
