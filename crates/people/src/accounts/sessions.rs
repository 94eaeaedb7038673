//! Signed-in browsers: opaque tokens, kept as hashes, with an end whatever happens.

use super::devices;
use super::model::{Client, Device, Looking, Member, Method, Session};
use super::notices::{self, Notice};
use super::store;
use kernel::{MemberId, Refusal, SessionId};
use platform::crypto::{Token, token_hash};
use platform::{Reader, Tx, audit};
use time::Duration;

/// How long a browser stays signed in without a visit, and at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub idle: Duration,
    pub max: Duration,
}

/// People who buy and sell.
pub const OF_MEMBERS: Limits = Limits { idle: Duration::days(14), max: Duration::days(90) };
/// Who can do more has less time: somebody else may sit down at the desk.
pub const OF_STAFF: Limits = Limits { idle: Duration::minutes(30), max: Duration::hours(12) };
/// Browsers that one account may be signed in with; one more ends the one that was unused longest.
pub const AT_ONCE: i64 = 50;

/// A browser that was signed in: what goes into its cookies.
#[derive(Debug)]
pub struct Opened {
    pub session: Token,
    /// The name of a browser that had none.
    pub device: Option<Token>,
    /// Nothing can be done in it but reading why the account is suspended, and answering.
    pub is_suspended: bool,
}

/// Signs a browser in. A browser that this account was never signed in with is told to its owner, unless it is
/// the account's first.
pub async fn open(
    tx: &mut Tx,
    member: &Member,
    methods: &[Method],
    client: &Client,
    base_url: &str,
) -> Result<Opened, Refusal> {
    let (id, session): (SessionId, _) = (tx.new_id(), Token::new(tx.dice()));
    let limits = if member.is_staff() { OF_STAFF } else { OF_MEMBERS };
    let met = devices::meet(tx, member.id, client.device.as_deref()).await?;
    let new =
        store::NewSession { id, member: member.id, token_hash: &session.hash(), device_hash: &met.hash };
    store::insert_session(tx, new, methods, client, limits.max).await?;
    store::keep_sessions(tx, member.id, AT_ONCE).await?;
    let what = if met.is_new && !met.is_first { Notice::NewDevice } else { Notice::SignedIn };
    notices::note(tx, member, what, client, base_url).await?;
    let by: Vec<&str> = methods.iter().map(|m| m.name()).collect();
    let detail = serde_json::json!({ "by": by });
    audit::write(tx, Some(member.id), "accounts.sign_in", ("session", id.0), detail).await?;
    Ok(Opened { session, device: met.fresh, is_suspended: member.suspended })
}

/// Who a session's cookie belongs to, if it is alive. They may be suspended: then it is good for reading why, and for
/// nothing else.
pub async fn find(reader: &mut Reader, token: &str) -> Result<Option<Session>, Refusal> {
    Ok(store::find_session(reader, &token_hash(token), OF_MEMBERS, OF_STAFF).await?)
}

/// Lets the owner of a session look as somebody else in it, or as nobody any more. Whether they may is for the caller
/// to know. Errors: `SignIn` when it has ended.
pub async fn look(
    tx: &mut Tx,
    owner: MemberId,
    id: SessionId,
    looking: Option<Looking>,
) -> Result<(), Refusal> {
    if store::set_looking(tx, id, owner, looking).await? { Ok(()) } else { Err(Refusal::SignIn) }
}

/// Notes that a session is in use; at most once a minute, so that reading pages does not write.
pub async fn touch(reader: &mut Reader, id: SessionId) -> Result<(), Refusal> {
    Ok(store::touch_session(reader, id, Duration::minutes(1)).await?)
}

/// Notes that its owner has just proven again who they are. The session gets a new token, and the old one is
/// worthless: a copy that somebody took before does not gain from it. Errors: `SignIn` when it has ended.
pub async fn confirm(tx: &mut Tx, id: SessionId, method: Method) -> Result<Token, Refusal> {
    let token = Token::new(tx.dice());
    match store::confirm_session(tx, id, &token.hash(), method).await? {
        true => Ok(token),
        false => Err(Refusal::SignIn),
    }
}

/// Gives the session a new token; whoever holds the old one is signed out. Errors: `SignIn` when it has ended.
pub async fn renew(tx: &mut Tx, id: SessionId) -> Result<Token, Refusal> {
    let token = Token::new(tx.dice());
    match store::renew_session(tx, id, &token.hash()).await? {
        true => Ok(token),
        false => Err(Refusal::SignIn),
    }
}

/// Signs this browser out. It stays known, and trusted if it was. Errors: `NotFound` when it has ended.
pub async fn leave(tx: &mut Tx, member: MemberId, id: SessionId) -> Result<(), Refusal> {
    if store::leave_session(tx, member, id).await? { Ok(()) } else { Err(Refusal::NotFound) }
}

/// Signs another browser of the member out, which is trusted no more. Somebody else's is not there.
pub async fn close(tx: &mut Tx, member: MemberId, id: SessionId) -> Result<(), Refusal> {
    if store::delete_session(tx, member, id).await? { Ok(()) } else { Err(Refusal::NotFound) }
}

/// Signs every browser and program of the member out, but for `keep`. Browsers that were trusted to need no second
/// factor are trusted no more.
pub async fn close_all(tx: &mut Tx, member: MemberId, keep: Option<SessionId>) -> Result<(), Refusal> {
    store::delete_sessions(tx, member, keep).await?;
    store::trust_no_device(tx, member).await?;
    Ok(store::revoke_families(tx, member).await?)
}

/// The member's signed-in browsers, the latest first.
pub async fn devices(reader: &mut Reader, member: MemberId) -> Result<Vec<Device>, Refusal> {
    Ok(store::devices(reader, member, OF_MEMBERS, OF_STAFF).await?)
}
