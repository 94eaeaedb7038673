//! A text engine that knows *documents*: it finds, filters, sorts, counts and suggests them.
//!
//! It knows nothing of listings, members or money rules; what a document means is the business
//! of the floors above. The index is embedded and lives in one folder. Everything here is
//! synchronous and bound by the processor: call it from a blocking thread.
//!
//! Invariants:
//! - a commit and its bookmark are one atomic step, so a feed can always resume from
//!   [`Engine::bookmark`];
//! - a folder that is missing, unreadable or of another schema version becomes a new empty
//!   index, never an error that needs a person;
//! - pages are cut by key, never by offset; ties are broken by the document's id.

mod document;
mod error;
mod query;
mod words;

mod accessory;
mod cursor;
mod folder;
mod geo;
mod schema;
mod synonyms;

mod encode;
mod lexicon;

mod correct;
mod filter;
mod rank;
mod remembered;
mod text;

mod facets;
mod shelf;

mod index;

mod search;
mod suggest;

pub use document::{Change, Document};
pub use error::SearchError;
pub use index::{Engine, Opened, Rebuild};
pub use query::{Facets, Hit, Near, Page, Query, Sort};
pub use suggest::Suggestion;

#[cfg(test)]
mod fixture;
