//! Files that belong to the marketplace: photos and exports, by key ("photos/0198…/480.webp").
//!
//! A put is atomic: a reader sees the whole new file or the old one, never a part. Keys are made by the
//! program; a key that would leave the store's folder is refused.

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{Attribute, ObjectStore, ObjectStoreExt, PutMultipartOptions, PutOptions, WriteMultipart};
use std::path::Path;
use std::sync::Arc;
use tokio::io::AsyncReadExt;

/// What a file is read by, and how many parts of it are on their way at once.
const PART: usize = 1024 * 1024;
const PARTS_AT_ONCE: usize = 4;

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the object store failed: {0}")]
pub struct ObjectError(#[from] object_store::Error);

impl From<object_store::path::Error> for ObjectError {
    fn from(error: object_store::path::Error) -> Self {
        Self(error.into())
    }
}

impl From<ObjectError> for kernel::Refusal {
    fn from(error: ObjectError) -> Self {
        Self::broken(error)
    }
}

/// The store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    /// A folder keeps no content types: there they follow from the key (`content_type_of`).
    keeps_types: bool,
}

impl Objects {
    /// A folder, made if it is missing. What is put is on the disk when the put returns.
    ///
    /// # Errors
    /// The folder cannot be made or used.
    pub fn local(dir: &Path) -> Result<Self, ObjectError> {
        let failed =
            |source: std::io::Error| object_store::Error::Generic { store: "folder", source: source.into() };
        std::fs::create_dir_all(dir).map_err(failed)?;
        let store = LocalFileSystem::new_with_prefix(dir)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self { store: Arc::new(store), keeps_types: false })
    }

    /// Gone when the process ends: for tests.
    pub fn in_memory() -> Self {
        Self { store: Arc::new(InMemory::new()), keeps_types: true }
    }

    /// Writes a file, over one that is there.
    ///
    /// # Errors
    /// The key is malformed, or the store fails.
    pub async fn put(&self, key: &str, bytes: Bytes, content_type: &'static str) -> Result<(), ObjectError> {
        let mut options = PutOptions::default();
        if self.keeps_types {
            options.attributes.insert(Attribute::ContentType, content_type.into());
        }
        self.store.put_opts(&Key::parse(key)?, bytes.into(), options).await?;
        Ok(())
    }

    /// Writes a file from the disk, over one that is there, without holding it in memory.
    ///
    /// # Errors
    /// The key is malformed, the file cannot be read, or the store fails.
    pub async fn put_file(
        &self,
        key: &str,
        path: &Path,
        content_type: &'static str,
    ) -> Result<(), ObjectError> {
        let failed =
            |source: std::io::Error| object_store::Error::Generic { store: "file", source: source.into() };
        let mut options = PutMultipartOptions::default();
        if self.keeps_types {
            options.attributes.insert(Attribute::ContentType, content_type.into());
        }
        let mut file = tokio::fs::File::open(path).await.map_err(failed)?;
        let upload = self.store.put_multipart_opts(&Key::parse(key)?, options).await?;
        let mut parts = WriteMultipart::new(upload);
        let mut part = vec![0_u8; PART];
        loop {
            let length = file.read(&mut part).await.map_err(failed)?;
            if length == 0 {
                break;
            }
            parts.wait_for_capacity(PARTS_AT_ONCE).await?;
            parts.write(&part[..length]);
        }
        parts.finish().await?;
        Ok(())
    }

    /// Reads a file piece by piece; nothing when there is none.
    ///
    /// # Errors
    /// The store fails. A malformed key names no file.
    pub async fn stream(
        &self,
        key: &str,
    ) -> Result<Option<BoxStream<'static, Result<Bytes, ObjectError>>>, ObjectError> {
        let Ok(key) = Key::parse(key) else { return Ok(None) };
        match self.store.get(&key).await {
            Ok(found) => Ok(Some(found.into_stream().map_err(ObjectError::from).boxed())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The keys of the files below `prefix`, a folder of keys, in no order.
    ///
    /// # Errors
    /// The prefix is malformed, or the store fails.
    pub async fn list(&self, prefix: &str) -> Result<Vec<String>, ObjectError> {
        let prefix = Key::parse(prefix)?;
        let found = self.store.list(Some(&prefix)).map_ok(|found| found.location.to_string());
        Ok(found.try_collect().await?)
    }

    /// Reads a file; nothing when there is none.
    ///
    /// # Errors
    /// The store fails. A malformed key names no file.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, ObjectError> {
        let Ok(key) = Key::parse(key) else { return Ok(None) };
        match self.store.get(&key).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether there is such a file, without reading it.
    ///
    /// # Errors
    /// The store fails. A malformed key names no file.
    pub async fn has(&self, key: &str) -> Result<bool, ObjectError> {
        let Ok(key) = Key::parse(key) else { return Ok(false) };
        match self.store.head(&key).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes a file; one that is not there is fine.
    ///
    /// # Errors
    /// The key is malformed, or the store fails.
    pub async fn delete(&self, key: &str) -> Result<(), ObjectError> {
        match self.store.delete(&Key::parse(key)?).await {
            Err(error) if !matches!(error, object_store::Error::NotFound { .. }) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Deletes every file below `prefix`, a folder of keys; answers how many. The empty prefix is refused.
    ///
    /// # Errors
    /// The prefix is malformed, or the store fails; some files may be gone then.
    pub async fn delete_prefix(&self, prefix: &str) -> Result<usize, ObjectError> {
        let prefix = Key::parse(prefix)?;
        if prefix.as_ref().is_empty() {
            return Err(object_store::path::Error::EmptySegment { path: String::new() }.into());
        }
        let keys = self.store.list(Some(&prefix)).map_ok(|found| found.location).boxed();
        let mut results = self.store.delete_stream(keys);
        let mut gone = 0;
        while let Some(result) = results.next().await {
            match result {
                Ok(_) => gone += 1,
                // Somebody else deletes the same files: they are gone, which is what was wanted.
                Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(gone)
    }
}

/// The content type that the end of a key stands for.
pub fn content_type_of(key: &str) -> &'static str {
    match key.rsplit_once('.').map(|(_, end)| end) {
        Some("webp") => "image/webp",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("zip") => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    async fn keeps_and_forgets(objects: Objects) {
        for key in ["photos/a/240.webp", "photos/a/480.webp", "photos/ab/240.webp"] {
            objects.put(key, Bytes::from_static(b"one"), "image/webp").await.unwrap();
        }
        objects.put("photos/a/240.webp", Bytes::from_static(b"two"), "image/webp").await.unwrap();
        assert_eq!(objects.get("photos/a/240.webp").await.unwrap().unwrap(), "two");
        assert_eq!(objects.get("photos/a/960.webp").await.unwrap(), None);
        assert!(objects.has("photos/a/240.webp").await.unwrap());
        assert!(!objects.has("photos/a/960.webp").await.unwrap());
        let mut keys = objects.list("photos/a").await.unwrap();
        keys.sort();
        assert_eq!(keys, ["photos/a/240.webp", "photos/a/480.webp"]);
        assert_eq!(objects.delete_prefix("photos/a").await.unwrap(), 2);
        assert_eq!(objects.delete_prefix("photos/a").await.unwrap(), 0);
        assert_eq!(objects.get("photos/a/240.webp").await.unwrap(), None);
        assert!(objects.get("photos/ab/240.webp").await.unwrap().is_some(), "another folder");
        assert!(objects.delete_prefix("").await.is_err());
        for outside in ["../outside", "photos/../../outside", "photos//x"] {
            assert!(objects.put(outside, Bytes::new(), "image/webp").await.is_err(), "{outside}");
            assert_eq!(objects.get(outside).await.unwrap(), None, "{outside}");
        }
    }

    #[tokio::test]
    async fn a_folder_keeps_files() {
        let scratch = Scratch::new("objects");
        keeps_and_forgets(Objects::local(&scratch.path().join("objects")).unwrap()).await;
    }

    #[tokio::test]
    async fn a_large_file_goes_in_and_out_in_pieces() {
        let scratch = Scratch::new("objects-pieces");
        let (path, large) = (scratch.path().join("large"), vec![3_u8; 3 * PART + 5]);
        std::fs::write(&path, &large).unwrap();
        for objects in [Objects::in_memory(), Objects::local(&scratch.path().join("objects")).unwrap()] {
            objects.put_file("copies/a.zip", &path, "application/zip").await.unwrap();
            let pieces = objects.stream("copies/a.zip").await.unwrap().unwrap();
            let pieces: Vec<Bytes> = pieces.try_collect().await.unwrap();
            assert_eq!(pieces.concat(), large);
            for _ in 0..2 {
                objects.delete("copies/a.zip").await.unwrap();
            }
            assert!(objects.stream("copies/a.zip").await.unwrap().is_none());
        }
    }

    #[tokio::test]
    async fn memory_does_the_same() {
        keeps_and_forgets(Objects::in_memory()).await;
    }

    #[test]
    fn types_follow_from_keys() {
        assert_eq!(content_type_of("photos/a/240.webp"), "image/webp");
        assert_eq!(content_type_of("photos/a.webp/240"), "application/octet-stream");
    }
}
