//! What is to be paid: a payment with the orders it is for.

use kernel::{MemberId, Moment, PaymentId, Refusal};
use market::orders::model::{Leg, Order};
use market::orders::rules as orders;
use market::payments::model::Payment;
use market::payments::rules as payments;
use platform::Reader;

/// A payment and what it is for.
#[derive(Clone, Debug)]
pub(super) struct Bill {
    pub payment: Payment,
    /// With the things that they move; never empty.
    pub orders: Vec<(Order, Vec<Leg>)>,
}

impl Bill {
    /// A buyer's own. Errors: `NotFound`, also for somebody else's.
    pub(super) async fn load(reader: &mut Reader, buyer: MemberId, id: PaymentId) -> Result<Self, Refusal> {
        let payment = payments::of_buyer(reader, buyer, id).await?;
        let mut found = Vec::new();
        for order in orders::of_payment(reader, buyer, id).await? {
            let (order, legs) = orders::with_legs(reader, order.id).await?;
            found.push((order, legs.into_iter().filter(|l| l.is_item).collect()));
        }
        Ok(Self { payment, orders: found })
    }

    /// Whether the orders still wait for the money.
    pub(super) fn is_open(&self) -> bool {
        !self.payment.state.is_final() && self.orders.iter().all(|(o, _)| o.state == "pending_payment")
    }

    /// Until when it must be paid.
    pub(super) fn deadline(&self) -> Option<Moment> {
        self.orders.iter().filter_map(|(o, _)| o.timer.as_ref()).map(|timer| timer.at).min()
    }
}
