//! Keeping a form, finding it, forgetting it.

use super::model::{Form, Kept};
use super::store;
use crate::accounts::rules as accounts;
use kernel::{KeptFormId, MemberId, Refusal};
use platform::vault::{Vault, VaultError};
use platform::{Reader, Tx};
use time::Duration;

/// How long a form is kept.
pub const LIFE: Duration = Duration::hours(1);
/// Bytes of the fields of one.
pub const BYTES_MAX: usize = 64 * 1024;
/// Forms that are kept for one member; one more takes the place of the oldest.
const AT_ONCE: i64 = 5;

/// Keeps what `member` typed. Answers nothing when it is too much, or there is no such member any more.
pub async fn keep(
    tx: &mut Tx,
    vault: &Vault,
    member: MemberId,
    form: &Form<'_>,
) -> Result<Option<KeptFormId>, Refusal> {
    if form.fields.len() > BYTES_MAX || accounts::find(tx, member).await?.is_none() {
        return Ok(None);
    }
    let id: KeptFormId = tx.new_id();
    let sealed = vault.seal(tx, member.0, &place(id), form.fields.as_bytes()).await?;
    store::insert(tx, id, member, form, &sealed, LIFE).await?;
    store::keep_newest(tx, member, AT_ONCE).await?;
    Ok(Some(id))
}

/// What `member` typed on this page. Nothing when it is over, somebody else's, or of another page.
pub async fn find(
    reader: &mut Reader,
    vault: &Vault,
    member: MemberId,
    id: KeptFormId,
    page: &str,
) -> Result<Option<Kept>, Refusal> {
    let Some(row) = store::find(reader, member, id).await?.filter(|row| row.page == page) else {
        return Ok(None);
    };
    match vault.open(reader, member.0, &place(id), &row.sealed).await {
        Ok(fields) => Ok(Some(Kept { action: row.action, fields })),
        Err(VaultError::Database(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(%error, "what was typed into a form cannot be read");
            Ok(None)
        }
    }
}

/// It was sent again.
pub async fn forget(tx: &mut Tx, member: MemberId, id: KeptFormId) -> Result<(), Refusal> {
    Ok(store::delete(tx, member, id).await?)
}

/// Forgets all forms of somebody who leaves.
pub async fn forget_all(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::delete_all(tx, member).await?)
}

/// Forgets those whose time is over.
pub async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    Ok(store::prune(tx).await?)
}

/// Where the vault seals it: one form does not open in the place of another.
fn place(id: KeptFormId) -> String {
    format!("kept_forms {id}")
}
