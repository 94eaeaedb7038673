//! What stands around every page: where requests come from, how large and how many they are, what is kept.

use axum::body::Body;
use futures_util::FutureExt;
use futures_util::future::join_all;
use http::{Method, header};
use kernel::limits::{CART_LINES_MAX, DRAFTS_MAX, PAGE_MAX, PHOTOS_MAX, QUANTITY_MAX};
use platform::config::{Pace, Secret};
use platform::rate::Rate;
use testkit::{Answer, Browser, Town};

async fn send(browser: &Browser, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = browser.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// The hidden token of the page's form with that action.
fn token_in(answer: Answer, action: &str) -> String {
    answer.page().form(&format!("form[action='{action}']")).value("csrf").unwrap().to_owned()
}

/// Another site's form is refused, whatever the browser is and whoever is signed in.
#[tokio::test]
async fn only_our_own_forms_are_heard() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let token = token_in(ann.get("/account/profile").await.is(200), "/account/profile");
    let eve = town.person("Eve").await;
    let eves = token_in(eve.get("/account/profile").await, "/account/profile");
    let visitors = token_in(town.visitor().get("/sign-in").await, "/sign-in");
    let ours = "http://localhost:8080";
    // What a browser is, the headers it sends, the token of the form, and whether the form is heard.
    type Case<'a> = (&'a str, Vec<(&'a str, &'a str)>, &'a str, bool);
    let cases: Vec<Case<'_>> = vec![
        ("a browser says: same origin", vec![("sec-fetch-site", "same-origin")], "", true),
        ("a browser says: typed by hand", vec![("sec-fetch-site", "none")], "", true),
        ("a browser says: same site, other host", vec![("sec-fetch-site", "same-site")], &token, false),
        ("a browser says: another site", vec![("sec-fetch-site", "cross-site")], &token, false),
        (
            "and lies about the origin",
            vec![("sec-fetch-site", "cross-site"), ("origin", ours)],
            &token,
            false,
        ),
        ("an old browser: our origin", vec![("origin", ours)], "", true),
        ("an old browser: another", vec![("origin", "https://evil.example")], &token, false),
        ("an old browser: another port", vec![("origin", "http://localhost:9090")], &token, false),
        (
            "an old browser: our name as a part",
            vec![("origin", "http://localhost:8080.evil.example")],
            &token,
            false,
        ),
        ("an older browser: our token", vec![], &token, true),
        ("an older browser: no origin, our token", vec![("origin", "null")], &token, true),
        ("an older browser: nothing", vec![], "", false),
        ("an older browser: no origin, nothing", vec![("origin", "null")], "", false),
        ("an older browser: somebody else's token", vec![], &eves, false),
        ("an older browser: a visitor's token", vec![], &visitors, false),
        ("an older browser: an invented token", vec![], "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false),
    ];
    for (case, mut headers, token, heard) in cases {
        headers.push(FORM);
        let body = format!("display_name=Ann&bio=&location=&csrf={token}");
        let answer = send(&ann.browser, Method::POST, "/account/profile", &headers, &body).await;
        assert_eq!(answer.status(), if heard { 303 } else { 403 }, "{case}: {}", answer.told());
    }
}

/// A visitor's forms are tied to their browser too: nobody can be signed in by another site's form.
#[tokio::test]
async fn signing_in_is_guarded_too() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (victim, attacker) = (town.visitor(), town.visitor());
    let theirs = token_in(attacker.get("/sign-in").await, "/sign-in");
    victim.get("/sign-in").await.is(200);
    let body = format!("email={}&password={}&csrf={theirs}", "ann%40example.org", "correct+horse+battery");
    send(&victim, Method::POST, "/sign-in", &[FORM], &body).await.is(403);
    let own = token_in(victim.get("/sign-in").await, "/sign-in");
    let body = body.replace(&theirs, &own);
    send(&victim, Method::POST, "/sign-in", &[FORM], &body).await.is(303);
    let token = victim.cookie("tp_session");
    assert!(token.is_some());
    let _ = ann;
}

/// Links, redirects and cookies are made of the settings, whatever a request says of where it came to, how, and from whom.
#[tokio::test]
async fn no_request_says_where_we_are() {
    let town = Town::with(|config| config.server.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()]).await;
    let ann = town.person("Ann").await;
    let lies = [
        ("sec-fetch-site", "same-origin"),
        FORM,
        ("forwarded", "for=127.0.0.1;host=evil.example;proto=https"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-port", "444"),
        ("x-forwarded-prefix", "/evil.example"),
        ("x-real-ip", "127.0.0.1"),
        ("x-original-url", "/admin"),
        ("x-rewrite-url", "/admin"),
        ("x-http-method-override", "DELETE"),
        ("x-user-id", "1"),
    ];
    // Also by way of our own proxy, which sets one of them and hands on the others.
    for address in ["198.51.100.7", "10.1.2.3"] {
        let visitor = town.visitor().from_address(address);
        let email = format!("email={}", ann.email);
        let answers = [
            send(&visitor, Method::POST, "/reset", &lies, &email).await.is(303),
            send(&visitor, Method::POST, "/preferences", &lies, "language=de&back=/about").await.is(303),
            send(&visitor, Method::GET, "/account", &lies, "").await.is(303),
            send(&visitor, Method::GET, "/", &lies, "").await.is(200),
            send(&visitor, Method::GET, "/api/v1/me", &lies, "").await.is(401),
            send(&visitor, Method::GET, "/metrics", &lies, "").await.is(404),
        ];
        for answer in answers {
            assert!(!answer.text().contains("evil.example"), "{}", answer.told());
            assert!(answer.header("location").is_none_or(|to| to.starts_with('/')), "{}", answer.told());
            for cookie in answer.headers().get_all(header::SET_COOKIE) {
                let cookie = cookie.to_str().unwrap();
                assert!(cookie.starts_with("tp_") && !cookie.contains("Secure"), "{cookie}");
            }
        }
    }
    town.run_jobs().await;
    let mail = town.mails_to(&ann.email).await.pop().unwrap();
    assert!(mail.text.contains("http://localhost:8080/"), "{}", mail.text);
    assert!(!mail.text.contains("evil") && !mail.html.contains("evil"), "{}", mail.text);
}

/// Whoever goes away in the middle, is refused, or sends what cannot be read leaves nothing taken: no connection of the
/// database, no place among the requests, no file.
#[tokio::test]
async fn what_is_taken_is_given_back() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    ann.get("/account").await.is(200);
    let listing = format!("/listings/{}-{}", lamp.slug, lamp.id);
    let mut went = 0;
    for round in 0..100 {
        for path in ["/", "/search?q=lamp", "/account", "/sell", "/api/v1/listings", &listing] {
            let mut asked = std::pin::pin!(ann.browser.get(path));
            let mut waits = 0;
            while waits <= round % 50 && asked.as_mut().now_or_never().is_none() {
                waits += 1;
                tokio::task::yield_now().await;
            }
            went += usize::from(waits > round % 50);
        }
    }
    assert!(went > kit::app::REQUESTS_AT_ONCE, "{went} went away");
    for _ in 0..20 {
        let file: [(&str, &str, &[u8]); 1] = [("photo", "a.png", b"\x89PNG\r\n\x1a\n")];
        let sent = ann.upload(&format!("/sell/{}/photos", lamp.id), &[], &file).await;
        assert!(matches!(sent.status(), 303 | 422), "{}", sent.told());
        town.visitor().post("/sign-in", &[("email", &ann.email), ("password", "wrong horse")]).await;
        ann.browser.get("/orders/01940000-0000-7000-8000-000000000001").await.is(404);
    }
    let most = town.db.pool().options().get_max_connections();
    let all = join_all((0..most).map(|_| town.db.read())).await;
    assert!(all.iter().all(Result::is_ok), "of {most} connections some were not given back");
    drop(all);
    town.visitor().get("/").await.is(200);
    let kept = std::fs::read_dir(town.data_dir().join("tmp")).map_or(0, Iterator::count);
    assert_eq!(kept, 0, "files were left");
}

/// The page of limits has the numbers that are kept to.
#[tokio::test]
async fn limits_are_told_as_they_are() {
    let town = Town::with(|config| {
        config.limits.multiplier = 1;
        config.limits.upload = Pace::new(7, 91);
    })
    .await;
    let page = town.visitor().get("/about/limits").await.is(200).page();
    let digits = |text: &String| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let told: Vec<String> = page.words("main td.num").iter().map(digits).collect();
    let pace = |rate: Rate| {
        let pace = town.app.web.limiter.pace(rate);
        [pace.burst.to_string(), pace.per_minute.to_string()]
    };
    assert_eq!(told, Rate::ALL.into_iter().flat_map(pace).collect::<Vec<_>>());
    assert!(told.windows(2).any(|pair| pair == ["7", "91"]));
    let (names, most) = (page.words("dl.facts dt"), page.words("dl.facts dd"));
    let told: Vec<(String, String)> = names.into_iter().zip(most.iter().map(digits)).collect();
    for (name, most) in [
        ("Photos of a listing", PHOTOS_MAX.to_string()),
        ("Drafts of a member", DRAFTS_MAX.to_string()),
        ("Different things in a cart", CART_LINES_MAX.to_string()),
        ("Pieces of a listing", QUANTITY_MAX.to_string()),
        ("Items of one page of the API", PAGE_MAX.to_string()),
    ] {
        assert!(told.contains(&(name.to_owned(), most)), "{name}: {told:?}");
    }
}

#[tokio::test]
async fn bodies_have_an_end() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.get("/account").await.is(200);
    let large = format!("bio={}", "x".repeat(kernel::limits::BODY_BYTES_MAX));
    let headers = [("sec-fetch-site", "same-origin"), FORM];
    send(&ann.browser, Method::POST, "/account/profile", &headers, &large).await.is(413);
    send(&ann.browser, Method::POST, "/account/profile", &[FORM], &large).await.is(413);
    let length = (kernel::limits::BODY_BYTES_MAX + 1).to_string();
    let announced = [("sec-fetch-site", "same-origin"), FORM, ("content-length", length.as_str())];
    send(&ann.browser, Method::POST, "/account/profile", &announced, "bio=x").await.is(413);
    let other = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    send(&ann.browser, Method::POST, "/account/profile", &other, "{}").await.is(415);
    let lamp = ann.listing("Lamp").draft().await;
    let parts: Vec<u8> = vec![0; kernel::limits::PHOTO_BYTES_MAX + 1];
    let sent = ann.upload(&format!("/sell/{}/photos", lamp.id), &[], &[("photo", "a.png", &parts)]).await;
    assert!(matches!(sent.status(), 413 | 422), "{}", sent.told());
}

/// Addresses with too many or too odd letters are pages that do not exist.
#[tokio::test]
async fn odd_addresses_are_not_found() {
    let town = Town::new().await;
    let visitor = town.visitor();
    for path in [
        "/nowhere",
        "/%00",
        "/%ff",
        "/..%2f..%2fetc/passwd",
        "/a/x/../../Cargo.toml",
        "/.env",
        "/.git/config",
        "//evil.example",
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status(), 404, "{path}: {}", answer.told());
    }
    assert_eq!(visitor.get("/search/?q=a").await.is(308).location(), "/search?q=a");
    for query in [
        "q=%00",
        "q=%ff",
        "cursor=%00",
        "min_price=x&max_price=%F0",
        "near=%00",
        "category=%00",
        "q[]=1",
        "&&&=&=",
        "sort=%27",
    ] {
        let answer = visitor.get(&format!("/search?{query}")).await;
        assert!(matches!(answer.status(), 200 | 303), "{query}: {}", answer.told());
    }
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    for path in [
        "/api/v1/categories".to_owned(),
        format!("/api/v1/listings/{}", lamp.id),
        "/api/v1/limits".to_owned(),
    ] {
        let visitor = town.visitor();
        let first = visitor.get(&path).await.is(200);
        let tag = first.header("etag").unwrap_or_else(|| panic!("{path} has no validator")).to_owned();
        let again = send(&visitor, Method::GET, &path, &[("if-none-match", &tag)], "").await.is(304);
        assert!(again.bytes().is_empty());
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        send(&visitor, Method::GET, &path, &[("if-none-match", "\"other\"")], "").await.is(200);
    }
    let style = town.visitor().get("/").await.page().attributes("link[rel='stylesheet']", "href");
    let sheet = town.visitor().get(&style[0]).await.is(200);
    assert!(sheet.header("content-type").is_some_and(|t| t.starts_with("text/css")));
    // What is personal is kept by nobody in between, and what is about her alone by nobody at all.
    assert_eq!(ann.get("/account").await.is(200).header("cache-control"), Some("no-store"));
    let page = ann.get("/sell").await.is(200);
    assert!(page.header("cache-control").is_some_and(|c| c.contains("private") && c.contains("no-cache")));
    assert!(page.header("vary").is_some_and(|v| v.contains("cookie")));
    let call = ann.api(Method::GET, "/me", None).await.is(200);
    assert_eq!(call.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_request_keeps_the_name_it_was_given() {
    let town = Town::new().await;
    let visitor = town.visitor();
    for (given, kept) in [
        ("trace-0123456789", true),
        ("short", false),
        ("with space in it", false),
        ("<script>alert</script>", false),
    ] {
        let answer = send(&visitor, Method::GET, "/nowhere", &[("x-request-id", given)], "").await;
        let id = answer.header("x-request-id").unwrap();
        assert_eq!(id == given, kept, "{given}: {id}");
        assert!(answer.text().contains(id), "the page names it, for who asks for help");
        assert!(!answer.text().contains("<script>alert</script>"));
    }
}

/// Too often is told with when to try again; another address and another member are not concerned.
#[tokio::test]
async fn too_often_is_refused_for_a_while() {
    let town = Town::with(|config| config.limits.multiplier = 1).await;
    let (guesser, other) =
        (town.visitor().from_address("198.51.100.7"), town.visitor().from_address("198.51.100.8"));
    // Another account each time: what guessing at one account costs is another matter.
    let accounts = std::cell::Cell::new(0);
    let guess = async |browser: &Browser| {
        let email = format!("ann{}@example.org", accounts.replace(accounts.get() + 1));
        browser.post("/sign-in", &[("email", &email), ("password", "wrong guess")]).await
    };
    let mut refused = None;
    for n in 0..30 {
        let answer = guess(&guesser).await;
        if answer.status() == 429 {
            refused = Some((n, answer));
            break;
        }
        assert_eq!(answer.status(), 422, "{}", answer.told());
    }
    let (n, refused) = refused.expect("somebody who guesses on and on is stopped");
    assert_eq!(n, 10);
    let wait: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(refused.header("ratelimit-remaining"), Some("0"));
    assert_eq!(refused.header("ratelimit-policy"), Some(r#""sign_in";q=10;w=60"#));
    assert_eq!(refused.header("ratelimit"), Some(format!(r#""sign_in";r=0;t={wait}"#).as_str()));
    guess(&other).await.is(422);
    town.clock.advance(time::Duration::seconds(wait));
    guess(&guesser).await.is(422);
    let visitor = town.visitor().from_address("198.51.100.9");
    let left: u32 = visitor
        .get("/api/v1/categories")
        .await
        .is(200)
        .header("ratelimit-remaining")
        .unwrap()
        .parse()
        .unwrap();
    let then: u32 =
        visitor.get("/api/v1/categories").await.header("ratelimit-remaining").unwrap().parse().unwrap();
    assert_eq!(then + 1, left);
}

/// Nobody hides behind an invented address, unless a proxy of ours names it.
#[tokio::test]
async fn an_address_is_believed_from_proxies_only() {
    let town = Town::with(|config| {
        config.limits.multiplier = 1;
        config.server.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    })
    .await;
    let stops = async |browser: Browser| {
        for n in 0..15 {
            let forwarded = format!("203.0.113.{n}");
            let headers = [("sec-fetch-site", "same-origin"), FORM, ("x-forwarded-for", forwarded.as_str())];
            if send(&browser, Method::POST, "/sign-in", &headers, &format!("email=x{n}&password=y"))
                .await
                .status()
                == 429
            {
                return true;
            }
        }
        false
    };
    assert!(
        stops(town.visitor().from_address("198.51.100.7")).await,
        "another address each time, by their own word"
    );
    assert!(!stops(town.visitor().from_address("10.1.2.3")).await, "fifteen people behind our proxy");
}

#[tokio::test]
async fn machines_ask_how_we_are() {
    let town = Town::new().await;
    let visitor = town.visitor();
    assert_eq!(visitor.get("/health").await.is(200).at("/status"), "ok");
    assert_eq!(visitor.get("/ready").await.is(200).at("/database"), "ok");
    visitor.get("/metrics").await.is(404);
    town.visitor().from_address("127.0.0.1").get("/metrics").await.is(200);
    let town = Town::with(|config| config.metrics.token = Some(Secret::new("a metrics token"))).await;
    let operator = town.visitor().from_address("127.0.0.1");
    operator.get("/metrics").await.is(404);
    send(&operator, Method::GET, "/metrics", &[("authorization", "Bearer a metrics token")], "")
        .await
        .is(200);
    send(&operator, Method::GET, "/metrics", &[("authorization", "Bearer another")], "").await.is(404);
}

/// The mailbox of captured mails holds one-time links: it is for development alone.
#[tokio::test]
async fn captured_mail_is_not_shown_in_production() {
    let town = Town::with(|config| config.development = false).await;
    let ann = town.person("Ann").await;
    town.visitor().post("/reset", &[("email", &ann.email)]).await.is(303);
    town.run_jobs().await;
    let mail: uuid::Uuid =
        sqlx::query_scalar("select mail_id from mails").fetch_one(&town.owner).await.unwrap();
    for path in ["/dev/mailbox".to_owned(), format!("/dev/mailbox/{mail}")] {
        town.visitor().get(&path).await.is(404);
        ann.get(&path).await.is(404);
    }
    let page = town.visitor().get("/reset?sent=1").await.is(200).page();
    assert!(!page.has("a[href^='/dev/']"), "and nothing leads there");
}

#[tokio::test]
async fn crawlers_find_what_is_live() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (lamp, draft) = (ann.listing("Brass lamp").live().await, ann.listing("Draft").draft().await);
    town.run_jobs().await;
    let robots = town.visitor().get("/robots.txt").await.is(200);
    assert!(
        robots.text().contains("/sitemap.xml") && robots.text().contains("Disallow: /"),
        "{}",
        robots.text()
    );
    let map = town.visitor().get("/sitemap.xml").await.is(200);
    assert!(map.text().contains(&lamp.id.to_string()) && !map.text().contains(&draft.id.to_string()));
    let page = town.visitor().get(&format!("/listings/brass-lamp-{}", lamp.id)).await.page();
    assert_eq!(
        page.attributes("link[rel='canonical']", "href"),
        [format!("http://localhost:8080/listings/brass-lamp-{}", lamp.id)]
    );
    let personal = ann.get("/account").await.page();
    assert_eq!(personal.attributes("meta[name='robots']", "content"), ["noindex"]);
}

/// A piece of a page for a script is the same piece, and the page stays whole without it.
#[tokio::test]
async fn an_answer_is_packed_for_who_can_unpack_it() {
    let town = Town::new().await;
    let visitor = town.visitor();
    let plain = visitor.get("/").await.is(200);
    assert_eq!(plain.header("content-encoding"), None);
    let packed = send(&visitor, Method::GET, "/", &[("accept-encoding", "gzip, br")], "").await.is(200);
    assert!(matches!(packed.header("content-encoding"), Some("br" | "gzip")));
    assert!(packed.bytes().len() * 2 < plain.bytes().len());
    let head = send(&visitor, Method::HEAD, "/", &[], "").await.is(200);
    assert!(head.bytes().is_empty());
    assert_eq!(head.header(header::CONTENT_TYPE.as_str()), Some("text/html; charset=utf-8"));
}
