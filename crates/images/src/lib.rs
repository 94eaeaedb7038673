//! Floor 1: pictures. A crate of its own because its loops run over every pixel and are optimised in every build.
//!
//! Uploaded pictures are checked, turned upright, shrunk, and encoded anew from their pixels.
//!
//! Invariants: nothing of the uploaded file but its pixels gets out, so places, names and hidden payloads stay
//! behind; what a picture may cost in bytes, pixels, memory and time is bounded before it is decoded; only a
//! few are worked on side by side, the others wait.

mod decode;
mod placeholder;
mod refused;
mod render;
pub mod scene;
mod sniff;
#[cfg(test)]
mod tests;

pub use placeholder::thumbhash_data_uri;
pub use refused::{Foreign, PictureRefused};

use bytes::Bytes;
use kernel::limits::PHOTO_BYTES_MAX;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Widths of the renditions, pixels.
pub const WIDTHS: [u32; 4] = [240, 480, 960, 1600];
/// How long one picture may take, once it is its turn.
pub const WORK_MAX: Duration = Duration::from_secs(10);
/// How long a picture waits for its turn.
pub const WAIT_MAX: Duration = Duration::from_secs(30);

/// A picture in all the sizes that are served.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Size of the upright original, pixels.
    pub width: u32,
    pub height: u32,
    /// ThumbHash (21 to 25 bytes): the picture as a blur, see `thumbhash_data_uri`.
    pub thumbhash: Vec<u8>,
    /// Average colour as `RRGGBB`, transparent parts on white.
    pub colour: String,
    /// Smallest first; at least one. A width is one of `WIDTHS`, or the original's own when that is smaller;
    /// only pictures more than twice as high as wide are narrower, so that none is very high.
    pub renditions: Vec<Rendition>,
}

/// One size, in both encodings.
#[derive(Clone, Debug)]
pub struct Rendition {
    pub width: u32,
    pub height: u32,
    pub webp: Bytes,
    pub jpeg: Bytes,
}

/// Where pictures are worked on. Cheap to clone; clones share the places.
#[derive(Clone, Debug)]
pub struct Studio {
    places: Arc<Semaphore>,
    work_max: Duration,
}

impl Default for Studio {
    fn default() -> Self {
        Self::new()
    }
}

impl Studio {
    /// One place less than there are cores, at least one: the rest of the program stays quick. A place needs
    /// up to 300 MB while a very large picture is in it.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self::with(cores.saturating_sub(1).max(1), WORK_MAX)
    }

    /// A place on every core: for programs that nobody waits for.
    pub fn on_every_core() -> Self {
        Self::with(std::thread::available_parallelism().map_or(1, NonZero::get), WORK_MAX)
    }

    fn with(places: usize, work_max: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), work_max }
    }

    /// Checks and prepares an upload. Some 0.4 s of a core for a photo of 12 megapixels.
    ///
    /// # Errors
    /// [`PictureRefused`]; each has a message for the person.
    pub async fn prepare(&self, bytes: Bytes) -> Result<Prepared, PictureRefused> {
        if bytes.len() > PHOTO_BYTES_MAX {
            return Err(PictureRefused::TooManyBytes);
        }
        let format = sniff::format(&bytes)?;
        let turn = timeout(WAIT_MAX, Arc::clone(&self.places).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(PictureRefused::Busy) };
        let given_up = GivenUp::default();
        let flag = Arc::clone(&given_up.0);
        let work = tokio::task::spawn_blocking(move || {
            // The place is free when the thread is, which may be later than the caller's patience.
            let _turn = turn;
            let still_wanted = || !flag.load(Ordering::Relaxed);
            let picture = decode::decode(&bytes, format)?;
            render::render(picture, &still_wanted)
        });
        match timeout(self.work_max, work).await {
            Ok(Ok(result)) => result,
            Ok(Err(error)) => {
                tracing::warn!(%error, "a decoder gave up on a picture");
                Err(PictureRefused::Damaged)
            }
            Err(_) => Err(PictureRefused::TooSlow),
        }
    }
}

/// Tells the thread when nobody waits any more: too slow, or the caller is gone.
#[derive(Default)]
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
