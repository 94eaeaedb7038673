//! Links that come by mail: each works once, for a while, for one purpose.

use super::{BASE, authenticate, link_token, open_session, registration};
use kernel::Refusal;
use market::accounts::model::{Client, Email};
use market::accounts::{emails, rules, sessions};
use testkit::{PASSWORD, Person, Town};
use time::Duration;

async fn ask_reset(town: &Town, address: &str) -> String {
    let mut tx = town.db.begin().await.unwrap();
    rules::send_reset(&mut tx, &Email::read(address).unwrap(), BASE).await.unwrap();
    tx.commit().await.unwrap();
    town.clock.advance(Duration::minutes(1));
    link_token(town, address).await
}

async fn reset(town: &Town, token: &str, password: &str) -> Result<(), Refusal> {
    let hash = town.market.door.hasher.hash(password.to_owned()).await.unwrap();
    let mut tx = town.db.begin().await.unwrap();
    rules::reset_password(&mut tx, token, &hash, &Client::default(), BASE).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn may_sign_in(town: &Town, who: &Person, password: &str) -> bool {
    authenticate(town, &who.email, password).await.is_ok()
}

#[tokio::test]
async fn a_new_password_signs_everything_else_out() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let token = ann.access_token().await;
    let session = open_session(&town, &ann).await;

    let link = ask_reset(&town, &ann.email).await;
    reset(&town, &link, "a new and better one").await.unwrap();
    assert!(may_sign_in(&town, &ann, "a new and better one").await);
    assert!(!may_sign_in(&town, &ann, PASSWORD).await);
    let mut reader = town.db.read().await.unwrap();
    assert!(sessions::find(&mut reader, session.reveal()).await.unwrap().is_none());
    assert!(market::accounts::tokens::bearer(&mut reader, &token).await.unwrap().is_none());
    let subjects = town.subjects_to(&ann.email).await;
    assert_eq!(subjects.len(), 2, "the link, and that it was done: {subjects:?}");
}

#[tokio::test]
async fn a_link_works_once() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let link = ask_reset(&town, &ann.email).await;
    reset(&town, &link, "a new and better one").await.unwrap();
    let again = reset(&town, &link, "another one by a thief").await;
    assert!(matches!(again, Err(Refusal::Conflict("link-expired"))), "{again:?}");
    assert!(may_sign_in(&town, &ann, "a new and better one").await);
}

#[tokio::test]
async fn a_link_works_for_its_purpose_and_its_time() {
    let town = Town::new().await;
    let nell = town.newcomer("Nell").await;
    let mut tx = town.db.begin().await.unwrap();
    rules::send_verification(&mut tx, &nell.member().await, BASE).await.unwrap();
    tx.commit().await.unwrap();
    let verify = link_token(&town, &nell.email).await;
    assert!(
        reset(&town, &verify, "a new and better one").await.is_err(),
        "a link to verify sets no password"
    );

    town.clock.advance(Duration::hours(24));
    let mut tx = town.db.begin().await.unwrap();
    let late = rules::verify_email(&mut tx, &verify).await;
    assert!(matches!(late, Err(Refusal::Conflict("link-expired"))), "{late:?}");
    for made_up in ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\0", "' or 1=1 --"] {
        let refused = rules::verify_email(&mut tx, made_up).await;
        assert!(matches!(refused, Err(Refusal::Conflict("link-expired"))), "{made_up:?}: {refused:?}");
    }
    drop(tx);

    let link = ask_reset(&town, &nell.email).await;
    town.clock.advance(Duration::hours(1));
    assert!(reset(&town, &link, "a new and better one").await.is_err(), "an hour is over");
    let link = ask_reset(&town, &nell.email).await;
    reset(&town, &link, "a new and better one").await.unwrap();
    assert!(nell.member().await.verified, "who gets the mail has proven the address");
}

/// Somebody with access to old mails must not undo what the owner has just done.
#[tokio::test]
async fn a_new_password_makes_older_links_worthless() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let old = ask_reset(&town, &ann.email).await;
    let new = ask_reset(&town, &ann.email).await;
    assert_ne!(old, new);
    reset(&town, &new, "a new and better one").await.unwrap();
    let late = reset(&town, &old, "another one by a thief").await;
    assert!(matches!(late, Err(Refusal::Conflict("link-expired"))), "{late:?}");
    assert!(may_sign_in(&town, &ann, "a new and better one").await);
}

#[tokio::test]
async fn an_unknown_address_gets_no_mail_and_no_answer() {
    let town = Town::new().await;
    let mut tx = town.db.begin().await.unwrap();
    let unknown = Email::read("nobody@example.org").unwrap();
    rules::send_reset(&mut tx, &unknown, BASE).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(town.count("select count(*) from mails").await, 0);
    assert_eq!(town.count("select count(*) from email_links").await, 0);
}

/// Whoever knows an address cannot fill its mailbox.
#[tokio::test]
async fn letters_that_anybody_can_cause_are_rare() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let nell = town.newcomer("Nell").await;
    let again = registration(&ann.email, PASSWORD, "Ann");
    for minutes in [0, 0, 1, 1, 1, 1, 1, 1] {
        town.clock.advance(Duration::minutes(minutes));
        let mut tx = town.db.begin().await.unwrap();
        rules::send_reset(&mut tx, &Email::read(&ann.email).unwrap(), BASE).await.unwrap();
        rules::register(&mut tx, &again, "no hash", BASE).await.unwrap();
        rules::send_verification(&mut tx, &nell.member().await, BASE).await.unwrap();
        for address in ["new@example.org", "NEW@example.org"] {
            let new = Email::read(address).unwrap();
            emails::ask_change(&mut tx, &ben.member().await, &new, BASE).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    let mut subjects = town.subjects_to(&ann.email).await;
    assert_eq!(subjects.len(), 10, "five of each: {subjects:?}");
    subjects.dedup();
    assert!(subjects.len() > 1, "{subjects:?}");
    assert_eq!(town.mails_to(&nell.email).await.len(), 5);
    assert_eq!(town.mails_to("new@example.org").await.len(), 5);
    assert_eq!(town.count("select count(*) from email_links").await, 10, "none that was not sent");
    // The last link that came is good.
    town.visitor().post("/verify", &[("token", &link_token(&town, &nell.email).await)]).await.is(303);
    let confirm = link_token(&town, "new@example.org").await;
    town.visitor().post("/email/confirm", &[("token", &confirm)]).await.is(303);
    town.clock.advance(Duration::days(1));
    ask_reset(&town, &ann.email).await;
    assert_eq!(town.mails_to(&ann.email).await.len(), 11);
}

#[tokio::test]
async fn no_secret_is_kept_as_it_is() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (access, link) = (ann.access_token().await, ask_reset(&town, &ann.email).await);
    let session = open_session(&town, &ann).await;
    let tables = [
        "members",
        "sessions",
        "token_families",
        "access_tokens",
        "refresh_tokens",
        "email_links",
        "jobs",
        "events",
        "audit_log",
    ];
    for table in tables {
        for secret in [access.as_str(), &link, session.reveal(), PASSWORD] {
            let query = format!("select count(*) from {table} t where position($1 in t::text) > 0");
            let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
                .bind(secret)
                .fetch_one(&town.owner)
                .await
                .unwrap();
            assert_eq!(found, 0, "{table}");
        }
    }
}
