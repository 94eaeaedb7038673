//! Deals from checkout to the end, whatever happens on the way. The ledger is looked at after every story, by the
//! town itself.

mod api;
mod checkout;
mod after;
mod claims;
mod decisions;
mod fees;
mod holding;
mod limits;
mod odd;
mod pages;
mod paying;
mod refunds;
mod returns;
mod rights;
mod sending;
mod timers;
mod versions;
mod webhooks;

use kernel::{ChargebackId, Currency, MemberId, Money, OrderId};
use ledger::Account;
use ledger::flows::{self, AtProvider};
use market::accounts::model::Role;
use market::cases::model::Offer;
use market::orders::settle;
use process::{Process, Transition};
use std::sync::LazyLock;
use testkit::{Deal, Person, Town, cards};

/// The order's table, as new orders run by it.
static TABLE: LazyLock<Process> =
    LazyLock::new(|| Process::load(include_str!("../../../../market/processes/order-2.toml")).unwrap());

/// A town with Ann who sells, Ben who buys, Cy who decides, and Dee who decides what is appealed.
struct Street {
    town: Town,
    ann: Person,
    ben: Person,
    cy: Person,
    dee: Person,
}

impl Street {
    async fn new() -> Self {
        Self::of(Town::new().await).await
    }

    async fn of(town: Town) -> Self {
        let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
        let (cy, dee) = (town.staff("Cy", &[Role::Support]).await, town.staff("Dee", &[Role::Support]).await);
        Self { town, ann, ben, cy, dee }
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

    /// Takes several steps, each by who may.
    async fn walk(&self, order: OrderId, steps: &[(&Person, &str)]) {
        for (who, step) in steps {
            who.takes(order, step).await;
        }
    }

    /// Who takes a step of people: an appeal is decided by somebody new.
    fn taker(&self, row: &Transition) -> Option<&Person> {
        match row.actor {
            process::Actor::Buyer => Some(&self.ben),
            process::Actor::Seller => Some(&self.ann),
            process::Actor::Operator if row.from.starts_with("appeal_") => Some(&self.dee),
            process::Actor::Operator => Some(&self.cy),
            _ => None,
        }
    }

    /// Takes a step with all that it needs: where it accepts something, the other side has offered it.
    async fn does(
        &self,
        order: OrderId,
        row: &Transition,
    ) -> Result<market::orders::model::Order, kernel::Refusal> {
        let who = self.taker(row).unwrap();
        let other = if who.id == self.ben.id { &self.ann } else { &self.ben };
        match row.guards.iter().find_map(|guard| guard.strip_prefix("proposal_of_")) {
            Some(kind) => {
                let offer = Offer::find(kind).unwrap();
                let amount = (offer == Offer::Partial).then_some(400);
                let proposal = other.proposes(order, offer, amount).await?;
                who.accepts(order, &row.name, proposal).await
            }
            None => who.step(order, &row.name).await,
        }
    }

    /// Both agree on something in a claim that Ben has just opened: Ann offers, Ben accepts.
    async fn agrees(&self, order: OrderId, offer: Offer, step: &str) {
        let amount = (offer == Offer::Partial).then_some(400);
        let proposal = self.ann.proposes(order, offer, amount).await.unwrap();
        self.ben.accepts(order, step, proposal).await.unwrap();
    }

    /// A bank takes back what the order cost, for good.
    async fn charged_back(&self, order: OrderId, share: i64) {
        let (id, share) = (ChargebackId(uuid::Uuid::from_u128(order.0.as_u128() + 1)), eur(share));
        let at = AtProvider { provider: "sandbox", reference: "dp_1" };
        let mut tx = self.town.db.begin().await.unwrap();
        let now = tx.now();
        let opened = flows::dispute_opened(id, order, at, share, eur(0), now).unwrap();
        ledger::post(&mut tx, &opened).await.unwrap();
        settle::chargeback(&mut tx, id, order, share).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A new order that the people bring into the state, by the shortest way.
    async fn order_in(&self, state: &str) -> OrderId {
        let (ann, ben, cy) = (&self.ann, &self.ben, &self.cy);
        let card = match state {
            "payment_processing" => cards::SLOW,
            "refunding" | "partial_refunding" => cards::SLOW_REFUND,
            "refund_stuck" | "partial_stuck" => cards::REFUND_FAILS,
            _ => cards::GOOD,
        };
        let deal = self.checked_out().await;
        let order = deal.order();
        if !matches!(state, "pending_payment" | "payment_expired" | "cancelled") {
            ben.pays_by(deal.payment.id, card).await.unwrap();
        }
        let delivered = [(ann, "ship"), (ann, "seller_marks_delivered")];
        let review = [(ann, "ship"), (ben, "report_not_received"), (ben, "escalate")];
        match state {
            "pending_payment" | "payment_expired" | "payment_processing" | "paid" => {}
            "cancelled" => self.walk(order, &[(ben, "abandon")]).await,
            "shipped" => self.walk(order, &[(ann, "ship")]).await,
            "completed" => self.walk(order, &[(ann, "ship"), (ben, "confirm_early")]).await,
            "charged_back" => self.charged_back(order, 1_530).await,
            "refunding" | "refund_stuck" | "refunded" => {
                self.walk(order, &[(cy, "cancel_by_operator")]).await
            }
            "claim_review" => self.walk(order, &review).await,
            ruled if ruled.starts_with("ruled_") => {
                self.walk(order, &review).await;
                let step = ruled.replace("ruled_", "rule_");
                self.walk(order, &[(cy, step.as_str())]).await;
            }
            appeal if appeal.starts_with("appeal_") => {
                self.walk(order, &review).await;
                let step = appeal.replace("appeal_", "rule_");
                self.walk(order, &[(cy, step.as_str())]).await;
                let (who, step) = match appeal {
                    "appeal_refund" => (ann, "appeal_by_seller"),
                    _ => (ben, "appeal_by_buyer"),
                };
                self.walk(order, &[(who, step)]).await;
            }
            _ => {
                self.walk(order, &delivered).await;
                self.after_delivery(order, state).await;
            }
        }
        match state {
            "payment_expired" => self.town.later(time::Duration::minutes(30)).await,
            "refund_stuck" | "refunded" | "partial_stuck" | "completed_partial" => {
                self.town.run_jobs().await;
                self.town.later(time::Duration::minutes(1)).await;
            }
            _ => {}
        }
        assert_eq!(self.town.state(order).await, state);
        order
    }

    async fn after_delivery(&self, order: OrderId, state: &str) {
        let (ann, ben) = (&self.ann, &self.ben);
        let back: [(&Person, &str); 4] =
            [(ben, "request_return"), (ann, "accept_return"), (ben, "return_ship"), (ann, "return_received")];
        let returns = ["return_requested", "return_approved", "return_shipped", "return_inspection"];
        if let Some(at) = returns.iter().position(|it| *it == state) {
            return self.walk(order, &back[..=at]).await;
        }
        if state == "delivered" {
            return;
        }
        ben.takes(order, "open_claim").await;
        match state {
            "claim_open" => {}
            "replacement_due" => self.agrees(order, Offer::Replacement, "agree_replacement").await,
            "replacement_sent" => {
                self.agrees(order, Offer::Replacement, "agree_replacement").await;
                ann.takes(order, "send_replacement").await;
            }
            "partial_refunding" | "partial_stuck" | "completed_partial" => {
                self.agrees(order, Offer::Partial, "agree_partial").await;
            }
            other => panic!("there is no state {other}"),
        }
    }

    /// The provider takes longer than a minute for what it is at.
    async fn the_provider_dawdles(&self) {
        self.town.sim().dawdles().await;
    }

    /// What stands on the order's own accounts: held, on its way back, owed.
    async fn held(&self, order: OrderId) -> (i64, i64, i64) {
        (
            self.town.balance(&Account::Escrow(order)).await,
            self.town.balance(&Account::RefundInTransit(order)).await,
            self.town.balance(&Account::BuyerDue(order)).await,
        )
    }

    /// What is the seller's: what will be paid out, and what of it is kept back for a while.
    async fn payable(&self, seller: MemberId) -> i64 {
        self.town.balance(&Account::SellerPayable(seller)).await
            + self.town.balance(&Account::SellerReserve(seller)).await
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

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}
