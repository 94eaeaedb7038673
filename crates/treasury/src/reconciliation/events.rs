//! What comparisons find, for those who follow.

use kernel::RunId;
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A comparison ended, and not everything agrees.
#[derive(Serialize, Deserialize, Debug)]
pub struct ReconciliationFound {
    pub run: RunId,
    /// How much was found.
    pub findings: i32,
}

impl Event for ReconciliationFound {
    const KIND: &'static str = "reconciliation.found";
    fn subject(&self) -> Uuid {
        self.run.0
    }
}
