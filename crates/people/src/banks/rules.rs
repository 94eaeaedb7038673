//! Naming an account, taking a change back, removing it; and which one is used.

use super::jobs::{self as later, Used};
use super::letters;
use super::model::{BankAccount, Details, Outcome, Shown, Standing, Terms};
use super::store::{self, New, Row};
use crate::accounts::leaving::lock;
use crate::accounts::model::{Client, Member};
use crate::accounts::notices::{self, Notice};
use kernel::{BankAccountId, MemberId, Moment, Refusal, Wrong};
use platform::crypto::{Token, token_hash};
use platform::vault::{Vault, VaultError};
use platform::{Reader, Tx, audit, jobs, mail};
use serde_json::{Value, json};
use time::Duration;

/// How long an account is known after it was used last. Longer than the old address of a member can take everything
/// back, and at least as long as a change can wait: whoever removes an account and names another waits all the same.
const KNOWN: Duration = Duration::days(30);

/// What may be shown of where somebody's money goes.
pub async fn standing(reader: &mut Reader, member: MemberId) -> Result<Standing, Refusal> {
    let now = reader.now();
    Ok(stand(&store::all(reader, member).await?, now))
}

/// Where money goes now; nothing when no account was named, or it was removed. Errors: it does not open, as the vault's
/// key is another one.
pub async fn current(
    reader: &mut Reader,
    vault: &Vault,
    member: MemberId,
) -> Result<Option<BankAccount>, Refusal> {
    let now = reader.now();
    let rows = store::all(reader, member).await?;
    let Some(row) = used_at(&rows, now) else { return Ok(None) };
    let details = open(reader, vault, member, row).await?;
    Ok(Some(BankAccount { id: row.id, details, since: row.effective_at }))
}

/// Until when a change waits; nothing when none does.
pub async fn cool_until(reader: &mut Reader, member: MemberId) -> Result<Option<Moment>, Refusal> {
    Ok(standing(reader, member).await?.waiting.map(|waiting| waiting.since))
}

/// Whether an account that is named now would be the first, as far as is known, and need not wait.
pub async fn is_first(reader: &mut Reader, member: MemberId) -> Result<bool, Refusal> {
    Ok(store::all(reader, member).await?.is_empty())
}

/// Names the account that money shall go to. The first is used at once; another waits, and the one before is used
/// meanwhile. One that waits already is replaced. Errors: the field of the number when it is the one in use; `Forbidden` for who is
/// suspended or leaving.
pub async fn set(
    tx: &mut Tx,
    terms: &Terms<'_>,
    member: &Member,
    client: &Client,
    details: &Details,
) -> Result<Outcome, Refusal> {
    let member = &lock(tx, member.id).await?;
    if member.suspended || member.leaving.is_some() {
        return Err(Refusal::Forbidden);
    }
    let now = tx.now();
    let rows = store::all(tx, member.id).await?;
    if is_in_use(tx, terms.vault, member.id, &rows, details).await? {
        return Err(Refusal::field(details.account.field(), Wrong::Because("wrong-iban-same")));
    }
    let since = if rows.is_empty() { now } else { now + terms.cool };
    let undo = (since > now).then(|| Token::new(tx.dice()));
    let undo_hash = undo.as_ref().map(Token::hash);
    let id: BankAccountId = tx.new_id();
    let plain = serde_json::to_vec(details).map_err(Refusal::broken)?;
    let sealed = terms.vault.seal(tx, member.id.0, &place(id), &plain).await?;
    store::end_waiting(tx, member.id).await?;
    let (country, ending) = (details.account.country(), details.account.ending());
    let new = New {
        id,
        member: member.id,
        sealed: &sealed,
        country,
        ending,
        effective_at: since,
        undo_hash: undo_hash.as_deref(),
    };
    store::insert(tx, &new).await?;
    let Some(undo) = undo else {
        notices::note_widely(tx, member, Notice::BankSet, client, terms.base_url).await?;
        audit::write(tx, Some(member.id), "banks.set", ("member", member.id.0), named(id)).await?;
        return Ok(Outcome::Used);
    };
    let used = Used { member: member.id, bank: id };
    jobs::schedule(tx, &later::key(member.id), &used, since).await?;
    let shown = Shown { id, country: country.to_owned(), ending: ending.to_owned(), since };
    for to in notices::ears(tx, member).await? {
        mail::queue(tx, letters::asked(&to, &shown, terms.base_url, undo.reveal())).await?;
    }
    notices::note(tx, member, Notice::BankAsked, client, terms.base_url).await?;
    audit::write(tx, Some(member.id), "banks.ask", ("member", member.id.0), named(id)).await?;
    Ok(Outcome::Waits(since))
}

/// Takes a change back that waits. `false` when none does: somebody was faster, or it is used already.
pub async fn take_back(
    tx: &mut Tx,
    member: MemberId,
    client: &Client,
    base_url: &str,
) -> Result<bool, Refusal> {
    let member = &lock(tx, member).await?;
    if !store::end_waiting(tx, member.id).await? {
        return Ok(false);
    }
    jobs::cancel(tx, &later::key(member.id)).await?;
    notices::note_widely(tx, member, Notice::BankKept, client, base_url).await?;
    audit::write(tx, Some(member.id), "banks.take_back", ("member", member.id.0), json!({})).await?;
    Ok(true)
}

/// The same by the link of the mail, for whoever has it. Errors: `Conflict("link-expired")`.
pub async fn take_back_by_link(
    tx: &mut Tx,
    token: &str,
    client: &Client,
    base_url: &str,
) -> Result<(), Refusal> {
    let late = || Refusal::Conflict("link-expired");
    let member = store::whose(tx, &token_hash(token)).await?.ok_or_else(late)?;
    match take_back(tx, member, client, base_url).await? {
        true => Ok(()),
        false => Err(late()),
    }
}

/// Removes every account, at once: money goes nowhere then. `false` when there was none.
pub async fn remove(tx: &mut Tx, member: MemberId, client: &Client, base_url: &str) -> Result<bool, Refusal> {
    let member = &lock(tx, member).await?;
    if !store::end_all(tx, member.id).await? {
        return Ok(false);
    }
    jobs::cancel(tx, &later::key(member.id)).await?;
    notices::note_widely(tx, member, Notice::BankRemoved, client, base_url).await?;
    audit::write(tx, Some(member.id), "banks.remove", ("member", member.id.0), json!({})).await?;
    Ok(true)
}

/// Undoes what somebody else may have changed while they were in the account, from `since` on.
pub async fn restore_since(
    tx: &mut Tx,
    member: &Member,
    since: Moment,
    client: &Client,
    base_url: &str,
) -> Result<(), Refusal> {
    if !store::restore(tx, member.id, since).await? {
        return Ok(());
    }
    if cool_until(tx, member.id).await?.is_none() {
        jobs::cancel(tx, &later::key(member.id)).await?;
    }
    notices::note(tx, member, Notice::BankKept, client, base_url).await?;
    audit::write(tx, Some(member.id), "banks.restore", ("member", member.id.0), json!({})).await?;
    Ok(())
}

/// The time of a change has come: what was used before ends, and its owner is told. Nothing happens when it was taken
/// back, or its owner has left.
pub(super) async fn used(
    tx: &mut Tx,
    member: MemberId,
    bank: BankAccountId,
    base_url: &str,
) -> Result<(), Refusal> {
    let member = match lock(tx, member).await {
        Err(Refusal::NotFound) => return Ok(()),
        other => other?,
    };
    let now = tx.now();
    let rows = store::all(tx, member.id).await?;
    let Some(row) = used_at(&rows, now).filter(|row| row.id == bank) else { return Ok(()) };
    store::end_before(tx, member.id, row.effective_at).await?;
    notices::tell(tx, &member, Notice::BankUsed, "", base_url, "/account/bank").await?;
    audit::write(tx, Some(member.id), "banks.use", ("member", member.id.0), named(bank)).await?;
    Ok(())
}

/// Forgets all accounts of somebody who leaves.
pub async fn forget_all(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    jobs::cancel(tx, &later::key(member)).await?;
    Ok(store::delete_all(tx, member).await?)
}

/// Forgets those that were used last a month ago.
pub(super) async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    let before = tx.now() - KNOWN;
    Ok(store::prune(tx, before).await?)
}

/// What their owner gets a copy of: all of it. One that does not open is there without what is sealed.
pub async fn copy(reader: &mut Reader, vault: &Vault, member: MemberId) -> Result<Vec<Value>, Refusal> {
    let mut copies = Vec::new();
    for row in store::all(reader, member).await? {
        let details = match vault.open(reader, member.0, &place(row.id), &row.sealed).await {
            Ok(plain) => serde_json::from_slice::<Value>(&plain).ok(),
            Err(VaultError::Database(error)) => return Err(error.into()),
            Err(error) => {
                tracing::error!(%error, "a bank account cannot be read");
                None
            }
        };
        let of = |name: &str| details.as_ref().and_then(|it| it.get(name)).cloned();
        copies.push(json!({
            "id": row.id,
            "holder": of("holder"),
            "iban": of("iban"),
            "bank": of("bank_name"),
            "bank_code": of("bank_code"),
            "number": of("number"),
            "country": row.country,
            "ending": row.ending,
            "asked_at": written(row.asked_at),
            "effective_at": written(row.effective_at),
            "ended_at": row.ended_at.map(written),
        }));
    }
    Ok(copies)
}

/// As in all other files of a copy (RFC 3339).
fn written(at: Moment) -> String {
    at.format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}

fn stand(rows: &[Row], now: Moment) -> Standing {
    let shown = |row: &Row| Shown {
        id: row.id,
        country: row.country.clone(),
        ending: row.ending.clone(),
        since: row.effective_at,
    };
    let waiting = rows.iter().find(|row| row.ended_at.is_none() && row.effective_at > now);
    Standing { current: used_at(rows, now).map(shown), waiting: waiting.map(shown) }
}

/// The one in use: of those that have not ended, the last whose time has come.
fn used_at(rows: &[Row], now: Moment) -> Option<&Row> {
    rows.iter().find(|row| row.ended_at.is_none() && row.effective_at <= now)
}

/// Whether these are the details of the account in use. One that cannot be read is another one.
async fn is_in_use(
    reader: &mut Reader,
    vault: &Vault,
    member: MemberId,
    rows: &[Row],
    details: &Details,
) -> Result<bool, Refusal> {
    let Some(row) = used_at(rows, reader.now()) else { return Ok(false) };
    match vault.open(reader, member.0, &place(row.id), &row.sealed).await {
        Ok(plain) => Ok(serde_json::from_slice::<Details>(&plain).is_ok_and(|used| used == *details)),
        Err(VaultError::Database(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(%error, "a bank account cannot be read");
            Ok(false)
        }
    }
}

async fn open(reader: &mut Reader, vault: &Vault, member: MemberId, row: &Row) -> Result<Details, Refusal> {
    let plain = vault.open(reader, member.0, &place(row.id), &row.sealed).await?;
    serde_json::from_slice(&plain).map_err(Refusal::broken)
}

/// Where the vault seals it: one does not open in the place of another.
fn place(id: BankAccountId) -> String {
    format!("bank_accounts {id}")
}

/// What a line of the audit log says beside whose it is.
fn named(id: BankAccountId) -> Value {
    json!({ "account": id })
}
