//! The ways in, and showing once more who one is.

use super::jobs::Warn;
use super::model::{Door, Halfway, Proven, Step};
use super::store;
use crate::accounts::model::{Client, Email, Member, Method, Password};
use crate::accounts::notices::{self, Notice};
use crate::accounts::{devices, rules as accounts};
use crate::factors::passkeys::{self, Passkeys};
use crate::factors::sent::{self, Bound, Channel};
use crate::factors::{recovery, totp};
use crate::guessing::model::{Subject, TELL_AFTER};
use crate::guessing::rules as guessing;
use crate::kept::rules as kept;
use crate::oidc::rules as oidc;
use crate::pressure::rules as pressure;
use kernel::{MemberId, Refusal, SessionId, Wrong};
use platform::crypto::{Token, token_hash};
use platform::{Reader, Tx, jobs};
use time::Duration;

pub use super::again::{usable, ways_again};

/// How long one may take between two factors.
pub const ATTEMPT_LIFE: Duration = Duration::minutes(10);

/// By address and password. The same work and answer for a known and an unknown address. `next` is where they are
/// going, kept while a second factor is owed. Who is suspended comes in too, to read why. Errors: the field `password`
/// is wrong; `TooMany`; `Unavailable` when too many sign-ins wait already.
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
    // A flood of others must not use up the owner's tries.
    let place = door.hasher.reserve().map_err(accounts::busy)?;
    count(door, &subject, typed).await?;
    let found = match &address {
        Some(address) => accounts::find_with_hash(&mut door.db.read().await?, address).await?,
        None => None,
    };
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let verdict =
        door.hasher.verify(place, password.reveal().to_owned(), hash).await.map_err(accounts::busy)?;
    let Some((id, hash)) = found.filter(|_| verdict.ok) else {
        let mut tx = door.db.begin().await?;
        pressure::note(&mut tx, &door.gate, client).await?;
        tx.commit().await?;
        return Err(wrong());
    };
    let fresh = match verdict.rehash {
        // At the next sign-in, if there is no place for it now.
        true => door.hasher.hash(password.reveal().to_owned()).await.ok(),
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

/// By a passkey, which stands for both factors. Errors: the field `credential`; `Conflict("passkey-late")`. Commit even
/// when this refuses.
pub async fn with_passkey(
    tx: &mut Tx,
    passkeys: &Passkeys,
    ceremony: &str,
    credential: &str,
) -> Result<Proven, Refusal> {
    let whose = passkeys::finish_sign_in(tx, passkeys, ceremony, credential).await?;
    let member = accounts::find(tx, whose).await?.ok_or(Refusal::SignIn)?;
    Ok(Proven { member, methods: vec![Method::Passkey], hash: None })
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
    guessing::forgive(tx, &Subject::code(&door.guesses, member.id)).await?;
    if let Some(device) = &client.device {
        guessing::forgive(tx, &Subject::code_at(&door.guesses, member.id, device)).await?;
        guessing::forgive(tx, &Subject::password_at(&door.guesses, &member.email, device)).await?;
    }
    forget_attempts(tx, member.id).await?;
    sent::restart(tx, member.id).await?;
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
pub async fn halfway(reader: &mut Reader, door: &Door, attempt: &str) -> Result<Halfway, Refusal> {
    let row = store::find(reader, &token_hash(attempt)).await?.ok_or(Refusal::SignIn)?;
    let member = accounts::find(reader, row.member).await?.ok_or(Refusal::SignIn)?;
    let mut offered = totp::enrolled(reader, row.member).await?.offered();
    let methods: Vec<Method> = row.methods.iter().filter_map(|m| Method::find(m)).collect();
    // A link and a code would both come by the same mail. It must do where there is nothing else that can be had again.
    let is_other = |m: &Method| *m == Method::Totp || (*m == Method::Sms && door.codes.has_texts());
    if methods.contains(&Method::Link) && offered.iter().any(is_other) {
        offered.retain(|m| *m != Method::Mail);
    }
    Ok(Halfway { member, methods, offered, next: row.next })
}

/// Counts a code as a try, also of what was sent for the same. To be called before [`second`], whose unit of work must
/// not be open yet. Errors: `TooMany`.
pub async fn count_code(door: &Door, member: &Member, client: &Client, bound: &Bound) -> Result<(), Refusal> {
    let subject = code_subject(&mut door.db.read().await?, door, member, client).await?;
    count(door, &subject, &member.email).await?;
    let mut tx = door.db.begin().await?;
    sent::count_try(&mut tx, bound).await?;
    Ok(tx.commit().await?)
}

/// Sends a code to somebody who is between two factors. Errors: `SignIn` when that took too long; `NotFound` when their
/// account does not ask for codes this way; those of [`sent::send`].
pub async fn send_code(tx: &mut Tx, door: &Door, attempt: &str, channel: Channel) -> Result<Member, Refusal> {
    let Halfway { member, offered, .. } = halfway(tx, door, attempt).await?;
    if !offered.contains(&channel.method()) {
        return Err(Refusal::NotFound);
    }
    sent::send(tx, &door.codes, &member, channel, &Bound::attempt(attempt)).await?;
    Ok(member)
}

/// Sends a code without being asked, where mail is the best that the account has. Answers whether one was sent.
pub async fn send_at_once(tx: &mut Tx, door: &Door, attempt: &str) -> Result<bool, Refusal> {
    if halfway(tx, door, attempt).await?.offered.iter().find(|m| **m != Method::Recovery)
        != Some(&Method::Mail)
    {
        return Ok(false);
    }
    match send_code(tx, door, attempt, Channel::Mail).await {
        // The last one is good still, or the page says how long to wait.
        Err(Refusal::TooMany { .. }) => Ok(false),
        other => other.map(|_| true),
    }
}

/// Sends a code to somebody who shows once more who they are. Errors: as [`send_code`].
pub async fn send_confirming(
    tx: &mut Tx,
    door: &Door,
    member: &Member,
    session: SessionId,
    channel: Channel,
) -> Result<(), Refusal> {
    if !ways_again(tx, door, member.id).await?.codes.contains(&channel.method()) {
        return Err(Refusal::NotFound);
    }
    sent::send(tx, &door.codes, member, channel, &Bound::confirming(session)).await
}

/// The second factor: a code of the app, one that was sent, or a recovery code. Errors: the field `code`; `SignIn` when
/// the attempt was used or is over.
pub async fn second(
    tx: &mut Tx,
    door: &Door,
    attempt: &str,
    code: &str,
    client: &Client,
    base_url: &str,
) -> Result<Proven, Refusal> {
    let Halfway { member, mut methods, offered, .. } = halfway(tx, door, attempt).await?;
    let shown = Shown { code, bound: &Bound::attempt(attempt), accepted: &offered };
    let method = show_code(tx, door, &member, &shown, client, base_url).await?;
    // Of two who show a code for one attempt, one is let in.
    if !store::delete(tx, &token_hash(attempt)).await? {
        return Err(Refusal::SignIn);
    }
    methods.push(method);
    Ok(Proven { member, methods, hash: None })
}

/// Shows once more who one is, by password or, where there is a second factor or no password, by a code. Answers how it
/// was shown. Errors: the field `password` or `code`; `TooMany`; `NotFound` where only a passkey will do.
pub async fn confirm(
    door: &Door,
    member: &Member,
    password: &Password,
    code: &str,
    session: SessionId,
    client: &Client,
    base_url: &str,
) -> Result<Method, Refusal> {
    let ways = ways_again(&mut door.db.read().await?, door, member.id).await?;
    if !ways.codes.is_empty() {
        let bound = Bound::confirming(session);
        count_code(door, member, client, &bound).await?;
        let mut tx = door.db.begin().await?;
        let shown = Shown { code, bound: &bound, accepted: &ways.codes };
        let method = show_code(&mut tx, door, member, &shown, client, base_url).await?;
        tx.commit().await?;
        return Ok(method);
    }
    if !ways.password {
        return Err(Refusal::NotFound);
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
    let place = door.hasher.reserve().map_err(accounts::busy)?;
    count(door, &subject, &member.email).await?;
    let email = Email::read(&member.email).map_err(|_| Refusal::SignIn)?;
    let hash = accounts::find_with_hash(&mut door.db.read().await?, &email).await?.map(|(_, hash)| hash);
    let verdict = door
        .hasher
        .verify(place, password.reveal().to_owned(), hash.clone())
        .await
        .map_err(accounts::busy)?;
    let wrong = || Refusal::field("password", Wrong::Because("wrong-password"));
    let hash = hash.filter(|_| verdict.ok).ok_or_else(wrong)?;
    let mut tx = door.db.begin().await?;
    guessing::forgive(&mut tx, &subject).await?;
    tx.commit().await?;
    Ok(hash)
}

/// Forgets the wrong codes: the last one was right.
pub async fn forgive_codes(
    tx: &mut Tx,
    door: &Door,
    member: &Member,
    client: &Client,
) -> Result<(), Refusal> {
    let subject = code_subject(tx, door, member, client).await?;
    guessing::forgive(tx, &subject).await
}

/// Forgets attempts, tries and kept forms that are over.
pub async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    store::prune(tx).await?;
    passkeys::prune(tx).await?;
    sent::prune(tx).await?;
    oidc::prune(tx).await?;
    kept::prune(tx).await?;
    guessing::prune(tx).await
}

/// What comes after the first factor.
pub(super) async fn after(
    tx: &mut Tx,
    member: Member,
    method: Method,
    hash: Option<String>,
    client: &Client,
    next: &str,
) -> Result<Step, Refusal> {
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

/// A code that somebody typed.
struct Shown<'a> {
    code: &'a str,
    /// What a code that was sent must be for.
    bound: &'a Bound,
    /// The ways that will do.
    accepted: &'a [Method],
}

async fn show_code(
    tx: &mut Tx,
    door: &Door,
    member: &Member,
    &Shown { code, bound, accepted }: &Shown<'_>,
    client: &Client,
    base_url: &str,
) -> Result<Method, Refusal> {
    let accepts = |method: Method| accepted.contains(&method);
    let sent_by = |channel: &Channel| accepts(channel.method());
    let method = if accepts(Method::Totp) && totp::check(tx, &door.vault, member.id, code).await? {
        Method::Totp
    } else if let Some(channel) = sent::check(tx, &door.codes, member.id, bound, code).await?.filter(sent_by)
    {
        channel.method()
    } else if accepts(Method::Recovery) && recovery::spend(tx, member.id, code).await? {
        notices::note(tx, member, Notice::CodeUsed, client, base_url).await?;
        totp::enrolled(tx, member.id).await?.recovery_stands_for()
    } else {
        return Err(totp::wrong_code());
    };
    forgive_codes(tx, door, member, client).await?;
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
