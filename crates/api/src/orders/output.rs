//! An order as one of its sides sees it. What the other side's part holds stays with the other side.

use super::steps::{Silence, StepOut, state_label};
use crate::shapes::{DeliveryMethod, MoneyOut, Person, Picture};
use kernel::{ListingId, MemberId, OrderId, Refusal, Say};
use market::accounts::{self, model::Member};
use market::chargebacks::model::OfOrder;
use market::chargebacks::rules as chargebacks;
use market::holds::{self, Held};
use market::orders::model::{Address, Delivery, Leg, Order, Shown, Side, Step};
use market::orders::verify;
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
    /// The version of the process that it runs by.
    process_version: i32,
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
    /// What the buyer's bank was asked about the payment; null when it was asked nothing.
    chargeback: Option<ChargebackOut>,
    /// What silence does, and when; null when nothing is waited for.
    timer: Option<Silence>,
    /// What keeps the money where it is for now. Left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    holds: Option<Vec<HoldOut>>,
    /// The problem that both sides talk about, if there is or was one. Left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    case_id: Option<Uuid>,
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
    /// For tax offices, on top of the price.
    tax: MoneyOut,
    /// For tax offices, within the price: out of the seller's part. For the seller and staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_included: Option<MoneyOut>,
    /// What the buyer pays.
    total: MoneyOut,
    /// What went back to the buyer so far, or is on its way there.
    refunded: MoneyOut,
    /// What the buyer's bank took back.
    charged_back: MoneyOut,
    /// What the seller got so far and kept. For the seller and staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    released: Option<MoneyOut>,
    /// What the seller gets when the money is released. For the seller and staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    seller_part: Option<MoneyOut>,
}

/// Why the money stays where it is.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderHold)]
struct HoldOut {
    /// In your language.
    label: String,
    #[serde(with = "time::serde::rfc3339")]
    since: OffsetDateTime,
    /// At the latest; null where only a bank knows.
    #[serde(with = "time::serde::rfc3339::option")]
    until: Option<OffsetDateTime>,
}

impl HoldOut {
    fn new(it: &Held, say: Say) -> Self {
        Self { label: say.by_key(&holds::told(it)), since: it.since, until: it.until }
    }
}

/// A payment that the buyer's bank was asked to take back, or asks about.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderChargeback)]
struct ChargebackOut {
    /// `inquiry` while the bank only asks, `needs_response`, `sending` and `under_review` until it decides; then `won` and
    /// `prevented` (the payment stays), `inquiry_closed`, or `lost` (the buyer has the money back from the bank).
    state: String,
    /// What of this order it is about.
    amount: MoneyOut,
    #[serde(with = "time::serde::rfc3339")]
    opened_at: OffsetDateTime,
}

impl From<&OfOrder> for ChargebackOut {
    fn from(it: &OfOrder) -> Self {
        Self { state: it.state.clone(), amount: it.amount.into(), opened_at: it.opened_at }
    }
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
    /// A state or the like; in the United States its two letters. May be empty.
    pub region: String,
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
    /// Whose own page this is: a list has neither holds nor cases.
    pub whole: Option<&'a Shown>,
}

impl<'a> From<&'a Shown> for Part<'a> {
    fn from(it: &'a Shown) -> Self {
        Self { order: &it.order, legs: &it.legs, steps: Some(&it.steps), side: it.side, whole: Some(it) }
    }
}

/// The people and pictures of some orders.
pub(crate) struct Around {
    people: BTreeMap<MemberId, Member>,
    photos: Vec<Photo>,
    chargebacks: BTreeMap<OrderId, OfOrder>,
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
        let orders: Vec<OrderId> = parts.iter().map(|p| p.order.id).collect();
        let chargebacks = chargebacks::of_orders(reader, &orders).await?;
        Ok(Self {
            chargebacks: chargebacks.into_iter().collect(),
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
            process_version: order.process_version,
            side,
            payment_id: (side == Side::Buyer).then_some(order.payment.0),
            items: legs.iter().filter(|l| l.is_item).map(|l| self.item(l)).collect(),
            amounts: amounts(order, side),
            delivery: delivery(order, side),
            problem: order.problem.clone(),
            chargeback: self.chargebacks.get(&order.id).map(Into::into),
            timer: Silence::of(order, self.say),
            holds: part.whole.map(|it| it.held.iter().map(|held| HoldOut::new(held, self.say)).collect()),
            case_id: part.whole.and_then(|it| it.case.as_ref()).map(|whole| whole.case.id.0),
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
        tax: order.tax.into(),
        tax_included: unless(Side::Buyer, order.tax_included),
        total: order.total.into(),
        refunded: order.refunded.into(),
        charged_back: order.charged_back.into(),
        released: unless(Side::Buyer, order.released),
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
    verify::is_held(state)
}

impl From<&Address> for AddressOut {
    fn from(it: &Address) -> Self {
        Self {
            name: it.name.clone(),
            line1: it.line1.clone(),
            line2: it.line2.clone(),
            postcode: it.postcode.clone(),
            town: it.town.clone(),
            region: it.region.clone(),
            country: it.country.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
