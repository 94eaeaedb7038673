//! An account whose address nobody had proven: whoever opened it may be somebody else than the owner of the address.

use crate::accounts::sessions;
use crate::apikeys::rules as apikeys;
use crate::factors::totp;
use crate::oidc::rules as oidc;
use kernel::{MemberId, Refusal};
use platform::Tx;

/// Forgets every way in that was set up before the address was proven: accounts elsewhere, passkeys, other factors, API
/// keys; signs everything out. For the moment in which the owner of the address proves it.
pub async fn forget_ways_in(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    oidc::forget_all(tx, member).await?;
    totp::forget_all(tx, member).await?;
    apikeys::forget_all(tx, member).await?;
    sessions::close_all(tx, member, None).await
}
