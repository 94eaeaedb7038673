//! Answering a query, in stages: all words as typed; all words, some corrected; some of the words.
//!
//! A page says which stage made it, and its cursor leads back to the same stage, so that paging
//! never mixes them.

use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Query as Clause};
use tantivy::schema::Value;
use tantivy::{Searcher, TantivyDocument};

use crate::accessory;
use crate::correct;
use crate::cursor::{Cursor, Stage};
use crate::error::SearchError;
use crate::facets::{Counts, Tally};
use crate::filter;
use crate::geo;
use crate::index::Engine;
use crate::lexicon::Lexicon;
use crate::query::{Facets, Hit, Page, Query, Sort};
use crate::rank::{Entry, Order, Ranked, Ranking};
use crate::remembered::Remembered;
use crate::schema::Fields;
use crate::text::Text;

/// Hits on one page at most.
const MOST_HITS: usize = 1000;
/// Longer texts are cut, in characters.
const LONGEST_TEXT: usize = 512;
/// A long query with fewer hits than this is worth a second try.
const FEW: usize = 10;
/// How many words make a query long.
const MANY_WORDS: usize = 3;

impl Engine {
    /// Answers a query from one snapshot of the index.
    ///
    /// # Errors
    /// [`SearchError::BadCursor`] if `after` is not from this query; otherwise if the index fails.
    pub fn search(&self, query: &Query) -> Result<Page, SearchError> {
        let shelf = self.shelf();
        let searcher = shelf.searcher();
        let after = match &query.after {
            Some(text) => Some(Cursor::decode(text, query)?),
            None => None,
        };
        Search { query, searcher: &searcher, fields: &shelf.fields, remembered: &shelf.remembered, after }
            .answer()
    }
}

/// One stage's clause and how its matches are ordered.
struct Attempt {
    stage: Stage,
    clause: Box<dyn Clause>,
    order: Order,
    corrected: Option<String>,
    /// Of a relaxed one: how many of its matches have all of the words.
    whole: usize,
}

struct Search<'a> {
    query: &'a Query,
    searcher: &'a Searcher,
    fields: &'a Fields,
    remembered: &'a Remembered,
    after: Option<Cursor>,
}

impl Search<'_> {
    fn answer(&self) -> Result<Page, SearchError> {
        let typed: String = self.query.text.chars().take(LONGEST_TEXT).collect();
        if typed.trim().is_empty() {
            return self.run(self.browsing()).and_then(|(attempt, found)| self.page(attempt, found));
        }
        let lexicon = Lexicon { searcher: self.searcher, fields: self.fields };
        let text = Text::new(&typed, &lexicon)?;
        if text.is_blank() {
            return Ok(Page::default());
        }
        let (attempt, found) = match self.after.map(|cursor| cursor.stage) {
            Some(Stage::Strict) => self.run(self.strict(&text))?,
            _ => self.staged(&typed, &text, &lexicon)?,
        };
        self.page(attempt, found)
    }

    /// Goes through the stages until one finds enough.
    fn staged(
        &self,
        typed: &str,
        text: &Text,
        lexicon: &Lexicon<'_>,
    ) -> Result<(Attempt, Ranked), SearchError> {
        let strict = self.run(self.strict(text))?;
        // Half matches may follow whole ones; in an order by price they would only be in the way.
        let by_score = matches!(strict.0.order, Order::Score { .. });
        let few = if by_score && text.word_count() >= MANY_WORDS { FEW } else { 1 };
        let wanted = self.after.map(|cursor| cursor.stage);
        if strict.1.total >= few && wanted.is_none() {
            return Ok(strict);
        }
        let mut best_guess = None;
        for guess in correct::candidates(typed, lexicon)? {
            let text = Text::new(&guess, lexicon)?;
            let attempt = self.strict(&text);
            let attempt = Attempt { stage: Stage::Corrected, corrected: Some(guess.clone()), ..attempt };
            let (attempt, found) = self.run(attempt)?;
            if found.total > strict.1.total && wanted != Some(Stage::Relaxed) {
                return Ok((attempt, found));
            }
            best_guess = best_guess.or(Some((guess, text)));
        }
        let (corrected, text) = match &best_guess {
            Some((guess, text)) => (Some(guess.clone()), text),
            None => (None, text),
        };
        let relaxed = self.relaxed(text, corrected, lexicon)?;
        let whole = strict.1.total;
        let better = relaxed.1.total > strict.1.total || wanted == Some(Stage::Relaxed);
        let (attempt, found) = if better { relaxed } else { strict };
        Ok((Attempt { whole, ..attempt }, found))
    }

    /// Lowers the number of words required until something is found. By relevance in any case: in another order
    /// what has one of the words would stand before what has most of them.
    fn relaxed(
        &self,
        text: &Text,
        corrected: Option<String>,
        lexicon: &Lexicon<'_>,
    ) -> Result<(Attempt, Ranked), SearchError> {
        let mut least = text.coverage(lexicon)?;
        loop {
            let clause = text.relaxed(least, self.fields);
            let order = by_relevance(text);
            let corrected = corrected.clone();
            let found = self.run(Attempt { stage: Stage::Relaxed, clause, order, corrected, whole: 0 })?;
            if found.1.total > 0 || least <= 1 {
                return Ok(found);
            }
            least -= 1;
        }
    }

    fn browsing(&self) -> Attempt {
        let clause = Box::new(AllQuery);
        Attempt { stage: Stage::Strict, clause, order: self.order(None), corrected: None, whole: 0 }
    }

    fn strict(&self, text: &Text) -> Attempt {
        let clause: Box<dyn Clause> =
            if text.is_blank() { Box::new(EmptyQuery) } else { text.strict(self.fields) };
        Attempt { stage: Stage::Strict, clause, order: self.order(Some(text)), corrected: None, whole: 0 }
    }

    fn order(&self, text: Option<&Text>) -> Order {
        match (self.query.sort, text, self.query.near) {
            (Sort::Relevance, Some(text), _) => by_relevance(text),
            (Sort::PriceAsc, ..) => Order::PriceAsc,
            (Sort::PriceDesc, ..) => Order::PriceDesc,
            (Sort::Distance, _, Some(near)) => Order::Distance { lat: near.lat, lng: near.lng },
            (Sort::Relevance | Sort::Newest | Sort::Distance, ..) => Order::Newest,
        }
    }

    /// Ranks the matches of an attempt, one more than a page holds.
    fn run(&self, attempt: Attempt) -> Result<(Attempt, Ranked), SearchError> {
        let limit = self.query.limit.min(MOST_HITS);
        let ranking = Ranking {
            order: attempt.order,
            keep: if limit == 0 { 0 } else { limit + 1 },
            after: self.after.map(|cursor| (cursor.key, cursor.id)),
        };
        let found = self.searcher.search(&self.filtered(&attempt, None), &ranking)?;
        Ok((attempt, found))
    }

    fn filtered(&self, attempt: &Attempt, except: Option<&filter::Dimension>) -> BooleanQuery {
        let mut clauses = vec![attempt.clause.box_clone()];
        clauses.extend(filter::clauses(self.query, self.fields, except));
        BooleanQuery::intersection(clauses)
    }

    fn page(&self, attempt: Attempt, mut found: Ranked) -> Result<Page, SearchError> {
        let limit = self.query.limit.min(MOST_HITS);
        let more = found.best.len() > limit;
        found.best.truncate(limit);
        let last = found.best.last().filter(|_| more);
        let next = last
            .map(|entry| Cursor { stage: attempt.stage, key: entry.key, id: entry.id }.encode(self.query));
        let hits = found.best.iter().map(|entry| self.hit(entry)).collect::<Result<_, _>>()?;
        let facets = if self.query.with_facets { self.facets(&attempt)? } else { Facets::default() };
        Ok(Page {
            hits,
            next,
            total: found.total,
            facets,
            corrected: attempt.corrected,
            relaxed: attempt.stage == Stage::Relaxed,
            whole: attempt.whole,
        })
    }

    fn facets(&self, attempt: &Attempt) -> Result<Facets, SearchError> {
        let generation = self.searcher.generation().generation_id();
        self.remembered.facets(generation, self.query, attempt.stage, || {
            Ok(self.count(attempt)?.facets(self.query.category.as_deref()))
        })
    }

    /// Counts the match set, and once more for each filter in use, without that filter.
    fn count(&self, attempt: &Attempt) -> Result<Counts, SearchError> {
        let mut counts = self.searcher.search(&self.filtered(attempt, None), &Tally::all())?;
        for dimension in filter::dimensions(self.query) {
            let without = self.filtered(attempt, Some(&dimension));
            let other = self.searcher.search(&without, &Tally::of(&dimension))?;
            counts.replace(&dimension, other);
        }
        Ok(counts)
    }

    fn hit(&self, entry: &Entry) -> Result<Hit, SearchError> {
        let document: TantivyDocument = self.searcher.doc(entry.address)?;
        let text = |field| {
            let value = document.get_first(field);
            value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
        };
        Ok(Hit {
            id: entry.id,
            score: entry.score,
            external_id: text(self.fields.external_id),
            stored: text(self.fields.stored),
            distance_km: self.distance(entry)?,
        })
    }

    fn distance(&self, entry: &Entry) -> Result<Option<f64>, SearchError> {
        let Some(near) = self.query.near else { return Ok(None) };
        let fast = self.searcher.segment_reader(entry.address.segment_ord).fast_fields();
        let doc = entry.address.doc_id;
        let lat = fast.f64(crate::schema::column::LAT)?.first(doc);
        let lng = fast.f64(crate::schema::column::LNG)?.first(doc);
        Ok(lat.zip(lng).map(|place| geo::distance_km((near.lat, near.lng), place)))
    }
}

fn by_relevance(text: &Text) -> Order {
    Order::Score { demote: !accessory::names_accessory(text.own_stems()) }
}

#[cfg(test)]
mod tests;
