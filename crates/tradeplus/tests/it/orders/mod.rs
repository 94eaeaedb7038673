//! Deals from checkout to the end, whatever happens on the way. The ledger is looked at after every story, by the
//! town itself.

mod api;
mod checkout;
mod claims;
mod pages;
mod paying;
mod refunds;
mod rights;
mod sending;
mod timers;
mod webhooks;

use kernel::{MemberId, OrderId};
use ledger::Account;
use market::accounts::model::Role;
use process::Process;
use std::sync::LazyLock;
use testkit::{Deal, Person, Town, cards};

/// The order's table, as the program has it.
static TABLE: LazyLock<Process> =
    LazyLock::new(|| Process::load(include_str!("../../../../market/processes/order.toml")).unwrap());

/// A town with Ann who sells, Ben who buys and Cy who decides.
struct Street {
    town: Town,
    ann: Person,
    ben: Person,
    cy: Person,
}

impl Street {
    async fn new() -> Self {
        let town = Town::new().await;
        let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
        let cy = town.staff("Cy", &[Role::Support]).await;
        Self { town, ann, ben, cy }
    }

    /// Ben checks out a new lamp of Ann's: 12.00 €, sent for 2.00 €.
    async fn checked_out(&self) -> Deal {
        self.ben.buys(&self.ann.listing("Lamp").live().await).await
    }

    /// The same, paid with a card.
    async fn paid_by(&self, card: &str) -> OrderId {
        let deal = self.checked_out().await;
        self.ben.pays_by(deal.payment.id, card).await.unwrap();
        deal.order()
    }

    /// A new order that the people bring into the state, by the shortest way.
    async fn order_in(&self, state: &str) -> OrderId {
        let (ann, ben, cy) = (&self.ann, &self.ben, &self.cy);
        let card = match state {
            "payment_processing" => cards::SLOW,
            "refunding" => cards::SLOW_REFUND,
            "refund_stuck" => cards::REFUND_FAILS,
            _ => cards::GOOD,
        };
        let deal = self.checked_out().await;
        let order = deal.order();
        let walk: &[(&Person, &str)] = match state {
            "pending_payment" | "payment_expired" | "payment_processing" | "paid" => &[],
            "cancelled" => &[(ben, "abandon")],
            "shipped" => &[(ann, "ship")],
            "delivered" => &[(ann, "ship"), (ann, "seller_marks_delivered")],
            "claim_open" => &[(ann, "ship"), (ann, "seller_marks_delivered"), (ben, "open_claim")],
            "claim_review" => &[(ann, "ship"), (ben, "report_not_received"), (ben, "escalate")],
            "completed" => &[(ann, "ship"), (ben, "confirm_early")],
            "refunding" | "refund_stuck" | "refunded" => &[(cy, "cancel_by_operator")],
            other => panic!("there is no state {other}"),
        };
        if !matches!(state, "pending_payment" | "payment_expired" | "cancelled") {
            ben.pays_by(deal.payment.id, card).await.unwrap();
        }
        for (who, step) in walk {
            who.takes(order, step).await;
        }
        match state {
            "payment_expired" => self.town.later(time::Duration::minutes(30)).await,
            "refund_stuck" | "refunded" => {
                self.town.run_jobs().await;
                self.town.later(time::Duration::minutes(1)).await;
            }
            _ => {}
        }
        assert_eq!(self.town.state(order).await, state);
        order
    }

    /// The provider takes longer than a minute for what it is at.
    async fn the_provider_dawdles(&self) {
        sqlx::query("delete from jobs where kind like 'sandbox.settle%'")
            .execute(&self.town.owner)
            .await
            .unwrap();
    }

    /// What stands on the order's own accounts: held, on its way back, owed.
    async fn held(&self, order: OrderId) -> (i64, i64, i64) {
        (
            self.town.balance(&Account::Escrow(order)).await,
            self.town.balance(&Account::RefundInTransit(order)).await,
            self.town.balance(&Account::BuyerDue(order)).await,
        )
    }

    async fn payable(&self, seller: MemberId) -> i64 {
        self.town.balance(&Account::SellerPayable(seller)).await
    }

    /// Pieces of the order's only listing: free, promised.
    async fn stock(&self, order: OrderId) -> (i32, i32) {
        let (_, legs) = {
            let mut reader = self.town.db.read().await.unwrap();
            market::orders::rules::with_legs(&mut reader, order).await.unwrap()
        };
        let listing = self.town.listing(legs.iter().find_map(|l| l.listing).unwrap()).await;
        (listing.available(), listing.reserved)
    }

    /// The steps that the order took, by name.
    async fn history(&self, order: OrderId) -> Vec<String> {
        sqlx::query_scalar("select transition from order_events where order_id = $1 order by n")
            .bind(order.0)
            .fetch_all(&self.town.owner)
            .await
            .unwrap()
    }
}
