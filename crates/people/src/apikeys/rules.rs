//! What one may do with keys, and what a key does.

use super::letters;
use super::model::{ApiKey, KeyName, New, Used};
use super::secret::Secret;
use super::store::{self, Made};
use crate::accounts::model::{Client, Member};
use crate::accounts::notices::{self, Notice};
use crate::accounts::rules as accounts;
use kernel::limits::API_KEYS_MAX;
use kernel::{ApiKeyId, MemberId, Moment, Refusal};
use platform::{Reader, Tx, audit, mail};
use std::net::IpAddr;
use time::Duration;

/// How often the use of a key is written down at most.
const TOUCH_EVERY: Duration = Duration::minutes(5);
/// How long a key that has ended stays in its owner's list.
const SHOWN_AFTER_END: Duration = Duration::days(30);

/// Makes a key and tells its owner by mail. The secret is shown now or never. Errors: `Conflict("api-keys-many")`.
pub async fn make(
    tx: &mut Tx,
    member: &Member,
    new: &New,
    client: &Client,
    base_url: &str,
) -> Result<(ApiKey, Secret), Refusal> {
    let made = insert(tx, member, new, None).await?;
    let detail = serde_json::json!({ "scopes": names(new) });
    audit::write(tx, Some(member.id), "apikeys.make", ("api_key", made.0.id.0), detail).await?;
    notices::note(tx, member, Notice::ApiKeyMade, client, base_url).await?;
    Ok(made)
}

/// Puts a new key in the place of a live one: the same in everything but the secret, and as long-lived as that was. The
/// old one ends after `overlap`, if not before. Errors: `NotFound`; `Conflict("api-key-ended")`, `("api-key-replaced")`
/// or `("api-keys-many")`.
pub async fn rotate(
    tx: &mut Tx,
    member: &Member,
    id: ApiKeyId,
    overlap: Duration,
    client: &Client,
    base_url: &str,
) -> Result<(ApiKey, Secret), Refusal> {
    store::lock_owner(tx, member.id).await?;
    let old = find(tx, member.id, id).await?;
    if !old.is_live(tx.now()) {
        return Err(Refusal::Conflict("api-key-ended"));
    }
    if old.replaced {
        return Err(Refusal::Conflict("api-key-replaced"));
    }
    // Before it is counted: a key that ends at once makes room for the new one.
    store::end_within(tx, id, overlap).await?;
    let new = New {
        name: KeyName::read(&old.name).map_err(|_| Refusal::NotFound)?,
        life: old.expires_at - old.created_at,
        scopes: old.scopes,
        networks: old.networks,
        per_minute: old.per_minute,
    };
    if new.scopes.is_empty() {
        return Err(Refusal::Conflict("api-key-ended"));
    }
    let made = insert(tx, member, &new, Some(id)).await?;
    let detail = serde_json::json!({ "replaces": id.0, "overlap_s": overlap.whole_seconds() });
    audit::write(tx, Some(member.id), "apikeys.rotate", ("api_key", made.0.id.0), detail).await?;
    notices::note(tx, member, Notice::ApiKeyRotated, client, base_url).await?;
    Ok(made)
}

/// Ends a key now. Errors: `NotFound` when there is none that is live.
pub async fn revoke(
    tx: &mut Tx,
    member: &Member,
    id: ApiKeyId,
    client: &Client,
    base_url: &str,
) -> Result<(), Refusal> {
    if !store::revoke(tx, member.id, id).await? {
        return Err(Refusal::NotFound);
    }
    audit::write(tx, Some(member.id), "apikeys.revoke", ("api_key", id.0), serde_json::json!({})).await?;
    notices::note(tx, member, Notice::ApiKeyRevoked, client, base_url).await
}

/// Ends every key that was made since then: somebody else may have been in the account.
pub async fn revoke_since(tx: &mut Tx, member: MemberId, since: Moment) -> Result<(), Refusal> {
    for id in store::revoke_since(tx, member, since).await? {
        audit::write(tx, None, "apikeys.revoke_restored", ("api_key", id.0), serde_json::json!({})).await?;
    }
    Ok(())
}

/// Ends the keys among these texts and tells their owners. Says nothing of which there were: whoever has found a text
/// learns nothing about it here.
pub async fn leaked(tx: &mut Tx, texts: &[String], base_url: &str) -> Result<(), Refusal> {
    for text in texts {
        let Some(secret) = Secret::read(text.trim()) else { continue };
        let Some(found) = store::revoke_leaked(tx, &secret.hash()).await? else { continue };
        audit::write(tx, None, "apikeys.leaked", ("api_key", found.id.0), serde_json::json!({})).await?;
        if let Some(owner) = accounts::find(tx, found.member).await? {
            // Who has found it is nobody's business.
            notices::note(tx, &owner, Notice::ApiKeyLeaked, &Client::default(), base_url).await?;
            mail::queue(tx, letters::leaked(&owner, &found.name, &found.hint, base_url)).await?;
        }
    }
    Ok(())
}

/// The member's keys, the newest first; those that ended stay for a month.
pub async fn list(reader: &mut Reader, member: MemberId) -> Result<Vec<ApiKey>, Refusal> {
    let since = reader.now() - SHOWN_AFTER_END;
    Ok(store::list(reader, member, since).await?)
}

/// One of the member's keys. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, member: MemberId, id: ApiKeyId) -> Result<ApiKey, Refusal> {
    store::find(reader, member, id).await?.ok_or(Refusal::NotFound)
}

/// What somebody has shown who says that it is a key.
#[derive(Debug)]
pub enum Shown {
    /// No key, one that has ended, or that of an account that may not act.
    Worthless,
    /// A good key, from a network that its owner did not allow.
    Elsewhere,
    Good(Box<(Used, Member)>),
}

/// Whose key it is, if it is good here and now. Its use is noted with the network, at most once in five minutes. The member has no role of
/// staff: a key is for trading.
pub async fn show(reader: &mut Reader, text: &str, address: IpAddr, network: &str) -> Result<Shown, Refusal> {
    let Some(secret) = Secret::read(text) else { return Ok(Shown::Worthless) };
    let Some(found) = store::find_live(reader, &secret.hash()).await? else { return Ok(Shown::Worthless) };
    let owner = accounts::find(reader, found.member).await?.filter(accounts::may_act);
    let Some(mut owner) = owner else { return Ok(Shown::Worthless) };
    if !found.networks.allow(address) {
        return Ok(Shown::Elsewhere);
    }
    owner.lay_down();
    let since = reader.now() - TOUCH_EVERY;
    if found.last_used_at.is_none_or(|at| at < since) {
        store::touch(reader, found.used.id, network, since).await?;
    }
    Ok(Shown::Good(Box::new((found.used, owner))))
}

/// Forgets all keys of somebody who leaves.
pub async fn forget_all(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::delete_all(tx, member).await?)
}

/// Forgets keys that ended before then.
pub async fn prune(tx: &mut Tx, before: Moment) -> Result<(), Refusal> {
    Ok(store::prune(tx, before).await?)
}

async fn insert(
    tx: &mut Tx,
    member: &Member,
    new: &New,
    replaces: Option<ApiKeyId>,
) -> Result<(ApiKey, Secret), Refusal> {
    store::lock_owner(tx, member.id).await?;
    if store::count_live(tx, member.id).await? >= API_KEYS_MAX {
        return Err(Refusal::Conflict("api-keys-many"));
    }
    let (id, secret): (ApiKeyId, _) = (tx.new_id(), Secret::new(tx.dice()));
    let made = Made { id, member: member.id, hash: &secret.hash(), hint: &secret.hint(), replaces };
    if !store::insert(tx, made, new).await? {
        return Err(Refusal::Conflict("api-key-replaced"));
    }
    Ok((find(tx, member.id, id).await?, secret))
}

fn names(new: &New) -> Vec<&'static str> {
    new.scopes.iter().map(|scope| scope.name()).collect()
}
