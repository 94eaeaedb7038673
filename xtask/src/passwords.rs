//! The list of common passwords, as the program carries it.

use crate::files::root;
use anyhow::Context;
use std::fs;

/// Makes `crates/platform/data/passwords.bloom` from files with one password a line.
pub fn write(lists: &[&str]) -> anyhow::Result<()> {
    let mut words = Vec::new();
    for list in lists {
        let text = fs::read_to_string(list).with_context(|| (*list).to_owned())?;
        words.extend(text.lines().map(str::to_owned));
    }
    let file = platform::crypto::common::filter(words);
    let path = root().join("crates/platform/data/passwords.bloom");
    fs::create_dir_all(path.parent().context("a folder")?)?;
    fs::write(&path, &file)?;
    println!("{} bytes in {}", file.len(), path.display());
    Ok(())
}
