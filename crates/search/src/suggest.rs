//! Completing what is being typed, from the index itself: no table to keep, nothing to refresh.
//!
//! Queries come from the words and word pairs of titles, the most frequent first, with the number
//! of documents that have all their words. Titles come from documents that have the words typed.

use std::collections::HashSet;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query as Clause, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{Searcher, TantivyDocument, Term};

use crate::error::SearchError;
use crate::index::Engine;
use crate::lexicon::Lexicon;
use crate::schema::{Fields, PAIR_GLUE};
use crate::words;

/// Suggestions at most.
const MOST: usize = 50;
/// Completions of the last word that are considered.
const WIDTH: usize = 24;
/// Shorter beginnings match too many titles to be of use.
const SHORTEST_FOR_TITLES: usize = 2;
/// Shorter beginnings match too many pairs.
const SHORTEST_FOR_PAIRS: usize = 2;
/// A single letter is no word worth offering.
const SHORTEST_WORD: usize = 2;
/// From this length on a beginning may hold a typo.
const SHORTEST_FOR_TYPOS: usize = 4;
/// A pair in fewer documents is chance.
const PAIR_DOCUMENTS: u64 = 2;

/// One completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to search for, or the title.
    pub text: String,
    /// `query` or `title`.
    pub kind: &'static str,
    /// The document, for a title.
    pub id: Option<u128>,
    /// Documents that have all the words; 1 for a title.
    pub count: u64,
}

impl Engine {
    /// Completes what has been typed so far: queries first, then titles, `limit` in all.
    ///
    /// # Errors
    /// If the index fails.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let shelf = self.shelf();
        let searcher = shelf.searcher();
        let typed = Typed::read(prefix);
        let limit = limit.min(MOST);
        let Some(typed) = typed.filter(|_| limit > 0) else { return Ok(Vec::new()) };
        let completion = Completion {
            searcher: &searcher,
            fields: &shelf.fields,
            lexicon: Lexicon { searcher: &searcher, fields: &shelf.fields },
        };
        let words = completion.last_words(&typed)?;
        let mut titles = completion.titles(&typed, &words, limit)?;
        let for_titles = titles.len().min((limit / 3).max(1));
        let mut all = completion.queries(&typed, words, limit - for_titles.min(limit))?;
        let taken: HashSet<String> = all.iter().map(|query| query.text.clone()).collect();
        titles.retain(|title| !taken.contains(&words::fold(&title.text)));
        all.extend(titles);
        all.truncate(limit);
        Ok(all)
    }
}

/// What was typed: whole words, and one that may be unfinished.
struct Typed {
    whole: Vec<String>,
    last: String,
}

impl Typed {
    fn read(prefix: &str) -> Option<Typed> {
        let text: String = prefix.chars().take(100).collect();
        let mut whole: Vec<String> =
            words::units(&text).iter().flat_map(|unit| unit.plain().to_vec()).collect();
        let last = whole.pop()?;
        Some(Typed { whole, last })
    }
}

struct Completion<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    lexicon: Lexicon<'a>,
}

impl Completion<'_> {
    /// Words the last one may become; if there are none, words it may have been meant to become.
    fn last_words(&self, typed: &Typed) -> Result<Vec<(String, u64)>, SearchError> {
        let found = self.lexicon.starting_with(self.fields.exact, &typed.last, WIDTH)?;
        if !found.is_empty() || typed.last.chars().count() < SHORTEST_FOR_TYPOS {
            return Ok(found);
        }
        let mut similar = self.lexicon.similar_prefix(&typed.last)?;
        similar.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        similar.truncate(WIDTH);
        Ok(similar)
    }

    fn queries(
        &self,
        typed: &Typed,
        words: Vec<(String, u64)>,
        limit: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        let head = typed.whole.join(" ");
        let mut texts: Vec<(String, u64)> = self.pairs(typed)?;
        for (word, count) in words {
            if typed.whole.contains(&word) || word.chars().count() < SHORTEST_WORD {
                continue;
            }
            let text = if head.is_empty() { word } else { format!("{head} {word}") };
            texts.push((text, count));
        }
        texts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut seen = HashSet::new();
        texts.retain(|(text, _)| seen.insert(text.clone()));
        texts.truncate(2 * WIDTH);
        let mut found = Vec::new();
        for (text, _) in texts {
            let count = self.count(&text)?;
            if count > 0 {
                found.push(Suggestion { text, kind: "query", id: None, count });
            }
        }
        found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        found.truncate(limit);
        Ok(found)
    }

    /// Word pairs that begin with what was typed.
    fn pairs(&self, typed: &Typed) -> Result<Vec<(String, u64)>, SearchError> {
        let (head, before) = match typed.whole.split_last() {
            None if typed.last.chars().count() < SHORTEST_FOR_PAIRS => return Ok(Vec::new()),
            None => (String::new(), typed.last.clone()),
            Some((word, head)) => {
                let head = head.iter().map(|word| format!("{word} ")).collect();
                (head, format!("{word}{PAIR_GLUE}{}", typed.last))
            }
        };
        let found = self.lexicon.starting_with(self.fields.pairs, &before, WIDTH)?;
        let common = found.into_iter().filter(|(pair, count)| {
            let repeats = pair.split_once(PAIR_GLUE).is_some_and(|(left, right)| left == right);
            *count >= PAIR_DOCUMENTS && !repeats
        });
        Ok(common.map(|(pair, count)| (head.clone() + &pair.replace(PAIR_GLUE, " "), count)).collect())
    }

    /// Documents that have all the words in title or brand.
    fn count(&self, text: &str) -> Result<u64, SearchError> {
        let words = text.split(' ').map(|word| self.word(word)).collect();
        Ok(BooleanQuery::intersection(words).count(self.searcher)? as u64)
    }

    fn word(&self, word: &str) -> Box<dyn Clause> {
        let term = Term::from_field_text(self.fields.exact, word);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    }

    fn titles(
        &self,
        typed: &Typed,
        words: &[(String, u64)],
        limit: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        if words.is_empty() || typed.last.chars().count() < SHORTEST_FOR_TITLES {
            return Ok(Vec::new());
        }
        let last = words.iter().map(|(word, _)| self.word(word)).collect();
        let mut clauses: Vec<Box<dyn Clause>> = vec![Box::new(BooleanQuery::union(last))];
        clauses.extend(typed.whole.iter().map(|word| self.word(word)));
        // Titles repeat, so look at more than are shown.
        let best = TopDocs::with_limit(3 * limit).order_by_score();
        let found = self.searcher.search(&BooleanQuery::intersection(clauses), &best)?;
        let mut seen = HashSet::new();
        let mut titles = Vec::new();
        for (_, address) in found {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let title = document.get_first(self.fields.title);
            let Some(text) = title.and_then(|value| value.as_str().map(str::to_owned)) else {
                continue;
            };
            if titles.len() < limit && seen.insert(words::fold(&text)) {
                let id = Some(self.id(address)?);
                titles.push(Suggestion { text, kind: "title", id, count: 1 });
            }
        }
        Ok(titles)
    }

    fn id(&self, address: tantivy::DocAddress) -> Result<u128, SearchError> {
        let fast = self.searcher.segment_reader(address.segment_ord).fast_fields();
        let half = |name| -> Result<u128, SearchError> {
            Ok(u128::from(fast.u64(name)?.first(address.doc_id).unwrap_or_default()))
        };
        Ok(half(crate::schema::column::ID_HIGH)? << 64 | half(crate::schema::column::ID_LOW)?)
    }
}

#[cfg(test)]
mod tests;
