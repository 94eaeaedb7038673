//! What strangers try: ids that are invented or no ids at all, and methods that a path does not have. Who reaches
//! which route is in `matrix`; both try them with what stands here.

use crate::exceptions::LEADS_ON;
use axum::body::Body;
use http::{Method, header};
use kernel::JobId;
use kit::route::{Audience, Object, RouteInfo};
use market::accounts::model::Role;
use market::approvals::model::Act;
use market::yearly::{making, model::Kind as Report};
use serde_json::{Value, json};
use std::hash::{Hash, Hasher};
use testkit::{Answer, Browser, Person, Town, cards};

pub(crate) fn is_api(route: &RouteInfo) -> bool {
    route.path.starts_with("/api/")
}

/// What paths name and the scene has none of: such a route answers 404 to everybody. Who makes one takes it off.
const NONE_OF: &[&str] = &["{debt}"];
const NOTHING: &str = "01940000-0000-7000-8000-000000000002";

/// Things of Ann's that are nobody else's business, and what a path calls them.
#[derive(Clone)]
pub(crate) struct Things {
    pub(crate) listing: String,
    pub(crate) photo: String,
    pub(crate) order: String,
    /// An order that is talked about, and a photo that shows what is wrong with it.
    pub(crate) case: String,
    pub(crate) evidence: String,
    pub(crate) payment: String,
    pub(crate) session: String,
    pub(crate) passkey: String,
    pub(crate) api_key: String,
    pub(crate) link: String,
    pub(crate) job: String,
    pub(crate) mail: String,
    pub(crate) member: String,
    pub(crate) role: String,
    pub(crate) approval: String,
    pub(crate) ticket: String,
    /// A rule of fees.
    pub(crate) rule: String,
    /// An account of the books.
    pub(crate) account: String,
    pub(crate) document: String,
    pub(crate) payout: String,
    pub(crate) report: String,
    /// A comparison; and something in suspense under the same number.
    pub(crate) run: String,
    pub(crate) chargeback: String,
    /// An event of a payment provider, and a call to one.
    pub(crate) event: String,
    pub(crate) call: String,
}

impl Things {
    /// A path with everything in it named.
    pub(crate) fn path(&self, route: &RouteInfo) -> String {
        let id = match route.object {
            Object::Listing | Object::Photo => &self.listing,
            Object::Order => &self.order,
            Object::Case | Object::Evidence => &self.case,
            Object::Payment => &self.payment,
            Object::Session => &self.session,
            Object::Passkey => &self.passkey,
            Object::ApiKey => &self.api_key,
            Object::Link => &self.link,
            Object::Mail => &self.mail,
            Object::Approval => &self.approval,
            Object::Document => &self.document,
            Object::Payout => &self.payout,
            Object::Run => &self.run,
            Object::Chargeback => &self.chargeback,
            Object::Event => &self.call,
            _ => &self.job,
        };
        let order = match route.object {
            Object::Case | Object::Evidence => &self.case,
            _ => &self.order,
        };
        let path = NONE_OF.iter().fold(route.path.to_owned(), |path, name| path.replace(name, NOTHING));
        path.replace("{id}", id)
            .replace("{listing}", &self.listing)
            .replace("{listing_id}", &self.listing)
            .replace("{name}", &format!("lamp-{}", self.listing))
            .replace("{photo}", &self.photo)
            .replace("{photo_id}", &self.photo)
            .replace("{order}", order)
            .replace("{evidence}", &self.evidence)
            .replace("{payment}", &self.payment)
            .replace("{job}", &self.job)
            .replace("{mail}", &self.mail)
            .replace("{member}", &self.member)
            .replace("{role}", &self.role)
            .replace("{approval}", &self.approval)
            .replace("{ticket}", &self.ticket)
            .replace("{rule}", &self.rule)
            .replace("{code}", &self.account)
            .replace("{document}", &self.document)
            .replace("{payout}", &self.payout)
            .replace("{report}", &self.report)
            .replace("{event}", &self.event)
            .replace("{run}", &self.run)
            .replace("{suspense}", &self.run)
            .replace("{chargeback}", &self.chargeback)
            .replace("{step}", "ship")
            .replace("{handle}", "ann")
            .replace("{provider}", "sandbox")
            .replace("{build}", "x")
            .replace("{*path}", "x/240.webp")
    }

    /// What each of them is called.
    pub(crate) fn names(&self) -> Vec<&str> {
        // A call's name may hold that of a payment.
        let told = [&self.event, &self.call];
        let shown = [&self.listing, &self.photo, &self.order, &self.case, &self.evidence, &self.payment];
        let own = [&self.session, &self.passkey];
        let keys = [&self.api_key, &self.link, &self.document, &self.payout];
        let staffs = [&self.job, &self.mail, &self.member, &self.role, &self.approval];
        let money = [&self.ticket, &self.rule, &self.account, &self.report, &self.run, &self.chargeback];
        let all = told.into_iter().chain(shown).chain(own).chain(keys).chain(staffs).chain(money);
        all.map(String::as_str).collect()
    }

    /// All of them by one name.
    pub(crate) fn all(with: impl Fn() -> String) -> Self {
        Self {
            listing: with(),
            photo: with(),
            order: with(),
            case: with(),
            evidence: with(),
            payment: with(),
            session: with(),
            passkey: with(),
            api_key: with(),
            link: with(),
            job: with(),
            mail: with(),
            member: with(),
            role: with(),
            approval: with(),
            ticket: with(),
            rule: with(),
            account: with(),
            document: with(),
            payout: with(),
            report: with(),
            run: with(),
            chargeback: with(),
            event: with(),
            call: with(),
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
        "api.cases.say" => json!({ "words": "I was never there." }),
        "api.cases.propose" => json!({ "offer": "return" }),
        "api.cases.answer" => json!({ "proposal": NOTHING, "answer": "refuse" }),
        "api.payments.confirm" => json!({ "card": card }),
        "api.payments.challenge" => json!({ "passed": true }),
        _ => json!({}),
    }
}

/// Fields that the form of a page would send to who may see it.
fn fields(route: &RouteInfo, things: &Things) -> Vec<(&'static str, String)> {
    let some = |pairs: &[(&'static str, &str)]| pairs.iter().map(|(n, v)| (*n, (*v).to_owned())).collect();
    match route.name {
        "admin.chargeback_answer" => some(&[("do", "save"), ("customer_name", "Mallory")]),
        "sell.save" | "sell.draft" | "sell.publish" => {
            some(&[("whole", "1"), ("title", "Stolen lamp"), ("do", "save")])
        }
        "sell.photos_change" => some(&[("do", "delete")]),
        "sell.photos_order" => vec![("order", things.photo.clone())],
        "cart.add" => vec![("listing", things.listing.clone()), ("quantity", "1".to_owned())],
        "cart.set" => some(&[("quantity", "1")]),
        "cases.say" => some(&[("words", "I was never there.")]),
        "cases.propose" => some(&[("offer", "return")]),
        "pay.try" => some(&[("number", cards::GOOD), ("expiry", "12/60"), ("cvc", "123")]),
        "pay.answer" => some(&[("answer", "approve")]),
        "security.passkeys_rename" => some(&[("name", "Stolen key")]),
        "security.bank_set" => some(&[("holder", "Mallory M"), ("iban", "DE89370400440532013000")]),
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

/// Asks for a route as a browser or a program does, with a body that it would take.
pub(crate) async fn ask(
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
pub(crate) fn wants_sign_in(route: &RouteInfo, answer: &Answer) -> bool {
    match is_api(route) {
        true => answer.status() == 401,
        false => answer.status() == 303 && answer.location().starts_with("/sign-in"),
    }
}

/// Ann's draft with a photo, her sale to Ben that waits to be sent, his unpaid order, her session, a dead job, and an act
/// that waits for a second person.
pub(crate) struct Scene {
    pub(crate) town: Town,
    pub(crate) ann: Person,
    pub(crate) ben: Person,
    pub(crate) things: Things,
}

pub(crate) async fn scene() -> Scene {
    let town = Town::with(|config| {
        config.operator.name = "Market & Sons".to_owned();
        config.operator.address = "1 Main Street, Berlin".to_owned();
        config.tax.number = "12/345/67890".to_owned();
    })
    .await;
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
    let (case, evidence) = talked_about(&town, &ann, &ben).await;
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
    let api_key = uuid::Uuid::from_u128(79);
    sqlx::query(
        "insert into api_keys (key_id, member_id, secret_hash, hint, name, scopes, created_at, expires_at)
         values ($1, $2, 'x', 'tpk_live_x', 'Ann''s shop', '{listings:read}', $3::timestamptz, $3::timestamptz + interval '90 days')",
    )
    .bind(api_key)
    .bind(ann.id.0)
    .bind(town.now())
    .execute(&town.owner)
    .await
    .unwrap();
    let link = uuid::Uuid::from_u128(80);
    sqlx::query(
        "insert into linked_accounts (link_id, issuer, subject, member_id, linked_at)
         values ($1, 'https://id.example', 'ann', $2, now())",
    )
    .bind(link)
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
    let event = sqlx::query_scalar("select event_id from provider_events limit 1");
    let event: String = event.fetch_one(&town.owner).await.unwrap();
    let call = sqlx::query_scalar("select idempotency_key from provider_calls limit 1");
    let call: String = call.fetch_one(&town.owner).await.unwrap();
    let receipt = "select document_id from documents where order_id = $1";
    let receipt = sqlx::query_scalar::<_, uuid::Uuid>(receipt).bind(paid.order().0);
    let receipt = receipt.fetch_one(&town.owner).await.unwrap();
    // Nobody sold anything in that year, and the report says so.
    let office = town.market.office();
    let report = making::make(&office, Report::Dac7, 2025, None).await.unwrap().remove(0).id;
    let things = Things {
        listing: draft.id.to_string(),
        photo: photo.to_string(),
        order: paid.order().to_string(),
        case,
        evidence,
        payment: unpaid.payment.id.to_string(),
        session: session.to_string(),
        passkey: passkey.to_string(),
        api_key: api_key.to_string(),
        link: link.to_string(),
        job: job.to_string(),
        mail: mail.to_string(),
        member: ann.id.to_string(),
        role: Role::Moderator.name().to_owned(),
        approval: uuid::Uuid::from_u128(81).to_string(),
        ticket: uuid::Uuid::from_u128(82).to_string(),
        rule: uuid::Uuid::from_u128(83).to_string(),
        account: "A:provider_pending:sandbox:EUR".to_owned(),
        document: receipt.to_string(),
        payout: crate::payouts::a_payout(&town, paid.order(), ann.id).await.to_string(),
        report: report.to_string(),
        run: uuid::Uuid::from_u128(84).to_string(),
        chargeback: uuid::Uuid::from_u128(85).to_string(),
        event,
        call,
    };
    let scene = Scene { town, ann, ben, things };
    scene.disputes(uuid::Uuid::from_u128(85), &paid).await;
    scene.wish(uuid::Uuid::from_u128(81), &Act::DiscardJob { job: JobId(job) }).await;
    scene.ticket(uuid::Uuid::from_u128(82)).await;
    scene.rule(uuid::Uuid::from_u128(83)).await;
    scene.compared(uuid::Uuid::from_u128(84)).await;
    scene
}

/// A sale of Ann's to Ben that has not arrived, with a photo that shows so.
pub(crate) async fn talked_about(town: &Town, ann: &Person, ben: &Person) -> (String, String) {
    let deal = ben.buys(&ann.listing("Bowl").live().await).await;
    ben.pays(&deal).await;
    let order = deal.order();
    ann.takes(order, "ship").await;
    ben.takes(order, "report_not_received").await;
    let path = format!("/orders/{order}/case/photos");
    ben.upload(&path, &[], &[("photo", "a.png", &testkit::pictures::good(2))]).await.is(303);
    let newest =
        "select photo_id from case_photos join case_entries using (entry_id) join cases using (case_id)
        where order_id = $1";
    let evidence: uuid::Uuid = sqlx::query_scalar(newest).bind(order.0).fetch_one(&town.owner).await.unwrap();
    (order.to_string(), evidence.to_string())
}

impl Scene {
    /// Everything that a stranger must not change, in one word.
    pub(crate) async fn trace(&self) -> String {
        let all = "select md5(string_agg(t, '|' order by t)) from (
            select l::text t from listings l union all select p::text from photos p union all
            select o::text from orders o union all select e::text from order_events e union all
            select c::text from cases c union all select e::text from case_entries e union all
            select p::text from case_proposals p union all
            select p::text from payments p union all select l::text from ledger.lines l union all
            select member_id::text || email || display_name || bio from members
              where email <> 'new@example.org' union all
            select p::text from passkeys p union all select a::text from linked_accounts a union all
            select k::text from api_keys k union all select a::text from approvals a union all
            select c::text from chargebacks c union all select e::text from chargeback_evidence e union all
            select j::text from jobs j where dead_at is not null) every";
        sqlx::query_scalar(all).fetch_one(&self.town.owner).await.unwrap()
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
                name if LEADS_ON.contains(&name) => {
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
