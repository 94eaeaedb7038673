//! An archive (ZIP) that is written to the disk piece by piece, whatever its size.
//!
//! A thread of its own writes; at most a handful of pieces wait for it, so memory does not grow with the archive.
//! Files are stored as they are: most of an archive is pictures, which do not get smaller.

use bytes::Bytes;
use kernel::Moment;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Pieces that wait to be written.
const WAITING: usize = 8;

/// Why an archive could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("the archive could not be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    #[error("the archive could not be written: {0}")]
    Disk(#[from] std::io::Error),
    #[error("the archive's thread has ended")]
    Ended,
}

impl From<ArchiveError> for kernel::Refusal {
    fn from(error: ArchiveError) -> Self {
        Self::broken(error)
    }
}

enum Piece {
    /// A new file begins.
    Name(String),
    Bytes(Bytes),
}

/// An archive in the making. Dropped before it is finished, it leaves an unreadable file behind.
pub struct Archive {
    pieces: mpsc::Sender<Piece>,
    thread: JoinHandle<Result<u64, ArchiveError>>,
}

impl Archive {
    /// Begins an archive at `path`, over one that is there; its folder is made. A path that cannot be written is told
    /// by the calls that follow.
    pub fn create(path: &Path) -> Self {
        let (pieces, waiting) = mpsc::channel(WAITING);
        let path = path.to_owned();
        let thread = tokio::task::spawn_blocking(move || write(&path, waiting));
        Self { pieces, thread }
    }

    /// Begins a file in it; what is written next belongs to this one.
    ///
    /// # Errors
    /// [`ArchiveError::Ended`]; [`Archive::finish`] then tells why.
    pub async fn file(&self, name: &str) -> Result<(), ArchiveError> {
        self.pieces.send(Piece::Name(name.to_owned())).await.map_err(|_| ArchiveError::Ended)
    }

    /// Adds to the file that was begun last.
    ///
    /// # Errors
    /// As [`Archive::file`].
    pub async fn write(&self, bytes: impl Into<Bytes>) -> Result<(), ArchiveError> {
        self.pieces.send(Piece::Bytes(bytes.into())).await.map_err(|_| ArchiveError::Ended)
    }

    /// Ends the archive. Answers its size in bytes.
    ///
    /// # Errors
    /// Why it could not be written.
    pub async fn finish(self) -> Result<u64, ArchiveError> {
        drop(self.pieces);
        self.thread.await.map_err(|_| ArchiveError::Ended)?
    }
}

fn write(path: &Path, mut pieces: mpsc::Receiver<Piece>) -> Result<u64, ArchiveError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // What is archived is nobody else's business on this machine.
    let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Piece::Name(name) => zip.start_file(name.as_str(), options)?,
            Piece::Bytes(bytes) => zip.write_all(&bytes)?,
        }
    }
    let mut file = zip.finish()?;
    file.flush()?;
    Ok(std::fs::metadata(path)?.len())
}

/// Deletes an archive from the disk; one that is not there is fine.
///
/// # Errors
/// [`ArchiveError::Disk`].
pub async fn remove(path: &Path) -> Result<(), ArchiveError> {
    match tokio::fs::remove_file(path).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Deletes what lies in `folder` and was not written to for a day: archives whose maker was stopped.
///
/// # Errors
/// [`ArchiveError::Disk`].
pub fn sweep(folder: &Path, now: Moment) -> Result<(), ArchiveError> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        // One that is gone meanwhile is fine.
        let Ok(written) = entry.metadata().and_then(|file| file.modified()) else { continue };
        if Moment::from(written) < now - time::Duration::days(1) {
            match std::fs::remove_file(entry.path()) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;
    use std::io::Read;

    #[tokio::test]
    async fn what_was_written_is_read_again() {
        let scratch = Scratch::new("archive");
        let path = scratch.path().join("a.zip");
        let archive = Archive::create(&path);
        archive.file("one.json").await.unwrap();
        for _ in 0..100 {
            archive.write("[1, 2, 3]").await.unwrap();
        }
        archive.file("photos/ü.jpg").await.unwrap();
        archive.write(vec![7_u8; 100_000]).await.unwrap();
        let size = archive.finish().await.unwrap();
        assert_eq!(size, std::fs::metadata(&path).unwrap().len());
        let mut zip = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
        let mut text = String::new();
        zip.by_name("one.json").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "[1, 2, 3]".repeat(100));
        assert_eq!(zip.by_name("photos/ü.jpg").unwrap().size(), 100_000);
        for _ in 0..2 {
            remove(&path).await.unwrap();
        }
        assert!(!path.exists());
    }

    #[test]
    fn what_nobody_writes_to_any_more_is_swept_away() {
        let scratch = Scratch::new("archive-old");
        let path = scratch.path().join("a.zip");
        std::fs::write(&path, "half of it").unwrap();
        sweep(scratch.path(), Moment::UNIX_EPOCH).unwrap();
        assert!(path.exists());
        sweep(scratch.path(), Moment::UNIX_EPOCH + time::Duration::days(365_000)).unwrap();
        assert!(!path.exists());
        sweep(&path, Moment::UNIX_EPOCH).unwrap();
    }

    #[tokio::test]
    async fn a_disk_that_cannot_be_written_is_told() {
        let scratch = Scratch::new("archive-nowhere");
        std::fs::write(scratch.path().join("file"), "no folder").unwrap();
        let archive = Archive::create(&scratch.path().join("file/a.zip"));
        assert!(matches!(archive.finish().await, Err(ArchiveError::Disk(_))));
    }
}
