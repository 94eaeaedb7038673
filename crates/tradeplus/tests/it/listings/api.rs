//! Selling by the API.

use http::Method;
use kernel::limits::PHOTOS_MAX;
use serde_json::{Value, json};
use testkit::{Person, Town, pictures};

fn lamp() -> Value {
    json!({
        "title": "Brass lamp",
        "description": "It shines.",
        "category": "Home & furniture > Lamps & lighting",
        "condition": "good",
        "price": { "amount": 1_250, "currency": "EUR" },
        "quantity": 2,
        "delivery": ["ship", "meet"],
        "shipping_price": { "amount": 490, "currency": "EUR" },
        "location": "Lyon, FR",
        "attributes": { "colour": "black" },
    })
}

async fn create(who: &Person, body: Value) -> String {
    let made = who.api(Method::POST, "/listings", Some(body)).await.is(201);
    let id = made.at("/id").as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), Some(format!("/api/v1/listings/{id}").as_str()));
    id
}

#[tokio::test]
async fn from_draft_to_sold_and_back() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let id = create(&ann, lamp()).await;
    let path = format!("/listings/{id}");
    let own = ann.api(Method::GET, &path, None).await.is(200);
    assert_eq!(own.at("/state"), json!("draft"));
    assert_eq!(own.at("/price"), json!({ "amount": 1_250, "currency": "EUR" }));
    eve.api(Method::GET, &path, None).await.problem(404, "not-found");
    for (step, state, seen) in [
        ("publish", "live", 200),
        ("pause", "paused", 404),
        ("publish", "live", 200),
        ("sold", "sold", 200),
        ("publish", "live", 200),
    ] {
        let moved = ann.api(Method::POST, &format!("{path}/{step}"), None).await.is(200);
        assert_eq!(moved.at("/state"), json!(state), "{step}");
        assert_eq!(eve.api(Method::GET, &path, None).await.status(), seen, "{step}");
        eve.api(Method::POST, &format!("{path}/{step}"), None).await.problem(404, "not-found");
    }
    ann.api(Method::DELETE, &path, None).await.is(204);
    ann.api(Method::GET, &path, None).await.problem(404, "not-found");
    ann.api(Method::POST, &format!("{path}/restore"), None).await.is(200);
    assert_eq!(ann.api(Method::GET, &path, None).await.at("/state"), json!("live"));
    ann.api(Method::POST, &format!("{path}/pause"), None).await.is(200);
    ann.api(Method::POST, &format!("{path}/pause"), None).await.problem(409, "listing-state");
}

#[tokio::test]
async fn publishing_names_what_is_missing() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let id = create(&ann, json!({})).await;
    let told = ann.api(Method::POST, &format!("/listings/{id}/publish"), None).await;
    let told = told.problem(409, "listing-incomplete");
    assert_eq!(told.pointers(), ["/title", "/category", "/condition", "/price"]);
    assert_eq!(town.count("select count(*) from listings where state = 'draft'").await, 1);
    let nell = town.newcomer("Nell").await;
    let id = create(&nell, lamp()).await;
    nell.api(Method::POST, &format!("/listings/{id}/publish"), None).await.problem(409, "verify-first");
}

#[tokio::test]
async fn wrong_values_are_named_and_nothing_is_half_changed() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let id = create(&ann, lamp()).await;
    let path = format!("/listings/{id}");
    for (body, pointers) in [
        (json!({ "title": "x" }), vec!["/title"]),
        (json!({ "price": { "amount": -1, "currency": "EUR" } }), vec!["/price/amount"]),
        (json!({ "price": { "amount": 100_000_000_001_i64, "currency": "EUR" } }), vec!["/price/amount"]),
        (json!({ "price": { "amount": 1.5, "currency": "EUR" } }), vec!["/price/amount"]),
        (json!({ "price": { "amount": "12", "currency": "EUR" } }), vec!["/price/amount"]),
        (json!({ "price": { "amount": 1, "currency": "euro" } }), vec!["/price/currency"]),
        (json!({ "price": { "amount": 1, "currency": "EUR", "vat": 1 } }), vec!["/price/vat"]),
        (json!({ "quantity": 0 }), vec!["/quantity"]),
        (json!({ "quantity": 10_001 }), vec!["/quantity"]),
        (json!({ "category": "dragons" }), vec!["/category"]),
        (json!({ "condition": "mint" }), vec!["/condition"]),
        (json!({ "deal": "gift" }), vec!["/deal"]),
        (json!({ "delivery": ["drone"] }), vec!["/delivery"]),
        (json!({ "location": "Atlantis" }), vec!["/location"]),
        (json!({ "attributes": { "flux": 1 } }), vec!["/attributes/flux"]),
        (json!({ "state": "live" }), vec!["/state"]),
        (json!({ "title": "x", "quantity": 0 }), vec!["/title", "/quantity"]),
    ] {
        let told = ann.api(Method::PATCH, &path, Some(body.clone())).await.problem(422, "fields");
        assert_eq!(told.pointers(), pointers, "{body}");
    }
    let after = ann.api(Method::GET, &path, None).await.is(200);
    assert_eq!((after.at("/title"), after.at("/quantity")), (json!("Brass lamp"), json!(2)));
}

#[tokio::test]
async fn an_external_id_makes_creating_repeatable() {
    let town = Town::new().await;
    let (ann, abe) = (town.person("Ann").await, town.person("Abe").await);
    let with = |id: &str, price: i64| json!({ "external_id": id, "title": "Lamp", "price": { "amount": price, "currency": "EUR" } });
    let first = ann.api(Method::POST, "/listings", Some(with("a-1", 100))).await.is(201);
    let second = ann.api(Method::POST, "/listings", Some(with("a-1", 90))).await.is(200);
    assert_eq!((first.at("/id"), second.at("/price/amount")), (second.at("/id"), json!(90)));
    abe.api(Method::POST, "/listings", Some(with("a-1", 100))).await.is(201);
    ann.api(Method::DELETE, &format!("/listings/{}", first.at("/id").as_str().unwrap()), None).await.is(204);
    let third = ann.api(Method::POST, "/listings", Some(with("a-1", 80))).await.is(200);
    assert_eq!((third.at("/id"), third.at("/state")), (first.at("/id"), json!("draft")), "it is there again");
}

/// The same new external id from eight clients at once: one listing, and nobody hears of our fault.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_external_id_at_once_is_one_listing() {
    let town = Town::new().await;
    let ann = std::sync::Arc::new(town.person("Ann").await);
    ann.access_token().await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..8 {
        let ann = std::sync::Arc::clone(&ann);
        tasks.spawn(async move {
            let body = json!({ "external_id": "a-1", "title": format!("Lamp {n}") });
            ann.api(Method::POST, "/listings", Some(body)).await.status()
        });
    }
    let answers = tasks.join_all().await;
    assert!(answers.iter().all(|s| matches!(s, 200 | 201 | 409)), "{answers:?}");
    assert_eq!(town.count("select count(*) from listings").await, 1);
}

#[tokio::test]
async fn photos_are_taken_all_or_none() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let id = create(&ann, lamp()).await;
    let path = format!("/listings/{id}/photos");
    let (a, b) = (pictures::good(1), pictures::jpeg(2));
    let added = ann.api_upload(&path, &[("photo", "a.png", &a), ("photo", "b.jpg", &b)]).await.is(201);
    assert_eq!(added.at("/items").as_array().unwrap().len(), 2);
    for bytes in [pictures::page(), pictures::svg(), pictures::truncated(), pictures::bomb(), pictures::gif()]
    {
        let told = ann.api_upload(&path, &[("photo", "a.png", &a), ("photo", "x.png", &bytes)]).await;
        assert_eq!(told.problem(422, "fields").pointers(), ["/photo/1"]);
    }
    assert_eq!(town.count("select count(*) from photos").await, 2, "a good one beside a bad one is not kept");
    let many: Vec<Vec<u8>> = (0..PHOTOS_MAX - 1).map(|n| pictures::good(u8::try_from(n).unwrap())).collect();
    let files: Vec<(&str, &str, &[u8])> = many.iter().map(|b| ("photo", "a.png", b.as_slice())).collect();
    let told = ann.api_upload(&path, &files).await.problem(409, "listing-full");
    assert_eq!(told.pointers(), ["/photo"], "two are there already");
    let too_many = vec![("photo", "a.png", a.as_slice()); PHOTOS_MAX + 1];
    assert_eq!(ann.api_upload(&path, &too_many).await.problem(422, "fields").pointers(), ["/photo"]);

    let (first, second) = (added.at("/items/0/id"), added.at("/items/1/id"));
    let one = format!("{path}/{}", second.as_str().unwrap());
    let moved = ann.api(Method::PATCH, &one, Some(json!({ "position": 0 }))).await.is(200);
    assert_eq!(moved.at("/items/0/id"), second);
    ann.api(Method::PATCH, &one, Some(json!({ "position": 0.0 }))).await.is(200);
    for position in [json!(-1), json!(1.5), json!("0"), json!(1_001)] {
        let told =
            ann.api(Method::PATCH, &one, Some(json!({ "position": position }))).await.problem(422, "fields");
        assert_eq!(told.pointers(), ["/position"]);
    }
    ann.api(Method::DELETE, &one, None).await.is(204);
    let left = ann.api(Method::GET, &format!("/listings/{id}"), None).await.is(200);
    assert_eq!((left.at("/photos/0/id"), left.at("/photos/1")), (first, json!(null)));
}

#[tokio::test]
async fn history_tells_of_changes() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let id = create(&ann, lamp()).await;
    let path = format!("/listings/{id}");
    ann.api(Method::POST, &format!("{path}/publish"), None).await.is(200);
    ann.api(Method::PATCH, &path, Some(json!({ "price": { "amount": 990, "currency": "EUR" } })))
        .await
        .is(200);
    let told = ann.api(Method::GET, &format!("{path}/history"), None).await.is(200);
    assert_eq!(told.at("/items/0/changes/price"), json!(["12.50", "9.90"]));
    let eve = town.person("Eve").await;
    eve.api(Method::GET, &format!("{path}/history"), None).await.problem(404, "not-found");
    // What is gone has no history, until it is there again.
    ann.api(Method::DELETE, &path, None).await.is(204);
    ann.api(Method::GET, &format!("{path}/history"), None).await.problem(404, "not-found");
    ann.api(Method::POST, &format!("{path}/restore"), None).await.is(200);
    ann.api(Method::GET, &format!("{path}/history"), None).await.is(200);
}

#[tokio::test]
async fn search_finds_what_is_live() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let id = create(&ann, lamp()).await;
    ann.api(Method::POST, &format!("/listings/{id}/publish"), None).await.is(200);
    town.run_jobs().await;
    let visitor = town.visitor();
    let found =
        async |query: &str| visitor.get(&format!("/api/v1/listings?{query}")).await.is(200).at("/total");
    for (query, total) in [
        ("q=lamp", 1),
        ("q=lamp&min_price=1250&max_price=1250&currency=EUR", 1),
        ("min_price=1251", 0),
        ("category=home.lighting&condition=good&deal=cash", 1),
        ("condition=new", 0),
        ("near=45.76,4.84&radius_km=20", 1),
        ("near=52.52,13.40&radius_km=20", 0),
        ("seller=ann", 1),
        ("seller=ben", 0),
        ("attr.colour=black", 1),
        ("attr.colour=white", 0),
    ] {
        assert_eq!(found(query).await, json!(total), "{query}");
    }
    let facets = visitor.get("/api/v1/listings?q=lamp&facets=true").await.is(200);
    assert!(facets.at("/facets/conditions/0").is_object(), "{}", facets.told());
    for (query, pointer) in [
        ("sort=best", "/sort"),
        ("limit=0", "/limit"),
        ("limit=101", "/limit"),
        ("near=north", "/near"),
        ("near=91,0", "/near"),
        ("near=NaN,0", "/near"),
        ("min_price=-1", "/min_price"),
        ("min_price=1e3", "/min_price"),
        ("min_price=9007199254740992", "/min_price"),
        ("near=", "/near"),
        ("limit=", "/limit"),
        ("limit=%207", "/limit"),
        ("cursor=", "/cursor"),
        ("condition=good,new", "/condition"),
        ("attr.colour=", "/attr.colour"),
        ("attr.flux=1", "/attr.flux"),
        ("currency=euro", "/currency"),
        ("deal=gift", "/deal"),
        ("condition=mint", "/condition"),
        ("cursor=nonsense", "/cursor"),
        ("admin=1", "/admin"),
        ("radius_km=-5&near=1,1", "/radius_km"),
    ] {
        let told = visitor.get(&format!("/api/v1/listings?{query}")).await.problem(422, "fields");
        assert_eq!(told.pointers(), [pointer], "{query}");
    }
}
