//! What holds for every answer, asked for by every route of the table.

use crate::strangers::{ask, is_api, scene};
use axum::body::Body;
use http::{Method, header};
use kit::route::{Audience, Rate, RouteInfo};
use serde_json::json;
use testkit::{Answer, Browser, PASSWORD, Town};

fn routes() -> Vec<RouteInfo> {
    tradeplus::routes::all()
}

async fn send(browser: &Browser, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = browser.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

fn is_page(answer: &Answer) -> bool {
    answer.header("content-type").is_some_and(|t| t.starts_with("text/html"))
}

/// Every answer says what it is, and nothing but a page may run as one. What is Ann's own is kept by nobody, holds
/// the way out, and never the token that she is known by.
#[tokio::test]
async fn every_answer_says_what_it_is() {
    let scene = scene().await;
    scene.ann.get("/account").await.is(200);
    let (token, cookie) =
        (scene.ann.access_token().await, scene.ann.browser.cookie("tp_session").expect("a session"));
    let mut pages = 0;
    for route in routes().into_iter().filter(|r| r.method == Method::GET) {
        let bearer = Some(token.as_str()).filter(|_| is_api(&route));
        let path = scene.things.path(&route);
        let answer = ask(&scene.ann.browser, bearer, &route, &path, &scene.things).await;
        let told = format!("{}: {}", route.name, answer.told());
        let kind = answer.header("content-type").unwrap_or_default();
        assert!(answer.bytes().is_empty() || kind.contains('/'), "{told}");
        assert!(kind != "text/html" && kind != "text/css", "no charset: {told}");
        let policy = answer.header("content-security-policy").unwrap();
        assert_eq!(policy.contains("script-src 'self'"), is_page(&answer), "{told}");
        assert_eq!(policy.contains("sandbox"), !is_page(&answer), "{told}");
        let referrer = answer.header("referrer-policy").unwrap();
        assert!(
            ["strict-origin-when-cross-origin", "same-origin", "no-referrer"].contains(&referrer),
            "{told}"
        );
        let text = String::from_utf8_lossy(answer.bytes());
        assert!(!text.contains(&cookie) && !text.contains(&token), "{}: a token is shown", route.name);
        let kept = answer.header("cache-control").unwrap_or_default();
        let hers = ["/account", "/admin", "/orders", "/confirm"].iter().any(|own| path.starts_with(own));
        assert!(!hers || kept == "no-store", "{kept}: {told}");
        if is_page(&answer) && answer.status() == 200 {
            pages += 1;
            let out = answer.page().has("form[action='/sign-out']");
            assert!(out || route.name == "mailbox.show", "no way out: {told}");
            assert!(kept.contains("no-store") || kept.contains("private"), "{kept}: {told}");
        }
        if is_api(&route) && matches!(route.audience, Audience::Member) {
            assert_eq!(kept, "no-store", "{told}");
        }
    }
    assert!(pages > 25, "{pages}");
}

/// Whatever a page of another site makes a browser send, with the cookies of who looks at it: it is not heard.
#[tokio::test]
async fn no_other_site_changes_anything() {
    let scene = scene().await;
    scene.ann.get("/account").await.is(200);
    let before = scene.trace().await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let cases: [&[(&str, &str)]; 6] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "http://localhost:8080.evil.example")],
        &[("origin", "null")],
        &[],
    ];
    let mut tried = 0;
    for route in routes().into_iter().filter(|r| r.method != Method::GET) {
        // It takes reports of browsers from anywhere; there is no cookie, and it changes nothing.
        if route.name == "reports.take" {
            continue;
        }
        let path = scene.things.path(&route);
        for case in cases {
            let mut headers = case.to_vec();
            headers.extend([form, ("idempotency-key", "one")]);
            let answer = send(&scene.ann.browser, route.method.clone(), &path, &headers, "csrf=x").await;
            let told = format!("{} {case:?}: {}", route.name, answer.told());
            match (is_api(&route), route.audience) {
                // Cookies say nothing there; who calls without a token is nobody.
                (true, Audience::Member) => assert_eq!(answer.status(), 401, "{told}"),
                (true, _) => assert!(matches!(answer.status(), 400 | 401 | 415), "{told}"),
                (false, _) => assert_eq!(answer.status(), 403, "{told}"),
            }
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried}");
    assert_eq!(scene.trace().await, before);
}

/// The API reads JSON, and says so of everything that a form of another site could send without asking first.
#[tokio::test]
async fn other_formats_are_refused() {
    let scene = scene().await;
    let token = scene.ann.access_token().await;
    let bearer = format!("Bearer {token}");
    let before = scene.trace().await;
    let bodiless = ["publish", "pause", "sold", "restore"];
    let takes_json = |r: &RouteInfo| {
        is_api(r)
            && matches!(r.method, Method::POST | Method::PUT | Method::PATCH)
            && !matches!(r.rate, Rate::Upload)
            && r.audience != Audience::Provider
            && !bodiless.iter().any(|end| r.path.ends_with(end))
    };
    let mut tried = 0;
    for route in routes().into_iter().filter(takes_json) {
        let path = scene.things.path(&route);
        for (kind, body) in [
            ("text/plain", "{}"),
            ("application/x-www-form-urlencoded", "a=b"),
            ("multipart/form-data; boundary=x", "--x--"),
            ("application/xml", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"),
            ("text/xml", "<x/>"),
        ] {
            let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
            let visitor = scene.town.visitor();
            let answer = send(&visitor, route.method.clone(), &path, &headers, body).await;
            assert_eq!(answer.status(), 415, "{} {kind}: {}", route.name, answer.told());
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
    assert_eq!(scene.trace().await, before);
}

/// No other site reads our answers, whatever it calls itself. (That no answer allows it is looked at by whoever
/// asks in a test.)
#[tokio::test]
async fn no_other_site_reads_anything() {
    let town = Town::new().await;
    let visitor = town.visitor();
    for origin in [
        "null",
        "https://evil.example",
        "http://localhost:8080.evil.example",
        "http://evil-localhost:8080",
        "http://localhost:8080",
    ] {
        for path in ["/", "/api/v1/categories", "/api/v1/me", "/nowhere", "/health"] {
            let asked = send(&visitor, Method::GET, path, &[("origin", origin)], "").await;
            assert!(asked.header("access-control-allow-origin").is_none(), "{origin} {path}");
            let first = [("origin", origin), ("access-control-request-method", "POST")];
            let preflight = send(&visitor, Method::OPTIONS, path, &first, "").await;
            assert!(!matches!(preflight.status(), 200..=299), "{origin} {path}: {}", preflight.told());
            assert!(preflight.header("access-control-allow-credentials").is_none());
        }
    }
}

/// Under TLS every answer asks for it, and every cookie is for this host, for TLS and for no script.
#[tokio::test]
async fn under_tls_every_answer_and_cookie_says_so() {
    let town = Town::with(|config| config.server.base_url = "https://market.example".to_owned()).await;
    let ann = town.person("Ann").await;
    let visitor = town.visitor();
    let sign_in = [("email", ann.email.as_str()), ("password", PASSWORD)];
    let answers = [
        visitor.get("/").await.is(200),
        visitor.get("/cart").await.is(200),
        visitor.get("/nowhere").await.is(404),
        visitor.get("/account").await.is(303),
        visitor.get("/api/v1/me").await.is(401),
        visitor.get("/health").await.is(200),
        visitor.post("/preferences", &[("language", "de"), ("theme", "dark")]).await.is(303),
        visitor.post("/sign-in", &[("email", "x"), ("password", "y")]).await.is(422),
        visitor.post("/sign-in", &sign_in).await.is(303),
    ];
    let mut cookies = 0;
    for answer in &answers {
        let asked = answer.header("strict-transport-security").unwrap_or_default();
        let seconds = asked.trim_start_matches("max-age=").split(';').next().unwrap_or_default();
        assert!(seconds.parse::<u32>().is_ok_and(|s| s >= 31_536_000), "{asked}: {}", answer.told());
        assert!(asked.contains("includeSubDomains"), "{asked}");
        for line in answer.headers().get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let locks = ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"];
            assert!(line.starts_with("__Host-tp") && locks.iter().all(|l| line.contains(l)), "{line}");
            assert!(!line.contains("Domain="), "{line}");
            cookies += 1;
        }
    }
    assert!(cookies >= 4, "{cookies}");
}

/// Reports of browsers are taken from anybody, a few bytes of two kinds, and lead to nothing.
#[tokio::test]
async fn browsers_may_report() {
    let town = Town::new().await;
    let visitor = town.visitor();
    let policy = visitor.get("/").await.is(200).header("content-security-policy").unwrap().to_owned();
    assert!(policy.ends_with("report-uri /reports; report-to csp"), "{policy}");
    let report = json!([{ "type": "csp-violation", "body": {
        "documentURL": "http://localhost:8080/cart?x=1", "blockedURL": "inline", "effectiveDirective": "script-src-elem"
    } }])
    .to_string();
    let old =
        json!({ "csp-report": { "violated-directive": "img-src", "blocked-uri": "https://evil.example/x" } })
            .to_string();
    let large = "x".repeat(17 * 1024);
    let headers = |kind: &'static str| [("sec-fetch-site", "cross-site"), ("content-type", kind)];
    for (kind, body, status) in [
        ("application/reports+json", report.as_str(), 204),
        ("application/csp-report", old.as_str(), 204),
        ("application/reports+json", "[]", 204),
        ("application/reports+json", "{", 400),
        ("application/json", "{}", 415),
        ("text/plain", "x", 415),
        ("application/reports+json", large.as_str(), 413),
    ] {
        let answer = send(&visitor, Method::POST, "/reports", &headers(kind), body).await;
        assert_eq!(answer.status(), status, "{kind}: {}", answer.told());
        assert!(answer.header("set-cookie").is_none());
    }
    let strict = Town::with(|config| config.limits.multiplier = 1).await;
    let flood = strict.visitor();
    let mut last = 204;
    for _ in 0..400 {
        last =
            send(&flood, Method::POST, "/reports", &headers("application/csp-report"), "{}").await.status();
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429, "and not without end");
}

/// The name of a file that somebody sends is neither kept nor given to anybody.
#[tokio::test]
async fn names_of_files_go_nowhere() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    let names = ["../../etc/evil.html", "evil.svg", "evil\u{202e}gpj.exe", "évil%00.png"];
    for (number, name) in (1..).zip(names) {
        let picture = testkit::pictures::good(number);
        let files: [(&str, &str, &[u8]); 1] = [("photo", name, &picture)];
        ann.upload(&format!("/sell/{}/photos", lamp.id), &[], &files).await.is(303);
    }
    let named = "select count(*) from photos p where p::text ~* '(evil|vil%)'";
    assert_eq!((town.count("select count(*) from photos").await, town.count(named).await), (4, 0));
    let page = town.visitor().get(&format!("/listings/lamp-{}", lamp.id)).await.is(200);
    let found = page.page().attributes("main img[src^='/photos/']", "src");
    assert!(!found.is_empty());
    for path in found {
        let photo = town.visitor().get(&path).await.is(200);
        assert!(photo.header("content-type").is_some_and(|t| t == "image/webp" || t == "image/jpeg"));
        assert!(photo.header("content-disposition").is_none());
        assert!(photo.header("content-security-policy").unwrap().contains("sandbox"));
    }
}
