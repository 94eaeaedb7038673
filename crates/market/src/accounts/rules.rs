//! What one may do with accounts.

use super::events::Registered;
use super::letters;
use super::model::{Client, Device, DisplayName, Email, Member, Password, Registration, Role, Session};
use super::store::{self, Purpose};
use kernel::{MemberId, Moment, Refusal, SessionId, Wrong};
use platform::crypto::{Hasher, Token, token_hash};
use platform::{Reader, Tx, audit, events, mail};
use time::Duration;

/// A browser stays signed in this long without a visit, and never longer than `SESSION_MAX`.
const SESSION_IDLE: Duration = Duration::days(14);
const SESSION_MAX: Duration = Duration::days(90);
const LINK_LIFE: Duration = Duration::hours(24);
const RESET_LIFE: Duration = Duration::hours(1);
/// How often another handle is tried when somebody else takes it at the same moment.
const HANDLES_TRIED: usize = 5;

/// Whether an account may act at all.
pub const fn may_act(member: &Member) -> bool {
    !member.suspended
}

/// Opens an account and sends the link that proves the address. `hash` is of the registration's password and
/// was made before the transaction began. For a known address nobody is told here that it is known: its owner
/// gets a letter instead. Answers the new member, or `None` for a known address.
pub async fn register(
    tx: &mut Tx,
    registration: &Registration,
    hash: &str,
    base_url: &str,
) -> Result<Option<Member>, Refusal> {
    if let Some(known) = store::find_by_email(tx, registration.email.as_str()).await? {
        mail::queue(tx, letters::already_registered(&known, base_url)).await?;
        return Ok(None);
    }
    let Some(id) = insert(tx, registration, hash, None).await? else {
        return Ok(None); // the same address a moment earlier
    };
    let member = store::find(tx, id).await?.ok_or(Refusal::NotFound)?;
    send_verification(tx, &member, base_url).await?;
    events::append(tx, &Registered { member: id }).await?;
    audit::write(tx, Some(id), "accounts.register", ("member", id.0), serde_json::json!({})).await?;
    Ok(Some(member))
}

/// Sends (again) the link that proves the address.
pub async fn send_verification(tx: &mut Tx, member: &Member, base_url: &str) -> Result<(), Refusal> {
    let token = Token::new(tx.dice());
    store::insert_link(tx, &token.hash(), member, Purpose::Verify, LINK_LIFE).await?;
    Ok(mail::queue(tx, letters::verify(member, base_url, token.reveal())).await.map(drop)?)
}

/// Proves an address by its link. Answers whose it is. Errors: `Conflict("link-expired")`.
pub async fn verify_email(tx: &mut Tx, token: &str) -> Result<Member, Refusal> {
    let member = use_link(tx, token, Purpose::Verify).await?;
    store::set_verified(tx, member.id).await?;
    audit::write(tx, Some(member.id), "accounts.verify", ("member", member.id.0), serde_json::json!({}))
        .await?;
    Ok(member)
}

/// Who an address and password belong to. The same work and answer for a known and an unknown address.
/// Errors: the field `password` is wrong; `Unavailable` when too many sign-ins wait already.
pub async fn authenticate(
    db: &platform::Db,
    hasher: &Hasher,
    email: &str,
    password: &Password,
) -> Result<Member, Refusal> {
    let wrong = || Refusal::field("password", Wrong::Because("wrong-sign-in"));
    let found = match Email::read(email) {
        Ok(email) => store::find_with_hash(&mut db.read().await?, email.as_str()).await?,
        Err(_) => None,
    };
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let verdict = hasher.verify(password.reveal().to_owned(), hash).await.map_err(busy)?;
    let (member, _) = found.filter(|_| verdict.ok).ok_or_else(wrong)?;
    if !may_act(&member) {
        return Err(Refusal::Conflict("account-suspended"));
    }
    if verdict.rehash {
        let hash = hasher.hash(password.reveal().to_owned()).await.map_err(busy)?;
        let mut tx = db.begin().await?;
        store::set_password(&mut tx, member.id, &hash).await?;
        tx.commit().await?;
    }
    Ok(member)
}

/// Too many passwords are being checked at once.
pub fn busy(_: platform::crypto::HashError) -> Refusal {
    Refusal::Unavailable("sign-in")
}

/// Signs a browser in; the token goes into its cookie.
pub async fn open_session(tx: &mut Tx, member: MemberId, client: &Client) -> Result<Token, Refusal> {
    let (id, token): (SessionId, _) = (tx.new_id(), Token::new(tx.dice()));
    store::insert_session(tx, id, member, &token.hash(), client, SESSION_MAX).await?;
    audit::write(tx, Some(member), "accounts.sign_in", ("session", id.0), serde_json::json!({})).await?;
    Ok(token)
}

/// Who a session's cookie belongs to, if it is alive.
pub async fn session(reader: &mut Reader, token: &str) -> Result<Option<Session>, Refusal> {
    let found = store::find_session(reader, &token_hash(token), SESSION_IDLE).await?;
    Ok(found.filter(|s| may_act(&s.member)))
}

/// Notes that a session is in use; at most once a minute, so that reading pages does not write.
pub async fn touch_session(reader: &mut Reader, id: SessionId) -> Result<(), Refusal> {
    Ok(store::touch_session(reader, id, Duration::minutes(1)).await?)
}

/// Signs one browser of the member out. Somebody else's is not there.
pub async fn close_session(tx: &mut Tx, member: MemberId, id: SessionId) -> Result<(), Refusal> {
    if store::delete_session(tx, member, id).await? { Ok(()) } else { Err(Refusal::NotFound) }
}

/// Signs every browser and program of the member out, but for `keep`.
pub async fn close_all_sessions(
    tx: &mut Tx,
    member: MemberId,
    keep: Option<SessionId>,
) -> Result<(), Refusal> {
    store::delete_sessions(tx, member, keep).await?;
    Ok(store::revoke_families(tx, member).await?)
}

/// The member's signed-in browsers, the latest first.
pub async fn devices(reader: &mut Reader, member: MemberId) -> Result<Vec<Device>, Refusal> {
    Ok(store::devices(reader, member).await?)
}

/// Sends a link to set a new password, if the address is known; says nothing either way.
pub async fn request_reset(tx: &mut Tx, email: &Email, base_url: &str) -> Result<(), Refusal> {
    let Some(member) = store::find_by_email(tx, email.as_str()).await? else { return Ok(()) };
    let token = Token::new(tx.dice());
    store::insert_link(tx, &token.hash(), &member, Purpose::Reset, RESET_LIFE).await?;
    Ok(mail::queue(tx, letters::reset(&member, base_url, token.reveal())).await.map(drop)?)
}

/// Sets a new password by its link, which also proves the address; signs everything else out, and no other link
/// sets a password any more.
/// `hash` was made before the transaction began. Errors: `Conflict("link-expired")`.
pub async fn reset_password(tx: &mut Tx, token: &str, hash: &str) -> Result<Member, Refusal> {
    let member = use_link(tx, token, Purpose::Reset).await?;
    store::void_links(tx, member.id, Purpose::Reset).await?;
    store::set_password(tx, member.id, hash).await?;
    store::set_verified(tx, member.id).await?;
    close_all_sessions(tx, member.id, None).await?;
    mail::queue(tx, letters::password_changed(&member)).await?;
    audit::write(
        tx,
        Some(member.id),
        "accounts.reset_password",
        ("member", member.id.0),
        serde_json::json!({}),
    )
    .await?;
    Ok(member)
}

/// Changes what others see of a member.
pub async fn edit_profile(
    tx: &mut Tx,
    member: MemberId,
    name: &DisplayName,
    bio: &super::model::Bio,
    place: Option<(&str, &str)>,
) -> Result<(), Refusal> {
    Ok(store::set_profile(tx, member, name.as_str(), bio.as_str(), place).await?)
}

/// Remembers the language a member chose.
pub async fn set_lang(tx: &mut Tx, member: MemberId, lang: kernel::Lang) -> Result<(), Refusal> {
    Ok(store::set_lang(tx, member, lang.code()).await?)
}

/// Sets the avatar's folder in the object store.
pub async fn set_avatar(tx: &mut Tx, member: MemberId, key: &str) -> Result<(), Refusal> {
    Ok(store::set_avatar(tx, member, key).await?)
}

/// A member by id, if there is one.
pub async fn find(reader: &mut Reader, id: MemberId) -> Result<Option<Member>, Refusal> {
    Ok(store::find(reader, id).await?)
}

/// A member by address, for commands of the operator.
pub async fn find_by_email(reader: &mut Reader, email: &str) -> Result<Option<Member>, Refusal> {
    Ok(store::find_by_email(reader, email).await?)
}

/// A member by handle, as in the address of their page. Errors: `NotFound`.
pub async fn by_handle(reader: &mut Reader, handle: &str) -> Result<Member, Refusal> {
    let is_one = handle.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    let found = if is_one { store::find_by_handle(reader, handle).await? } else { None };
    found.ok_or(Refusal::NotFound)
}

/// Several members at once, in no order.
pub async fn find_many(reader: &mut Reader, ids: &[MemberId]) -> Result<Vec<Member>, Refusal> {
    Ok(store::find_many(reader, ids).await?)
}

/// Opens an account that is verified at once: a command of the operator, and the demo.
/// Errors: the field `email` or `handle` is taken.
pub async fn create_verified(
    tx: &mut Tx,
    registration: &Registration,
    hash: &str,
    handle: Option<&str>,
    roles: &[Role],
) -> Result<Member, Refusal> {
    let id = insert(tx, registration, hash, handle).await?;
    let id = id.ok_or_else(|| Refusal::field("email", Wrong::Taken))?;
    store::set_verified(tx, id).await?;
    store::set_roles(tx, id, &roles.iter().map(|r| r.name().to_owned()).collect::<Vec<_>>()).await?;
    audit::write(tx, None, "accounts.create", ("member", id.0), serde_json::json!({})).await?;
    store::find(tx, id).await?.ok_or(Refusal::NotFound)
}

/// Forgets sessions, tokens and links that ended before `before`.
pub async fn prune(tx: &mut Tx, before: Moment) -> Result<(), Refusal> {
    Ok(store::prune(tx, before).await?)
}

async fn use_link(tx: &mut Tx, token: &str, purpose: Purpose) -> Result<Member, Refusal> {
    let id = store::use_link(tx, &token_hash(token), purpose).await?;
    let id = id.ok_or(Refusal::Conflict("link-expired"))?;
    store::find(tx, id).await?.ok_or(Refusal::NotFound)
}

/// Inserts a member under `handle` or a free one; `None` when the address is taken. Of namesakes who come at the
/// same moment one gets the handle, and the others are given another.
async fn insert(
    tx: &mut Tx,
    who: &Registration,
    hash: &str,
    handle: Option<&str>,
) -> Result<Option<MemberId>, Refusal> {
    for _ in 0..HANDLES_TRIED {
        let free = match handle {
            Some(handle) => handle.to_owned(),
            None => free_handle(tx, who.display_name.as_str()).await?,
        };
        let id: MemberId = tx.new_id();
        if store::insert(tx, id, who, hash, &free).await? {
            return Ok(Some(id));
        }
        if store::find_by_email(tx, who.email.as_str()).await?.is_some() {
            return Ok(None);
        }
        if handle.is_some() {
            return Err(Refusal::field("handle", Wrong::Taken));
        }
    }
    Err(Refusal::Unavailable("handles"))
}

/// A handle made from a name, with a number when it is taken.
async fn free_handle(tx: &mut Tx, name: &str) -> Result<String, Refusal> {
    let base: String = kernel::text::slug(name).replace('-', "_").chars().take(24).collect();
    let base = if base.len() < 2 { "member".to_owned() } else { base };
    if store::find_by_handle(tx, &base).await?.is_none() {
        return Ok(base);
    }
    Ok(format!("{base}{}", 1000 + tx.dice().below(900_000)))
}
