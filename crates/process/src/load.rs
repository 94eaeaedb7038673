//! The only door to a [`Process`]: read the table, then prove it.

use crate::effect::Funds;
use crate::fault::Fault;
use crate::hold::{self, LongestHold};
use crate::place::Map;
use crate::process::Process;
use crate::proofs::{paths, shape, words};
use crate::read;

impl Process {
    /// Reads a table and proves it.
    ///
    /// # Errors
    /// Every fault of the first group that has any: form; then names and states; then shape,
    /// time, money and stock. A later group makes sense only when the earlier ones hold.
    pub fn load(toml: &str) -> Result<Process, Vec<Fault>> {
        let process = read::read(toml)?;
        refuse(words::check(&process))?;
        let map = Map::of(&process);
        let mut faults = shape::check(&process);
        faults.extend(paths::check(&process, &map));
        refuse(faults)?;
        Ok(process)
    }

    /// The longest that a buyer's money can be held, whatever everybody does;
    /// `None` if the process holds none. Proved to fit [`Process::hold_window`].
    pub fn longest_hold(&self) -> Option<LongestHold> {
        let held = hold::longest(self, &Map::of(self), |place| place.funds == Funds::Held);
        held.ok().flatten()
    }
}

fn refuse(faults: Vec<Fault>) -> Result<(), Vec<Fault>> {
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
