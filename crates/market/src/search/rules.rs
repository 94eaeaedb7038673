//! Asking the text engine. It is bound by the processor, so it runs on a blocking thread.

use super::model::{Ask, Card, Found, Results, Suggestion};
use ::search::{Engine, Near, Query, SearchError};
use kernel::{Cursor, ListingId, Refusal, Wrong};
use std::sync::Arc;
use uuid::Uuid;

/// Finds listings. Errors: the field `cursor` when it is not one of this search.
pub async fn find(engine: &Arc<Engine>, ask: Ask) -> Result<Results, Refusal> {
    let engine = Arc::clone(engine);
    let query = query(ask);
    let (page, filling) = blocking(move || {
        let page = engine.search(&query)?;
        // The bookmark is read from the disk: only when there is nothing to show, and why matters.
        let filling = page.total == 0 && engine.bookmark().is_none();
        Ok((page, filling))
    })
    .await?;
    let found = |hit: ::search::Hit| {
        let card: Card = serde_json::from_str(&hit.stored).ok()?;
        Some(Found { card, score: hit.score, external_id: hit.external_id, distance_km: hit.distance_km })
    };
    Ok(Results {
        items: page.hits.into_iter().filter_map(found).collect(),
        next: page.next.map(Cursor),
        total: page.total,
        facets: page.facets,
        corrected: page.corrected,
        relaxed: page.relaxed,
        whole: page.whole,
        filling,
    })
}

/// Completes what is being typed.
pub async fn suggest(engine: &Arc<Engine>, prefix: String, limit: usize) -> Result<Vec<Suggestion>, Refusal> {
    let engine = Arc::clone(engine);
    let found = blocking(move || engine.suggest(&prefix, limit)).await?;
    Ok(found
        .into_iter()
        .map(|s| {
            let id = s.id.map(|id| ListingId(Uuid::from_u128(id)));
            Suggestion { text: s.text, kind: if id.is_some() { "listing" } else { "query" }, id }
        })
        .collect())
}

fn query(ask: Ask) -> Query {
    Query {
        text: ask.text,
        category: ask.category,
        min_price: ask.min_price,
        max_price: ask.max_price,
        currency: ask.currency,
        conditions: ask.conditions.iter().map(|c| c.name().to_owned()).collect(),
        // "Both" asks for listings that take either.
        deal: ask.deal.and_then(|d| match d {
            crate::listings::model::Deal::Both => None,
            one => Some(one.name().to_owned()),
        }),
        delivery: ask.delivery,
        near: ask.near.map(|n| Near { lat: n.lat, lng: n.lng, radius_km: n.radius_km }),
        seller: ask.seller,
        facets: ask.attributes,
        sort: ask.sort,
        limit: ask.limit,
        after: ask.after.map(|c| c.0),
        with_facets: ask.facets,
    }
}

pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, Refusal> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(SearchError::BadCursor)) => Err(Refusal::field("cursor", Wrong::BadShape)),
        Ok(Err(error)) => Err(Refusal::broken(error)),
        Err(error) => Err(Refusal::broken(error)),
    }
}
