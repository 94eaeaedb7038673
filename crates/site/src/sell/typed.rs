//! Between a listing and the fields of its form.

use kernel::FieldErrors;
use kit::Typed;
use market::catalog::catalog;
use market::listings::edit::{Edit, Raw};
use market::listings::model::{Deal, Listing};

/// In front of an attribute's id; the rules name its mistakes the same way.
pub(super) const ATTRIBUTE: &str = "attributes/";
/// A hidden field that says that the whole form came: a box that is absent was not ticked.
pub(super) const WHOLE: &str = "whole";

/// What stands in the fields when the form opens.
pub(super) fn of(it: &Listing) -> Typed {
    let mut typed = Typed::of([
        ("title", it.title.clone()),
        ("description", it.description.clone()),
        ("category", it.category.clone().unwrap_or_default()),
        ("condition", it.condition.map_or("", |c| c.name()).to_owned()),
        ("deal", it.deal.name().to_owned()),
        ("price", it.price.map(|p| p.decimal()).unwrap_or_default()),
        ("currency", it.currency.code().to_owned()),
        ("wanted", it.wanted.clone()),
        ("quantity", it.quantity.to_string()),
        ("shipping_price", it.shipping.map(|p| p.decimal()).unwrap_or_default()),
        ("location", crate::words::place(it).unwrap_or_default()),
    ]);
    for (ticked, name, value) in [
        (it.open_to_offers, "open_to_offers", "1"),
        (it.ship, "delivery", "ship"),
        (it.meet, "delivery", "meet"),
    ] {
        if ticked {
            typed.add(name, value);
        }
    }
    for (id, value) in &it.attributes {
        typed.add(format!("{ATTRIBUTE}{id}"), value);
    }
    typed
}

/// The category that is chosen: as typed, else as stored.
pub(super) fn category<'a>(typed: &'a Typed, it: &'a Listing) -> Option<&'a str> {
    typed.maybe("category").or(it.category.as_deref()).filter(|c| !c.is_empty())
}

/// What the form changes about the listing. Errors: every wrong field.
pub(super) fn edit(typed: &Typed, it: &Listing) -> Result<Edit, FieldErrors> {
    let mut edit = Edit::read(raw(typed, it), catalog(), it.currency, it.category.as_deref())?;
    if let Some(attributes) = &mut edit.attributes {
        // What a catalogue brought along has no field here, so nobody meant to take it away.
        let own = it.attributes.iter().filter(|(id, _)| catalog().attribute(id).is_none());
        attributes.extend(own.map(|(id, value)| (id.clone(), value.clone())));
    }
    Ok(edit)
}

fn raw(typed: &Typed, it: &Listing) -> Raw {
    let text = |name: &str| typed.maybe(name).map(str::to_owned);
    let whole = typed.maybe(WHOLE).is_some();
    let known = category(typed, it).map(|c| catalog().attributes_of(c)).unwrap_or_default();
    // Fields of the category that was chosen before are on the page until it is shown anew: they are passed over.
    let attribute = |(name, value): (&str, &str)| {
        let id = name.strip_prefix(ATTRIBUTE)?;
        known.iter().any(|a| a.id == id).then(|| (id.to_owned(), value.to_owned()))
    };
    Raw {
        title: text("title"),
        description: text("description"),
        category: text("category"),
        condition: text("condition"),
        price: text("price"),
        currency: text("currency"),
        open_to_offers: whole.then(|| typed.ticked("open_to_offers")),
        deal: text("deal").filter(|d| Deal::find(d).is_some()),
        wanted: text("wanted"),
        quantity: text("quantity"),
        delivery: whole.then(|| typed.all("delivery").map(str::to_owned).collect()),
        shipping: text("shipping_price"),
        location: text("location"),
        attributes: whole.then(|| typed.pairs().filter_map(attribute).collect()),
        ..Raw::default()
    }
}

/// The form without the fields that are wrong: what can be saved while somebody is still typing.
pub(super) fn without_mistakes(typed: &Typed, errors: &FieldErrors) -> Typed {
    Typed::of(typed.pairs().filter(|(name, _)| errors.of(name).is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Currency, ListingId, MemberId, Moment};
    use market::listings::model::State;
    use std::collections::BTreeMap;

    fn listing() -> Listing {
        let at = Moment::UNIX_EPOCH;
        Listing {
            id: ListingId(uuid::Uuid::nil()),
            seller: MemberId(uuid::Uuid::nil()),
            external_id: None,
            state: State::Draft,
            title: "Red bike".into(),
            slug: "red-bike".into(),
            description: String::new(),
            category: Some("sports.bikes".into()),
            condition: None,
            price: None,
            currency: Currency::EUR,
            open_to_offers: true,
            deal: Deal::Cash,
            wanted: String::new(),
            quantity: 1,
            reserved: 0,
            ship: true,
            meet: false,
            shipping: None,
            town: None,
            country: None,
            lat: None,
            lng: None,
            attributes: BTreeMap::from([("own_detail".to_owned(), "x".to_owned())]),
            views: 0,
            version: 1,
            created_at: at,
            updated_at: at,
            published_at: None,
            photos: Vec::new(),
        }
    }

    #[test]
    fn what_is_shown_and_sent_back_changes_nothing() {
        let it = listing();
        let mut typed = of(&it);
        typed.add(WHOLE, "1");
        let edit = edit(&typed, &it).unwrap();
        assert_eq!((edit.open_to_offers, edit.delivery), (Some(true), Some((true, false))));
        assert_eq!(edit.attributes.unwrap()["own_detail"], "x", "a catalogue's own detail stays");
        assert_eq!(edit.title.as_deref(), Some("Red bike"));
    }

    #[test]
    fn a_box_is_unticked_only_by_the_whole_form() {
        let it = listing();
        let part = edit(&Typed::of([("title", "Blue bike")]), &it).unwrap();
        assert_eq!((part.open_to_offers, part.delivery, part.attributes), (None, None, None));
        let whole = edit(&Typed::of([("title", "Blue bike"), (WHOLE, "1")]), &it).unwrap();
        assert_eq!((whole.open_to_offers, whole.delivery), (Some(false), Some((false, false))));
    }

    #[test]
    fn what_is_right_can_be_saved_beside_what_is_wrong() {
        let it = listing();
        let typed = Typed::of([
            ("title", "Blue bike"),
            ("price", "cheap"),
            ("attributes/wheel_x", "?"),
            (WHOLE, "1"),
        ]);
        let errors = edit(&typed, &it).unwrap_err();
        let rest = edit(&without_mistakes(&typed, &errors), &it).unwrap();
        assert_eq!((rest.title.as_deref(), rest.price), (Some("Blue bike"), None));
    }
}
