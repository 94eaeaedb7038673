//! Who did what to what, written in the transaction that does it. Append only, and chained.
//!
//! A line is sealed soon after it was committed, in commit order, by one sealer at a time: the chain must not make
//! every writer wait for every other. What is changed, removed, inserted or swapped afterwards breaks the chain. A
//! chain that was rewritten from some line on, or cut, differs from its anchor, which is kept outside of the database.

mod chain;
mod store;

pub use store::copy;

use crate::db::{Db, Reader, Tx};
use crate::objects::Objects;
use bytes::Bytes;
use chain::Hash;
use kernel::{Cursor, MemberId, Moment, Page, Refusal, Wrong};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Lines that are sealed or verified at once.
const AT_ONCE: i64 = 1_000;
/// Where the anchor is kept in the object store.
const ANCHOR: &str = "audit/anchor.json";

/// Writes one line. `action` is `slice.verb`; `detail` holds no secrets and no personal data beyond ids.
pub async fn write(
    tx: &mut Tx,
    actor: Option<MemberId>,
    action: &str,
    object: (&str, Uuid),
    detail: serde_json::Value,
) -> Result<(), sqlx::Error> {
    store::insert(tx, actor, action, object, detail).await
}

/// Which lines somebody wants to read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What their action begins with; empty for all.
    pub action: String,
    pub actor: Option<MemberId>,
    pub object: Option<Uuid>,
}

/// A line as it is read.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: i64,
    pub at: Moment,
    /// Nobody for what the program did by itself, or a command of the operator.
    pub actor: Option<MemberId>,
    pub action: String,
    pub object_kind: String,
    pub object: Option<Uuid>,
    pub detail: serde_json::Value,
}

/// Some lines, the latest first.
///
/// # Errors
/// The field `cursor`; the database fails.
pub async fn page(
    reader: &mut Reader,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page<Entry>, Refusal> {
    let before: Option<i64> = match after {
        Some(cursor) => Some(cursor.0.parse().map_err(|_| Refusal::field("cursor", Wrong::BadShape))?),
        None => None,
    };
    let some = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let rows = store::entries(reader, filter, before, some).await?;
    Ok(Page::cut(rows, limit, |entry| entry.id.to_string()))
}

/// Seals lines that are committed and not sealed yet; answers whether there may be more. Does nothing while another
/// process seals.
///
/// # Errors
/// The database fails.
pub async fn seal_next(db: &Db) -> Result<bool, Refusal> {
    let mut tx = db.begin().await?;
    if !store::lock_sealer(&mut tx).await? {
        return Ok(false);
    }
    let last = store::head(&mut tx).await?;
    let lines = store::unsealed(&mut tx, last.as_ref(), AT_ONCE).await?;
    let (mut n, mut head) = last.map_or((0, chain::START), |last| (last.n, last.hash));
    for line in &lines {
        let hash = chain::link(&head, line);
        n += 1;
        store::insert_seal(&mut tx, n, line.audit_id, &head, &hash).await?;
        head = hash;
    }
    tx.commit().await?;
    Ok(lines.len() == usize::try_from(AT_ONCE).unwrap_or_default())
}

/// The head of the chain at some moment, kept where the database cannot change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    pub n: i64,
    /// Hexadecimal.
    pub hash: String,
}

/// The chain is not the one that was anchored before.
#[derive(Debug, thiserror::Error)]
#[error(
    "the audit log is not the one that was anchored at line {0}: it was cut or rewritten; `tradeplus audit verify` says more"
)]
pub struct Tampered(i64);

/// Writes the head of the chain into the object store. A chain that the last anchor is not part of keeps that anchor:
/// it is the evidence.
///
/// # Errors
/// The database or the store fails, or [`Tampered`].
pub async fn anchor(db: &Db, objects: &Objects) -> Result<Option<Anchor>, Refusal> {
    let mut reader = db.read().await?;
    if let Some(last) = read_anchor(objects).await? {
        let kept = store::hash_of(&mut reader, last.n).await?;
        if kept.map(hex::encode) != Some(last.hash) {
            return Err(Refusal::broken(Tampered(last.n)));
        }
    }
    let Some(head) = store::head(&mut reader).await? else { return Ok(None) };
    let anchor = Anchor { n: head.n, hash: hex::encode(head.hash) };
    let text = serde_json::to_vec(&anchor).map_err(Refusal::broken)?;
    objects.put(ANCHOR, Bytes::from(text), "application/json").await?;
    Ok(Some(anchor))
}

async fn read_anchor(objects: &Objects) -> Result<Option<Anchor>, Refusal> {
    match objects.get(ANCHOR).await? {
        Some(text) => Ok(Some(serde_json::from_slice(&text).map_err(Refusal::broken)?)),
        None => Ok(None),
    }
}

/// What looking at the whole chain has shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Lines that are sealed.
    pub sealed: i64,
    /// Committed lines that wait for their seal: a moment's worth while the program runs.
    pub waiting: i64,
    /// The head of the chain, hexadecimal; empty when nothing is sealed.
    pub head: String,
    pub anchor: Option<i64>,
    /// What is wrong, a sentence each. Nothing after the first fault of the chain is looked at.
    pub faults: Vec<String>,
}

/// Looks at every sealed line, and at the anchor if there is one.
///
/// # Errors
/// The database or the store fails.
pub async fn verify(db: &Db, objects: &Objects) -> Result<Report, Refusal> {
    let anchor = read_anchor(objects).await?;
    let mut tx = db.begin().await?;
    let (mut report, mut head): (Report, Hash) = (Report::default(), chain::START);
    report.anchor = anchor.as_ref().map(|a| a.n);
    'all: loop {
        let seals = store::seals_after(&mut tx, report.sealed, AT_ONCE).await?;
        if seals.is_empty() {
            break;
        }
        for seal in seals {
            if let Some(fault) = seal.fault(report.sealed + 1, &head) {
                report.faults.push(fault);
                break 'all;
            }
            (report.sealed, head) = (seal.n, seal.hash);
            let differs = |a: &&Anchor| a.n == seal.n && a.hash != hex::encode(head);
            if anchor.as_ref().filter(differs).is_some() {
                report
                    .faults
                    .push(format!("line {} is not the one that was anchored: the log was rewritten", seal.n));
                break 'all;
            }
        }
    }
    if let Some(anchor) = anchor.filter(|a| report.faults.is_empty() && a.n > report.sealed) {
        let cut = anchor.n - report.sealed;
        report.faults.push(format!("the last {cut} anchored lines are gone: the log was cut"));
    }
    if report.sealed > 0 {
        report.head = hex::encode(head);
    }
    report.waiting = store::waiting(&mut tx).await?;
    let forgotten = store::forgotten(&mut tx).await?;
    if forgotten > 0 {
        report.faults.push(format!("{forgotten} lines have no seal although later ones do"));
    }
    Ok(report)
}

#[cfg(test)]
mod tests;
