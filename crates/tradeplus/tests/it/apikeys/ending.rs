//! How a key ends: by itself, replaced, revoked, found by somebody, with its owner.

use super::{BASE, call, key_of, make, me, now, shop};
use http::Method;
use kernel::Refusal;
use market::accounts::model::Client;
use market::apikeys::model::{Asked, Because};
use market::apikeys::{Secret, jobs, rules};
use serde_json::json;
use testkit::{Person, Town};
use time::Duration;

/// Puts a new key in the place of somebody's.
async fn rotates(
    town: &Town,
    who: &Person,
    id: kernel::ApiKeyId,
    overlap: Duration,
) -> Result<(market::apikeys::model::ApiKey, Secret), Refusal> {
    let member = who.member().await;
    let mut tx = town.db.begin().await.unwrap();
    let made = rules::rotate(&mut tx, &member, id, overlap, &Client::default(), BASE).await?;
    tx.commit().await.unwrap();
    Ok(made)
}

#[tokio::test]
async fn it_ends_by_itself() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (_, usual) = key_of(&town, &ann).await;
    let (_, brief) = make(&town, &ann, Asked { expires_in_days: Ok(Some(1)), ..shop() }).await.unwrap();
    let browser = town.visitor();
    town.clock.advance(Duration::days(1) - Duration::seconds(1));
    me(&browser, brief.reveal()).await.is(200);
    town.clock.advance(Duration::seconds(1));
    me(&browser, brief.reveal()).await.problem(401, "sign-in");
    me(&browser, &usual).await.is(200);
    town.clock.advance(Duration::days(89));
    me(&browser, &usual).await.problem(401, "sign-in");
}

#[tokio::test]
async fn a_key_and_the_one_in_its_place_overlap() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let asked = Asked { networks: "192.0.2.0/24", per_minute: Ok(Some(500)), ..shop() };
    let (old, first) = make(&town, &ann, asked).await.unwrap();
    town.clock.advance(Duration::days(80));
    let (new, second) = rotates(&town, &ann, old.id, Duration::hours(24)).await.unwrap();
    assert_eq!((&new.name, &new.scopes, &new.networks), (&old.name, &old.scopes, &old.networks));
    assert_eq!((new.per_minute, new.expires_at - new.created_at), (Some(500), Duration::days(90)));
    assert_ne!(first, second);
    let browser = town.visitor();
    me(&browser, first.reveal()).await.is(200);
    me(&browser, second.reveal()).await.is(200);
    let again = rotates(&town, &ann, old.id, Duration::ZERO).await;
    assert!(matches!(again, Err(Refusal::Conflict("api-key-replaced"))), "{again:?}");
    town.clock.advance(Duration::hours(24));
    me(&browser, first.reveal()).await.problem(401, "sign-in");
    me(&browser, second.reveal()).await.is(200);
    let (_, third) = rotates(&town, &ann, new.id, Duration::ZERO).await.unwrap();
    me(&browser, second.reveal()).await.problem(401, "sign-in");
    me(&browser, third.reveal()).await.is(200);
    let ended = rotates(&town, &ann, new.id, Duration::ZERO).await;
    assert!(matches!(ended, Err(Refusal::Conflict("api-key-ended"))), "{ended:?}");
}

/// An overlap does not lengthen the life of a key that ends sooner.
#[tokio::test]
async fn replacing_a_key_does_not_keep_it_alive() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (old, first) = make(&town, &ann, Asked { expires_in_days: Ok(Some(1)), ..shop() }).await.unwrap();
    rotates(&town, &ann, old.id, Duration::days(30)).await.unwrap();
    assert_eq!(now(&town, &ann, old.id).await.expires_at, old.expires_at);
    town.clock.advance(Duration::days(1));
    me(&town.visitor(), first.reveal()).await.problem(401, "sign-in");
}

#[tokio::test]
async fn somebody_elses_key_is_not_there() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let (id, key) = key_of(&town, &ann).await;
    let refused = rotates(&town, &eve, id, Duration::ZERO).await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "{refused:?}");
    let mut tx = town.db.begin().await.unwrap();
    let eve = eve.member().await;
    let refused = rules::revoke(&mut tx, &eve, id, &Client::default(), BASE).await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "{refused:?}");
    drop(tx);
    me(&town.visitor(), &key).await.is(200);
}

#[tokio::test]
async fn a_found_key_ends_and_its_owner_is_told() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (id, key) = key_of(&town, &ann).await;
    let finder = town.visitor().from_address("203.0.113.77");
    let tell = async |keys: &[&str]| {
        call(&finder, "", Method::POST, "/api-keys/leaked", Some(json!({ "keys": keys }))).await.is(204)
    };
    let invented = Secret::new(&platform::chance::seeded(5));
    let unknown = tell(&[invented.reveal()]).await;
    let nonsense = tell(&["no key at all"]).await;
    me(&town.visitor(), &key).await.is(200);
    let known = tell(&[format!(" {key}\n").as_str(), "x"]).await;
    let again = tell(&[key.as_str()]).await;
    for other in [&unknown, &nonsense, &again] {
        assert_eq!(
            (known.bytes(), known.header("content-type")),
            (other.bytes(), other.header("content-type"))
        );
    }
    me(&town.visitor(), &key).await.problem(401, "sign-in");
    assert_eq!(now(&town, &ann, id).await.revoked, Some((town.now(), Because::Leaked)));
    let mails = town.mails_to(&ann.email).await;
    let told: Vec<_> = mails.iter().filter(|m| m.subject == "We have ended an API key of yours").collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("Shop") && !told[0].text.contains(&key));
    assert!(!told[0].text.contains("203.0.113.77"), "who has found it is nobody's business");
    ann.get("/account/activity").await.is(200).shows("API key found by others and ended");
    ann.get("/account/keys").await.is(200).shows("Found by others");
    let many = vec!["x"; 21];
    for bad in [json!({ "keys": [] }), json!({}), json!({ "keys": many })] {
        let told =
            call(&finder, "", Method::POST, "/api-keys/leaked", Some(bad)).await.problem(422, "fields");
        assert_eq!(told.pointers(), ["/keys"]);
    }
}

#[tokio::test]
async fn telling_of_keys_is_bounded() {
    let town = Town::with(|config| config.limits.multiplier = 1).await;
    let finder = town.visitor();
    let tell = async || {
        call(&finder, "", Method::POST, "/api-keys/leaked", Some(json!({ "keys": ["x"] }))).await.status()
    };
    for _ in 0..10 {
        assert_eq!(tell().await, 204);
    }
    assert_eq!(tell().await, 429);
}

#[tokio::test]
async fn a_key_of_somebody_who_may_not_act_does_nothing() {
    let town = Town::new().await;
    let (dee, ann) = (town.person("Dee").await, town.person("Ann").await);
    let ((_, dees), (_, anns)) = (key_of(&town, &dee).await, key_of(&town, &ann).await);
    me(&town.visitor(), &dees).await.is(200);
    town.suspend(&dee).await;
    me(&town.visitor(), &dees).await.problem(401, "sign-in");
    sqlx::query("update members set deleted_at = $2 where member_id = $1")
        .bind(ann.id.0)
        .bind(town.now())
        .execute(&town.owner)
        .await
        .unwrap();
    me(&town.visitor(), &anns).await.problem(401, "sign-in");
}

/// When an address is taken back, what was made since then is somebody else's.
#[tokio::test]
async fn keys_made_by_an_intruder_end() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (_, before) = key_of(&town, &ann).await;
    town.clock.advance(Duration::hours(1));
    let since = town.now();
    let (id, after) = key_of(&town, &ann).await;
    let mut tx = town.db.begin().await.unwrap();
    rules::revoke_since(&mut tx, ann.id, since).await.unwrap();
    tx.commit().await.unwrap();
    me(&town.visitor(), &before).await.is(200);
    me(&town.visitor(), &after).await.problem(401, "sign-in");
    assert_eq!(now(&town, &ann, id).await.revoked, Some((since, Because::Restored)));
}

#[tokio::test]
async fn ended_keys_are_forgotten() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (old, _) = make(&town, &ann, Asked { expires_in_days: Ok(Some(1)), ..shop() }).await.unwrap();
    let (new, _) = rotates(&town, &ann, old.id, Duration::ZERO).await.unwrap();
    let count = async || town.count("select count(*) from api_keys").await;
    town.clock.advance(Duration::days(90));
    jobs::prune(&town.db, jobs::Prune {}).await.unwrap();
    assert_eq!(count().await, 2);
    town.clock.advance(Duration::seconds(1));
    jobs::prune(&town.db, jobs::Prune {}).await.unwrap();
    assert_eq!(count().await, 1);
    assert_eq!(now(&town, &ann, new.id).await.name, "Shop");
}
