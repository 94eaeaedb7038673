//! Every request that is made, against the official document.

use super::client::{Ask, Does};
use super::{disputes, lines, payments, payouts, recipients, refunds};
use crate::payments::provider::{Bank, Exhibit, NewAccount, NewPayment, NewPayout, NewRefund};
use kernel::{Currency, MemberId, Moment, Money, PaymentId, PayoutId, RefundId};
use platform::config::Secret;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What Paystack's pages name and its document leaves out.
const BEYOND: [&str; 2] = ["upload_filename", "kepss"];

fn document() -> Value {
    serde_json::from_str(include_str!("../../../tests/official/paystack.json")).unwrap()
}

fn naira() -> Currency {
    "NGN".parse().unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

fn requests() -> Vec<Ask> {
    let id = Uuid::from_u128(7);
    let amount = Money::new(12_345, naira());
    let mut payment = NewPayment {
        ours: PaymentId(id),
        amount,
        group: "g".to_owned(),
        buyer_email: None,
        back: Some("https://market.example/checkout".to_owned()),
    };
    let first = payments::initialize("market.example", &payment);
    payment.buyer_email = Some(secret("ada@example.org"));
    payment.back = None;
    let refund = NewRefund { ours: RefundId(id), payment_ref: id.to_string(), amount };
    let payout = NewPayout { ours: PayoutId(id), account: "RCP_1".to_owned(), amount };
    let bank = Bank {
        holder: secret("Ada Obi"),
        code: "058".to_owned(),
        number: secret("0001234567"),
        currency: naira(),
    };
    let account = NewAccount {
        ours: MemberId(id),
        country: "NG".to_owned(),
        email: secret("ada@example.org"),
        business: false,
        bank: None,
    };
    let words = |name: &str| (name.to_owned(), Exhibit::Words("told".to_owned()));
    let told = ["customer_email", "customer_name", "customer_phone", "service_details", "delivery_date"];
    let told: Vec<_> = told.into_iter().map(words).collect();
    let mut all = vec![
        first,
        payments::initialize("market.example", &payment),
        payments::verify("p"),
        refunds::create(&refund),
        refunds::fetch("17"),
        refunds::list(Moment::UNIX_EPOCH, 2),
        refunds::retry("17", naira(), &secret("0001234567"), "9"),
        payouts::create(&payout),
        payouts::verify("p"),
        recipients::fetch("RCP_1"),
        recipients::resolve(&bank),
        recipients::list_banks("nigeria", "NGN", 1),
        recipients::list_banks("south africa", "ZAR", 1),
        recipients::list_wallets("GHS".parse().unwrap()),
        disputes::fetch("17"),
        disputes::place("17", "proof.pdf"),
        disputes::tell("17", &told).unwrap(),
        disputes::resolve("17", disputes::Answer::Decline, "no", 0, "proof.pdf", Some(3)),
        disputes::resolve("17", disputes::Answer::Accept, "yes", 12_345, "proof.pdf", None),
        lines::ask_balance(),
        lines::ask_lines(None, 1),
        lines::ask_lines(Some(Moment::UNIX_EPOCH), 2),
    ];
    for kind in ["nuban", "ghipss", "basa", "mobile_money", "kepss"] {
        all.push(recipients::create(&account, &bank, kind));
    }
    all
}

fn name(ask: &Ask) -> String {
    let method = match ask.does {
        Does::Read => "get",
        Does::Make => "post",
        Does::Change => "put",
    };
    format!("{method} {}", ask.path)
}

/// What is wrong with a request, if anything.
fn faults(document: &Value, ask: &Ask) -> Vec<String> {
    let Some(operation) = document["operations"].get(name(ask)) else {
        return vec![format!("there is no {}", name(ask))];
    };
    let mut faults = Vec::new();
    let parameters = operation["parameters"].as_array().unwrap();
    let given = |place: &str, name: &str| {
        if place == "path" {
            return ask.about.clone().filter(|_| ask.path.contains(&format!("{{{name}}}")));
        }
        ask.query.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone())
    };
    for parameter in parameters {
        let (place, name) = (parameter["in"].as_str().unwrap(), parameter["name"].as_str().unwrap());
        match given(place, name) {
            Some(value) => {
                against(&parameter["schema"], &as_sent(&parameter["schema"], &value), name, &mut faults)
            }
            None if parameter["required"] == true => faults.push(format!("{name} is missing")),
            None => {}
        }
    }
    for (query, _) in &ask.query {
        if !parameters.iter().any(|p| p["in"] == "query" && p["name"] == *query) && !BEYOND.contains(query) {
            faults.push(format!("nobody asked for {query}"));
        }
    }
    match (&ask.body, operation.get("body")) {
        (Some(body), Some(schema)) => against(schema, body, "body", &mut faults),
        (None, None) => {}
        _ => faults.push("the body is too much or missing".to_owned()),
    }
    faults
}

/// Texts of a path or query stand for what their schema says.
fn as_sent(schema: &Value, text: &str) -> Value {
    if schema["type"] == "integer" {
        text.parse::<i64>().map_or_else(|_| json!(text), Value::from)
    } else {
        json!(text)
    }
}

fn against(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let fits = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    if !fits {
        faults.push(format!("{at} is no {}", schema["type"]));
    }
    if let Some(choices) = schema["enum"].as_array()
        && !choices.contains(value)
        && !value.as_str().is_some_and(|value| BEYOND.contains(&value))
    {
        faults.push(format!("{at} is none of {choices:?}"));
    }
    let (Some(fields), Some(known)) = (value.as_object(), schema["properties"].as_object()) else { return };
    for (name, value) in fields {
        match known.get(name) {
            Some(schema) => against(schema, value, name, faults),
            None => faults.push(format!("nobody asked for {name}")),
        }
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        if !fields.contains_key(required.as_str().unwrap()) {
            faults.push(format!("{required} is missing"));
        }
    }
}

#[test]
fn every_request_is_in_the_official_document() {
    let (document, requests) = (document(), requests());
    for ask in &requests {
        assert_eq!(faults(&document, ask), Vec::<String>::new(), "{}", name(ask));
    }
    let made: BTreeSet<String> = requests.iter().map(name).collect();
    let known: BTreeSet<String> = document["operations"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(made, known, "each that is known is made");
}

#[test]
fn a_typo_a_missing_field_and_half_a_kobo_are_refused() {
    let document = document();
    let ask = |body| Ask::make("/transfer", body);
    let good = json!({"source": "balance", "amount": 5, "recipient": "R", "reference": "r"});
    assert!(faults(&document, &ask(good.clone())).is_empty());
    for (field, value) in [("amount", json!(5.5)), ("amont", json!(5)), ("currency", json!("EUR"))] {
        let mut bad = good.clone();
        bad[field] = value;
        assert_eq!(faults(&document, &ask(bad)).len(), 1, "{field}");
    }
    let mut bad = good;
    bad.as_object_mut().unwrap().remove("recipient");
    assert_eq!(faults(&document, &ask(bad)).len(), 1);
    assert_eq!(faults(&document, &Ask::read("/transfers")).len(), 1);
    assert_eq!(faults(&document, &Ask::read("/balance").with("pages", "1".to_owned())).len(), 1);
}
