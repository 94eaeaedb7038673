//! What happens to documents.

use kernel::{DocumentId, MemberId};
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// There is one more.
#[derive(Serialize, Deserialize, Debug)]
pub struct Issued {
    pub document: DocumentId,
    pub for_member: MemberId,
    /// As [`super::Kind::name`] says it.
    pub kind: String,
}

impl Event for Issued {
    const KIND: &'static str = "documents.issued";
    fn subject(&self) -> Uuid {
        self.document.0
    }
}
