//! What a program sends to make or change a listing.

mod bounds;

use crate::shapes::{Condition, Deal, DeliveryMethod, MoneyIn, Whole, given};
use bounds::EXTERNAL_ID_MAX;
pub(crate) use bounds::bounds;
use kernel::{Currency, FieldErrors, Money, Wrong};
use market::catalog::catalog;
use market::listings::edit::{Edit, Raw};
use market::listings::model::Listing;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A listing as it is sent. A field that is absent stays as it is, or is empty in a new draft; null takes it
/// away. A draft may be incomplete; publishing asks for what a buyer must know.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ListingInput)]
#[allow(clippy::option_option, reason = "absent, null, or there")]
pub(crate) struct ListingIn {
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    title: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    description: Option<Option<String>>,
    /// The id of a category, or its path of names: `sports.bikes` or `Sports & outdoors > Bicycles`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    category: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Condition>)]
    condition: Option<Option<String>>,
    /// For one piece.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<MoneyIn>)]
    price: Option<Option<MoneyIn>>,
    /// Pieces there are.
    #[schema(value_type = Option<i64>)]
    quantity: Option<Whole>,
    #[schema(value_type = Option<Deal>, default = "cash")]
    deal: Option<String>,
    open_to_offers: Option<bool>,
    /// What you would take in trade.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    wanted: Option<Option<String>>,
    /// A new listing is sent unless it says otherwise.
    #[schema(value_type = Option<Vec<DeliveryMethod>>)]
    delivery: Option<Vec<String>>,
    /// What sending costs the buyer, once for the listing. In the currency of the price.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<MoneyIn>)]
    shipping_price: Option<Option<MoneyIn>>,
    /// A town as `/api/v1/towns` labels it. A new listing is where its seller is, unless it says otherwise.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, examples("Lyon, FR"))]
    location: Option<Option<String>>,
    /// By id. In a change, what is not named stays, and null takes one away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<BTreeMap<String, AttributeIn>>)]
    attributes: Option<Option<Attributes>>,
    /// Your own id for it. A new listing with the id of one that you have changes that one instead.
    external_id: Option<String>,
}

type Attributes = BTreeMap<String, AttributeIn>;

/// A value of an attribute: the id of a choice, a number, a text, or true and false; null takes it away.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = AttributeInput)]
enum AttributeIn {
    Text(String),
    Flag(bool),
    Number(f64),
    Absent,
}

impl AttributeIn {
    fn typed(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Number(number) => Some(number.to_string()),
            Self::Absent => None,
        }
    }
}

impl ListingIn {
    /// The seller's own id for a new listing.
    pub(crate) fn external_id(&self) -> Result<Option<String>, FieldErrors> {
        let Some(id) = &self.external_id else { return Ok(None) };
        let id = kernel::text::bounded(kernel::text::clean(id, false), 1, EXTERNAL_ID_MAX);
        id.map(Some).map_err(|wrong| FieldErrors::one("external_id", wrong))
    }

    /// Reads every field and tells of all mistakes at once. `present` is the listing that is changed, `currency`
    /// that of a new one which names none.
    pub(crate) fn read(mut self, currency: Currency, present: Option<&Listing>) -> Result<Edit, FieldErrors> {
        let mut errors = FieldErrors::none();
        self.check_external_id(present, &mut errors);
        let more = self.check();
        let attributes = self.attributes.take();
        let now = present.map_or(currency, |l| l.currency);
        let raw = self.into_raw(now, present, attributes.as_ref(), &mut errors);
        let category = present.and_then(|l| l.category.as_deref());
        let read = Edit::read(raw, catalog(), now, category);
        for (field, wrong) in read.as_ref().err().into_iter().flat_map(|found| found.iter()) {
            errors.add(place(field, wrong), wrong.clone());
        }
        errors.join(more);
        errors.check()?;
        let mut edit = read?;
        merge_attributes(&mut edit, attributes, present);
        Ok(edit)
    }

    fn check_external_id(&self, present: Option<&Listing>, errors: &mut FieldErrors) {
        match (present, self.external_id()) {
            (Some(present), Ok(Some(given))) if present.external_id.as_ref() != Some(&given) => {
                errors.add("external_id", Wrong::Because("wrong-external-id-fixed"));
            }
            (_, Err(wrong)) => wrong.iter().for_each(|(field, wrong)| errors.add(field, wrong.clone())),
            _ => {}
        }
    }

    fn into_raw(
        self,
        now: Currency,
        present: Option<&Listing>,
        attributes: Option<&Option<Attributes>>,
        errors: &mut FieldErrors,
    ) -> Raw {
        let price = read_money("price", self.price, errors);
        let shipping = read_money("shipping_price", self.shipping_price, errors);
        let currency = one_currency(now, present, (price, shipping), errors);
        let text = |value: Option<Option<String>>| value.map(Option::unwrap_or_default);
        let emptied = |money: Option<Option<Money>>| matches!(money, Some(None)).then(String::new);
        let minor = |money: Option<Option<Money>>| money.flatten().map(|m| m.amount);
        Raw {
            title: text(self.title),
            description: text(self.description),
            category: text(self.category),
            condition: text(self.condition),
            price: emptied(price),
            price_minor: minor(price),
            currency: Some(currency.code().to_owned()),
            open_to_offers: self.open_to_offers,
            deal: self.deal,
            wanted: text(self.wanted),
            quantity: self.quantity.map(|q| q.0.to_string()),
            delivery: self.delivery,
            shipping: emptied(shipping),
            shipping_minor: minor(shipping),
            location: text(self.location),
            attributes: attributes.map(typed),
            free_attributes: false,
        }
    }
}

fn typed(attributes: &Option<Attributes>) -> BTreeMap<String, String> {
    let there = |(id, value): (&String, &AttributeIn)| Some((id.clone(), value.typed()?));
    attributes.iter().flatten().filter_map(there).collect()
}

#[allow(clippy::option_option, reason = "absent, null, or there")]
fn read_money(
    field: &str,
    money: Option<Option<MoneyIn>>,
    errors: &mut FieldErrors,
) -> Option<Option<Money>> {
    match money? {
        None => Some(None),
        Some(money) => money.read(field, errors).map(Some),
    }
}

/// The currency of the listing's price and shipping, which are in one. A new price brings its currency along
/// when nothing in the old one stays.
#[allow(clippy::option_option, reason = "absent, null, or there")]
fn one_currency(
    now: Currency,
    present: Option<&Listing>,
    (price, shipping): (Option<Option<Money>>, Option<Option<Money>>),
    errors: &mut FieldErrors,
) -> Currency {
    let effective = |new: Option<Option<Money>>, old: Option<Money>| new.unwrap_or(old).map(|m| m.currency);
    let price = effective(price, present.and_then(|l| l.price));
    let shipping = effective(shipping, present.and_then(|l| l.shipping));
    if let (Some(price), Some(shipping)) = (price, shipping)
        && price != shipping
    {
        errors.add("shipping_price/currency", Wrong::Because("wrong-currency-differs"));
    }
    price.or(shipping).unwrap_or(now)
}

/// What is named replaces what was there, null takes it away, the rest stays; but of a category that is left,
/// only what the new one knows too.
#[allow(clippy::option_option, reason = "absent, null, or there")]
fn merge_attributes(edit: &mut Edit, given: Option<Option<Attributes>>, present: Option<&Listing>) {
    let (Some(Some(given)), Some(present)) = (given, present) else { return };
    let known: Option<Vec<&str>> = match &edit.category {
        Some(Some(category)) if present.category.as_deref() != Some(category) => {
            Some(catalog().attributes_of(category).into_iter().map(|a| a.id.as_str()).collect())
        }
        _ => None,
    };
    let mut merged = present.attributes.clone();
    merged.retain(|id, _| !given.contains_key(id) && known.as_ref().is_none_or(|k| k.contains(&id.as_str())));
    merged.extend(edit.attributes.take().unwrap_or_default());
    edit.attributes = Some(merged);
}

/// Where a mistake stands in the JSON: a price that is too high is too high in its amount.
fn place(field: &str, wrong: &Wrong) -> String {
    match wrong {
        Wrong::TooLittle { .. } | Wrong::TooMuch { .. } => format!("{field}/amount"),
        _ => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(body: Value, present: Option<&Listing>) -> Result<Edit, Vec<String>> {
        let input: ListingIn = serde_json::from_value(body).unwrap();
        let errors = |e: FieldErrors| e.iter().map(|(f, w)| format!("{f} {w:?}")).collect();
        input.read(Currency::EUR, present).map_err(errors)
    }

    fn car() -> Listing {
        let edit = read(json!({}), None).unwrap();
        assert_eq!(edit.currency, Some(Currency::EUR));
        let nobody = kernel::MemberId(uuid::Uuid::nil());
        let at = time::OffsetDateTime::UNIX_EPOCH;
        Listing {
            id: kernel::ListingId(uuid::Uuid::nil()),
            seller: nobody,
            external_id: Some("car-1".to_owned()),
            state: market::listings::model::State::Draft,
            title: "Car".to_owned(),
            slug: "car".to_owned(),
            description: String::new(),
            category: Some("vehicles.cars".to_owned()),
            condition: None,
            price: Some(Money::new(5_000, Currency::EUR)),
            currency: Currency::EUR,
            open_to_offers: false,
            deal: market::listings::model::Deal::Cash,
            wanted: String::new(),
            quantity: 1,
            reserved: 0,
            ship: true,
            meet: false,
            shipping: Some(Money::new(500, Currency::EUR)),
            town: None,
            country: None,
            lat: None,
            lng: None,
            attributes: BTreeMap::from([
                ("fuel".to_owned(), "petrol".to_owned()),
                ("year".to_owned(), "2017".to_owned()),
            ]),
            views: 0,
            version: 1,
            created_at: at,
            updated_at: at,
            published_at: None,
            photos: Vec::new(),
        }
    }

    #[test]
    fn amounts_are_minor_units() {
        let edit =
            read(json!({ "price": { "amount": 1250, "currency": "JPY" }, "quantity": 3 }), None).unwrap();
        let yen = "JPY".parse().unwrap();
        assert_eq!(
            (edit.price, edit.currency, edit.quantity),
            (Some(Some(Money::new(1250, yen))), Some(yen), Some(3))
        );
    }

    #[test]
    fn price_and_shipping_are_in_one_currency() {
        let differs = ["shipping_price/currency Because(\"wrong-currency-differs\")"];
        let eur = |amount| json!({ "amount": amount, "currency": "EUR" });
        let usd = |amount| json!({ "amount": amount, "currency": "USD" });
        assert_eq!(read(json!({ "price": eur(1), "shipping_price": usd(1) }), None).unwrap_err(), differs);
        let car = car();
        assert_eq!(
            read(json!({ "price": usd(1) }), Some(&car)).unwrap_err(),
            differs,
            "the shipping stays in euros"
        );
        assert!(read(json!({ "price": usd(1), "shipping_price": usd(1) }), Some(&car)).is_ok());
        assert!(read(json!({ "price": usd(1), "shipping_price": null }), Some(&car)).is_ok());
        assert_eq!(read(json!({ "shipping_price": usd(1) }), Some(&car)).unwrap_err(), differs);
    }

    #[test]
    fn mistakes_name_their_place() {
        let body = json!({
            "title": "x",
            "price": { "amount": -1, "currency": "EUR" },
            "shipping_price": { "amount": 1, "currency": "euro" },
            "attributes": { "flux": 3 },
        });
        let wrong = read(body, None).unwrap_err();
        let fields: Vec<&str> = wrong.iter().filter_map(|w| w.split(' ').next()).collect();
        assert_eq!(fields, ["shipping_price/currency", "title", "price/amount", "attributes/flux"]);
    }

    #[test]
    fn null_takes_away_and_absent_stays() {
        let edit = read(json!({ "price": null, "category": null, "title": null }), None).unwrap();
        assert_eq!((edit.price, edit.category, edit.title.as_deref()), (Some(None), Some(None), Some("")));
        let edit = read(json!({}), None).unwrap();
        assert_eq!((edit.price, edit.category, edit.title, edit.attributes), (None, None, None, None));
    }

    #[test]
    fn attributes_are_changed_one_by_one() {
        let car = car();
        let change = |body| read(body, Some(&car)).unwrap().attributes.unwrap();
        let year = change(json!({ "attributes": { "year": 2018 } }));
        assert_eq!((year["year"].as_str(), year["fuel"].as_str()), ("2018", "petrol"));
        assert_eq!(change(json!({ "attributes": { "year": null } })).len(), 1);
        assert_eq!(change(json!({ "attributes": null })).len(), 0);
    }

    #[test]
    fn the_external_id_stays() {
        let car = car();
        assert!(read(json!({ "external_id": "car-1" }), Some(&car)).is_ok());
        assert!(read(json!({ "external_id": "car-2" }), Some(&car)).is_err());
    }

    #[test]
    fn words_for_every_mistake() {
        for key in ["wrong-currency-differs", "wrong-external-id-fixed"] {
            assert!(kernel::Say::knows(key), "{key}");
        }
    }
}
