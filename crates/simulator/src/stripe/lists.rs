//! Lists: newest first, in pages, from an id on or before one.

use crate::asked::Params;
use crate::books::{Beyond, Object};
use crate::problem::Problem;
use crate::world::Work;
use serde_json::{Value, json};

const LIMIT: i64 = 10;
const LIMIT_MAX: i64 = 100;
/// Things that a list with filters looks through.
const LOOKED_AT_MAX: i64 = 10_000;
/// Filters that are kept by all lists which have such a field.
const FILTERS: &[&str] = &["type", "currency", "source", "status", "destination", "charge", "payment_intent"];

/// What is asked of a list.
struct Paging<'a> {
    limit: usize,
    after: Option<&'a str>,
    before: Option<&'a str>,
}

fn paging(p: &Params) -> Result<Paging<'_>, Problem> {
    let limit = p.whole("limit")?.unwrap_or(LIMIT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(Problem::wrong("limit", format!("This value must be between 1 and {LIMIT_MAX}.")));
    }
    let limit = usize::try_from(limit).unwrap_or(1);
    Ok(Paging { limit, after: p.text("starting_after"), before: p.text("ending_before") })
}

/// A page of what an account has of a kind, and whether there is more.
pub async fn newest(
    work: &mut Work,
    kind: &str,
    account: &str,
    p: &Params,
) -> Result<(Vec<Object>, bool), Problem> {
    if p.tops().any(|top| top == "created" || top == "types" || FILTERS.contains(&top)) {
        let all = work.page().newest(kind, account, Beyond::Newest, LOOKED_AT_MAX).await?;
        return page_of(all, p);
    }
    let paging = paging(p)?;
    let beyond = match (paging.after, paging.before) {
        (Some(id), _) => Beyond::Older(place_of(work, kind, id, "starting_after").await?),
        (None, Some(id)) => Beyond::Newer(place_of(work, kind, id, "ending_before").await?),
        (None, None) => Beyond::Newest,
    };
    let one_more = i64::try_from(paging.limit).unwrap_or(LIMIT) + 1;
    let mut found = work.page().newest(kind, account, beyond, one_more).await?;
    let more = found.len() > paging.limit;
    if more {
        // The surplus one is the farthest from where the list begins.
        let at = if matches!(beyond, Beyond::Newer(_)) { 0 } else { found.len() - 1 };
        found.remove(at);
    }
    Ok((found, more))
}

async fn place_of(work: &mut Work, kind: &str, id: &str, param: &str) -> Result<i64, Problem> {
    let known = work.page().get(kind, id).await?;
    known.map(|o| o.seq).ok_or_else(|| Problem::none(kind, id, param))
}

/// A page of these, newest first, less what the filters leave out; and whether there is more.
pub fn page_of(mut all: Vec<Object>, p: &Params) -> Result<(Vec<Object>, bool), Problem> {
    let paging = paging(p)?;
    for name in FILTERS {
        if let Some(wanted) = p.text(name) {
            all.retain(|o| o.body.get(name).and_then(Value::as_str).is_none_or(|v| v == wanted));
        }
    }
    let types = p.list("types");
    all.retain(|o| types.is_empty() || types.iter().any(|t| o.body["type"] == *t));
    let created = |o: &Object| o.body["created"].as_i64().unwrap_or(0);
    for (name, value) in p.under("created") {
        let at: i64 = value.parse().map_err(|_| Problem::wrong("created", "Invalid timestamp"))?;
        all.retain(|o| match &*name {
            "gt" => created(o) > at,
            "gte" => created(o) >= at,
            "lt" => created(o) < at,
            _ => created(o) <= at,
        });
    }
    let place = |id: &str, param: &str| {
        all.iter().position(|o| o.id == id).ok_or_else(|| Problem::none("object", id, param))
    };
    let range = match (paging.after, paging.before) {
        (Some(id), _) => {
            let from = place(id, "starting_after")? + 1;
            from..(from + paging.limit).min(all.len())
        }
        (None, Some(id)) => {
            let to = place(id, "ending_before")?;
            to.saturating_sub(paging.limit)..to
        }
        (None, None) => 0..paging.limit.min(all.len()),
    };
    let more = if paging.after.is_none() && paging.before.is_some() {
        range.start > 0
    } else {
        range.end < all.len()
    };
    Ok((all.drain(range).collect(), more))
}

/// A list as Stripe shows it.
pub fn list(path: &str, data: Vec<Value>, more: bool) -> Value {
    json!({ "object": "list", "url": path, "has_more": more, "data": data })
}
