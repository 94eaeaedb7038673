//! Every cycle that is short enough, once.
//!
//! Each is found from its first node, the one of the smallest number. From there wants are followed as far as a way back is left:
//! the last two steps back are known beforehand, so that hardly any way is gone in vain.

use crate::market::{Item, Market};

/// Steps back to the first node that are known beforehand.
const KNOWN_BACK: u8 = 2;
const FAR: u8 = u8::MAX;

/// A cycle: each node gets the next, the last the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cycle {
    pub nodes: Box<[Item]>,
    /// Items in it, without guards.
    pub items: u32,
    /// The sum of what each thing in it is worth to who gets it.
    pub worth: u32,
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Found {
    pub cycles: Vec<Cycle>,
    /// Whether these are all.
    pub all: bool,
}

/// Finds the cycles of at most `longest` items, in the order of their first nodes. After `steps_max` steps, or with
/// `cycles_max` cycles, it stops.
pub(crate) fn find(market: &Market, longest: u8, steps_max: u64, cycles_max: usize) -> Found {
    let len = market.len();
    let mut back: Vec<Vec<Item>> = vec![Vec::new(); len];
    for item in market.items() {
        for want in market.wants(item) {
            back[want.item as usize].push(item);
        }
    }
    let mut search = Search {
        market,
        back,
        longest,
        known: KNOWN_BACK.min(longest.saturating_sub(1)),
        steps_left: steps_max,
        cycles_max,
        near: vec![FAR; len],
        near_list: Vec::new(),
        on_way: vec![false; len],
        way: Vec::new(),
        found: Vec::new(),
        is_over: false,
    };
    for first in market.items() {
        search.from(first);
        if search.is_over {
            break;
        }
    }
    Found { all: !search.is_over, cycles: search.found }
}

struct Search<'a> {
    market: &'a Market,
    /// Who wants each node.
    back: Vec<Vec<Item>>,
    longest: u8,
    /// Items back to the first node up to which ways are known.
    known: u8,
    steps_left: u64,
    cycles_max: usize,
    /// Items from a node to the end of a way back to the first, itself with them, where it is near.
    near: Vec<u8>,
    near_list: Vec<Item>,
    on_way: Vec<bool>,
    way: Vec<Item>,
    found: Vec<Cycle>,
    is_over: bool,
}

impl Search<'_> {
    fn size(&self, node: Item) -> u8 {
        u8::from(!self.market.is_guard(node))
    }

    fn from(&mut self, first: Item) {
        if self.market.wants(first).is_empty() || self.back[first as usize].is_empty() {
            return;
        }
        self.look_back(first);
        self.on_way[first as usize] = true;
        self.way.push(first);
        self.follow(first, first, self.size(first), 0);
        self.way.pop();
        self.on_way[first as usize] = false;
        for node in self.near_list.drain(..) {
            self.near[node as usize] = FAR;
        }
    }

    /// Notes who is near the first node, by items on the way back, each with itself. Guards make no way longer.
    fn look_back(&mut self, first: Item) {
        let mut layer = vec![first];
        let mut distance = 0_u8;
        while !layer.is_empty() && distance <= self.known {
            let mut next = Vec::new();
            let mut at = 0;
            while let Some(node) = layer.get(at).copied() {
                at += 1;
                for n in 0..self.back[node as usize].len() {
                    let before = self.back[node as usize][n];
                    if before <= first {
                        continue;
                    }
                    self.steps_left = self.steps_left.saturating_sub(1);
                    let far = distance + self.size(before);
                    if far > self.known || self.near[before as usize] <= far {
                        continue;
                    }
                    if self.near[before as usize] == FAR {
                        self.near_list.push(before);
                    }
                    self.near[before as usize] = far;
                    if self.size(before) == 0 { layer.push(before) } else { next.push(before) }
                }
            }
            layer = next;
            distance += 1;
        }
    }

    fn follow(&mut self, first: Item, at: Item, items: u8, worth: u32) {
        let market = self.market;
        for want in market.wants(at) {
            if self.steps_left == 0 || self.found.len() >= self.cycles_max {
                self.is_over = true;
                return;
            }
            self.steps_left -= 1;
            let (to, worth) = (want.item, worth + u32::from(want.worth));
            if to == first {
                if items > 1 {
                    let nodes = self.way.clone().into_boxed_slice();
                    self.found.push(Cycle { nodes, items: u32::from(items), worth });
                }
                continue;
            }
            if to < first || self.on_way[to as usize] {
                continue;
            }
            let left = self.longest - items;
            let near = self.near[to as usize];
            // Who is not near needs more steps than are known beforehand.
            let is_hopeless = if near == FAR { left <= self.known } else { near > left };
            if is_hopeless || self.size(to) > left {
                continue;
            }
            self.on_way[to as usize] = true;
            self.way.push(to);
            self.follow(first, to, items + self.size(to), worth);
            self.way.pop();
            self.on_way[to as usize] = false;
            if self.is_over {
                return;
            }
        }
    }
}
