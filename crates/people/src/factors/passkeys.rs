//! Passkeys (WebAuthn Level 3): a key on somebody's device, opened by its PIN, finger or face. It is bound to our
//! host, so it cannot be shown to a page that only looks like ours.
//!
//! A ceremony is a question that the server asks and the browser answers. Its state stays here and is used once.

use super::store::passkeys as store;
use crate::accounts::model::Member;
use kernel::{MemberId, Moment, PasskeyId, Refusal, Wrong, text};
use platform::crypto::{Token, token_hash};
use platform::{Reader, Tx, audit};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use time::Duration;
use url::Url;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};
use webauthn_rs_proto::ResidentKeyRequirement;

/// How long one may take to answer.
const CEREMONY_LIFE: Duration = Duration::minutes(5);
/// Keys of one account.
pub const KEYS_MAX: usize = 20;

text! {
    /// What its owner calls a key: "My phone".
    KeyName, 1..=50, line;
}

/// Asks and judges, for one host.
pub struct Passkeys {
    web: Webauthn,
    host: String,
}

impl Passkeys {
    /// For the marketplace at `base_url`. Nothing when that is not a name but a bare address: browsers make no
    /// passkeys for those.
    pub fn new(base_url: &str, brand: &str) -> Option<Self> {
        let origin = Url::parse(base_url).ok()?;
        let host = origin.domain()?.to_owned();
        let web = WebauthnBuilder::new(&host, &origin).ok()?.rp_name(brand).build().ok()?;
        Some(Self { web, host })
    }
}

impl std::fmt::Debug for Passkeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Passkeys({})", self.host)
    }
}

/// A question for the browser.
#[derive(Debug, Serialize)]
pub struct Question {
    /// Comes back with the answer.
    pub ceremony: String,
    /// What `navigator.credentials` is asked with.
    pub options: Value,
}

/// A key as its owner sees it.
#[derive(Clone, Debug)]
pub struct Key {
    pub id: PasskeyId,
    pub name: String,
    pub synced: bool,
    pub created_at: Moment,
    pub last_used_at: Option<Moment>,
}

/// Asks for a new key. Errors: `Conflict("passkeys-many")`.
pub async fn begin_register(tx: &mut Tx, passkeys: &Passkeys, member: &Member) -> Result<Question, Refusal> {
    let known = store::credential_ids(tx, member.id).await?;
    if known.len() >= KEYS_MAX {
        return Err(Refusal::Conflict("passkeys-many"));
    }
    let (mut asked, state) = passkeys
        .web
        .start_passkey_registration(member.id.0, &member.email, &member.display_name, Some(known))
        .map_err(Refusal::broken)?;
    // The library leaves it to the key whether it can be found without an address; signing in needs it to be.
    if let Some(selection) = &mut asked.public_key.authenticator_selection {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    ask(tx, Some(member.id), &asked.public_key, &state).await
}

/// Takes the new key. Errors: the field `credential`; `Conflict("passkey-late")` or `("passkeys-many")`. Commit even
/// when this refuses: the question was answered.
pub async fn finish_register(
    tx: &mut Tx,
    passkeys: &Passkeys,
    member: &Member,
    ceremony: &str,
    credential: &str,
    name: &KeyName,
) -> Result<PasskeyId, Refusal> {
    let state: PasskeyRegistration = take(tx, ceremony, Some(member.id)).await?;
    if store::credential_ids(tx, member.id).await?.len() >= KEYS_MAX {
        return Err(Refusal::Conflict("passkeys-many"));
    }
    let answer: RegisterPublicKeyCredential = read(credential)?;
    let key = passkeys.web.finish_passkey_registration(&answer, &state).map_err(|_| wrong())?;
    let (id, record): (PasskeyId, _) = (tx.new_id(), serde_json::to_value(&key).map_err(Refusal::broken)?);
    let synced = record.pointer("/cred/backup_eligible").and_then(Value::as_bool).unwrap_or_default();
    let credential_id: &[u8] = key.cred_id().as_ref();
    let new = store::New { id, member: member.id, credential_id, record, synced };
    if !store::insert(tx, new, name.as_str()).await? {
        return Err(wrong());
    }
    audit::write(tx, Some(member.id), "factors.passkey_added", ("passkey", id.0), serde_json::json!({}))
        .await?;
    Ok(id)
}

/// Asks for any key of anybody: it says itself whose it is.
pub async fn begin_sign_in(tx: &mut Tx, passkeys: &Passkeys) -> Result<Question, Refusal> {
    let (asked, state) = passkeys.web.start_discoverable_authentication().map_err(Refusal::broken)?;
    ask(tx, None, &asked.public_key, &state).await
}

/// Whose key answered. Errors: the field `credential`; `Conflict("passkey-late")`. Commit even when this refuses: the
/// question was answered.
pub async fn finish_sign_in(
    tx: &mut Tx,
    passkeys: &Passkeys,
    ceremony: &str,
    credential: &str,
) -> Result<MemberId, Refusal> {
    let state: DiscoverableAuthentication = take(tx, ceremony, None).await?;
    let answer: PublicKeyCredential = read(credential)?;
    let (whose, credential_id) =
        passkeys.web.identify_discoverable_authentication(&answer).map_err(|_| wrong())?;
    let kept = store::lock(tx, credential_id, whose).await?.ok_or_else(wrong)?;
    let mut key: Passkey = serde_json::from_value(kept.record).map_err(Refusal::broken)?;
    // The library checks the counter too: a key that was copied against its maker's will is refused.
    let shown =
        passkeys.web.finish_discoverable_authentication_v2(&answer, state, &key).map_err(|_| wrong())?;
    key.update_credential(&shown);
    let record = serde_json::to_value(&key).map_err(Refusal::broken)?;
    store::used(tx, kept.id, record, shown.backup_eligible()).await?;
    Ok(whose.into())
}

/// The member's keys, the newest first.
pub async fn list(reader: &mut Reader, member: MemberId) -> Result<Vec<Key>, Refusal> {
    Ok(store::list(reader, member).await?)
}

/// Calls a key something else. Errors: `NotFound`.
pub async fn rename(tx: &mut Tx, member: MemberId, id: PasskeyId, name: &KeyName) -> Result<(), Refusal> {
    if store::rename(tx, member, id, name.as_str()).await? { Ok(()) } else { Err(Refusal::NotFound) }
}

/// Takes a key away. Whether it is the last way in is the caller's to see. Errors: `NotFound`.
pub(crate) async fn remove(tx: &mut Tx, member: MemberId, id: PasskeyId) -> Result<(), Refusal> {
    if !store::delete(tx, member, id).await? {
        return Err(Refusal::NotFound);
    }
    audit::write(tx, Some(member), "factors.passkey_removed", ("passkey", id.0), serde_json::json!({}))
        .await?;
    Ok(())
}

/// Forgets questions that nobody answered.
pub async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    Ok(store::prune(tx).await?)
}

async fn ask<O: Serialize, S: Serialize>(
    tx: &mut Tx,
    member: Option<MemberId>,
    options: &O,
    state: &S,
) -> Result<Question, Refusal> {
    let token = Token::new(tx.dice());
    let state = serde_json::to_value(state).map_err(Refusal::broken)?;
    store::insert_ceremony(tx, &token.hash(), member, state, CEREMONY_LIFE).await?;
    let options = serde_json::to_value(options).map_err(Refusal::broken)?;
    Ok(Question { ceremony: token.reveal().to_owned(), options })
}

/// The state of a ceremony, which is over with that.
async fn take<S: DeserializeOwned>(
    tx: &mut Tx,
    ceremony: &str,
    member: Option<MemberId>,
) -> Result<S, Refusal> {
    let state = store::take_ceremony(tx, &token_hash(ceremony), member).await?;
    let state = state.ok_or(Refusal::Conflict("passkey-late"))?;
    serde_json::from_value(state).map_err(|_| Refusal::Conflict("passkey-late"))
}

fn read<T: DeserializeOwned>(credential: &str) -> Result<T, Refusal> {
    serde_json::from_str(credential).map_err(|_| wrong())
}

fn wrong() -> Refusal {
    Refusal::field("credential", Wrong::Because("wrong-passkey"))
}

#[cfg(test)]
mod tests {
    use super::Passkeys;

    #[test]
    fn an_address_without_a_name_has_no_passkeys() {
        assert!(Passkeys::new("https://market.example", "Market").is_some());
        assert!(Passkeys::new("http://localhost:8080", "Market").is_some());
        assert!(Passkeys::new("http://192.0.2.1:8080", "Market").is_none());
        assert!(Passkeys::new("http://[::1]:8080", "Market").is_none());
    }
}
