//! Joins the style sheets in layer order. Shared with the build script.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// One sheet of all: tokens, base, layout, then components and pages by name. A missing folder is empty.
pub fn joined(css: &Path) -> io::Result<String> {
    let mut files: Vec<PathBuf> = ["tokens.css", "base.css", "layout.css"]
        .iter()
        .map(|name| css.join(name))
        .filter(|p| p.exists())
        .collect();
    for folder in ["components", "pages"] {
        let mut found: Vec<PathBuf> = match fs::read_dir(css.join(folder)) {
            Ok(entries) => entries.filter_map(Result::ok).map(|e| e.path()).collect(),
            Err(_) => Vec::new(),
        };
        found.retain(|p| p.extension().is_some_and(|e| e == "css"));
        found.sort();
        files.extend(found);
    }
    let mut out = String::new();
    for file in files {
        out.push_str(&fs::read_to_string(file)?);
        out.push('\n');
    }
    Ok(out)
}
