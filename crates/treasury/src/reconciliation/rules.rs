//! A comparison from its beginning to its end.

use super::events::ReconciliationFound;
use super::kinds::Dialect;
use super::model::{Finding, Report, Run};
use super::reading;
use super::store::runs::Count;
use super::store::{runs as store, suspense};
use super::working::{self, Working};
use super::{sellers, sums};
use crate::payments::Provider;
use kernel::{MemberId, Moment, Refusal, RunId};
use platform::{Db, Reader, Tx, audit, events};
use serde_json::json;
use time::Duration;

/// One that has not shown for so long that it goes on was cut.
const SILENT: Duration = Duration::hours(2);
/// Transactions that were open when the last comparison looked commit within this time.
const BEFORE: Duration = Duration::days(1);
/// Comparisons that are listed.
const LISTED: i64 = 60;

/// Begins a comparison with a provider; `by` is who wants it. Errors: `Conflict("reconciliation-running")`.
pub async fn begin(tx: &mut Tx, provider: &str, by: Option<MemberId>) -> Result<RunId, Refusal> {
    let silent_since = tx.now() - SILENT;
    store::end_cut(tx, provider, silent_since).await?;
    let run = store::begin(tx, provider, by).await?.ok_or(Refusal::Conflict("reconciliation-running"))?;
    if by.is_some() {
        let detail = json!({ "provider": provider });
        audit::write(tx, by, "reconciliation.run", ("run", run.0), detail).await?;
    }
    Ok(run)
}

/// Compares the books with a provider's statement, from the beginning to the end. Errors: `Conflict("reconciliation-running")`;
/// `Unavailable` when the provider does not answer: what was read and booked stays, and the next one goes on there.
pub async fn run(db: &Db, provider: &dyn Provider, by: Option<MemberId>) -> Result<Report, Refusal> {
    let mut tx = db.begin().await?;
    let run = begin(&mut tx, provider.name(), by).await?;
    tx.commit().await?;
    let gone = go_through(db, provider, run).await;
    if gone.is_err() {
        let mut tx = db.begin().await?;
        store::cut(&mut tx, run).await?;
        tx.commit().await?;
    }
    gone
}

/// Goes through a comparison that was begun. Twice is once: one that has ended is answered as it was.
pub async fn go_through(db: &Db, provider: &dyn Provider, run: RunId) -> Result<Report, Refusal> {
    let w = Working { db, provider, dialect: Dialect::of(provider.caps().way), run };
    let mut tx = db.begin().await?;
    let goes_on = store::is_alive(&mut tx, run).await?;
    tx.commit().await?;
    if !goes_on {
        return report(&mut db.read().await?, run).await;
    }
    let since = store::open_since(&mut db.read().await?, provider.name()).await?;
    let read = reading::read(db, provider, None).await?;
    let mut tx = db.begin().await?;
    store::count(&mut tx, run, Count { lines: read.lines, ..Count::default() }).await?;
    tx.commit().await?;
    working::ask_disputes(&w).await?;
    if !working::match_lines(&w).await? {
        return report(&mut db.read().await?, run).await;
    }
    let since = since.map_or(Moment::UNIX_EPOCH, |since| since - BEFORE);
    let (coming, oldest) = working::look_for_entries(&w, since).await?;
    working::make_usable(&w).await?;
    let mirrors = sellers::mirrors(&w).await?;

    let mut tx = db.begin().await?;
    let now = tx.now();
    let compared = sums::compare(&mut tx, provider.name(), &read, &coming).await?;
    let mut found = in_suspense(&mut tx, provider.name()).await?;
    found.extend(sums::findings(&mut tx, &w, &compared).await?);
    found.extend(mirrors);
    found.extend(sellers::payouts(&mut tx, &w, now).await?);
    found.extend(sums::cover(&mut tx).await?);
    if store::end(&mut tx, run, Some(oldest.unwrap_or(now)), &compared, &found).await? && !found.is_empty() {
        let findings = i32::try_from(found.len()).unwrap_or(i32::MAX);
        events::append(&mut tx, &ReconciliationFound { run, findings }).await?;
    }
    tx.commit().await?;
    report(&mut db.read().await?, run).await
}

/// What stands in suspense is found each time, until it is explained or somebody says what it was.
async fn in_suspense(reader: &mut Reader, provider: &str) -> Result<Vec<Finding>, Refusal> {
    let open = suspense::open(reader, Some(provider)).await?;
    Ok(open
        .into_iter()
        .map(|it| Finding {
            kind: it.why.finding(),
            ours: Some(it.ours),
            theirs: Some(it.ours.saturating_add(it.amount.amount)),
            currency: it.amount.currency,
            ticket: it.ticket,
            suspense: Some(it.id),
            entry: it.entry,
            about: it.line.unwrap_or(it.item),
        })
        .collect())
}

/// When the last comparison with a provider began that did not break off.
pub async fn last(reader: &mut Reader, provider: &str) -> Result<Option<Moment>, Refusal> {
    Ok(store::last(reader, provider).await?)
}

/// The newest comparisons.
pub async fn newest(reader: &mut Reader) -> Result<Vec<Run>, Refusal> {
    Ok(store::newest(reader, LISTED).await?)
}

/// A comparison with everything that it found. Errors: `NotFound`.
pub async fn report(reader: &mut Reader, id: RunId) -> Result<Report, Refusal> {
    let run = store::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    let found = store::found(reader, id).await?;
    Ok(Report { run, found })
}
