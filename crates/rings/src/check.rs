//! What anyone can check of an answer, without the solver.

use crate::market::{Item, Market};
use crate::solve::Ring;
use thiserror::Error;

/// What is wrong with some rings. Items by their places in the market.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    #[error("a ring has {0} items")]
    Length(usize),
    #[error("item or guard {0} is in two rings, or twice in one")]
    Twice(Item),
    #[error("item or guard {0} is not there")]
    Missing(Item),
    #[error("nobody would take {wanted} for {item}")]
    Unwanted { item: Item, wanted: Item },
}

/// Whether rings can be carried out: none longer than `longest` items, no item or guard twice, each wanted by who gets it.
///
/// # Errors
/// The first [`Fault`].
pub fn check(market: &Market, rings: &[Ring], longest: u8) -> Result<(), Fault> {
    let mut is_used = vec![false; market.len()];
    for ring in rings {
        let items = ring.items(market).count();
        if !(2..=usize::from(longest)).contains(&items) {
            return Err(Fault::Length(items));
        }
        for (n, item) in ring.way.iter().copied().enumerate() {
            let used = is_used.get_mut(item as usize).ok_or(Fault::Missing(item))?;
            if std::mem::replace(used, true) {
                return Err(Fault::Twice(item));
            }
            let wanted = ring.way[(n + 1) % ring.way.len()];
            if market.worth(item, wanted).is_none() {
                return Err(Fault::Unwanted { item, wanted });
            }
        }
    }
    Ok(())
}
