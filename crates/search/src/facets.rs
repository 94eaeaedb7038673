//! Counts the values of the match set.
//!
//! Each segment counts ordinals in an array; ordinals become values only once, at the end.

use std::collections::HashMap;
use std::ops::Deref;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::filter::Dimension;
use crate::query::Facets;
use crate::schema::{FACET_GLUE, column};

/// Columns that can be counted.
const COLUMNS: [&str; 6] =
    [column::CATEGORY, column::CONDITION, column::CURRENCY, column::DEAL, column::DELIVERY, column::FACET];

/// Matches that are counted together.
const BLOCK: usize = 512;

/// The column a dimension is counted in.
pub fn column_of(dimension: &Dimension) -> &'static str {
    match dimension {
        Dimension::Condition => column::CONDITION,
        Dimension::Currency => column::CURRENCY,
        Dimension::Deal => column::DEAL,
        Dimension::Delivery => column::DELIVERY,
        Dimension::Attribute(_) => column::FACET,
    }
}

/// Counts by column and value, and the range of prices.
#[derive(Debug, Default)]
pub struct Counts {
    values: HashMap<&'static str, HashMap<String, u64>>,
    prices: Option<(i64, i64)>,
}

impl Counts {
    /// Takes the counts of one dimension from another count, which was taken without the filter
    /// on that dimension.
    pub fn replace(&mut self, dimension: &Dimension, mut other: Counts) {
        let name = column_of(dimension);
        let theirs = other.values.remove(name).unwrap_or_default();
        match dimension {
            Dimension::Attribute(id) => {
                let is_of = |term: &str| {
                    term.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with(FACET_GLUE))
                };
                let ours = self.values.entry(name).or_default();
                ours.retain(|term, _| !is_of(term));
                ours.extend(theirs.into_iter().filter(|(term, _)| is_of(term)));
            }
            _ => {
                self.values.insert(name, theirs);
            }
        }
    }

    /// The counts in the shape of an answer.
    pub fn facets(mut self, category: Option<&str>) -> Facets {
        let mut take = |name| self.values.remove(name).unwrap_or_default();
        let mut attributes: HashMap<String, HashMap<String, u64>> = HashMap::new();
        for (term, count) in take(column::FACET) {
            if let Some((id, value)) = term.split_once(FACET_GLUE) {
                attributes.entry(id.to_owned()).or_default().insert(value.to_owned(), count);
            }
        }
        let mut attributes: Vec<(String, Vec<(String, u64)>)> =
            attributes.into_iter().map(|(id, values)| (id, ranked(values))).collect();
        attributes.sort_unstable();
        let mut categories = take(column::CATEGORY);
        categories.retain(|path, _| is_child(path, category));
        Facets {
            categories: ranked(categories),
            conditions: ranked(take(column::CONDITION)),
            currencies: ranked(take(column::CURRENCY)),
            deal: ranked(take(column::DEAL)),
            delivery: ranked(take(column::DELIVERY)),
            attributes,
            price_min: self.prices.map(|(min, _)| min),
            price_max: self.prices.map(|(_, max)| max),
        }
    }
}

fn is_child(path: &str, parent: Option<&str>) -> bool {
    let below = match parent {
        None => Some(path),
        Some(parent) => path.strip_prefix(parent).and_then(|rest| rest.strip_prefix('.')),
    };
    below.is_some_and(|below| !below.contains('.'))
}

fn ranked(counts: HashMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// The collector.
pub struct Tally {
    columns: Vec<&'static str>,
    prices: bool,
}

impl Tally {
    /// Counts everything.
    pub fn all() -> Tally {
        Tally { columns: COLUMNS.to_vec(), prices: true }
    }

    /// Counts the column of one dimension.
    pub fn of(dimension: &Dimension) -> Tally {
        Tally { columns: vec![column_of(dimension)], prices: false }
    }
}

impl Collector for Tally {
    type Fruit = Counts;
    type Child = SegmentTally;

    fn for_segment(&self, _segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentTally> {
        let fast = reader.fast_fields();
        let mut values = Vec::new();
        for name in &self.columns {
            if let Some(terms) = fast.str(name)? {
                let counts = vec![0; terms.num_terms()];
                values.push(ColumnCounts { name, terms, counts });
            }
        }
        let price = if self.prices { Some(fast.i64(column::PRICE)?) } else { None };
        let found = SegmentCounts { values, prices: None };
        Ok(SegmentTally { found, price, docs: Vec::with_capacity(BLOCK), rows: Rows::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<SegmentCounts>) -> tantivy::Result<Counts> {
        let mut all = Counts::default();
        for fruit in fruits {
            for column in &fruit.values {
                column.add_to(all.values.entry(column.name).or_default())?;
            }
            all.prices = match (all.prices, fruit.prices) {
                (Some((min, max)), Some((low, high))) => Some((min.min(low), max.max(high))),
                (ours, theirs) => ours.or(theirs),
            };
        }
        Ok(all)
    }
}

/// What one segment counted.
pub struct SegmentCounts {
    values: Vec<ColumnCounts>,
    prices: Option<(i64, i64)>,
}

struct ColumnCounts {
    name: &'static str,
    terms: StrColumn,
    counts: Vec<u32>,
}

impl ColumnCounts {
    fn add_to(&self, all: &mut HashMap<String, u64>) -> tantivy::Result<()> {
        let counted = || self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let ordinals: Vec<u64> = counted().map(|(ordinal, _)| ordinal as u64).collect();
        let mut counts = counted().map(|(_, count)| u64::from(*count));
        self.terms.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
            let count = counts.next().unwrap_or_default();
            *all.entry(String::from_utf8_lossy(term).into_owned()).or_default() += count;
        })?;
        Ok(())
    }
}

/// The collector of one segment. Matches are counted a block at a time, column by column, which is
/// several times faster than looking at every column for each match.
pub struct SegmentTally {
    found: SegmentCounts,
    price: Option<Column<i64>>,
    docs: Vec<DocId>,
    rows: Rows,
}

/// Room for a block of values, kept to be used again.
#[derive(Default)]
struct Rows {
    docs: Vec<DocId>,
    rows: Vec<u32>,
    ordinals: Vec<u64>,
    prices: Vec<i64>,
}

impl SegmentTally {
    fn count_block(&mut self) {
        for column in &mut self.found.values {
            let ordinals = column.terms.deref().ords();
            self.rows.find(ordinals, &self.docs);
            self.rows.ordinals.resize(self.rows.rows.len(), 0);
            ordinals.values.get_vals(&self.rows.rows, &mut self.rows.ordinals);
            for ordinal in &self.rows.ordinals {
                if let Some(count) = column.counts.get_mut(*ordinal as usize) {
                    *count += 1;
                }
            }
        }
        if let Some(price) = &self.price {
            self.rows.find(price, &self.docs);
            self.rows.prices.resize(self.rows.rows.len(), 0);
            price.values.get_vals(&self.rows.rows, &mut self.rows.prices);
            for price in &self.rows.prices {
                let (min, max) = self.found.prices.unwrap_or((*price, *price));
                self.found.prices = Some((min.min(*price), max.max(*price)));
            }
        }
        self.docs.clear();
    }
}

impl Rows {
    fn find<T: Copy + PartialOrd + std::fmt::Debug + Send + Sync + 'static>(
        &mut self,
        column: &Column<T>,
        docs: &[DocId],
    ) {
        self.docs.clear();
        self.rows.clear();
        column.row_ids_for_docs(docs, &mut self.docs, &mut self.rows);
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = SegmentCounts;

    fn collect(&mut self, doc: DocId, _score: Score) {
        self.docs.push(doc);
        if self.docs.len() == BLOCK {
            self.count_block();
        }
    }

    fn harvest(mut self) -> SegmentCounts {
        self.count_block();
        self.found
    }
}

#[cfg(test)]
mod tests;
