//! Finding things: the index follows the events, and results need no SQL.

use kernel::{Cursor, Refusal};
use market::listings::edit::{Edit, Raw};
use market::listings::model::{Condition, Deal};
use market::listings::rules as listings;
use market::search::model::{Ask, Near, Results, Sort};
use market::search::{jobs, rules};
use testkit::{Person, Town};

fn words(text: &str) -> Ask {
    Ask { text: text.to_owned(), limit: 24, ..Ask::default() }
}

async fn find(town: &Town, ask: Ask) -> Results {
    rules::find(&town.market.engine, ask).await.unwrap()
}

/// Titles of what is found, in order.
async fn titles(town: &Town, ask: Ask) -> Vec<String> {
    find(town, ask).await.items.into_iter().map(|f| f.card.title).collect()
}

/// The same sorted, where the order does not matter.
async fn found(town: &Town, ask: Ask) -> Vec<String> {
    let mut titles = titles(town, ask).await;
    titles.sort();
    titles
}

/// Six things of two sellers.
async fn shelf(town: &Town) -> (Person, Person) {
    let (ann, abe) = (town.person("Ann").await, town.person("Abe").await);
    ann.listing("Brass desk lamp").price(1_000).at("Lyon, FR").live().await;
    ann.listing("Paper lamp shade").price(300).condition("new").at("Paris, FR").live().await;
    ann.listing("Wool rug").category("home.rugs").price(9_000).condition("like_new").live().await;
    abe.listing("Oak table").category("home.furniture.tables").price(25_000).meet("Berlin, DE").live().await;
    abe.listing("Pine table").category("home.furniture.tables").price(8_000).currency("USD").live().await;
    abe.listing("Garden chairs").category("home.furniture.chairs").barter("A bench.").live().await;
    town.run_jobs().await;
    (ann, abe)
}

#[tokio::test]
async fn the_index_follows_what_happens() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Brass lamp").description("It shines.").draft().await;
    let by = ann.member().await;
    town.run_jobs().await;
    assert!(titles(&town, words("lamp")).await.is_empty(), "a draft is nobody's business");
    let mut tx = town.db.begin().await.unwrap();
    listings::publish(&mut tx, &by, lamp.id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(titles(&town, words("lamp")).await.is_empty(), "not before the event is read");
    town.run_jobs().await;
    assert_eq!(titles(&town, words("lamp")).await, ["Brass lamp"]);

    let mut tx = town.db.begin().await.unwrap();
    let edit = Edit { title: Some("Copper lantern".to_owned()), ..Edit::default() };
    listings::edit(&mut tx, &by, lamp.id, edit).await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
    assert_eq!(titles(&town, words("lantern")).await, ["Copper lantern"]);
    assert!(titles(&town, words("brass")).await.is_empty());

    let deal = ben.buys(&lamp).await;
    town.run_jobs().await;
    assert!(titles(&town, words("lantern")).await.is_empty(), "promised to somebody");
    ben.takes(deal.order(), "abandon").await;
    town.run_jobs().await;
    assert_eq!(titles(&town, words("lantern")).await.len(), 1, "free again");
    for (step, there) in [("pause", 0), ("publish", 1), ("delete", 0), ("undelete", 1), ("sold", 0)] {
        let mut tx = town.db.begin().await.unwrap();
        match step {
            "pause" => drop(listings::pause(&mut tx, &by, lamp.id).await.unwrap()),
            "publish" => drop(listings::publish(&mut tx, &by, lamp.id).await.unwrap()),
            "delete" => listings::delete(&mut tx, &by, lamp.id).await.unwrap(),
            "undelete" => drop(listings::undelete(&mut tx, &by, lamp.id).await.unwrap()),
            _ => drop(listings::mark_sold(&mut tx, &by, lamp.id).await.unwrap()),
        }
        tx.commit().await.unwrap();
        town.run_jobs().await;
        assert_eq!(titles(&town, words("lantern")).await.len(), there, "{step}");
    }
}

#[tokio::test]
async fn filters_narrow_and_combine() {
    let town = Town::new().await;
    shelf(&town).await;
    let all = || words("");
    assert_eq!(found(&town, all()).await.len(), 6);
    let cases: Vec<(&str, Ask, &[&str])> = vec![
        ("text", words("lamp"), &["Brass desk lamp", "Paper lamp shade"]),
        (
            "category",
            Ask { category: Some("home.furniture".into()), ..all() },
            &["Garden chairs", "Oak table", "Pine table"],
        ),
        ("leaf", Ask { category: Some("home.rugs".into()), ..all() }, &["Wool rug"]),
        ("at least", Ask { min_price: Some(9_000), ..all() }, &["Oak table", "Wool rug"]),
        ("at most", Ask { max_price: Some(1_000), ..all() }, &["Brass desk lamp", "Paper lamp shade"]),
        (
            "between",
            Ask { min_price: Some(1_000), max_price: Some(9_000), ..all() },
            &["Brass desk lamp", "Pine table", "Wool rug"],
        ),
        ("currency", Ask { currency: Some("USD".into()), ..all() }, &["Pine table"]),
        (
            "conditions",
            Ask { conditions: vec![Condition::New, Condition::LikeNew], ..all() },
            &["Paper lamp shade", "Wool rug"],
        ),
        ("deal", Ask { deal: Some(Deal::Barter), ..all() }, &["Garden chairs"]),
        ("delivery", Ask { delivery: Some("meet".into()), ..all() }, &["Oak table"]),
        (
            "seller",
            Ask { seller: Some("ann".into()), ..all() },
            &["Brass desk lamp", "Paper lamp shade", "Wool rug"],
        ),
        ("both", Ask { seller: Some("ann".into()), ..words("table") }, &[]),
        (
            "near",
            Ask { near: Some(Near { lat: 45.76, lng: 4.84, radius_km: 50.0 }), ..all() },
            &["Brass desk lamp"],
        ),
        ("nothing", Ask { category: Some("no.such".into()), ..all() }, &[]),
    ];
    for (name, ask, expected) in cases {
        assert_eq!(found(&town, ask).await, expected, "{name}");
    }
}

#[tokio::test]
async fn facets_say_what_another_choice_would_give() {
    let town = Town::new().await;
    shelf(&town).await;
    let ask = Ask { facets: true, conditions: vec![Condition::New], ..words("") };
    let facets = find(&town, ask).await.facets;
    let count = |of: &[(String, u64)], name: &str| of.iter().find(|(n, _)| n == name).map(|(_, n)| *n);
    assert_eq!(count(&facets.conditions, "good"), Some(4), "its own filter does not count");
    assert_eq!(count(&facets.conditions, "new"), Some(1));
    assert_eq!(count(&facets.categories, "home"), Some(1), "others do");
    let facets = find(&town, Ask { facets: true, category: Some("home".into()), ..words("") }).await.facets;
    assert_eq!(count(&facets.categories, "home.furniture"), Some(3));
}

#[tokio::test]
async fn orders_are_kept() {
    let town = Town::new().await;
    shelf(&town).await;
    let eur = |sort| Ask { sort, currency: Some("EUR".into()), deal: Some(Deal::Cash), ..words("") };
    assert_eq!(
        titles(&town, eur(Sort::PriceAsc)).await,
        ["Paper lamp shade", "Brass desk lamp", "Wool rug", "Oak table"]
    );
    assert_eq!(
        titles(&town, eur(Sort::PriceDesc)).await,
        ["Oak table", "Wool rug", "Brass desk lamp", "Paper lamp shade"]
    );
    assert_eq!(titles(&town, Ask { sort: Sort::Newest, ..words("") }).await[0], "Garden chairs");
    let near = Near { lat: 48.86, lng: 2.35, radius_km: 2_000.0 };
    let nearest = find(&town, Ask { sort: Sort::Distance, near: Some(near), ..words("") }).await;
    let order: Vec<&str> = nearest.items.iter().map(|f| f.card.title.as_str()).collect();
    assert_eq!(order, ["Paper lamp shade", "Brass desk lamp", "Oak table"]);
    assert!(nearest.items[0].distance_km.unwrap() < 10.0);
}

#[tokio::test]
async fn pages_show_each_thing_once() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    for n in 0..23 {
        // Prices and words that are the same make ties.
        ann.listing(&format!("Lamp {}", n % 3)).price(100 + n % 2).live().await;
    }
    town.run_jobs().await;
    for sort in [Sort::Relevance, Sort::Newest, Sort::PriceAsc, Sort::PriceDesc] {
        for text in ["lamp", ""] {
            let (mut seen, mut after) = (Vec::new(), None);
            for _ in 0..10 {
                let page = find(&town, Ask { sort, limit: 5, after: after.clone(), ..words(text) }).await;
                assert_eq!(page.total, 23);
                seen.extend(page.items.iter().map(|f| f.card.id));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let count = seen.len();
            seen.sort();
            seen.dedup();
            assert_eq!((count, seen.len()), (23, 23), "{sort:?} {text:?}");
        }
    }
    for odd in ["nonsense", "", "%00", "AAAA"] {
        let refused =
            rules::find(&town.market.engine, Ask { after: Some(Cursor(odd.into())), ..words("lamp") }).await;
        assert!(matches!(refused, Err(Refusal::Fields(_))), "{odd:?}: {refused:?}");
    }
}

/// Nobody can type anything that breaks the search.
#[tokio::test]
async fn odd_words_find_something_or_nothing() {
    let town = Town::new().await;
    shelf(&town).await;
    let long = "lamp ".repeat(5_000);
    for text in [
        "\"",
        "\"lamp",
        "lamp AND",
        "(((",
        "title:lamp",
        "*",
        "-lamp",
        "lamp^9",
        "~",
        "\\",
        "\0",
        "lamp\0",
        "ß",
        "  ",
        "DROP TABLE listings",
        "🛋️",
        "a",
        "&& ||",
        "[a TO z]",
        "/re/",
        "{",
        &long,
        "\u{202e}pmal",
    ] {
        let ask = Ask { facets: true, ..words(text) };
        rules::find(&town.market.engine, ask).await.unwrap_or_else(|r| panic!("{text:?}: {r:?}"));
        rules::suggest(&town.market.engine, text.to_owned(), 8)
            .await
            .unwrap_or_else(|r| panic!("{text:?}: {r:?}"));
    }
    let odd = Ask {
        min_price: Some(i64::MAX),
        max_price: Some(i64::MIN),
        near: Some(Near { lat: f64::NAN, lng: f64::INFINITY, radius_km: -1.0 }),
        seller: Some("\0".into()),
        attributes: vec![("\0".into(), "\0".into())],
        limit: usize::MAX,
        ..words("lamp")
    };
    rules::find(&town.market.engine, odd).await.unwrap();
}

#[tokio::test]
async fn what_is_typed_is_completed() {
    let town = Town::new().await;
    shelf(&town).await;
    let all = rules::suggest(&town.market.engine, "lam".to_owned(), 8).await.unwrap();
    assert!(all.iter().any(|s| s.text.to_lowercase().contains("lamp")), "{all:?}");
    assert!(all.len() <= 8);
    assert!(rules::suggest(&town.market.engine, "zzzz".to_owned(), 8).await.unwrap().is_empty());
}

/// The index is thrown away, as after a lost disk: it fills itself again from the database.
#[tokio::test]
async fn an_index_that_is_missing_is_built_anew() {
    let town = Town::new().await;
    let (ann, _) = shelf(&town).await;
    let fresh = town.data_dir().join("another");
    let engine = std::sync::Arc::new(search::Engine::open_with(&fresh, 15_000_000).unwrap().engine);
    assert_eq!((engine.count(), engine.bookmark()), (0, None));
    while jobs::follow(&town.db, &engine).await.unwrap() {}
    assert_eq!(engine.count(), 6);
    let rug = ann.listing("Another rug").live().await;
    settle(&town, &engine).await;
    assert_eq!(engine.count(), 7, "and from then on it follows");
    let found = rules::find(&engine, words("another rug")).await.unwrap();
    assert_eq!(found.items[0].card.id, rug.id);
}

/// Follows until nothing is left; other tests' transactions may hold the reader back for a moment.
async fn settle(town: &Town, engine: &std::sync::Arc<search::Engine>) {
    let last: String = sqlx::query_scalar(
        "select xid::text || '.' || event_id from events order by xid desc, event_id desc limit 1",
    )
    .fetch_one(&town.owner)
    .await
    .unwrap();
    for _ in 0..5_000 {
        jobs::follow(&town.db, engine).await.unwrap();
        if engine.bookmark().as_deref() == Some(last.as_str()) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("the index does not follow");
}

/// While a new index is built, the old one goes on answering.
#[tokio::test]
async fn a_rebuild_is_not_noticed() {
    let town = Town::new().await;
    shelf(&town).await;
    let (filled, mut asked) = (jobs::fill(&town.db, &town.market.engine), 0);
    tokio::pin!(filled);
    let count = loop {
        tokio::select! {
            done = &mut filled => break done.unwrap(),
            results = find(&town, words("")) => {
                assert_eq!(results.total, 6);
                asked += 1;
            }
        }
    };
    assert_eq!(count, 6);
    assert!(asked > 0);
    assert_eq!(find(&town, words("")).await.total, 6);
}

#[tokio::test]
async fn a_price_that_means_nothing_is_not_found_by_price() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let swap = ann.listing("Swap").barter("A rug.").live().await;
    let mut tx = town.db.begin().await.unwrap();
    let raw = Raw { price: Some("12".to_owned()), ..Raw::default() };
    let edit = Edit::read(raw, market::catalog::catalog(), kernel::Currency::EUR, None).unwrap();
    listings::edit(&mut tx, &ann.member().await, swap.id, edit).await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
    assert!(titles(&town, Ask { max_price: Some(100_000), ..words("") }).await.is_empty());
    assert_eq!(titles(&town, words("swap")).await.len(), 1);
}
