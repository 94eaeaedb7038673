//! Every page as a browser reads it: well-formed, labelled, in two languages, without a dead link or button.

mod lively;
mod on_the_way;

use lively::{Lively, lively};
use market::accounts::model::Role;
use std::collections::{BTreeMap, BTreeSet};
use testkit::{Answer, Page, Person, Town};

/// What an HTML parser, a screen reader and a strict browser would complain about.
fn complaints(answer: &Answer) -> Vec<String> {
    let page = answer.page();
    let mut found = page.errors();
    found.extend(skeleton(&page));
    found.extend(inline(&page));
    found.extend(ids(&page));
    found.extend(names(&page));
    found.extend(leftovers(&page));
    found
}

fn skeleton(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    for one in ["h1", "main", "title", "html[lang][dir]", "meta[name='viewport']"] {
        let count = page.all(one).len();
        // An icon may hold a title of its own.
        let fine = count == 1 || (one == "title" && page.all("head title").len() == 1);
        found.extend((!fine).then(|| format!("{count} × {one}")));
    }
    found.extend(page.one("head title").is_empty().then(|| "an empty title".to_owned()));
    let levels: Vec<u32> =
        page.all("h1, h2, h3, h4, h5, h6").iter().map(|h| h.value().name()[1..].parse().unwrap()).collect();
    found.extend(levels.windows(2).filter(|w| w[1] > w[0] + 1).map(|w| format!("h{} after h{}", w[1], w[0])));
    found
}

/// The policy forbids scripts and styles inside a page; so there must be none.
fn inline(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    for forbidden in [
        "style",
        "[style]",
        "script:not([src])",
        "a[href^='javascript:']",
        "iframe",
        "object",
        "embed",
        "base",
    ] {
        // A data block is no script.
        let there =
            page.all(forbidden).iter().filter(|e| e.attr("type") != Some("application/ld+json")).count();
        found.extend((there > 0).then(|| format!("{there} × {forbidden}")));
    }
    for element in page.all("*") {
        let handlers =
            element.value().attrs().filter(|(name, _)| name.starts_with("on")).map(|(name, _)| name);
        found.extend(handlers.map(|name| format!("{name} on {}", element.value().name())));
    }
    found
}

/// Ids are unique, and what points at an id finds it.
fn ids(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    let ids = page.attributes("[id]", "id");
    let known: BTreeSet<&String> = ids.iter().collect();
    found.extend((known.len() < ids.len()).then(|| format!("ids that are there twice: {ids:?}")));
    for name in [
        "for",
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
        "aria-owns",
        "list",
        "form",
        "popovertarget",
    ] {
        for value in page.attributes(&format!("[{name}]"), name) {
            let lost = value.split_whitespace().filter(|id| !ids.iter().any(|i| i == id));
            found.extend(lost.map(|id| format!("{name}={id} points at nothing")));
        }
    }
    for href in page.attributes("a[href^='#']", "href") {
        found.extend(
            (href.len() > 1 && !ids.contains(&href[1..].to_owned())).then(|| format!("a link to {href}")),
        );
    }
    found
}

/// Everything that can be used has a name.
fn names(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    let labelled: BTreeSet<String> = page.attributes("label[for]", "for").into_iter().collect();
    let inside: BTreeSet<String> = page
        .attributes("label input[name], label select[name], label textarea[name]", "name")
        .into_iter()
        .collect();
    for control in page.all("input, select, textarea") {
        let kind = control.attr("type").unwrap_or("text");
        let named = control.attr("aria-label").is_some_and(|l| !l.is_empty())
            || control.attr("aria-labelledby").is_some()
            || control.attr("id").is_some_and(|id| labelled.contains(id))
            || control.attr("name").is_some_and(|name| inside.contains(name));
        if !matches!(kind, "hidden" | "submit" | "button") && !named {
            found.push(format!("a field without a label: {:?}", control.attr("name")));
        }
    }
    for thing in page.all("a[href], button, summary, [role='button']") {
        let hidden = thing.attr("aria-hidden") == Some("true");
        let words: String = thing.text().collect();
        let pictures = thing.descendent_elements().any(|e| e.attr("alt").is_some_and(|a| !a.is_empty()));
        let named =
            !words.trim().is_empty() || pictures || thing.attr("aria-label").is_some_and(|l| !l.is_empty());
        found.extend(
            (!hidden && !named)
                .then(|| format!("a nameless {}: {:?}", thing.value().name(), thing.attr("href"))),
        );
    }
    for image in page.all("img") {
        found.extend(
            image.attr("alt").is_none().then(|| format!("a picture without alt: {:?}", image.attr("src"))),
        );
        let sized = image.attr("width").is_some() && image.attr("height").is_some();
        found.extend((!sized).then(|| format!("a picture without a size: {:?}", image.attr("src"))));
    }
    for table in page.all("table") {
        let has_head = table.descendent_elements().any(|e| e.value().name() == "th");
        found.extend((!has_head).then(|| "a table without heads".to_owned()));
    }
    found
}

/// Words that are no words: an unfilled place of a message, or the key of one that does not exist.
fn leftovers(page: &Page) -> Vec<String> {
    let mut shown: Vec<String> = page
        .all("body *")
        .iter()
        .filter(|e| !matches!(e.value().name(), "script" | "style" | "code" | "pre" | "textarea" | "svg"))
        .flat_map(|e| e.children().filter_map(|c| c.value().as_text().map(|t| t.trim().to_owned())))
        .collect();
    for name in ["aria-label", "title", "alt", "placeholder"] {
        shown.extend(page.attributes(&format!("[{name}]"), name));
    }
    let is_key = |t: &str| {
        t.contains('-')
            && t.split('-').all(|p| {
                !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            })
    };
    shown
        .into_iter()
        .filter(|t| t.contains(['{', '}']) || is_key(t))
        .map(|t| format!("a leftover: {t:?}"))
        .collect()
}

/// Pages that were looked at and found wanting.
#[derive(Default)]
struct Inspection(BTreeMap<String, Vec<String>>);

impl Inspection {
    fn look(&mut self, who: &str, path: &str, answer: &Answer) {
        let mut found = if answer.status() == 200 { complaints(answer) } else { vec![answer.told()] };
        found.dedup();
        if !found.is_empty() {
            self.0.insert(format!("{who} {path}"), found);
        }
    }

    #[track_caller]
    fn must_be_clean(self) {
        let told: Vec<String> =
            self.0.iter().map(|(page, found)| format!("{page}\n    {}", found.join("\n    "))).collect();
        assert!(told.is_empty(), "{} pages are wanting:\n{}", told.len(), told.join("\n"));
    }
}

/// Every page of the table that names no object.
fn plain_paths() -> Vec<(&'static str, kit::route::Audience)> {
    tradeplus::routes::all()
        .into_iter()
        .filter(|r| r.method == http::Method::GET && !r.path.contains('{') && !r.path.starts_with("/api/"))
        .filter(|r| r.rate != kit::route::Rate::Plain && r.path != "/sitemap.xml")
        // Files.
        .filter(|r| !["/account/data/copy", "/payouts/tax/told.csv"].contains(&r.path))
        .map(|r| (r.path, r.audience))
        .collect()
}

/// Ways that only lead on, and show nothing themselves.
const LEAD_ON: &[&str] = &[
    "/account/sign-ins/with/{provider}",
    "/checkout/{payment}/pay",
    "/checkout/{payment}/return",
    "/confirm/with/{provider}",
    // A file.
    "/documents/{document}/pdf",
    // A picture.
    "/orders/{order}/case/photos/{evidence}",
    "/orders/{order}/{step}",
    // A table for other programs.
    "/payouts/{payout}/statement.csv",
    "/sign-in/with/{provider}",
    "/sign-in/with/{provider}/return",
];

/// Every page of the table that names an object.
fn paths_of_objects() -> Vec<&'static str> {
    tradeplus::routes::all()
        .into_iter()
        .filter(|r| r.method == http::Method::GET && r.path.contains('{') && !r.path.starts_with("/api/"))
        .filter(|r| r.rate != kit::route::Rate::Plain && !LEAD_ON.contains(&r.path))
        .map(|r| r.path)
        .collect()
}

/// Whether an address is one of a path of the table.
fn is_of(path: &str, address: &str) -> bool {
    let address = address.split('?').next().unwrap_or_default();
    let (parts, words): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), address.split('/').collect());
    parts.len() == words.len()
        && parts.iter().zip(&words).all(|(part, word)| part.starts_with('{') || part == word)
}

/// Follows redirects of pages that only lead on.
async fn open(who: Option<&Person>, town: &Town, path: &str, lang: &str) -> Answer {
    let visitor = town.visitor();
    let browser = who.map_or(&visitor, |w| &w.browser);
    // As chosen on the page: it wins over the language of the account.
    browser.set_cookie("tp_lang", lang);
    let get = async |path: &str| match who {
        Some(who) => who.get(path).await,
        None => browser.get(path).await,
    };
    let mut answer = get(path).await;
    for _ in 0..3 {
        match answer.header("location") {
            Some(next) if matches!(answer.status(), 303 | 308) => answer = get(next).await,
            _ => break,
        }
    }
    answer
}

#[tokio::test]
async fn every_page_without_an_object_is_sound_in_every_language() {
    use kit::route::Audience;
    let town = lively().await.town;
    let (ann, ben) = (town.person("Nia").await, town.person("Noah").await);
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let dee = town.person("Dee").await;
    town.suspend(&dee).await;
    let lamp = ann.listing("Nia's lamp").live().await;
    ben.buys(&lamp).await;
    town.run_jobs().await;
    let mut seen = Inspection::default();
    let paths = plain_paths();
    assert!(paths.len() > 20, "{paths:?}");
    for (path, audience) in paths {
        for lang in ["en", "de"] {
            match audience {
                Audience::Everyone => {
                    for who in [None, Some(&ann)] {
                        let answer = open(who, &town, path, lang).await;
                        seen.look(lang, path, &answer);
                    }
                }
                Audience::Suspended => seen.look(lang, path, &open(Some(&dee), &town, path, lang).await),
                Audience::Staff(_) | Audience::StaffOf(_) => {
                    seen.look(lang, path, &open(Some(&olga), &town, path, lang).await);
                }
                _ => {
                    for who in [&ann, &ben] {
                        seen.look(lang, path, &open(Some(who), &town, path, lang).await);
                    }
                }
            }
        }
    }
    seen.must_be_clean();
}

#[tokio::test]
async fn every_page_of_an_object_is_sound_in_every_language() {
    let Lively { town, ann, ben, olga, pages } = lively().await;
    let mut seen = Inspection::default();
    for lang in ["en", "de"] {
        for (who, path) in &pages {
            let person = match *who {
                "ann" => Some(&ann),
                "ben" => Some(&ben),
                "olga" => Some(&olga),
                _ => None,
            };
            let answer = open(person, &town, path, lang).await;
            seen.look(&format!("{who} {lang}"), path, &answer);
            assert!(!answer.text().contains("<script>alert"), "{path}");
        }
    }
    seen.must_be_clean();
    let is_forgotten = |path: &&str| !pages.iter().any(|(_, address)| is_of(path, address));
    let forgotten: Vec<&str> = paths_of_objects().into_iter().filter(is_forgotten).collect();
    assert!(forgotten.is_empty(), "nobody looks at {forgotten:?}; add them to the lively town");
}

/// Pages that say no are pages too.
#[tokio::test]
async fn refusals_are_sound_pages() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mut seen = Inspection::default();
    for lang in ["en", "de"] {
        let visitor = town.visitor();
        visitor.speaks(lang);
        for (status, answer) in [
            (404, visitor.get("/nowhere").await),
            (404, visitor.get("/listings/nothing-at-all").await),
            (404, ann.get("/admin").await),
            (405, visitor.post("/about", &[]).await),
            (422, visitor.post("/register", &[]).await),
            (422, visitor.post("/sign-in", &[("email", "x"), ("password", "y")]).await),
            (409, visitor.post("/verify", &[("token", "x")]).await),
            (
                403,
                visitor
                    .send(
                        visitor
                            .request(http::Method::POST, "/sign-in")
                            .header("sec-fetch-site", "cross-site")
                            .body(axum::body::Body::empty())
                            .unwrap(),
                    )
                    .await,
            ),
        ] {
            assert_eq!(answer.status(), status, "{}", answer.told());
            let found = complaints(&answer);
            if !found.is_empty() {
                seen.0.insert(format!("{lang} {}", answer.told()), found);
            }
        }
    }
    seen.must_be_clean();
}

/// Follows every link and tries the address of every form that there is, as each kind of person.
#[tokio::test]
async fn no_link_and_no_button_is_dead() {
    let Lively { town, ann, ben, olga, pages } = lively().await;
    let visitor = town.visitor();
    for (name, who) in [("", None), ("ann", Some(&ann)), ("ben", Some(&ben)), ("olga", Some(&olga))] {
        let start = pages.iter().filter(|(w, _)| *w == name).map(|(_, p)| p.clone());
        let mut waiting: Vec<(String, String)> =
            start.chain(["/".to_owned()]).map(|p| (p, "the start".to_owned())).collect();
        let (mut seen, mut forms) = (BTreeSet::new(), BTreeSet::new());
        while let Some((path, from)) = waiting.pop() {
            let path = path.split('#').next().unwrap_or("/").to_owned();
            if !seen.insert(path.clone()) || seen.len() > 400 {
                continue;
            }
            let answer = match who {
                Some(who) => who.get(&path).await,
                None => visitor.get(&path).await,
            };
            assert!(
                matches!(answer.status(), 200 | 303 | 308),
                "{name}: {path}, from {from}: {}",
                answer.told()
            );
            if let Some(next) = answer.header("location") {
                waiting.push((next.to_owned(), path.clone()));
            }
            if answer.status() == 200
                && answer.header("content-type").is_some_and(|t| t.starts_with("text/html"))
            {
                let page = answer.page();
                let local = |p: &String| p.starts_with('/') && !p.starts_with("//");
                let links = page.attributes("a[href], link[href], area[href]", "href");
                let files = page.attributes("[src]", "src");
                waiting.extend(links.into_iter().chain(files).filter(local).map(|p| (p, path.clone())));
                let targets = page.attributes("form[method='post'][action]", "action");
                let buttons = page.attributes("[formaction]", "formaction");
                forms.extend(targets.into_iter().chain(buttons).map(|a| (a, path.clone())));
            }
        }
        assert!(seen.len() > 20, "{name} saw only {} pages", seen.len());
        for (action, from) in forms {
            // From another site, so that nothing happens: an address that exists refuses it, another is not found.
            let browser = who.map_or(&visitor, |w| &w.browser);
            let request = browser.request(http::Method::POST, &action).header("sec-fetch-site", "cross-site");
            let answer = browser.send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(
                answer.status(),
                403,
                "{name}: the form to {action} on {from} leads nowhere: {}",
                answer.told()
            );
        }
    }
}

/// What a page weighs before photos.
#[tokio::test]
async fn pages_stay_light() {
    let Lively { town, ann, pages, .. } = lively().await;
    for (who, path) in pages.iter().filter(|(w, _)| matches!(*w, "" | "ann")) {
        let answer = match *who {
            "ann" => ann.get(path).await,
            _ => town.visitor().get(path).await,
        };
        assert!(answer.bytes().len() < 150_000, "{path}: {} bytes", answer.bytes().len());
    }
}
