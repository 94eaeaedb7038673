//! Who stands on documents.

use super::model::{Deal, Profile, Terms};
use crate::accounts::model::Member;
use crate::documents::Party;
use crate::orders::model::{Address, Delivery};
use crate::tax::profile;
use crate::tax::profile::model::{Postcode, Region};

fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Who runs the marketplace.
pub(super) fn operator(terms: &Terms<'_>) -> Party {
    let it = terms.operator;
    let lines: Vec<String> = it.address.split([',', '\n']).filter_map(filled).collect();
    Party {
        name: terms.name().to_owned(),
        country: filled(&it.country).filter(|_| !lines.is_empty()),
        lines,
        tax_number: filled(&it.vat_id),
        registration: filled(&it.registration),
        email: filled(&it.email),
    }
}

/// Who buys: by the address of the parcel, or by name.
pub(super) fn buyer(deal: &Deal) -> Party {
    match &deal.order.delivery {
        Delivery::Ship(address) => at(address),
        Delivery::Meet => Party { name: deal.buyer.display_name.clone(), ..Party::default() },
    }
}

fn at(address: &Address) -> Party {
    Party {
        name: address.name.clone(),
        lines: address.lines(),
        country: filled(&address.country),
        ..Party::default()
    }
}

/// Where a business is, line by line.
pub(super) fn lines(at: &profile::Address) -> Vec<String> {
    let postcode = at.postcode.as_ref().map_or("", Postcode::as_str);
    let town = format!("{postcode} {}", at.town.as_str());
    let region = at.region.as_ref().map_or("", Region::as_str);
    [at.street.as_str(), town.as_str(), region].into_iter().filter_map(filled).collect()
}

/// Who sells: a business under its name and with its address, a person under theirs and without.
pub(super) fn seller(member: &Member, profile: Option<&Profile>) -> Party {
    let person =
        Party { name: member.display_name.clone(), country: member.country.clone(), ..Party::default() };
    let Some(it) = profile.filter(|profile| profile.is_business) else { return person };
    Party {
        name: it.business_name.clone().unwrap_or(person.name),
        lines: it.lines.clone(),
        country: it.country.clone().or(person.country),
        tax_number: it.vat_id.clone(),
        registration: it.registration.clone(),
        ..Party::default()
    }
}
