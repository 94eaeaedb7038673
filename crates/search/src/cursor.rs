//! Where a page ended, as an opaque text.
//!
//! A cursor holds the sort key and the id of the last hit, the stage of the search that produced
//! the page, and a fingerprint of the query, so that a cursor cannot be carried to another query.
//! It grants nothing: a forged one only names a place in a list anybody may read.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::SearchError;
use crate::query::{Query, Sort};

/// Changes when the meaning of the bytes does.
const VERSION: u8 = 1;
const LENGTH: usize = 34;

/// Which stage of the search made a page; the next page has to come from the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// All words as typed.
    Strict,
    /// All words, some of them corrected.
    Corrected,
    /// Some of the words.
    Relaxed,
}

/// The end of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The stage that made the page.
    pub stage: Stage,
    /// Sort key of the last hit.
    pub key: u64,
    /// Id of the last hit.
    pub id: u128,
}

impl Cursor {
    /// The text for the outside.
    pub fn encode(&self, query: &Query) -> String {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.push(VERSION);
        bytes.push(self.stage as u8);
        bytes.extend(self.key.to_be_bytes());
        bytes.extend(self.id.to_be_bytes());
        bytes.extend(fingerprint(query).to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor back.
    ///
    /// # Errors
    /// [`SearchError::BadCursor`] if it is damaged or was made for another query.
    pub fn decode(text: &str, query: &Query) -> Result<Cursor, SearchError> {
        Self::read(text, query).ok_or(SearchError::BadCursor)
    }

    fn read(text: &str, query: &Query) -> Option<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let bytes: [u8; LENGTH] = bytes.try_into().ok()?;
        let (head, rest) = bytes.split_first_chunk::<2>()?;
        let (key, rest) = rest.split_first_chunk::<8>()?;
        let (id, rest) = rest.split_first_chunk::<16>()?;
        let print = u64::from_be_bytes(rest.try_into().ok()?);
        let stage = match head {
            [VERSION, 0] => Stage::Strict,
            [VERSION, 1] => Stage::Corrected,
            [VERSION, 2] => Stage::Relaxed,
            _ => return None,
        };
        let cursor = Cursor { stage, key: u64::from_be_bytes(*key), id: u128::from_be_bytes(*id) };
        (print == fingerprint(query)).then_some(cursor)
    }
}

/// Identifies the match set of a query whatever its order.
pub fn match_set(query: &Query) -> u64 {
    fingerprint(&Query { sort: Sort::default(), ..query.clone() })
}

/// A 64-bit FNV-1a hash of all that decides the match set and its order. The size of a page and
/// the facets may change between pages.
fn fingerprint(query: &Query) -> u64 {
    let plain = Query { limit: 0, after: None, with_facets: false, ..query.clone() };
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in format!("{plain:?}").bytes() {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests;
