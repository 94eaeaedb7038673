//! The same by the pages.

use super::{key_of, me};
use testkit::{PASSWORD, Town};
use time::Duration;

#[tokio::test]
async fn a_key_is_made_seen_once_and_revoked() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let hub = ann.get("/account/security").await.is(200).page();
    assert!(hub.has("a[href='/account/keys']"));
    ann.get("/account/keys").await.is(200).shows("No keys yet");
    let form = ann.get("/account/keys/new").await.is(200).page().form("form[action='/account/keys']");
    assert_eq!(form.value("expires_in_days"), Some("90"));
    let form = form
        .with("name", "Stock of my shop")
        .choosing("scopes", "profile:read")
        .and("scopes", "listings:write")
        .with("networks", "192.0.2.7\r\n198.51.100.0/24")
        .with("per_minute", "30");
    let made = ann.submit(form).await.is(200);
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let secret = made.page().one(".secret");
    me(&town.visitor(), &secret).await.is(200);
    me(&town.visitor().from_address("203.0.113.1"), &secret).await.problem(403, "api-key-network");

    let list = ann.get("/account/keys").await.is(200).shows("Stock of my shop").shows("198.51.100.0/24");
    let list = list.shows("At most 30 requests a minute").shows("last used just now").shows("192.0.2.7");
    assert!(!list.text().contains(&secret), "it is never shown again");
    let hint = list.page().one(".rows-list code");
    assert!(hint.starts_with(&secret[..13]) && hint.ends_with(&secret[secret.len() - 4..]), "{hint}");
    let revoke = list.page().form("form[action$='/revoke']");
    ann.submit(revoke).await.goes_to("/account/keys");
    me(&town.visitor(), &secret).await.problem(401, "sign-in");
    ann.get("/account/keys").await.is(200).shows("No keys yet").shows("Revoked");
    let mut subjects = town.subjects_to(&ann.email).await;
    subjects.sort_unstable();
    assert_eq!(subjects, ["API key made", "API key revoked"]);
    ann.get("/account/activity").await.is(200).shows("API key made").shows("API key revoked");
}

#[tokio::test]
async fn its_last_use_has_a_place() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (_, secret) = key_of(&town, &ann).await;
    me(&town.visitor().from_address("2003:0:0:1::7"), &secret).await.is(200);
    ann.get("/account/keys").await.is(200).shows("(2003:0:0:1::/64 · probably Germany)").shows("guessed");
}

#[tokio::test]
async fn mistakes_keep_what_was_typed() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let form = ann.get("/account/keys/new").await.is(200).page().form("form[action='/account/keys']");
    let form = form.with("name", "Stock").with("networks", "my office").with("per_minute", "many");
    let again = ann.submit(form).await.is(422).shows("Choose at least one thing").page();
    assert!(again.has("#f-networks[aria-invalid]") && again.has("#f-per_minute[aria-invalid]"));
    let form = again.form("form[action='/account/keys']");
    assert_eq!(form.value("name"), Some("Stock"));
    assert_eq!(form.value("networks").map(str::trim), Some("my office"));
    assert_eq!(town.count("select count(*) from api_keys").await, 0);
}

#[tokio::test]
async fn a_key_is_replaced_with_an_overlap() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (id, old) = key_of(&town, &ann).await;
    let path = format!("/account/keys/{id}/rotate");
    let form = ann.get(&path).await.is(200).page().form(&format!("form[action='{path}']"));
    assert_eq!(form.value("overlap_hours"), Some("24"));
    let wrong = form.clone().with("overlap_hours", "9999");
    ann.submit(wrong).await.is(422);
    let done = ann.submit(form.with("overlap_hours", "1")).await.is(200);
    assert_eq!(done.header("cache-control"), Some("no-store"));
    let new = done.shows("at the latest on 1 Mar 2026, 13:00 UTC").page().one(".secret");
    me(&town.visitor(), &old).await.is(200);
    me(&town.visitor(), &new).await.is(200);
    ann.get("/account/keys").await.is(200).shows("Replaced");
    town.clock.advance(Duration::hours(1));
    me(&town.visitor(), &old).await.problem(401, "sign-in");
    me(&town.visitor(), &new).await.is(200);
}

#[tokio::test]
async fn making_and_replacing_ask_once_more_who_it_is() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (id, _) = key_of(&town, &ann).await;
    ann.get("/account/keys/new").await.is(200);
    town.clock.advance(Duration::minutes(11));
    ann.get("/account/keys/new").await.goes_to("/confirm?next=%2Faccount%2Fkeys%2Fnew");
    let rotate = ann.get(&format!("/account/keys/{id}/rotate")).await.is(303);
    assert!(rotate.location().starts_with("/confirm"));
    let made = ann.post("/account/keys", &[("name", "x"), ("scopes", "profile:read")]).await.is(303);
    assert!(made.location().starts_with("/confirm"));
    assert_eq!(town.count("select count(*) from api_keys").await, 1);
    ann.get("/account/keys").await.is(200);
    let form = ann.get("/confirm?next=%2Faccount%2Fkeys%2Fnew").await.is(200).page();
    let form = form.form("form[action='/confirm']").with("password", PASSWORD);
    ann.submit(form).await.goes_to("/account/keys/new");
    ann.get("/account/keys/new").await.is(200);
}
