//! Embeds `web/`: joins the style sheets in layer order into one, hashes everything into one build name, and
//! writes the table of assets. Standard library only: `cargo build` needs no Node.

#![allow(clippy::expect_used, reason = "a build script stops by panicking")]

#[path = "src/assets/kinds.rs"]
mod kinds;
#[path = "src/assets/sheets.rs"]
mod sheets;

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    println!("cargo:rerun-if-changed={}", web.display());
    let out = PathBuf::from(env::var("OUT_DIR").expect("OUT_DIR"));
    let sheet = out.join("app.css");
    fs::write(&sheet, sheets::joined(&web.join("css")).expect("the style sheets")).expect("app.css");
    let mut assets = vec![("app.css".to_owned(), sheet)];
    collect(&web, &web, &mut assets);
    assets.sort();
    fs::write(out.join("assets.rs"), table(&assets)).expect("assets.rs");
}

/// Every file that a browser may ask for, but for single style sheets.
fn collect(root: &Path, folder: &Path, into: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|e| e.path()) {
        if path.is_dir() {
            collect(root, &path, into);
            continue;
        }
        let name = path.strip_prefix(root).expect("inside web/").to_string_lossy().replace('\\', "/");
        if kinds::mime(&name).is_some() && !name.ends_with(".css") {
            into.push((name, path));
        }
    }
}

fn table(assets: &[(String, PathBuf)]) -> String {
    // Good enough to tell one build from another; nothing is proven with it.
    let mut hasher = DefaultHasher::new();
    let mut rows = String::new();
    for (name, path) in assets {
        fs::read(path).expect("an asset").hash(&mut hasher);
        name.hash(&mut hasher);
        let mime = kinds::mime(name).expect("a known kind");
        writeln!(rows, "    Asset {{ path: {name:?}, mime: {mime:?}, body: include_bytes!({path:?}) }},")
            .expect("write");
    }
    format!(
        "/// Names this build's assets.\npub const BUILD: &str = \"{:016x}\";\n\npub(super) static EMBEDDED: &[Asset] = &[\n{rows}];\n",
        hasher.finish()
    )
}
