//! What bounds a listing that a program sends.

use super::{AttributeIn, ListingIn};
use crate::bounds::{self, Bounds};
use crate::shapes::MoneyIn;
use kernel::limits::QUANTITY_MAX;
use kernel::{FieldErrors, Wrong};
use market::catalog::{Attribute, catalog};
use market::listings::model::{Condition, Deal, Description, Title, Wanted};
use serde_json::json;

/// The most characters of an external id.
pub(super) const EXTERNAL_ID_MAX: usize = 120;
/// Of a category's id, or its path of names.
const CATEGORY_MAX: usize = 200;
/// Of a town.
const LOCATION_MAX: usize = 120;
/// There are two ways: sent, and met for.
const WAYS: usize = 2;

/// What bounds a listing that is sent.
pub(crate) fn bounds() -> [Bounds; 3] {
    // A draft may have no title yet; one that it has is no shorter than others.
    let title = json!({ "maxLength": Title::MAX, "pattern": kernel::text::pattern_or_nothing(Title::MIN) });
    let ids = json!({ "type": "string", "enum": catalog().attribute_ids() });
    let number = Attribute::NUMBER_BOUND;
    let listing = Bounds::of("ListingInput")
        .field("title", title)
        .field("description", bounds::text(Description::MIN, Description::MAX))
        .field("category", bounds::plain(0, CATEGORY_MAX))
        .field("quantity", bounds::whole(1, QUANTITY_MAX))
        .field("wanted", bounds::text(Wanted::MIN, Wanted::MAX))
        .field("delivery", bounds::list(0, WAYS))
        .field("location", bounds::plain(0, LOCATION_MAX))
        .field("attributes", json!({ "propertyNames": ids }))
        .field("external_id", bounds::text(1, EXTERNAL_ID_MAX));
    let value = Bounds::of("AttributeInput")
        .at("/oneOf/0", bounds::plain(0, Attribute::TEXT_MAX))
        .at("/oneOf/2", json!({ "exclusiveMinimum": -number, "exclusiveMaximum": number }));
    [listing, value, MoneyIn::bounds()]
}

impl ListingIn {
    /// What the rules would let pass, because they also read forms and catalogues, and the description does not promise.
    pub(super) fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::none();
        let given = |text: &Option<Option<String>>| text.clone().flatten().unwrap_or_default();
        for (field, text, max) in [
            ("title", given(&self.title), Title::MAX),
            ("description", given(&self.description), Description::MAX),
            ("category", given(&self.category), CATEGORY_MAX),
            ("wanted", given(&self.wanted), Wanted::MAX),
            ("location", given(&self.location), LOCATION_MAX),
            ("external_id", self.external_id.clone().unwrap_or_default(), EXTERNAL_ID_MAX),
        ] {
            bounds::check(&mut errors, field, &text, max);
        }
        if self.condition.iter().flatten().any(|name| Condition::find(name).is_none()) {
            errors.add("condition", Wrong::NotAChoice);
        }
        if self.deal.iter().any(|name| Deal::find(name).is_none()) {
            errors.add("deal", Wrong::NotAChoice);
        }
        if self.delivery.as_ref().is_some_and(|ways| ways.len() > WAYS) {
            errors.add("delivery", Wrong::TooMany { max: WAYS });
        }
        for (id, value) in self.attributes.iter().flatten().flatten() {
            value.check(&format!("attributes/{id}"), &mut errors);
        }
        errors
    }
}

impl AttributeIn {
    fn check(&self, field: &str, errors: &mut FieldErrors) {
        match self {
            Self::Text(text) => bounds::check(errors, field, text, Attribute::TEXT_MAX),
            Self::Number(number) if number.abs() >= Attribute::NUMBER_BOUND => {
                errors.add_once(field, Wrong::NotANumber);
            }
            Self::Flag(_) | Self::Number(_) | Self::Absent => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;
    use serde_json::Value;

    fn mistakes(body: Value) -> Vec<String> {
        let input: ListingIn = serde_json::from_value(body).unwrap();
        let errors = input.read(Currency::EUR, None).err().unwrap_or_default();
        errors.iter().map(|(field, wrong)| format!("{field} {wrong:?}")).collect()
    }

    /// Forms and catalogues are read more kindly than the description promises programs.
    #[test]
    fn what_is_not_described_is_refused() {
        for (body, wrong) in [
            (json!({ "condition": "used" }), "condition NotAChoice"),
            (json!({ "condition": "" }), "condition NotAChoice"),
            (json!({ "deal": " cash" }), "deal NotAChoice"),
            (json!({ "delivery": ["ship", "ship", "meet"] }), "delivery TooMany { max: 2 }"),
            (json!({ "location": format!("Lyon, FR{}", " ".repeat(113)) }), "location TooLong { max: 120 }"),
            (json!({ "title": format!("Lamp{}", "\u{200b}".repeat(117)) }), "title TooLong { max: 120 }"),
            (json!({ "title": "x".repeat(121) }), "title TooLong { max: 120 }"),
            (json!({ "external_id": " " }), "external_id Required"),
        ] {
            assert_eq!(mistakes(body.clone()), [wrong], "{body}");
        }
        let large = json!({ "category": "vehicles.cars", "attributes": { "model": 1e12 } });
        assert_eq!(mistakes(large), ["attributes/model NotANumber"]);
        let none: [&str; 0] = [];
        assert_eq!(mistakes(json!({ "quantity": 3.0, "delivery": ["ship", "ship"] })), none);
    }
}
