//! Writing listings as an import reads them.

use super::row::Row;
use crate::catalog::catalog;
use crate::listings::{self, model::Listing};
use kernel::{ListingId, MemberId, Refusal};
use platform::Reader;
use std::io::Write;
use uuid::Uuid;

/// Writes every listing (of a seller) as NDJSON, oldest first. Answers how many.
pub async fn run(
    reader: &mut Reader,
    seller: Option<MemberId>,
    out: &mut (dyn Write + Send),
) -> Result<u64, Refusal> {
    let (mut after, mut count) = (ListingId(Uuid::nil()), 0);
    loop {
        let batch = listings::rules::all_after(reader, seller, after, 500).await?;
        let Some(last) = batch.last() else { return Ok(count) };
        after = last.id;
        count += batch.len() as u64;
        for listing in batch {
            serde_json::to_writer(&mut *out, &row(listing)).map_err(Refusal::broken)?;
            out.write_all(b"\n").map_err(Refusal::broken)?;
        }
    }
}

fn row(listing: Listing) -> Row {
    let ways = [(listing.ship, "ship"), (listing.meet, "meet")];
    Row {
        external_id: listing.external_id.unwrap_or_else(|| listing.id.to_string()),
        title: listing.title,
        description: listing.description,
        category: listing.category.map(|c| catalog().path_of(&c)).unwrap_or_default(),
        price: listing.price.map(|p| p.amount),
        price_decimal: None,
        currency: listing.currency.code().to_owned(),
        condition: listing.condition.map_or("", |c| c.name()).to_owned(),
        quantity: Some(i64::from(listing.quantity)),
        attributes: listing.attributes.into_iter().map(|(k, v)| (k, v.into())).collect(),
        image_paths: Vec::new(),
        location: listing.town.zip(listing.country).map(|(t, c)| format!("{t}, {c}")),
        deal: Some(listing.deal.name().to_owned()),
        wanted: (!listing.wanted.is_empty()).then_some(listing.wanted),
        open_to_offers: Some(listing.open_to_offers),
        delivery: Some(ways.iter().filter(|(yes, _)| *yes).map(|(_, name)| (*name).to_owned()).collect()),
        shipping_price: listing.shipping.map(|s| s.amount),
    }
}
