//! Reading what a seller typed or a program sent: all mistakes at once, nothing half-applied.

use super::model::{Condition, Deal, Description, Title, Wanted};
use crate::catalog::Catalog;
use crate::places;
use kernel::limits::{PRICE_MAX, QUANTITY_MAX};
use kernel::{Currency, FieldErrors, Money, Wrong};
use std::collections::BTreeMap;

/// What came in; a field that is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Raw {
    pub title: Option<String>,
    pub description: Option<String>,
    /// An id of the category tree, or a path of names.
    pub category: Option<String>,
    pub condition: Option<String>,
    /// As typed ("12.50"); an empty text takes the price away.
    pub price: Option<String>,
    /// In minor units, as programs send it; wins over `price`.
    pub price_minor: Option<i64>,
    pub currency: Option<String>,
    pub open_to_offers: Option<bool>,
    pub deal: Option<String>,
    pub wanted: Option<String>,
    pub quantity: Option<String>,
    pub delivery: Option<Vec<String>>,
    pub shipping: Option<String>,
    pub shipping_minor: Option<i64>,
    /// "Lyon, FR"; an empty text takes the place away.
    pub location: Option<String>,
    /// An empty value takes the attribute away. Ids that the category does not have are refused, unless
    /// `free_attributes` says that a catalogue brings its own.
    pub attributes: Option<BTreeMap<String, String>>,
    pub free_attributes: bool,
}

/// What is to change, checked.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    pub title: Option<String>,
    pub description: Option<String>,
    pub category: Option<Option<String>>,
    pub condition: Option<Option<Condition>>,
    pub price: Option<Option<Money>>,
    pub currency: Option<Currency>,
    pub open_to_offers: Option<bool>,
    pub deal: Option<Deal>,
    pub wanted: Option<String>,
    pub quantity: Option<i32>,
    pub delivery: Option<(bool, bool)>,
    pub shipping: Option<Option<Money>>,
    pub place: Option<Option<places::Town>>,
    pub attributes: Option<BTreeMap<String, String>>,
}

/// Characters of a value that a catalogue brings along, and of the name it has for it.
pub const FREE_VALUE_MAX: usize = 200;
const FREE_NAME_MAX: usize = 60;

impl Edit {
    /// Reads every field. `currency` is the listing's present one, `category` its present category.
    pub fn read(
        raw: Raw,
        catalog: &Catalog,
        currency: Currency,
        category: Option<&str>,
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let mut edit = Self::default();
        edit.read_words(&raw, &mut errors);
        edit.read_category(&raw, catalog, &mut errors);
        let chosen = edit.category.clone().unwrap_or_else(|| category.map(str::to_owned));
        edit.read_money(&raw, currency, &mut errors);
        edit.read_terms(&raw, &mut errors);
        edit.read_attributes(&raw, catalog, chosen.as_deref(), &mut errors);
        errors.check().map(|()| edit)
    }

    fn read_words(&mut self, raw: &Raw, errors: &mut FieldErrors) {
        // A draft may have no title yet; publishing asks for it.
        self.title = raw.title.as_deref().and_then(|t| match Title::read(t) {
            Err(Wrong::Required) => Some(String::new()),
            other => errors.take("title", other).map(Title::into_string),
        });
        let description = raw.description.as_deref().map(Description::read);
        self.description =
            description.and_then(|d| errors.take("description", d)).map(Description::into_string);
        let wanted = raw.wanted.as_deref().map(Wanted::read);
        self.wanted = wanted.and_then(|w| errors.take("wanted", w)).map(Wanted::into_string);
    }

    fn read_category(&mut self, raw: &Raw, catalog: &Catalog, errors: &mut FieldErrors) {
        let Some(text) = raw.category.as_deref().map(str::trim) else { return };
        if text.is_empty() {
            self.category = Some(None);
            return;
        }
        match catalog.find(text).or_else(|| catalog.by_path(text)) {
            Some(category) => self.category = Some(Some(category.id.clone())),
            None => errors.add("category", Wrong::Because("wrong-category")),
        }
    }

    fn read_money(&mut self, raw: &Raw, currency: Currency, errors: &mut FieldErrors) {
        let chosen = raw.currency.as_deref().map(|c| c.trim().parse().map_err(|_| Wrong::NotAChoice));
        self.currency = chosen.and_then(|c| errors.take("currency", c));
        let currency = self.currency.unwrap_or(currency);
        self.price = read_amount("price", raw.price.as_deref(), raw.price_minor, currency, errors);
        self.shipping =
            read_amount("shipping_price", raw.shipping.as_deref(), raw.shipping_minor, currency, errors);
    }

    fn read_terms(&mut self, raw: &Raw, errors: &mut FieldErrors) {
        self.open_to_offers = raw.open_to_offers;
        self.condition = raw.condition.as_deref().and_then(|text| match text.trim() {
            "" => Some(None),
            // "used" is what catalogues say when they do not say how worn.
            "used" => Some(Some(Condition::Good)),
            text => errors.take("condition", Condition::find(text).ok_or(Wrong::NotAChoice)).map(Some),
        });
        self.deal = raw
            .deal
            .as_deref()
            .and_then(|d| errors.take("deal", Deal::find(d.trim()).ok_or(Wrong::NotAChoice)));
        self.quantity = raw.quantity.as_deref().and_then(|q| errors.take("quantity", read_quantity(q)));
        if let Some(ways) = &raw.delivery {
            if ways.iter().all(|w| matches!(w.as_str(), "ship" | "meet")) {
                let has = |way: &str| ways.iter().any(|w| w == way);
                self.delivery = Some((has("ship"), has("meet")));
            } else {
                errors.add("delivery", Wrong::NotAChoice);
            }
        }
        self.place = raw.location.as_deref().and_then(|text| match text.trim() {
            "" => Some(None),
            text => {
                let town = places::find(text).cloned().ok_or(Wrong::Because("wrong-location"));
                errors.take("location", town).map(Some)
            }
        });
    }

    fn read_attributes(
        &mut self,
        raw: &Raw,
        catalog: &Catalog,
        category: Option<&str>,
        errors: &mut FieldErrors,
    ) {
        let Some(given) = &raw.attributes else { return };
        let known = category.map(|c| catalog.attributes_of(c)).unwrap_or_default();
        let mut values = BTreeMap::new();
        for (id, typed) in given.iter().filter(|(_, v)| !v.trim().is_empty()) {
            let field = format!("attributes/{id}");
            match known.iter().find(|a| a.id == *id) {
                Some(attribute) => match attribute.read(typed) {
                    Ok(value) => drop(values.insert(id.clone(), value)),
                    // A catalogue's own words for a known attribute are better than none.
                    Err(_) if raw.free_attributes => {
                        drop(values.insert(id.clone(), free(typed, FREE_VALUE_MAX)))
                    }
                    Err(wrong) => errors.add(field, wrong),
                },
                None if raw.free_attributes => {
                    drop(values.insert(free(id, FREE_NAME_MAX), free(typed, FREE_VALUE_MAX)))
                }
                None => errors.add(field, Wrong::Because("wrong-attribute")),
            }
        }
        self.attributes = Some(values);
    }
}

/// A catalogue's own word: cleaned, and cut to so many characters.
fn free(typed: &str, max: usize) -> String {
    kernel::text::clean(typed, false).chars().take(max).collect()
}

fn read_quantity(text: &str) -> Result<i32, Wrong> {
    match text.trim().parse::<i64>() {
        Err(_) => Err(Wrong::NotANumber),
        Ok(n) if n < 1 => Err(Wrong::TooSmall { min: 1 }),
        Ok(n) if n > QUANTITY_MAX => Err(Wrong::TooBig { max: QUANTITY_MAX }),
        Ok(n) => i32::try_from(n).map_err(|_| Wrong::TooBig { max: QUANTITY_MAX }),
    }
}

#[allow(clippy::option_option, reason = "unchanged, taken away, or set")]
fn read_amount(
    field: &str,
    typed: Option<&str>,
    minor: Option<i64>,
    currency: Currency,
    errors: &mut FieldErrors,
) -> Option<Option<Money>> {
    let money = match (minor, typed.map(str::trim)) {
        (Some(minor), _) => Ok(Money::new(minor, currency)),
        (None, None) => return None,
        (None, Some("")) => return Some(None),
        (None, Some(text)) => Money::parse(text, currency).ok_or(Wrong::NotAnAmount),
    };
    let money = money.and_then(|m| match m.amount {
        ..0 => Err(Wrong::TooLittle { min: Money::zero(currency) }),
        n if n > PRICE_MAX => Err(Wrong::TooMuch { max: Money::new(PRICE_MAX, currency) }),
        _ => Ok(m),
    });
    errors.take(field, money).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog;

    fn read(raw: Raw) -> Result<Edit, FieldErrors> {
        Edit::read(raw, catalog(), Currency::EUR, None)
    }

    #[test]
    fn tells_of_all_mistakes_at_once() {
        let raw = Raw {
            title: Some("x".into()),
            price: Some("a lot".into()),
            quantity: Some("0".into()),
            category: Some("dragons".into()),
            delivery: Some(vec!["drone".into()]),
            location: Some("Atlantis".into()),
            ..Raw::default()
        };
        let errors = read(raw).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|(f, _)| f).collect();
        assert_eq!(fields, ["title", "category", "price", "quantity", "delivery", "location"]);
    }

    #[test]
    fn an_empty_draft_is_fine() {
        let raw = Raw { title: Some(String::new()), price: Some(String::new()), ..Raw::default() };
        let edit = read(raw).unwrap();
        assert_eq!((edit.title.as_deref(), edit.price), (Some(""), Some(None)));
    }

    #[test]
    fn a_catalogue_brings_its_own_attributes() {
        let attributes = BTreeMap::from([("flux".to_owned(), "1.21 GW".to_owned())]);
        let raw = Raw { attributes: Some(attributes), ..Raw::default() };
        assert!(read(raw.clone()).is_err());
        let edit = read(Raw { free_attributes: true, ..raw }).unwrap();
        assert_eq!(edit.attributes.unwrap()["flux"], "1.21 GW");
    }
}
