//! Every place a process can get to: its state together with where the money and the goods are.
//! The proofs about money walk these places, because one state can be entered with the money
//! in different hands (a refund that timed out and a refund that failed wait in the same state).

use crate::effect::{Effect, Funds, Shelf};
use crate::process::{Process, Transition};

/// Guard by which a row says that a refund is on its way at the provider.
pub(crate) const REFUND_IN_FLIGHT: &str = "refund_in_flight";
/// Guard by which a row says that the provider reported the refund as failed.
pub(crate) const REFUND_KNOWN_FAILED: &str = "refund_known_failed";

/// A state, and where the money and the goods are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Place<'p> {
    pub(crate) state: &'p str,
    pub(crate) funds: Funds,
    pub(crate) shelf: Shelf,
}

/// All places that can be reached, and the steps that must not be made.
pub(crate) struct Map<'p> {
    pub(crate) places: Vec<Place<'p>>,
    /// For each place the one it was first entered from, and by which row.
    entered: Vec<Option<(usize, &'p Transition)>>,
    /// From the place of this number, the row has an effect that makes no sense there.
    pub(crate) broken: Vec<(usize, &'p Transition, &'p Effect)>,
}

impl<'p> Place<'p> {
    pub(crate) fn first(process: &'p Process) -> Place<'p> {
        Place { state: process.start(), funds: Funds::Empty, shelf: Shelf::Untouched }
    }

    /// The rows that can be made here: those whose guards about the money hold.
    pub(crate) fn moves(self, process: &'p Process) -> impl Iterator<Item = &'p Transition> {
        process.leaving(self.state).filter(move |row| self.allows(row))
    }

    fn allows(self, row: &Transition) -> bool {
        row.guards.iter().all(|guard| match guard.as_str() {
            REFUND_IN_FLIGHT => self.funds.refund_in_transit(),
            REFUND_KNOWN_FAILED => self.funds.refund_due(),
            _ => true,
        })
    }

    /// Where the row leads.
    ///
    /// # Errors
    /// The first effect that makes no sense here.
    pub(crate) fn after(self, row: &'p Transition) -> Result<Place<'p>, &'p Effect> {
        let mut place = Place { state: &row.to, ..self };
        for effect in &row.effects {
            match effect {
                Effect::Money(money) => place.funds = place.funds.after(*money).ok_or(effect)?,
                Effect::Stock(stock) => place.shelf = place.shelf.after(*stock).ok_or(effect)?,
                Effect::Other(_) => {}
            }
        }
        Ok(place)
    }
}

impl<'p> Map<'p> {
    /// Walks every path from the start; a step that makes no sense is noted and not followed.
    pub(crate) fn of(process: &'p Process) -> Map<'p> {
        let places = vec![Place::first(process)];
        let mut map = Map { places, entered: vec![None], broken: Vec::new() };
        let mut next = 0;
        while let Some(&place) = map.places.get(next) {
            for row in place.moves(process) {
                match place.after(row) {
                    Ok(place) if map.places.contains(&place) => {}
                    Ok(place) => {
                        map.places.push(place);
                        map.entered.push(Some((next, row)));
                    }
                    Err(effect) => map.broken.push((next, row, effect)),
                }
            }
            next += 1;
        }
        map
    }

    /// A path from the start to a place, as `checkout → payment_succeeded`.
    pub(crate) fn path(&self, mut number: usize) -> String {
        let mut names = Vec::new();
        while let Some(Some((before, row))) = self.entered.get(number) {
            names.push(row.name.as_str());
            number = *before;
        }
        names.reverse();
        if names.is_empty() { "(start)".to_owned() } else { names.join(" → ") }
    }

    /// Every step between two places.
    pub(crate) fn steps(
        &self,
        process: &'p Process,
    ) -> impl Iterator<Item = (Place<'p>, &'p Transition, Place<'p>)> {
        self.places.iter().flat_map(move |&place| {
            place.moves(process).filter_map(move |row| Some((place, row, place.after(row).ok()?)))
        })
    }
}
