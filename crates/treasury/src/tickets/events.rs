//! What happens to tickets.

use kernel::TicketId;
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// There is one more. Not sent when an open one was reported again.
#[derive(Serialize, Deserialize, Debug)]
pub struct TicketOpened {
    pub ticket: TicketId,
    /// As [`super::Kind::name`] says it.
    pub kind: String,
}

impl Event for TicketOpened {
    const KIND: &'static str = "tickets.opened";
    fn subject(&self) -> Uuid {
        self.ticket.0
    }
}
