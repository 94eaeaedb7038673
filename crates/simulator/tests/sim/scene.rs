//! Scenes on books in memory.

pub use super::asking::{Scene, call};

use super::asking::scene_on;
use simulator::books::Memory;
use std::sync::Arc;

/// A world of its own.
pub async fn scene() -> Scene {
    scene_on(Arc::new(Memory::new()), Box::new(()))
}
