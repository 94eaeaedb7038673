//! Events, to be looked up.

use super::lists;
use super::route::Call;
use crate::problem::Problem;
use crate::world::Work;
use serde_json::Value;

const KIND: &str = "event";

/// `GET /v1/events/{id}`
pub async fn show(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let known = work.page().get(KIND, id).await?.filter(|o| o.account == call.account);
    Ok(known.ok_or_else(|| Problem::none("event", id, "id"))?.body)
}

/// `GET /v1/events`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let (found, more) = lists::newest(work, KIND, &call.account, &call.params).await?;
    Ok(lists::list(&call.path, found.into_iter().map(|o| o.body).collect(), more))
}
