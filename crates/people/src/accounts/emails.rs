//! Another address: the new one proves itself, the old one is told and can take it back.

use super::letters;
use super::model::{Client, Email, Member};
use super::notices::{self, Notice};
use super::store;
use super::{rules, sessions};
use kernel::{EmailChangeId, Moment, Refusal};
use platform::crypto::{Token, token_hash};
use platform::{Tx, audit, mail};
use time::Duration;

/// How long the new address has to prove itself.
const CONFIRM_LIFE: Duration = Duration::hours(24);
/// How long the old address can take it back.
pub(super) const UNDO_LIFE: Duration = Duration::days(3);

/// Sends the proving link to the new address. An address that has an account gets a letter that says so, and who
/// asked learns nothing. An earlier change that still waits is forgotten. An address is written to once a minute and five
/// times a day at most.
pub async fn ask_change(tx: &mut Tx, member: &Member, new: &Email, base_url: &str) -> Result<(), Refusal> {
    if let Some(known) = rules::find_by_email(tx, new.as_str()).await? {
        store::forget_waiting_changes(tx, member.id).await?;
        if known.id != member.id {
            mail::queue_rarely(tx, letters::already_registered(&known, base_url)).await?;
        }
        return Ok(());
    }
    let (id, token): (EmailChangeId, _) = (tx.new_id(), Token::new(tx.dice()));
    let letter = letters::email_confirm(&at(member, new.as_str()), base_url, token.reveal());
    if mail::queue_rarely(tx, letter).await?.is_none() {
        return Ok(()); // what waits, waits on
    }
    store::forget_waiting_changes(tx, member.id).await?;
    store::insert_email_change(tx, id, member, new.as_str(), &token.hash(), CONFIRM_LIFE).await?;
    audit::write(tx, Some(member.id), "accounts.ask_email", ("member", member.id.0), serde_json::json!({}))
        .await?;
    Ok(())
}

/// Replaces the address by the link that the new one got; the old one gets a link that takes it back. Links that
/// were sent to the old address are worthless from now on. Errors: `Conflict("link-expired")`, also when somebody
/// else has opened an account with the new address meanwhile.
pub async fn confirm(tx: &mut Tx, token: &str, client: &Client, base_url: &str) -> Result<Member, Refusal> {
    let late = || Refusal::Conflict("link-expired");
    let change = store::waiting_change(tx, &token_hash(token)).await?.ok_or_else(late)?;
    let before = rules::find(tx, change.member).await?.ok_or_else(late)?;
    let undo = Token::new(tx.dice());
    let is_done = before.email == change.old_email
        && store::set_email(tx, change.member, &change.new_email).await?
        && store::confirm_email_change(tx, change.id, &undo.hash()).await?;
    if !is_done {
        return Err(late());
    }
    let after = at(&before, &change.new_email);
    mail::queue(tx, letters::email_replaced(&before, &change.new_email, base_url, undo.reveal())).await?;
    notices::note(tx, &after, Notice::EmailChanged, client, base_url).await?;
    let nothing = serde_json::json!({});
    audit::write(tx, Some(after.id), "accounts.change_email", ("member", after.id.0), nothing).await?;
    Ok(after)
}

/// An address that was taken back, and since when somebody else may have been in the account.
#[derive(Debug)]
pub struct Undone {
    pub member: Member,
    pub since: Moment,
}

/// Takes the old address back by the link that it got. Somebody else was in the account: everything is signed out,
/// no other change can be undone or confirmed any more, and a link to set a new password goes to the old address.
/// Errors: `Conflict("link-expired")`.
pub async fn undo(tx: &mut Tx, token: &str, client: &Client, base_url: &str) -> Result<Undone, Refusal> {
    let late = || Refusal::Conflict("link-expired");
    let from = tx.now() - UNDO_LIFE;
    let change = store::undoable_change(tx, &token_hash(token), from).await?.ok_or_else(late)?;
    let before = rules::find(tx, change.member).await?.ok_or_else(late)?;
    let is_done = store::set_email(tx, change.member, &change.old_email).await?
        && store::undo_email_changes(tx, change.member, change.id).await?;
    if !is_done {
        return Err(late());
    }
    store::forget_waiting_changes(tx, change.member).await?;
    sessions::close_all(tx, change.member, None).await?;
    let after = at(&before, &change.old_email);
    rules::send_owner_reset(tx, &after, base_url).await?;
    notices::note(tx, &after, Notice::EmailRestored, client, base_url).await?;
    let nothing = serde_json::json!({});
    audit::write(tx, Some(after.id), "accounts.restore_email", ("member", after.id.0), nothing).await?;
    Ok(Undone { member: after, since: change.asked_at })
}

/// The member under another address.
fn at(member: &Member, email: &str) -> Member {
    Member { email: email.to_owned(), ..member.clone() }
}
