//! What happens to orders.

use kernel::{MemberId, Moment, OrderId};
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An order took a step of its process.
#[derive(Serialize, Deserialize, Debug)]
pub struct Moved {
    pub order: OrderId,
    pub transition: String,
    pub from: String,
    pub to: String,
    /// When silence has its say in the new state; told with the fact, because later it may be another.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub until: Option<Moment>,
}

impl Event for Moved {
    const KIND: &'static str = "orders.moved";
    fn subject(&self) -> Uuid {
        self.order.0
    }
}

/// An order needs a person of the staff: its table says so.
#[derive(Serialize, Deserialize, Debug)]
pub struct OperatorNeeded {
    pub order: OrderId,
    pub transition: String,
}

impl Event for OperatorNeeded {
    const KIND: &'static str = "orders.operator_needed";
    fn subject(&self) -> Uuid {
        self.order.0
    }
}

/// A seller let a deal fail: they called it off, or did not send it.
#[derive(Serialize, Deserialize, Debug)]
pub struct Struck {
    pub order: OrderId,
    pub seller: MemberId,
}

impl Event for Struck {
    const KIND: &'static str = "orders.struck";
    fn subject(&self) -> Uuid {
        self.order.0
    }
}
