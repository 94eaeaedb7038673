//! The keys of the vault: the one in use, one that takes its place, and those that were in use.

use crate::crypto::secrets::{self, SecretError};
use crate::crypto::{Key, Sealer};
use kernel::Dice;
use sha2::{Digest, Sha256};
use std::path::Path;

/// The names of the files, without `.key`.
pub(super) const KEY: &str = "vault";
pub(super) const NEXT: &str = "vault.next";
const OLD: &str = "vault.old-";

/// Keys with their names, the one in use first.
#[derive(Debug)]
pub(super) struct Ring(Vec<(String, Sealer)>);

/// The name of a key: tells keys apart, and nothing about them.
pub(super) fn name_of(key: &Key) -> String {
    let hash = Sha256::new().chain_update(b"tradeplus vault key").chain_update(key.reveal()).finalize();
    hex::encode(hash).chars().take(16).collect()
}

/// The file of a key that is not in use any more.
pub(super) fn old_file(name: &str) -> String {
    format!("{OLD}{name}")
}

impl Ring {
    pub(super) fn of(key: &Key) -> Self {
        Self(vec![(name_of(key), Sealer::new(key))])
    }

    /// All keys in a folder. The one in use is made when there is none.
    pub(super) fn load(folder: &Path, dice: &Dice) -> Result<Self, SecretError> {
        let mut ring = Self::of(&secrets::load_or_create(folder, KEY, dice)?);
        let old = secrets::names(folder)?.into_iter().filter(|name| name.starts_with(OLD));
        for name in old.chain([NEXT.to_owned()]) {
            if let Some(key) = secrets::find(folder, &name)? {
                ring.0.push((name_of(&key), Sealer::new(&key)));
            }
        }
        Ok(ring)
    }

    /// The name of the key in `vault.key`.
    pub(super) fn first(&self) -> &str {
        self.0.first().map_or("", |(name, _)| name)
    }

    pub(super) fn find(&self, name: &str) -> Option<&Sealer> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, sealer)| sealer)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Sealer> {
        self.0.iter().map(|(_, sealer)| sealer)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}
