//! Counts all matches and keeps the best of them after a given place.
//!
//! A match is ordered by a 64-bit key, larger first, then by its id, smaller first. The key is a
//! monotone image of score, time, price or distance; zero is kept for "has none", which is last.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::accessory::DEMOTION;
use crate::geo;
use crate::schema::column;

/// By what matches are ordered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Order {
    /// By score; accessories lower if `demote`.
    Score {
        demote: bool,
    },
    Newest,
    PriceAsc,
    PriceDesc,
    /// By distance in kilometres from a place in degrees.
    Distance {
        lat: f64,
        lng: f64,
    },
}

/// One of the best matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    pub key: u64,
    pub id: u128,
    pub score: f32,
    pub address: DocAddress,
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The worst entry is the greatest, so that a heap has it on top.
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        other.key.cmp(&self.key).then_with(|| self.id.cmp(&other.id))
    }
}

/// What a ranking found.
#[derive(Debug, Default)]
pub struct Ranked {
    /// All matches, before and after the given place.
    pub total: usize,
    /// The best ones, best first.
    pub best: Vec<Entry>,
}

/// The collector.
pub struct Ranking {
    pub order: Order,
    /// How many entries to keep.
    pub keep: usize,
    /// Only entries after this key and id.
    pub after: Option<(u64, u128)>,
}

impl Collector for Ranking {
    type Fruit = Ranked;
    type Child = SegmentRanking;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentRanking> {
        let fast = reader.fast_fields();
        Ok(SegmentRanking {
            segment,
            keys: match self.order {
                Order::Score { demote: false } => Keys::Score(None),
                Order::Score { demote: true } => Keys::Score(Some(fast.u64(column::ACCESSORY)?)),
                Order::Newest => Keys::Newest(fast.i64(column::PUBLISHED)?),
                Order::PriceAsc => Keys::PriceAsc(fast.i64(column::PRICE)?),
                Order::PriceDesc => Keys::PriceDesc(fast.i64(column::PRICE)?),
                Order::Distance { lat, lng } => {
                    Keys::Distance((lat, lng), fast.f64(column::LAT)?, fast.f64(column::LNG)?)
                }
            },
            high: fast.u64(column::ID_HIGH)?,
            low: fast.u64(column::ID_LOW)?,
            keep: self.keep,
            after: self.after,
            total: 0,
            heap: BinaryHeap::with_capacity(self.keep + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        matches!(self.order, Order::Score { .. })
    }

    fn merge_fruits(&self, fruits: Vec<Ranked>) -> tantivy::Result<Ranked> {
        let mut all = Ranked::default();
        for fruit in fruits {
            all.total += fruit.total;
            all.best.extend(fruit.best);
        }
        all.best.sort_unstable();
        all.best.truncate(self.keep);
        Ok(all)
    }
}

/// Where the key of a document comes from.
enum Keys {
    Score(Option<Column<u64>>),
    Newest(Column<i64>),
    PriceAsc(Column<i64>),
    PriceDesc(Column<i64>),
    Distance((f64, f64), Column<f64>, Column<f64>),
}

impl Keys {
    fn of(&self, doc: DocId, score: Score) -> (u64, Score) {
        match self {
            Keys::Score(accessory) => {
                let demoted = accessory.as_ref().is_some_and(|flag| flag.first(doc) == Some(1));
                let score = if demoted { score * DEMOTION } else { score };
                // Bits of floats that are not negative are in the order of the floats.
                (u64::from(score.max(0.0).to_bits()), score)
            }
            Keys::Newest(time) => (time.first(doc).map_or(0, |time| (time as u64) ^ (1 << 63)), 0.0),
            Keys::PriceAsc(price) => {
                (price.first(doc).map_or(0, |price| u64::MAX - price.max(0) as u64), 0.0)
            }
            Keys::PriceDesc(price) => (price.first(doc).map_or(0, |price| price.max(0) as u64 + 1), 0.0),
            Keys::Distance(from, lat, lng) => match (lat.first(doc), lng.first(doc)) {
                (Some(lat), Some(lng)) => {
                    let millimetres = geo::distance_km(*from, (lat, lng)) * 1e6;
                    (u64::MAX - millimetres as u64, 0.0)
                }
                _ => (0, 0.0),
            },
        }
    }
}

/// The collector of one segment.
pub struct SegmentRanking {
    segment: SegmentOrdinal,
    keys: Keys,
    high: Column<u64>,
    low: Column<u64>,
    keep: usize,
    after: Option<(u64, u128)>,
    total: usize,
    heap: BinaryHeap<Entry>,
}

impl SegmentRanking {
    fn id(&self, doc: DocId) -> u128 {
        let half = |column: &Column<u64>| u128::from(column.first(doc).unwrap_or_default());
        half(&self.high) << 64 | half(&self.low)
    }

    /// Whether an entry with this key could still be kept; looking up the id costs more.
    fn may_keep(&self, key: u64) -> bool {
        let worse = |worst: &Entry| self.heap.len() >= self.keep && key < worst.key;
        self.after.is_none_or(|(last, _)| key <= last) && !self.heap.peek().is_some_and(worse)
    }
}

impl SegmentCollector for SegmentRanking {
    type Fruit = Ranked;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        if self.keep == 0 {
            return;
        }
        let (key, score) = self.keys.of(doc, score);
        if !self.may_keep(key) {
            return;
        }
        let id = self.id(doc);
        if self.after.is_some_and(|(last, last_id)| key == last && id <= last_id) {
            return;
        }
        let address = DocAddress::new(self.segment, doc);
        self.heap.push(Entry { key, id, score, address });
        if self.heap.len() > self.keep {
            self.heap.pop();
        }
    }

    fn harvest(self) -> Ranked {
        Ranked { total: self.total, best: self.heap.into_vec() }
    }
}
