//! What there is to trade.

/// An item, by its place in the market.
pub type Item = u32;

/// What somebody would take for an item of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    pub item: Item,
    /// How much they want it, 0 to [`Market::WORTH_MAX`]: of rings that trade as many items, those of more worth are taken.
    pub worth: u16,
}

#[derive(Clone, Debug)]
struct Node {
    is_guard: bool,
    wants: Vec<Want>,
}

/// Items, and what their owners would take for each.
///
/// A guard is no item. It stands for "one of these, once": whoever offers several items for the same things lets each want the
/// guard, and the guard want the things. It is in one ring at most, as an item is, and is not counted.
#[derive(Clone, Debug, Default)]
pub struct Market {
    nodes: Vec<Node>,
    wants: usize,
}

impl Market {
    /// The most that something can be wanted.
    pub const WORTH_MAX: u16 = 1_000;

    /// A market without items.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an item.
    pub fn item(&mut self) -> Item {
        self.add(false)
    }

    /// Adds a guard.
    pub fn guard(&mut self) -> Item {
        self.add(true)
    }

    fn add(&mut self, is_guard: bool) -> Item {
        self.nodes.push(Node { is_guard, wants: Vec::new() });
        Item::try_from(self.nodes.len() - 1).unwrap_or(Item::MAX)
    }

    /// The owner of `item` would take `wanted` for it. Said twice, the greater worth counts. Nobody trades an item for itself,
    /// and what is not there is wanted in vain: such wants are left out, and `false` says so.
    pub fn want(&mut self, item: Item, wanted: Item, worth: u16) -> bool {
        let is_there = (wanted as usize) < self.nodes.len();
        let Some(node) = self.nodes.get_mut(item as usize).filter(|_| is_there && item != wanted) else {
            return false;
        };
        let worth = worth.min(Self::WORTH_MAX);
        match node.wants.iter_mut().find(|want| want.item == wanted) {
            Some(want) => want.worth = want.worth.max(worth),
            None => {
                node.wants.push(Want { item: wanted, worth });
                self.wants += 1;
            }
        }
        true
    }

    /// How many items and guards there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// How many items there are, without guards.
    pub fn items_len(&self) -> usize {
        self.nodes.iter().filter(|node| !node.is_guard).count()
    }

    /// How many wants there are.
    pub fn wants_len(&self) -> usize {
        self.wants
    }

    /// What is wanted for an item.
    pub fn wants(&self, item: Item) -> &[Want] {
        self.nodes.get(item as usize).map_or(&[], |node| &node.wants)
    }

    /// How much `wanted` is wanted for `item`, if it is.
    pub fn worth(&self, item: Item, wanted: Item) -> Option<u16> {
        self.wants(item).iter().find(|want| want.item == wanted).map(|want| want.worth)
    }

    pub fn is_guard(&self, item: Item) -> bool {
        self.nodes.get(item as usize).is_some_and(|node| node.is_guard)
    }

    pub(crate) fn items(&self) -> impl Iterator<Item = Item> + use<> {
        0..Item::try_from(self.nodes.len()).unwrap_or(Item::MAX)
    }
}
