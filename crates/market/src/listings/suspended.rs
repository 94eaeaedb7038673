//! A suspended seller sells nothing: what is live is held back, and is live again when the suspension is over.

use super::rules::tell;
use super::store::erase;
use crate::accounts::rules as accounts;
use crate::staff::events::SuspensionChanged;
use kernel::{MemberId, Refusal};
use platform::events::{self, Event};
use platform::jobs::JobError;
use platform::{Db, Reader, Tx};

/// The name of the bookmark in the stream of events.
const READER: &str = "listings";

/// Follows suspensions and their ends. Answers whether there was anything to read. One of them is one transaction, so
/// that no two sellers are locked at once.
pub async fn follow(db: &Db) -> Result<bool, JobError> {
    let mut tx = db.begin().await?;
    let Some(mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(false) };
    let happened = events::after(&mut tx, &mark, 100).await?;
    let news = happened.iter().find(|e| e.kind == SuspensionChanged::KIND);
    let Some(read) = news.or(happened.last()) else { return Ok(false) };
    if read.kind == SuspensionChanged::KIND {
        weigh(&mut tx, MemberId(read.subject)).await?;
    }
    events::move_bookmark(&mut tx, READER, read.mark()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Holds back what a seller offers, or gives it free, as their account is now.
pub async fn weigh(tx: &mut Tx, seller: MemberId) -> Result<(), Refusal> {
    let is_suspended = match accounts::lock(tx, seller).await {
        Ok(member) => member.suspended,
        // They have left meanwhile, and their listings with them.
        Err(Refusal::NotFound) => return Ok(()),
        Err(refusal) => return Err(refusal),
    };
    let changed = match is_suspended {
        true => erase::hold(tx, seller).await?,
        false => erase::free(tx, seller).await?,
    };
    for id in changed {
        tell(tx, id).await?;
    }
    Ok(())
}

/// Whether all these sellers may sell now. What is held back follows a moment later; nothing is sold in between.
pub async fn may_sell(reader: &mut Reader, sellers: &[MemberId]) -> Result<bool, Refusal> {
    Ok(accounts::find_many(reader, sellers).await?.iter().all(accounts::may_act))
}
