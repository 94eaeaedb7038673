//! One open generation of the index: its reader and, once something is written, its writer.
//!
//! Reading takes no lock, so several processes may search one index while one of them writes.
//! The writer is opened at the first change and then kept.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, Term};

use crate::document::{Change, Document};
use crate::encode::encode;
use crate::error::SearchError;
use crate::folder::{self, Stamp};
use crate::remembered::Remembered;
use crate::schema::{Fields, SCHEMA_VERSION, schema};
use crate::words::Stems;

/// Decompressed blocks of stored documents kept per segment, 16 kB each.
const STORE_BLOCKS: usize = 8;
/// Segments with a larger share of removed documents are merged away.
const REMOVED_SHARE: f32 = 0.2;

/// Whether changes may be written.
enum Writer {
    Idle,
    Open(Box<IndexWriter>),
    /// The generation was replaced; changes must go to its successor.
    Retired,
}

/// An open generation.
pub struct Shelf {
    pub generation: u64,
    pub fields: Fields,
    /// The stamp, taken before it was read, of the file that named this generation current.
    pub named: Stamp,
    /// Facets of this generation.
    pub remembered: Remembered,
    meta: PathBuf,
    index: Index,
    reader: IndexReader,
    writer: Mutex<Writer>,
    read: Mutex<Stamp>,
}

/// Why nothing was written.
pub enum Refused {
    /// Another generation took over; try again with that.
    Retired,
    /// It failed.
    Failed(SearchError),
}

impl<E: Into<SearchError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Refused::Failed(error.into())
    }
}

impl Shelf {
    /// Opens a generation; none if it is missing, damaged or of another schema.
    pub fn open(dir: &Path, generation: u64) -> Option<Shelf> {
        let folder = folder::path(dir, generation);
        let number = folder::schema_number(&folder);
        if number != Some(SCHEMA_VERSION) {
            tracing::info!(generation, ?number, "the search index has another schema");
            return None;
        }
        // The index library panics on some damaged files instead of reporting them.
        let opened = catch_unwind(|| {
            let index = Index::open_in_dir(&folder)?;
            Self::with(dir, generation, index)
        });
        match opened {
            Ok(Ok(shelf)) if shelf.index.schema() == schema().0 => Some(shelf),
            Ok(Ok(_)) => None,
            Ok(Err(error)) => {
                tracing::warn!(%error, generation, "the search index cannot be read");
                None
            }
            Err(_) => {
                tracing::warn!(generation, "the search index is damaged");
                None
            }
        }
    }

    /// Makes an empty generation. It does not become the current one.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn create(dir: &Path) -> Result<Shelf, SearchError> {
        let generation = folder::create(dir, SCHEMA_VERSION)?;
        let index = Index::create_in_dir(folder::path(dir, generation), schema().0)?;
        Self::with(dir, generation, index)
    }

    fn with(dir: &Path, generation: u64, index: Index) -> Result<Shelf, SearchError> {
        let meta = folder::path(dir, generation).join("meta.json");
        let read = folder::stamp(&meta);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORE_BLOCKS)
            .try_into()?;
        Ok(Shelf {
            generation,
            fields: schema().1,
            named: None,
            remembered: Remembered::default(),
            meta,
            index,
            reader,
            writer: Mutex::new(Writer::Idle),
            read: Mutex::new(read),
        })
    }

    /// The newest snapshot, also of commits by other processes and of finished merges.
    pub fn searcher(&self) -> Searcher {
        let now = folder::stamp(&self.meta);
        // Somebody who finds another thread reloading takes the snapshot before.
        if let Ok(mut read) = self.read.try_lock()
            && *read != now
            && now.is_some()
        {
            match self.reader.reload() {
                Ok(()) => *read = now,
                Err(error) => tracing::warn!(%error, "the search index cannot be reloaded"),
            }
        }
        self.reader.searcher()
    }

    /// What was committed with the last change.
    pub fn bookmark(&self) -> Option<String> {
        self.index.load_metas().ok()?.payload
    }

    /// Whether every file is as it was written. Reads the whole index.
    ///
    /// # Errors
    /// If the files cannot be read.
    pub fn is_sound(&self) -> Result<bool, SearchError> {
        let check = || self.index.validate_checksum().map(|damaged| damaged.is_empty());
        Ok(catch_unwind(AssertUnwindSafe(check)).unwrap_or(Ok(false))?)
    }

    /// Writes changes without making them visible.
    pub fn write(&self, changes: &[Change], heap_bytes: usize) -> Result<(), Refused> {
        let mut state = self.writer()?;
        let written =
            self.open_writer(&mut state, heap_bytes).and_then(|writer| stage(writer, changes, &self.fields));
        Ok(forget_unless(written, &mut state)?)
    }

    /// Writes changes and makes them, and all written before, visible together with the bookmark.
    pub fn commit(&self, changes: &[Change], bookmark: &str, heap_bytes: usize) -> Result<(), Refused> {
        let mut state = self.writer()?;
        let committed = self.open_writer(&mut state, heap_bytes).and_then(|writer| {
            stage(writer, changes, &self.fields)?;
            conclude(writer, bookmark)
        });
        forget_unless(committed, &mut state)?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let now = folder::stamp(&self.meta);
        self.reader.reload()?;
        *read = now;
        Ok(())
    }

    /// Ends writing here for good, after `last` has been done; if that fails, writing goes on.
    ///
    /// # Errors
    /// Those of `last`.
    pub fn retire(&self, last: impl FnOnce() -> Result<(), SearchError>) -> Result<(), SearchError> {
        let mut state = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        last()?;
        *state = Writer::Retired;
        Ok(())
    }

    fn writer(&self) -> Result<MutexGuard<'_, Writer>, Refused> {
        let state = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, Writer::Retired) { Err(Refused::Retired) } else { Ok(state) }
    }

    fn open_writer<'a>(
        &self,
        state: &'a mut Writer,
        heap_bytes: usize,
    ) -> Result<&'a mut IndexWriter, SearchError> {
        if matches!(state, Writer::Idle) {
            let options = IndexWriterOptions::builder()
                .num_worker_threads(1)
                .num_merge_threads(1)
                .memory_budget_per_thread(heap_bytes)
                .build();
            let writer: IndexWriter = self.index.writer_with_options(options)?;
            let mut policy = LogMergePolicy::default();
            policy.set_del_docs_ratio_before_merge(REMOVED_SHARE);
            writer.set_merge_policy(Box::new(policy));
            *state = Writer::Open(Box::new(writer));
        }
        match state {
            Writer::Open(writer) => Ok(writer),
            Writer::Idle | Writer::Retired => Err(SearchError::Locked),
        }
    }
}

/// A writer that failed is closed, which drops what it had not committed; the next change opens
/// another.
fn forget_unless(done: Result<(), SearchError>, state: &mut Writer) -> Result<(), SearchError> {
    if done.is_err() {
        *state = Writer::Idle;
    }
    done
}

fn stage(writer: &IndexWriter, changes: &[Change], fields: &Fields) -> Result<(), SearchError> {
    let mut stems = Stems::new();
    for change in changes {
        match change {
            Change::Put(document) => put(writer, document, fields, &mut stems)?,
            Change::Remove(id) => {
                writer.delete_term(Term::from_field_bytes(fields.id, &id.to_be_bytes()));
            }
        }
    }
    Ok(())
}

fn put(
    writer: &IndexWriter,
    document: &Document,
    fields: &Fields,
    stems: &mut Stems,
) -> Result<(), SearchError> {
    writer.delete_term(Term::from_field_bytes(fields.id, &document.id.to_be_bytes()));
    writer.add_document(encode(document, fields, stems))?;
    Ok(())
}

fn conclude(writer: &mut IndexWriter, bookmark: &str) -> Result<(), SearchError> {
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(bookmark);
    commit.commit()?;
    Ok(())
}
