//! Scenes on books in a town's database.

pub use super::asking::{Scene, call};

use super::asking::scene_on;
use simulator::books::Stored;
use std::sync::Arc;
use testkit::Town;

/// A world in a town of its own.
pub async fn scene() -> Scene {
    let town = Town::new().await;
    let books = Stored::new(town.db.clone());
    scene_on(Arc::new(books), Box::new(town))
}
