//! The engine: opening, feeding and rebuilding the index.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use crate::document::{Change, Document};
use crate::error::SearchError;
use crate::folder;
use crate::shelf::{Refused, Shelf};

/// Memory for documents on their way to the disk, in bytes.
const HEAP_BYTES: usize = 50_000_000;

/// The search engine. Cloning it is cheap and shares everything.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    dir: PathBuf,
    heap_bytes: usize,
    shelf: RwLock<Arc<Shelf>>,
    rebuilding: AtomicBool,
}

/// An opened engine.
pub struct Opened {
    /// The engine.
    pub engine: Engine,
    /// True if the index is new and empty: everything has to be fed again.
    pub fresh: bool,
}

impl Engine {
    /// Opens the index in `dir`, with 50 MB for writing. A missing or unreadable index, or one of
    /// another schema, is replaced by an empty one.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn open(dir: &Path) -> Result<Opened, SearchError> {
        Self::open_with(dir, HEAP_BYTES)
    }

    /// The same with `heap_bytes` of memory for writing, at least 15 MB.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn open_with(dir: &Path, heap_bytes: usize) -> Result<Opened, SearchError> {
        let named = folder::current_stamp(dir);
        let found = folder::current(dir).and_then(|generation| Shelf::open(dir, generation));
        let (mut shelf, fresh) = match found {
            Some(shelf) => (shelf, false),
            None => (Shelf::create(dir)?, true),
        };
        shelf.named = named;
        if fresh {
            folder::publish(dir, shelf.generation)?;
            shelf.named = folder::current_stamp(dir);
        }
        folder::sweep(dir, shelf.generation);
        let inner = Inner {
            dir: dir.to_owned(),
            heap_bytes,
            shelf: RwLock::new(Arc::new(shelf)),
            rebuilding: AtomicBool::new(false),
        };
        Ok(Opened { engine: Engine { inner: Arc::new(inner) }, fresh })
    }

    /// Applies changes in order and makes them visible together with the bookmark, atomically.
    /// An empty list moves the bookmark alone.
    ///
    /// # Errors
    /// [`SearchError::Locked`] if another process writes; otherwise if the disk or the index
    /// fails. Nothing is applied then.
    pub fn apply(&self, changes: Vec<Change>, bookmark: &str) -> Result<(), SearchError> {
        loop {
            match self.shelf().commit(&changes, bookmark, self.inner.heap_bytes) {
                Ok(()) => return Ok(()),
                Err(Refused::Retired) => {}
                Err(Refused::Failed(error)) => return Err(error),
            }
        }
    }

    /// The bookmark of the last commit; none in a fresh index.
    pub fn bookmark(&self) -> Option<String> {
        self.shelf().bookmark()
    }

    /// How many documents there are.
    pub fn count(&self) -> u64 {
        self.shelf().searcher().num_docs()
    }

    /// Compares every file with its checksum. Reads the whole index; meant for maintenance.
    ///
    /// # Errors
    /// If the files cannot be read.
    pub fn verify(&self) -> Result<bool, SearchError> {
        self.shelf().is_sound()
    }

    /// Starts a new index beside the one in use, which goes on answering and taking changes.
    /// Changes applied meanwhile are not in the new one: take the bookmark for
    /// [`Rebuild::finish`] before reading the documents, and the feed will repeat them.
    ///
    /// # Errors
    /// [`SearchError::Rebuilding`] if one is under way; otherwise if the disk refuses.
    pub fn rebuild(&self) -> Result<Rebuild, SearchError> {
        if self.inner.rebuilding.swap(true, Ordering::AcqRel) {
            return Err(SearchError::Rebuilding);
        }
        match Shelf::create(&self.inner.dir) {
            Ok(shelf) => Ok(Rebuild { engine: self.clone(), shelf: Some(shelf), failed: false }),
            Err(error) => {
                self.inner.rebuilding.store(false, Ordering::Release);
                Err(error)
            }
        }
    }

    /// The generation in use. Follows another process that has rebuilt the index.
    pub(crate) fn shelf(&self) -> Arc<Shelf> {
        let shelf = self.inner.shelf.read().unwrap_or_else(PoisonError::into_inner).clone();
        if folder::current_stamp(&self.inner.dir) == shelf.named {
            return shelf;
        }
        self.follow()
    }

    fn follow(&self) -> Arc<Shelf> {
        let dir = &self.inner.dir;
        let mut place = self.inner.shelf.write().unwrap_or_else(PoisonError::into_inner);
        let named = folder::current_stamp(dir);
        if named != place.named
            && let Some(generation) = folder::current(dir)
            && generation > place.generation
            && let Some(mut next) = Shelf::open(dir, generation)
        {
            next.named = named;
            // Nobody may write to the old folder any more, also not whoever holds it now.
            if let Err(error) = place.retire(|| Ok(())) {
                tracing::warn!(%error, "the old search index cannot be closed");
            }
            *place = Arc::new(next);
        }
        place.clone()
    }

    fn replace(&self, mut next: Shelf) -> Result<(), SearchError> {
        let dir = &self.inner.dir;
        let mut place = self.inner.shelf.write().unwrap_or_else(PoisonError::into_inner);
        place.retire(|| Ok(folder::publish(dir, next.generation)?))?;
        next.named = folder::current_stamp(dir);
        let generation = next.generation;
        *place = Arc::new(next);
        drop(place);
        folder::sweep(dir, generation);
        Ok(())
    }
}

/// A new index in the making. Dropping it unfinished throws it away.
pub struct Rebuild {
    engine: Engine,
    shelf: Option<Shelf>,
    failed: bool,
}

impl Rebuild {
    /// Adds documents; one with the id of an earlier one replaces it.
    ///
    /// # Errors
    /// If the disk or the index fails.
    pub fn put(&mut self, documents: Vec<Document>) -> Result<(), SearchError> {
        let changes: Vec<Change> = documents.into_iter().map(Change::Put).collect();
        let written = self.new_shelf()?.write(&changes, self.engine.inner.heap_bytes);
        self.failed |= written.is_err();
        written.map_err(refusal)
    }

    /// Puts the new index in the place of the old one and removes the old. Searches see either
    /// the one or the other. `bookmark` is where the feed has to go on.
    ///
    /// # Errors
    /// If the disk or the index fails; the old index then stays.
    pub fn finish(mut self, bookmark: &str) -> Result<(), SearchError> {
        self.new_shelf()?.commit(&[], bookmark, self.engine.inner.heap_bytes).map_err(refusal)?;
        match self.shelf.take() {
            Some(shelf) => self.engine.replace(shelf),
            None => Err(SearchError::Incomplete),
        }
    }

    fn new_shelf(&self) -> Result<&Shelf, SearchError> {
        self.shelf.as_ref().filter(|_| !self.failed).ok_or(SearchError::Incomplete)
    }
}

/// Nobody else can retire an index that is not in use yet.
fn refusal(refused: Refused) -> SearchError {
    match refused {
        Refused::Failed(error) => error,
        Refused::Retired => SearchError::Incomplete,
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        if let Some(shelf) = self.shelf.take() {
            let generation = shelf.generation;
            drop(shelf);
            folder::remove(&self.engine.inner.dir, generation);
        }
        self.engine.inner.rebuilding.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests;
