//! From a market to rings.

use crate::cycles;
use crate::market::{Item, Market};
use crate::pick::{self, Limits};
use std::ops::RangeInclusive;

/// How long rings may be: more people than that do not all keep their word.
pub const LENGTHS: RangeInclusive<u8> = 2..=6;

/// How much may be tried, in steps and not in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Wants that are followed to find cycles; some hundred million a second.
    pub follow: u64,
    /// Cycles that are looked at.
    pub cycles: usize,
    /// Cycles of one part of the market, whose cycles share items, that are picked from with all ways tried; in larger parts the
    /// best at sight are taken.
    pub part: usize,
    /// Cycles that are looked at again in one part, over all ways that are tried: a way of a part of a thousand costs a thousand.
    pub branches: u64,
}

impl Effort {
    /// For somebody who waits for the answer to one question: more ways are tried, for a minute or two at worst.
    pub fn patient() -> Self {
        Self { branches: 4_000_000, ..Self::default() }
    }
}

/// For what is solved again and again beside other work: some twenty seconds at worst for five thousand items.
impl Default for Effort {
    fn default() -> Self {
        Self { follow: 5_000_000_000, cycles: 1_000_000, part: 20_000, branches: 200_000 }
    }
}

/// A ring: the owner of each item gets the next one, the owner of the last gets the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring {
    /// Its items, with the guards through which some are wanted.
    pub way: Vec<Item>,
    /// How much all in it want what they get, together.
    pub worth: u32,
}

impl Ring {
    /// Its items, in their order.
    pub fn items(&self, market: &Market) -> impl Iterator<Item = Item> {
        self.way.iter().copied().filter(|item| !market.is_guard(*item))
    }
}

/// What is traded.
#[derive(Clone, Debug, Default)]
pub struct Solution {
    pub rings: Vec<Ring>,
    /// Items that are traded.
    pub traded: u32,
    /// More cannot be, in rings that are no longer. Where some cycles were not looked at, all items of the market.
    pub traded_max: u32,
    /// Cycles that were found.
    pub cycles: usize,
    /// Whether these are all there are.
    pub is_all: bool,
}

impl Solution {
    /// Whether it is sure that no more items can be traded.
    pub const fn is_best(&self) -> bool {
        self.traded == self.traded_max
    }

    /// How much all want what they get, together.
    pub fn worth(&self) -> u64 {
        self.rings.iter().map(|ring| u64::from(ring.worth)).sum()
    }
}

/// Finds rings of at most `longest` items, which is brought within [`LENGTHS`].
pub fn solve(market: &Market, longest: u8, effort: &Effort) -> Solution {
    let longest = longest.clamp(*LENGTHS.start(), *LENGTHS.end());
    let found = cycles::find(market, longest, effort.follow, effort.cycles);
    let limits = Limits { part: effort.part, branches: effort.branches };
    let picks = pick::pick(market.len(), &found.cycles, limits);
    let ring = |place: &usize| {
        let cycle = &found.cycles[*place];
        Ring { way: cycle.nodes.to_vec(), worth: cycle.worth }
    };
    let rings: Vec<Ring> = picks.places.iter().map(ring).collect();
    let count = |items: usize| u32::try_from(items).unwrap_or(u32::MAX);
    let traded = picks.places.iter().map(|place| found.cycles[*place].items).sum();
    let traded_max = if found.all { picks.items_max } else { count(market.items_len()) };
    Solution { traded, traded_max, rings, cycles: found.cycles.len(), is_all: found.all }
}
