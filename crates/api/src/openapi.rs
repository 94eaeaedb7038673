//! Writes the OpenAPI 3.1 document: policy from the route table, words and shapes from the descriptions.

use crate::doc::{Body, Doc, Entry, schemas_of, string_like, uuid};
use kit::route::{Audience, Idempotency, Keys, RouteInfo};
use market::apikeys::model::Scope;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// The chapters, in the order in which one meets them.
pub(crate) const TAGS: &[(&str, &str)] = &[
    ("Accounts", "Open an account, sign in, stay signed in."),
    ("API keys", "Keys with which a program acts for you, within scopes that you choose."),
    ("Catalogue", "Categories with their attributes, and towns."),
    ("Search", "Find live listings."),
    ("Listings", "Offer things: drafts, publishing, photos, history."),
    ("Cart", "What somebody means to buy. A cart promises nothing."),
    (
        "Orders",
        "Deals from checkout to the end. The table of the process says who may do what, and what silence does.",
    ),
    ("Payments", "Pay for orders. In the sandbox no money moves."),
    ("Documents", "Receipts, invoices, credit notes and statements, as they were issued."),
    ("Payouts", "What you have sold for, and what was paid out to you."),
    ("About", "This document, and what bounds you."),
];

const INTRODUCTION: &str = "\
Everything a person can do on the pages, a program can do here.

**Conventions.** JSON in snake_case. Ids are UUIDs. Times are RFC 3339 in UTC. Money is \
`{\"amount\": 1250, \"currency\": \"EUR\"}` with the amount in minor units. Lists are \
`{\"items\": […], \"next_cursor\": \"…\" or null}`. Addresses of pages and photos are paths on this site. \
Words (names of categories, labels, errors) come in the language of `Accept-Language`.

**Signing in.** `POST /api/v1/sessions` gives an access token for 15 minutes and a refresh token for 30 days. Send \
`Authorization: Bearer <access token>`. A refresh token works once; using it twice ends the sign-in.

**API keys.** A member makes them at `/account/keys`: `tpk_live_` and 38 letters and digits, shown once. Send one in place \
of an access token. It can do what its scopes say: `x-api-key-scope` names the scope of each operation, `any` is open to \
every key, and an operation that names none is closed to keys.

**Errors** are `application/problem+json` (RFC 9457). `errors` names each wrong field by a JSON pointer; `code` says \
what stands in the way. Fields and parameters that are not described are refused.

**Doing things once.** Send an `Idempotency-Key` with every POST that creates something or moves money. The same key \
with the same body gives the same answer for a day; with another body it is a 409.

**Limits.** Each route belongs to a class (`x-rate-class`); `GET /api/v1/limits` lists them. Answers carry \
`RateLimit-Policy` and `RateLimit`, and in numbers alone `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`.";

/// What a part of a path may be that is no id: the name of a payment provider.
const NAME: &str = "^[a-z0-9_-]+$";
const NAME_MAX: usize = 40;

/// Why a request was not granted (RFC 9457).
#[derive(ToSchema)]
#[schema(as = Problem)]
#[allow(dead_code, reason = "only described: kit writes it")]
struct ProblemShape {
    /// Where the kind of problem is explained.
    #[schema(rename = "type")]
    kind: String,
    /// What happened, in a few words.
    title: String,
    status: u16,
    /// What happened and what to do now.
    detail: String,
    /// What stands in the way, for a program: `fields`, `not-found`, `sold-out` …
    code: String,
    /// Name it when you ask for help.
    request_id: String,
    /// The scope that the API key would need; absent otherwise.
    #[schema(required = false)]
    scope: String,
    /// What is wrong with the input; absent when nothing is.
    #[schema(required = false)]
    errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only described: kit writes it")]
struct FieldProblem {
    /// A JSON pointer into the body (RFC 6901), or a slash and the name of a query parameter.
    pointer: String,
    /// What is wrong and how to mend it.
    detail: String,
}

/// The whole document.
pub(crate) fn document(entries: &[Entry]) -> Value {
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let mut schemas: BTreeMap<String, Value> = schemas_of::<ProblemShape>().0.into_iter().collect();
    for Entry { route, doc } in entries {
        let info = route.info();
        let method = info.method.as_str().to_ascii_lowercase();
        paths.entry(info.path).or_default().insert(method, operation(&info, doc));
        schemas.extend(doc.schemas.iter().cloned());
    }
    for bounds in entries.iter().flat_map(|entry| &entry.doc.bounds) {
        bounds.write(&mut schemas);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "TradePlus API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": INTRODUCTION,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": TAGS.iter().map(|(name, text)| json!({ "name": name, "description": text })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "Problem": problem_response() },
            "parameters": { "IdempotencyKey": idempotency_key() },
            "securitySchemes": {
                "access_token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The access token of a sign-in.",
                },
                "api_key": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "tpk_live_…",
                    "description": format!("A key that a member made. Its scopes: {}.", scopes()),
                },
            },
        },
    })
}

fn operation(info: &RouteInfo, doc: &Doc) -> Value {
    let mut it = Map::new();
    it.insert("operationId".to_owned(), json!(info.name.trim_start_matches("api.").replace('.', "_")));
    it.insert("tags".to_owned(), json!([doc.tag]));
    it.insert("summary".to_owned(), json!(doc.summary));
    if !doc.text.is_empty() {
        it.insert("description".to_owned(), json!(doc.text));
    }
    let parameters = parameters(info, doc);
    if !parameters.is_empty() {
        it.insert("parameters".to_owned(), json!(parameters));
    }
    if let Some(body) = &doc.body {
        it.insert("requestBody".to_owned(), request_body(body));
    }
    it.insert("responses".to_owned(), responses(info, doc));
    it.insert("security".to_owned(), security(info));
    if let Some(scope) = scope_name(info.keys) {
        it.insert("x-api-key-scope".to_owned(), json!(scope));
    }
    it.insert("x-rate-class".to_owned(), json!(info.rate.name()));
    Value::Object(it)
}

fn parameters(info: &RouteInfo, doc: &Doc) -> Vec<Value> {
    let mut all: Vec<Value> = path_parameters(info.path)
        .map(|name| {
            let is_id = name == "id" || name.ends_with("_id");
            let schema = if is_id { uuid() } else { string_like(NAME, NAME_MAX) };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect();
    all.extend(doc.query.iter().cloned());
    match info.idempotency {
        Idempotency::None => {}
        Idempotency::Accepted | Idempotency::Required => {
            all.push(json!({ "$ref": "#/components/parameters/IdempotencyKey" }));
        }
    }
    all
}

fn path_parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn request_body(body: &Body) -> Value {
    let mut content = json!({ "schema": body.schema });
    for (name, value) in [("example", &body.example), ("encoding", &body.encoding)] {
        if let (Some(value), Some(content)) = (value, content.as_object_mut()) {
            content.insert(name.to_owned(), value.clone());
        }
    }
    json!({ "required": true, "content": { body.media: content } })
}

fn responses(info: &RouteInfo, doc: &Doc) -> Value {
    let mut all = Map::new();
    for answer in &doc.answers {
        let mut response = json!({ "description": answer.text });
        if let (Some(schema), Some(it)) = (&answer.schema, response.as_object_mut()) {
            it.insert("content".to_owned(), json!({ answer.media: { "schema": schema } }));
        }
        all.insert(answer.status.to_string(), response);
    }
    for status in problems(info, doc) {
        let response = match status {
            409 if !doc.conflicts.is_empty() => conflict_response(doc.conflicts),
            _ => json!({ "$ref": "#/components/responses/Problem" }),
        };
        all.insert(status.to_string(), response);
    }
    Value::Object(all)
}

/// The problems that a route can answer with, by what it is.
fn problems(info: &RouteInfo, doc: &Doc) -> BTreeSet<u16> {
    // A token that is not good is refused everywhere, and so are a key that may not be used there and a parameter that
    // there is not.
    let mut all = BTreeSet::from([401, 403, 422, 429, 500, 503]);
    all.extend(doc.also);
    if info.path.contains('{') {
        all.insert(404);
    }
    if matches!(info.audience, Audience::Verified) || !doc.conflicts.is_empty() {
        all.insert(409);
    }
    if doc.body.is_some() {
        all.extend([400, 413, 415]);
    }
    if info.idempotency != Idempotency::None {
        all.extend([400, 409]);
    }
    all
}

fn problem_response() -> Value {
    json!({
        "description": "Why the request was not granted.",
        "content": {
            "application/problem+json": {
                "schema": { "$ref": "#/components/schemas/Problem" },
                "example": {
                    "type": "/about/api#fields",
                    "title": "Some fields need another look",
                    "status": 422,
                    "detail": "Mend the fields that are named and send it again.",
                    "code": "fields",
                    "request_id": "req_5f0a6bd1c7e94f2a8b13",
                    "errors": [{ "pointer": "/price/amount", "detail": "Enter €0.00 or more." }],
                },
            },
        },
    })
}

fn conflict_response(codes: &[&str]) -> Value {
    let codes: Vec<String> = codes.iter().map(|c| format!("`{c}`")).collect();
    json!({
        "description": format!("Something stands in the way; `code` is one of {}, or that of an `Idempotency-Key` problem.", codes.join(", ")),
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": false,
        "description": "A name of your own for this request, such as a UUID: 1 to 255 visible ASCII characters. Sent again with the same body it gives the same answer (`Idempotency-Replayed: true`) and does nothing; with another body it is a 409.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
        "example": "3f6c1c1e-6a0b-4c55-9f0e-7f4f0a7d9a10",
    })
}

fn security(info: &RouteInfo) -> Value {
    let mut ways = match info.audience {
        Audience::Provider => return json!([]),
        // The token may be left out.
        Audience::Everyone => vec![json!({}), json!({ "access_token": [] })],
        Audience::Account
        | Audience::Member
        | Audience::Verified
        | Audience::Suspended
        | Audience::Staff(_)
        | Audience::StaffOf(_)
        | Audience::Operator => {
            vec![json!({ "access_token": [] })]
        }
    };
    match info.keys {
        Keys::Never => {}
        Keys::Any => ways.push(json!({ "api_key": [] })),
        Keys::With(scope) => ways.push(json!({ "api_key": [scope.name()] })),
    }
    Value::Array(ways)
}

/// As `x-api-key-scope` has it; nothing where keys may not go.
fn scope_name(keys: Keys) -> Option<&'static str> {
    match keys {
        Keys::Never => None,
        Keys::Any => Some("any"),
        Keys::With(scope) => Some(scope.name()),
    }
}

fn scopes() -> String {
    Scope::ALL.map(|scope| format!("`{}`", scope.name())).join(", ")
}
