//! Where devices seem to be: in the lists, and in the mail about a new one.

use testkit::{Browser, PASSWORD, Person, Town};

async fn sign_in(browser: &Browser, who: &Person) {
    browser.post("/sign-in", &[("email", who.email.as_str()), ("password", PASSWORD)]).await.is(303);
}

#[tokio::test]
async fn devices_are_listed_with_their_places_as_guesses() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    // From a network that is nobody's.
    ann.sign_in().await.is(303);
    ann.get("/account/sessions").await.is(200).shows("192.0.2.7").hides("probably").hides("guessed");
    sign_in(&town.visitor().from_address("91.0.0.1"), &ann).await;
    for page in ["/account/sessions", "/account/activity"] {
        let list = ann.get(page).await.is(200).shows("Places are guessed");
        let rows = list.select(".rows-list li");
        let placed: Vec<&String> = rows.iter().filter(|row| row.contains("probably")).collect();
        assert_eq!(placed.len(), 1, "{page}: {rows:?}");
        assert!(placed[0].contains("91.0.0.1 · probably Germany"), "{page}: {rows:?}");
    }
}

#[tokio::test]
async fn the_mail_about_a_new_device_says_where_it_probably_is() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.sign_in().await.is(303);
    sign_in(&town.visitor().from_address("82.64.0.1"), &ann).await;
    let mail = town.mails_to(&ann.email).await.pop().unwrap();
    assert_eq!(mail.subject, "Signed in with a new device");
    for part in [&mail.text, &mail.html] {
        assert!(part.contains("82.64.0.1 (probably France)"), "{part}");
    }
    sign_in(&town.visitor().from_address("198.51.100.7"), &ann).await;
    let mails = town.mails_to(&ann.email).await;
    let mail = mails.iter().find(|mail| mail.text.contains("198.51.100.7,")).unwrap();
    assert!(!mail.text.contains("probably"), "{}", mail.text);
}

/// It is computed when it is shown. Only the mail that tells it holds it.
#[tokio::test]
async fn neither_the_session_nor_the_history_keeps_a_place() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    sign_in(&town.visitor().from_address("91.0.0.1"), &ann).await;
    let kept = "select count(*) from sessions s, security_events e where s::text || e::text like '%German%'";
    assert_eq!(town.count(kept).await, 0);
    town.visitor().get("/about/credits").await.is(200).shows("IPtoASN");
}
