//! Listings, made by the rules: `ann.listing("Lamp").price(1200).live().await`.

use crate::people::Person;
use kernel::Currency;
use market::catalog::catalog;
use market::listings::edit::{Edit, Raw};
use market::listings::model::Listing;
use market::listings::rules;
use std::collections::BTreeMap;
use time::Duration;

/// What a person is about to offer: a lamp in good order for 12.00 €, sent for 2.00 €, unless said otherwise.
#[must_use]
pub struct Offer<'a> {
    seller: &'a Person,
    raw: Raw,
}

impl Person {
    /// Begins an offer.
    pub fn listing(&self, title: &str) -> Offer<'_> {
        let raw = Raw {
            title: Some(title.to_owned()),
            description: Some(format!("{title}, as good as it looks.")),
            category: Some("home.lighting".to_owned()),
            condition: Some("good".to_owned()),
            price_minor: Some(1_200),
            quantity: Some("1".to_owned()),
            delivery: Some(vec!["ship".to_owned()]),
            shipping_minor: Some(200),
            ..Raw::default()
        };
        Offer { seller: self, raw }
    }
}

impl Offer<'_> {
    /// Minor units for one piece.
    pub fn price(mut self, amount: i64) -> Self {
        self.raw.price_minor = Some(amount);
        self
    }

    pub fn currency(mut self, code: &str) -> Self {
        self.raw.currency = Some(code.to_owned());
        self
    }

    pub fn quantity(mut self, pieces: i32) -> Self {
        self.raw.quantity = Some(pieces.to_string());
        self
    }

    /// Minor units, once for the listing.
    pub fn shipping(mut self, amount: i64) -> Self {
        self.raw.shipping_minor = Some(amount);
        self
    }

    /// Handed over in person, in this town, and not sent.
    pub fn meet(mut self, town: &str) -> Self {
        self.raw.delivery = Some(vec!["meet".to_owned()]);
        self.at(town)
    }

    /// Where it is: "Lyon, FR".
    pub fn at(mut self, town: &str) -> Self {
        self.raw.location = Some(town.to_owned());
        self
    }

    pub fn category(mut self, id: &str) -> Self {
        self.raw.category = Some(id.to_owned());
        self
    }

    pub fn condition(mut self, name: &str) -> Self {
        self.raw.condition = Some(name.to_owned());
        self
    }

    pub fn description(mut self, text: &str) -> Self {
        self.raw.description = Some(text.to_owned());
        self
    }

    /// Taken for things instead of money.
    pub fn barter(mut self, wanted: &str) -> Self {
        self.raw.deal = Some("barter".to_owned());
        self.raw.price_minor = None;
        self.raw.wanted = Some(wanted.to_owned());
        self
    }

    pub fn attribute(mut self, id: &str, value: &str) -> Self {
        self.raw.attributes.get_or_insert_with(BTreeMap::new).insert(id.to_owned(), value.to_owned());
        self
    }

    /// Takes away everything that a draft may lack.
    pub fn empty(mut self) -> Self {
        self.raw = Raw { title: self.raw.title, ..Raw::default() };
        self
    }

    /// Opens the draft. A second passes, so that lists have an order.
    pub async fn draft(self) -> Listing {
        let world = &self.seller.world;
        world.clock.advance(Duration::seconds(1));
        let edit = Edit::read(self.raw, catalog(), Currency::EUR, None).unwrap();
        let currency = edit.currency.unwrap_or(Currency::EUR);
        let seller = self.seller.member().await;
        let mut tx = world.db.begin().await.unwrap();
        let listing = rules::open(&mut tx, &seller, edit, currency).await.unwrap();
        tx.commit().await.unwrap();
        listing
    }

    /// Opens the draft and publishes it.
    pub async fn live(self) -> Listing {
        let (seller, world) = (self.seller.member().await, std::sync::Arc::clone(&self.seller.world));
        let draft = self.draft().await;
        let mut tx = world.db.begin().await.unwrap();
        let listing = rules::publish(&mut tx, &seller, draft.id).await.unwrap();
        tx.commit().await.unwrap();
        listing
    }
}

impl Person {
    /// One's own listing as it is now.
    pub async fn own(&self, listing: &Listing) -> Listing {
        let (by, mut reader) = (self.member().await, self.world.db.read().await.unwrap());
        rules::find_mine(&mut reader, &by, listing.id).await.unwrap()
    }
}
