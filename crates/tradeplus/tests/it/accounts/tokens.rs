//! Tokens for programs.

use super::BASE;
use kernel::Refusal;
use market::accounts::model::{Client, Member};
use market::accounts::tokens::{self, Pair};
use testkit::Town;
use time::Duration;

fn program(user_agent: &str) -> Client {
    Client { user_agent: user_agent.to_owned(), ..Client::default() }
}

async fn issue(town: &Town, member: &Member) -> Pair {
    let mut tx = town.db.begin().await.unwrap();
    let pair = tokens::issue(&mut tx, member, &[], &program("a-program/1.0"), BASE).await.unwrap();
    tx.commit().await.unwrap();
    pair
}

/// Commits even when it is refused, as its documentation asks.
async fn refresh(town: &Town, token: &str) -> Result<Pair, Refusal> {
    let mut tx = town.db.begin().await.unwrap();
    let pair = tokens::refresh(&mut tx, token, &program("a-program/1.1"), BASE).await;
    tx.commit().await.unwrap();
    pair
}

async fn works(town: &Town, pair: &Pair) -> bool {
    let mut reader = town.db.read().await.unwrap();
    tokens::bearer(&mut reader, pair.access.reveal()).await.unwrap().is_some()
}

#[tokio::test]
async fn an_access_token_lives_for_a_quarter_of_an_hour() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let pair = issue(&town, &ann.member().await).await;
    assert_eq!(pair.expires_in, 900);
    town.clock.advance(Duration::seconds(899));
    assert!(works(&town, &pair).await);
    town.clock.advance(Duration::seconds(1));
    assert!(!works(&town, &pair).await);
}

#[tokio::test]
async fn a_refresh_token_is_used_once_and_the_sign_in_goes_on() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mut pair = issue(&town, &ann.member().await).await;
    for _ in 0..3 {
        town.clock.advance(Duration::days(20));
        let next = refresh(&town, pair.refresh.reveal()).await.unwrap();
        assert_ne!(next.refresh.reveal(), pair.refresh.reveal());
        assert!(works(&town, &next).await && !works(&town, &pair).await);
        pair = next;
    }
    town.clock.advance(Duration::days(30));
    assert!(matches!(refresh(&town, pair.refresh.reveal()).await, Err(Refusal::SignIn)));
}

#[tokio::test]
async fn a_sign_in_ends_after_its_days_whatever_it_refreshes() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mut pair = issue(&town, &ann.member().await).await;
    for _ in 0..8 {
        town.clock.advance(Duration::days(10));
        pair = refresh(&town, pair.refresh.reveal()).await.unwrap();
    }
    town.clock.advance(Duration::days(10));
    assert!(matches!(refresh(&town, pair.refresh.reveal()).await, Err(Refusal::SignIn)));
}

/// Either the member or a thief holds a copy, and which of them cannot be told.
#[tokio::test]
async fn a_refresh_token_that_comes_twice_ends_the_sign_in_and_tells_the_member() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (first, other) = (issue(&town, &ann.member().await).await, issue(&town, &ann.member().await).await);
    let second = refresh(&town, first.refresh.reveal()).await.unwrap();
    assert!(matches!(refresh(&town, first.refresh.reveal()).await, Err(Refusal::SignIn)));
    assert!(!works(&town, &second).await, "the newer access token is worthless");
    assert!(matches!(refresh(&town, second.refresh.reveal()).await, Err(Refusal::SignIn)));
    assert!(works(&town, &other).await, "another program is signed in by itself");
    let subjects = town.subjects_to(&ann.email).await;
    assert_eq!(subjects, ["A program was signed out"], "told once");
}

#[tokio::test]
async fn another_program_cannot_use_the_tokens() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let pair = issue(&town, &ann.member().await).await;
    let mut tx = town.db.begin().await.unwrap();
    let stolen = tokens::refresh(&mut tx, pair.refresh.reveal(), &program("thief/9"), BASE).await;
    tx.commit().await.unwrap();
    assert!(matches!(stolen, Err(Refusal::SignIn)));
    assert!(!works(&town, &pair).await);
}

#[tokio::test]
async fn a_suspended_member_gets_no_new_tokens() {
    let town = Town::new().await;
    let dee = town.person("Dee").await;
    let pair = issue(&town, &dee.member().await).await;
    town.suspend(&dee).await;
    if let Ok(next) = refresh(&town, pair.refresh.reveal()).await {
        assert!(!works(&town, &next).await);
    }
    assert!(!works(&town, &pair).await);
}

#[tokio::test]
async fn signing_out_ends_the_whole_family() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let pair = issue(&town, &ann.member().await).await;
    let mut tx = town.db.begin().await.unwrap();
    let family = tokens::bearer(&mut tx, pair.access.reveal()).await.unwrap().unwrap().family;
    tokens::revoke(&mut tx, family).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!works(&town, &pair).await);
    assert!(matches!(refresh(&town, pair.refresh.reveal()).await, Err(Refusal::SignIn)));
    for made_up in ["", "x", "\0"] {
        assert!(matches!(refresh(&town, made_up).await, Err(Refusal::SignIn)));
    }
}

/// Each is listed by its name, and can be ended by itself; one that has ended is not listed any more.
#[tokio::test]
async fn programs_are_listed_and_signed_out_one_by_one() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let member = ann.member().await;
    let first = issue(&town, &member).await;
    town.clock.advance(Duration::minutes(1));
    let second = refresh(&town, issue(&town, &member).await.refresh.reveal()).await.unwrap();
    let list = async || ann.get("/account/sessions").await.is(200).shows("a-program").page();
    let closing = "form[action^='/account/sessions/']";
    let listed = list().await.attributes(closing, "action");
    assert_eq!(listed.len(), 2, "{listed:?}");
    eve.post(&listed[1], &[]).await.is(404);
    assert!(works(&town, &first).await);
    // The latest comes first.
    ann.post(&listed[1], &[]).await.goes_to("/account/sessions");
    assert!(!works(&town, &first).await && works(&town, &second).await);
    assert!(matches!(refresh(&town, first.refresh.reveal()).await, Err(Refusal::SignIn)));
    ann.post(&listed[1], &[]).await.is(404);
    assert_eq!(list().await.attributes(closing, "action"), listed[..1]);
    town.clock.advance(Duration::days(30));
    ann.sign_in().await.goes_to("/");
    ann.browser.get("/account/sessions").await.is(200).hides("a-program");
}

/// The button that signs everything else out is always there and ends programs too.
#[tokio::test]
async fn programs_are_signed_out_on_the_page_of_devices() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let (first, second) = (issue(&town, &ann.member().await).await, issue(&town, &ann.member().await).await);
    let eves = issue(&town, &eve.member().await).await;
    let page = ann.get("/account/sessions").await.is(200).page();
    ann.submit(page.form("form[action='/account/sessions']")).await.is(303);
    for pair in [&first, &second] {
        assert!(!works(&town, pair).await);
        assert!(matches!(refresh(&town, pair.refresh.reveal()).await, Err(Refusal::SignIn)));
    }
    assert!(works(&town, &eves).await);
    ann.get("/account").await.is(200);
}
