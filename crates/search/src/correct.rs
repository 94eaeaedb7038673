//! Guessing what a misspelt word was meant to be.
//!
//! The dictionary is the catalogue's own titles and brands. A word is suspect if the catalogue
//! does not know it, or knows it so rarely that a near neighbour is far likelier. Words with
//! digits are model numbers and are left alone. Two words written as one are parted.

use crate::error::SearchError;
use crate::lexicon::Lexicon;
use crate::words::{self, Stems};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// From this length on two edits are allowed instead of one.
const LONG: usize = 8;
/// Each half of a parted word has at least this many letters.
const SHORTEST_HALF: usize = 3;
/// Guesses kept for each word.
const GUESSES: usize = 3;
/// What one more edit costs, in natural logarithms of the number of documents.
const EDIT_COST: f64 = 3.0;
/// A word in so few documents may be a misspelling in a listing.
const RARE: u64 = 2;
/// How many times likelier a neighbour of a rare word must be.
const LIKELIER: u64 = 20;

/// Whole texts to try instead of the one typed, the likeliest first; empty if nothing is suspect.
///
/// # Errors
/// If the index fails.
pub fn candidates(typed: &str, lexicon: &Lexicon<'_>) -> Result<Vec<String>, SearchError> {
    let mut stems = Stems::new();
    let units = words::units(typed);
    let mut choices: Vec<Vec<String>> = Vec::new();
    for unit in &units {
        let guesses = match unit.single() {
            Some(word) => guesses(word, lexicon, &mut stems)?,
            None => Vec::new(),
        };
        choices.push(if guesses.is_empty() { vec![unit.raw.clone()] } else { guesses });
    }
    let best: Vec<&str> = choices.iter().filter_map(|words| words.first()).map(String::as_str).collect();
    if best.iter().zip(&units).all(|(word, unit)| *word == unit.raw) {
        return Ok(Vec::new());
    }
    let mut texts = vec![best.join(" ")];
    for (at, words) in choices.iter().enumerate() {
        for word in words.iter().skip(1) {
            let mut other = best.clone();
            if let Some(place) = other.get_mut(at) {
                *place = word;
            }
            texts.push(other.join(" "));
        }
    }
    texts.truncate(2 * GUESSES);
    Ok(texts)
}

/// What the word may have been meant to be, best first; empty if it is good as it is.
fn guesses(word: &str, lexicon: &Lexicon<'_>, stems: &mut Stems) -> Result<Vec<String>, SearchError> {
    let length = word.chars().count();
    if length < SHORTEST || !word.chars().all(char::is_alphabetic) || words::is_stop_word(word) {
        return Ok(Vec::new());
    }
    let known = lexicon.frequency(word)?.max(lexicon.stem_frequency(&stems.one(word))?);
    if known > RARE {
        return Ok(Vec::new());
    }
    let least = if known == 0 { 1 } else { known * LIKELIER };
    let reach = if length < LONG { 1 } else { 2 };
    let mut ranked: Vec<(f64, String)> = lexicon
        .similar(word, reach)?
        .into_iter()
        .filter(|(other, count)| other != word && *count >= least && other.chars().all(char::is_alphabetic))
        .map(|(other, count)| (likelihood(word, &other, count), other))
        .collect();
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(GUESSES);
    if ranked.is_empty() && known == 0 {
        return Ok(parted(word, lexicon)?.into_iter().collect());
    }
    Ok(ranked.into_iter().map(|(_, other)| other).collect())
}

fn likelihood(word: &str, other: &str, count: u64) -> f64 {
    ((1 + count) as f64).ln() - EDIT_COST * edits(word, other) as f64
}

/// The best way to part the word into two known ones.
fn parted(word: &str, lexicon: &Lexicon<'_>) -> Result<Option<String>, SearchError> {
    let letters = word.chars().count();
    let mut best: Option<(u64, String)> = None;
    for (at, _) in word.char_indices().skip(SHORTEST_HALF).take(letters.saturating_sub(2 * SHORTEST_HALF - 1))
    {
        let (left, right) = word.split_at(at);
        let weakest = lexicon.frequency(left)?.min(lexicon.frequency(right)?);
        if weakest > best.as_ref().map_or(0, |(count, _)| *count) {
            best = Some((weakest, format!("{left} {right}")));
        }
    }
    Ok(best.map(|(_, text)| text))
}

/// Edits from one word to the other: insert, delete, replace, swap neighbours (the optimal string
/// alignment distance).
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let width = to.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    let mut last = None;
    for (row, c) in from.chars().enumerate() {
        let mut line = vec![row + 1; width];
        for (column, d) in to.iter().enumerate() {
            let replaced = above[column] + usize::from(c != *d);
            let mut cost = replaced.min(above[column + 1] + 1).min(line[column] + 1);
            if column > 0 && last == Some(*d) && to[column - 1] == c {
                cost = cost.min(before[column - 1] + 1);
            }
            line[column + 1] = cost;
        }
        before = std::mem::replace(&mut above, line);
        last = Some(c);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests;
