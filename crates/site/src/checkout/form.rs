//! The form of the checkout: what is in it, and what was typed.

use crate::basket::{Basket, Way};
use crate::deals::last_names;
use kernel::{FieldErrors, Refusal, Wrong};
use kit::answer::{Answer, Denied};
use kit::form::Typed;
use kit::visit::Visit;
use market::accounts::model::Member;
use market::orders::model::{Address, Delivery, Side};
use market::orders::rules as orders;
use platform::Reader;

/// The fields of an address, in the order of the form.
pub(super) const ADDRESS: [&str; 7] = ["name", "line1", "line2", "postcode", "town", "region", "country"];

/// Purchases looked at for an address that was used before.
const LOOKED_AT: usize = 10;

/// What names one order of one form, so that sending it twice orders once.
pub(super) fn new_key(visit: &Visit) -> String {
    format!("{:032x}", u128::from_be_bytes(visit.app.market.db.dice().bytes()))
}

/// The key that came with a form. Errors: it is none of ours.
pub(super) fn key(typed: &Typed) -> Result<&str, Answer> {
    let key = typed.get("key");
    let ours = key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit());
    if ours { Ok(key) } else { Err(Denied::Unreadable { line: 0, column: 0 }.into()) }
}

/// What is known of the buyer's address: the one of their last parcel, else their name and country.
pub(super) async fn known(reader: &mut Reader, member: &Member) -> Result<Typed, Refusal> {
    let past = orders::page(reader, member.id, Side::Buyer, None, LOOKED_AT).await?;
    let last = past.items.into_iter().find_map(|(order, _)| match order.delivery {
        Delivery::Ship(address) => Some(address),
        Delivery::Meet => None,
    });
    Ok(match last {
        Some(Address { name, line1, line2, postcode, town, region, country }) => {
            Typed::of(ADDRESS.into_iter().zip([name, line1, line2, postcode, town, region, country]))
        }
        None => Typed::of([("country", member.country.clone().unwrap_or_default())]),
    })
}

/// How the goods are to change hands. Errors: the fields by their names in the form.
pub(super) fn delivery(typed: &Typed, basket: &Basket) -> Result<Delivery, FieldErrors> {
    let ways = basket.ways();
    let chosen = Way::find(typed.get("delivery")).filter(|w| ways.contains(w));
    match chosen {
        None => Err(FieldErrors::one("delivery", Wrong::NotAChoice)),
        Some(Way::Meet) => Ok(Delivery::Meet),
        Some(Way::Ship) => {
            let [name, line1, line2, postcode, town, region, country] =
                ADDRESS.map(|field| typed.get(field).to_owned());
            let raw = Address { name, line1, line2, postcode, town, region, country };
            Address::read(&raw).map(Delivery::Ship).map_err(|errors| last_names(&errors))
        }
    }
}

/// A rule's mistakes under the names of the form.
pub(super) fn named(errors: &FieldErrors) -> FieldErrors {
    let mut named = FieldErrors::none();
    for (field, wrong) in last_names(errors).iter() {
        named.add(if field == "method" { "delivery" } else { field }, wrong.clone());
    }
    named
}
