//! Buying, paying and taking steps, by the rules.

use crate::cards;
use crate::people::Person;
use kernel::{ListingId, MemberId, OrderId, PaymentId, ProposalId, Refusal};
use market::Market;
use market::accounts::model::Member;
use market::cases::model::Offer;
use market::listings::model::Listing;
use market::orders::checkout::{self, Purchase};
use market::orders::model::{Address, Delivery, Order, StepData};
use market::orders::{rules as orders, settle, talking};
use market::payments::model::Payment;
use market::payments::{Card, rules as payments};

/// What somebody bought at one checkout: one payment, one order for each seller.
#[derive(Clone, Debug)]
pub struct Deal {
    pub payment: Payment,
    pub orders: Vec<Order>,
}

impl Deal {
    /// The only order of it.
    #[track_caller]
    pub fn order(&self) -> OrderId {
        assert_eq!(self.orders.len(), 1);
        self.orders[0].id
    }
}

/// Where Ben lives.
pub(crate) fn address() -> Address {
    Address {
        name: "Ben Buyer".to_owned(),
        line1: "12 Garden Street".to_owned(),
        line2: String::new(),
        postcode: "10115".to_owned(),
        town: "Berlin".to_owned(),
        region: String::new(),
        country: "DE".to_owned(),
    }
}

/// Checks out, as the faces do. Errors: what the checkout refuses.
pub async fn place(
    market: &Market,
    buyer: &Member,
    lines: &[(ListingId, i32)],
    ship: bool,
) -> Result<Deal, Refusal> {
    let delivery = if ship { Delivery::Ship(address()) } else { Delivery::Meet };
    let (house, taxes) = (market.house(), market.taxes(buyer, lines, &delivery).await?);
    let providers = &market.providers;
    let purchase = Purchase { lines, delivery: &delivery, house: &house, taxes: &taxes, providers };
    let mut tx = market.db.begin().await?;
    let (payment, orders) = checkout::place(&mut tx, buyer, &purchase).await?;
    tx.commit().await?;
    Ok(Deal { payment, orders })
}

/// Pays with a card, and moves the orders, as the faces do. Errors: what the payment refuses.
pub async fn pay(
    market: &Market,
    buyer: MemberId,
    payment: PaymentId,
    card: &str,
) -> Result<Payment, Refusal> {
    let found = payments::of_buyer(&mut market.db.read().await?, buyer, payment).await?;
    let card = Card::new(card, 12, 2060, "123");
    let paid = payments::confirm(&market.db, &market.providers, &found, &card).await?;
    move_orders(market, payment).await?;
    Ok(paid)
}

/// Moves the orders of a payment to where its state leads, as who reads the news of it does. Errors: the database is away.
pub async fn move_orders(market: &Market, payment: PaymentId) -> Result<(), Refusal> {
    let mut tx = market.db.begin().await?;
    settle::payment(&mut tx, payment).await?;
    Ok(tx.commit().await?)
}

impl Person {
    /// Checks out one piece of a listing, to be sent if it is.
    pub async fn buys(&self, listing: &Listing) -> Deal {
        self.buys_all(&[(listing.id, 1)], listing.ship).await.unwrap()
    }

    /// Checks out several listings and pieces, to be sent or met for. Errors: what the checkout refuses.
    pub async fn buys_all(&self, lines: &[(ListingId, i32)], ship: bool) -> Result<Deal, Refusal> {
        place(&self.world.market, &self.member().await, lines, ship).await
    }

    /// Pays with a good card.
    pub async fn pays(&self, deal: &Deal) -> Payment {
        self.pays_by(deal.payment.id, cards::GOOD).await.unwrap()
    }

    /// Pays with a card, and moves the orders as the faces do. Errors: what the payment refuses.
    pub async fn pays_by(&self, payment: PaymentId, card: &str) -> Result<Payment, Refusal> {
        pay(&self.world.market, self.id, payment, card).await
    }

    /// Takes a step of an order. Errors: what the rules refuse.
    pub async fn step(&self, order: OrderId, transition: &str) -> Result<Order, Refusal> {
        let data = match transition {
            "ship" | "return_ship" | "send_replacement" => StepData {
                carrier: Some("DHL".to_owned()),
                tracking: Some("JD0146000091".to_owned()),
                ..StepData::default()
            },
            "open_claim" | "report_not_received" | "request_return" => StepData {
                problem: Some("The shade of the lamp is broken in two.".to_owned()),
                ..StepData::default()
            },
            "cancel_by_operator"
            | "decide_refund"
            | "decide_release"
            | "retry_refund"
            | "retry_partial"
            | "refund_after_release" => {
                StepData { reason: Some("Both sides were heard.".to_owned()), ..StepData::default() }
            }
            "refund_other_way" | "partial_other_way" => StepData {
                reason: Some("Both sides were heard.".to_owned()),
                paid_from: Some("bank".to_owned()),
                reference: Some("TP-4711".to_owned()),
                ..StepData::default()
            },
            "rule_refund" | "rule_release" | "finally_refund" | "finally_release" => {
                StepData { reasons: Some("Both sides were heard.".to_owned()), ..StepData::default() }
            }
            "refund_part_after_release" => StepData {
                reason: Some("Both sides were heard.".to_owned()),
                amount: Some(400),
                ..StepData::default()
            },
            "goodwill_part" => StepData { amount: Some(400), ..StepData::default() },
            "rule_partial" | "finally_partial" => StepData {
                reasons: Some("Both sides were heard.".to_owned()),
                amount: Some(400),
                ..StepData::default()
            },
            _ => StepData::default(),
        };
        self.step_with(order, transition, &data).await
    }

    /// The same with what goes with it.
    pub async fn step_with(
        &self,
        order: OrderId,
        transition: &str,
        data: &StepData,
    ) -> Result<Order, Refusal> {
        let by = self.member().await;
        let mut tx = self.world.db.begin().await?;
        let order = orders::step(&mut tx, &by, order, transition, data).await?;
        tx.commit().await?;
        Ok(order)
    }

    /// Offers something to the other side of an order; `amount` is what goes back of a part, minor units.
    pub async fn proposes(
        &self,
        order: OrderId,
        offer: Offer,
        amount: Option<i64>,
    ) -> Result<ProposalId, Refusal> {
        // Of two of the same moment nobody could say which is the newer.
        self.world.clock.advance(time::Duration::SECOND);
        let by = self.member().await;
        let mut tx = self.world.db.begin().await?;
        let made = talking::propose(&mut tx, &by, order, offer, amount).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Accepts what the other side offers, by this step of the order.
    pub async fn accepts(
        &self,
        order: OrderId,
        transition: &str,
        proposal: ProposalId,
    ) -> Result<Order, Refusal> {
        let data = StepData { proposal: Some(proposal), ..StepData::default() };
        self.step_with(order, transition, &data).await
    }

    /// Takes a step that must be allowed.
    #[track_caller]
    pub fn takes(&self, order: OrderId, transition: &str) -> impl Future<Output = Order> {
        let at = std::panic::Location::caller();
        let transition = transition.to_owned();
        async move {
            let done = self.step(order, &transition).await;
            done.unwrap_or_else(|refusal| panic!("{} may not {transition}: {refusal:?} ({at})", self.name))
        }
    }
}
