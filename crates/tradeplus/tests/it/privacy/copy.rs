//! A copy of everything: all of Ann, nothing of Evelyn, for Ann alone, for a week.

use super::asks_for_a_copy;
use market::privacy::files::FILES;
use market::privacy::register::{InCopy, Level, tables};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use testkit::{Answer, Person, Town, pictures};
use time::Duration;

/// Names and contents of an archive's files.
fn unpacked(answer: &Answer) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(answer.bytes().to_vec())).unwrap();
    let mut files = BTreeMap::new();
    for n in 0..archive.len() {
        let mut file = archive.by_index(n).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().to_owned(), bytes);
    }
    files
}

/// Ann with a bit of everything, and Evelyn, with whom she has deals both ways.
async fn neighbours(town: &Town) -> (Person, Person) {
    let (ann, eve) = (town.person("Ann").await, town.person("Evelyn").await);
    ann.post("/account/profile", &[("display_name", "Ann"), ("bio", "I mend lamps."), ("location", "")])
        .await
        .is(303);
    let bank = [("holder", "Ann Garden"), ("iban", "DE89 3704 0044 0532 0130 00")];
    ann.post("/account/bank/new", &bank).await.goes_to("/account/bank");
    let lamp = ann.listing("Lamp").live().await;
    let picture = pictures::good(1);
    ann.upload(&format!("/sell/{}/photos", lamp.id), &[], &[("photo", "a.png", &picture)]).await.is(303);
    eve.listing("Wardrobe").description("Evelyn's own wardrobe").live().await;
    let vase = eve.listing("Vase").live().await;
    let bought = ann.buys(&vase).await;
    ann.pays(&bought).await;
    eve.takes(bought.order(), "ship").await;
    ann.takes(bought.order(), "confirm_early").await;
    let sold = eve.buys(&lamp).await;
    eve.pays(&sold).await;
    sqlx::query(
        r#"update orders set problem = 'Evelyn finds it too dark', delivery_address =
             jsonb_set(delivery_address, '{line1}', '"1 Evelyn Lane"') where buyer_id = $1"#,
    )
    .bind(eve.id.0)
    .execute(&town.owner)
    .await
    .unwrap();
    town.run_jobs().await;
    (ann, eve)
}

#[tokio::test]
async fn it_has_everything_of_its_owner_and_nothing_of_others() {
    let town = Town::new().await;
    let (ann, _) = neighbours(&town).await;
    asks_for_a_copy(&ann).await;
    ann.get("/account/data").await.shows("being made");
    town.run_jobs().await;
    let mails = town.mails_to(&ann.email).await;
    assert!(mails.iter().any(|m| m.subject == "Your copy is ready"));
    let taken = ann.get("/account/data/copy").await.is(200);
    assert_eq!(taken.header("content-type"), Some("application/zip"));
    assert_eq!(taken.header("cache-control"), Some("no-store"));
    // Named by us, not by anybody who wrote something.
    assert_eq!(taken.header("content-disposition"), Some("attachment; filename=\"my-data.zip\""));
    let files = unpacked(&taken);
    assert!(files.contains_key("README.txt"));
    assert_eq!(files.keys().filter(|name| name.starts_with("pictures/listings/")).count(), 1);
    let mut all = String::new();
    for name in
        FILES.iter().map(|f| f.name).chain(["mails.json", "bank_accounts.json", "seller_profile.json"])
    {
        let text = String::from_utf8(files[name].clone()).unwrap();
        let rows: Value = serde_json::from_str(&text).unwrap();
        assert!(rows.is_array(), "{name}");
        all.push_str(&text);
    }
    for mine in [
        "ann@example.org",
        "I mend lamps.",
        "Lamp",
        "Vase",
        "12 Garden Street",
        "4242",
        "DE89370400440532013000",
    ] {
        assert!(all.contains(mine), "{mine} is missing");
    }
    assert!(!all.to_lowercase().contains("evelyn"), "what others have written, and who they are, is theirs");
    assert!(!all.contains("Wardrobe") && !all.contains("$argon2"), "{all}");
    for table in tables() {
        let InCopy::In(file) = table.copy else { continue };
        let text = String::from_utf8_lossy(&files[file]);
        for column in table.columns {
            let opens = |name: &&str| matches!(column.level(name), Level::Secret | Level::Sealed);
            for name in column.each().filter(opens) {
                assert!(!text.contains(&format!("\"{name}\"")), "{name} of {} is in a copy", table.name);
            }
        }
    }
}

#[tokio::test]
async fn it_is_for_its_owner_who_has_just_shown_who_they_are() {
    let town = Town::new().await;
    let (ann, eve) = neighbours(&town).await;
    ann.get("/account/data/copy").await.is(404);
    asks_for_a_copy(&ann).await;
    town.run_jobs().await;
    eve.get("/account/data/copy").await.is(404);
    town.visitor().get("/account/data/copy").await.goes_to("/sign-in?next=%2Faccount%2Fdata%2Fcopy");
    town.clock.advance(Duration::minutes(11));
    ann.get("/account/data/copy").await.goes_to("/confirm?next=%2Faccount%2Fdata%2Fcopy");
}

#[tokio::test]
async fn one_a_day_is_made_and_it_ends_after_a_week() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    asks_for_a_copy(&ann).await;
    let again = ann.post("/account/data/copy", &[]).await.goes_to("/account/data");
    ann.follow_page(&again).await.shows("one copy a day");
    town.run_jobs().await;
    let objects = &town.market.objects;
    let folder = format!("copies/{}", ann.id);
    let first = objects.list(&folder).await.unwrap();
    assert_eq!(first.len(), 1);
    assert!(std::fs::read_dir(town.data_dir().join("tmp")).unwrap().next().is_none(), "nothing lies around");

    town.clock.advance(Duration::days(2));
    let member = ann.member().await;
    let mut tx = town.db.begin().await.unwrap();
    let client = market::accounts::model::Client::default();
    market::privacy::copy::ask(&mut tx, &member, &client, "http://localhost").await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
    let second = objects.list(&folder).await.unwrap();
    assert!(second.len() == 1 && second != first, "the new one takes the place of the old one: {second:?}");

    town.later(Duration::days(7) - Duration::seconds(1)).await;
    assert_eq!(objects.list(&folder).await.unwrap().len(), 1);
    town.later(Duration::seconds(2)).await;
    assert!(objects.list(&folder).await.unwrap().is_empty());
    assert_eq!(town.count("select count(*) from data_copies").await, 0);
}

/// A copy ends on its day, also when the next one was asked for and never made.
#[tokio::test]
async fn a_copy_ends_though_the_next_one_failed() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    asks_for_a_copy(&ann).await;
    town.run_jobs().await;
    town.clock.advance(Duration::days(2));
    let member = ann.member().await;
    let mut tx = town.db.begin().await.unwrap();
    let client = market::accounts::model::Client::default();
    market::privacy::copy::ask(&mut tx, &member, &client, "http://localhost").await.unwrap();
    tx.commit().await.unwrap();
    sqlx::query("delete from jobs where kind = 'privacy.make_copy'").execute(&town.owner).await.unwrap();
    let folder = format!("copies/{}", ann.id);
    assert_eq!(town.market.objects.list(&folder).await.unwrap().len(), 1);
    town.later(Duration::days(5) + Duration::seconds(1)).await;
    assert!(town.market.objects.list(&folder).await.unwrap().is_empty());
}

/// A process was killed after it had put the archive there, and its owner was erased before the next try.
#[tokio::test]
async fn an_archive_of_nobody_is_deleted() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let objects = &town.market.objects;
    let folder = format!("copies/{}", ann.id);
    objects.put(&format!("{folder}/a.zip"), "half".into(), "application/zip").await.unwrap();
    let mut tx = town.db.begin().await.unwrap();
    let copy = tx.new_id::<kernel::CopyId>();
    let job = market::privacy::jobs::MakeCopy { member: ann.id, copy };
    platform::jobs::enqueue(&mut tx, &job).await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
    assert!(objects.list(&folder).await.unwrap().is_empty());
}
