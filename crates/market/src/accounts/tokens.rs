//! Tokens for programs: a short access token and a refresh token that is used once.

use super::model::Member;
use super::{rules, store};
use kernel::{Refusal, TokenFamilyId};
use platform::crypto::{Token, token_hash};
use platform::{Reader, Tx};
use time::Duration;

/// How long an access token lives.
pub const ACCESS_LIFE: Duration = Duration::minutes(15);
/// How long a refresh token lives, and with it the sign-in.
pub const REFRESH_LIFE: Duration = Duration::days(30);

/// A new pair of tokens, shown once.
#[derive(Debug)]
pub struct Pair {
    pub access: Token,
    pub refresh: Token,
    /// Seconds the access token lives.
    pub expires_in: i64,
}

/// Opens a family of tokens for a member who has just proven who they are.
pub async fn issue(tx: &mut Tx, member: &Member, user_agent: &str) -> Result<Pair, Refusal> {
    let family: TokenFamilyId = tx.new_id();
    store::insert_family(tx, family, member.id, user_agent, REFRESH_LIFE).await?;
    pair(tx, family, 1).await
}

/// Trades a refresh token for a new pair. A token that was used before ends the family: either the member or a
/// thief holds a copy, and which of them cannot be told. Commit even when this refuses.
pub async fn refresh(tx: &mut Tx, token: &str) -> Result<Pair, Refusal> {
    let found = store::lock_refresh(tx, &token_hash(token)).await?.ok_or(Refusal::SignIn)?;
    if found.used {
        store::revoke_family(tx, found.family).await?;
        return Err(Refusal::SignIn);
    }
    if found.expired {
        return Err(Refusal::SignIn);
    }
    store::use_refresh(tx, found.family, found.generation).await?;
    pair(tx, found.family, found.generation + 1).await
}

/// Who an access token speaks for, if it is alive.
pub async fn bearer(reader: &mut Reader, token: &str) -> Result<Option<(TokenFamilyId, Member)>, Refusal> {
    let found = store::find_access(reader, &token_hash(token)).await?;
    Ok(found.filter(|(_, member)| rules::may_act(member)))
}

/// Ends the sign-in that an access token belongs to.
pub async fn revoke(tx: &mut Tx, family: TokenFamilyId) -> Result<(), Refusal> {
    Ok(store::revoke_family(tx, family).await?)
}

async fn pair(tx: &mut Tx, family: TokenFamilyId, generation: i32) -> Result<Pair, Refusal> {
    let (access, refresh) = (Token::new(tx.dice()), Token::new(tx.dice()));
    store::insert_access(tx, family, &access.hash(), ACCESS_LIFE).await?;
    store::insert_refresh(tx, family, generation, &refresh.hash(), REFRESH_LIFE).await?;
    Ok(Pair { access, refresh, expires_in: ACCESS_LIFE.whole_seconds() })
}
