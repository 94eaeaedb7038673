//! What one may do with accounts.

use super::emails::UNDO_LIFE;
use super::events::Registered;
use super::model::{Client, DisplayName, Email, GONE, Member, Newcomer, Registration, Role};
use super::notices::{self, Notice};
use super::store::{self, Purpose};
use super::{handles, letters, sessions};
use kernel::{MemberId, Moment, Refusal, SessionId, Wrong};
use platform::crypto::{Token, token_hash};
use platform::{Reader, Tx, audit, events, mail};
use time::Duration;

const LINK_LIFE: Duration = Duration::hours(24);
const RESET_LIFE: Duration = Duration::hours(1);
/// How often another handle is tried when somebody else takes it at the same moment.
const HANDLES_TRIED: usize = 5;
/// In place of a hash where there is no password: it fits none, and comparing with it takes as long as with any.
const NO_PASSWORD: &str = "!";

/// Whether an account may act at all. Who is leaving may only take that back.
pub const fn may_act(member: &Member) -> bool {
    !member.suspended && member.leaving.is_none()
}

/// Whether others see an account.
pub const fn is_shown(member: &Member) -> bool {
    member.leaving.is_none()
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
        mail::queue_rarely(tx, letters::already_registered(&known, base_url)).await?;
        return Ok(None);
    }
    // Whoever had the address until lately may still take it back.
    if store::may_be_taken_back(tx, registration.email.as_str(), UNDO_LIFE).await? {
        return Ok(None);
    }
    let Some(id) = insert(tx, &registration.newcomer(), hash, None).await? else {
        return Ok(None); // the same address a moment earlier
    };
    let member = store::find(tx, id).await?.ok_or(Refusal::NotFound)?;
    send_verification(tx, &member, base_url).await?;
    registered(tx, id).await?;
    Ok(Some(member))
}

/// Opens an account without a password, for somebody of whom an identity provider has told us. `proven`: the provider
/// says that the address is theirs; else a link proves it, as always. Answers the new member, or `None` when the
/// address has an account, or had it until lately.
pub async fn register_by_provider(
    tx: &mut Tx,
    who: &Newcomer,
    proven: bool,
    base_url: &str,
) -> Result<Option<Member>, Refusal> {
    if let Some(known) = store::find_by_email(tx, who.email.as_str()).await? {
        if !proven {
            mail::queue_rarely(tx, letters::already_registered(&known, base_url)).await?;
        }
        return Ok(None);
    }
    if store::may_be_taken_back(tx, who.email.as_str(), UNDO_LIFE).await? {
        return Ok(None);
    }
    let Some(id) = insert(tx, who, NO_PASSWORD, None).await? else { return Ok(None) };
    if proven {
        store::set_verified(tx, id).await?;
    }
    let member = store::find(tx, id).await?.ok_or(Refusal::NotFound)?;
    if !proven {
        send_verification(tx, &member, base_url).await?;
    }
    registered(tx, id).await?;
    Ok(Some(member))
}

async fn registered(tx: &mut Tx, id: MemberId) -> Result<(), Refusal> {
    events::append(tx, &Registered { member: id }).await?;
    audit::write(tx, Some(id), "accounts.register", ("member", id.0), serde_json::json!({})).await?;
    Ok(())
}

/// Whether the account can be entered by a password at all.
pub async fn has_password(reader: &mut Reader, member: MemberId) -> Result<bool, Refusal> {
    Ok(store::has_password(reader, member, NO_PASSWORD).await?)
}

/// Sends (again) the link that proves the address; not when one was sent a moment ago, which is good still, or often today.
pub async fn send_verification(tx: &mut Tx, member: &Member, base_url: &str) -> Result<(), Refusal> {
    let token = Token::new(tx.dice());
    if mail::queue_rarely(tx, letters::verify(member, base_url, token.reveal())).await?.is_some() {
        store::insert_link(tx, &token.hash(), member, Purpose::Verify, LINK_LIFE).await?;
    }
    Ok(())
}

/// Proves an address by its link. Answers whose it is. Errors: `Conflict("link-expired")`.
pub async fn verify_email(tx: &mut Tx, token: &str) -> Result<Member, Refusal> {
    let member = use_link(tx, token, Purpose::Verify).await?;
    store::void_links(tx, member.id, Purpose::Verify).await?;
    store::set_verified(tx, member.id).await?;
    audit::write(tx, Some(member.id), "accounts.verify", ("member", member.id.0), serde_json::json!({}))
        .await?;
    Ok(member)
}

/// Too many passwords are being checked at once.
pub fn busy(_: platform::crypto::HashError) -> Refusal {
    Refusal::Unavailable("sign-in")
}

/// Sends a link to set a new password, if the address is known, and got none a moment ago or often today; says nothing
/// either way.
pub async fn send_reset(tx: &mut Tx, email: &Email, base_url: &str) -> Result<(), Refusal> {
    let Some(member) = store::find_by_email(tx, email.as_str()).await? else { return Ok(()) };
    let token = Token::new(tx.dice());
    if mail::queue_rarely(tx, letters::reset(&member, base_url, token.reveal())).await?.is_some() {
        store::insert_link(tx, &token.hash(), &member, Purpose::Reset, RESET_LIFE).await?;
    }
    Ok(())
}

/// The same for somebody who has just shown that the address is theirs, however many others asked for today.
pub(super) async fn send_owner_reset(tx: &mut Tx, member: &Member, base_url: &str) -> Result<(), Refusal> {
    let token = Token::new(tx.dice());
    store::insert_link(tx, &token.hash(), member, Purpose::Reset, RESET_LIFE).await?;
    Ok(mail::queue(tx, letters::reset(member, base_url, token.reveal())).await.map(drop)?)
}

/// Sets a new password by its link, which also proves the address; signs everything else out, and no other link
/// sets a password any more.
/// `hash` was made before the transaction began. Errors: `Conflict("link-expired")`.
pub async fn reset_password(
    tx: &mut Tx,
    token: &str,
    hash: &str,
    client: &Client,
    base_url: &str,
) -> Result<Member, Refusal> {
    let mut member = use_link(tx, token, Purpose::Reset).await?;
    forget_what_waits(tx, member.id).await?;
    store::set_password(tx, member.id, hash).await?;
    store::set_verified(tx, member.id).await?;
    member.verified = true;
    sessions::close_all(tx, member.id, None).await?;
    notices::note(tx, &member, Notice::PasswordReset, client, base_url).await?;
    let nothing = serde_json::json!({});
    audit::write(tx, Some(member.id), "accounts.reset_password", ("member", member.id.0), nothing).await?;
    Ok(member)
}

/// Sets a new password for somebody who has just shown the old one, of which `old` is the hash. Links and changes
/// that wait are worthless from now on; every browser and program but one is signed out if `elsewhere` says so.
/// `hash` was made before the transaction began. Errors: the field `password` when it was changed meanwhile.
pub async fn change_password(
    tx: &mut Tx,
    member: &Member,
    (old, hash): (&str, &str),
    elsewhere: SignOut,
    client: &Client,
    base_url: &str,
) -> Result<(), Refusal> {
    if !store::replace_password(tx, member.id, old, hash).await? {
        return Err(Refusal::field("password", Wrong::Because("wrong-password")));
    }
    forget_what_waits(tx, member.id).await?;
    if let SignOut::AllBut(keep) = elsewhere {
        sessions::close_all(tx, member.id, keep).await?;
    }
    notices::note(tx, member, Notice::PasswordChanged, client, base_url).await?;
    let nothing = serde_json::json!({});
    audit::write(tx, Some(member.id), "accounts.change_password", ("member", member.id.0), nothing).await?;
    Ok(())
}

/// What becomes of the other browsers and programs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignOut {
    Nobody,
    AllBut(Option<SessionId>),
}

/// The id and password hash of an address that has an account, in one query.
pub async fn find_with_hash(
    reader: &mut Reader,
    email: &Email,
) -> Result<Option<(MemberId, String)>, Refusal> {
    Ok(store::find_with_hash(reader, email.as_str()).await?)
}

/// The same password, hashed at today's cost, unless it was changed meanwhile.
pub async fn renew_hash(tx: &mut Tx, member: MemberId, old: &str, hash: &str) -> Result<(), Refusal> {
    store::replace_password(tx, member, old, hash).await?;
    Ok(())
}

/// Whether this is still the hash of the member's password; it stays so until the unit of work is over.
pub async fn still_has_hash(tx: &mut Tx, member: MemberId, hash: &str) -> Result<bool, Refusal> {
    Ok(store::hold_hash(tx, member, hash).await?)
}

/// Who a link for a new password was sent to, without using it up.
pub async fn reset_link_owner(reader: &mut Reader, token: &str) -> Result<Option<Member>, Refusal> {
    Ok(match store::link_owner(reader, &token_hash(token), Purpose::Reset).await? {
        Some(id) => store::find(reader, id).await?,
        None => None,
    })
}

/// What somebody else may have prepared while they were in the account: links that wait, an address that waits.
async fn forget_what_waits(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    store::void_links(tx, member, Purpose::Reset).await?;
    store::void_links(tx, member, Purpose::Verify).await?;
    Ok(store::forget_waiting_changes(tx, member).await?)
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

/// Sets in which currency they are shown what things cost, beside the prices' own. `None`: the marketplace's.
pub async fn set_currency(
    tx: &mut Tx,
    member: MemberId,
    currency: Option<kernel::Currency>,
) -> Result<(), Refusal> {
    Ok(store::set_currency(tx, member, currency.as_ref().map(kernel::Currency::code)).await?)
}

/// Sets the avatar's folder in the object store. Answers that of the one before, which is the caller's to delete.
pub async fn set_avatar(tx: &mut Tx, member: MemberId, key: &str) -> Result<Option<String>, Refusal> {
    Ok(store::set_avatar(tx, member, key).await?)
}

/// A member by id, if there is one.
pub async fn find(reader: &mut Reader, id: MemberId) -> Result<Option<Member>, Refusal> {
    Ok(store::find(reader, id).await?)
}

/// Locks a member until the unit of work is over, and reads them then. Errors: `NotFound`.
pub async fn lock(tx: &mut Tx, id: MemberId) -> Result<Member, Refusal> {
    match store::lock_member(tx, id).await? {
        true => store::find(tx, id).await?.ok_or(Refusal::NotFound),
        false => Err(Refusal::NotFound),
    }
}

/// Gives somebody a role. Who may do that is decided above. `false` when they hold it already.
pub async fn add_role(tx: &mut Tx, id: MemberId, role: &str, by: MemberId) -> Result<bool, Refusal> {
    Ok(store::insert_role(tx, id, role, Some(by)).await?)
}

/// Takes a role from somebody. `false` when they do not hold it.
pub async fn drop_role(tx: &mut Tx, id: MemberId, role: &str) -> Result<bool, Refusal> {
    Ok(store::delete_role(tx, id, role).await?)
}

/// A member by address, for commands of the operator.
pub async fn find_by_email(reader: &mut Reader, email: &str) -> Result<Option<Member>, Refusal> {
    Ok(store::find_by_email(reader, email).await?)
}

/// A member by handle, as in the address of their page. Errors: `NotFound`, also while they are leaving.
pub async fn by_handle(reader: &mut Reader, handle: &str) -> Result<Member, Refusal> {
    let is_one = handle.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    let found = if is_one { store::find_by_handle(reader, handle).await? } else { None };
    found.filter(|m| m.leaving.is_none()).ok_or(Refusal::NotFound)
}

/// Several members at once, in no order; those who have left too, by the name that stays of them.
pub async fn find_many(reader: &mut Reader, ids: &[MemberId]) -> Result<Vec<Member>, Refusal> {
    Ok(store::find_many(reader, ids).await?)
}

/// Who runs the marketplace, in no order.
pub async fn operators(reader: &mut Reader) -> Result<Vec<Member>, Refusal> {
    Ok(store::with_role(reader, Role::Operator.name()).await?)
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
    let id = insert(tx, &registration.newcomer(), hash, handle).await?;
    let id = id.ok_or_else(|| Refusal::field("email", Wrong::Taken))?;
    store::set_verified(tx, id).await?;
    for role in roles {
        store::insert_role(tx, id, role.name(), None).await?;
    }
    audit::write(tx, None, "accounts.create", ("member", id.0), serde_json::json!({})).await?;
    store::find(tx, id).await?.ok_or(Refusal::NotFound)
}

/// Forgets sessions, tokens and links that ended before `before`, and what accounts have seen before `long_ago`.
pub async fn prune(tx: &mut Tx, before: Moment, long_ago: Moment) -> Result<(), Refusal> {
    store::prune(tx, before).await?;
    store::prune_email_changes(tx, before).await?;
    handles::prune(tx).await?;
    Ok(store::prune_history(tx, long_ago).await?)
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
    who: &Newcomer,
    hash: &str,
    handle: Option<&str>,
) -> Result<Option<MemberId>, Refusal> {
    if let Some(handle) = handle
        && handles::is_kept(tx, handle, None).await?
    {
        return Err(Refusal::field("handle", Wrong::Taken));
    }
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
    let base = if base.len() < 2 || base.starts_with(GONE) { "member".to_owned() } else { base };
    let taken =
        store::find_by_handle(tx, &base).await?.is_some() || handles::is_kept(tx, &base, None).await?;
    if !taken {
        return Ok(base);
    }
    Ok(format!("{base}{}", 1000 + tx.dice().below(900_000)))
}
