//! A photo and where its renditions are.

use kernel::PhotoId;
use serde::{Deserialize, Serialize};

/// A picture of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub id: PhotoId,
    /// Folder in the object store: `{key}/{width}.webp` and `{key}/{width}.jpg`.
    pub key: String,
    /// Size of the largest rendition, pixels.
    pub width: i32,
    pub height: i32,
    /// Widths there are, ascending.
    pub widths: Vec<i32>,
    pub thumbhash: Vec<u8>,
    /// Average colour as RRGGBB.
    pub colour: String,
    pub alt: String,
}

/// The little of a photo that a card in a list needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumb {
    pub key: String,
    pub width: i32,
    pub height: i32,
    pub widths: Vec<i32>,
    pub colour: String,
}

impl Photo {
    pub fn thumb(&self) -> Thumb {
        Thumb {
            key: self.key.clone(),
            width: self.width,
            height: self.height,
            widths: self.widths.clone(),
            colour: self.colour.clone(),
        }
    }
}
