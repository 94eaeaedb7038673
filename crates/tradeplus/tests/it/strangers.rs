//! Every route of the table, tried by everybody it is not for: nobody, somebody without relation, somebody
//! suspended, somebody with another role, and with ids that are invented or no ids at all.

use axum::body::Body;
use http::{Method, header};
use kit::route::{Audience, Object, Permission, RouteInfo};
use market::accounts::model::Role;
use serde_json::{Value, json};
use std::hash::{Hash, Hasher};
use testkit::{Answer, Browser, Person, Town, cards};

/// Routes that answer anybody although their path names something: what they name is public, or they act on
/// nothing but who asks. This list may only shrink.
const OPEN: &[(&str, &str)] = &[
    ("members.show", "a member's page is for everybody"),
    ("photos.show", "photos are found by a key that nobody guesses"),
    ("photos.avatar", "as photos"),
    ("files.asset", "scripts and styles"),
    ("mailbox.show", "in development only"),
    ("cart.set", "changes the cart of who asks"),
    ("orders.back", "leads to the order's page, which asks"),
    ("pay.back", "leads to the payment's page, which asks"),
    ("api.carts.remove", "changes the cart of who asks"),
];

fn is_open(route: &RouteInfo) -> bool {
    OPEN.iter().any(|(name, _)| *name == route.name)
}

fn is_api(route: &RouteInfo) -> bool {
    route.path.starts_with("/api/")
}

/// Things of Ann's that are nobody else's business, and what a path calls them.
struct Things {
    listing: String,
    photo: String,
    order: String,
    payment: String,
    session: String,
    passkey: String,
    job: String,
    mail: String,
}

impl Things {
    /// A path with everything in it named.
    fn path(&self, route: &RouteInfo) -> String {
        let id = match route.object {
            Object::Listing | Object::Photo => &self.listing,
            Object::Order => &self.order,
            Object::Payment => &self.payment,
            Object::Session => &self.session,
            Object::Passkey => &self.passkey,
            Object::Mail => &self.mail,
            _ => &self.job,
        };
        route
            .path
            .replace("{id}", id)
            .replace("{listing}", &self.listing)
            .replace("{listing_id}", &self.listing)
            .replace("{name}", &format!("lamp-{}", self.listing))
            .replace("{photo}", &self.photo)
            .replace("{photo_id}", &self.photo)
            .replace("{order}", &self.order)
            .replace("{payment}", &self.payment)
            .replace("{job}", &self.job)
            .replace("{mail}", &self.mail)
            .replace("{step}", "ship")
            .replace("{handle}", "ann")
            .replace("{provider}", "sandbox")
            .replace("{build}", "x")
            .replace("{*path}", "x/240.webp")
    }

    fn all(with: impl Fn() -> String) -> Self {
        Self {
            listing: with(),
            photo: with(),
            order: with(),
            payment: with(),
            session: with(),
            passkey: with(),
            job: with(),
            mail: with(),
        }
    }
}

/// A body that the route would take from who may use it.
fn body(route: &RouteInfo, things: &Things) -> Value {
    let card = json!({ "number": cards::GOOD, "exp_month": 12, "exp_year": 2060, "cvc": "123" });
    match route.name {
        "api.accounts.register" => {
            json!({ "email": "new@example.org", "password": "long enough", "display_name": "New" })
        }
        "api.accounts.sign_in" => json!({ "email": "x@example.org", "password": "y" }),
        "api.accounts.refresh" => json!({ "refresh_token": "x" }),
        "api.carts.put" => json!({ "quantity": 1 }),
        "api.listings.create" => json!({ "title": "Stolen lamp" }),
        "api.listings.change" => json!({ "title": "Stolen lamp" }),
        "api.photos.place" => json!({ "position": 0 }),
        "api.orders.place" => {
            json!({ "items": [{ "listing_id": things.listing, "quantity": 1 }], "delivery": { "method": "meet" } })
        }
        "api.orders.step" => json!({ "transition": "ship" }),
        "api.payments.confirm" => json!({ "card": card }),
        "api.payments.challenge" => json!({ "passed": true }),
        _ => json!({}),
    }
}

/// Fields that the form of a page would send to who may see it.
fn fields(route: &RouteInfo, things: &Things) -> Vec<(&'static str, String)> {
    let some = |pairs: &[(&'static str, &str)]| pairs.iter().map(|(n, v)| (*n, (*v).to_owned())).collect();
    match route.name {
        "sell.save" | "sell.draft" | "sell.publish" => {
            some(&[("whole", "1"), ("title", "Stolen lamp"), ("do", "save")])
        }
        "sell.photos_change" => some(&[("do", "delete")]),
        "sell.photos_order" => vec![("order", things.photo.clone())],
        "cart.add" => vec![("listing", things.listing.clone()), ("quantity", "1".to_owned())],
        "cart.set" => some(&[("quantity", "1")]),
        "pay.try" => some(&[("number", cards::GOOD), ("expiry", "12/60"), ("cvc", "123")]),
        "pay.answer" => some(&[("answer", "approve")]),
        "security.passkeys_rename" => some(&[("name", "Stolen key")]),
        "accounts.profile" => some(&[("display_name", "Mallory")]),
        _ => Vec::new(),
    }
}

const FILE: &[u8] = b"no picture";

/// A key for each request, however long its path is.
fn key_of(route: &RouteInfo, path: &str) -> String {
    let mut hasher = std::hash::DefaultHasher::new();
    (route.name, path).hash(&mut hasher);
    format!("{:x}", hasher.finish())
}

async fn ask(
    browser: &Browser,
    token: Option<&str>,
    route: &RouteInfo,
    path: &str,
    things: &Things,
) -> Answer {
    let mut request =
        browser.request(route.method.clone(), path).header("idempotency-key", key_of(route, path));
    let takes_files = route.rate == kit::route::Rate::Upload;
    if !is_api(route) {
        request = request.header("sec-fetch-site", "same-origin");
    }
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let bytes = match (route.method.clone(), takes_files, is_api(route)) {
        (Method::GET, ..) => Vec::new(),
        (_, true, _) => {
            request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
            let head = b"--x\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n";
            [head.as_slice(), FILE, b"\r\n--x--\r\n"].concat()
        }
        (_, _, true) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            body(route, things).to_string().into_bytes()
        }
        (_, _, false) => {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let mut form = url_encoded();
            form.extend_pairs(fields(route, things));
            form.finish().into_bytes()
        }
    };
    browser.send(request.body(Body::from(bytes)).unwrap()).await
}

fn url_encoded() -> url::form_urlencoded::Serializer<'static, String> {
    url::form_urlencoded::Serializer::new(String::new())
}

/// Whether the answer is the way to sign in, for a page or for a program.
fn wants_sign_in(route: &RouteInfo, answer: &Answer) -> bool {
    match is_api(route) {
        true => answer.status() == 401,
        false => answer.status() == 303 && answer.location().starts_with("/sign-in"),
    }
}

/// Ann's draft with a photo, her sale to Ben that waits to be sent, his unpaid order, her session and a dead job.
struct Scene {
    town: Town,
    ann: Person,
    things: Things,
}

async fn scene() -> Scene {
    let town = Town::new().await;
    town.gives_up_jobs();
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let draft = ann.listing("Lamp").draft().await;
    ann.upload(
        &format!("/sell/{}/photos", draft.id),
        &[],
        &[("photo", "a.png", &testkit::pictures::good(1))],
    )
    .await
    .is(303);
    let photo = town.listing(draft.id).await.photos[0].id;
    let sold = ann.listing("Vase").live().await;
    let paid = ben.buys(&sold).await;
    ben.pays(&paid).await;
    let unpaid = ben.buys(&ann.listing("Rug").live().await).await;
    town.run_jobs().await;
    let session: uuid::Uuid = sqlx::query_scalar("select session_id from sessions where member_id = $1")
        .bind(ann.id.0)
        .fetch_one(&town.owner)
        .await
        .unwrap();
    let passkey = uuid::Uuid::from_u128(78);
    sqlx::query(
        "insert into passkeys (passkey_id, member_id, credential_id, credential, name, synced, created_at)
         values ($1, $2, 'x', '{}', 'Ann''s phone', true, now())",
    )
    .bind(passkey)
    .bind(ann.id.0)
    .execute(&town.owner)
    .await
    .unwrap();
    let job = uuid::Uuid::from_u128(77);
    sqlx::query(
        "insert into jobs (job_id, kind, payload, run_at, tries_max, created_at, dead_at, last_error)
         values ($1, 'tests.dead', '{}', now(), 1, now(), now(), 'because')",
    )
    .bind(job)
    .execute(&town.owner)
    .await
    .unwrap();
    let mail: uuid::Uuid =
        sqlx::query_scalar("select mail_id from mails limit 1").fetch_one(&town.owner).await.unwrap();
    let things = Things {
        listing: draft.id.to_string(),
        photo: photo.to_string(),
        order: paid.order().to_string(),
        payment: unpaid.payment.id.to_string(),
        session: session.to_string(),
        passkey: passkey.to_string(),
        job: job.to_string(),
        mail: mail.to_string(),
    };
    Scene { town, ann, things }
}

impl Scene {
    /// Everything that a stranger must not change, in one word.
    async fn trace(&self) -> String {
        let all = "select md5(string_agg(t, '|' order by t)) from (
            select l::text t from listings l union all select p::text from photos p union all
            select o::text from orders o union all select e::text from order_events e union all
            select p::text from payments p union all select l::text from ledger.lines l union all
            select member_id::text || email || display_name || bio from members
              where email <> 'new@example.org' union all
            select p::text from passkeys p union all select j::text from jobs j where dead_at is not null) every";
        sqlx::query_scalar(all).fetch_one(&self.town.owner).await.unwrap()
    }
}

#[test]
fn the_list_of_open_routes_names_routes_that_exist() {
    let all = tradeplus::routes::all();
    for (name, _) in OPEN {
        assert!(all.iter().any(|r| r.name == *name), "{name} is gone: take it off the list");
    }
    let mut names: Vec<&str> = all.iter().map(|r| r.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "two routes have one name");
}

/// Nobody is signed in, or a session that has just ended: the way in, and nothing else.
#[tokio::test]
async fn nobody_gets_in() {
    let scene = scene().await;
    let dee = scene.town.person("Dee").await;
    let token = dee.access_token().await;
    dee.get("/account").await.is(200);
    scene.town.suspend(&dee).await;
    let before = scene.trace().await;
    for route in tradeplus::routes::all() {
        let path = scene.things.path(&route);
        let (visitor, stale) = (scene.town.visitor(), Some(token.as_str()).filter(|_| is_api(&route)));
        for (who, browser, token) in [("nobody", &visitor, None), ("suspended", &dee.browser, stale)] {
            let answer = ask(browser, token, &route, &path, &scene.things).await;
            let told = format!("{who}: {} {}", route.name, answer.told());
            match route.audience {
                Audience::Member | Audience::Verified | Audience::Staff(_) => {
                    assert!(wants_sign_in(&route, &answer), "{told}");
                }
                Audience::Operator => assert_eq!(answer.status(), 404, "{told}"),
                Audience::Provider => assert!(matches!(answer.status(), 400 | 401), "{told}"),
                Audience::Everyone if token.is_some() => assert_eq!(answer.status(), 401, "{told}"),
                Audience::Everyone if route.path.contains('{') && !is_open(&route) => {
                    assert_eq!(answer.status(), 404, "{told}");
                }
                Audience::Everyone => assert!(answer.status() < 500, "{told}"),
            }
        }
    }
    assert_eq!(scene.trace().await, before, "and nothing has changed");
}

/// Somebody who is signed in and has nothing to do with it: it is not there.
#[tokio::test]
async fn what_is_anns_is_not_there_for_eve() {
    let scene = scene().await;
    let eve = scene.town.person("Eve").await;
    eve.get("/account").await.is(200);
    let before = scene.trace().await;
    for route in tradeplus::routes::all() {
        let path = scene.things.path(&route);
        let token = eve.access_token().await;
        let token = Some(token.as_str()).filter(|_| is_api(&route));
        match route.audience {
            Audience::Staff(_) | Audience::Operator => {
                let answer = ask(&eve.browser, token, &route, &path, &scene.things).await;
                assert_eq!(answer.status(), 404, "{}: {}", route.name, answer.told());
            }
            Audience::Member | Audience::Verified | Audience::Everyone
                if route.path.contains('{') && !is_open(&route) =>
            {
                let answer = ask(&eve.browser, token, &route, &path, &scene.things).await;
                assert_eq!(answer.status(), 404, "{}: {}", route.name, answer.told());
            }
            _ => {}
        }
    }
    assert_eq!(scene.trace().await, before, "and nothing has changed");
    scene.ann.get("/account").await.is(200);
}

/// Staff sees what its role is for, and nothing of what other roles are for.
#[tokio::test]
async fn staff_keeps_to_its_role() {
    let scene = scene().await;
    let people = [
        (Role::Moderator, scene.town.staff("Mo", &[Role::Moderator]).await),
        (Role::Support, scene.town.staff("Sue", &[Role::Support]).await),
        (Role::Operator, scene.town.staff("Olga", &[Role::Operator]).await),
    ];
    for (_, who) in &people {
        who.get("/account").await.is(200);
    }
    for route in tradeplus::routes::all().into_iter().filter(|r| r.method == Method::GET) {
        let Audience::Staff(permission) = route.audience else { continue };
        let path = scene.things.path(&route);
        for (role, who) in &people {
            let held = *role == Role::Operator
                || matches!(
                    (permission, role),
                    (Permission::Moderate, Role::Moderator) | (Permission::Support, Role::Support)
                );
            let answer = ask(&who.browser, None, &route, &path, &scene.things).await;
            assert_eq!(
                answer.status(),
                if held { 200 } else { 404 },
                "{role:?} {}: {}",
                route.name,
                answer.told()
            );
        }
    }
    // Whoever decides about orders still does not edit listings or pay for others.
    let before = scene.trace().await;
    let (_, olga) = &people[2];
    for route in tradeplus::routes::all() {
        let hers = matches!(
            route.object,
            Object::Listing | Object::Photo | Object::Payment | Object::Session | Object::Passkey
        );
        if hers && route.path.contains('{') && !is_open(&route) && !route.name.ends_with("history") {
            let token = olga.access_token().await;
            let token = Some(token.as_str()).filter(|_| is_api(&route));
            let path = scene.things.path(&route);
            let answer = ask(&olga.browser, token, &route, &path, &scene.things).await;
            assert_eq!(answer.status(), 404, "{}: {}", route.name, answer.told());
        }
    }
    assert_eq!(scene.trace().await, before);
}

/// Somebody whose address is not proven yet is told so where it matters.
#[tokio::test]
async fn an_unproven_address_opens_no_verified_route() {
    let scene = scene().await;
    let nell = scene.town.newcomer("Nell").await;
    nell.get("/account").await.is(200);
    for route in tradeplus::routes::all().into_iter().filter(|r| r.audience == Audience::Verified) {
        let token = nell.access_token().await;
        let token = Some(token.as_str()).filter(|_| is_api(&route));
        let answer = ask(&nell.browser, token, &route, &scene.things.path(&route), &scene.things).await;
        assert_eq!(answer.status(), 409, "{}: {}", route.name, answer.told());
    }
}

/// Ids that name nothing, and words that are no ids: not there, for whoever asks, and never our fault.
#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let scene = scene().await;
    let olga = scene.town.staff("Olga", &[Role::Operator]).await;
    olga.get("/account").await.is(200);
    let long = "a".repeat(3_000);
    let odd = [
        "01940000-0000-7000-8000-000000000001",
        "00000000-0000-0000-0000-000000000000",
        "x",
        "%00",
        "%FF%FE",
        "..%2F..%2Fetc%2Fpasswd",
        "-1",
        "null",
        "%27%20or%201%3D1",
        "%F0%9F%9B%8B",
        &long,
    ];
    for route in tradeplus::routes::all().into_iter().filter(|r| r.path.contains('{')) {
        for id in odd {
            let things = Things::all(|| id.to_owned());
            let path = things.path(&route).replace("/members/ann", &format!("/members/{id}"));
            let token = olga.access_token().await;
            let token = Some(token.as_str()).filter(|_| is_api(&route));
            let answer = ask(&olga.browser, token, &route, &path, &things).await;
            let told = format!("{} with {id:.60}: {}", route.name, answer.told());
            match route.name {
                // They act on who asks, or lead on.
                "cart.set" | "orders.back" | "pay.back" | "admin.jobs.retry" | "admin.jobs.discard" => {
                    assert!(matches!(answer.status(), 303 | 404), "{told}")
                }
                "api.carts.remove" => assert!(matches!(answer.status(), 204 | 404), "{told}"),
                _ if route.audience == Audience::Provider => {
                    assert!(matches!(answer.status(), 400 | 404), "{told}")
                }
                _ => assert_eq!(answer.status(), 404, "{told}"),
            }
        }
    }
}

/// Methods that a path does not have are refused with those that it has.
#[tokio::test]
async fn other_methods_are_refused() {
    let scene = scene().await;
    let all = tradeplus::routes::all();
    let mut paths: Vec<&str> = all.iter().map(|r| r.path).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        let known: Vec<&Method> = all.iter().filter(|r| r.path == path).map(|r| &r.method).collect();
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::TRACE] {
            if known.contains(&&method) {
                continue;
            }
            let route = all.iter().find(|r| r.path == path).unwrap();
            let browser = scene.town.visitor();
            let request = browser
                .request(method.clone(), &scene.things.path(route))
                .header("sec-fetch-site", "same-origin");
            let answer = browser.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status(), 405, "{method} {path}: {}", answer.told());
            let allowed = answer.header("allow").unwrap_or_default();
            assert!(known.iter().all(|k| allowed.contains(k.as_str())), "{method} {path}: {allowed}");
        }
    }
}
