//! What was changed, and when.

use super::{change, edit, price};
use kernel::Refusal;
use market::accounts::model::Role;
use market::listings::edit::Raw;
use market::listings::rules;
use serde_json::json;
use testkit::Town;
use time::Duration;

#[tokio::test]
async fn every_change_of_something_published_is_kept() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").draft().await;
    change(&town, &ann, &lamp, price("11")).await.unwrap();
    let (by, mut tx) = (ann.member().await, town.db.begin().await.unwrap());
    rules::publish(&mut tx, &by, lamp.id).await.unwrap();
    tx.commit().await.unwrap();
    for typed in ["10.50", "10.50", "9"] {
        town.clock.advance(Duration::hours(1));
        change(&town, &ann, &lamp, price(typed)).await.unwrap();
    }
    let raw = Raw { title: Some("Old lamp".to_owned()), quantity: Some("2".to_owned()), ..Raw::default() };
    change(&town, &ann, &lamp, edit(raw)).await.unwrap();
    let history = rules::history(&mut town.db.read().await.unwrap(), &by, lamp.id).await.unwrap();
    let told: Vec<_> = history.iter().map(|e| e.changes.clone()).collect();
    assert_eq!(
        told,
        [
            json!({ "title": ["Lamp", "Old lamp"], "quantity": ["1", "2"] }),
            json!({ "price": ["10.50", "9.00"] }),
            json!({ "price": ["11.00", "10.50"] }),
            json!({ "state": ["draft", "live"] }),
        ],
        "the latest first; what a draft was before is nobody's business; the same price is no change"
    );
    assert!(history.windows(2).all(|w| w[0].version > w[1].version && w[0].at >= w[1].at));
}

#[tokio::test]
async fn history_is_for_the_seller_and_staff() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let cy = town.staff("Cy", &[Role::Moderator]).await;
    let lamp = ann.listing("Lamp").live().await;
    let mut reader = town.db.read().await.unwrap();
    assert!(rules::history(&mut reader, &ann.member().await, lamp.id).await.is_ok());
    assert!(rules::history(&mut reader, &cy.member().await, lamp.id).await.is_ok());
    let hers = rules::history(&mut reader, &eve.member().await, lamp.id).await;
    assert!(matches!(hers, Err(Refusal::NotFound)));

    drop(reader);

    // Staff may have to know what somebody has taken away.
    let mut tx = town.db.begin().await.unwrap();
    rules::delete(&mut tx, &ann.member().await, lamp.id).await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = town.db.read().await.unwrap();
    let hers = rules::history(&mut reader, &ann.member().await, lamp.id).await;
    assert!(matches!(hers, Err(Refusal::NotFound)));
    assert!(rules::history(&mut reader, &cy.member().await, lamp.id).await.is_ok());
}
