//! Counting tries.

use super::model::{DAY, Subject, wait_after};
use super::store;
use kernel::Refusal;
use platform::Tx;

/// Counts a try that is about to be made; answers how many there were since the last right one, with this. Commit
/// before the try is looked at. Errors: `TooMany` with the seconds to wait; that try is not counted.
pub async fn admit(tx: &mut Tx, subject: &Subject) -> Result<i32, Refusal> {
    let now = tx.now();
    let Some((failures, since)) = store::count(tx, subject.as_str(), now - DAY).await? else {
        let until = store::next_at(tx, subject.as_str()).await?;
        let wait = until.map_or(0, |until| (until - now).whole_seconds()).max(1);
        return Err(Refusal::TooMany { retry_after_s: u32::try_from(wait).unwrap_or(u32::MAX) });
    };
    let until = (now + wait_after(failures)).min(since + DAY);
    store::wait(tx, subject.as_str(), until).await?;
    Ok(failures)
}

/// Forgets the tries: the last one was right, or the owner has proven by mail who they are.
pub async fn forgive(tx: &mut Tx, subject: &Subject) -> Result<(), Refusal> {
    Ok(store::delete(tx, subject.as_str()).await?)
}

/// Forgets tries of days that are over.
pub async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    let before = tx.now() - DAY;
    Ok(store::prune(tx, before).await?)
}
