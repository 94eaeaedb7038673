//! What an order is.

use kernel::{Currency, FieldErrors, LegId, ListingId, MemberId, Moment, Money, OrderId, PaymentId, text};
use serde::{Deserialize, Serialize};

text! {
    /// A line of an address.
    AddressLine, 1..=120, line;
    /// What a buyer says is wrong.
    Problem, 10..=2000, lines;
    /// The parcel service.
    Carrier, 0..=60, line;
    /// The parcel's number.
    Tracking, 0..=80, line;
}

/// Where a parcel goes.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Address {
    pub name: String,
    pub line1: String,
    #[serde(default)]
    pub line2: String,
    pub postcode: String,
    pub town: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

impl Address {
    /// Reads all lines; mistakes are named as `delivery/address/…`.
    pub fn read(raw: &Self) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let mut line = |field: &str, text: &str| {
            let read = AddressLine::read(text).map(AddressLine::into_string);
            errors.take(&format!("delivery/address/{field}"), read).unwrap_or_default()
        };
        let clean = Self {
            name: line("name", &raw.name),
            line1: line("line1", &raw.line1),
            line2: kernel::text::clean(&raw.line2, false).chars().take(AddressLine::MAX).collect(),
            postcode: line("postcode", &raw.postcode),
            town: line("town", &raw.town),
            country: line("country", &raw.country).to_ascii_uppercase(),
        };
        let two_letters = clean.country.len() == 2 && clean.country.bytes().all(|b| b.is_ascii_uppercase());
        if !clean.country.is_empty() && !two_letters {
            errors.add("delivery/address/country", kernel::Wrong::Because("wrong-country"));
        }
        errors.check().map(|()| clean)
    }
}

/// How the goods change hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    Ship(Address),
    Meet,
}

impl Delivery {
    pub const fn method(&self) -> &'static str {
        match self {
            Self::Ship(_) => "ship",
            Self::Meet => "meet",
        }
    }
}

/// What the marketplace takes: frozen into each order at sale.
#[derive(Clone, Copy, Debug)]
pub struct Fees {
    /// Out of the seller's part, in basis points of the items' price.
    pub commission_bp: i64,
    /// On top for the buyer: basis points of the items' price, and a fixed part in minor units.
    pub buyer_bp: i64,
    pub buyer_fixed: i64,
}

/// One seller's part of a purchase.
#[derive(Clone, Debug)]
pub struct Order {
    pub id: OrderId,
    pub number: String,
    pub payment: PaymentId,
    pub buyer: MemberId,
    pub seller: MemberId,
    pub state: String,
    pub state_since: Moment,
    pub version: i32,
    /// What silence does, and when.
    pub timer: Option<(String, Moment)>,
    pub currency: Currency,
    pub items: Money,
    pub shipping: Money,
    pub buyer_fee: Money,
    pub commission: Money,
    /// What the buyer pays: items, shipping and buyer fee.
    pub total: Money,
    pub provider_fee: Money,
    pub delivery: Delivery,
    pub carrier: Option<String>,
    pub tracking: Option<String>,
    pub problem: Option<String>,
    pub created_at: Moment,
}

impl Order {
    /// What the seller gets when the money is released.
    pub fn seller_part(&self) -> Money {
        Money::new(self.items.amount + self.shipping.amount - self.commission.amount, self.currency)
    }

    pub fn side_of(&self, member: MemberId) -> Option<Side> {
        match member {
            m if m == self.buyer => Some(Side::Buyer),
            m if m == self.seller => Some(Side::Seller),
            _ => None,
        }
    }
}

/// On which side of an order somebody stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Buyer,
    Seller,
    Staff,
}

/// One thing that moves.
#[derive(Clone, Debug)]
pub struct Leg {
    pub id: LegId,
    pub is_item: bool,
    pub from: MemberId,
    pub to: MemberId,
    pub listing: Option<ListingId>,
    pub quantity: i32,
    pub title: String,
    pub unit: Option<Money>,
    pub photo_key: Option<String>,
    pub amount: Money,
    pub state: String,
}

/// A step that was taken.
#[derive(Clone, Debug)]
pub struct Step {
    pub n: i32,
    pub transition: String,
    pub actor: String,
    pub from: String,
    pub to: String,
    pub at: Moment,
    pub data: serde_json::Value,
}

/// Something the viewer may do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub transition: String,
    /// The state it leads to.
    pub to: String,
    /// Fields that go with it.
    pub fields: &'static [&'static str],
}

/// An order as one viewer sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub order: Order,
    pub legs: Vec<Leg>,
    pub steps: Vec<Step>,
    pub side: Side,
    pub choices: Vec<Choice>,
}

/// Who moves an order.
#[derive(Clone, Copy, Debug)]
pub struct Mover {
    pub actor: process::Actor,
    pub member: Option<MemberId>,
}

impl Mover {
    /// Not a person: a timer, the provider.
    pub const fn machine(actor: process::Actor) -> Self {
        Self { actor, member: None }
    }
}

/// What goes with a step, as far as its fields ask for it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepData {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Why staff does it: for the audit log, not for the sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
