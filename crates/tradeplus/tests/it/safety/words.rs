//! What people type stays what it is: words. No page, mail or answer takes it for markup, code, a pattern or a
//! format, and it is kept as it was typed.

use kernel::text::clean;
use serde_json::json;
use testkit::{Page, Town};

/// What is markup, code, a template, a format or a pattern somewhere.
const TRICKS: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</title></textarea><script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1)) ![y](https://evil.example/p.png)",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "{ $name } {0} %s %n %d {name}",
    "<!-- x --> ]]> \u{2028} \\u003cscript\\u003e",
    "=1+1 +1 -1 @SUM(1)",
    "' or 1=1 -- ; drop table members",
    "100%_ \\ .* (a|b)+ [a-z",
];

/// What an element of the page must not be, whoever wrote the words on it.
fn smuggled(page: &Page) -> Vec<String> {
    let kinds =
        "script:not([src]), img[src='x'], svg[onload], [onerror], [onload], iframe, object, embed, base";
    let mut found = page.attributes(kinds, "class");
    found.extend(page.all(kinds).iter().map(|e| e.html()));
    for name in ["href", "src", "action", "formaction"] {
        for leads in page.attributes(&format!("[{name}]"), name) {
            let plain = leads.trim_start().to_lowercase();
            // What stands for a photo until it is loaded is data.
            let data = name != "src" && plain.starts_with("data:");
            let odd = ["javascript:", "vbscript:", "//", "\\"].iter().any(|bad| plain.starts_with(bad));
            let elsewhere = plain.starts_with("http") && !plain.starts_with("http://localhost:8080");
            found.extend((data || odd || elsewhere).then_some(leads));
        }
    }
    found
}

#[tokio::test]
async fn tricks_stay_words() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    for trick in TRICKS {
        let name: String = format!("A {trick}").chars().take(40).collect();
        let profile = [("display_name", name.as_str()), ("bio", trick), ("location", "")];
        ann.post("/account/profile", &profile).await.is(303);
        let title = format!("Lamp {trick}");
        let lamp = ann.listing(&title).description(trick).live().await;
        let deal = ben.buys(&lamp).await;
        ben.pays(&deal).await;
        ann.post(&format!("/orders/{}/ship", deal.order()), &[("carrier", "DHL"), ("tracking", "x")]).await;
        let problem = format!("The shade of the lamp is broken. {trick}");
        ben.post(&format!("/orders/{}/report_not_received", deal.order()), &[("problem", &problem)]).await;

        let kept: (String, String) =
            sqlx::query_as("select title, description from listings where listing_id = $1")
                .bind(lamp.id.0)
                .fetch_one(&town.owner)
                .await
                .unwrap();
        assert_eq!(kept, (clean(&title, false), clean(trick, true)));
        let told = town.visitor().get(&format!("/api/v1/listings/{}", lamp.id)).await.is(200);
        assert_eq!(told.at("/title"), json!(clean(&title, false)));

        town.run_jobs().await;
        let order = format!("/orders/{}", deal.order());
        let listing = format!("/listings/{}-{}", lamp.slug, lamp.id);
        let pages = [
            town.visitor().get(&listing).await,
            town.visitor().get("/members/ann").await,
            town.visitor().get(&format!("/search?{}", query("q", trick))).await,
            ann.get(&format!("/sell/{}", lamp.id)).await,
            ann.get("/sell").await,
            ann.get("/account/profile").await,
            ann.get(&order).await,
            ben.get(&order).await,
            ben.get("/orders").await,
        ];
        for answer in pages {
            assert!(matches!(answer.status(), 200 | 303), "{trick}: {}", answer.told());
            if answer.status() == 303 {
                continue;
            }
            let found = smuggled(&answer.page());
            assert!(found.is_empty(), "{trick}: {found:?}");
        }
        let page = town.visitor().get(&listing).await;
        let words: String = clean(trick, true).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.page().text().contains(&words), "{words} is not shown as it is: {}", page.told());
        for mail in town.mails_to(&ann.email).await.iter().chain(&town.mails_to(&ben.email).await) {
            assert!(
                smuggled(&Page::parse(&mail.html)).iter().all(|s| !s.contains("alert")),
                "{}",
                mail.subject
            );
            assert!(!mail.subject.contains(['\r', '\n']), "{:?}", mail.subject);
        }
    }
}

fn query(name: &str, value: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}

/// What is asked for is decoded once, and what is no text is not made one.
#[tokio::test]
async fn input_is_decoded_once() {
    let town = Town::new().await;
    let visitor = town.visitor();
    for (asked, read) in [
        ("%2541", "%41"),
        ("%252e%252e%252f", "%2e%2e%2f"),
        ("%26lt%3Bb%26gt%3B", "&lt;b&gt;"),
        ("a%2Bb", "a+b"),
    ] {
        let page = visitor.get(&format!("/search?q={asked}")).await.is(200).page();
        let shown = page.attributes("input[name='q']", "value");
        assert!(!shown.is_empty() && shown.iter().all(|s| s == read), "{asked}: {shown:?}");
    }
    for path in [
        "/%2561bout",
        "/about%252f",
        "/%c0%ae%c0%ae/about",
        "/a%c0%afbout",
        "/%E0%80%AFabout",
        "/%EF%BD%81bout",
    ] {
        assert_eq!(visitor.get(path).await.status(), 404, "{path}");
    }
    // One letter, written in two ways.
    let ann = town.person("Ann").await;
    for name in ["Zo\u{e9}", "Zoe\u{301}"] {
        ann.post("/account/profile", &[("display_name", name), ("bio", ""), ("location", "")]).await.is(303);
        assert_eq!(ann.member().await.display_name, "Zo\u{e9}");
    }
}

/// Breaks of a line in what goes into heads of mails are no breaks.
#[tokio::test]
async fn no_line_breaks_out_of_its_mail() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let name = "Ann\r\nBcc: all@example.org\r\n\r\nHello";
    let done = ann.post("/account/profile", &[("display_name", name), ("bio", ""), ("location", "")]).await;
    assert!(matches!(done.status(), 303 | 422), "{}", done.told());
    assert!(!ann.member().await.display_name.contains(['\r', '\n']));
    for address in ["a@b.co\r\nBcc: c@d.eu", "a@b.co\nx", "a@b.co, c@d.eu", "<a@b.co>", "a@b.co\0"] {
        let read = market::accounts::model::Email::read(address);
        assert!(
            read.is_err() || !read.unwrap().as_str().contains(['\r', '\n', ',', '<', '\0']),
            "{address:?}"
        );
        town.visitor().post("/reset", &[("email", address)]).await;
    }
    let lamp = ann.listing("Lamp\r\nBcc: all@example.org").live().await;
    let ben = town.person("Ben").await;
    let deal = ben.buys(&lamp).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    assert!(town.count("select count(*) from mails").await > 0);
    let broken = r"select count(*) from mails where subject ~ '[\r\n]' or to_address ~ '[\r\n,<>]'";
    assert_eq!(town.count(broken).await, 0);
}

/// Of somebody's account others see the name, the place, the words about themselves, and never the address.
#[tokio::test]
async fn nobody_sees_somebody_elses_address() {
    let town = Town::new().await;
    let (ann, ben, eve) = (town.person("Ann").await, town.person("Ben").await, town.person("Eve").await);
    eve.get("/account").await.is(200);
    let lamp = ann.listing("Lamp").live().await;
    let deal = ben.buys(&lamp).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    let order = format!("/orders/{}", deal.order());
    let api = |path: &str| format!("/api/v1{path}");
    for path in [
        "/members/ann".to_owned(),
        format!("/listings/lamp-{}", lamp.id),
        "/search?q=lamp".to_owned(),
        api(&format!("/listings/{}", lamp.id)),
        api("/listings?q=lamp"),
    ] {
        for browser in [&eve.browser, &town.visitor()] {
            let answer = browser.get(&path).await.is(200);
            assert!(!answer.text().contains(&ann.email), "{path}");
        }
    }
    assert!(!ben.get(&order).await.is(200).text().contains(&ann.email));
    assert!(!ann.get(&order).await.is(200).text().contains(&ben.email));
    let told = ann.api(http::Method::GET, &order, None).await.is(200);
    assert!(!told.text().contains(&ben.email));
}
