//! A catalogue in, a catalogue out.

use market::import::rules::{Import, Report, run};
use market::import::{export, row::Row};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::atomic::{AtomicU64, Ordering};
use testkit::{Person, Town, pictures};

const GOOD: &str = r#"{"external_id": "a-1", "title": "Desk lamp", "description": "Brass.", "category": "Home & furniture > Lamps & lighting", "price": 1250, "currency": "EUR", "condition": "good", "quantity": 2, "location": "Lyon, FR"}"#;

async fn import(town: &Town, seller: &Person, text: &str, publish: bool) -> Report {
    import_with(town, seller, text.as_bytes().to_vec(), publish, &BTreeMap::new()).await
}

async fn import_with(
    town: &Town,
    seller: &Person,
    text: Vec<u8>,
    publish: bool,
    files: &BTreeMap<&str, Vec<u8>>,
) -> Report {
    let seller = seller.member().await;
    let done = AtomicU64::new(0);
    let picture = |path: &str| {
        files.get(path).cloned().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))
    };
    let import = Import {
        db: &town.db,
        studio: &town.market.studio,
        objects: &town.market.objects,
        seller: &seller,
        publish,
        picture: &picture,
        currency: kernel::Currency::EUR,
        progress: &|line| done.store(line, Ordering::Relaxed),
    };
    run(&import, Box::new(Cursor::new(text))).await.unwrap()
}

fn counted(report: &Report) -> (u64, u64, Vec<u64>) {
    (report.created, report.updated, report.bad.iter().map(|b| b.line).collect())
}

async fn live(town: &Town) -> i64 {
    town.count("select count(*) from listings where state = 'live'").await
}

#[tokio::test]
async fn good_rows_are_kept_whatever_their_neighbours_are() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let text = [
        GOOD,
        "not a row",
        r#"{"external_id": "a-2", "title": "x", "category": "Dragons", "price": -5, "currency": "euro"}"#,
        "",
        r#"{"external_id": " ", "title": "No number"}"#,
        r#"{"external_id": 7, "title": "A number for a name", "category": "home.lighting", "price": 100, "currency": "EUR"}"#,
        r#"{"title": "Half a"#,
    ]
    .join("\n");
    let report = import(&town, &ann, &text, true).await;
    assert_eq!(counted(&report), (2, 0, vec![2, 3, 5, 7]), "{report:?}");
    let reasons = &report.bad[1].reason;
    for field in ["title: ", "category: ", "currency: ", "price: "] {
        assert!(reasons.contains(field), "{field} is not told of: {reasons}");
    }
    assert_eq!(live(&town).await, 2);
}

#[tokio::test]
async fn doing_it_again_updates_instead_of_duplicating() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    assert_eq!(counted(&import(&town, &ann, GOOD, true).await), (1, 0, vec![]));
    town.run_jobs().await;
    let events = town.told().await.len();
    assert_eq!(counted(&import(&town, &ann, GOOD, true).await), (0, 1, vec![]));
    assert_eq!(town.told().await.len(), events, "what did not change tells nothing");
    let cheaper = GOOD.replace("1250", "990");
    assert_eq!(counted(&import(&town, &ann, &cheaper, true).await), (0, 1, vec![]));
    assert_eq!(town.count("select price_amount from listings").await, 990);
    let abe = town.person("Abe").await;
    assert_eq!(
        counted(&import(&town, &abe, GOOD, true).await),
        (1, 0, vec![]),
        "another seller's numbers are theirs"
    );
}

#[tokio::test]
async fn the_same_number_twice_in_one_file_is_one_listing() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let text = format!("{GOOD}\n{}", GOOD.replace("1250", "990"));
    assert_eq!(counted(&import(&town, &ann, &text, true).await), (1, 1, vec![]));
    assert_eq!(town.count("select price_amount from listings").await, 990);
}

#[tokio::test]
async fn drafts_stay_drafts_until_they_are_published() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let poor = r#"{"external_id": "p", "title": "No category yet", "currency": "EUR"}"#;
    let report = import(&town, &ann, &format!("{GOOD}\n{poor}"), false).await;
    assert_eq!((counted(&report), live(&town).await), ((2, 0, vec![]), 0));
    let report = import(&town, &ann, &format!("{GOOD}\n{poor}"), true).await;
    assert_eq!((counted(&report), live(&town).await), ((0, 1, vec![2]), 1), "{report:?}");
}

#[tokio::test]
async fn csv_is_read_by_its_header() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let text = "\
external_id,title,price,currency,category,condition,quantity,attributes.material,description,unknown
c-1,Floor lamp,12.50,EUR,Home & furniture > Lamps & lighting,good,3,brass,\"Two lines,
and a comma\",x
c-2,Table lamp,\"1.234,00\",EUR,home.lighting,like_new,1,,,
c-3,Broken price,a lot,EUR,home.lighting,good,1,,,
c-4,Too few cells
c-5,Odd quantity,1,EUR,home.lighting,good,many,,,
c-6,Last lamp,0.99,EUR,home.lighting,for_parts,1,,,
";
    let report = import(&town, &ann, text, true).await;
    assert_eq!(counted(&report), (3, 0, vec![5, 6, 7]), "{report:?}");
    let prices: Vec<i64> = sqlx::query_scalar("select price_amount from listings order by external_id")
        .fetch_all(&town.owner)
        .await
        .unwrap();
    assert_eq!(prices, [1_250, 123_400, 99]);
    let kept: serde_json::Value =
        sqlx::query_scalar("select attributes from listings where external_id = 'c-1'")
            .fetch_one(&town.owner)
            .await
            .unwrap();
    assert_eq!(kept["material"], "brass");
}

/// Whatever a file holds, it is told of by line, and the rest is kept.
#[tokio::test]
async fn hostile_rows_stop_nobody() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let row = |id: &str, more: &str| {
        format!(
            r#"{{"external_id": {id}, "title": "Lamp", "category": "home.lighting", "price": 100, "currency": "EUR"{more}}}"#
        )
    };
    let long = format!("\"{}\"", "x".repeat(9_000));
    let rows = [
        row("\"before\"", ""),
        row("\"nul\\u0000byte\"", ""),
        row(&long, ""),
        row("\"attributes\"", r#", "attributes": {"a\u0000b": "c"}"#),
        row("\"values\"", r#", "attributes": {"colour": "a\u0000b", "deep": {"x": [1, {"y": "\u0000"}]}}"#),
        row("\"words\"", r#", "description": "a\u0000b", "location": "\u0000", "wanted": "\u0000"#)
            .replace("\\u0000}", "\\u0000\"}"),
        row("\"many\"", r#", "quantity": 99999999999"#),
        row("\"price\"", "").replace("100", "9223372036854775807"),
        row("\"after\"", ""),
    ];
    let report = import(&town, &ann, &rows.join("\n"), true).await;
    let kept: Vec<String> =
        sqlx::query_scalar("select external_id from listings").fetch_all(&town.owner).await.unwrap();
    for id in ["before", "after"] {
        assert!(kept.iter().any(|k| k == id), "{id} is missing: {report:?}");
    }
    let taken = usize::try_from(report.created + report.updated).unwrap();
    assert_eq!(taken + report.bad.len(), rows.len(), "every row is kept or told of: {report:?}");
    assert_eq!(kept.len(), taken);
    let second = GOOD.replace("a-1", "a-2");
    let bytes = [GOOD.as_bytes(), b"\n{\xff\xfe\xfd\n", second.as_bytes()].concat();
    let report = import_with(&town, &ann, bytes, true, &BTreeMap::new()).await;
    assert_eq!(counted(&report), (2, 0, vec![2]), "{report:?}");
}

/// A row whose listing was deleted by its seller is a row like any other: it must not stop the file.
#[tokio::test]
async fn a_deleted_listing_stops_nobody() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    import(&town, &ann, GOOD, true).await;
    let listing: kernel::ListingId =
        sqlx::query_scalar("select listing_id from listings").fetch_one(&town.owner).await.unwrap();
    let (by, mut tx) = (ann.member().await, town.db.begin().await.unwrap());
    market::listings::rules::delete(&mut tx, &by, listing).await.unwrap();
    tx.commit().await.unwrap();
    let text = format!("{GOOD}\n{}", GOOD.replace("a-1", "a-2"));
    let report = import(&town, &ann, &text, true).await;
    assert_eq!(report.created, 1, "the second row is kept: {report:?}");
    assert_eq!(
        report.updated + u64::try_from(report.bad.len()).unwrap(),
        1,
        "the first is told of or taken: {report:?}"
    );
}

#[tokio::test]
async fn pictures_come_along_once() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let row = GOOD.replace('}', r#", "image_paths": ["a.png", "missing.png", "bad.png", "b.jpg"]}"#);
    let files = BTreeMap::from([
        ("a.png", pictures::good(1)),
        ("b.jpg", pictures::jpeg(2)),
        ("bad.png", pictures::page()),
    ]);
    for n in 0..2 {
        let report = import_with(&town, &ann, row.clone().into_bytes(), true, &files).await;
        assert_eq!(town.count("select count(*) from photos").await, 2);
        assert_eq!(report.bad.len(), if n == 0 { 2 } else { 0 }, "{report:?}");
        assert!(report.bad.iter().all(|b| b.line == 1 && b.reason.starts_with("image_paths: ")));
    }
}

#[tokio::test]
async fn what_goes_out_comes_in_again() {
    let town = Town::new().await;
    let (ann, abe) = (town.person("Ann").await, town.person("Abe").await);
    ann.listing("Desk lamp")
        .price(1_250)
        .quantity(2)
        .at("Lyon, FR")
        .attribute("colour", "black")
        .live()
        .await;
    ann.listing("Swap").barter("A rug.").live().await;
    let mut out = Vec::new();
    let count = export::run(&mut town.db.read().await.unwrap(), Some(ann.id), &mut out).await.unwrap();
    assert_eq!(count, 2);
    let text = String::from_utf8(out).unwrap();
    assert!(text.lines().all(|l| Row::from_json(l).is_ok()));
    assert_eq!(counted(&import(&town, &abe, &text, true).await), (2, 0, vec![]));
    let differ = "select count(*) from listings a join listings b on b.external_id = a.listing_id::text
        where (a.title, a.description, a.category, a.condition, a.price_amount, a.quantity, a.deal, a.wanted, a.town,
               a.attributes, a.ship, a.meet, a.shipping_amount)
          is not distinct from (b.title, b.description, b.category, b.condition, b.price_amount, b.quantity, b.deal,
               b.wanted, b.town, b.attributes, b.ship, b.meet, b.shipping_amount)";
    assert_eq!(town.count(differ).await, 2);
}

#[tokio::test]
async fn a_large_file_is_kept_batch_by_batch() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let text: String = (0..600).map(|n| GOOD.replace("a-1", &format!("n-{n}")) + "\n").collect();
    assert_eq!(counted(&import(&town, &ann, &text, true).await), (600, 0, vec![]));
    town.run_jobs().await;
    assert_eq!(town.market.engine.count(), 600, "search hears of all of them");
}
