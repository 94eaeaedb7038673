//! Tokens for programs: a short access token and a refresh token that is used once.

use super::model::{Client, Member, Method, Program};
use super::notices::{self, Notice};
use super::{rules, store};
use kernel::{MemberId, Moment, Refusal, TokenFamilyId};
use platform::crypto::{Token, token_hash};
use platform::{Reader, Tx, audit};
use time::Duration;

/// How long an access token lives.
pub const ACCESS_LIFE: Duration = Duration::minutes(15);
/// How long a refresh token lives: a program that is not used so long is signed out.
pub const REFRESH_LIFE: Duration = Duration::days(30);
/// How long a sign-in lasts at most, however often it is refreshed.
pub const FAMILY_LIFE: Duration = Duration::days(90);

/// A new pair of tokens, shown once.
#[derive(Debug)]
pub struct Pair {
    pub access: Token,
    pub refresh: Token,
    /// Seconds the access token lives.
    pub expires_in: i64,
}

/// Opens a family of tokens for a member who has just proven who they are. A kind of program that the account was
/// never signed in with is told to its owner, unless it is the account's first sign-in.
/// Errors: `Conflict("account-suspended")` or `("account-leaving")`.
pub async fn issue(
    tx: &mut Tx,
    member: &Member,
    methods: &[Method],
    client: &Client,
    base_url: &str,
) -> Result<Pair, Refusal> {
    if !rules::may_act(member) {
        return Err(Refusal::Conflict(if member.suspended {
            "account-suspended"
        } else {
            "account-leaving"
        }));
    }
    let family: TokenFamilyId = tx.new_id();
    let agents = store::agents(tx, member.id).await?;
    let is_first = agents.is_empty() && !store::has_devices(tx, member.id).await?;
    let is_known = agents.iter().any(|agent| product(agent) == product(&client.user_agent));
    let what = if is_known || is_first { Notice::SignedIn } else { Notice::NewDevice };
    notices::note(tx, member, what, client, base_url).await?;
    let strong = methods.iter().any(|m| m.is_second());
    store::insert_family(tx, family, member.id, &client.user_agent, strong, FAMILY_LIFE).await?;
    let by: Vec<&str> = methods.iter().map(|m| m.name()).collect();
    let detail = serde_json::json!({ "by": by });
    audit::write(tx, Some(member.id), "accounts.sign_in", ("family", family.0), detail).await?;
    pair(tx, family, 1).await
}

/// Trades a refresh token for a new pair. A token that was used before ends the family and tells its owner: either
/// they or a thief hold a copy, and which of them cannot be told. So does one that another program brings. Commit even
/// when this refuses.
pub async fn refresh(tx: &mut Tx, token: &str, client: &Client, base_url: &str) -> Result<Pair, Refusal> {
    let found = store::lock_refresh(tx, &token_hash(token)).await?.ok_or(Refusal::SignIn)?;
    if found.ended {
        return Err(Refusal::SignIn);
    }
    let end = |because| End { family: found.family, member: found.member, because };
    if product(&found.user_agent) != product(&client.user_agent) {
        return end("other_client").tell(tx, client, base_url).await;
    }
    if found.used {
        return end("reused").tell(tx, client, base_url).await;
    }
    if found.expired {
        return Err(Refusal::SignIn);
    }
    store::use_refresh(tx, found.family, found.generation).await?;
    pair(tx, found.family, found.generation + 1).await
}

/// Who an access token speaks for.
#[derive(Debug)]
pub struct Bearer {
    pub family: TokenFamilyId,
    pub member: Member,
    /// A second factor was shown when the sign-in began.
    pub is_strong: bool,
    /// When it began: who it is was proven then.
    pub signed_in_at: Moment,
}

/// Who an access token speaks for, if it is alive.
pub async fn bearer(reader: &mut Reader, token: &str) -> Result<Option<Bearer>, Refusal> {
    let found = store::find_access(reader, &token_hash(token)).await?;
    Ok(found.filter(|bearer| rules::may_act(&bearer.member)))
}

/// Ends the sign-in that an access token belongs to.
pub async fn revoke(tx: &mut Tx, family: TokenFamilyId) -> Result<(), Refusal> {
    Ok(store::revoke_family(tx, family).await?)
}

/// The programs that the member is signed in with, the latest first.
pub async fn programs(reader: &mut Reader, member: MemberId) -> Result<Vec<Program>, Refusal> {
    Ok(store::programs(reader, member).await?)
}

/// Signs a program of the member out. Errors: `NotFound`, also when it is somebody else's.
pub async fn close(tx: &mut Tx, member: MemberId, id: TokenFamilyId) -> Result<(), Refusal> {
    if store::revoke_program(tx, member, id).await? { Ok(()) } else { Err(Refusal::NotFound) }
}

/// A family that ends because somebody else seems to hold its tokens.
struct End {
    family: TokenFamilyId,
    member: MemberId,
    because: &'static str,
}

impl End {
    async fn tell(self, tx: &mut Tx, client: &Client, base_url: &str) -> Result<Pair, Refusal> {
        store::revoke_family(tx, self.family).await?;
        if let Some(member) = rules::find(tx, self.member).await? {
            notices::note(tx, &member, Notice::TokenReused, client, base_url).await?;
        }
        let detail = serde_json::json!({ "because": self.because });
        audit::write(tx, None, "accounts.end_sign_in", ("family", self.family.0), detail).await?;
        Err(Refusal::SignIn)
    }
}

async fn pair(tx: &mut Tx, family: TokenFamilyId, generation: i32) -> Result<Pair, Refusal> {
    let (access, refresh) = (Token::new(tx.dice()), Token::new(tx.dice()));
    store::insert_access(tx, family, &access.hash(), ACCESS_LIFE).await?;
    store::insert_refresh(tx, family, generation, &refresh.hash(), REFRESH_LIFE).await?;
    Ok(Pair { access, refresh, expires_in: ACCESS_LIFE.whole_seconds() })
}

/// The name of a program without its version: "curl" of "curl/8.5.0". Updates do not end a sign-in.
pub fn product(user_agent: &str) -> &str {
    user_agent.split(['/', ' ']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::product;

    #[test]
    fn a_new_version_is_the_same_program() {
        assert_eq!(product("curl/8.5.0"), product("curl/8.6.0 (x)"));
        assert_ne!(product("curl/8.5.0"), product("python-requests/2.32"));
        assert_eq!(product(""), product(""));
    }
}
