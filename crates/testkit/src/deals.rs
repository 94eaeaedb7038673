//! Buying, paying and taking steps, by the rules.

use crate::cards;
use crate::people::Person;
use kernel::{ListingId, OrderId, PaymentId, Refusal};
use market::listings::model::Listing;
use market::orders::checkout::{self, Purchase};
use market::orders::model::{Address, Delivery, Order, StepData};
use market::orders::{rules as orders, settle};
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
        country: "DE".to_owned(),
    }
}

impl Person {
    /// Checks out one piece of a listing, to be sent if it is.
    pub async fn buys(&self, listing: &Listing) -> Deal {
        self.buys_all(&[(listing.id, 1)], listing.ship).await.unwrap()
    }

    /// Checks out several listings and pieces, to be sent or met for. Errors: what the checkout refuses.
    pub async fn buys_all(&self, lines: &[(ListingId, i32)], ship: bool) -> Result<Deal, Refusal> {
        let market = &self.world.market;
        let delivery = if ship { Delivery::Ship(address()) } else { Delivery::Meet };
        let purchase =
            Purchase { lines, delivery: &delivery, fees: market.fees(), provider: market.provider.name() };
        let buyer = self.member().await;
        let mut tx = market.db.begin().await?;
        let (payment, orders) = checkout::place(&mut tx, &buyer, &purchase).await?;
        tx.commit().await?;
        Ok(Deal { payment, orders })
    }

    /// Pays with a good card.
    pub async fn pays(&self, deal: &Deal) -> Payment {
        self.pays_by(deal.payment.id, cards::GOOD).await.unwrap()
    }

    /// Pays with a card, and moves the orders as the faces do. Errors: what the payment refuses.
    pub async fn pays_by(&self, payment: PaymentId, card: &str) -> Result<Payment, Refusal> {
        let market = &self.world.market;
        let found = payments::of_buyer(&mut market.db.read().await?, self.id, payment).await?;
        let card = Card::new(card, 12, 2060, "123");
        let paid = payments::confirm(&market.db, &*market.provider, &found, &card).await?;
        let mut tx = market.db.begin().await?;
        settle::payment(&mut tx, payment).await?;
        tx.commit().await?;
        Ok(paid)
    }

    /// Takes a step of an order. Errors: what the rules refuse.
    pub async fn step(&self, order: OrderId, transition: &str) -> Result<Order, Refusal> {
        let data = match transition {
            "ship" => StepData {
                carrier: Some("DHL".to_owned()),
                tracking: Some("JD0146000091".to_owned()),
                ..StepData::default()
            },
            "open_claim" | "report_not_received" => StepData {
                problem: Some("The shade of the lamp is broken in two.".to_owned()),
                ..StepData::default()
            },
            "cancel_by_operator" | "decide_refund" | "decide_release" | "retry_refund"
            | "refund_other_way" => {
                StepData { reason: Some("Both sides were heard.".to_owned()), ..StepData::default() }
            }
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
