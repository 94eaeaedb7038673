//! Jobs that gave up: another try, or an end for good.

use super::model::{Reason, record};
use crate::accounts::model::Member;
use crate::permissions::Permission;
use kernel::{JobId, Refusal};
use platform::{Tx, jobs};
use serde_json::Map;

/// Gives one another life. Errors: `NotFound` for who may not; `Conflict("job-gone")` when it is gone, or another one
/// waits under its key.
pub async fn retry(tx: &mut Tx, by: &Member, id: JobId, why: &Reason) -> Result<(), Refusal> {
    may_run(by)?;
    if !jobs::revive(tx, id).await? {
        return Err(Refusal::Conflict("job-gone"));
    }
    record(tx, by, "jobs.retry", ("job", id.0), why, Map::new()).await
}

/// Deletes one: it will never be done. Errors: `NotFound` for who may not; `Conflict("job-gone")`.
pub async fn discard(tx: &mut Tx, by: &Member, id: JobId, why: &Reason) -> Result<(), Refusal> {
    may_run(by)?;
    if !jobs::forget(tx, id).await? {
        return Err(Refusal::Conflict("job-gone"));
    }
    record(tx, by, "jobs.discard", ("job", id.0), why, Map::new()).await
}

fn may_run(by: &Member) -> Result<(), Refusal> {
    if by.may(Permission::JobsRun) { Ok(()) } else { Err(Refusal::NotFound) }
}
