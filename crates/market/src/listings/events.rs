//! What happens to listings.

use kernel::ListingId;
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something about a listing changed that others show: its words, price, state, stock or photos.
#[derive(Serialize, Deserialize, Debug)]
pub struct Changed {
    pub listing: ListingId,
}

impl Event for Changed {
    const KIND: &'static str = "listings.changed";
    fn subject(&self) -> Uuid {
        self.listing.0
    }
}
