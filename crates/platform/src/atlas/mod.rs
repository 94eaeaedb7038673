//! In which country, and perhaps near which town, a network address seems to be: a guess, made on this machine when it
//! is shown, and shown as a guess. No table has a column for it.
//!
//! The list that the program carries knows countries (`table.rs`). A file that the operator names may know towns
//! (`file.rs`); where it knows nothing, the list is asked.

mod file;
mod table;
#[cfg(test)]
mod tests;

use crate::config::Places;
use crate::outgoing::is_public;
use file::PlaceFile;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// A country: the two capital letters of ISO 3166-1 alpha-2.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads "DE".
    pub fn read(code: &str) -> Option<Self> {
        let letters = <[u8; 2]>::try_from(code.as_bytes()).ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Where an address seems to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub country: Country,
    /// What the town is called in each language ("en", "de"); empty where none is known.
    pub town: BTreeMap<String, String>,
}

impl Place {
    /// The town's name in this language, else in English, else in any.
    pub fn town_in(&self, lang: &str) -> Option<&str> {
        let name = self.town.get(lang).or_else(|| self.town.get("en")).or_else(|| self.town.values().next());
        name.map(String::as_str).filter(|name| !name.is_empty())
    }
}

/// Whom a file's licence wants to see named wherever its places are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Credit {
    pub words: &'static str,
    pub url: &'static str,
}

/// Why the operator's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("places.addresses: {} cannot be used: {why}", .path.display())]
pub struct AtlasError {
    path: PathBuf,
    why: String,
}

/// Looks addresses up. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    file: Option<Arc<PlaceFile>>,
}

impl Atlas {
    /// Reads the file that the settings name, if they name one, into memory. Blocking; for the start only.
    ///
    /// # Errors
    /// The file cannot be read, is not in the MaxMind DB format, or names no countries.
    pub fn load(places: &Places) -> Result<Self, AtlasError> {
        let file = places.addresses.as_deref().map(PlaceFile::open).transpose()?;
        Ok(Self { file: file.map(Arc::new) })
    }

    /// Looks at all of the operator's file, which takes seconds for a large one. Blocking. Answers with what it calls
    /// itself; nothing where there is none.
    ///
    /// # Errors
    /// Some part of it is broken.
    pub fn verify(&self) -> Result<Option<&str>, AtlasError> {
        self.file.as_deref().map(PlaceFile::verify).transpose()
    }

    /// Where an address ("192.0.2.1", "2001:db8::1") or a network ("2001:db8::/64") seems to be. Nothing for those of
    /// one's own, for those that nobody uses, and for what is no address.
    pub fn find(&self, address: &str) -> Option<Place> {
        let address = address.split('/').next()?.parse::<IpAddr>().ok()?.to_canonical();
        if !is_public(address) {
            return None;
        }
        let told = self.file.as_deref().and_then(|file| file.find(address));
        told.or_else(|| Some(Place { country: table::country_of(address)?, town: BTreeMap::new() }))
    }

    /// Whom to name beside the places, if the operator's file is of somebody who asks for it.
    pub fn credit(&self) -> Option<Credit> {
        self.file.as_deref().and_then(PlaceFile::credit)
    }
}
