//! Taking a way in away. The last one stays.

use super::again::usable;
use super::model::Door;
use crate::accounts::rules as accounts;
use crate::factors::passkeys;
use crate::oidc::rules as oidc;
use kernel::{LinkId, MemberId, PasskeyId, Refusal};
use platform::Tx;

/// Takes a passkey away. Errors: `NotFound`; `Conflict("last-way-in")` when the member could not sign in any more:
/// nothing is to be committed then.
pub async fn remove_passkey(
    tx: &mut Tx,
    door: &Door,
    member: MemberId,
    id: PasskeyId,
) -> Result<(), Refusal> {
    // Of two who take something away at once, one waits for the other.
    accounts::lock(tx, member).await?;
    passkeys::remove(tx, member, id).await?;
    one_is_left(tx, door, member).await
}

/// Takes an account elsewhere away. Errors: as [`remove_passkey`].
pub async fn unlink(tx: &mut Tx, door: &Door, member: MemberId, id: LinkId) -> Result<(), Refusal> {
    accounts::lock(tx, member).await?;
    oidc::unlink(tx, member, id).await?;
    one_is_left(tx, door, member).await
}

/// A provider that was taken out of the settings lets nobody in, nor does a passkey at a bare address.
async fn one_is_left(tx: &mut Tx, door: &Door, member: MemberId) -> Result<(), Refusal> {
    if accounts::has_password(tx, member).await? || usable(tx, door, member).await?.passkeys > 0 {
        return Ok(());
    }
    let links = oidc::list(tx, member).await?;
    match links.iter().any(|link| door.providers.list().any(|provider| provider.issuer == link.issuer)) {
        true => Ok(()),
        false => Err(Refusal::Conflict("last-way-in")),
    }
}
