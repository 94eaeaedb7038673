//! What the guide for integrators walks through, against a real PostgreSQL: from an account to a completed
//! order, and what goes wrong on the way.

use crate::fixture::{Fixture, PASSWORD, Reply};
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

const NONE: Value = Value::Null;

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn bike() -> Value {
    json!({
        "title": "Road bike, 54 cm",
        "category": "sports.bikes.road",
        "condition": "good",
        "price": { "amount": 42_000, "currency": "EUR" },
        "quantity": 2,
        "shipping_price": { "amount": 2_900, "currency": "EUR" },
        "location": "Lyon, FR",
        "attributes": { "brand": "Peugeot", "frame_cm": 54 },
    })
}

/// A live listing of the seller.
async fn live(it: &Fixture, token: &str) -> String {
    let draft = it.call(token, "POST", "/listings", bike()).await.is(201);
    let id = text(&draft.at("/id")).to_owned();
    it.call(token, "POST", &format!("/listings/{id}/publish"), NONE).await.is(200);
    id
}

/// A PNG of 320 × 240 pixels.
fn picture() -> Vec<u8> {
    let shade = |n: u32| u8::try_from(n % 256).unwrap();
    let picture = image::RgbImage::from_fn(320, 240, |x, y| image::Rgb([shade(x), shade(y), 128]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn purchase(listing: &str) -> Value {
    let address =
        json!({ "name": "Ben", "line1": "Rue 1", "postcode": "69001", "town": "Lyon", "country": "fr" });
    json!({
        "items": [{ "listing_id": listing, "quantity": 1 }],
        "delivery": { "method": "ship", "address": address },
    })
}

fn card(number: &str) -> Value {
    json!({ "card": { "number": number, "exp_month": 12, "exp_year": 2030, "cvc": "123" } })
}

#[tokio::test]
async fn accounts() {
    let it = Fixture::start().await;
    let body = json!({ "email": "new@example.org", "password": PASSWORD, "display_name": "New" });
    let first = it.call("", "POST", "/members", body.clone()).await.is(201);
    let second = it.call("", "POST", "/members", body).await.is(201);
    assert_eq!(first.body, second.body, "whether an address is known is nobody's business");
    let wrong = it.call("", "POST", "/members", json!({ "password": "short" })).await.problem(422, "fields");
    assert_eq!(wrong.pointers(), ["/email", "/password", "/display_name"]);

    it.call("", "POST", "/sessions", json!({ "email": "new@example.org", "password": "wrong" }))
        .await
        .problem(401, "sign-in-failed");
    it.call("", "POST", "/sessions", json!({ "email": "no@example.org", "password": "wrong" }))
        .await
        .problem(401, "sign-in-failed");
    let signed = it
        .call("", "POST", "/sessions", json!({ "email": "new@example.org", "password": PASSWORD }))
        .await
        .is(200);
    let access = signed.at("/access_token");
    let me = it.call(text(&access), "GET", "/me", NONE).await.is(200);
    assert_eq!((me.at("/display_name"), me.at("/verified")), (json!("New"), json!(false)));

    let refresh = json!({ "refresh_token": signed.at("/refresh_token") });
    let renewed = it.call("", "POST", "/sessions/refresh", refresh.clone()).await.is(200);
    it.call("", "POST", "/sessions/refresh", refresh).await.problem(401, "sign-in");
    it.call(text(&renewed.at("/access_token")), "GET", "/me", NONE).await.problem(401, "sign-in");

    let (_, token) = it.member("Ann").await;
    it.call(&token, "DELETE", "/sessions/current", NONE).await.is(204);
    it.call(&token, "GET", "/me", NONE).await.problem(401, "sign-in");
    it.call("", "GET", "/me", NONE).await.problem(401, "sign-in");
    it.stop().await;
}

#[tokio::test]
async fn listings() {
    let it = Fixture::start().await;
    let ((_, ann), (_, ben)) = (it.member("Ann").await, it.member("Ben").await);
    let draft = it.call(&ann, "POST", "/listings", bike()).await.is(201);
    assert_eq!(
        (draft.at("/state"), draft.at("/attributes/frame_cm"), draft.at("/location/town")),
        (json!("draft"), json!(54), json!("Lyon"))
    );
    let path = format!("/listings/{}", text(&draft.at("/id")));
    for (token, method, body) in
        [("", "GET", NONE), (&ben, "GET", NONE), (&ben, "PATCH", json!({})), (&ben, "DELETE", NONE)]
    {
        it.call(token, method, &path, body).await.problem(404, "not-found");
    }
    it.call(&ann, "GET", "/listings/nonsense", NONE).await.problem(404, "not-found");
    let wrong = it.call(&ann, "PATCH", &path, json!({ "admin": true })).await.problem(422, "fields");
    assert_eq!(wrong.pointers(), ["/admin"]);
    let wrong = it.call(&ann, "PATCH", &path, json!({ "price": { "amount": -1, "currency": "EUR" } })).await;
    assert_eq!(wrong.problem(422, "fields").pointers(), ["/price/amount"]);

    let missing = it.call(&ann, "PATCH", &path, json!({ "price": null, "wanted": "A boat" })).await.is(200);
    assert_eq!(missing.at("/price"), NONE);
    let wrong = it.call(&ann, "POST", &format!("{path}/publish"), NONE).await;
    assert_eq!(wrong.problem(409, "listing-incomplete").pointers(), ["/price"]);
    it.call(&ann, "PATCH", &path, json!({ "price": { "amount": 100, "currency": "EUR" } })).await.is(200);
    it.call(&ann, "POST", &format!("{path}/publish"), NONE).await.is(200);
    let seen = it.call("", "GET", &path, NONE).await.is(200);
    assert_eq!((seen.at("/state"), seen.at("/seller/handle")), (json!("live"), json!("ann")));
    let known = Request::get(format!("/api/v1{path}")).header(header::IF_NONE_MATCH, seen.header("etag"));
    it.send(known.body(Body::empty()).unwrap()).await.is(304);
    it.call(&ann, "PATCH", &path, json!({ "quantity": 5 })).await.is(200);
    let history = it.call(&ann, "GET", &format!("{path}/history"), NONE).await.is(200);
    assert_eq!(history.at("/items/0/changes/quantity"), json!(["2", "5"]));

    market::search::jobs::follow(&it.market.db, &it.market.engine).await.unwrap();
    let found = it
        .call("", "GET", "/listings?q=bike&facets=true&max_price=100&attr.brand=Peugeot", NONE)
        .await
        .is(200);
    assert_eq!((found.at("/total"), found.at("/items/0/id")), (json!(1), draft.at("/id")));
    assert!(found.at("/facets/categories/0/label").is_string(), "{}", found.body);
    it.call("", "GET", "/suggestions?q=ro", NONE).await.is(200);
    let wrong = it.call("", "GET", "/listings?limit=0&sort=best&x=1", NONE).await.problem(422, "fields");
    assert_eq!(wrong.pointers(), ["/sort", "/limit", "/x"]);

    it.call(&ann, "DELETE", &path, NONE).await.is(204);
    it.call("", "GET", &path, NONE).await.problem(404, "not-found");
    it.call(&ann, "POST", &format!("{path}/restore"), NONE).await.is(200);
    it.stop().await;
}

#[tokio::test]
async fn lists_come_in_pages_and_external_ids_update() {
    let it = Fixture::start().await;
    let (_, ann) = it.member("Ann").await;
    for n in 0..3 {
        it.call(
            &ann,
            "POST",
            "/listings",
            json!({ "title": format!("Chair {n}"), "external_id": format!("c{n}") }),
        )
        .await
        .is(201);
    }
    let again =
        it.call(&ann, "POST", "/listings", json!({ "title": "Stool", "external_id": "c1" })).await.is(200);
    assert_eq!((again.at("/title"), again.at("/external_id")), (json!("Stool"), json!("c1")));
    let stool = format!("/listings/{}", text(&again.at("/id")));
    it.call(&ann, "DELETE", &stool, NONE).await.is(204);
    let body = json!({ "external_id": "c1" });
    it.call(&ann, "POST", "/listings", body).await.is(200);
    it.call(&ann, "GET", &stool, NONE).await.is(200);
    let dollars = json!({ "external_id": "c1", "price": { "amount": 500, "currency": "USD" } });
    it.call(&ann, "POST", "/listings", dollars).await.is(200);
    let same =
        it.call(&ann, "POST", "/listings", json!({ "title": "Stool", "external_id": "c1" })).await.is(200);
    assert_eq!(same.at("/price"), json!({ "amount": 500, "currency": "USD" }));
    let first = it.call(&ann, "GET", "/me/listings?limit=2", NONE).await.is(200);
    let next = format!("/me/listings?limit=2&cursor={}", text(&first.at("/next_cursor")));
    let second = it.call(&ann, "GET", &next, NONE).await.is(200);
    let count = |r: &Reply| r.at("/items").as_array().unwrap().len();
    assert_eq!((count(&first), count(&second), second.at("/next_cursor")), (2, 1, NONE));
    let wrong = it.call(&ann, "GET", "/me/listings?cursor=x", NONE).await.problem(422, "fields");
    assert_eq!(wrong.pointers(), ["/cursor"]);

    let towns = it.call("", "GET", "/towns?q=lyo", NONE).await.is(200);
    assert_eq!(towns.at("/items/0/label"), json!("Lyon, FR"));
    let page = it.call("", "GET", "/towns?limit=1", NONE).await.is(200);
    let cursor = text(&page.at("/next_cursor")).replace(' ', "%20");
    assert_ne!(
        it.call("", "GET", &format!("/towns?limit=1&cursor={cursor}"), NONE).await.is(200).at("/items"),
        page.at("/items")
    );
    for path in ["/categories", "/limits", "/openapi.json"] {
        it.call("", "GET", path, NONE).await.is(200);
    }
    it.stop().await;
}

#[tokio::test]
async fn photos() {
    let it = Fixture::start().await;
    let (_, ann) = it.member("Ann").await;
    let draft = it.call(&ann, "POST", "/listings", json!({})).await.is(201);
    let path = format!("/listings/{}/photos", text(&draft.at("/id")));
    let upload = |files: &[(&str, &[u8])]| {
        let mut body = Vec::new();
        for (field, bytes) in files {
            body.extend(
                format!(
                    "--x\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"a.png\"\r\n\r\n"
                )
                .bytes(),
            );
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        let request = Request::post(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {ann}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        it.send(request.body(Body::from(body)).unwrap())
    };
    let png = &*picture();
    let added = upload(&[("photo", png), ("photo", png)]).await.is(201);
    assert!(text(&added.at("/items/0/urls/240")).starts_with("/photos/listings/"), "{}", added.body);
    assert_eq!(
        upload(&[("photo", png), ("photo", b"text")]).await.problem(422, "fields").pointers(),
        ["/photo/1"]
    );
    assert_eq!(upload(&[("file", png)]).await.problem(422, "fields").pointers(), ["/file"]);
    assert_eq!(upload(&[]).await.problem(422, "fields").pointers(), ["/photo"]);

    let second = format!("{path}/{}", text(&added.at("/items/1/id")));
    let moved = it.call(&ann, "PATCH", &second, json!({ "position": 0 })).await.is(200);
    assert_eq!(moved.at("/items/0/id"), added.at("/items/1/id"));
    it.call(&ann, "DELETE", &second, NONE).await.is(204);
    it.call(&ann, "DELETE", &second, NONE).await.problem(404, "not-found");
    it.stop().await;
}

#[tokio::test]
async fn from_the_cart_to_a_completed_order() {
    let it = Fixture::start().await;
    let ((_, ann), (_, ben), (_, eve)) =
        (it.member("Ann").await, it.member("Ben").await, it.member("Eve").await);
    let bike = live(&it, &ann).await;
    let line = format!("/cart/items/{bike}");
    it.call(&ann, "PUT", &line, json!({ "quantity": 1 })).await.problem(409, "own-listing");
    let cart = it.call(&ben, "PUT", &line, json!({ "quantity": 1 })).await.is(200);
    assert_eq!(
        (cart.at("/items/0/is_buyable"), cart.at("/total/amount")),
        (json!(true), json!(42_000 + 2_900 + 2_170))
    );

    let placed = it.call_once(&ben, "POST", "/orders", purchase(&bike), "one").await.is(201);
    let again = it.call_once(&ben, "POST", "/orders", purchase(&bike), "one").await.is(201);
    assert_eq!((again.header("idempotency-replayed"), &again.body), ("true", &placed.body));
    it.call_once(&ben, "POST", "/orders", json!({ "items": [], "delivery": { "method": "meet" } }), "one")
        .await
        .problem(409, "key-mismatch");
    assert_eq!(it.call(&ben, "GET", "/cart", NONE).await.is(200).at("/items"), json!([]));
    let (order, payment) = (placed.at("/orders/0/id"), placed.at("/payment/id"));
    let (order, pay) = (format!("/orders/{}", text(&order)), format!("/payments/{}", text(&payment)));
    it.call(&ann, "GET", &order, NONE).await.problem(404, "not-found");

    it.call(&eve, "POST", &format!("{pay}/confirm"), card("4242424242424242"))
        .await
        .problem(404, "not-found");
    let declined = it.call(&ben, "POST", &format!("{pay}/confirm"), card("4000000000000002")).await.is(200);
    assert_eq!((declined.at("/state"), declined.at("/next_action")), (json!("failed"), json!("confirm")));
    let paid = it.call(&ben, "POST", &format!("{pay}/confirm"), card("4242 4242 4242 4242")).await.is(200);
    assert_eq!((paid.at("/state"), paid.at("/orders/0/state")), (json!("succeeded"), json!("paid")));
    it.call(&ben, "POST", &format!("{pay}/confirm"), card("4242424242424242"))
        .await
        .problem(409, "payment-paid");

    it.call(&eve, "GET", &order, NONE).await.problem(404, "not-found");
    let sale = it.call(&ann, "GET", &order, NONE).await.is(200);
    assert_eq!((sale.at("/side"), sale.at("/delivery/address/country")), (json!("seller"), json!("FR")));
    assert_eq!((sale.at("/amounts/buyer_fee"), sale.at("/payment_id")), (NONE, NONE));
    let steps = it.call(&ann, "GET", &format!("{order}/transitions"), NONE).await.is(200);
    assert_eq!(
        (steps.at("/items/0/transition"), steps.at("/silence/transition")),
        (json!("ship"), json!("auto_cancel_unshipped"))
    );
    assert!(text(&steps.at("/silence/label")).contains("2026"), "{}", steps.body);
    let step = format!("{order}/transitions");
    it.call(&ben, "POST", &step, json!({ "transition": "ship" })).await.problem(409, "order-step");
    let long = json!({ "transition": "ship", "data": { "carrier": "x".repeat(61) } });
    assert_eq!(it.call(&ann, "POST", &step, long).await.problem(422, "fields").pointers(), ["/data/carrier"]);
    let sent = it
        .call(&ann, "POST", &step, json!({ "transition": "ship", "data": { "carrier": "DHL" } }))
        .await
        .is(200);
    assert_eq!((sent.at("/state"), sent.at("/delivery/carrier")), (json!("shipped"), json!("DHL")));
    let done = it.call(&ben, "POST", &step, json!({ "transition": "confirm_early" })).await.is(200);
    assert_eq!((done.at("/state"), done.at("/timer")), (json!("completed"), NONE));
    let sales = it.call(&ann, "GET", "/orders?side=seller", NONE).await.is(200);
    assert_eq!(
        (sales.at("/items/0/state"), sales.at("/items/0/delivery/address")),
        (json!("completed"), NONE)
    );
    it.stop().await;
}

#[tokio::test]
async fn a_bank_that_asks_and_a_webhook_that_lies() {
    let it = Fixture::start().await;
    let ((_, ann), (_, ben)) = (it.member("Ann").await, it.member("Ben").await);
    let placed = it.call(&ben, "POST", "/orders", purchase(&live(&it, &ann).await)).await.is(201);
    let pay = format!("/payments/{}", text(&placed.at("/payment/id")));
    let asked = it.call(&ben, "POST", &format!("{pay}/confirm"), card("4000000000003220")).await.is(200);
    assert_eq!(
        (asked.at("/state"), asked.at("/next_action")),
        (json!("requires_action"), json!("challenge"))
    );
    let paid = it.call(&ben, "POST", &format!("{pay}/challenge"), json!({ "passed": true })).await.is(200);
    assert_eq!(paid.at("/orders/0/state"), json!("paid"));
    assert_eq!(it.call(&ben, "GET", &pay, NONE).await.is(200).at("/state"), json!("succeeded"));

    it.call("", "POST", "/webhooks/sandbox", json!({})).await.problem(400, "webhook-not-believed");
    it.call("", "POST", "/webhooks/other", json!({})).await.problem(404, "not-found");
    it.stop().await;
}
