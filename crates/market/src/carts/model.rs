//! What a cart is.

use crate::listings::model::Listing;
use kernel::{CartId, Currency, MemberId, Money};

/// Whose cart.
#[derive(Clone, Debug)]
pub enum Owner {
    Member(MemberId),
    /// The hash of the visitor's cookie.
    Visitor(Vec<u8>),
}

/// One listing in a cart.
#[derive(Clone, Debug)]
pub struct Line {
    pub listing: Listing,
    pub quantity: i32,
}

impl Line {
    /// Price of all pieces; `None` when it has no price (any more).
    pub fn amount(&self) -> Option<Money> {
        self.listing.price?.times(i64::from(self.quantity)).ok()
    }

    /// Whether it can be bought in that quantity now.
    pub fn is_buyable(&self) -> bool {
        self.listing.is_buyable() && self.listing.available() >= self.quantity
    }
}

/// A cart with what is in it now, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Cart {
    pub id: Option<CartId>,
    pub lines: Vec<Line>,
}

impl Cart {
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines of each seller, in the order in which sellers first appear.
    pub fn by_seller(&self) -> Vec<(MemberId, Vec<&Line>)> {
        let mut groups: Vec<(MemberId, Vec<&Line>)> = Vec::new();
        for line in &self.lines {
            match groups.iter_mut().find(|(seller, _)| *seller == line.listing.seller) {
                Some((_, lines)) => lines.push(line),
                None => groups.push((line.listing.seller, vec![line])),
            }
        }
        groups
    }

    /// The one currency of everything in it, if there is only one.
    pub fn currency(&self) -> Option<Currency> {
        let first = self.lines.first()?.listing.currency;
        self.lines.iter().all(|l| l.listing.currency == first).then_some(first)
    }
}
