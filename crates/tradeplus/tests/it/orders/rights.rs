//! Who may do what in which state: the table says it, the buttons show it, and nothing else works.

use super::{Street, TABLE};
use kernel::Refusal;
use market::accounts::model::Role;
use market::orders::rules;
use process::Actor;
use std::collections::BTreeSet;
use testkit::Person;

const STATES: [&str; 29] = [
    "pending_payment",
    "payment_processing",
    "paid",
    "shipped",
    "delivered",
    "return_requested",
    "return_approved",
    "return_shipped",
    "return_inspection",
    "claim_open",
    "replacement_due",
    "replacement_sent",
    "claim_review",
    "ruled_refund",
    "ruled_release",
    "ruled_partial",
    "appeal_refund",
    "appeal_release",
    "appeal_partial",
    "refunding",
    "refund_stuck",
    "partial_refunding",
    "partial_stuck",
    "completed",
    "completed_partial",
    "refunded",
    "charged_back",
    "cancelled",
    "payment_expired",
];

#[test]
fn every_state_of_the_table_is_looked_at() {
    let listed: BTreeSet<&str> = STATES.into_iter().chain([TABLE.start()]).collect();
    assert_eq!(listed, TABLE.states().iter().map(|s| s.name.as_str()).collect());
}

/// Tries every step there is, on every side, in every state. Where it is not offered it must be refused, and
/// nothing may change.
#[tokio::test]
async fn a_step_that_is_not_offered_is_refused() {
    let street = Street::new().await;
    let eve = street.town.person("Eve").await;
    let mod_ = street.town.staff("Mo", &[Role::Moderator]).await;
    let names: BTreeSet<&str> = TABLE.transitions().iter().map(|t| t.name.as_str()).collect();
    for state in STATES {
        let order = street.order_in(state).await;
        let unpaid =
            matches!(state, "pending_payment" | "payment_processing" | "payment_expired" | "cancelled");
        let sides: [(&Person, Option<Actor>); 5] = [
            (&street.ben, Some(Actor::Buyer)),
            (&street.ann, Some(Actor::Seller).filter(|_| !unpaid)),
            (&street.dee, Some(Actor::Operator)),
            (&mod_, None),
            (&eve, None),
        ];
        for (who, actor) in sides {
            let member = who.member().await;
            let shown = rules::show(&mut street.town.db.read().await.unwrap(), &member, order).await;
            let Some(actor) = actor else {
                assert!(
                    matches!(shown, Err(Refusal::NotFound)),
                    "{} sees an order that is {state}",
                    who.name
                );
                for name in &names {
                    let tried = who.step(order, name).await;
                    assert!(
                        matches!(tried, Err(Refusal::NotFound)),
                        "{} {name} in {state}: {tried:?}",
                        who.name
                    );
                }
                continue;
            };
            let offered: BTreeSet<String> =
                shown.unwrap().choices.into_iter().map(|c| c.transition).collect();
            let listed: BTreeSet<String> = TABLE
                .open_to(state, actor)
                .filter(|t| t.name != "hand_over")
                // Nobody has offered anything.
                .filter(|t| !t.guards.iter().any(|guard| guard.starts_with("proposal_of_")))
                .map(|t| t.name.clone())
                .collect();
            assert_eq!(offered, listed, "{} in {state}", who.name);
            for name in names.iter().filter(|n| !offered.contains(**n)) {
                let tried = who.step(order, name).await;
                assert!(
                    matches!(tried, Err(Refusal::Conflict("order-step" | "proposal-gone"))),
                    "{} {name} in {state}: {tried:?}",
                    who.name
                );
            }
            let invented = who.step(order, "give_me_the_money").await;
            assert!(matches!(invented, Err(Refusal::Conflict("order-step"))), "{invented:?}");
        }
        assert_eq!(street.town.state(order).await, state, "nothing happened");
    }
}

/// Every step that is offered to somebody works.
#[tokio::test]
async fn a_step_that_is_offered_is_taken() {
    let street = Street::new().await;
    for row in TABLE.transitions() {
        let Some(who) = street.taker(row) else { continue };
        if row.name == "checkout" || row.name == "hand_over" {
            continue;
        }
        let order = street.order_in(&row.from).await;
        let taken = street.does(order, row).await;
        assert_eq!(taken.unwrap_or_else(|r| panic!("{}: {r:?}", row.name)).state, row.to, "{}", row.name);
        // A second click on an old page.
        if !row.is_loop() {
            let again = who.step(order, &row.name).await;
            let moved_on = matches!(again, Err(Refusal::Conflict("order-step" | "proposal-gone")));
            assert!(moved_on, "{} twice: {again:?}", row.name);
        }
        street.town.run_jobs().await;
    }
}

#[tokio::test]
async fn a_seller_does_not_see_what_is_not_paid() {
    let street = Street::new().await;
    let deal = street.checked_out().await;
    let (ann, mut reader) = (street.ann.member().await, street.town.db.read().await.unwrap());
    let side = market::orders::model::Side::Seller;
    assert!(rules::page(&mut reader, ann.id, side, None, 10).await.unwrap().items.is_empty());
    drop(reader);
    let given_up = street.checked_out().await;
    street.ben.takes(given_up.order(), "abandon").await;
    street.ben.pays(&deal).await;
    let mut reader = street.town.db.read().await.unwrap();
    let sales = rules::page(&mut reader, ann.id, side, None, 10).await.unwrap().items;
    assert_eq!(sales.iter().map(|(o, _)| o.id).collect::<Vec<_>>(), [deal.order()]);
    assert_eq!(sales[0].1.len(), 2, "with its legs");
}

#[tokio::test]
async fn lists_show_each_order_once() {
    let street = Street::new().await;
    let mut placed = Vec::new();
    for _ in 0..7 {
        placed.push(street.checked_out().await.order());
    }
    placed.reverse();
    let (mut seen, mut after) = (Vec::new(), None);
    let side = market::orders::model::Side::Buyer;
    loop {
        let mut reader = street.town.db.read().await.unwrap();
        let page = rules::page(&mut reader, street.ben.id, side, after.as_ref(), 3).await.unwrap();
        seen.extend(page.items.iter().map(|(o, _)| o.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, placed, "newest first");
}
