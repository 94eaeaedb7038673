//! Another handle. The one before leads to the new one for a year and is given to nobody else meanwhile, so that
//! nobody can pass for who was known by it.

use super::events::Renamed;
use super::model::{Client, Handle, Member};
use super::notices::{self, Notice};
use super::store;
use kernel::{FieldErrors, MemberId, Refusal, Wrong};
use platform::crypto::token_hash;
use platform::{Reader, Tx, audit, events};
use time::Duration;

/// How long the next change has to wait.
const EVERY: Duration = Duration::days(30);
/// How long a handle is kept that somebody gave up.
const KEPT: Duration = Duration::days(365);

/// Gives a member another handle; their own old ones may be taken back. Errors: the field `handle` is taken, or
/// was changed less than 30 days ago.
pub async fn change(
    tx: &mut Tx,
    member: &Member,
    new: &Handle,
    client: &Client,
    base_url: &str,
) -> Result<(), Refusal> {
    let taken = || Refusal::field("handle", Wrong::Taken);
    let (now, old) = (tx.now(), store::lock_handle(tx, member.id).await?.ok_or(Refusal::NotFound)?);
    if old == new.as_str() {
        return Ok(());
    }
    if store::handle_left_at(tx, member.id).await?.is_some_and(|at| now - at < EVERY) {
        return Err(FieldErrors::one("handle", Wrong::Because("wrong-handle-soon")).into());
    }
    if is_kept(tx, new.as_str(), Some(member.id)).await? || !store::set_handle(tx, member.id, new).await? {
        return Err(taken());
    }
    store::release_handle(tx, &hash(new.as_str())).await?;
    store::keep_handle(tx, &hash(&old), Some(member.id)).await?;
    events::append(tx, &Renamed { member: member.id }).await?;
    notices::note(tx, member, Notice::HandleChanged, client, base_url).await?;
    let nothing = serde_json::json!({});
    audit::write(tx, Some(member.id), "accounts.change_handle", ("member", member.id.0), nothing).await?;
    Ok(())
}

/// The handle that somebody has now who lately had this one.
pub async fn moved_to(reader: &mut Reader, handle: &str) -> Result<Option<String>, Refusal> {
    let since = reader.now() - KEPT;
    Ok(store::handle_of_former(reader, &hash(handle), since).await?)
}

/// Whether the handle is kept for somebody, or for nobody; not counting `but`, who may have it back.
pub(super) async fn is_kept(
    reader: &mut Reader,
    handle: &str,
    but: Option<MemberId>,
) -> Result<bool, Refusal> {
    let since = reader.now() - KEPT;
    Ok(store::is_handle_kept(reader, &hash(handle), but, since).await?)
}

/// Somebody leaves: what they were called leads nowhere, and is kept all the same.
pub(super) async fn leave(tx: &mut Tx, member: MemberId, handle: &str) -> Result<(), Refusal> {
    store::keep_handle(tx, &hash(handle), None).await?;
    Ok(store::orphan_handles(tx, member).await?)
}

/// Gives handles free that were kept long enough.
pub(super) async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    let before = tx.now() - KEPT;
    Ok(store::prune_handles(tx, before).await?)
}

/// What the table knows a handle by.
fn hash(handle: &str) -> Vec<u8> {
    token_hash(&handle.to_lowercase())
}
