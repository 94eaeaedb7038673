//! A listing as a document of the text engine.

use super::model::Card;
use crate::accounts::model::Member;
use crate::catalog::{Catalog, Kind};
use crate::listings::model::Listing;
use ::search::Document;
use kernel::{Lang, moment::to_micros};

/// Makes the document of a live listing.
pub(super) fn of(listing: &Listing, seller: &Member, catalog: &Catalog) -> Document {
    let published = listing.published_at.unwrap_or(listing.created_at);
    let category = listing.category.as_deref().and_then(|c| catalog.find(c));
    let card = Card {
        id: listing.id,
        slug: listing.slug.clone(),
        title: listing.title.clone(),
        price: listing.price,
        deal: listing.deal,
        condition: listing.condition,
        town: listing.town.clone(),
        country: listing.country.clone(),
        seller_handle: seller.handle.clone(),
        seller_name: seller.display_name.clone(),
        photo: listing.photos.first().map(|p| p.thumb()),
        category: listing.category.clone(),
        published_at: to_micros(published),
    };
    Document {
        id: listing.id.0.as_u128(),
        title: listing.title.clone(),
        brand: listing
            .attributes
            .get("brand")
            .or_else(|| listing.attributes.get("make"))
            .cloned()
            .unwrap_or_default(),
        body: body(listing, catalog),
        attributes_text: words(listing, catalog),
        categories: category.map(|c| c.path()).unwrap_or_default(),
        price: listing.price.filter(|_| listing.deal.takes_cash()).map(|p| p.amount),
        currency: listing.currency.code().to_owned(),
        condition: listing.condition.map_or("", |c| c.name()).to_owned(),
        deal: ways([(listing.deal.takes_cash(), "cash"), (listing.deal.takes_things(), "barter")]),
        delivery: ways([(listing.ship, "ship"), (listing.meet, "meet")]),
        seller: seller.handle.clone(),
        external_id: listing.external_id.clone().unwrap_or_default(),
        lat: listing.lat,
        lng: listing.lng,
        published_at: to_micros(published),
        facets: facets(listing, catalog),
        stored: serde_json::to_string(&card).unwrap_or_default(),
    }
}

fn ways(ways: [(bool, &str); 2]) -> Vec<String> {
    ways.iter().filter(|(yes, _)| *yes).map(|(_, name)| (*name).to_owned()).collect()
}

fn body(listing: &Listing, catalog: &Catalog) -> String {
    let names: Vec<&str> = listing
        .category
        .as_deref()
        .and_then(|c| catalog.find(c))
        .map(|c| c.path().iter().filter_map(|id| catalog.find(id)).map(|c| c.name(Lang::EN)).collect())
        .unwrap_or_default();
    format!("{}\n{}\n{}", names.join(" "), listing.description, listing.wanted)
}

/// The values as people would search them: choices by name.
fn words(listing: &Listing, catalog: &Catalog) -> String {
    let show = |(id, value): (&String, &String)| match catalog.attribute(id) {
        Some(attribute) => attribute.show(value, Lang::EN),
        None => value.clone(),
    };
    listing.attributes.iter().map(show).collect::<Vec<_>>().join(" ")
}

/// Only what the category filters by, and no numbers: those would be a filter of their own.
fn facets(listing: &Listing, catalog: &Catalog) -> Vec<(String, String)> {
    let known = listing.category.as_deref().map(|c| catalog.attributes_of(c)).unwrap_or_default();
    known
        .into_iter()
        .filter(|a| a.filter && a.kind != Kind::Number)
        .filter_map(|a| Some((a.id.clone(), listing.attributes.get(&a.id)?.clone())))
        .filter(|(_, value)| value.len() <= 60)
        .collect()
}
