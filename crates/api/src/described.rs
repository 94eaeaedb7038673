//! The description bounds everything that a request can hold: texts, numbers, lists, and which fields there are.

use crate::openapi;
use crate::table::entries;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Requests of which the description bounds nothing, and why. Who can bound one takes it out.
const OPEN: &[(&str, &str)] = &[
    ("POST /api/v1/webhooks/{provider}", PROVIDERS),
    ("POST /api/v1/webhooks/{provider}/connect", PROVIDERS),
];
const PROVIDERS: &str = "what stands there is the provider's business: it is believed for the signature over its bytes, and then asked";

/// A walk through all that one request can hold.
struct Walk<'a> {
    document: &'a Value,
    faults: Vec<String>,
    /// Texts, numbers, lists and objects.
    seen: usize,
}

impl<'a> Walk<'a> {
    fn over(document: &'a Value, operation: &'a Value) -> Self {
        let mut walk = Self { document, faults: Vec::new(), seen: 0 };
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let parameter = walk.meant(parameter);
            walk.schema(parameter["name"].as_str().unwrap(), &parameter["schema"]);
        }
        let contents = operation["requestBody"]["content"].as_object();
        for content in contents.into_iter().flat_map(Map::values) {
            walk.schema("", &content["schema"]);
        }
        walk
    }

    /// What a reference leads to; anything else is meant itself.
    fn meant(&self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.document.pointer(reference.trim_start_matches('#')).unwrap(),
            None => value,
        }
    }

    fn schema(&mut self, at: &str, schema: &'a Value) {
        let schema = self.meant(schema);
        let has = |words: &[&str]| words.iter().any(|word| !schema[*word].is_null());
        let kinds: Vec<&str> = match &schema["type"] {
            Value::String(kind) => vec![kind.as_str()],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if kinds.is_empty() && !has(&["oneOf", "anyOf", "allOf", "enum", "const"]) {
            self.faults.push(format!("{at} may be anything"));
        }
        for kind in kinds {
            let is_bounded = match kind {
                "string" => has(&["maxLength", "enum", "const", "format", "pattern"]),
                "integer" | "number" => {
                    has(&["minimum", "exclusiveMinimum"]) && has(&["maximum", "exclusiveMaximum"])
                }
                "array" => has(&["maxItems"]),
                "object" => {
                    schema["additionalProperties"] == false || !schema["propertyNames"]["enum"].is_null()
                }
                "boolean" | "null" => true,
                odd => panic!("{at}: {odd}"),
            };
            self.seen += usize::from(!matches!(kind, "boolean" | "null"));
            if !is_bounded {
                self.faults.push(format!("{at} is a {kind} without bounds"));
            }
        }
        self.inside(at, schema);
    }

    fn inside(&mut self, at: &str, schema: &'a Value) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            self.schema(&format!("{at}/{name}"), property);
        }
        for word in ["items", "additionalProperties", "propertyNames"] {
            if schema[word].is_object() {
                self.schema(&format!("{at}/{word}"), &schema[word]);
            }
        }
        for word in ["oneOf", "anyOf", "allOf"] {
            for one in schema[word].as_array().into_iter().flatten() {
                self.schema(at, one);
            }
        }
    }
}

#[test]
fn every_field_of_a_request_has_bounds() {
    let document = openapi();
    let (mut faults, mut met, mut seen) = (Vec::new(), Vec::new(), 0);
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let name = format!("{} {path}", method.to_uppercase());
            let walk = Walk::over(&document, operation);
            seen += walk.seen;
            match OPEN.iter().find(|(open, _)| *open == name) {
                Some((open, _)) if !walk.faults.is_empty() => met.push(*open),
                _ => faults.extend(walk.faults.iter().map(|fault| format!("{name}: {fault}"))),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen > 80, "{seen}");
    for (open, _) in OPEN {
        assert!(met.contains(open), "{open} has bounds now: take it out");
    }
}

/// What is said of a field that there is not would be lost without a word.
#[test]
fn every_bound_meets_a_field() {
    let entries = entries();
    let mut schemas: BTreeMap<String, Value> =
        entries.iter().flat_map(|entry| entry.doc.schemas.iter().cloned()).collect();
    let bounds = entries.iter().flat_map(|entry| &entry.doc.bounds);
    let lost: Vec<String> = bounds.flat_map(|bounds| bounds.write(&mut schemas)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    // One that is said twice says the same.
    assert_eq!(openapi()["components"]["schemas"]["NewApiKey"], schemas["NewApiKey"]);
}

/// The walk sees what it is there for.
#[test]
fn what_is_open_is_noticed() {
    let closed = serde_json::json!({
        "type": "object",
        "additionalProperties": false,
        "properties": { "a": { "type": ["string", "null"], "maxLength": 3 }, "b": { "type": "array", "maxItems": 2, "items": { "type": "integer", "minimum": 0, "maximum": 1 } } },
    });
    let faults = |schema: &Value| {
        let operation = serde_json::json!({ "requestBody": { "content": { "x": { "schema": schema } } } });
        Walk::over(&Value::Null, &operation).faults.len()
    };
    assert_eq!(faults(&closed), 0);
    for (pointer, word) in [
        ("", "additionalProperties"),
        ("/properties/a", "maxLength"),
        ("/properties/a", "type"),
        ("/properties/b", "maxItems"),
        ("/properties/b/items", "minimum"),
        ("/properties/b/items", "maximum"),
    ] {
        let mut open = closed.clone();
        open.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(word);
        assert_eq!(faults(&open), 1, "{pointer} without {word}");
    }
}
