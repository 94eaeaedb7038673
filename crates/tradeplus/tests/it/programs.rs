//! What holds for the whole API: its description, its mistakes, its pages, its formats.

use axum::body::Body;
use http::{Method, header};
use kit::route::{Idempotency, Rate, RouteInfo};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use testkit::{Answer, Browser, Person, Town};

fn routes() -> Vec<RouteInfo> {
    tradeplus::routes::all().into_iter().filter(|r| r.path.starts_with("/api/")).collect()
}

/// Ann with something of everything that she may name in a path.
struct Office {
    /// Holds the database as long as the office stands.
    _town: Town,
    ann: Person,
    ids: Vec<(&'static str, String)>,
}

async fn office() -> Office {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").at("Lyon, FR").quantity(5).live().await;
    ann.api_upload(
        &format!("/listings/{}/photos", lamp.id),
        &[("photo", "a.png", &testkit::pictures::good(1))],
    )
    .await
    .is(201);
    let photo = town.listing(lamp.id).await.photos[0].id;
    let vase = ben.listing("Vase").quantity(5).live().await;
    let bought = ann.buys(&vase).await;
    ann.pays(&bought).await;
    let sold = ben.buys(&lamp).await;
    ben.pays(&sold).await;
    ann.takes(sold.order(), "ship").await;
    let broken = ben.buys(&lamp).await;
    ben.pays(&broken).await;
    for step in ["ship", "seller_marks_delivered"] {
        ann.takes(broken.order(), step).await;
    }
    ben.takes(broken.order(), "open_claim").await;
    ann.api(Method::PUT, &format!("/cart/items/{}", vase.id), Some(json!({ "quantity": 2 }))).await.is(200);
    town.run_jobs().await;
    let receipt = "select document_id from documents where for_member = $1 limit 1";
    let receipt = sqlx::query_scalar::<_, uuid::Uuid>(receipt).bind(ann.id.0);
    let receipt = receipt.fetch_one(&town.owner).await.unwrap();
    let ids = vec![
        ("/documents/{id}", receipt.to_string()),
        ("/listings/{id}", lamp.id.to_string()),
        ("{photo_id}", photo.to_string()),
        ("/api-keys/{id}", "01940000-0000-7000-8000-000000000001".to_owned()),
        ("/orders/{id}/case", broken.order().to_string()),
        ("/orders/{id}", sold.order().to_string()),
        ("/payouts/{id}", crate::payouts::a_payout(&town, sold.order(), ann.id).await.to_string()),
        ("/payments/{id}", bought.payment.id.to_string()),
        ("{listing_id}", vase.id.to_string()),
        ("{provider}", "sandbox".to_owned()),
    ];
    Office { _town: town, ann, ids }
}

impl Office {
    /// The route's path after `/api/v1`, with Ann's own things in it.
    fn path(&self, route: &RouteInfo) -> String {
        let mut path = route.path.trim_start_matches("/api/v1").to_owned();
        for (place, id) in &self.ids {
            let filled = match place.split_once("{id}") {
                Some((before, after)) => format!("{before}{id}{after}"),
                None => id.clone(),
            };
            path = path.replace(place, &filled);
        }
        assert!(!path.contains('{'), "{path}");
        path
    }

    async fn get(&self, path: &str) -> Answer {
        self.ann.api(Method::GET, path, None).await
    }
}

async fn described(browser: &Browser) -> Value {
    browser.get("/api/v1/openapi.json").await.is(200).json()
}

/// What not everybody sees says in the description for whom it is, or when.
#[tokio::test]
async fn fields_say_whom_they_are_for() {
    let town = Town::new().await;
    let document = described(&town.visitor()).await;
    for (schema, field, words) in [
        ("Order", "payment_id", "For the buyer only"),
        ("OrderAmounts", "buyer_fee", "For the buyer and staff"),
        ("OrderAmounts", "commission", "For the seller and staff"),
        ("OrderAmounts", "seller_part", "For the seller and staff"),
        ("OrderDelivery", "address", "For the buyer, and for the seller while"),
    ] {
        let told = &document["components"]["schemas"][schema]["properties"][field];
        assert!(told.to_string().contains(words), "{schema}.{field}: {told}");
    }
}

#[tokio::test]
async fn every_route_is_described_and_nothing_else() {
    let town = Town::new().await;
    let document = described(&town.visitor()).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3."));
    let told: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(|m| (m.to_uppercase(), path.clone()))
        })
        .collect();
    let table: BTreeSet<(String, String)> =
        routes().iter().map(|r| (r.method.to_string(), r.path.to_owned())).collect();
    assert_eq!(told, table);
    let mut names = BTreeSet::new();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|m| m.as_object().unwrap().values());
    for operation in operations {
        assert!(names.insert(operation["operationId"].to_string()), "{}", operation["operationId"]);
        assert!(!operation["summary"].as_str().unwrap().is_empty());
        assert!(operation["responses"].as_object().unwrap().len() > 1, "{operation}");
    }
    let mut lost = Vec::new();
    references(&document, &mut |pointer| {
        let path = pointer.trim_start_matches('#');
        lost.extend(document.pointer(path).is_none().then(|| pointer.to_owned()));
    });
    assert!(lost.is_empty(), "references that lead nowhere: {lost:?}");
}

fn references(value: &Value, seen: &mut impl FnMut(&str)) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(pointer)) = map.get("$ref") {
                seen(pointer);
            }
            map.values().for_each(|v| references(v, seen));
        }
        Value::Array(all) => all.iter().for_each(|v| references(v, seen)),
        _ => {}
    }
}

/// A client that misspells a field must not think it was heard.
#[tokio::test]
async fn unknown_fields_are_refused_everywhere() {
    let office = office().await;
    let takes_json = |r: &RouteInfo| {
        let reads = matches!(r.method, Method::POST | Method::PUT | Method::PATCH);
        reads && r.rate != Rate::Upload && !r.path.contains("webhooks")
    };
    let bodiless = ["publish", "pause", "sold", "restore"];
    let mut tried = 0;
    for route in
        routes().into_iter().filter(takes_json).filter(|r| !bodiless.iter().any(|b| r.path.ends_with(b)))
    {
        let path = office.path(&route);
        let told = office.ann.api(route.method.clone(), &path, Some(json!({ "nonsense": 1 }))).await;
        assert_eq!(told.status(), 422, "{}: {}", route.name, told.told());
        assert!(told.pointers().contains(&"/nonsense".to_owned()), "{}: {}", route.name, told.told());
        tried += 1;
    }
    assert!(tried >= 9, "{tried}");
    for route in routes() {
        let path = format!("{}?nonsense=1&nonsense=2&a/b", office.path(&route));
        let told = office.ann.api(route.method.clone(), &path, None).await.problem(422, "fields");
        let told: BTreeSet<String> = told.pointers().into_iter().collect();
        assert!(told.iter().eq(["/a~1b", "/nonsense"]), "{}: {told:?}", route.name);
    }
}

/// What the description does not promise is not taken, though a page would forgive it; and what it promises is.
#[tokio::test]
async fn programs_are_taken_by_their_word() {
    let office = office().await;
    let long = |text: &str, length: usize| format!("{text}{}", "\u{200b}".repeat(length));
    let ann = &office.ann;
    let route = |name: &str| routes().into_iter().find(|r| r.name == name).unwrap();
    for (name, body, pointer) in [
        (
            "api.accounts.register",
            json!({ "email": "new@example.org", "password": "four words are enough", "display_name": long("New", 48) }),
            "/display_name",
        ),
        ("api.accounts.sign_in", json!({ "email": "a".repeat(255), "password": "x" }), "/email"),
        ("api.accounts.sign_in", json!({ "email": ann.email, "password": "x".repeat(257) }), "/password"),
        (
            "api.accounts.sign_in",
            json!({ "email": ann.email, "password": "x", "otp": "0".repeat(41) }),
            "/otp",
        ),
        ("api.keys.make", json!({ "name": long("Shop", 57), "scopes": ["profile:read"] }), "/name"),
        ("api.keys.make", json!({ "name": "Shop", "scopes": vec!["profile:read"; 30] }), "/scopes"),
        (
            "api.keys.make",
            json!({ "name": "Shop", "scopes": ["profile:read"], "networks": [""] }),
            "/networks",
        ),
        (
            "api.keys.make",
            json!({ "name": "Shop", "scopes": ["profile:read"], "networks": vec!["192.0.2.1"; 21] }),
            "/networks",
        ),
        ("api.keys.leaked", json!({ "keys": ["x".repeat(201)] }), "/keys/0"),
        ("api.listings.create", json!({ "title": long("Lamp", 117) }), "/title"),
        ("api.listings.change", json!({ "condition": "used" }), "/condition"),
        ("api.listings.change", json!({ "external_id": "" }), "/external_id"),
        ("api.carts.put", json!({ "quantity": 10_001 }), "/quantity"),
        ("api.carts.put", json!({ "quantity": 1.5 }), "/quantity"),
        (
            "api.orders.step",
            json!({ "transition": "confirm_early", "data": { "problem": "short" } }),
            "/data/problem",
        ),
        (
            "api.orders.step",
            json!({ "transition": "confirm_early", "data": { "carrier": "x".repeat(61) } }),
            "/data/carrier",
        ),
    ] {
        let route = route(name);
        let told = ann.api(route.method.clone(), &office.path(&route), Some(body)).await;
        assert_eq!(told.problem(422, "fields").pointers(), [pointer], "{name}");
    }
    let line = office.path(&route("api.carts.put"));
    ann.api(Method::PUT, &line, Some(json!({ "quantity": 1.0 }))).await.is(200);
    let key = json!({ "name": " Shop\u{0} ", "scopes": ["profile:read"], "expires_in_days": 30.0, "networks": ["2001:db8::/32"] });
    assert_eq!(ann.api(Method::POST, "/api-keys", Some(key)).await.is(201).at("/name"), json!("Shop"));
}

/// Where a page of towns begins can be any word: what comes behind it in the alphabet.
#[tokio::test]
async fn a_page_of_towns_begins_anywhere() {
    let town = Town::new().await;
    let visitor = town.visitor();
    let first = |query: &str| format!("/api/v1/towns?limit=1&{query}");
    let all = visitor.get(&first("q=")).await.is(200);
    assert_eq!(visitor.get(&first("cursor=")).await.is(200).at("/items/0"), all.at("/items/0"));
    let behind = visitor.get(&first("cursor=Lyon")).await.is(200);
    assert_eq!(behind.at("/items/0/label"), json!("Lyon, FR"));
    let behind = visitor.get(&first("cursor=Lyon,%20FR")).await.is(200);
    assert!(behind.at("/items/0/name").as_str().unwrap() > "Lyon", "{}", behind.told());
    assert_eq!(visitor.get(&first("cursor=%F0%9F%9B%8B")).await.is(200).at("/items"), json!([]));
}

/// The same key and body: the same answer, and the work is done once. Another body: told so.
#[tokio::test]
async fn a_key_makes_a_request_happen_once() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let create = async |who: &Person, key: &str, title: &str| {
        let body = json!({ "title": title });
        who.api_with(Method::POST, "/listings", Some(body), &[("idempotency-key", key)]).await
    };
    let first = create(&ann, "key-1", "Lamp").await.is(201);
    assert_eq!(first.header("idempotency-replayed"), None);
    let again = create(&ann, "key-1", "Lamp").await.is(201);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(first.bytes(), again.bytes());
    create(&ann, "key-1", "Rug").await.problem(409, "key-mismatch");
    create(&eve, "key-1", "Rug").await.is(201);
    create(&ann, "key-2", "Lamp").await.is(201);
    let refused = create(&ann, "key-3", "x").await.problem(422, "fields");
    let again = create(&ann, "key-3", "x").await.problem(422, "fields");
    assert_eq!((again.header("idempotency-replayed"), refused.pointers()), (Some("true"), again.pointers()));
    for key in ["", "a b", "ä", &"x".repeat(256)] {
        create(&ann, key, "Lamp").await.problem(400, "key-malformed");
    }
    assert_eq!(town.count("select count(*) from listings").await, 3);
    town.clock.advance(time::Duration::hours(24));
    create(&ann, "key-1", "Rug").await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_key_used_by_many_at_once_is_used_once() {
    let town = Town::new().await;
    let ann = std::sync::Arc::new(town.person("Ann").await);
    ann.access_token().await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let ann = std::sync::Arc::clone(&ann);
        tasks.spawn(async move {
            let body = json!({ "title": "Lamp" });
            ann.api_with(Method::POST, "/listings", Some(body), &[("idempotency-key", "one")]).await
        });
    }
    for answer in tasks.join_all().await {
        match answer.status() {
            201 => {}
            409 => {
                let answer = answer.problem(409, "key-running");
                assert!(answer.header("retry-after").is_some());
            }
            _ => panic!("{}", answer.told()),
        }
    }
    assert_eq!(town.count("select count(*) from listings").await, 1);
}

/// Every POST that makes something or moves money heeds a key.
#[test]
fn what_moves_money_heeds_a_key() {
    for route in routes().into_iter().filter(|r| r.method == Method::POST && r.rate == Rate::Money) {
        assert_ne!(route.idempotency, Idempotency::None, "{}", route.name);
    }
    for name in [
        "api.orders.place",
        "api.orders.step",
        "api.payments.confirm",
        "api.listings.create",
        "api.photos.add",
    ] {
        let route = routes().into_iter().find(|r| r.name == name).unwrap();
        assert_ne!(route.idempotency, Idempotency::None, "{name}");
    }
}

#[tokio::test]
async fn lists_come_in_pages_that_show_each_thing_once() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(50).live().await;
    for n in 0..6 {
        ann.listing(&format!("Lamp {n}")).live().await;
        let deal = ben.buys(&lamp).await;
        ben.pays(&deal).await;
        town.clock.advance(time::Duration::seconds(1));
    }
    town.run_jobs().await;
    for (who, path, total) in [
        (&ann, "/me/listings?limit=2", 7),
        (&ben, "/orders?limit=2", 6),
        (&ann, "/orders?side=seller&limit=4", 6),
        (&ben, "/listings?limit=3", 7),
        (&ben, "/listings?q=lamp&sort=price_asc&limit=3", 7),
        (&ben, "/towns?limit=100", 0),
    ] {
        let (mut seen, mut next, mut pages) = (Vec::new(), String::new(), 0);
        loop {
            let page = who.api(Method::GET, &format!("{path}{next}"), None).await.is(200);
            let items = page.at("/items");
            assert!(items.as_array().unwrap().len() <= 100);
            seen.extend(
                items.as_array().unwrap().iter().map(|i| i.get("id").or(i.get("label")).unwrap().to_string()),
            );
            pages += 1;
            assert!(pages < 50, "{path} does not end");
            match page.at("/next_cursor") {
                Value::String(cursor) => next = format!("&cursor={}", escape(&cursor)),
                Value::Null => break,
                odd => panic!("{odd}"),
            }
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), count, "{path} shows something twice");
        assert!(total == 0 || count == total, "{path}: {count}");
    }
}

fn escape(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Money, times, ids and names look alike everywhere.
#[tokio::test]
async fn everything_has_one_format() {
    let office = office().await;
    let mut seen = 0;
    for route in routes().into_iter().filter(|r| r.method == Method::GET) {
        // The description, and the file of a document, are looked at elsewhere.
        if route.path.ends_with("openapi.json") || route.path.ends_with("/file") {
            continue;
        }
        let mut path = office.path(&route);
        if path == "/suggestions" {
            path.push_str("?q=la");
        }
        let answer = office.get(&path).await.is(200);
        assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
        walk(&path, &answer.json(), &mut seen);
    }
    assert!(seen > 200, "{seen} values");
}

fn walk(at: &str, value: &Value, seen: &mut u32) {
    *seen += 1;
    match value {
        Value::Object(map) => {
            check(at, map);
            map.iter().for_each(|(name, v)| walk(&format!("{at}/{name}"), v, seen));
        }
        Value::Array(all) => all.iter().enumerate().for_each(|(n, v)| walk(&format!("{at}/{n}"), v, seen)),
        _ => {}
    }
}

fn check(at: &str, map: &Map<String, Value>) {
    for (name, value) in map {
        let is_data = ["/urls", "/attributes", "/changes"].iter().any(|d| at.contains(d));
        let snake = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        assert!(snake || is_data, "{at}/{name} is not snake_case");
        if name == "amount" && !value.is_object() && !value.is_null() {
            assert!(value.is_i64(), "{at}/amount is {value}");
            let currency = map.get("currency").and_then(Value::as_str).unwrap_or_default();
            assert!(
                currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase()),
                "{at}: {currency}"
            );
        }
        if let (Some(text), true) = (value.as_str(), name.ends_with("_at") || name == "at") {
            let parsed = time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339);
            assert!(parsed.is_ok() && text.ends_with('Z'), "{at}/{name}: {text}");
        }
        if let (Some(text), true) = (value.as_str(), name == "id" || name.ends_with("_id")) {
            let is_named = ["/categories", "/attributes", "/choices", "/facets", "external_id", "/category"]
                .iter()
                .any(|n| at.contains(n) || name == n);
            assert!(is_named || text.parse::<uuid::Uuid>().is_ok(), "{at}/{name}: {text}");
        }
    }
}

#[tokio::test]
async fn problems_have_one_shape() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let visitor = town.visitor();
    let send = async |method: Method, path: &str, kind: &str, body: &str| {
        let request = visitor.request(method, path).header(header::CONTENT_TYPE, kind);
        visitor.send(request.body(Body::from(body.to_owned())).unwrap()).await
    };
    let json = "application/json";
    visitor.get("/api/v1/nowhere").await.problem(404, "not-found");
    visitor.get("/api/").await.problem(404, "not-found");
    visitor.get("/api/v1/me").await.problem(401, "sign-in");
    send(Method::DELETE, "/api/v1/categories", json, "").await.problem(405, "method");
    send(Method::POST, "/api/v1/sessions", json, "{").await.problem(400, "unreadable");
    send(Method::POST, "/api/v1/sessions", json, "").await.problem(400, "unreadable");
    send(Method::POST, "/api/v1/sessions", json, "[]").await.is(422);
    send(Method::POST, "/api/v1/sessions", "text/plain", "{}").await.problem(415, "wrong-type");
    send(Method::POST, "/api/v1/sessions", "application/x-www-form-urlencoded", "email=a")
        .await
        .problem(415, "wrong-type");
    let large = format!("{{\"email\": \"{}\"}}", "x".repeat(300 * 1024));
    send(Method::POST, "/api/v1/sessions", json, &large).await.problem(413, "too-large");
    let deep = "[".repeat(20_000);
    send(Method::POST, "/api/v1/sessions", json, &deep).await.is(422);
    let unauthorised = visitor.get("/api/v1/me").await;
    assert_eq!(unauthorised.header("www-authenticate"), Some("Bearer"));
    let told = ann.api(Method::GET, "/orders?limit=0", None).await.problem(422, "fields");
    assert_eq!(told.pointers(), ["/limit"]);
    assert!(told.at("/errors/0/detail").as_str().is_some_and(|d| !d.is_empty()));
    assert_eq!(told.at("/request_id"), json!(told.header("x-request-id").unwrap()));
    let german = ann.api_with(Method::GET, "/orders?limit=0", None, &[("accept-language", "de")]).await;
    assert_ne!(german.at("/title"), told.at("/title"), "in the reader's language");
}

/// The kinds of problems are explained where their type leads.
#[tokio::test]
async fn the_type_of_a_problem_leads_to_its_explanation() {
    let town = Town::new().await;
    let visitor = town.visitor();
    let sign_in = json!({ "email": "nobody@example.org", "password": "wrong password" });
    let request =
        visitor.request(Method::POST, "/api/v1/sessions").header("content-type", "application/json");
    let failed = visitor.send(request.body(Body::from(sign_in.to_string())).unwrap()).await;
    let missing = visitor.get("/api/v1/nowhere").await;
    for told in [missing.problem(404, "not-found"), failed.problem(401, "sign-in-failed")] {
        let kind = told.at("/type").as_str().unwrap().to_owned();
        let (page, anchor) = kind.trim_start_matches("http://localhost:8080").split_once('#').unwrap();
        let page = visitor.get(page).await.is(200).page();
        assert!(page.has(&format!("[id='{anchor}']")), "{kind}");
    }
}

/// Methods and paths with slashes, dots and odd letters stay inside.
#[tokio::test]
async fn odd_paths_are_not_found() {
    let town = Town::new().await;
    let visitor = town.visitor();
    for path in
        ["/api/v1/listings/../me", "/api/v1//me", "/api/v1/listings/%2e%2e%2fme", "/api/v2/me", "/API/V1/me"]
    {
        let answer = visitor.get(path).await;
        assert!(matches!(answer.status(), 401 | 404), "{path}: {}", answer.told());
    }
}
