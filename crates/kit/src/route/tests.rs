//! What stands around handlers, from outside: a request goes in, an answer comes out.

mod log;
mod online;

use super::*;
use crate::answer::{Answer, Problem};
use crate::body::Json;
use crate::caller::{Anyone, Caller};
use crate::files;
use crate::fixture::Fixture;
use crate::flash::Flash;
use crate::form::Typed;
use crate::parts::{self, Page};
use crate::upload::Upload;
use crate::visit::{SignedIn, Visit};
use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::{HeaderMap, Request, StatusCode, header};
use kernel::Refusal;
use maud::html;
use tower::ServiceExt;

async fn shown(visit: Visit) -> Answer {
    let name = visit.member.as_ref().map_or_else(|| "nobody".to_owned(), |m| m.display_name.clone());
    let form = parts::form(&visit, "/change", html! {});
    let body = html! { h1 { "Hello " (name) } (form) };
    Answer::page(parts::layout(&visit, Page::titled("Test"), body)).cacheable(60)
}

fn pages() -> Vec<Route> {
    let everyone = Audience::Everyone;
    vec![
        get("/", "test.home", shown).audience(everyone),
        post("/change", "test.change", |typed: Typed| async move {
            Answer::to("/").saying(Flash::ok(typed.get("say")))
        })
        .audience(everyone),
        post("/upload", "test.upload", |upload: Upload| async move {
            Answer::file("text/plain", upload.files.len().to_string())
        })
        .audience(everyone),
        get(
            "/mine",
            "test.mine",
            |who: SignedIn| async move { Answer::page(html! { (who.member().handle) }) },
        )
        .audience(Audience::Member),
        get("/verified", "test.verified", shown).audience(Audience::Verified),
        get("/staff", "test.staff", shown).audience(Audience::Staff(Permission::JobsRun)),
        post("/sensitive", "test.sensitive", |_: SignedIn| async { Answer::nothing() })
            .audience(Audience::Member)
            .step_up(),
        get("/panics", "test.panics", || async {
            if true {
                panic!("on purpose")
            }
        })
        .audience(everyone),
        get("/broken", "test.broken", || async { Answer::from(Refusal::broken("on purpose")) })
            .audience(everyone),
        get("/secret", "test.secret", || async { Answer::page(html! {}).secret() }).audience(everyone),
        post("/sign-in", "test.sign_in", || async { Answer::to("/") }).audience(everyone).rate(Rate::SignIn),
        post("/small", "test.small", |_: Typed| async { Answer::nothing() }).audience(everyone).body(10),
    ]
}

async fn echo(call: Anyone, Json(body): Json<serde_json::Value>) -> Result<Json<serde_json::Value>, Problem> {
    match body["fail"].as_str() {
        Some("conflict") => Err(Refusal::Conflict("link-expired").into()),
        Some("broken") => Err(Refusal::broken("on purpose").into()),
        _ => Ok(Json(serde_json::json!({ "id": call.request_id, "body": body }))),
    }
}

fn api() -> Vec<Route> {
    vec![
        get("/api/v1/me", "test.me", |who: Caller| async move { Json(who.member.handle.clone()) })
            .audience(Audience::Member),
        get("/api/v1/list", "test.list", |_: Anyone| async { Json([1, 2]).cacheable(30) })
            .audience(Audience::Everyone),
        post("/api/v1/echo", "test.echo", echo)
            .audience(Audience::Everyone)
            .idempotent(Idempotency::Accepted),
        post("/api/v1/money", "test.money", echo)
            .audience(Audience::Everyone)
            .idempotent(Idempotency::Required),
    ]
}

fn plain() -> Vec<Route> {
    let mut routes = files::routes();
    routes.push(
        get("/health", "test.health", || async { "ok" }).audience(Audience::Everyone).rate(Rate::Plain),
    );
    routes.push(
        get("/metrics", "test.metrics", || async { "1" }).audience(Audience::Operator).rate(Rate::Plain),
    );
    routes
}

fn router(fixture: &Fixture) -> Router {
    build(fixture.app.clone(), pages(), api(), plain())
}

/// Sends a request: "POST /path", headers, body.
async fn send(router: &Router, line: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answered {
    let (method, uri) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answered::read(router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap()).await
}

struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answered {
    async fn read(response: Response) -> Self {
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Self { status: head.status, headers: head.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    /// The `name=value` of a cookie that was set.
    fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(header::SET_COOKIE).into_iter().map(|v| v.to_str().unwrap());
        lines.filter_map(|l| l.split(';').next()).find(|l| l.starts_with(name)).map(str::to_owned)
    }

    /// The token in the page's forms.
    fn token(&self) -> String {
        let after = self.body.split(r#"name="csrf" value=""#).nth(1).expect("a form");
        after.split('"').next().unwrap().to_owned()
    }
}

const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn a_form_is_found_on_its_page() {
    let route = || post("/sell/{id}/{step}", "test.step", || async { "ok" }).audience(Audience::Member);
    let page = |route: Route, path: &str| route.info().page_of_form(path);
    assert_eq!(page(route(), "/sell/7/publish"), None);
    assert_eq!(page(route().form_on("/sell/{id}"), "/sell/7/publish").as_deref(), Some("/sell/7"));
    assert_eq!(page(route().form_on("/x"), "/sell/7/publish").as_deref(), Some("/x"));
    assert_eq!(page(route().form_on("/sell/{other}"), "/sell/7/publish"), None);
}

#[tokio::test]
async fn every_declared_route_answers_and_no_other() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    for (routes, kind) in [(pages(), "text/html"), (api(), "application/"), (plain(), "")] {
        for route in table(&routes) {
            let path = route.path.replace("{build}", crate::assets::BUILD).replace("{*path}", "app.css");
            let line = format!("{} {path}", route.method);
            let answer = send(&router, &line, &[OURS, FORM], "").await;
            let logo = route.name == "files.logo" || route.name == "test.metrics";
            assert!(logo || ![404, 405].contains(&answer.status.as_u16()), "{line}: {}", answer.status);
            let other = send(&router, &format!("DELETE {path}"), &[OURS], "").await;
            assert_eq!(other.status, 405, "{path}");
            assert!(
                other.header("allow").contains(route.method.as_str()),
                "{path}: {}",
                other.header("allow")
            );
            let expected = if kind.is_empty() { "text/html" } else { kind };
            assert!(
                other.header("content-type").starts_with(expected),
                "{path}: {}",
                other.header("content-type")
            );
        }
    }
    let page = send(&router, "GET /nothing", &[("x-request-id", "test-12345")], "").await;
    assert_eq!((page.status.as_u16(), page.header("x-request-id")), (404, "test-12345"));
    assert!(page.body.contains("<h1>Not found</h1>") && page.body.contains("test-12345"));
    let problem = send(&router, "GET /api/v1/nothing", &[], "").await;
    assert_eq!((problem.status.as_u16(), problem.header("content-type")), (404, "application/problem+json"));
    assert_eq!(problem.json()["code"], "not-found");
}

#[tokio::test]
async fn every_answer_is_safe_to_show() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    for line in [
        "GET /",
        "GET /nothing",
        "GET /health",
        "GET /api/v1/list",
        "GET /panics",
        "POST /change",
        "DELETE /",
    ] {
        let answer = send(&router, line, &[], "").await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{line}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{line}");
        assert!(answer.header("x-request-id").starts_with("req_"), "{line}");
        assert!(!answer.body.contains("style=\"") && !answer.body.contains("<style"), "{line}");
    }
    let head = send(&router, "HEAD /", &[], "").await;
    assert_eq!((head.status.as_u16(), head.body.as_str()), (200, ""));
    let secret = send(&router, "GET /secret", &[], "").await;
    assert_eq!(
        (secret.header("cache-control"), secret.header("referrer-policy")),
        ("no-store", "same-origin")
    );
}

#[tokio::test]
async fn only_our_own_forms_change_anything() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    let page = send(&router, "GET /", &[], "").await;
    let (cookie, token) = (page.cookie("tp_visitor").unwrap(), page.token());
    let change = async |headers: &[(&str, &str)], body: String| {
        let headers: Vec<_> = headers.iter().copied().chain([FORM]).collect();
        send(&router, "POST /change", &headers, body).await.status.as_u16()
    };
    let good = format!("csrf={token}&say=x");
    assert_eq!(change(&[OURS], "say=x".into()).await, 303);
    assert_eq!(change(&[("origin", "http://localhost:8080")], "say=x".into()).await, 303);
    assert_eq!(change(&[("cookie", &cookie)], good.clone()).await, 303);
    assert_eq!(change(&[("cookie", &cookie)], "say=x".into()).await, 403, "no token");
    assert_eq!(change(&[("cookie", "tp_visitor=other")], good.clone()).await, 403, "another browser's token");
    assert_eq!(change(&[], good.clone()).await, 403, "no cookie");
    assert_eq!(change(&[("sec-fetch-site", "cross-site"), ("cookie", &cookie)], good.clone()).await, 403);
    assert_eq!(change(&[("origin", "https://evil.example"), ("cookie", &cookie)], good).await, 403);
}

#[tokio::test]
async fn forms_with_files_show_their_token_too() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    let page = send(&router, "GET /", &[], "").await;
    let (cookie, token) = (page.cookie("tp_visitor").unwrap(), page.token());
    let upload = async |token: &str| {
        let body = format!(
            "--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--x\r\n\
             content-disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\nbytes\r\n--x--\r\n"
        );
        let kind = ("content-type", "multipart/form-data; boundary=x");
        send(&router, "POST /upload", &[("cookie", &cookie), kind], body).await
    };
    assert_eq!(upload(&token).await.body, "1");
    assert_eq!(upload("wrong").await.status, 403);
}

#[tokio::test]
async fn who_must_sign_in_is_sent_there_and_comes_back() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    let page = send(&router, "GET /mine?a=1", &[], "").await;
    assert_eq!((page.status.as_u16(), page.header("location")), (303, "/sign-in?next=%2Fmine%3Fa%3D1"));
    let referred = [OURS, ("referer", "http://localhost:8080/cart?x")];
    let form = send(&router, "POST /sensitive", &referred, "").await;
    assert_eq!(form.header("location"), "/sign-in?next=%2Fcart%3Fx");
    let call = send(&router, "GET /api/v1/me", &[("cookie", "tp_session=whatever")], "").await;
    assert_eq!((call.status.as_u16(), call.header("www-authenticate")), (401, "Bearer"));
    assert_eq!(send(&router, "GET /staff", &[], "").await.status, 303);
}

#[tokio::test]
async fn what_goes_wrong_has_a_reference() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    for line in ["GET /panics", "GET /broken"] {
        let answer = send(&router, line, &[], "").await;
        assert_eq!(answer.status, 500, "{line}");
        assert!(answer.body.contains(answer.header("x-request-id")), "{line}");
        assert!(!answer.body.contains("on purpose"), "{line} tells too much");
    }
    let german = send(&router, "GET /broken", &[("accept-language", "de")], "").await;
    assert!(german.body.contains(r#"<html lang="de""#) && german.header("content-language") == "de");
}

/// When nobody can be asked who it is, nobody is let in.
#[tokio::test]
async fn without_a_database_nobody_gets_in() {
    let fixture = Fixture::offline();
    fixture.app.market.db.close().await;
    let router = router(&fixture);
    for line in ["GET /mine", "GET /verified", "GET /staff", "POST /sensitive"] {
        let answer = send(&router, line, &[OURS, ("cookie", "tp_session=whatever")], "").await;
        assert!(answer.status.is_server_error(), "{line}: {}", answer.status);
    }
    let call = send(&router, "GET /api/v1/me", &[("authorization", "Bearer whatever")], "").await;
    assert!(call.status.is_server_error(), "{}", call.status);
}

#[tokio::test]
async fn too_much_is_too_much() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    let first = send(&router, "POST /sign-in", &[OURS], "").await;
    assert_eq!((first.header("ratelimit-limit"), first.header("ratelimit-remaining")), ("10", "9"));
    for _ in 0..9 {
        send(&router, "POST /sign-in", &[OURS], "").await;
    }
    let over = send(&router, "POST /sign-in", &[OURS], "").await;
    assert_eq!((over.status.as_u16(), over.header("ratelimit-remaining")), (429, "0"));
    assert!(over.header("retry-after").parse::<u32>().unwrap() >= 1);
    let long = send(&router, "POST /small", &[OURS, FORM], "a=01234567890").await;
    assert_eq!(long.status, 413);
    let announced = send(&router, "POST /small", &[OURS, FORM, ("content-length", "1000")], "a=1").await;
    assert_eq!(announced.status, 413);
    fixture.app.web.slots.close();
    let busy = send(&router, "GET /", &[], "").await;
    assert_eq!((busy.status.as_u16(), busy.header("retry-after")), (503, "1"));
    assert_eq!(send(&router, "GET /api/v1/list", &[], "").await.json()["code"], "busy");
    assert_eq!(
        send(&router, "GET /health", &[], "").await.status,
        200,
        "the balancer still learns that we live"
    );
}

#[tokio::test]
async fn a_message_is_said_once() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    let done = send(&router, "POST /change", &[OURS, FORM], "say=Saved+%26+sound").await;
    let flash = done.cookie("tp_flash").unwrap();
    let piece = send(&router, "GET /", &[("cookie", &flash), ("x-fragment", "results")], "").await;
    assert_eq!(piece.cookie("tp_flash"), None, "a piece of a page does not use it up");
    let page = send(&router, "GET /", &[("cookie", &flash)], "").await;
    assert!(page.body.contains("<p>Saved &amp; sound</p>"), "{}", page.body);
    assert_eq!(page.cookie("tp_flash").as_deref(), Some("tp_flash="));
}

#[tokio::test]
async fn unchanged_pages_are_not_sent_again() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    let visitor = ("cookie", "tp_visitor=abc");
    let page = send(&router, "GET /", &[visitor], "").await;
    let tag = page.header("etag").to_owned();
    assert!(tag.starts_with("W/") && page.header("cache-control") == "private, no-cache");
    assert!(page.header("vary").contains("cookie") && page.cookie("tp_visitor").is_none());
    let again = send(&router, "GET /", &[visitor, ("if-none-match", &tag)], "").await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
    let list = send(&router, "GET /api/v1/list", &[], "").await;
    assert_eq!((list.header("cache-control"), list.body.as_str()), ("public, max-age=30", "[1,2]"));
    assert!(!list.header("etag").is_empty());
}

#[tokio::test]
async fn texts_are_compressed_and_assets_are_kept_for_ever() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    let packed = send(&router, "GET /", &[("accept-encoding", "br")], "").await;
    assert_eq!(packed.header("content-encoding"), "br");
    let asset = send(&router, &format!("GET {}", crate::assets::url("icons.svg")), &[], "").await;
    assert_eq!((asset.status.as_u16(), asset.header("content-type")), (200, "image/svg+xml"));
    assert!(asset.header("cache-control").contains(if cfg!(debug_assertions) {
        "no-cache"
    } else {
        "immutable"
    }));
    let outside = send(&router, "GET /a/x/..%2fCargo.toml", &[], "").await;
    assert_eq!((outside.status.as_u16(), outside.body.as_str()), (404, "Not found"));
}

/// In the API a parameter is a field as any other; the address of a page may carry what it likes.
#[tokio::test]
async fn parameters_that_nobody_reads_are_refused() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    let odd = send(&router, "GET /api/v1/list?b=1&a%2Fb&b=2", &[], "").await;
    assert_eq!((odd.status.as_u16(), odd.json()["code"].as_str()), (422, Some("fields")));
    let errors = odd.json()["errors"].clone();
    let named: Vec<&str> =
        errors.as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    assert_eq!(named, ["/b", "/a~1b"]);
    for fine in ["GET /api/v1/list", "GET /api/v1/list?", "GET /?b=1"] {
        assert_eq!(send(&router, fine, &[], "").await.status, 200, "{fine}");
    }
    let lost = send(&router, "GET /api/v1/nothing?b=1", &[], "").await;
    assert_eq!(lost.status, 404);
}

#[tokio::test]
async fn bodies_of_the_api_are_read_strictly() {
    let fixture = Fixture::offline();
    let router = router(&fixture);
    let typed = send(&router, "POST /api/v1/echo", &[FORM], "a=b").await;
    assert_eq!((typed.status.as_u16(), typed.json()["code"].as_str()), (415, Some("wrong-type")));
    let broken = send(&router, "POST /api/v1/echo", &[JSON], "{").await;
    assert_eq!((broken.status.as_u16(), broken.json()["code"].as_str()), (400, Some("unreadable")));
    let conflict = send(&router, "POST /api/v1/echo", &[JSON], r#"{"fail":"conflict"}"#).await.json();
    assert_eq!((conflict["status"].as_u64(), conflict["code"].as_str()), (Some(409), Some("link-expired")));
    assert_eq!(conflict["type"], "http://localhost:8080/about/api#conflict");
    let fields: Vec<&str> = conflict.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, ["code", "detail", "request_id", "status", "title", "type"]);
    let missing = send(&router, "POST /api/v1/money", &[JSON], "{}").await;
    assert_eq!((missing.status.as_u16(), missing.json()["code"].as_str()), (400, Some("key-missing")));
}
