//! The same money by many ways at once.

use super::all;
use kernel::Refusal;
use ledger::Account;
use market::orders::settle;
use market::payments::rules as payments;
use market::payments::webhooks::receive;
use std::sync::Arc;
use testkit::{Town, cards};
use time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_payment_that_is_confirmed_twenty_times_is_held_once() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, Arc::new(town.person("Ben").await));
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    let id = deal.payment.id;
    let outcomes = all((0..20).map(|_| {
        let ben = Arc::clone(&ben);
        async move { ben.pays_by(id, cards::GOOD).await }
    }))
    .await;
    let odd: Vec<_> =
        outcomes.iter().filter(|o| !matches!(o, Ok(_) | Err(Refusal::Conflict("payment-paid")))).collect();
    assert!(odd.is_empty(), "{odd:?}");
    assert!(outcomes.iter().any(Result::is_ok));
    town.run_jobs().await;
    assert_eq!(town.state(deal.order()).await, "paid");
    assert_eq!(town.balance(&Account::Escrow(deal.order())).await, deal.payment.amount.amount);
    assert_eq!(town.sim().count("payment_intent").await, 1);
    assert_eq!(town.count("select count(*) from events where kind = 'payments.succeeded'").await, 1);
    assert_eq!(town.sim().count("charge").await, 1, "the card was charged once");
}

/// The answer to the call, the webhook, the look-up and the follower of events, all at once, many times.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn news_by_every_way_at_once_is_one_piece_of_news() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, Arc::new(town.person("Ben").await));
    let mut orders = Vec::new();
    for _ in 0..6 {
        let deal = ben.buys(&ann.listing("Lamp").live().await).await;
        ben.pays_by(deal.payment.id, cards::SLOW).await.unwrap();
        orders.push((deal.order(), deal.payment.id));
    }
    town.run_jobs().await;
    town.clock.advance(Duration::minutes(1));
    market::payments::jobs::due(&town.market.providers).await.unwrap();
    let work = orders.iter().flat_map(|(_, id)| (0..4).map(move |way| (*id, way))).map(|(id, way)| {
        let world = town.world();
        async move {
            let (db, providers) = (&world.db, &world.market.providers);
            match way {
                0 | 1 => drop(payments::sync(db, providers, id).await.unwrap()),
                2 => while market::orders::jobs::follow(db).await.unwrap() {},
                _ => {
                    let mut tx = db.begin().await.unwrap();
                    settle::payment(&mut tx, id).await.unwrap();
                    tx.commit().await.unwrap();
                }
            }
        }
    });
    all(work.collect::<Vec<_>>()).await;
    town.run_jobs().await;
    for (order, _) in orders {
        assert_eq!(town.state(order).await, "paid");
    }
    assert_eq!(town.count("select count(*) from events where kind = 'payments.succeeded'").await, 6);
    assert_eq!(town.count("select count(*) from order_events where to_state = 'paid'").await, 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_webhook_twenty_times_at_once_is_one() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    let event =
        "select body::text from sandbox.objects where kind = 'event' and tag = 'payment_intent.succeeded'";
    let event: String = sqlx::query_scalar(event).fetch_one(&town.owner).await.unwrap();
    let headers = town.sim().signed(&event);
    all((0..20).map(|_| {
        let (world, event, headers) = (town.world(), event.clone(), headers.clone());
        async move {
            let provider = world.market.providers.named("sandbox").unwrap();
            receive(&world.db, provider, &headers, event.as_bytes()).await.unwrap();
        }
    }))
    .await;
    assert_eq!(town.count("select count(*) from provider_events").await, 1);
    assert_eq!(town.count("select count(*) from jobs where kind = 'payments.handle_event'").await, 1);
    town.run_jobs().await;
    assert_eq!(town.state(deal.order()).await, "paid");
}

/// Paying and giving up at the same moment: the order is paid, or everything goes back. Never both, never neither.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn paying_and_abandoning_at_once_ends_one_way() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, Arc::new(town.person("Ben").await));
    let mut deals = Vec::new();
    for _ in 0..12 {
        deals.push(ben.buys(&ann.listing("Lamp").live().await).await);
    }
    let work = deals.iter().flat_map(|d| [(d.clone(), true), (d.clone(), false)]).map(|(deal, pays)| {
        let ben = Arc::clone(&ben);
        async move {
            if pays {
                match ben.pays_by(deal.payment.id, cards::GOOD).await {
                    Ok(_) | Err(Refusal::Conflict("payment-cancelled")) => {}
                    other => panic!("{other:?}"),
                }
            } else {
                match ben.step(deal.order(), "abandon").await {
                    Ok(_) | Err(Refusal::Conflict("order-step")) => {}
                    other => panic!("{other:?}"),
                }
            }
        }
    });
    all(work.collect::<Vec<_>>()).await;
    town.run_jobs().await;
    for deal in deals {
        let state = town.state(deal.order()).await;
        assert!(matches!(state.as_str(), "paid" | "refunded" | "cancelled"), "{state}");
        let held = town.balance(&Account::Escrow(deal.order())).await;
        assert_eq!(held, if state == "paid" { 1_530 } else { 0 }, "{state}");
    }
}

/// Everybody presses their button at once: exactly one step is taken.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn steps_that_exclude_each_other_are_taken_once() {
    let town = Town::new().await;
    let (ann, ben) = (Arc::new(town.person("Ann").await), Arc::new(town.person("Ben").await));
    for _ in 0..5 {
        let deal = ben.buys(&ann.listing("Lamp").live().await).await;
        ben.pays(&deal).await;
        let order = deal.order();
        let presses = (0..4).flat_map(|_| {
            [
                (Arc::clone(&ann), "ship"),
                (Arc::clone(&ann), "cancel_by_seller"),
                (Arc::clone(&ben), "cancel_by_buyer"),
            ]
        });
        let outcomes =
            all(presses.map(|(who, step)| async move { who.step(order, step).await }).collect::<Vec<_>>())
                .await;
        assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
        let refused = outcomes.iter().filter(|o| matches!(o, Err(Refusal::Conflict("order-step")))).count();
        assert_eq!(refused, 11);
        town.run_jobs().await;
    }
}

/// A card number is typed in two windows, one good and one bad.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_good_and_a_bad_card_at_once_pay_at_most_once() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, Arc::new(town.person("Ben").await));
    for _ in 0..6 {
        let deal = ben.buys(&ann.listing("Lamp").live().await).await;
        let id = deal.payment.id;
        let tries = [cards::GOOD, cards::DECLINED, cards::GOOD, cards::NO_FUNDS];
        let outcomes = all(tries.map(|card| {
            let ben = Arc::clone(&ben);
            async move { ben.pays_by(id, card).await }
        }))
        .await;
        for outcome in &outcomes {
            assert!(matches!(outcome, Ok(_) | Err(Refusal::Conflict("payment-paid"))), "{outcome:?}");
        }
        town.run_jobs().await;
        assert_eq!(town.state(deal.order()).await, "paid");
        assert_eq!(town.balance(&Account::Escrow(deal.order())).await, deal.payment.amount.amount);
    }
}
