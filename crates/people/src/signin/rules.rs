//! The ways in, and showing once more who one is.

use super::jobs::Warn;
use super::model::{Door, Halfway, Proven, Step};
use super::store;
use crate::accounts::model::{Client, Email, Member, Method, Password};
use crate::accounts::notices::{self, Notice};
use crate::accounts::{devices, rules as accounts};
use crate::factors::passkeys::{self, Passkeys};
use crate::factors::{recovery, totp};
use crate::guessing::model::{Subject, TELL_AFTER};
use crate::guessing::rules as guessing;
use kernel::{MemberId, Refusal, Wrong};
use platform::crypto::{Token, token_hash};
use platform::{Reader, Tx, jobs};
use time::Duration;

/// How long one may take between two factors.
pub const ATTEMPT_LIFE: Duration = Duration::minutes(10);

/// By address and password. The same work and answer for a known and an unknown address. `next` is where they are
/// going, kept while a second factor is owed. Errors: the field `password` is wrong; `TooMany`;
/// `Conflict("account-suspended")`; `Unavailable` when too many sign-ins wait already.
pub async fn with_password(
    door: &Door,
    email: &str,
    password: &Password,
    client: &Client,
    next: &str,
) -> Result<Step, Refusal> {
    let wrong = || Refusal::field("password", Wrong::Because("wrong-sign-in"));
    let address = Email::read(email).ok();
    let typed = address.as_ref().map_or(email, Email::as_str);
    let subject = password_subject(door, typed, client).await?;
    count(door, &subject, typed).await?;
    let found = match &address {
        Some(address) => accounts::find_with_hash(&mut door.db.read().await?, address).await?,
        None => None,
    };
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let verdict = door.hasher.verify(password.reveal().to_owned(), hash).await.map_err(accounts::busy)?;
    let (id, hash) = found.filter(|_| verdict.ok).ok_or_else(wrong)?;
    let fresh = match verdict.rehash {
        true => Some(door.hasher.hash(password.reveal().to_owned()).await.map_err(accounts::busy)?),
        false => None,
    };
    let mut tx = door.db.begin().await?;
    guessing::forgive(&mut tx, &subject).await?;
    let member = accounts::find(&mut tx, id).await?.ok_or_else(wrong)?;
    let hash = match fresh {
        Some(fresh) => {
            accounts::renew_hash(&mut tx, id, &hash, &fresh).await?;
            fresh
        }
        None => hash,
    };
    let step = after(&mut tx, member, Method::Password, Some(hash), client, next).await?;
    tx.commit().await?;
    Ok(step)
}

/// By a passkey, which stands for both factors. Errors: the field `credential`; `Conflict("passkey-late")` or
/// `("account-suspended")`. Commit even when this refuses.
pub async fn with_passkey(
    tx: &mut Tx,
    passkeys: &Passkeys,
    ceremony: &str,
    credential: &str,
) -> Result<Proven, Refusal> {
    let whose = passkeys::finish_sign_in(tx, passkeys, ceremony, credential).await?;
    let member = accounts::find(tx, whose).await?.ok_or(Refusal::SignIn)?;
    match accounts::may_act(&member) {
        true => Ok(Proven { member, methods: vec![Method::Passkey], hash: None }),
        false => Err(Refusal::Conflict("account-suspended")),
    }
}

/// By a link that came by mail and was just used up. What was guessed at before is forgotten: the owner is here.
pub async fn with_link(
    tx: &mut Tx,
    door: &Door,
    member: Member,
    client: &Client,
    next: &str,
) -> Result<Step, Refusal> {
    guessing::forgive(tx, &Subject::password(&door.guesses, &member.email)).await?;
    if let Some(device) = &client.device {
        guessing::forgive(tx, &Subject::password_at(&door.guesses, &member.email, device)).await?;
    }
    forget_attempts(tx, member.id).await?;
    after(tx, member, Method::Link, None, client, next).await
}

/// Makes half-finished sign-ins of a member worthless: their password is another one now.
pub async fn forget_attempts(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::delete_of(tx, member).await?)
}

/// Whether what was shown still holds: a password that was changed since then does not. It stays so until the unit of
/// work is over, in which the session is opened. Errors: `SignIn`.
pub async fn hold(tx: &mut Tx, proven: &Proven) -> Result<(), Refusal> {
    let Some(hash) = &proven.hash else { return Ok(()) };
    match accounts::still_has_hash(tx, proven.member.id, hash).await? {
        true => Ok(()),
        false => Err(Refusal::SignIn),
    }
}

/// Who is on the way between two factors. Errors: `SignIn` when it took too long, or the token is none.
pub async fn halfway(reader: &mut Reader, attempt: &str) -> Result<Halfway, Refusal> {
    let row = store::find(reader, &token_hash(attempt)).await?.ok_or(Refusal::SignIn)?;
    let member = accounts::find(reader, row.member).await?.filter(accounts::may_act);
    let member = member.ok_or(Refusal::SignIn)?;
    let offered = totp::enrolled(reader, row.member).await?.offered();
    let methods = row.methods.iter().filter_map(|m| Method::find(m)).collect();
    Ok(Halfway { member, methods, offered, next: row.next })
}

/// Counts a code as a try. To be called before [`second`], whose unit of work must not be open yet. Errors: `TooMany`.
pub async fn count_code(door: &Door, member: &Member, client: &Client) -> Result<(), Refusal> {
    let subject = code_subject(&mut door.db.read().await?, door, member, client).await?;
    count(door, &subject, &member.email).await
}

/// The second factor: a code of the app, or a recovery code. Errors: the field `code`; `SignIn` when the attempt was
/// used or is over.
pub async fn second(
    tx: &mut Tx,
    door: &Door,
    attempt: &str,
    code: &str,
    client: &Client,
    base_url: &str,
) -> Result<Proven, Refusal> {
    let Halfway { member, mut methods, .. } = halfway(tx, attempt).await?;
    let method = show_code(tx, door, &member, code, client, base_url).await?;
    // Of two who show a code for one attempt, one is let in.
    if !store::delete(tx, &token_hash(attempt)).await? {
        return Err(Refusal::SignIn);
    }
    methods.push(method);
    Ok(Proven { member, methods, hash: None })
}

/// Whether this member is asked for a code when they have to show again who they are; else for the password.
pub async fn confirms_by_code(reader: &mut Reader, member: MemberId) -> Result<bool, Refusal> {
    Ok(totp::enrolled(reader, member).await?.is_on())
}

/// Shows once more who one is, by password or, where there is a second factor, by a code. Answers how it was shown.
/// Errors: the field `password` or `code`; `TooMany`.
pub async fn confirm(
    door: &Door,
    member: &Member,
    password: &Password,
    code: &str,
    client: &Client,
    base_url: &str,
) -> Result<Method, Refusal> {
    if confirms_by_code(&mut door.db.read().await?, member.id).await? {
        count_code(door, member, client).await?;
        let mut tx = door.db.begin().await?;
        let method = show_code(&mut tx, door, member, code, client, base_url).await?;
        tx.commit().await?;
        return Ok(method);
    }
    knows_password(door, member, password, client).await?;
    Ok(Method::Password)
}

/// Whether somebody who is signed in knows the password. Answers its hash. Errors: the field `password`; `TooMany`.
pub async fn knows_password(
    door: &Door,
    member: &Member,
    password: &Password,
    client: &Client,
) -> Result<String, Refusal> {
    let subject = password_subject(door, &member.email, client).await?;
    count(door, &subject, &member.email).await?;
    let email = Email::read(&member.email).map_err(|_| Refusal::SignIn)?;
    let hash = accounts::find_with_hash(&mut door.db.read().await?, &email).await?.map(|(_, hash)| hash);
    let verdict =
        door.hasher.verify(password.reveal().to_owned(), hash.clone()).await.map_err(accounts::busy)?;
    let wrong = || Refusal::field("password", Wrong::Because("wrong-password"));
    let hash = hash.filter(|_| verdict.ok).ok_or_else(wrong)?;
    let mut tx = door.db.begin().await?;
    guessing::forgive(&mut tx, &subject).await?;
    tx.commit().await?;
    Ok(hash)
}

/// Forgets attempts and tries that are over.
pub async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    store::prune(tx).await?;
    passkeys::prune(tx).await?;
    guessing::prune(tx).await
}

/// What comes after the first factor. Errors: `Conflict("account-suspended")`.
async fn after(
    tx: &mut Tx,
    member: Member,
    method: Method,
    hash: Option<String>,
    client: &Client,
    next: &str,
) -> Result<Step, Refusal> {
    if !accounts::may_act(&member) {
        return Err(Refusal::Conflict("account-suspended"));
    }
    let mut methods = vec![method];
    if totp::enrolled(tx, member.id).await?.is_on() {
        let is_trusted =
            !member.is_staff() && devices::is_trusted(tx, member.id, client.device.as_deref()).await?;
        if !is_trusted {
            let attempt = Token::new(tx.dice());
            store::insert(tx, &attempt.hash(), member.id, method, next, ATTEMPT_LIFE).await?;
            return Ok(Step::Second { attempt });
        }
        methods.push(Method::Device);
    }
    Ok(Step::Done(Box::new(Proven { member, methods, hash })))
}

async fn show_code(
    tx: &mut Tx,
    door: &Door,
    member: &Member,
    code: &str,
    client: &Client,
    base_url: &str,
) -> Result<Method, Refusal> {
    let method = if totp::check(tx, &door.vault, member.id, code).await? {
        Method::Totp
    } else if recovery::spend(tx, member.id, code).await? {
        notices::note(tx, member, Notice::CodeUsed, client, base_url).await?;
        Method::Recovery
    } else {
        return Err(totp::wrong_code());
    };
    let subject = code_subject(tx, door, member, client).await?;
    guessing::forgive(tx, &subject).await?;
    Ok(method)
}

/// A browser in which the owner was signed in before has tries of its own.
async fn password_subject(door: &Door, email: &str, client: &Client) -> Result<Subject, Refusal> {
    let Some(device) = &client.device else { return Ok(Subject::password(&door.guesses, email)) };
    let is_known = devices::knows(&mut door.db.read().await?, email, device).await?;
    Ok(match is_known {
        true => Subject::password_at(&door.guesses, email, device),
        false => Subject::password(&door.guesses, email),
    })
}

async fn code_subject(
    reader: &mut Reader,
    door: &Door,
    member: &Member,
    client: &Client,
) -> Result<Subject, Refusal> {
    Ok(match &client.device {
        Some(device) if devices::knows(reader, &member.email, device).await? => {
            Subject::code_at(&door.guesses, member.id, device)
        }
        _ => Subject::code(&door.guesses, member.id),
    })
}

/// In a unit of work of its own, so that the try counts whatever becomes of it.
async fn count(door: &Door, subject: &Subject, email: &str) -> Result<(), Refusal> {
    let mut tx = door.db.begin().await?;
    let failures = guessing::admit(&mut tx, subject).await?;
    if failures == TELL_AFTER {
        jobs::enqueue(&mut tx, &Warn { email: email.to_owned() }).await?;
    }
    Ok(tx.commit().await?)
}
