//! Erasing somebody, step by step. Each step is a unit of work that is done once, so the job can be stopped anywhere
//! and goes on where it was. Files are deleted before the rows that name them: what is left of a step is done again.

use super::jobs::{self as later, ForgetLetter, Leave};
use super::model::{Deletion, Tools};
use super::{copy, leaving, letters, store};
use crate::accounts::{leaving as accounts, rules as members};
use crate::apikeys::rules as apikeys;
use crate::approvals::rules as approvals;
use crate::banks::rules as banks;
use crate::carts::rules as carts;
use crate::cases::leaving as cases;
use crate::chargebacks::leaving as chargebacks;
use crate::documents::wishes as documents;
use crate::factors::totp;
use crate::kept::rules as kept;
use crate::listings::leaving as listings;
use crate::oidc::rules as oidc;
use crate::orders::leaving as orders;
use crate::payments::sandbox::leaving::forget_cards;
use crate::signin::rules::forget_attempts;
use crate::staff::suspensions;
use crate::yearly::leaving as yearly;
use crate::{payouts, tax};
use kernel::{MemberId, Refusal};
use platform::{Tx, audit, jobs, mail};
use time::Duration;

/// Listings in one unit of work.
const BATCH: i64 = 100;
/// How long it waits when something is in the way at the end.
const AGAIN: Duration = Duration::days(1);
/// How long the last letter stays, so that it can be sent.
const LETTER: Duration = Duration::days(1);

const FAREWELL: i32 = 0;
const OFFERS: i32 = 1;
const DEALS: i32 = 2;
const FILES: i32 = 3;
const PERSON: i32 = 4;

/// Does what is left to do.
pub(super) async fn run(tools: &Tools<'_>, id: MemberId) -> Result<(), Refusal> {
    if !farewell(tools, id).await? {
        return Ok(());
    }
    offers(tools, id).await?;
    deals(tools, id).await?;
    files(tools, id).await?;
    person(tools, id).await
}

/// A unit of work for a step; nothing when the step is done.
async fn begin(tools: &Tools<'_>, id: MemberId, step: i32) -> Result<Option<(Tx, Deletion)>, Refusal> {
    let mut tx = tools.db.begin().await?;
    let deletion = store::lock_deletion(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    Ok((deletion.step == step && !deletion.is_erased).then_some((tx, deletion)))
}

async fn end(mut tx: Tx, id: MemberId, step: i32) -> Result<(), Refusal> {
    store::set_step(&mut tx, id, step + 1).await?;
    Ok(tx.commit().await?)
}

/// The last mail, while the address is known. `false` when something is in the way: a deal that was revived by late
/// money, say, or a suspension, which nobody gets rid of by leaving soon. Then it is tried again.
async fn farewell(tools: &Tools<'_>, id: MemberId) -> Result<bool, Refusal> {
    let Some((mut tx, deletion)) = begin(tools, id, FAREWELL).await? else { return Ok(true) };
    let member = members::find(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    let now = tx.now();
    let is_held = member.suspended && now - deletion.asked_at < leaving::SUSPENDED_MAX;
    if is_held || !leaving::obstacles(&mut tx, &member).await?.is_empty() {
        store::set_due(&mut tx, id, now + AGAIN).await?;
        accounts::hide(&mut tx, id, now + AGAIN).await?;
        jobs::schedule(&mut tx, &later::key(id), &Leave { member: id }, now + AGAIN).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let letter = mail::queue(&mut tx, letters::left(&member)).await?;
    store::set_letter(&mut tx, id, letter).await?;
    let forget = ForgetLetter { mail: letter };
    jobs::schedule(&mut tx, &format!("privacy:letter:{letter}"), &forget, now + LETTER).await?;
    end(tx, id, FAREWELL).await?;
    Ok(true)
}

/// Listings and their photos, those that were taken away before too: all lie in the listing's folder.
async fn offers(tools: &Tools<'_>, id: MemberId) -> Result<(), Refusal> {
    loop {
        let Some((mut tx, _)) = begin(tools, id, OFFERS).await? else { return Ok(()) };
        let ids = listings::to_erase(&mut tx, id, BATCH).await?;
        if ids.is_empty() {
            return end(tx, id, OFFERS).await;
        }
        // No transaction is open while files are deleted.
        tx.rollback().await?;
        for listing in &ids {
            tools.objects.delete_prefix(&format!("listings/{listing}")).await?;
        }
        let Some((mut tx, _)) = begin(tools, id, OFFERS).await? else { return Ok(()) };
        carts::remove_everywhere(&mut tx, &ids).await?;
        orders::forget_photos(&mut tx, &ids).await?;
        listings::erase(&mut tx, &ids).await?;
        tx.commit().await?;
    }
}

/// Orders stay, for the other side and for the books, without what names this one.
async fn deals(tools: &Tools<'_>, id: MemberId) -> Result<(), Refusal> {
    let Some((mut tx, _)) = begin(tools, id, DEALS).await? else { return Ok(()) };
    orders::forget_words(&mut tx, id).await?;
    cases::forget_words(&mut tx, id).await?;
    chargebacks::forget_words(&mut tx, id).await?;
    forget_cards(&mut tx, id).await?;
    carts::forget(&mut tx, id).await?;
    end(tx, id, DEALS).await
}

/// Their picture, and copies of everything.
async fn files(tools: &Tools<'_>, id: MemberId) -> Result<(), Refusal> {
    let avatar = members::find(&mut tools.db.read().await?, id).await?.and_then(|m| m.avatar);
    for folder in avatar.into_iter().chain([copy::folder(id)]) {
        tools.objects.delete_prefix(&folder).await?;
    }
    let Some((mut tx, _)) = begin(tools, id, FILES).await? else { return Ok(()) };
    store::delete_copy(&mut tx, id).await?;
    end(tx, id, FILES).await
}

/// Everything else, and the key of what was sealed for them. What stays is a row that names nobody.
async fn person(tools: &Tools<'_>, id: MemberId) -> Result<(), Refusal> {
    let Some((mut tx, deletion)) = begin(tools, id, PERSON).await? else { return Ok(()) };
    let member = members::find(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    let mut names = accounts::addresses(&mut tx, id).await?;
    let mails = mail::forget_all_to(&mut tx, &names, deletion.letter).await?;
    names.extend(mails.iter().map(ToString::to_string));
    jobs::forget_naming(&mut tx, &names).await?;
    // One that was asked for since the step before.
    store::delete_copy(&mut tx, id).await?;
    totp::forget_all(&mut tx, id).await?;
    banks::forget_all(&mut tx, id).await?;
    apikeys::forget_all(&mut tx, id).await?;
    kept::forget_all(&mut tx, id).await?;
    oidc::forget_all(&mut tx, id).await?;
    suspensions::forget_all(&mut tx, id).await?;
    payouts::forget(&mut tx, id).await?;
    yearly::keep(&mut tx, tools.vault, id).await?;
    tax::forget(&mut tx, id).await?;
    documents::forget(&mut tx, id).await?;
    approvals::forget_all(&mut tx, id).await?;
    forget_attempts(&mut tx, id).await?;
    accounts::forget_traces(&mut tx, id).await?;
    accounts::bury(&mut tx, &member).await?;
    tools.vault.forget(&mut tx, id.0).await?;
    store::set_erased(&mut tx, id).await?;
    let nothing = serde_json::json!({});
    audit::write(&mut tx, None, "privacy.erase", ("member", id.0), nothing).await?;
    end(tx, id, PERSON).await
}
