//! What a program sends to place orders.

use crate::bounds::{self, Bounds};
use crate::shapes::{DeliveryMethod, Whole};
use kernel::limits::{CART_LINES_MAX, QUANTITY_MAX};
use kernel::{FieldErrors, ListingId, Wrong, regions};
use market::orders::model::{Address, AddressLine, Delivery};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// What is bought, and how it changes hands.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Purchase)]
pub(crate) struct PurchaseIn {
    /// Each listing once; they may be of several sellers. In one currency.
    items: Vec<ItemIn>,
    delivery: DeliveryIn,
}

/// Some pieces of a listing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PurchaseItem)]
struct ItemIn {
    #[schema(value_type = Uuid)]
    listing_id: ListingId,
    #[serde(default = "one")]
    #[schema(value_type = i64, default = 1)]
    quantity: Whole,
}

const fn one() -> Whole {
    Whole(1)
}

/// How the goods change hands.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PurchaseDelivery)]
struct DeliveryIn {
    #[schema(value_type = DeliveryMethod)]
    method: String,
    /// Where a parcel goes; not used when you meet.
    address: Option<AddressIn>,
}

/// Where a parcel goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AddressInput)]
struct AddressIn {
    #[serde(default)]
    #[schema(required = true)]
    name: String,
    #[serde(default)]
    #[schema(required = true)]
    line1: String,
    #[serde(default)]
    line2: String,
    #[serde(default)]
    #[schema(required = true)]
    postcode: String,
    #[serde(default)]
    #[schema(required = true)]
    town: String,
    /// A state or the like. In the United States it is needed, by its two letters.
    #[serde(default)]
    region: String,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    #[schema(required = true)]
    country: String,
}

/// What bounds a purchase.
pub(crate) fn bounds() -> [Bounds; 4] {
    let lines_max = usize::try_from(CART_LINES_MAX).unwrap_or(usize::MAX);
    let line = || bounds::text(AddressLine::MIN, AddressLine::MAX);
    let purchase = Bounds::of("Purchase").field("items", bounds::list(1, lines_max));
    let item = Bounds::of("PurchaseItem").field("quantity", bounds::whole(1, QUANTITY_MAX));
    let sent = json!({ "properties": { "method": { "const": "ship" } } });
    let goes_somewhere =
        json!({ "required": ["address"], "properties": { "address": { "type": "object" } } });
    let delivery = Bounds::of("PurchaseDelivery").at("", json!({ "if": sent, "then": goes_somewhere }));
    let in_the_us = json!({ "properties": { "country": { "pattern": "^[Uu][Ss]$" } } });
    let states = bounds::one_of_names(&regions::us_states());
    let with_a_state = json!({ "required": ["region"], "properties": { "region": states } });
    let address = Bounds::of("AddressInput")
        .field("name", line())
        .field("line1", line())
        .field("line2", bounds::plain(0, AddressLine::MAX))
        .field("postcode", line())
        .field("town", line())
        .field("region", bounds::plain(0, regions::MAX))
        .at("", json!({ "if": in_the_us, "then": with_a_state }))
        .field("country", json!({ "pattern": "^[A-Za-z]{2}$", "minLength": 2, "maxLength": 2 }));
    [purchase, item, delivery, address]
}

/// Which listings in which quantity, and how they change hands.
type Wanted = (Vec<(ListingId, i32)>, Delivery);

impl PurchaseIn {
    /// Reads every field and tells of all mistakes at once.
    pub(crate) fn read(self) -> Result<Wanted, FieldErrors> {
        let mut errors = FieldErrors::none();
        let max = usize::try_from(CART_LINES_MAX).unwrap_or(usize::MAX);
        if self.items.len() > max {
            errors.add("items", Wrong::TooBig { max: CART_LINES_MAX });
        }
        let mut lines = Vec::new();
        for (n, item) in self.items.iter().enumerate() {
            let quantity = errors.take(&format!("items/{n}/quantity"), quantity(item.quantity.0));
            lines.extend(quantity.map(|q| (item.listing_id, q)));
        }
        match self.delivery.read() {
            Ok(delivery) => errors.check().map(|()| (lines, delivery)),
            Err(more) => {
                more.iter().for_each(|(field, wrong)| errors.add(field, wrong.clone()));
                Err(errors)
            }
        }
    }
}

fn quantity(asked: i64) -> Result<i32, Wrong> {
    match asked {
        ..1 => Err(Wrong::TooSmall { min: 1 }),
        n if n > QUANTITY_MAX => Err(Wrong::TooBig { max: QUANTITY_MAX }),
        n => i32::try_from(n).map_err(|_| Wrong::TooBig { max: QUANTITY_MAX }),
    }
}

impl DeliveryIn {
    fn read(self) -> Result<Delivery, FieldErrors> {
        match (self.method.as_str(), self.address) {
            // What is not used must still be what it says it is.
            ("meet", address) => address.map(AddressIn::read).transpose().map(|_| Delivery::Meet),
            ("ship", Some(address)) => address.read().map(Delivery::Ship),
            ("ship", None) => Err(FieldErrors::one("delivery/address", Wrong::Required)),
            _ => Err(FieldErrors::one("delivery/method", Wrong::NotAChoice)),
        }
    }
}

impl AddressIn {
    fn read(self) -> Result<Address, FieldErrors> {
        let Self { name, line1, line2, postcode, town, region, country } = self;
        let sent = Address { name, line1, line2, postcode, town, region, country };
        let mut more = FieldErrors::none();
        for (field, text) in [
            ("name", &sent.name),
            ("line1", &sent.line1),
            ("line2", &sent.line2),
            ("postcode", &sent.postcode),
            ("town", &sent.town),
        ] {
            bounds::check(&mut more, &format!("delivery/address/{field}"), text, AddressLine::MAX);
        }
        bounds::check(&mut more, "delivery/address/region", &sent.region, regions::MAX);
        if regions::is_needed(&sent.country) && !regions::us_states().contains(&sent.region.as_str()) {
            more.add("delivery/address/region", Wrong::Because("wrong-us-state"));
        }
        if sent.country.len() != 2 {
            more.add("delivery/address/country", Wrong::Because("wrong-country"));
        }
        bounds::read(Address::read(&sent), more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const ID: &str = "01940000-0000-7000-8000-000000000001";

    fn read(items: Value, delivery: Value) -> Result<Wanted, Vec<String>> {
        let input: PurchaseIn =
            serde_json::from_value(json!({ "items": items, "delivery": delivery })).unwrap();
        input.read().map_err(|errors| errors.iter().map(|(field, _)| field.to_owned()).collect())
    }

    #[test]
    fn a_quantity_is_one_unless_said() {
        let (lines, delivery) = read(json!([{ "listing_id": ID }]), json!({ "method": "meet" })).unwrap();
        assert_eq!((lines[0].1, delivery), (1, Delivery::Meet));
    }

    #[test]
    fn every_mistake_has_its_place() {
        let items = json!([{ "listing_id": ID, "quantity": 0 }, { "listing_id": ID, "quantity": 10_001 }]);
        let address = json!({ "name": "Ben", "postcode": "69001", "town": "Lyon", "country": "France" });
        let fields = read(items, json!({ "method": "ship", "address": address })).unwrap_err();
        assert_eq!(
            fields,
            ["items/0/quantity", "items/1/quantity", "delivery/address/line1", "delivery/address/country"]
        );
        assert_eq!(read(json!([]), json!({ "method": "ship" })).unwrap_err(), ["delivery/address"]);
        let nobody = json!({ "method": "meet", "address": { "country": "fr " } });
        assert_eq!(read(json!([]), nobody).unwrap_err().len(), 5);
        assert_eq!(read(json!([]), json!({ "method": "drone" })).unwrap_err(), ["delivery/method"]);
    }
}
