//! A chain over finished entries. Whoever changes an entry behind the triggers' back breaks it; whoever rewrites the whole chain
//! differs from its anchor, which is kept outside of the database.
//!
//! An entry is finished when no transaction older than its own is open any more, so that one which commits late is
//! neither left out nor sealed twice. Sealing is done by the database (`ledger.seal`), one sealer at a time.

mod store;

use kernel::Refusal;
use platform::jobs::{Job, Outcome};
use platform::objects::Objects;
use platform::{Db, Reader};
use serde::{Deserialize, Serialize};

/// Entries sealed at once.
const AT_ONCE: i64 = 20_000;
/// Where the anchor is kept in the object store.
const ANCHOR: &str = "ledger/anchor.json";

/// Every minute: seals what is finished.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Seal {}

impl Job for Seal {
    const KIND: &'static str = "ledger.seal";
}

impl Seal {
    /// Does it. Running it at any time, or by several at once, seals every entry once.
    pub async fn run(db: &Db) -> Outcome {
        while next(db).await? == AT_ONCE {}
        Ok(())
    }
}

/// Every hour: keeps the head of the chain outside of the database.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct KeepRoot {}

impl Job for KeepRoot {
    const KIND: &'static str = "ledger.anchor";
}

impl KeepRoot {
    /// Does it. Errors: the store fails, or the chain is not the one that was anchored before.
    pub async fn run(db: &Db, objects: &Objects) -> Outcome {
        anchor(db, objects).await?;
        Ok(())
    }
}

/// Seals some entries that are finished and not sealed yet; answers how many.
///
/// # Errors
/// The database fails.
pub async fn next(db: &Db) -> Result<i64, sqlx::Error> {
    let mut tx = db.begin().await?;
    let sealed = store::seal(&mut tx, AT_ONCE).await?;
    tx.commit().await?;
    Ok(sealed)
}

/// The head of the chain at some moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The number of the seal.
    pub n: i64,
    /// Hexadecimal.
    pub hash: String,
}

/// The chain is not the one that was anchored before.
#[derive(Debug, thiserror::Error)]
#[error(
    "the ledger is not the one that was anchored at seal {0}: it was cut or rewritten; `tradeplus ledger verify` says more"
)]
pub struct Tampered(i64);

/// The last seal, if there is one.
///
/// # Errors
/// The database fails.
pub async fn head(reader: &mut Reader) -> Result<Option<Anchor>, sqlx::Error> {
    store::head(reader).await
}

/// How many entries wait for their seal: a minute's worth while the program runs.
///
/// # Errors
/// The database fails.
pub async fn waiting(reader: &mut Reader) -> Result<i64, sqlx::Error> {
    store::waiting(reader).await
}

/// Writes the head of the chain into the object store. A chain that the last anchor is not part of keeps that anchor:
/// it is the evidence.
///
/// # Errors
/// The database or the store fails, or [`Tampered`].
pub async fn anchor(db: &Db, objects: &Objects) -> Result<Option<Anchor>, Refusal> {
    let mut reader = db.read().await?;
    if let Some(last) = kept(objects).await? {
        let now = store::hash_of(&mut reader, last.n).await?;
        if now.as_ref() != Some(&last.hash) {
            return Err(Refusal::broken(Tampered(last.n)));
        }
    }
    let Some(head) = store::head(&mut reader).await? else { return Ok(None) };
    let text = serde_json::to_vec(&head).map_err(Refusal::broken)?;
    objects.put(ANCHOR, text.into(), "application/json").await?;
    Ok(Some(head))
}

/// What contradicts the anchor, a sentence each; nothing when none was kept yet. Goes with `verify`, which looks at the
/// chain itself.
///
/// # Errors
/// The database or the store fails.
pub async fn against_anchor(reader: &mut Reader, objects: &Objects) -> Result<Vec<String>, Refusal> {
    let Some(last) = kept(objects).await? else { return Ok(Vec::new()) };
    Ok(match store::hash_of(reader, last.n).await? {
        Some(hash) if hash == last.hash => Vec::new(),
        Some(_) => {
            vec![format!("seal {} is not the one that was anchored: the ledger was rewritten", last.n)]
        }
        None => vec![format!("seal {} was anchored and is gone: the ledger was cut", last.n)],
    })
}

/// The last anchor, if one was kept.
///
/// # Errors
/// The store fails, or what it holds cannot be read.
pub async fn kept(objects: &Objects) -> Result<Option<Anchor>, Refusal> {
    match objects.get(ANCHOR).await? {
        Some(text) => Ok(Some(serde_json::from_slice(&text).map_err(Refusal::broken)?)),
        None => Ok(None),
    }
}
