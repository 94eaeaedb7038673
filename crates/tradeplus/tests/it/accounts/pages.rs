//! Opening an account, signing in and out, by the pages, without a script.

use super::link_token;
use testkit::{Browser, PASSWORD, Page, Town};

/// The sentence at a field that is wrong.
fn mistake(page: &Page, field: &str) -> String {
    let input = page.all(&format!("[name='{field}']")).into_iter().next().unwrap();
    assert_eq!(input.attr("aria-invalid"), Some("true"), "{field} is not marked");
    let ids = input.attr("aria-describedby").unwrap();
    let note = ids.split_whitespace().find(|id| id.ends_with("-err")).unwrap();
    page.one(&format!("[id='{note}']"))
}

async fn register(browser: &Browser, email: &str, password: &str, name: &str) -> testkit::Answer {
    let form = browser.get("/register").await.is(200).page().form("form[action='/register']");
    browser.submit(form.with("email", email).with("password", password).with("display_name", name)).await
}

async fn sign_in(browser: &Browser, email: &str, password: &str) -> testkit::Answer {
    let form = browser.get("/sign-in").await.is(200).page().form("form[action='/sign-in']");
    browser.submit(form.with("email", email).with("password", password)).await
}

#[tokio::test]
async fn nell_opens_an_account_and_proves_her_address() {
    let town = Town::new().await;
    let nell = town.visitor();
    let sent = register(&nell, "nell@example.org", "a long password", "Nell").await.is(303);
    nell.follow(&sent).await.is(200);
    let token = link_token(&town, "nell@example.org").await;
    let link = format!("/verify?token={token}");
    // Programs that look at every link in a mail must not use it up.
    for _ in 0..2 {
        let shown = nell.get(&link).await.is(200);
        assert_eq!(shown.header("cache-control"), Some("no-store"));
        assert_eq!(shown.header("referrer-policy"), Some("no-referrer"));
    }
    let form = nell.get(&link).await.page().form("form[action='/verify']");
    let inside = nell.submit(form.clone()).await.goes_to("/");
    nell.follow(&inside).await.is(200).shows("Nell");
    nell.get("/account").await.is(200).shows("nell@example.org");
    nell.submit(form).await.is(409);
}

#[tokio::test]
async fn every_mistake_is_told_at_its_field_and_what_was_typed_stays() {
    let town = Town::new().await;
    let visitor = town.visitor();
    let page = register(&visitor, "not an address", "short", "N").await.is(422).page();
    for field in ["email", "password", "display_name"] {
        assert!(!mistake(&page, field).is_empty());
    }
    let form = page.form("form[action='/register']");
    assert_eq!((form.value("email"), form.value("display_name")), (Some("not an address"), Some("N")));
    assert_eq!(form.value("password"), Some(""), "a password is never sent back");
    assert!(
        page.has("[role='alert'] a[href='#f-email'], .error-summary a[href='#f-email']"),
        "the summary leads to the field"
    );
    assert_eq!(town.count("select count(*) from members").await, 0);
}

/// Whether an address has an account is nobody's business: the answers are the same, byte by byte.
#[tokio::test]
async fn a_known_address_is_answered_like_an_unknown_one() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (known, unknown) = (town.visitor(), town.visitor());
    let a = register(&known, &ann.email, "a long password", "Ann").await;
    let b = register(&unknown, "new@example.org", "a long password", "Ann").await;
    assert_eq!((a.status(), a.location(), a.bytes()), (b.status(), b.location(), b.bytes()));
    let plain =
        |answer: &testkit::Answer| answer.headers().keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(plain(&a), plain(&b));

    let ask = async |browser: &Browser, email: &str| {
        let form = browser.get("/reset").await.is(200).page().form("form[action='/reset']");
        browser.submit(form.with("email", email)).await
    };
    let (a, b) = (ask(&known, &ann.email).await, ask(&unknown, "nobody@example.org").await);
    assert_eq!((a.status(), a.location(), a.bytes()), (b.status(), b.location(), b.bytes()));

    let (a, b) = (
        sign_in(&known, &ann.email, "wrong password").await,
        sign_in(&unknown, "nobody@example.org", "wrong password").await,
    );
    assert_eq!((a.status(), b.status()), (422, 422));
    assert_eq!(mistake(&a.page(), "password"), mistake(&b.page(), "password"));
}

#[tokio::test]
async fn signing_in_gives_a_new_session_and_signing_out_ends_it() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.browser.set_cookie("tp_session", "chosen-by-somebody-else");
    ann.sign_in().await.goes_to("/");
    let token = ann.browser.cookie("tp_session").unwrap();
    assert_ne!(token, "chosen-by-somebody-else");
    ann.browser.get("/account").await.is(200);
    ann.browser.get("/sign-in").await.is(303);

    let again = ann.browser.get("/confirm?next=/account").await.is(200).page();
    let form = again.form("form[action='/confirm']").with("password", PASSWORD);
    ann.browser.submit(form).await.goes_to("/account");
    assert_ne!(ann.browser.cookie("tp_session").unwrap(), token, "a new one each time");
    let old = town.visitor();
    old.set_cookie("tp_session", &token);
    old.get("/account").await.goes_to("/sign-in?next=%2Faccount");

    let token = ann.browser.cookie("tp_session").unwrap();
    ann.browser.post("/sign-out", &[]).await.goes_to("/");
    assert_eq!(ann.browser.cookie("tp_session"), None);
    let thief = town.visitor();
    thief.set_cookie("tp_session", &token);
    thief.get("/account").await.goes_to("/sign-in?next=%2Faccount");
}

#[tokio::test]
async fn one_comes_back_to_where_one_was_and_never_elsewhere() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.browser.get("/account/sessions?x=1").await.goes_to("/sign-in?next=%2Faccount%2Fsessions%3Fx%3D1");
    for (next, leads) in [
        ("/account/sessions?x=1", "/account/sessions?x=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ] {
        let fields = [("email", ann.email.as_str()), ("password", PASSWORD), ("next", next)];
        let inside = town.visitor().post("/sign-in", &fields).await;
        assert_eq!((inside.status(), inside.location()), (303, leads), "{next}");
    }
}

#[tokio::test]
async fn session_cookies_are_locked_away() {
    let town = Town::with(|config| config.server.base_url = "https://market.example".to_owned()).await;
    let ann = town.person("Ann").await;
    let fields = [("email", ann.email.as_str()), ("password", PASSWORD)];
    let inside = town.visitor().post("/sign-in", &fields).await.is(303);
    let cookies: Vec<&str> =
        inside.headers().get_all("set-cookie").iter().map(|v| v.to_str().unwrap()).collect();
    let session = cookies.iter().find(|c| c.starts_with("__Host-tp=")).unwrap();
    for lock in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
        assert!(session.contains(lock), "{lock}: {session}");
    }
    assert!(!session.contains("Domain="), "{session}");
    assert!(inside.header("strict-transport-security").is_some());
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_mail() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.get("/account").await.is(200);
    let visitor = town.visitor();
    let form = visitor.get("/reset").await.page().form("form[action='/reset']");
    let sent = visitor.submit(form.with("email", &ann.email)).await.is(303);
    visitor.follow(&sent).await.is(200);
    town.run_jobs().await;
    let link = format!("/reset/new?token={}", link_token(&town, &ann.email).await);
    let page = visitor.get(&link).await.is(200);
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    let form = page.page().form("form[action='/reset/new']");
    let short = visitor.submit(form.clone().with("password", "short")).await.is(422).page();
    assert!(!mistake(&short, "password").is_empty());
    let form = short.form("form[action='/reset/new']");
    visitor.submit(form.clone().with("password", "a new and better one")).await.goes_to("/");
    visitor.get("/account").await.is(200).shows(&ann.email);
    visitor.submit(form.with("password", "and another one")).await.is(409);
    ann.browser.get("/account").await.is(303);
    sign_in(&town.visitor(), &ann.email, PASSWORD).await.is(422);
    sign_in(&town.visitor(), &ann.email, "a new and better one").await.is(303);
}

#[tokio::test]
async fn a_suspended_member_is_told_so_and_stays_outside() {
    let town = Town::new().await;
    let dee = town.person("Dee").await;
    dee.get("/account").await.is(200);
    town.suspend(&dee).await;
    dee.browser.get("/account").await.is(303);
    let visitor = town.visitor();
    sign_in(&visitor, &dee.email, PASSWORD).await.goes_to("/account/suspension");
    let words = kernel::Say::new(kernel::Lang::EN).by_key("refused-account-suspended");
    visitor.get("/account/suspension").await.is(200).shows(&words);
    visitor.get("/account").await.goes_to("/account/suspension");
    visitor.post("/sign-out", &[]).await.is(303);
    assert_eq!(town.count("select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn other_devices_are_listed_and_signed_out() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.sign_in().await.is(303);
    let phone = town.visitor();
    phone.post("/sign-in", &[("email", &ann.email), ("password", PASSWORD)]).await.is(303);
    let page = ann.browser.get("/account/sessions").await.is(200).page();
    let other = page.attributes("form[action^='/account/sessions/']", "action");
    assert_eq!(other.len(), 1, "one other device");
    ann.browser.submit(page.form("form[action^='/account/sessions/']")).await.is(303);
    phone.get("/account").await.is(303);
    ann.browser.get("/account").await.is(200);
    let eve = town.person("Eve").await;
    eve.post(&other[0], &[]).await.is(404);

    phone.post("/sign-in", &[("email", &ann.email), ("password", PASSWORD)]).await.is(303);
    let page = ann.browser.get("/account/sessions").await.page();
    ann.browser.submit(page.form("form[action='/account/sessions']")).await.is(303);
    phone.get("/account").await.is(303);
    ann.browser.get("/account").await.is(200);
}

#[tokio::test]
async fn language_and_colours_are_remembered() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let visitor = town.visitor();
    assert!(visitor.get("/").await.page().has("html[lang='en'][dir='ltr']"));
    visitor.speaks("de-AT, en;q=0.5");
    assert!(visitor.get("/").await.page().has("html[lang='de']"));
    visitor
        .post("/preferences", &[("language", "en"), ("theme", "dark"), ("back", "/search")])
        .await
        .goes_to("/search");
    assert!(
        visitor.get("/").await.page().has("html[lang='en'][data-theme='dark']"),
        "what was chosen here wins"
    );
    visitor
        .post("/preferences", &[("language", "xx"), ("theme", "purple"), ("back", "https://evil.example")])
        .await
        .goes_to("/");
    assert!(visitor.get("/").await.page().has("html[lang='en'][data-theme='dark']"));

    ann.post("/preferences", &[("language", "de")]).await.is(303);
    assert_eq!(ann.member().await.lang.code(), "de");
    let phone = town.visitor();
    phone.post("/sign-in", &[("email", &ann.email), ("password", PASSWORD)]).await.is(303);
    assert!(phone.get("/").await.page().has("html[lang='de']"), "the account remembers");
}

#[tokio::test]
async fn what_others_see_can_be_changed() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let form = ann.get("/account/profile").await.is(200).page().form("form[action='/account/profile']");
    let wrong = form.clone().with("display_name", "A").with("location", "Atlantis").with("bio", "Lamps.");
    let page = ann.submit(wrong).await.is(422).page();
    assert!(!mistake(&page, "display_name").is_empty() && !mistake(&page, "location").is_empty());
    let back = page.form("form[action='/account/profile']");
    assert_eq!((back.value("bio"), back.value("location")), (Some("Lamps."), Some("Atlantis")));
    let good = back.with("display_name", "Ann <b>Lamp</b>").with("location", "Lyon, FR");
    ann.submit(good).await.is(303);
    let page = town.visitor().get("/members/ann").await.is(200);
    assert!(page.text().contains("Ann &lt;b&gt;Lamp"), "names are words, never markup");
    page.shows("Lyon").shows("Lamps.");

    for (bytes, status) in
        [(testkit::pictures::page(), 422), (Vec::new(), 422), (testkit::pictures::good(1), 303)]
    {
        let sent = ann.upload("/account/avatar", &[], &[("photo", "me.png", &bytes)]).await;
        assert_eq!(sent.status(), status, "{}", sent.told());
    }
    let picture =
        town.visitor().get("/members/ann").await.page().attributes("main img[src^='/avatars/']", "src");
    town.visitor().get(&picture[0]).await.is(200);
    // Another one takes its place; the files of the first go by a job, whatever becomes of this process.
    let first = ann.member().await.avatar.unwrap();
    let bytes = testkit::pictures::good(2);
    ann.upload("/account/avatar", &[], &[("photo", "me.png", &bytes)]).await.is(303);
    let waits = "select count(*) from jobs where kind = 'photos.delete_picture'";
    assert_eq!(town.count(waits).await, 1);
    town.run_jobs().await;
    let objects = &town.market.objects;
    assert!(objects.list(&first).await.unwrap().is_empty());
    assert!(!objects.list(&ann.member().await.avatar.unwrap()).await.unwrap().is_empty());
}
