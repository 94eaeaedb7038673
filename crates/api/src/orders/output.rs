//! An order as one of its sides sees it. What the other side's part holds stays with the other side.

use super::steps::{Silence, StepOut, state_label};
use crate::shapes::{DeliveryMethod, MoneyOut, Person, Picture};
use kernel::{ListingId, MemberId, Refusal, Say};
use market::accounts::{self, model::Member};
use market::orders::model::{Address, Delivery, Leg, Order, Shown, Side, Step};
use market::photos::{self, model::Photo};
use platform::Reader;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// A deal.
#[derive(Serialize, ToSchema)]
#[schema(as = Order)]
pub(crate) struct OrderOut {
    pub id: Uuid,
    /// What people call it when they talk.
    number: String,
    /// As in the table of the process: `pending_payment`, `paid`, `shipped`, `delivered`, `completed`, `refunded` …
    state: String,
    /// The state in your language.
    state_label: String,
    #[serde(with = "time::serde::rfc3339")]
    state_since: OffsetDateTime,
    /// On which side you stand.
    #[schema(value_type = SideName)]
    side: Side,
    /// For the buyer only.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_id: Option<Uuid>,
    items: Vec<ItemOut>,
    amounts: Amounts,
    delivery: DeliveryOut,
    /// What the buyer says is wrong.
    problem: Option<String>,
    /// What silence does, and when; null when nothing is waited for.
    timer: Option<Silence>,
    /// What moves, each on its own.
    legs: Vec<LegOut>,
    /// Every step so far, the first one first. Left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<StepOut>>,
    buyer: Option<Person>,
    seller: Option<Person>,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
}

/// On which side of an order somebody stands.
#[derive(ToSchema)]
#[schema(as = Side, rename_all = "snake_case")]
#[allow(dead_code, reason = "only described")]
enum SideName {
    Buyer,
    Seller,
    Staff,
}

/// A thing that is bought, as it was when it was sold.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderItem)]
struct ItemOut {
    listing_id: Option<Uuid>,
    title: String,
    quantity: i32,
    /// For one piece.
    unit_price: Option<MoneyOut>,
    /// For all pieces.
    amount: MoneyOut,
    photo: Option<Picture>,
}

/// What it costs, and what the seller gets. Frozen at sale.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderAmounts)]
struct Amounts {
    items: MoneyOut,
    shipping: MoneyOut,
    /// Buyer protection on top. For the buyer and staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer_fee: Option<MoneyOut>,
    /// Out of the seller's part. For the seller and staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    commission: Option<MoneyOut>,
    /// What the buyer pays.
    total: MoneyOut,
    /// What the seller gets when the money is released. For the seller and staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    seller_part: Option<MoneyOut>,
}

/// How the goods change hands.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderDelivery)]
struct DeliveryOut {
    #[schema(value_type = DeliveryMethod)]
    method: &'static str,
    /// For the buyer, and for the seller while the order is paid and not over.
    address: Option<AddressOut>,
    carrier: Option<String>,
    tracking: Option<String>,
}

/// Where a parcel goes.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = Address)]
pub(crate) struct AddressOut {
    pub name: String,
    pub line1: String,
    /// May be empty.
    pub line2: String,
    pub postcode: String,
    pub town: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// One thing that moves: an item, or money.
#[derive(Serialize, ToSchema)]
#[schema(as = Leg)]
struct LegOut {
    id: Uuid,
    #[schema(pattern = "^(item|money)$")]
    kind: &'static str,
    /// Handles.
    from: Option<String>,
    to: Option<String>,
    /// Of an item.
    title: Option<String>,
    quantity: Option<i32>,
    amount: MoneyOut,
    state: String,
}

/// An order before it is shaped. A list has no steps.
pub(crate) struct Part<'a> {
    pub order: &'a Order,
    pub legs: &'a [Leg],
    pub steps: Option<&'a [Step]>,
    pub side: Side,
}

impl<'a> From<&'a Shown> for Part<'a> {
    fn from(it: &'a Shown) -> Self {
        Self { order: &it.order, legs: &it.legs, steps: Some(&it.steps), side: it.side }
    }
}

/// The people and pictures of some orders.
pub(crate) struct Around {
    people: BTreeMap<MemberId, Member>,
    photos: Vec<Photo>,
    say: Say,
}

impl Around {
    /// Reads them for all orders at once.
    pub(crate) async fn read(reader: &mut Reader, say: Say, parts: &[Part<'_>]) -> Result<Self, Refusal> {
        let ids: BTreeSet<MemberId> = parts.iter().flat_map(|p| [p.order.buyer, p.order.seller]).collect();
        let listings: BTreeSet<ListingId> =
            parts.iter().flat_map(|p| p.legs).filter_map(|l| l.listing).collect();
        let people = accounts::rules::find_many(reader, &ids.into_iter().collect::<Vec<_>>()).await?;
        let photos = photos::rules::of_many(reader, &listings.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self {
            people: people.into_iter().map(|m| (m.id, m)).collect(),
            photos: photos.into_iter().map(|(_, photo)| photo).collect(),
            say,
        })
    }

    pub(crate) fn shape(&self, part: &Part<'_>) -> OrderOut {
        let Part { order, legs, side, .. } = *part;
        OrderOut {
            id: order.id.0,
            number: order.number.clone(),
            state: order.state.clone(),
            state_label: state_label(&order.state, self.say),
            state_since: order.state_since,
            side,
            payment_id: (side == Side::Buyer).then_some(order.payment.0),
            items: legs.iter().filter(|l| l.is_item).map(|l| self.item(l)).collect(),
            amounts: amounts(order, side),
            delivery: delivery(order, side),
            problem: order.problem.clone(),
            timer: Silence::of(order, self.say),
            legs: legs.iter().map(|l| self.leg(l)).collect(),
            history: part.steps.map(|steps| steps.iter().map(|s| StepOut::new(s, self.say)).collect()),
            buyer: self.people.get(&order.buyer).map(Person::from),
            seller: self.people.get(&order.seller).map(Person::from),
            created_at: order.created_at,
        }
    }

    fn item(&self, leg: &Leg) -> ItemOut {
        // A photo that was taken away since has no address any more.
        let photo = self.photos.iter().find(|p| Some(&p.key) == leg.photo_key.as_ref());
        ItemOut {
            listing_id: leg.listing.map(|l| l.0),
            title: leg.title.clone(),
            quantity: leg.quantity,
            unit_price: leg.unit.map(Into::into),
            amount: leg.amount.into(),
            photo: photo.map(|p| Picture::from(&p.thumb())),
        }
    }

    fn leg(&self, leg: &Leg) -> LegOut {
        let handle = |id: MemberId| self.people.get(&id).map(|m| m.handle.clone());
        LegOut {
            id: leg.id.0,
            kind: if leg.is_item { "item" } else { "money" },
            from: handle(leg.from),
            to: handle(leg.to),
            title: leg.is_item.then(|| leg.title.clone()),
            quantity: leg.is_item.then_some(leg.quantity),
            amount: leg.amount.into(),
            state: leg.state.clone(),
        }
    }
}

fn amounts(order: &Order, side: Side) -> Amounts {
    let unless = |hidden: Side, money: kernel::Money| (side != hidden).then(|| money.into());
    Amounts {
        items: order.items.into(),
        shipping: order.shipping.into(),
        buyer_fee: unless(Side::Seller, order.buyer_fee),
        commission: unless(Side::Buyer, order.commission),
        total: order.total.into(),
        seller_part: unless(Side::Buyer, order.seller_part()),
    }
}

fn delivery(order: &Order, side: Side) -> DeliveryOut {
    let address = match &order.delivery {
        Delivery::Ship(address) if side != Side::Seller || seller_needs_address(&order.state) => {
            Some(address.into())
        }
        Delivery::Ship(_) | Delivery::Meet => None,
    };
    DeliveryOut {
        method: order.delivery.method(),
        address,
        carrier: order.carrier.clone(),
        tracking: order.tracking.clone(),
    }
}

/// The seller learns where the buyer lives once it is paid, and no longer than the deal needs it.
fn seller_needs_address(state: &str) -> bool {
    matches!(state, "paid" | "shipped" | "delivered" | "claim_open" | "claim_review")
}

impl From<&Address> for AddressOut {
    fn from(it: &Address) -> Self {
        Self {
            name: it.name.clone(),
            line1: it.line1.clone(),
            line2: it.line2.clone(),
            postcode: it.postcode.clone(),
            town: it.town.clone(),
            country: it.country.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Currency, Money};

    fn order(state: &str) -> Order {
        let (id, at) = (Uuid::nil(), OffsetDateTime::UNIX_EPOCH);
        let eur = |amount| Money::new(amount, Currency::EUR);
        let line = |text: &str| text.to_owned();
        let address = Address {
            name: line("Ben"),
            line1: line("Rue 1"),
            line2: String::new(),
            postcode: line("69001"),
            town: line("Lyon"),
            country: line("FR"),
        };
        Order {
            id: id.into(),
            number: line("ABC123DEF"),
            payment: id.into(),
            buyer: id.into(),
            seller: id.into(),
            state: line(state),
            state_since: at,
            version: 1,
            timer: Some((line("auto_cancel_unshipped"), at)),
            currency: Currency::EUR,
            items: eur(1000),
            shipping: eur(200),
            buyer_fee: eur(120),
            commission: eur(80),
            total: eur(1320),
            provider_fee: eur(0),
            delivery: Delivery::Ship(address),
            carrier: None,
            tracking: None,
            problem: None,
            created_at: at,
        }
    }

    #[test]
    fn the_address_is_the_buyers_until_it_is_paid() {
        for (state, shown) in [("paid", true), ("shipped", true), ("cancelled", false), ("refunded", false)] {
            assert_eq!(delivery(&order(state), Side::Seller).address.is_some(), shown, "{state}");
            assert!(delivery(&order(state), Side::Buyer).address.is_some());
        }
    }

    #[test]
    fn each_side_sees_its_own_part() {
        let order = order("paid");
        let buyer = amounts(&order, Side::Buyer);
        assert!(buyer.buyer_fee.is_some() && buyer.commission.is_none() && buyer.seller_part.is_none());
        let seller = amounts(&order, Side::Seller);
        assert!(seller.buyer_fee.is_none() && seller.commission.is_some());
        assert_eq!(seller.seller_part.map(|m| m.amount), Some(1120));
    }
}
