//! The last piece, and carts that cross.

use super::all;
use kernel::Refusal;
use std::sync::Arc;
use testkit::{Person, Town, cards};

const BUYERS: usize = 100;

async fn crowd(town: &Town, size: usize) -> Vec<Arc<Person>> {
    let mut people = Vec::with_capacity(size);
    for n in 0..size {
        people.push(Arc::new(town.person(&format!("Buyer {n}")).await));
    }
    people
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_buyers_and_one_piece_make_one_order() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("The last lamp").live().await;
    let crowd = crowd(&town, BUYERS).await;
    let outcomes = all(crowd.iter().cloned().map(|buyer| async move {
        let deal = buyer.buys_all(&[(lamp.id, 1)], true).await;
        match deal {
            Ok(deal) => {
                buyer.pays_by(deal.payment.id, cards::GOOD).await.unwrap();
                Ok(deal.order())
            }
            Err(refusal) => Err(refusal),
        }
    }))
    .await;
    let won: Vec<_> = outcomes.iter().filter_map(|o| o.as_ref().ok()).collect();
    assert_eq!(won.len(), 1, "one buyer gets it");
    let told = outcomes.iter().filter(|o| matches!(o, Err(Refusal::Conflict("sold-out")))).count();
    assert_eq!(
        told,
        BUYERS - 1,
        "the others are told so: {:?}",
        outcomes.iter().filter(|o| o.is_err()).take(3).collect::<Vec<_>>()
    );
    town.run_jobs().await;
    assert_eq!(town.state(*won[0]).await, "paid");
    assert_eq!(town.count("select count(*) from orders").await, 1);
    let sold = town.listing(lamp.id).await;
    assert_eq!((sold.state.name(), sold.quantity, sold.reserved), ("sold", 0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn as_many_are_sold_as_there_are() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").quantity(10).live().await;
    let crowd = crowd(&town, 40).await;
    let outcomes = all(crowd.iter().cloned().enumerate().map(|(n, buyer)| async move {
        let pieces = 1 + i32::try_from(n % 3).unwrap();
        let deal = buyer.buys_all(&[(lamp.id, pieces)], true).await.ok()?;
        // Every third one goes away again.
        if n % 3 == 2 {
            buyer.takes(deal.order(), "abandon").await;
            return None;
        }
        buyer.pays_by(deal.payment.id, cards::GOOD).await.unwrap();
        Some(pieces)
    }))
    .await;
    town.run_jobs().await;
    let sold: i32 = outcomes.into_iter().flatten().sum();
    let left = town.listing(lamp.id).await;
    assert_eq!((left.quantity, left.reserved), (10 - sold, 0));
}

/// Two carts with the same things of the same sellers, put in from both ends, checked out and paid at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn carts_that_cross_do_not_block_each_other() {
    let town = Town::new().await;
    let (ann, abe) = (town.person("Ann").await, town.person("Abe").await);
    let mut things = Vec::new();
    for n in 0..3 {
        // In turns, so that the order of things is not the order of sellers.
        things.push(ann.listing(&format!("Lamp {n}")).quantity(1_000).live().await.id);
        things.push(abe.listing(&format!("Vase {n}")).quantity(1_000).live().await.id);
    }
    let crowd = crowd(&town, 24).await;
    let outcomes = all(crowd.iter().cloned().enumerate().map(|(n, buyer)| {
        let mut lines: Vec<_> = things.iter().map(|id| (*id, 1)).collect();
        if n % 2 == 0 {
            lines.reverse();
        }
        async move {
            let deal = buyer.buys_all(&lines, true).await?;
            buyer.pays_by(deal.payment.id, cards::GOOD).await?;
            Ok::<_, Refusal>(())
        }
    }))
    .await;
    let failed: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
    assert!(failed.is_empty(), "{} of 24 failed, the first: {:?}", failed.len(), failed[0]);
    town.run_jobs().await;
    assert_eq!(town.count("select count(*) from orders where state = 'paid'").await, 48);
    for id in things {
        assert_eq!(town.listing(id).await.quantity, 1_000 - 24);
    }
}

/// A seller pauses, edits and deletes while people buy: nothing is sold that is not there, nothing is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_seller_who_edits_while_people_buy_loses_nothing() {
    use market::listings::{edit::Edit, rules};
    let town = Town::new().await;
    let ann = Arc::new(town.person("Ann").await);
    let lamp = ann.listing("Lamp").quantity(50).live().await;
    let crowd = crowd(&town, 20).await;
    let (world, by) = (town.world(), ann.member().await);
    let edits = tokio::spawn(async move {
        for n in 0..20 {
            let mut tx = world.db.begin().await.unwrap();
            match n % 4 {
                0 => drop(rules::pause(&mut tx, &by, lamp.id).await.unwrap()),
                1 => drop(rules::publish(&mut tx, &by, lamp.id).await.unwrap()),
                2 => {
                    let edit = Edit { quantity: Some(60), ..Edit::default() };
                    drop(rules::edit(&mut tx, &by, lamp.id, edit).await.unwrap());
                }
                _ => drop(rules::delete(&mut tx, &by, lamp.id).await),
            }
            if n % 4 == 3 {
                let _ = rules::undelete(&mut tx, &by, lamp.id).await;
            }
            tx.commit().await.unwrap();
        }
    });
    let outcomes = all(crowd.iter().cloned().map(|buyer| async move {
        match buyer.buys_all(&[(lamp.id, 1)], true).await {
            Ok(deal) => {
                buyer.pays_by(deal.payment.id, cards::GOOD).await.unwrap();
                true
            }
            Err(Refusal::Conflict("not-for-sale" | "sold-out") | Refusal::NotFound) => false,
            Err(other) => panic!("{other:?}"),
        }
    }))
    .await;
    edits.await.unwrap();
    town.run_jobs().await;
    let sold = i64::try_from(outcomes.iter().filter(|s| **s).count()).unwrap();
    assert_eq!(town.count("select count(*) from orders where state = 'paid'").await, sold);
    assert_eq!(town.listing(lamp.id).await.reserved, 0);
}
