//! The ways in, and showing once more who one is.

use super::jobs::Warn;
use super::model::{Door, Halfway, Proven, Step};
use super::store;
use crate::accounts::model::{Client, Email, Member, Method, Password};
use crate::accounts::notices::{self, Notice};
use crate::accounts::{devices, rules as accounts};
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
    count(door, &subject, Some(typed)).await?;
    let found = match &address {
        Some(address) => accounts::find_with_hash(&mut door.db.read().await?, address).await?,
        None => None,
    };
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let verdict = door.hasher.verify(password.reveal().to_owned(), hash).await.map_err(accounts::busy)?;
    let (id, _) = found.filter(|_| verdict.ok).ok_or_else(wrong)?;
    let fresh = match verdict.rehash {
        true => Some(door.hasher.hash(password.reveal().to_owned()).await.map_err(accounts::busy)?),
        false => None,
    };
    let mut tx = door.db.begin().await?;
    guessing::forgive(&mut tx, &subject).await?;
    let member = accounts::find(&mut tx, id).await?.ok_or_else(wrong)?;
    if !accounts::may_act(&member) {
        return Err(Refusal::Conflict("account-suspended"));
    }
    if let Some(hash) = fresh {
        accounts::renew_hash(&mut tx, id, &hash).await?;
    }
    let step = after(&mut tx, member, Method::Password, client, next).await?;
    tx.commit().await?;
    Ok(step)
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
    after(tx, member, Method::Link, client, next).await
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
pub async fn count_code(door: &Door, member: MemberId) -> Result<(), Refusal> {
    count(door, &Subject::code(&door.guesses, member), None).await
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
    Ok(Proven { member, methods })
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
        count_code(door, member.id).await?;
        let mut tx = door.db.begin().await?;
        let method = show_code(&mut tx, door, member, code, client, base_url).await?;
        tx.commit().await?;
        return Ok(method);
    }
    knows_password(door, member, password, client).await?;
    Ok(Method::Password)
}

/// Whether somebody who is signed in knows the password. Errors: the field `password`; `TooMany`.
pub async fn knows_password(
    door: &Door,
    member: &Member,
    password: &Password,
    client: &Client,
) -> Result<(), Refusal> {
    let subject = password_subject(door, &member.email, client).await?;
    count(door, &subject, Some(&member.email)).await?;
    let email = Email::read(&member.email).map_err(|_| Refusal::SignIn)?;
    let hash = accounts::find_with_hash(&mut door.db.read().await?, &email).await?.map(|(_, hash)| hash);
    let verdict = door.hasher.verify(password.reveal().to_owned(), hash).await.map_err(accounts::busy)?;
    if !verdict.ok {
        return Err(Refusal::field("password", Wrong::Because("wrong-password")));
    }
    let mut tx = door.db.begin().await?;
    guessing::forgive(&mut tx, &subject).await?;
    Ok(tx.commit().await?)
}

/// Forgets attempts and tries that are over.
pub async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    store::prune(tx).await?;
    guessing::prune(tx).await
}

/// What comes after the first factor.
async fn after(
    tx: &mut Tx,
    member: Member,
    method: Method,
    client: &Client,
    next: &str,
) -> Result<Step, Refusal> {
    let enrolled = totp::enrolled(tx, member.id).await?;
    let is_trusted =
        !member.is_staff() && devices::is_trusted(tx, member.id, client.device.as_deref()).await?;
    if !enrolled.is_on() || is_trusted {
        return Ok(Step::Done(Box::new(Proven { member, methods: vec![method] })));
    }
    let attempt = Token::new(tx.dice());
    store::insert(tx, &attempt.hash(), member.id, method, next, ATTEMPT_LIFE).await?;
    Ok(Step::Second { attempt, offered: enrolled.offered() })
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
    guessing::forgive(tx, &Subject::code(&door.guesses, member.id)).await?;
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

/// In a unit of work of its own, so that the try counts whatever becomes of it.
async fn count(door: &Door, subject: &Subject, email: Option<&str>) -> Result<(), Refusal> {
    let mut tx = door.db.begin().await?;
    let failures = guessing::admit(&mut tx, subject).await?;
    if let Some(email) = email.filter(|_| failures == TELL_AFTER) {
        jobs::enqueue(&mut tx, &Warn { email: email.to_owned() }).await?;
    }
    Ok(tx.commit().await?)
}
