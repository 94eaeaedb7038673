//! What happens to accounts.

use kernel::MemberId;
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Somebody opened an account.
#[derive(Serialize, Deserialize, Debug)]
pub struct Registered {
    pub member: MemberId,
}

impl Event for Registered {
    const KIND: &'static str = "accounts.registered";
    fn subject(&self) -> Uuid {
        self.member.0
    }
}

/// Somebody has another handle: what shows it must be shown anew.
#[derive(Serialize, Deserialize, Debug)]
pub struct Renamed {
    pub member: MemberId,
}

impl Event for Renamed {
    const KIND: &'static str = "accounts.renamed";
    fn subject(&self) -> Uuid {
        self.member.0
    }
}
