//! What an order is.

use crate::cases::model::Whole;
use crate::fees::SoldUnder;
use crate::holds::Held;
use kernel::{
    ChargebackId, Currency, FieldErrors, LegId, ListingId, MemberId, Moment, Money, OrderId, PaymentId,
    ProposalId, TaxPlace, regions, text,
};
pub use process::Timer;
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
    /// A state or the like: in the United States its two letters. Empty where none is needed, and in what was ordered
    /// before there were any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// Where the state stands between the town and the postcode.
const STATE_BEFORE_POSTCODE: [&str; 3] = ["US", "CA", "AU"];

impl Address {
    /// Reads all lines; mistakes are named as `delivery/address/…`.
    pub fn read(raw: &Self) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let mut line = |field: &str, text: &str| {
            let read = AddressLine::read(text).map(AddressLine::into_string);
            errors.take(&format!("delivery/address/{field}"), read).unwrap_or_default()
        };
        let mut clean = Self {
            name: line("name", &raw.name),
            line1: line("line1", &raw.line1),
            line2: kernel::text::clean(&raw.line2, false).chars().take(AddressLine::MAX).collect(),
            postcode: line("postcode", &raw.postcode),
            town: line("town", &raw.town),
            region: String::new(),
            country: line("country", &raw.country).to_ascii_uppercase(),
        };
        let region = regions::read(&clean.country, &raw.region);
        clean.region = errors.take("delivery/address/region", region).unwrap_or_default();
        let two_letters = clean.country.len() == 2 && clean.country.bytes().all(|b| b.is_ascii_uppercase());
        if !clean.country.is_empty() && !two_letters {
            errors.add("delivery/address/country", kernel::Wrong::Because("wrong-country"));
        }
        errors.check().map(|()| clean)
    }

    /// What stands on a parcel between the name and the country.
    pub fn lines(&self) -> Vec<String> {
        let Self { line1, line2, postcode, town, region, country, .. } = self;
        let (town, region) = match region.as_str() {
            "" => (format!("{postcode} {town}"), ""),
            region if STATE_BEFORE_POSTCODE.contains(&country.as_str()) => {
                (format!("{town} {region} {postcode}"), "")
            }
            region => (format!("{postcode} {town}"), region),
        };
        let lines = [line1.as_str(), line2.as_str(), town.as_str(), region].map(str::trim);
        lines.into_iter().filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// Where taxes are owed for what is sent there.
    pub fn tax_place(&self) -> Option<TaxPlace> {
        regions::tax_place(&self.country, &self.region)
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
    /// The version of the table that it runs by.
    pub process_version: i32,
    /// Steps that it took, and one.
    pub version: i32,
    /// What silence does, and when.
    pub timer: Option<Timer>,
    pub currency: Currency,
    pub items: Money,
    pub shipping: Money,
    pub buyer_fee: Money,
    pub commission: Money,
    /// For tax offices, owed by the marketplace: on top of the price, and within it.
    pub tax: Money,
    pub tax_included: Money,
    /// What of the commission and of the buyer's fee is tax.
    pub commission_tax: Money,
    pub buyer_fee_tax: Money,
    /// What the buyer pays: items, shipping, buyer fee, and the tax on top.
    pub total: Money,
    pub provider_fee: Money,
    /// The rules by which the fees were counted, and how far the seller was trusted: frozen at sale.
    pub fee_rule: SoldUnder,
    pub seller_tier: i16,
    pub paid_at: Option<Moment>,
    pub released_at: Option<Moment>,
    /// So far: the seller's part that was released and not taken back.
    pub released: Money,
    /// So far: what went back to the buyer, or is on its way there.
    pub refunded: Money,
    /// What the buyer's bank took back.
    pub charged_back: Money,
    pub delivery: Delivery,
    pub carrier: Option<String>,
    pub tracking: Option<String>,
    pub problem: Option<String>,
    pub created_at: Moment,
}

impl Order {
    /// What the seller gets when all of the money is released.
    pub fn seller_part(&self) -> Money {
        let goods = self.items.amount + self.shipping.amount;
        Money::new(goods - self.commission.amount - self.tax_included.amount, self.currency)
    }

    /// What neither went back nor was taken by a bank.
    pub fn left(&self) -> Money {
        let gone = self.refunded.amount + self.charged_back.amount;
        Money::new((self.total.amount - gone).max(0), self.currency)
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
    /// What keeps the money where it is, whatever the table says.
    pub held: Vec<Held>,
    /// Its case with everything in it, the newest if there were several.
    pub case: Option<Whole>,
}

/// Who moves an order.
#[derive(Clone, Copy, Debug)]
pub struct Mover {
    pub actor: process::Actor,
    pub member: Option<MemberId>,
    /// Who of the staff agreed to it, where it takes two.
    pub second: Option<MemberId>,
}

impl Mover {
    /// Not a person: a timer, the provider.
    pub const fn machine(actor: process::Actor) -> Self {
        Self { actor, member: None, second: None }
    }
}

/// What goes with a step, as far as its fields ask for it.
#[derive(Clone, Debug, Default)]
pub struct StepData {
    pub carrier: Option<String>,
    pub tracking: Option<String>,
    pub problem: Option<String>,
    /// Why staff does it: for the audit log, not for the sides.
    pub reason: Option<String>,
    /// What of the money goes back, minor units.
    pub amount: Option<i64>,
    /// What is wrong, and what the buyer would like: names of [`crate::cases::model`].
    pub kind: Option<String>,
    pub wants: Option<String>,
    /// The other side's proposal that is accepted.
    pub proposal: Option<ProposalId>,
    /// Why staff decides so: both sides read it.
    pub reasons: Option<String>,
    /// Where staff paid the buyer from: a name of [`super::by_hand::PaidFrom`].
    pub paid_from: Option<String>,
    /// By which name that payment is found again.
    pub reference: Option<String>,
    /// What a bank took back. Never from outside.
    pub taken: Option<Taken>,
}

/// The part of a payment that a buyer's bank took back for good.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    pub chargeback: ChargebackId,
    /// The order's share of it.
    pub share: Money,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_on_the_parcel_as_its_country_writes_it() {
        let at = |postcode: &str, town: &str, region: &str, country: &str| Address {
            name: "Ben".to_owned(),
            line1: "3 Elm St".to_owned(),
            line2: String::new(),
            postcode: postcode.to_owned(),
            town: town.to_owned(),
            region: region.to_owned(),
            country: country.to_owned(),
        };
        let lines = |address: &Address| address.lines().join(" / ");
        assert_eq!(lines(&at("94103", "San Francisco", "CA", "US")), "3 Elm St / San Francisco CA 94103");
        assert_eq!(lines(&at("M5V 2T6", "Toronto", "ON", "CA")), "3 Elm St / Toronto ON M5V 2T6");
        assert_eq!(lines(&at("10115", "Berlin", "", "DE")), "3 Elm St / 10115 Berlin");
        assert_eq!(lines(&at("20121", "Milano", "MI", "IT")), "3 Elm St / 20121 Milano / MI");
        assert_eq!(lines(&at("94103", "San Francisco", "", "US")), "3 Elm St / 94103 San Francisco");
        let erased = Address { line1: String::new(), ..at("", "", "", "US") };
        assert!(erased.lines().is_empty());
    }

    #[test]
    fn what_was_ordered_before_there_were_states_is_read_and_written_as_before() {
        let before =
            r#"{"name":"Ben","line1":"3 Elm St","line2":"","postcode":"1","town":"X","country":"US"}"#;
        let address: Address = serde_json::from_str(before).unwrap();
        assert_eq!(address.tax_place().map(|place| place.to_string()).as_deref(), Some("US"));
        assert_eq!(serde_json::to_string(&address).unwrap(), before);
        let fields = Address::read(&address).unwrap_err();
        assert_eq!(fields.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["delivery/address/region"]);
    }
}
