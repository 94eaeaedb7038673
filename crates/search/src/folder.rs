//! The index on disk: generations and which of them counts.
//!
//! Layout: `CURRENT` holds the number of the generation in use, `g000001` and so on are
//! generations, each with a file `SCHEMA` that holds a schema number. A generation is filled
//! before `CURRENT` names it, and the change of `CURRENT` is one rename, so a crash leaves either
//! the old index or the new one. Folders older than the current one are rubbish; newer ones may
//! be a rebuild under way in another process and are left alone.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const CURRENT: &str = "CURRENT";
const SCHEMA: &str = "SCHEMA";

/// Tells whether a file that is only ever replaced as a whole has been replaced.
pub type Stamp = Option<(SystemTime, u64, u64)>;

/// The stamp of a file; none if it cannot be read.
pub fn stamp(file: &Path) -> Stamp {
    let meta = fs::metadata(file).ok()?;
    Some((meta.modified().ok()?, meta.len(), meta.ino()))
}

/// The stamp of the file that names the current generation.
pub fn current_stamp(dir: &Path) -> Stamp {
    stamp(&dir.join(CURRENT))
}

/// The generation in use; none if there is none or the file is damaged.
pub fn current(dir: &Path) -> Option<u64> {
    fs::read_to_string(dir.join(CURRENT)).ok()?.trim().parse().ok()
}

/// The folder of a generation.
pub fn path(dir: &Path, generation: u64) -> PathBuf {
    dir.join(format!("g{generation:06}"))
}

/// The schema number a generation was made with.
pub fn schema_number(folder: &Path) -> Option<u32> {
    fs::read_to_string(folder.join(SCHEMA)).ok()?.trim().parse().ok()
}

/// Makes the folder of a new generation, above all existing ones.
///
/// # Errors
/// If the disk refuses.
pub fn create(dir: &Path, schema_number: u32) -> io::Result<u64> {
    fs::create_dir_all(dir)?;
    let mut generation = generations(dir)?.into_iter().chain(current(dir)).max().unwrap_or(0) + 1;
    loop {
        match fs::create_dir(path(dir, generation)) {
            Ok(()) => break,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => generation += 1,
            Err(error) => return Err(error),
        }
    }
    fs::write(path(dir, generation).join(SCHEMA), format!("{schema_number}\n"))?;
    Ok(generation)
}

/// Makes a generation the current one, atomically and durably.
///
/// # Errors
/// If the disk refuses; the old generation then stays current.
pub fn publish(dir: &Path, generation: u64) -> io::Result<()> {
    let draft = dir.join(format!("{CURRENT}.{generation}"));
    let mut file = fs::File::create(&draft)?;
    writeln!(file, "{generation}")?;
    file.sync_all()?;
    fs::rename(&draft, dir.join(CURRENT))?;
    fs::File::open(dir)?.sync_all()
}

/// Removes the folders of generations older than `keep`. A folder that resists is left for the
/// next time.
pub fn sweep(dir: &Path, keep: u64) {
    for generation in generations(dir).unwrap_or_default() {
        if generation < keep {
            remove(dir, generation);
        }
    }
}

/// Removes one generation.
pub fn remove(dir: &Path, generation: u64) {
    if let Err(error) = fs::remove_dir_all(path(dir, generation)) {
        tracing::warn!(%error, generation, "an old search index could not be removed");
    }
}

fn generations(dir: &Path) -> io::Result<Vec<u64>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix('g'));
        found.extend(number.and_then(|number| number.parse::<u64>().ok()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
