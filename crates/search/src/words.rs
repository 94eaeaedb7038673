//! From text to words, the same way for documents and for queries.
//!
//! A *unit* is what a person would call one word: `sofa`, `wi-fi`, `dv7-1211ea`, `8GB`. It can be
//! written in several ways, its *forms*; a document is indexed under all of them and a query
//! accepts any, so `dv7 1211ea`, `dv7-1211ea` and `dv71211ea` find each other, as do `8 gb` and
//! `8GB`.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RawTokenizer, Stemmer, TextAnalyzer, TokenStream,
    WhitespaceTokenizer,
};

/// Longer words are cut, in the index and in the query alike.
const LONGEST_WORD: usize = 40;
/// A compound of more parts than this is a list, not a word.
const MOST_PARTS: usize = 5;

/// One word of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// As written, folded: what a correction keeps for words it does not touch.
    pub raw: String,
    /// Ways to write it; each is a sequence of words. The first is the plain one. Never empty.
    pub forms: Vec<Vec<String>>,
    /// True if punctuation parts it from the unit before.
    pub apart: bool,
}

impl Unit {
    /// The word, if this unit is a single one.
    pub fn single(&self) -> Option<&str> {
        match self.forms.first().map(Vec::as_slice) {
            Some([word]) => Some(word),
            _ => None,
        }
    }

    /// The words of the plain form.
    pub fn plain(&self) -> &[String] {
        self.forms.first().map_or(&[], Vec::as_slice)
    }

    /// Every word to index for this unit, each once.
    pub fn index_words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = Vec::new();
        for form in &self.forms {
            for word in form {
                push_once(&mut words, word);
                if let Some((left, right)) = letters_and_digits(word) {
                    push_once(&mut words, left);
                    push_once(&mut words, right);
                }
            }
        }
        words
    }
}

fn push_once<'a>(words: &mut Vec<&'a str>, word: &'a str) {
    if !words.contains(&word) {
        words.push(word);
    }
}

/// Lower case, without accents and other marks, Latin letters folded to ASCII.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let unmarked: String = text.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    let mut folder =
        TextAnalyzer::builder(RawTokenizer::default()).filter(LowerCaser).filter(AsciiFoldingFilter).build();
    let mut stream = folder.token_stream(&unmarked);
    if stream.advance() { stream.token().text.clone() } else { String::new() }
}

/// The units of a text, in order.
pub fn units(text: &str) -> Vec<Unit> {
    let folded: Vec<char> = fold(text).chars().collect();
    let mut splitter = Splitter::default();
    for (at, &c) in folded.iter().enumerate() {
        let next = folded.get(at + 1).copied().unwrap_or(' ');
        splitter.feed(c, next);
    }
    splitter.close();
    splitter.units
}

/// Cuts a stream of characters into units.
#[derive(Default)]
struct Splitter {
    units: Vec<Unit>,
    parts: Vec<String>,
    joints: Vec<char>,
    apart: bool,
}

impl Splitter {
    fn feed(&mut self, c: char, next: char) {
        let inside = !self.parts.is_empty();
        if is_logogram(c) {
            self.close();
            self.emit(c.to_string(), vec![vec![c.to_string()]]);
        } else if c.is_alphanumeric() {
            match self.parts.last_mut() {
                Some(part) => part.push(c),
                None => self.parts.push(c.to_string()),
            }
        } else if c == '\'' && inside && next.is_alphanumeric() {
            // men's and mens are one word
        } else if inside && next.is_alphanumeric() && self.joins(c, next) {
            self.parts.push(String::new());
            self.joints.push(c);
        } else {
            self.close();
            self.apart |= matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '|' | '/' | '.');
            self.apart |= matches!(c, '!' | '?' | '-' | '\u{2013}' | '\u{2014}');
        }
    }

    fn joins(&self, c: char, next: char) -> bool {
        match c {
            '-' | '_' | '.' | '+' | '&' => true,
            ',' => {
                let digits = |part: &String| part.chars().all(|c| c.is_ascii_digit());
                next.is_ascii_digit() && self.parts.last().is_some_and(digits)
            }
            _ => false,
        }
    }

    fn close(&mut self) {
        if self.parts.is_empty() {
            return;
        }
        let parts = std::mem::take(&mut self.parts);
        let joints = std::mem::take(&mut self.joints);
        let mut raw = String::new();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                raw.push(joints.get(at - 1).copied().unwrap_or('-'));
            }
            raw.push_str(part);
        }
        self.emit(raw, forms(&parts, &joints));
    }

    fn emit(&mut self, raw: String, forms: Vec<Vec<String>>) {
        self.units.push(Unit { raw, forms, apart: std::mem::take(&mut self.apart) });
    }
}

/// The ways to write a compound.
fn forms(parts: &[String], joints: &[char]) -> Vec<Vec<String>> {
    if let Some(number) = number(parts, joints) {
        return word_forms(number);
    }
    if let [word] = parts {
        return word_forms(word.clone());
    }
    let plain: Vec<String> = parts.iter().map(|part| cut(part)).collect();
    let joined: String = parts.concat();
    if parts.len() <= MOST_PARTS && joined.chars().count() <= LONGEST_WORD {
        vec![plain, vec![joined]]
    } else {
        vec![plain]
    }
}

/// A plain word, and its two halves if it is made of letters and digits.
fn word_forms(word: String) -> Vec<Vec<String>> {
    let word = cut(&word);
    let halves = letters_and_digits(&word).map(|(l, r)| vec![l.to_owned(), r.to_owned()]);
    std::iter::once(vec![word]).chain(halves).collect()
}

/// `1,200` is 1200; `4.0` is 4; `2.50ghz` is 2.5ghz. Other compounds are no numbers.
fn number(parts: &[String], joints: &[char]) -> Option<String> {
    let digits = |part: &String| part.chars().all(|c| c.is_ascii_digit());
    let first = parts.first().filter(|part| digits(part))?;
    if !joints.is_empty() && joints.iter().all(|joint| *joint == ',') && parts.iter().all(digits) {
        return Some(parts.concat());
    }
    let ([_, fraction], ['.']) = (parts, joints) else { return None };
    let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
    let (decimals, unit) = fraction.split_at(end);
    if decimals.is_empty() || !unit.chars().all(|c| c.is_alphabetic()) {
        return None;
    }
    let decimals = decimals.trim_end_matches('0');
    let dot = if decimals.is_empty() { "" } else { "." };
    Some(format!("{first}{dot}{decimals}{unit}"))
}

/// The halves of a word with exactly one border between letters and digits.
pub fn letters_and_digits(word: &str) -> Option<(&str, &str)> {
    let class = |c: char| c.is_ascii_digit() || c == '.';
    let mut chars = word.char_indices();
    let first = class(chars.next()?.1);
    let border = chars.find(|(_, c)| class(*c) != first)?.0;
    let (left, right) = word.split_at(border);
    right.chars().all(|c| class(c) != first).then_some((left, right))
}

fn cut(word: &str) -> String {
    word.chars().take(LONGEST_WORD).collect()
}

/// Scripts written without spaces: each sign is a word.
fn is_logogram(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// English words that carry no meaning for a search.
const STOP_WORDS: [&str; 22] = [
    "a", "an", "and", "are", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "that", "the",
    "this", "to", "under", "with", "without", "your",
];

/// Whether a query may leave this word out.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

/// Cuts English endings (Snowball's English stemmer, "Porter 2").
pub struct Stems(TextAnalyzer);

impl Stems {
    /// A stemmer; cheap, but keep it for many words.
    pub fn new() -> Stems {
        let analyzer = TextAnalyzer::builder(WhitespaceTokenizer::default());
        Stems(analyzer.filter(Stemmer::new(Language::English)).build())
    }

    /// The stem of each word of a text parted by spaces, in order.
    pub fn all(&mut self, words: &str) -> Vec<String> {
        let mut stems = Vec::new();
        self.0.token_stream(words).process(&mut |token| stems.push(token.text.clone()));
        stems
    }

    /// The stem of one word.
    pub fn one(&mut self, word: &str) -> String {
        self.all(word).into_iter().next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
