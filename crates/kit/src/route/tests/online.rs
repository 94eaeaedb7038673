//! With a database: members, tokens, answers that are given once.

use super::*;
use market::accounts::model::{Client, Member, Method, Password, Registration, Role};
use market::accounts::{rules as accounts, sessions, tokens};

/// A member, the cookie of a signed-in browser and an access token.
async fn member(fixture: &Fixture, email: &str, roles: &[Role]) -> (Member, String, String) {
    let password = "a long enough password";
    let registration = Registration::read(email, password, "Ada Lovelace", kernel::Lang::EN).unwrap();
    let hash = fixture
        .app
        .market
        .door
        .hasher
        .hash(Password::read(password).unwrap().reveal().to_owned())
        .await
        .unwrap();
    let mut tx = fixture.app.market.db.begin().await.unwrap();
    let member = accounts::create_verified(&mut tx, &registration, &hash, None, roles).await.unwrap();
    let (client, base) = (Client::default(), "http://localhost:8080");
    let opened = sessions::open(&mut tx, &member, &[Method::Password], &client, base).await.unwrap();
    let pair = tokens::issue(&mut tx, &member, &[], &client, base).await.unwrap();
    tx.commit().await.unwrap();
    (member, format!("tp_session={}", opened.session.reveal()), format!("Bearer {}", pair.access.reveal()))
}

#[tokio::test]
async fn members_tokens_and_keys() {
    let fixture = Fixture::online().await;
    let router = router(&fixture);
    let (ada, cookie, bearer) = member(&fixture, "ada@example.org", &[]).await;
    let (_, staff, _) = member(&fixture, "bob@example.org", &[Role::Operator]).await;
    signed_in_pages(&router, &ada, &cookie, &staff).await;
    calls(&router, &ada, &cookie, &bearer).await;
    once(&router, &bearer).await;
    fixture.app.market.db.clock().advance(time::Duration::minutes(11));
    let stale = send(&router, "POST /sensitive", &[OURS, ("cookie", &cookie)], "").await;
    assert_eq!(stale.header("location"), "/confirm?next=%2F");
    fixture.stop().await;
}

async fn signed_in_pages(router: &Router, ada: &Member, cookie: &str, staff: &str) {
    let page = send(router, "GET /", &[("cookie", cookie)], "").await;
    assert!(page.body.contains("Hello Ada Lovelace") && page.header("etag").is_empty());
    assert_eq!(page.header("cache-control"), "private, no-cache");
    assert_eq!(page.cookie("tp_visitor"), None, "the session does for forms");
    let change = async |cookie: &str| {
        send(router, "POST /change", &[FORM, ("cookie", cookie)], format!("csrf={}", page.token()))
            .await
            .status
            .as_u16()
    };
    assert_eq!((change(cookie).await, change(staff).await), (303, 403), "a token is for one session");
    assert_eq!(send(router, "GET /mine", &[("cookie", cookie)], "").await.body, ada.handle);
    assert_eq!(send(router, "GET /verified", &[("cookie", cookie)], "").await.status, 200);
    assert_eq!(
        send(router, "GET /staff", &[("cookie", cookie)], "").await.status,
        404,
        "not there for others"
    );
    assert_eq!(send(router, "GET /staff", &[("cookie", staff)], "").await.status, 200);
    assert_eq!(send(router, "POST /sensitive", &[OURS, ("cookie", cookie)], "").await.status, 204);
    assert_eq!(send(router, "GET /mine", &[("cookie", "tp_session=guessed")], "").await.status, 303);
}

async fn calls(router: &Router, ada: &Member, cookie: &str, bearer: &str) {
    let me = send(router, "GET /api/v1/me", &[("authorization", bearer)], "").await;
    assert_eq!((me.status.as_u16(), me.json().as_str()), (200, Some(ada.handle.as_str())));
    assert_eq!(
        (me.header("cache-control"), me.header("vary")),
        ("no-store", "authorization, accept-language")
    );
    assert_eq!(
        send(router, "GET /api/v1/me", &[("cookie", cookie)], "").await.status,
        401,
        "cookies mean nothing"
    );
    let bad = send(router, "GET /api/v1/list", &[("authorization", "Bearer wrong")], "").await;
    assert_eq!(bad.status, 401, "a bad token is told, even where none is needed");
}

async fn once(router: &Router, bearer: &str) {
    let ask = async |key: &str, body: &'static str| {
        let headers = [JSON, ("authorization", bearer), ("idempotency-key", key)];
        send(router, "POST /api/v1/money", &headers, body).await
    };
    let first = ask("k1", r#"{"a":1}"#).await;
    let again = ask("k1", r#"{"a":1}"#).await;
    assert_eq!((first.status.as_u16(), first.header("idempotency-replayed")), (200, ""));
    assert_eq!((again.status.as_u16(), again.header("idempotency-replayed")), (200, "true"));
    assert_eq!(first.body, again.body, "the very same answer");
    assert_eq!(again.header("content-type"), "application/json");
    let other = ask("k1", r#"{"a":2}"#).await;
    assert_eq!((other.status.as_u16(), other.json()["code"].as_str()), (409, Some("key-mismatch")));
    let refused = [ask("k2", r#"{"fail":"conflict"}"#).await, ask("k2", r#"{"fail":"conflict"}"#).await];
    assert_eq!((refused[0].status, refused[1].status), (StatusCode::CONFLICT, StatusCode::CONFLICT));
    assert_eq!(
        (&refused[0].body, refused[1].header("content-type")),
        (&refused[1].body, "application/problem+json")
    );
    let broken = [ask("k3", r#"{"fail":"broken"}"#).await, ask("k3", r#"{"fail":"broken"}"#).await];
    assert_eq!(
        (broken[1].status.as_u16(), broken[1].header("idempotency-replayed")),
        (500, ""),
        "may be tried again"
    );
    assert_eq!(ask("a b", "{}").await.json()["code"], "key-malformed");
    let headers = [JSON, ("idempotency-key", "k1")];
    let nobody = send(router, "POST /api/v1/money", &headers, r#"{"a":2}"#).await;
    assert_eq!(nobody.status, 200, "another's key is another key");
}
