//! Leaving: asked for, hidden, and taken back if they change their mind in time.

use super::jobs::{self as later, Leave};
use super::letters;
use super::model::Obstacles;
use super::store;
use crate::accounts::leaving as accounts;
use crate::accounts::model::{Client, Member};
use crate::accounts::notices::{self, Notice};
use crate::chargebacks::leaving as chargebacks;
use crate::listings::leaving as listings;
use crate::listings::suspended;
use crate::orders::leaving as orders;
use crate::payouts;
use kernel::{ListingId, Money, Refusal};
use ledger::{Account, Balance};
use platform::{Reader, Tx, audit, jobs, mail};
use time::Duration;

/// Orders that are named as what is in the way, or as where money comes from.
const NAMED: i64 = 20;
/// How long somebody who is suspended waits at most until they are erased: what they ask for is answered within a month,
/// which may be made longer by two (GDPR, article 12(3)).
pub const SUSPENDED_MAX: Duration = Duration::days(90);
/// When the second mail goes out, before the end.
pub(super) const REMINDER: Duration = Duration::days(1);

/// What keeps a member from leaving now.
pub async fn obstacles(reader: &mut Reader, member: &Member) -> Result<Obstacles, Refusal> {
    let booked = ledger::balances_of_owner(reader, member.id).await?;
    let money = sums(&booked, |account| {
        matches!(
            account,
            Account::SellerPayable(_) | Account::SellerReserve(_) | Account::SellerAtProvider(..)
        )
    })?;
    let owes = sums(&booked, |account| matches!(account, Account::SellerReceivable(_)))?;
    let sales = match money.is_empty() {
        true => Vec::new(),
        false => orders::released(reader, member.id, NAMED).await?,
    };
    Ok(Obstacles {
        orders: orders::open(reader, member.id, NAMED).await?,
        money,
        sales,
        owes,
        is_paid_out: payouts::has_open(reader, member.id).await?,
        is_disputed: chargebacks::is_waited_for(reader, member.id).await?,
        is_staff: member.is_staff(),
    })
}

/// What stands on some of a member's accounts, one sum a currency.
fn sums(booked: &[Balance], is_of: impl Fn(&Account) -> bool) -> Result<Vec<Money>, Refusal> {
    let mut sums: Vec<Money> = Vec::new();
    for one in booked.iter().filter(|one| is_of(&one.account) && !one.money.is_zero()) {
        match sums.iter_mut().find(|sum| sum.currency == one.money.currency) {
            Some(sum) => *sum = sum.plus(one.money)?,
            None => sums.push(one.money),
        }
    }
    Ok(sums)
}

/// Hides the account at once and has it erased after `grace`. Signs everything out. Errors:
/// `Conflict("leaving-obstacles")`, see [`obstacles`].
pub async fn ask(
    tx: &mut Tx,
    member: &Member,
    grace: Duration,
    client: &Client,
    base_url: &str,
) -> Result<(), Refusal> {
    let member = accounts::lock(tx, member.id).await?;
    if member.leaving.is_some() {
        return Ok(());
    }
    // First nothing can be bought any more; then it is known what was.
    let paused = listings::pause_all(tx, member.id).await?;
    if !obstacles(tx, &member).await?.is_empty() {
        return Err(Refusal::Conflict("leaving-obstacles"));
    }
    let (now, due) = (tx.now(), tx.now() + grace);
    store::insert_deletion(tx, member.id, due, &paused).await?;
    accounts::hide(tx, member.id, due).await?;
    let job = Leave { member: member.id };
    jobs::schedule(tx, &later::key(member.id), &job, (due - REMINDER).max(now)).await?;
    notices::note(tx, &member, Notice::LeavingAsked, client, base_url).await?;
    mail::queue(tx, letters::leaving(&member, due, base_url)).await?;
    let nothing = serde_json::json!({});
    audit::write(tx, Some(member.id), "privacy.ask_deletion", ("member", member.id.0), nothing).await?;
    Ok(())
}

/// Takes it back: the account is as it was. Errors: `Conflict("leaving-late")` when erasing has begun.
pub async fn take_back(tx: &mut Tx, member: &Member, client: &Client, base_url: &str) -> Result<(), Refusal> {
    let late = || Refusal::Conflict("leaving-late");
    let deletion = match store::lock_deletion(tx, member.id).await? {
        None => return Ok(()),
        Some(deletion) if deletion.step > 0 || deletion.is_erased => return Err(late()),
        Some(deletion) => deletion,
    };
    let member = accounts::lock(tx, member.id).await?;
    store::delete_deletion(tx, member.id).await?;
    accounts::stay(tx, member.id).await?;
    let paused: Vec<ListingId> = deletion.paused.into_iter().map(ListingId).collect();
    listings::resume(tx, member.id, &paused).await?;
    // Who is suspended meanwhile sells nothing yet.
    suspended::weigh(tx, member.id).await?;
    jobs::cancel(tx, &later::key(member.id)).await?;
    notices::note(tx, &member, Notice::LeavingTakenBack, client, base_url).await?;
    let nothing = serde_json::json!({});
    audit::write(tx, Some(member.id), "privacy.take_back_deletion", ("member", member.id.0), nothing).await?;
    Ok(())
}
