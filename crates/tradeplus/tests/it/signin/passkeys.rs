//! Passkeys, as far as they can be told without a device: a browser's journeys tell the rest.

use testkit::{Answer, Person, Town};
use time::Duration;

async fn question(who: &Person) -> Answer {
    who.post("/account/passkeys/options", &[]).await.is(200)
}

#[tokio::test]
async fn the_question_asks_for_a_key_that_is_found_without_an_address() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let asked = question(&ann).await;
    assert_eq!(asked.header("cache-control"), Some("no-store"));
    assert_eq!(asked.at("/options/authenticatorSelection/residentKey"), "required");
    assert_eq!(asked.at("/options/authenticatorSelection/userVerification"), "required");
    assert_eq!(asked.at("/options/rp/id"), "localhost");
    let asked = town.visitor().post("/sign-in/passkey/options", &[]).await.is(200);
    assert_eq!(asked.at("/options/userVerification"), "required");
    assert!(asked.at("/options/allowCredentials").as_array().is_none_or(Vec::is_empty), "nobody is named");
}

#[tokio::test]
async fn what_is_no_answer_adds_nothing_and_lets_nobody_in() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    for credential in
        ["", "{}", "null", "[1]", "{\"id\":\"x\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}"]
    {
        let ceremony = question(&ann).await.at("/ceremony");
        let fields =
            [("name", "My phone"), ("ceremony", ceremony.as_str().unwrap()), ("credential", credential)];
        ann.post("/account/passkeys", &fields).await.goes_to("/account/passkeys");
        let browser = town.visitor();
        let ceremony = browser.post("/sign-in/passkey/options", &[]).await.at("/ceremony");
        let fields =
            [("ceremony", ceremony.as_str().unwrap()), ("credential", credential), ("next", "/orders")];
        browser.post("/sign-in/passkey", &fields).await.goes_to("/sign-in?next=%2Forders");
        assert_eq!(browser.cookie("tp_session"), None);
    }
    assert_eq!(town.count("select count(*) from passkeys").await, 0);
    assert_eq!(town.count("select count(*) from passkey_ceremonies").await, 0, "a question is answered once");
}

#[tokio::test]
async fn a_question_is_for_who_was_asked_and_for_five_minutes() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let asked = question(&ann).await.at("/ceremony");
    let asked = asked.as_str().unwrap();
    let fields = [("name", "Mine"), ("ceremony", asked), ("credential", "{}")];
    eve.post("/account/passkeys", &fields).await.goes_to("/account/passkeys");
    assert_eq!(town.count("select count(*) from passkey_ceremonies").await, 1, "Eve does not use up Ann's");
    town.clock.advance(Duration::minutes(5));
    let late = ann.post("/account/passkeys", &fields).await.goes_to("/account/passkeys");
    ann.follow_page(&late).await.is(200).shows("That took too long");
}

#[tokio::test]
async fn at_a_bare_address_there_are_none() {
    let town = Town::with(|config| config.server.base_url = "http://192.0.2.1:8080".to_owned()).await;
    let ann = town.person("Ann").await;
    assert!(!town.visitor().get("/sign-in").await.is(200).page().has("passkey-button"));
    assert!(!ann.get("/account/passkeys").await.is(200).page().has("passkey-button"));
    ann.post("/account/passkeys/options", &[]).await.is(404);
}
