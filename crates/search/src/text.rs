//! From the words of a query to a clause.
//!
//! The words become *slots*: what has to be there, with the ways it may be written. A slot is
//! satisfied by any of its alternatives and scores as the best of them.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query as Clause, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use crate::encode::pair;
use crate::error::SearchError;
use crate::lexicon::Lexicon;
use crate::schema::Fields;
use crate::synonyms;
use crate::words::{self, Stems, Unit};

/// Extra weight of a title or brand word that matches unstemmed.
const EXACT: f32 = 0.25;
/// Added for two words of the query that stand side by side in the title.
const PAIR: f32 = 1.0;
/// Added in a relaxed search to documents with all words, so that they stay first.
const COMPLETE: f32 = 1000.0;
/// Weight of two words apart, against the same two written as one.
const APART: f32 = 0.5;
/// Share of the words a relaxed match must have, if any document has as many.
const COVERAGE: f64 = 0.6;
/// Words beyond this are ignored.
const MOST_WORDS: usize = 24;

/// One way to satisfy a slot: all of these words.
#[derive(Debug, Clone, PartialEq)]
struct Alternative {
    words: Vec<String>,
    weight: f32,
}

/// Something the query asks for.
#[derive(Debug, Clone, PartialEq)]
struct Slot {
    alternatives: Vec<Alternative>,
}

/// The text of a query, ready to become a clause.
pub struct Text {
    units: Vec<Unit>,
    slots: Vec<Slot>,
    stems: Vec<Vec<Vec<String>>>,
}

impl Text {
    /// Reads what a person typed. Stop words count only if there is nothing else.
    ///
    /// # Errors
    /// If the index fails.
    pub fn new(typed: &str, lexicon: &Lexicon<'_>) -> Result<Text, SearchError> {
        let mut units = words::units(typed);
        let means = |unit: &Unit| !unit.single().is_some_and(words::is_stop_word);
        if units.iter().any(means) {
            units.retain(means);
        }
        units.truncate(MOST_WORDS);
        let mut stemmer = Stems::new();
        let slots = slots(&units, lexicon, &mut stemmer)?;
        let stems = slots
            .iter()
            .map(|slot| {
                let words = |way: &Alternative| stemmer.all(&way.words.join(" "));
                slot.alternatives.iter().map(words).collect()
            })
            .collect();
        Ok(Text { units, slots, stems })
    }

    /// How many words were given.
    pub fn word_count(&self) -> usize {
        self.units.len()
    }

    /// Whether there is anything to search for.
    pub fn is_blank(&self) -> bool {
        self.slots.is_empty()
    }

    /// The stems of the words as typed.
    pub fn own_stems(&self) -> impl Iterator<Item = &str> {
        self.stems.iter().filter_map(|ways| ways.first()).flatten().map(String::as_str)
    }

    /// Documents that have everything.
    pub fn strict(&self, fields: &Fields) -> Box<dyn Clause> {
        let mut clauses: Vec<(Occur, Box<dyn Clause>)> =
            (0..self.slots.len()).map(|at| (Occur::Must, self.slot(at, fields))).collect();
        clauses.extend(self.pairs(fields).into_iter().map(|pair| (Occur::Should, pair)));
        Box::new(BooleanQuery::new(clauses))
    }

    /// Documents that have `least` slots or more; those with everything come first.
    pub fn relaxed(&self, least: usize, fields: &Fields) -> Box<dyn Clause> {
        let any = (0..self.slots.len()).map(|at| self.slot(at, fields)).collect();
        let some = BooleanQuery::union_with_minimum_required_clauses(any, least);
        let complete = ConstScoreQuery::new(self.strict(fields), COMPLETE);
        let mut clauses: Vec<(Occur, Box<dyn Clause>)> =
            vec![(Occur::Must, Box::new(some)), (Occur::Should, Box::new(complete))];
        clauses.extend(self.pairs(fields).into_iter().map(|pair| (Occur::Should, pair)));
        Box::new(BooleanQuery::new(clauses))
    }

    /// How many slots a relaxed match should have. Slots no document can satisfy do not count.
    ///
    /// # Errors
    /// If the index fails.
    pub fn coverage(&self, lexicon: &Lexicon<'_>) -> Result<usize, SearchError> {
        let mut known = 0;
        for ways in &self.stems {
            known += usize::from(any_known(ways, lexicon)?);
        }
        Ok(((known as f64 * COVERAGE).ceil() as usize).max(1))
    }

    fn slot(&self, at: usize, fields: &Fields) -> Box<dyn Clause> {
        let alternatives = self.slots.get(at).map_or(&[][..], |slot| &slot.alternatives);
        let stems = self.stems.get(at).map_or(&[][..], Vec::as_slice);
        let ways = alternatives.iter().zip(stems);
        let mut ways: Vec<Box<dyn Clause>> =
            ways.map(|(way, stems)| alternative(way, stems, fields)).collect();
        match (ways.pop(), ways.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                ways.extend(last);
                Box::new(DisjunctionMaxQuery::new(ways))
            }
        }
    }

    fn pairs(&self, fields: &Fields) -> Vec<Box<dyn Clause>> {
        let neighbours = self.units.windows(2).filter_map(|two| match two {
            [left, right] => pair(left.plain().last()?, right.plain().first()?),
            _ => None,
        });
        neighbours
            .map(|pair| {
                let term = Term::from_field_text(fields.pairs, &pair);
                let inner = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
                Box::new(ConstScoreQuery::new(inner, PAIR)) as Box<dyn Clause>
            })
            .collect()
    }
}

fn any_known(ways: &[Vec<String>], lexicon: &Lexicon<'_>) -> Result<bool, SearchError> {
    for way in ways {
        let mut all = true;
        for stem in way {
            all = all && lexicon.stem_frequency(stem)? > 0;
        }
        if all {
            return Ok(true);
        }
    }
    Ok(false)
}

fn alternative(way: &Alternative, stems: &[String], fields: &Fields) -> Box<dyn Clause> {
    let words = way.words.iter().zip(stems);
    let mut clauses: Vec<Box<dyn Clause>> = words.map(|(word, stem)| one_word(word, stem, fields)).collect();
    let clause = match (clauses.pop(), clauses.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            clauses.extend(last);
            Box::new(BooleanQuery::intersection(clauses))
        }
    };
    if way.weight == 1.0 { clause } else { Box::new(BoostQuery::new(clause, way.weight)) }
}

fn one_word(word: &str, stem: &str, fields: &Fields) -> Box<dyn Clause> {
    let term = |field, text| -> Box<dyn Clause> {
        let term = Term::from_field_text(field, text);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    };
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, term(fields.text, stem)),
        (Occur::Should, Box::new(BoostQuery::new(term(fields.exact, word), EXACT))),
    ]))
}

fn slots(units: &[Unit], lexicon: &Lexicon<'_>, stemmer: &mut Stems) -> Result<Vec<Slot>, SearchError> {
    let mut slots = Vec::new();
    let mut rest = units;
    while !rest.is_empty() {
        let (slot, used) = match phrase(rest, stemmer) {
            Some(found) => found,
            None => match compound(rest, lexicon, stemmer)? {
                Some(found) => found,
                None => (written(rest), 1),
            },
        };
        slots.push(slot);
        rest = rest.get(used..).unwrap_or_default();
    }
    Ok(slots)
}

/// The longest phrase at the beginning that has synonyms.
fn phrase(units: &[Unit], stemmer: &mut Stems) -> Option<(Slot, usize)> {
    (1..=synonyms::LONGEST.min(units.len())).rev().find_map(|length| {
        let head = units.get(..length)?;
        let own: Vec<String> = head.iter().flat_map(Unit::plain).cloned().collect();
        let others = synonyms::of(&stemmer.all(&own.join(" ")));
        if others.is_empty() {
            return None;
        }
        let mut alternatives = vec![Alternative { words: own, weight: 1.0 }];
        alternatives.extend(others.iter().map(|words| Alternative {
            words: words.clone(),
            weight: synonyms::WEIGHT / words.len() as f32,
        }));
        Some((Slot { alternatives }, length))
    })
}

/// Two words that the catalogue also writes as one: `head set`, `headset`.
fn compound(
    units: &[Unit],
    lexicon: &Lexicon<'_>,
    stemmer: &mut Stems,
) -> Result<Option<(Slot, usize)>, SearchError> {
    let [left, right, ..] = units else { return Ok(None) };
    let (Some(left), Some(right)) = (left.single(), right.single()) else { return Ok(None) };
    let letters = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    if !letters(left) || !letters(right) {
        return Ok(None);
    }
    let joined = format!("{left}{right}");
    if lexicon.stem_frequency(&stemmer.one(&joined))? == 0 {
        return Ok(None);
    }
    let apart = Alternative { words: vec![left.to_owned(), right.to_owned()], weight: APART };
    let joined = Alternative { words: vec![joined], weight: 1.0 };
    Ok(Some((Slot { alternatives: vec![apart, joined] }, 2)))
}

/// The forms of the first unit.
fn written(units: &[Unit]) -> Slot {
    let forms = units.first().map_or(&[][..], |unit| &unit.forms);
    let way = |words: &Vec<String>| Alternative { words: words.clone(), weight: 1.0 };
    Slot { alternatives: forms.iter().map(way).collect() }
}

#[cfg(test)]
mod tests;
