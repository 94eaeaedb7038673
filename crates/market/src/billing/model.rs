//! What documents are made from.

use crate::accounts::model::Member;
use crate::documents::{Kind, New};
use crate::orders::model::{Leg, Order};
use crate::tax::{Decision, Liable, PartKind, day_in};
use kernel::{Moment, TaxPlace};
use platform::config::Operator;
use platform::vault::Vault;
use time::Date;

/// Who writes.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub operator: &'a Operator,
    /// What the marketplace is called, where its operator has no name yet.
    pub brand: &'a str,
    /// What the addresses of businesses are sealed with.
    pub vault: &'a Vault,
}

impl Terms<'_> {
    /// The day where the operator is.
    pub fn day(&self, at: Moment) -> Date {
        TaxPlace::parse(&self.operator.country).map_or_else(|| at.date(), |place| day_in(place, at))
    }

    /// The operator's name.
    pub fn name(&self) -> &str {
        match self.operator.name.trim() {
            "" => self.brand,
            name => name,
        }
    }
}

/// What a seller said of their business.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub is_business: bool,
    pub country: Option<String>,
    pub business_name: Option<String>,
    pub registration: Option<String>,
    pub vat_id: Option<String>,
    /// Since when documents may be made in their name.
    pub self_billing_at: Option<Moment>,
    /// Where the business is; none of a person.
    pub lines: Vec<String>,
}

/// An order with all that was decided about it.
#[derive(Clone, Debug)]
pub(super) struct Deal {
    pub order: Order,
    pub legs: Vec<Leg>,
    pub decisions: Vec<Decision>,
    pub buyer: Member,
    pub seller: Member,
    pub profile: Option<Profile>,
}

impl Deal {
    /// What the marketplace owes for some parts of the deal: decisions with an amount.
    pub(super) fn owed<'a>(&'a self, parts: &'a [PartKind]) -> impl Iterator<Item = &'a Decision> {
        self.decisions.iter().filter(move |it| {
            parts.contains(&it.part) && it.liable == Liable::Platform && !it.amount.is_zero()
        })
    }

    /// Why the goods are taxed as they are.
    pub(super) fn because(&self, part: PartKind) -> Option<&str> {
        self.decisions.iter().find(|it| it.part == part).map(|it| it.because.as_str())
    }
}

/// What of a price is for goods.
pub(super) const GOODS: &[PartKind] = &[PartKind::Item, PartKind::Shipping];

/// A document that is due, or nothing.
pub(super) type Due = Option<New>;

/// How causes are written: `receipt:<order>`.
pub(super) fn cause(kind: Kind, of: impl std::fmt::Display) -> String {
    let word = match kind {
        Kind::Receipt => "receipt",
        Kind::Invoice => "invoice",
        Kind::CommissionInvoice => "commission",
        Kind::CreditNote => "credit",
        Kind::PayoutStatement => "statement",
    };
    format!("{word}:{of}")
}
