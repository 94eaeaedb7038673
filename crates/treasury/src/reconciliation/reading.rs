//! Reading a provider's statement and its balance. No transaction is open during a call.

use super::store::lines::{self as store, Whose};
use crate::payments::Provider;
use crate::payments::provider::ProviderBalance;
use kernel::{Moment, Refusal};
use platform::Db;
use time::Duration;

/// Lines come late and out of order: so far behind the last reading each reading begins.
const BACK: Duration = Duration::hours(48);
/// Pieces of a statement that are read at once. What is left is read by the next comparison.
const PIECES_MAX: usize = 10_000;
/// How often a balance is asked for that does not stand still.
const TRIES: usize = 4;

/// What was read.
#[derive(Clone, Debug)]
pub(super) struct Read {
    /// Lines that were new.
    pub lines: i64,
    /// What the provider holds, and when it was asked; nothing if lines came in all the time.
    pub balance: Option<(Vec<ProviderBalance>, Moment)>,
}

/// Reads the statement of an account (`None`: ours) and a balance that it is the statement of: no line comes between them.
pub(super) async fn read(db: &Db, provider: &dyn Provider, account: Option<&str>) -> Result<Read, Refusal> {
    let whose = Whose { provider: provider.name(), account };
    let mut lines = walk(db, provider, whose, BACK).await?;
    for _ in 0..TRIES {
        let balance = provider.balance(account).await?;
        let at = db.now();
        let more = walk(db, provider, whose, Duration::ZERO).await?;
        lines += more;
        if more == 0 {
            let mut tx = db.begin().await?;
            store::keep_balance(&mut tx, whose, &balance, at).await?;
            tx.commit().await?;
            return Ok(Read { lines, balance: Some((balance, at)) });
        }
    }
    Ok(Read { lines, balance: None })
}

/// Reads what is new, and what is less than `back` older than the last reading. One that was cut goes on first.
async fn walk(db: &Db, provider: &dyn Provider, whose: Whose<'_>, back: Duration) -> Result<i64, Refusal> {
    let mut new = 0;
    let going = store::going(&mut db.read().await?, whose).await?;
    if let Some((cursor, began)) = going {
        new += pieces(db, provider, whose, Some(cursor), began).await?;
    }
    let mark = store::last_mark(&mut db.read().await?, whose).await?;
    let from = match mark {
        None => None,
        Some(last) => match provider.cursor_at(last - back) {
            Some(cursor) => Some(cursor),
            None => store::cursor_before(&mut db.read().await?, whose, last - back).await?,
        },
    };
    Ok(new + pieces(db, provider, whose, from, db.now()).await?)
}

/// Reads piece by piece. Where it goes on is kept with each piece, so that nothing is lost when it is cut.
async fn pieces(
    db: &Db,
    provider: &dyn Provider,
    whose: Whose<'_>,
    mut cursor: Option<String>,
    began: Moment,
) -> Result<i64, Refusal> {
    let mut new = 0;
    for _ in 0..PIECES_MAX {
        let piece = provider.lines(whose.account, cursor.as_deref()).await?;
        let mut tx = db.begin().await?;
        new += store::keep(&mut tx, whose, &piece.lines).await?;
        let goes_on = piece.next.is_some() && piece.next != cursor;
        cursor = piece.next.or(cursor);
        if goes_on {
            store::set_going(&mut tx, whose, cursor.as_deref().unwrap_or_default(), began).await?;
            tx.commit().await?;
            continue;
        }
        store::end_going(&mut tx, whose).await?;
        if let Some(mark) = provider.cursor_at(began).or(cursor) {
            store::set_mark(&mut tx, whose, &mark, began, began - BACK).await?;
        }
        tx.commit().await?;
        break;
    }
    Ok(new)
}
