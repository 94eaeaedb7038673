//! Signing in by the word of an identity provider.

use super::again::ways_again;
use super::model::{Door, Step};
use super::rules::after;
use crate::accounts::model::{Client, DisplayName, Email, Method, Newcomer};
use crate::accounts::rules as accounts;
use crate::oidc::model::Claims;
use crate::oidc::rules::{self as oidc, Arrival};
use kernel::{Lang, MemberId, Refusal};
use platform::Tx;
use time::Duration;

/// How far the clock of a provider may be from ours.
const LEEWAY: Duration = Duration::minutes(1);

/// What became of it.
#[derive(Debug)]
pub enum Entered {
    Step(Step),
    /// Nobody has proven the address, or the provider does not vouch for it: its owner gets a mail, whether it has an
    /// account or not.
    Mail,
    /// The address has an account: its owner signs in to that first, and adds the provider there.
    Known,
    /// The provider told no address, and an account needs one.
    NoAddress,
}

/// Lets somebody in whom a provider has told us of, or opens an account for them. An account is found by issuer and
/// subject only: an address in somebody else's claims opens nothing. Nobody comes in before the address of the account is
/// proven. Errors: `Conflict("account-suspended")`;
/// `Conflict("provider-taken")` when another request was faster.
pub async fn enter(
    tx: &mut Tx,
    claims: &Claims,
    client: &Client,
    next: &str,
    lang: Lang,
    base_url: &str,
) -> Result<Entered, Refusal> {
    if let Some(id) = oidc::find(tx, claims).await? {
        let member = accounts::find(tx, id).await?.ok_or(Refusal::SignIn)?;
        if !member.verified {
            accounts::send_verification(tx, &member, base_url).await?;
            return Ok(Entered::Mail);
        }
        return Ok(Entered::Step(after(tx, member, Method::Provider, None, client, next).await?));
    }
    let Some(email) = claims.email.as_deref().and_then(|email| Email::read(email).ok()) else {
        return Ok(Entered::NoAddress);
    };
    let Some(display_name) = name_of(claims, &email) else { return Ok(Entered::NoAddress) };
    let who = Newcomer { email, display_name, lang };
    let Some(member) = accounts::register_by_provider(tx, &who, claims.email_verified, base_url).await?
    else {
        return Ok(if claims.email_verified { Entered::Known } else { Entered::Mail });
    };
    if !claims.email_verified {
        // Not linked: the owner of the address, once they have proven it, may not be who came from the provider.
        return Ok(Entered::Mail);
    }
    oidc::link(tx, &member, claims).await?;
    Ok(Entered::Step(after(tx, member, Method::Provider, None, client, next).await?))
}

/// Whether a provider has just shown again that it is this member: the same account there, and asked for anew since they
/// went there. A provider that does not say when it asked has shown nothing, because somebody may still have been signed
/// in there (OpenID Connect Core 1.0, 3.1.3.7: where `max_age` was asked for, `auth_time` is looked at). Errors:
/// `Conflict("provider-late")` when this way is none any more; `("provider-other")` for another account;
/// `("provider-stale")` when it did not ask, or does not say when.
pub async fn confirm(
    tx: &mut Tx,
    door: &Door,
    member: MemberId,
    provider: &str,
    arrival: &Arrival,
) -> Result<(), Refusal> {
    let ways = ways_again(tx, door, member).await?;
    if !ways.providers.iter().any(|id| id == provider) {
        return Err(Refusal::Conflict("provider-late"));
    }
    if oidc::find(tx, &arrival.claims).await? != Some(member) {
        return Err(Refusal::Conflict("provider-other"));
    }
    let (since, now) = (arrival.way.since, tx.now());
    let shown = (since - LEEWAY).unix_timestamp()..=(now + LEEWAY).unix_timestamp();
    match arrival.claims.auth_time {
        Some(at) if shown.contains(&at) => Ok(()),
        _ => Err(Refusal::Conflict("provider-stale")),
    }
}

/// What others see: the name that the provider tells, or what stands before the @.
fn name_of(claims: &Claims, email: &Email) -> Option<DisplayName> {
    let local = email.as_str().split('@').next().unwrap_or_default();
    let short = |name: &str| name.trim().chars().take(DisplayName::MAX).collect::<String>();
    [claims.name.as_deref().unwrap_or_default(), local, "Member"]
        .into_iter()
        .find_map(|name| DisplayName::read(&short(name)).ok())
}
