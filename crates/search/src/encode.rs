//! From a document to the fields of the index.

use tantivy::TantivyDocument;
use tantivy::schema::Field;

use crate::accessory;
use crate::document::Document;
use crate::geo;
use crate::schema::{FACET_GLUE, Fields, PAIR_GLUE};
use crate::words::{self, Stems, Unit};

/// Weights of the parts as whole repetitions, in the ratio 3 : 1.5 : 1 : 0.5. The category counts
/// as much as the brand: what shelf a thing stands on says what it is.
const TITLE: usize = 6;
const BRAND: usize = 3;
const CATEGORY: usize = 3;
const BODY: usize = 2;
const ATTRIBUTES: usize = 1;

/// Longer keywords are not indexed; no filter asks for them.
const LONGEST_KEYWORD: usize = 1000;

/// The document in the words of the index.
pub fn encode(document: &Document, fields: &Fields, stems: &mut Stems) -> TantivyDocument {
    let mut out = TantivyDocument::default();
    out.add_bytes(fields.id, &document.id.to_be_bytes());
    out.add_u64(fields.id_high, (document.id >> 64) as u64);
    out.add_u64(fields.id_low, document.id as u64);
    add_text(&mut out, document, fields, stems);
    add_keywords(&mut out, document, fields);
    out.add_i64(fields.published, document.published_at);
    if let Some(price) = document.price {
        out.add_i64(fields.price, price);
    }
    if let (Some(lat), Some(lng)) = (document.lat, document.lng)
        && geo::is_place(lat, lng)
    {
        out.add_f64(fields.lat, lat);
        out.add_f64(fields.lng, lng);
        out.add_u64(fields.cell, geo::cell(lat, lng));
    }
    out.add_text(fields.title, &document.title);
    out.add_text(fields.external_id, &document.external_id);
    out.add_text(fields.stored, &document.stored);
    out
}

fn add_text(out: &mut TantivyDocument, document: &Document, fields: &Fields, stems: &mut Stems) {
    let title = words::units(&document.title);
    let brand = words::units(&document.brand);
    let leaf = document.categories.iter().max_by_key(|path| path.len());
    let shelf = leaf.and_then(|path| path.rsplit('.').next()).unwrap_or_default();

    let title_stems = stems.all(&indexed_words(&title));
    let other = [
        (BRAND, indexed_words(&brand)),
        (CATEGORY, indexed_words(&words::units(&shelf.replace(['_', '-'], " ")))),
        (BODY, indexed_words(&words::units(&document.body))),
        (ATTRIBUTES, indexed_words(&words::units(&document.attributes_text))),
    ];
    let mut text = repeated(&title_stems, TITLE);
    for (weight, part) in other {
        text.push_str(&repeated(&stems.all(&part), weight));
    }
    out.add_text(fields.text, text);
    out.add_text(fields.exact, format!("{} {}", plain_words(&title), plain_words(&brand)));
    out.add_text(fields.pairs, pairs(&title));
    let accessory = accessory::names_accessory(title_stems.iter().map(String::as_str));
    out.add_u64(fields.accessory, u64::from(accessory));
}

fn add_keywords(out: &mut TantivyDocument, document: &Document, fields: &Fields) {
    let mut add = |field: Field, value: &str| {
        if !value.is_empty() && value.len() <= LONGEST_KEYWORD {
            out.add_text(field, value);
        }
    };
    add(fields.condition, &document.condition);
    add(fields.currency, &document.currency);
    add(fields.seller, &document.seller);
    for (field, values) in [
        (fields.category, &document.categories),
        (fields.deal, &document.deal),
        (fields.delivery, &document.delivery),
    ] {
        // A value given twice must not be counted twice.
        distinct(values.iter().cloned()).iter().for_each(|value| add(field, value));
    }
    let facets = document.facets.iter().filter(|(id, value)| !id.is_empty() && !value.is_empty());
    for facet in distinct(facets.map(|(id, value)| facet_term(id, value))) {
        add(fields.facet, &facet);
    }
}

fn distinct(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut values: Vec<String> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The keyword of an attribute's value.
pub fn facet_term(id: &str, value: &str) -> String {
    format!("{id}{FACET_GLUE}{value}")
}

/// All index words of the units, parted by spaces.
fn indexed_words(units: &[Unit]) -> String {
    let words: Vec<&str> = units.iter().flat_map(Unit::index_words).collect();
    words.join(" ")
}

/// The words as written, parted by spaces.
fn plain_words(units: &[Unit]) -> String {
    let words: Vec<&str> = units.iter().flat_map(Unit::plain).map(String::as_str).collect();
    words.join(" ")
}

fn repeated(stems: &[String], times: usize) -> String {
    let once = stems.join(" ") + " ";
    once.repeat(times)
}

/// Neighbouring words that read as a phrase, without punctuation or stop words between them.
fn pairs(title: &[Unit]) -> String {
    let mut pairs: Vec<String> = title
        .windows(2)
        .filter_map(|two| match two {
            [left, right] if !right.apart => pair(left.plain().last()?, right.plain().first()?),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.join(" ")
}

/// The term of two neighbouring words; none if they make no phrase.
pub fn pair(left: &str, right: &str) -> Option<String> {
    let plain =
        |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic) && !words::is_stop_word(word);
    (plain(left) && plain(right)).then(|| format!("{left}{PAIR_GLUE}{right}"))
}
