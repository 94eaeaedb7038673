//! Where files of documents are made.

use super::body::Body;
use super::sheet::lay_out;
use super::words::Tongue;
use kernel::Refusal;
use paper::{Fonts, Pdf, Unusable, render};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Files that are made side by side: the rest of the program stays quick.
const AT_ONCE: usize = 2;

/// The fonts, and the places at which files are made. Cheap to clone; clones share the places.
#[derive(Clone, Debug)]
pub struct Press {
    fonts: Arc<Fonts>,
    places: Arc<Semaphore>,
}

impl Default for Press {
    /// With the fonts that the program carries.
    fn default() -> Self {
        Self::of(Fonts::built_in())
    }
}

impl Press {
    fn of(fonts: Fonts) -> Self {
        Self { fonts: Arc::new(fonts), places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// With those of a folder too, if one is named.
    ///
    /// # Errors
    /// [`Unusable`], with the file that is at fault.
    pub fn load(folder: Option<&Path>) -> Result<Self, Unusable> {
        Ok(match folder {
            Some(folder) => Self::of(Fonts::with_folder(folder)?),
            None => Self::default(),
        })
    }

    /// Makes a file, when a place is free. Some milliseconds of a core for a page.
    ///
    /// # Errors
    /// A font of the operator's folder is broken.
    pub async fn print(&self, body: &Body, tongue: Tongue) -> Result<Pdf, Refusal> {
        let (sheet, fonts) = (lay_out(body, tongue), Arc::clone(&self.fonts));
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(Refusal::broken)?;
        let work = tokio::task::spawn_blocking(move || {
            // The place is free when the thread is.
            let _place = place;
            render(&sheet, &fonts)
        });
        work.await.map_err(Refusal::broken)?.map_err(Refusal::broken)
    }
}
