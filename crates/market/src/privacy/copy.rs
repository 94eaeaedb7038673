//! A copy of everything: asked for, made by a job, taken within a week by its owner alone.

use super::jobs::MakeCopy;
use super::model::{DataCopy, Ready};
use super::store;
use crate::accounts::leaving as accounts;
use crate::accounts::model::{Client, Member};
use crate::accounts::notices::{self, Notice};
use kernel::{CopyId, MemberId, Refusal};
use platform::{Reader, Tx, audit, jobs};
use time::Duration;

/// How long the next one has to wait.
pub const EVERY: Duration = Duration::days(1);
/// How long one can be taken.
pub const KEPT: Duration = Duration::days(7);

/// Asks for a copy; an earlier one ends. Errors: `Conflict("copy-too-soon")` within a day of the last.
pub async fn ask(tx: &mut Tx, member: &Member, client: &Client, base_url: &str) -> Result<(), Refusal> {
    accounts::lock(tx, member.id).await?;
    let now = tx.now();
    if store::copy(tx, member.id).await?.is_some_and(|last| now - last.asked_at < EVERY) {
        return Err(Refusal::Conflict("copy-too-soon"));
    }
    let id: CopyId = tx.new_id();
    store::ask_copy(tx, member.id, id).await?;
    jobs::enqueue(tx, &MakeCopy { member: member.id, copy: id }).await?;
    notices::note(tx, member, Notice::CopyAsked, client, base_url).await?;
    let nothing = serde_json::json!({});
    audit::write(tx, Some(member.id), "privacy.ask_copy", ("member", member.id.0), nothing).await?;
    Ok(())
}

/// The copy that somebody asked for last, unless it has ended.
pub async fn find(reader: &mut Reader, member: MemberId) -> Result<Option<DataCopy>, Refusal> {
    let now = reader.now();
    let found = store::copy(reader, member).await?;
    Ok(found.filter(|copy| copy.ready.as_ref().is_none_or(|ready| ready.ends_at > now)))
}

/// Its owner takes it. Errors: `NotFound` when there is none, or it has ended.
pub async fn take(tx: &mut Tx, member: &Member, client: &Client, base_url: &str) -> Result<Ready, Refusal> {
    let ready = find(tx, member.id).await?.and_then(|copy| copy.ready).ok_or(Refusal::NotFound)?;
    notices::note(tx, member, Notice::CopyTaken, client, base_url).await?;
    let nothing = serde_json::json!({});
    audit::write(tx, Some(member.id), "privacy.take_copy", ("member", member.id.0), nothing).await?;
    Ok(ready)
}

/// The folder of somebody's copies in the object store.
pub(super) fn folder(member: MemberId) -> String {
    format!("copies/{member}")
}
