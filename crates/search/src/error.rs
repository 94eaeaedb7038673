//! What can go wrong in the engine.

use std::io;

use tantivy::TantivyError;
use tantivy::directory::error::LockError;

/// Every error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The cursor is damaged, of an older release, or was made for another query.
    #[error("the cursor does not belong to this query")]
    BadCursor,
    /// Another process writes this index; searching still works.
    #[error("the index is being written by another process")]
    Locked,
    /// A rebuild is already under way in this process.
    #[error("the index is already being rebuilt")]
    Rebuilding,
    /// A part of the rebuild could not be written, so it cannot be finished.
    #[error("an earlier part of the rebuild failed")]
    Incomplete,
    /// The disk refused.
    #[error("the index folder cannot be used: {0}")]
    Io(#[from] io::Error),
    /// The index itself failed.
    #[error("the index failed: {0}")]
    Index(TantivyError),
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => SearchError::Locked,
            other => SearchError::Index(other),
        }
    }
}
