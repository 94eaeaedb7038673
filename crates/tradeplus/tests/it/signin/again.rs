//! Showing at a provider once more who one is, for those who have nothing else; and what is kept on the way there.

use super::fake::Fake;
use super::staff::has_passkey;
use axum::body::Body;
use http::Method;
use serde_json::{Value, json};
use testkit::{Answer, Browser, Town};
use time::Duration;

const SENSITIVE: &str = "/account/sign-ins";
const CONFIRM: &str = "/confirm?next=%2Faccount%2Fsign-ins";
const WAY: &str = "/confirm/with/fake?next=%2Faccount%2Fsign-ins";

async fn town_with(fake: &Fake) -> Town {
    let all = vec![fake.settings()];
    Town::with(|config| config.oidc = all).await
}

/// Nora has signed in with her account elsewhere, some time ago. She has no other way.
async fn nora(town: &Town, fake: &Fake) -> Browser {
    let browser = town.visitor();
    fake.signs_in(town, &browser, |_| {}).await.goes_to("/");
    town.clock.advance(Duration::minutes(11));
    browser.get(SENSITIVE).await.goes_to(CONFIRM);
    browser
}

/// Goes to the provider to show who she is, and comes back with a good token that the test may change.
async fn confirms(town: &Town, fake: &Fake, who: &Browser, change: impl FnOnce(&mut Value)) -> Answer {
    let ticket = fake.is_asked(who, WAY).await;
    assert_eq!((ticket.asked["prompt"].as_str(), ticket.asked["max_age"].as_str()), ("login", "0"));
    fake.says(town, &ticket.nonce, change);
    fake.sends_back(who, &ticket.state).await
}

#[tokio::test]
async fn who_has_nothing_else_shows_it_at_the_provider() {
    let fake = Fake::start("fake").await;
    let town = town_with(&fake).await;
    let browser = nora(&town, &fake).await;
    let page = browser.get(CONFIRM).await.is(200).shows("Confirm with Fake").page();
    assert!(!page.has("[name='password']") && page.has("form[action='/confirm/send']"), "or by mail");
    assert!(page.has(&format!("a[href='{WAY}']")));
    let before = browser.cookie("tp_session").unwrap();
    let now = town.now().unix_timestamp();
    confirms(&town, &fake, &browser, |claims| claims["auth_time"] = json!(now)).await.goes_to(SENSITIVE);
    browser.get(SENSITIVE).await.is(200);
    let thief = town.visitor();
    thief.set_cookie("tp_session", &before);
    thief.get("/account").await.goes_to("/sign-in?next=%2Faccount");
    assert_eq!(town.count("select count(*) from members").await, 1);
    assert_eq!(town.count("select count(*) from linked_accounts").await, 1);
    // An ordinary sign-in asks for nothing of it.
    let ticket = fake.is_asked(&town.visitor(), "/sign-in/with/fake").await;
    assert!(!ticket.asked.contains_key("prompt") && !ticket.asked.contains_key("max_age"));
}

/// Somebody may be signed in at the provider still, and somebody else sit at the screen.
#[tokio::test]
async fn only_a_provider_that_has_just_asked_shows_who_it_is() {
    let fake = Fake::start("fake").await;
    let town = town_with(&fake).await;
    let ben = town.visitor();
    let bens = |claims: &mut Value| {
        claims["sub"] = json!("43");
        claims["email"] = json!("ben@example.org");
    };
    fake.signs_in(&town, &ben, bens).await.goes_to("/");
    let browser = nora(&town, &fake).await;
    let now = town.now().unix_timestamp();
    for stale in [Value::Null, json!(now - 61), json!(now - 86_400), json!(now + 61), json!("now")] {
        let told = confirms(&town, &fake, &browser, |claims| claims["auth_time"] = stale.clone()).await;
        browser.follow(&told.goes_to(CONFIRM)).await.is(200).shows("did not ask you anew");
        browser.get(SENSITIVE).await.goes_to(CONFIRM);
    }
    for other in ["43", "44"] {
        let someone = |claims: &mut Value| {
            claims["sub"] = json!(other);
            claims["auth_time"] = json!(now);
        };
        let told = confirms(&town, &fake, &browser, someone).await;
        browser.follow(&told.goes_to(CONFIRM)).await.is(200).shows("another account");
        browser.get(SENSITIVE).await.goes_to(CONFIRM);
    }
    let ticket = fake.is_asked(&browser, WAY).await;
    let refused = format!("/sign-in/with/fake/return?error=access_denied&state={}", ticket.state);
    browser.get(&refused).await.goes_to(CONFIRM);
    assert_eq!(town.count("select count(*) from linked_accounts").await, 2);
}

#[tokio::test]
async fn it_counts_for_the_session_that_asked() {
    let fake = Fake::start("fake").await;
    let town = town_with(&fake).await;
    let (phone, laptop) = (nora(&town, &fake).await, nora(&town, &fake).await);
    let ticket = fake.is_asked(&phone, WAY).await;
    let now = town.now().unix_timestamp();
    fake.says(&town, &ticket.nonce, |claims| claims["auth_time"] = json!(now));
    laptop.set_cookie("tp_provider", &phone.cookie("tp_provider").unwrap());
    fake.sends_back(&laptop, &ticket.state).await.goes_to(CONFIRM);
    laptop.get(SENSITIVE).await.goes_to(CONFIRM);
    fake.sends_back(&phone, &ticket.state).await.goes_to(SENSITIVE);
    phone.get(SENSITIVE).await.goes_to(CONFIRM);
    assert_eq!(town.count("select count(*) from provider_attempts").await, 0, "an answer is taken once");
}

#[tokio::test]
async fn who_has_another_way_takes_that() {
    let fake = Fake::start("fake").await;
    let town = town_with(&fake).await;
    let browser = nora(&town, &fake).await;
    // Another site cannot begin it.
    let request = browser.request(Method::GET, WAY).header("sec-fetch-site", "cross-site");
    browser.send(request.body(Body::empty()).unwrap()).await.goes_to(CONFIRM);
    browser.get("/confirm/with/nobody").await.is(404);
    let nora: uuid::Uuid =
        sqlx::query_scalar("select member_id from members").fetch_one(&town.owner).await.unwrap();
    let ticket = fake.is_asked(&browser, WAY).await;
    has_passkey(&town, nora.into()).await;
    browser.get(WAY).await.is(404);
    // Meanwhile, too.
    let now = town.now().unix_timestamp();
    fake.says(&town, &ticket.nonce, |claims| claims["auth_time"] = json!(now));
    fake.sends_back(&browser, &ticket.state).await.goes_to(CONFIRM);
    sqlx::query("delete from passkeys").execute(&town.owner).await.unwrap();
    fake.is_asked(&browser, WAY).await;
    sqlx::query("update members set password_hash = 'some'").execute(&town.owner).await.unwrap();
    browser.get(WAY).await.is(404);
    browser.get(CONFIRM).await.is(200).hides("Confirm with Fake");
    let ann = town.person("Ann").await;
    ann.get(WAY).await.is(404);
}

#[tokio::test]
async fn keys_that_did_not_come_are_soon_asked_for_again() {
    let fake = Fake::start("fake").await;
    let town = town_with(&fake).await;
    fake.hides_keys();
    fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/sign-in");
    fake.shows_keys();
    fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/sign-in");
    assert_eq!(fake.keys_asked(), 1, "not by each who comes");
    town.clock.advance(Duration::seconds(5));
    fake.signs_in(&town, &town.visitor(), |_| {}).await.goes_to("/");
    assert_eq!(fake.keys_asked(), 2);
}

/// Out, to the provider and back, once in vain: what was typed is still there.
#[tokio::test]
async fn what_was_typed_survives_the_way_to_a_provider() {
    let fake = Fake::start("fake").await;
    let town = town_with(&fake).await;
    let browser = nora(&town, &fake).await;
    let page = browser.get("/account/profile").await.is(200).page();
    let form = page.form("form[action='/account/profile']").with("bio", "I mend lamps.");
    sqlx::query("delete from sessions").execute(&town.owner).await.unwrap();
    let asked = browser.submit(form).await.is(303);
    let page = browser.follow(&asked).await.is(200).page();
    let way = page.attributes("a[href^='/sign-in/with/fake']", "href").pop().unwrap();
    let ticket = fake.is_asked(&browser, &way).await;
    let refused = format!("/sign-in/with/fake/return?error=access_denied&state={}", ticket.state);
    let told = browser.get(&refused).await.is(303);
    assert_eq!(told.location(), asked.location(), "where it was kept");
    let ticket = fake.is_asked(&browser, &way).await;
    fake.says(&town, &ticket.nonce, |_| {});
    let back = fake.sends_back(&browser, &ticket.state).await.is(303);
    let page = browser.follow(&back).await.is(200).shows("Here is what you had typed").page();
    assert_eq!(page.form("form[action='/account/profile']").value("bio"), Some("I mend lamps."));
}
