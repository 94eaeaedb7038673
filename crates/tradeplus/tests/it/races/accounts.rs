//! Accounts that are opened, refreshed and reset by two at once.

use super::all;
use kernel::{Lang, Refusal};
use market::accounts::model::{Client, Registration};
use market::accounts::{rules, tokens};
use testkit::{PASSWORD, Town};

/// What links in mails begin with.
const BASE: &str = "https://market.example";

/// Several people of one name register at the same moment: each gets an account and a mail.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn namesakes_at_once_all_get_accounts() {
    let town = Town::new().await;
    let hash = town.market.door.hasher.hash(PASSWORD.to_owned()).await.unwrap();
    let outcomes = all((0..8).map(|n| {
        let (world, hash) = (town.world(), hash.clone());
        async move {
            let who = Registration::read(&format!("ann{n}@example.org"), PASSWORD, "Ann", Lang::EN).unwrap();
            let mut tx = world.db.begin().await.unwrap();
            let member = rules::register(&mut tx, &who, &hash, BASE).await.unwrap();
            tx.commit().await.unwrap();
            member
        }
    }))
    .await;
    let opened = outcomes.iter().filter(|m| m.is_some()).count();
    assert_eq!((opened, town.count("select count(*) from members").await), (8, 8));
    town.run_jobs().await;
    assert_eq!(town.count("select count(distinct to_address) from mails").await, 8);
}

/// One person presses the button eight times.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_address_at_once_is_one_account() {
    let town = Town::new().await;
    let hash = town.market.door.hasher.hash(PASSWORD.to_owned()).await.unwrap();
    let outcomes = all((0..8).map(|n| {
        let (world, hash) = (town.world(), hash.clone());
        async move {
            let email = if n % 2 == 0 { "ann@example.org" } else { "Ann@Example.org" };
            let who = Registration::read(email, PASSWORD, "Ann", Lang::EN).unwrap();
            let mut tx = world.db.begin().await.unwrap();
            let member = rules::register(&mut tx, &who, &hash, BASE).await.unwrap();
            tx.commit().await.unwrap();
            member
        }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|m| m.is_some()).count(), 1);
    assert_eq!(town.count("select count(*) from members").await, 1);
}

/// A refresh token sent many times at once: at most one new pair, and the sign-in ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refresh_token_used_twice_at_once_is_noticed() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let member = ann.member().await;
    for _ in 0..5 {
        let mut tx = town.db.begin().await.unwrap();
        let pair = tokens::issue(&mut tx, &member, &[], &Client::default(), BASE).await.unwrap();
        tx.commit().await.unwrap();
        let outcomes = all((0..4).map(|_| {
            let (world, token) = (town.world(), pair.refresh.reveal().to_owned());
            async move {
                let mut tx = world.db.begin().await.unwrap();
                let traded = tokens::refresh(&mut tx, &token, &Client::default(), BASE).await;
                tx.commit().await.unwrap();
                traded
            }
        }))
        .await;
        let (good, bad): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!(good.len(), 1);
        assert!(bad.iter().all(|b| matches!(b, Err(Refusal::SignIn))));
        let mut reader = town.db.read().await.unwrap();
        let left = tokens::bearer(&mut reader, good[0].as_ref().unwrap().access.reveal()).await.unwrap();
        assert!(left.is_none(), "a second use ends the family");
    }
}

/// A reset link opened in two windows sets one password.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_used_twice_at_once_works_once() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mut tx = town.db.begin().await.unwrap();
    let email = market::accounts::model::Email::read(&ann.email).unwrap();
    rules::send_reset(&mut tx, &email, BASE).await.unwrap();
    tx.commit().await.unwrap();
    let mail = town.mails_to(&ann.email).await.pop().unwrap();
    let token: String =
        mail.text.split_once("token=").unwrap().1.chars().take_while(|c| !c.is_whitespace()).collect();
    let outcomes = all((0..6).map(|n| {
        let (world, token) = (town.world(), token.clone());
        async move {
            let hash = world.market.door.hasher.hash(format!("password number {n}")).await.unwrap();
            let mut tx = world.db.begin().await.unwrap();
            let done = rules::reset_password(&mut tx, &token, &hash, &Client::default(), BASE).await;
            if done.is_ok() {
                tx.commit().await.unwrap();
            }
            done
        }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    assert!(outcomes.iter().all(|o| matches!(o, Ok(_) | Err(Refusal::Conflict("link-expired")))));
}
