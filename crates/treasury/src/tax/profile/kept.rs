//! What a seller had said, kept for a while when they leave: the law asks for a report of the year in which they sold. It is
//! sealed with a key of its own, so that forgetting theirs does not open a hole in the report.

use super::model::Details;
use super::rules::open;
use crate::tax::store::profile as store;
use kernel::{MemberId, Moment, Refusal};
use platform::vault::Vault;
use platform::{Reader, Tx};

/// What the vault calls it.
const PLACE: &str = "seller_profiles_kept";

/// Keeps what a seller said until a moment. They must be being erased. Nothing happens when they said nothing.
pub async fn keep(tx: &mut Tx, vault: &Vault, member: MemberId, until: Moment) -> Result<(), Refusal> {
    // What does not open is lost already, and must not keep somebody from leaving.
    let Some(details) = open(tx, vault, member).await.unwrap_or_default() else { return Ok(()) };
    let plain = serde_json::to_vec(&details).map_err(Refusal::broken)?;
    let key: MemberId = tx.new_id();
    let sealed = vault.seal(tx, key.0, PLACE, &plain).await?;
    Ok(store::keep(tx, member, key.0, &sealed, until).await?)
}

/// What a seller had said who has left.
pub async fn find(reader: &mut Reader, vault: &Vault, member: MemberId) -> Result<Option<Details>, Refusal> {
    let Some((key, sealed)) = store::kept(reader, member).await? else { return Ok(None) };
    let plain = vault.open(reader, key, PLACE, &sealed).await?;
    serde_json::from_slice(&plain).map(Some).map_err(Refusal::broken)
}

/// Forgets what was kept long enough.
pub async fn prune(tx: &mut Tx, vault: &Vault) -> Result<(), Refusal> {
    for key in store::end_kept(tx).await? {
        vault.forget(tx, key).await?;
    }
    Ok(())
}
