//! Every route of the API, on one page, and its description.

use crate::doc::{Entry, doc};
use crate::{
    about, accounts, carts, cases, catalog, documents, keys, listings, openapi as description, orders,
    payments, payouts, search,
};
use axum::body::Bytes;
use kit::answer::Answer;
use kit::route::{Audience, Rate, Route, get};
use serde_json::Value;
use std::sync::LazyLock;

/// Seconds for which the description may be kept.
const KEPT_S: u32 = 300;

pub(crate) fn entries() -> Vec<Entry> {
    let mut all = accounts::entries();
    all.extend(keys::entries());
    all.extend(catalog::entries());
    all.extend(search::entries());
    all.extend(listings::entries());
    all.extend(carts::entries());
    all.extend(orders::entries());
    all.extend(cases::entries());
    all.extend(payments::entries());
    all.extend(documents::entries());
    all.extend(payouts::entries());
    all.extend(about::entries());
    all.push(
        doc("About", "This document").answers_plain(200, "The description of this API, OpenAPI 3.1.").of(
            get("/api/v1/openapi.json", "api.about.openapi", show)
                .audience(Audience::Everyone)
                .any_key()
                .rate(Rate::Plain),
        ),
    );
    all
}

/// The routes of the API, for `kit::route::build`.
pub fn routes() -> Vec<Route> {
    entries().into_iter().map(|entry| entry.route).collect()
}

/// The description of all of them: an OpenAPI 3.1 document.
pub fn openapi() -> Value {
    description::document(&entries())
}

static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(openapi().to_string()));

async fn show() -> Answer {
    Answer::file("application/json", DOCUMENT.clone()).cacheable(KEPT_S)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::TAGS;
    use kit::route::{Audience, Idempotency, Rate, table};
    use std::collections::BTreeSet;

    const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

    fn operations(document: &Value) -> Vec<(String, String, Value)> {
        let paths = document["paths"].as_object().unwrap();
        let of = |(path, item): (&String, &Value)| {
            let path = path.clone();
            let item = item.as_object().unwrap().clone();
            item.into_iter().map(move |(method, operation)| (method, path.clone(), operation))
        };
        paths.iter().flat_map(of).collect()
    }

    #[test]
    fn the_document_and_the_table_agree() {
        let listed: BTreeSet<(String, String)> =
            table(&routes()).iter().map(|r| (r.method.as_str().to_lowercase(), r.path.to_owned())).collect();
        assert_eq!(listed.len(), routes().len(), "a route stands there twice");
        let described: BTreeSet<(String, String)> =
            operations(&openapi()).into_iter().map(|(method, path, _)| (method, path)).collect();
        assert_eq!(listed, described);
    }

    #[test]
    fn every_operation_is_described() {
        let document = openapi();
        let mut ids = BTreeSet::new();
        let tags: Vec<&str> = TAGS.iter().map(|(name, _)| *name).collect();
        for (method, path, operation) in operations(&document) {
            let at = format!("{method} {path}");
            assert!(METHODS.contains(&method.as_str()), "{at}");
            assert!(
                ids.insert(operation["operationId"].as_str().unwrap().to_owned()),
                "{at}: the id is taken"
            );
            assert!(!operation["summary"].as_str().unwrap().is_empty(), "{at}");
            assert!(tags.contains(&operation["tags"][0].as_str().unwrap()), "{at}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{at}");
            assert!(responses.contains_key("401") && responses.contains_key("429"), "{at}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn walk(value: &Value, found: &mut BTreeSet<String>) {
            match value {
                Value::Object(map) => {
                    found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
                    map.values().for_each(|v| walk(v, found));
                }
                Value::Array(items) => items.iter().for_each(|v| walk(v, found)),
                _ => {}
            }
        }
        let document = openapi();
        let mut references = BTreeSet::new();
        walk(&document, &mut references);
        assert!(references.len() > 30);
        for reference in references {
            assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_example_can_be_read() {
        for entry in entries() {
            let Some(body) = &entry.doc.body else { continue };
            if let Some(example) = &body.example {
                assert_eq!((body.reads)(example.clone()), Ok(()), "{}", entry.route.info().path);
            }
        }
    }

    /// Unknown fields are refused, and the schemas of inputs say so.
    #[test]
    fn inputs_are_closed() {
        let document = openapi();
        for entry in entries() {
            let Some(body) = entry.doc.body.filter(|b| b.example.is_some()) else { continue };
            let name = body.schema["$ref"].as_str().unwrap().trim_start_matches('#').to_owned();
            let schema = document.pointer(&name).unwrap();
            assert_eq!(schema["additionalProperties"], Value::Bool(false), "{name}");
        }
    }

    #[test]
    fn what_moves_money_is_done_once() {
        for route in table(&routes()) {
            let is_money = route.rate == Rate::Money;
            assert!(!is_money || route.idempotency == Idempotency::Accepted, "{}", route.path);
            assert!(!is_money || route.audience == Audience::Member, "{}", route.path);
        }
    }

    #[test]
    fn the_contract_is_kept() {
        let listed: BTreeSet<String> = table(&routes())
            .iter()
            .map(|r| format!("{} {}", r.method, r.path.trim_start_matches("/api/v1")))
            .collect();
        let contract = [
            "POST /members",
            "POST /sessions",
            "POST /sessions/refresh",
            "DELETE /sessions/current",
            "GET /me",
            "GET /listings",
            "POST /listings",
            "GET /listings/{id}",
            "PATCH /listings/{id}",
            "DELETE /listings/{id}",
            "POST /listings/{id}/photos",
            "POST /listings/{id}/publish",
            "GET /categories",
            "GET /suggestions",
            "POST /orders",
            "GET /orders/{id}",
            "GET /orders/{id}/transitions",
            "POST /orders/{id}/transitions",
            "POST /payments/{id}/confirm",
            "POST /webhooks/{provider}",
            "GET /openapi.json",
        ];
        for route in contract {
            assert!(listed.contains(route), "{route}");
        }
    }
}
