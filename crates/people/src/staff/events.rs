//! What staff does that others must follow.

use kernel::MemberId;
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Somebody is suspended, or is so no more: whichever the account says now.
#[derive(Serialize, Deserialize, Debug)]
pub struct SuspensionChanged {
    pub member: MemberId,
}

impl Event for SuspensionChanged {
    const KIND: &'static str = "staff.suspension_changed";
    fn subject(&self) -> Uuid {
        self.member.0
    }
}
