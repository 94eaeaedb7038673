//! What happens to holds: for the orders that they are about.

use kernel::{HoldId, OrderId};
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An order's money stays where it is from now on.
#[derive(Serialize, Deserialize, Debug)]
pub struct HoldPut {
    pub hold: HoldId,
    pub order: OrderId,
    /// As [`process::Hold::as_str`] says it.
    pub kind: String,
}

impl Event for HoldPut {
    const KIND: &'static str = "holds.put";
    fn subject(&self) -> Uuid {
        self.order.0
    }
}

/// A hold is over. Another one may still be on.
#[derive(Serialize, Deserialize, Debug)]
pub struct HoldLifted {
    pub hold: HoldId,
    pub order: OrderId,
    /// As [`process::Hold::as_str`] says it.
    pub kind: String,
}

impl Event for HoldLifted {
    const KIND: &'static str = "holds.lifted";
    fn subject(&self) -> Uuid {
        self.order.0
    }
}
