//! Signed-in browsers.

use kernel::{Refusal, SessionId};
use market::accounts::{jobs, sessions};
use platform::crypto::Token;
use testkit::{Person, Town};
use time::Duration;

async fn open(town: &Town, who: &Person) -> Token {
    super::open_session(town, who).await
}

async fn alive(town: &Town, token: &Token) -> Option<SessionId> {
    let mut reader = town.db.read().await.unwrap();
    sessions::find(&mut reader, token.reveal()).await.unwrap().map(|s| s.id)
}

async fn visit(town: &Town, token: &Token) {
    let id = alive(town, token).await.unwrap();
    sessions::touch(&mut town.db.read().await.unwrap(), id).await.unwrap();
}

#[tokio::test]
async fn a_session_ends_after_two_weeks_without_a_visit() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let token = open(&town, &ann).await;
    town.clock.advance(Duration::days(14) - Duration::seconds(1));
    visit(&town, &token).await;
    town.clock.advance(Duration::days(13));
    assert!(alive(&town, &token).await.is_some(), "a visit counts");
    town.clock.advance(Duration::days(1) + Duration::seconds(1));
    assert!(alive(&town, &token).await.is_none());
}

#[tokio::test]
async fn a_session_ends_after_ninety_days_whatever_happens() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let token = open(&town, &ann).await;
    for _ in 0..89 {
        town.clock.advance(Duration::days(1));
        visit(&town, &token).await;
    }
    town.clock.advance(Duration::days(1));
    assert!(alive(&town, &token).await.is_none());
}

#[tokio::test]
async fn reading_pages_writes_at_most_once_a_minute() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let token = open(&town, &ann).await;
    let seen = async || {
        sqlx::query_scalar::<_, kernel::Moment>("select last_seen_at from sessions")
            .fetch_one(&town.owner)
            .await
            .unwrap()
    };
    let began = seen().await;
    town.clock.advance(Duration::seconds(59));
    visit(&town, &token).await;
    assert_eq!(seen().await, began);
    town.clock.advance(Duration::seconds(2));
    visit(&town, &token).await;
    assert_eq!(seen().await, town.now());
}

#[tokio::test]
async fn one_ends_ones_own_sessions_and_nobody_elses() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let (here, there) = (open(&town, &ann).await, open(&town, &ann).await);
    let id = alive(&town, &there).await.unwrap();
    let mut tx = town.db.begin().await.unwrap();
    assert!(matches!(sessions::close(&mut tx, eve.id, id).await, Err(Refusal::NotFound)));
    sessions::close(&mut tx, ann.id, id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(alive(&town, &there).await.is_none());
    let kept = alive(&town, &here).await.unwrap();

    let others = open(&town, &ann).await;
    let eves = open(&town, &eve).await;
    let mut tx = town.db.begin().await.unwrap();
    sessions::close_all(&mut tx, ann.id, Some(kept)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(alive(&town, &others).await.is_none());
    assert!(alive(&town, &here).await.is_some() && alive(&town, &eves).await.is_some());
}

#[tokio::test]
async fn a_suspended_member_is_signed_out_at_once() {
    let town = Town::new().await;
    let dee = town.person("Dee").await;
    let (session, access) = (open(&town, &dee).await, dee.access_token().await);
    assert!(alive(&town, &session).await.is_some());
    town.suspend(&dee).await;
    assert!(alive(&town, &session).await.is_none());
    let mut reader = town.db.read().await.unwrap();
    assert!(market::accounts::tokens::bearer(&mut reader, &access).await.unwrap().is_none());
}

#[tokio::test]
async fn what_has_ended_is_forgotten_after_a_week() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    open(&town, &ann).await;
    ann.access_token().await;
    let rows = "select (select count(*) from sessions) + (select count(*) from token_families)
        + (select count(*) from access_tokens) + (select count(*) from refresh_tokens)";
    assert_eq!(town.count(rows).await, 4);
    town.clock.advance(Duration::days(97) - Duration::seconds(1));
    jobs::prune(&town.db, jobs::Prune {}).await.unwrap();
    assert_eq!(town.count("select count(*) from sessions").await, 1);
    town.clock.advance(Duration::seconds(2));
    jobs::prune(&town.db, jobs::Prune {}).await.unwrap();
    assert_eq!(town.count(rows).await, 0);
}

/// Who can do more has less time.
#[tokio::test]
async fn staff_is_signed_out_after_half_an_hour_and_half_a_day() {
    let town = Town::new().await;
    let mo = town.staff("Mo", &[market::accounts::model::Role::Moderator]).await;
    let token = open(&town, &mo).await;
    for _ in 0..24 {
        town.clock.advance(Duration::minutes(29));
        visit(&town, &token).await;
    }
    town.clock.advance(Duration::minutes(25));
    assert!(alive(&town, &token).await.is_none(), "twelve hours are over");
    let token = open(&town, &mo).await;
    town.clock.advance(Duration::minutes(31));
    assert!(alive(&town, &token).await.is_none(), "half an hour without a visit");
    let mut reader = town.db.read().await.unwrap();
    assert!(sessions::devices(&mut reader, mo.id).await.unwrap().is_empty(), "what is dead is not listed");
}

#[tokio::test]
async fn the_fifty_first_ends_the_one_that_was_unused_longest() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mut all = Vec::new();
    for _ in 0..51 {
        all.push(open(&town, &ann).await);
        town.clock.advance(Duration::seconds(1));
    }
    assert!(alive(&town, &all[0]).await.is_none());
    assert!(alive(&town, &all[1]).await.is_some() && alive(&town, &all[50]).await.is_some());
    assert_eq!(town.count("select count(*) from sessions").await, 50);
}
