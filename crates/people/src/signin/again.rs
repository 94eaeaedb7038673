//! How somebody who is signed in may show again who they are.

use super::model::{Door, Ways};
use crate::accounts::model::Method;
use crate::accounts::rules as accounts;
use crate::factors::model::Enrolled;
use crate::factors::totp;
use crate::oidc::rules as oidc;
use kernel::{MemberId, Refusal};
use platform::Reader;

/// How the account is protected by what can be used here: at a bare address passkeys are worthless.
pub async fn usable(reader: &mut Reader, door: &Door, member: MemberId) -> Result<Enrolled, Refusal> {
    let mut enrolled = totp::enrolled(reader, member).await?;
    if door.passkeys.is_none() {
        enrolled.passkeys = 0;
    }
    Ok(enrolled)
}

/// How this member may show again who they are: by a code where there is a second factor, else by the password. An
/// account that has neither gets its codes by mail, and where it has no passkey either, its providers will do too. Staff
/// that has something strong shows that and nothing less.
pub async fn ways_again(reader: &mut Reader, door: &Door, member: MemberId) -> Result<Ways, Refusal> {
    let enrolled = usable(reader, door, member).await?;
    let by = |codes| Ways { codes, password: false, providers: Vec::new() };
    // Read anew: a session that is not strong hides the roles.
    let is_staff = accounts::find(reader, member).await?.is_some_and(|found| found.is_staff());
    if is_staff && enrolled.is_strong() {
        return Ok(by(enrolled.offered_to_staff()));
    }
    let codes = enrolled.offered();
    if !codes.is_empty() {
        return Ok(by(codes));
    }
    if accounts::has_password(reader, member).await? {
        return Ok(Ways { password: true, ..by(Vec::new()) });
    }
    let providers = match enrolled.passkeys {
        0 => linked(reader, door, member).await?,
        _ => Vec::new(),
    };
    Ok(Ways { providers, ..by(vec![Method::Mail]) })
}

/// The providers that sign this member in and are still set up, by their names in addresses.
async fn linked(reader: &mut Reader, door: &Door, member: MemberId) -> Result<Vec<String>, Refusal> {
    let links = oidc::list(reader, member).await?;
    let known = door.providers.list().filter(|p| links.iter().any(|link| link.issuer == p.issuer));
    Ok(known.map(|p| p.id.clone()).collect())
}
