//! What a program sends to place orders.

use super::output::AddressOut;
use crate::shapes::DeliveryMethod;
use kernel::limits::{CART_LINES_MAX, QUANTITY_MAX};
use kernel::{FieldErrors, ListingId, Wrong};
use market::orders::model::{Address, Delivery};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is bought, and how it changes hands.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Purchase)]
pub(crate) struct PurchaseIn {
    /// Each listing once; they may be of several sellers. In one currency.
    #[schema(min_items = 1, max_items = 50)]
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
    #[schema(minimum = 1, maximum = 10_000, default = 1)]
    quantity: i64,
}

const fn one() -> i64 {
    1
}

/// How the goods change hands.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PurchaseDelivery)]
struct DeliveryIn {
    #[schema(value_type = DeliveryMethod)]
    method: String,
    /// Where a parcel goes; not used when you meet.
    address: Option<AddressOut>,
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
            let quantity = errors.take(&format!("items/{n}/quantity"), quantity(item.quantity));
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
            ("meet", _) => Ok(Delivery::Meet),
            ("ship", Some(address)) => Address::read(&address.into()).map(Delivery::Ship),
            ("ship", None) => Err(FieldErrors::one("delivery/address", Wrong::Required)),
            _ => Err(FieldErrors::one("delivery/method", Wrong::NotAChoice)),
        }
    }
}

impl From<AddressOut> for Address {
    fn from(it: AddressOut) -> Self {
        let AddressOut { name, line1, line2, postcode, town, country } = it;
        Self { name, line1, line2, postcode, town, country }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

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
        assert_eq!(read(json!([]), json!({ "method": "drone" })).unwrap_err(), ["delivery/method"]);
    }
}
