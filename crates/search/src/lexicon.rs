//! The words the index knows, and how many documents have them.
//!
//! Counts include documents that were removed but not yet merged away: good for comparing words,
//! not for showing.

use std::collections::HashMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::error::SearchError;
use crate::schema::Fields;

/// A view of the term dictionaries of one snapshot.
#[derive(Clone, Copy)]
pub struct Lexicon<'a> {
    pub searcher: &'a Searcher,
    pub fields: &'a Fields,
}

impl Lexicon<'_> {
    /// Documents with this word, unstemmed, in title or brand.
    pub fn frequency(&self, word: &str) -> Result<u64, SearchError> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(self.fields.exact, word))?)
    }

    /// Documents with this stem anywhere in the searched text.
    pub fn stem_frequency(&self, stem: &str) -> Result<u64, SearchError> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(self.fields.text, stem))?)
    }

    /// Title words within `distance` edits (insert, delete, replace, swap neighbours) that share
    /// the first letter.
    pub fn similar(&self, word: &str, distance: u8) -> Result<Vec<(String, u64)>, SearchError> {
        let term = Term::from_field_text(self.fields.exact, word);
        let fuzzy = FuzzyTermQuery::new(term, distance, true);
        self.matching(self.fields.exact, &fuzzy, word)
    }

    /// Title words that begin with something within one edit of `prefix`, same first letter.
    pub fn similar_prefix(&self, prefix: &str) -> Result<Vec<(String, u64)>, SearchError> {
        let term = Term::from_field_text(self.fields.exact, prefix);
        let fuzzy = FuzzyTermQuery::new_prefix(term, 1, true);
        self.matching(self.fields.exact, &fuzzy, prefix)
    }

    fn matching(
        &self,
        field: Field,
        fuzzy: &FuzzyTermQuery,
        word: &str,
    ) -> Result<Vec<(String, u64)>, SearchError> {
        let first: String = word.chars().take(1).collect();
        let mut found: HashMap<String, u64> = HashMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let range = index.terms().search(fuzzy.automaton()?).ge(&first).lt(after(&first));
            let mut stream = range.into_stream()?;
            while let Some((term, info)) = stream.next() {
                if let Ok(term) = std::str::from_utf8(term) {
                    *found.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
                }
            }
        }
        Ok(found.into_iter().collect())
    }

    /// Terms of a field that begin with `prefix`, at most `limit`, most frequent first.
    pub fn starting_with(
        &self,
        field: Field,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<(String, u64)>, SearchError> {
        let mut found: HashMap<String, u64> = HashMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().range().ge(prefix).lt(after(prefix)).into_stream()?;
            while let Some((term, info)) = stream.next() {
                if let Ok(term) = std::str::from_utf8(term) {
                    match found.get_mut(term) {
                        Some(count) => *count += u64::from(info.doc_freq),
                        None => {
                            found.insert(term.to_owned(), u64::from(info.doc_freq));
                        }
                    }
                }
            }
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found.truncate(limit);
        Ok(found)
    }
}

/// A byte string above everything that begins with `prefix` (0xff begins no UTF-8 character).
fn after(prefix: &str) -> Vec<u8> {
    let mut bytes = prefix.as_bytes().to_vec();
    bytes.push(0xff);
    bytes
}
