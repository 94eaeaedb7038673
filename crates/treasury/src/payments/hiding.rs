//! What was said between us and providers, as staff may see it: without what opens something, and without people.

use serde_json::Value;

/// The words in whose place nothing is shown: what opens something, and what tells of people.
const HIDDEN: &[&str] = &[
    "secret",
    "token",
    "key",
    "email",
    "name",
    "phone",
    "address",
    "receipt_url",
    "account_number",
    "last4",
    "iban",
    "fingerprint",
    "ip_address",
    "authorization",
];

/// A body without what must not be seen.
pub(super) fn without_secrets(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, inner)| {
                    let is_hidden = HIDDEN.iter().any(|word| name.contains(word)) && holds_something(&inner);
                    let inner = if is_hidden { Value::from("***") } else { without_secrets(inner) };
                    (name, inner)
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(without_secrets).collect()),
        other => other,
    }
}

fn holds_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_and_people_are_not_shown() {
        let body = json!({ "id": "evt_1", "data": { "object": { "id": "pi_1", "client_secret": "pi_1_secret_x",
            "billing_details": { "email": "ann@example.org", "name": null }, "lines": [{ "last4": "4242" }] } } });
        let shown = without_secrets(body).to_string();
        for hidden in ["secret_x", "ann@", "4242"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
        assert!(shown.contains("evt_1") && shown.contains("pi_1"));
    }
}
