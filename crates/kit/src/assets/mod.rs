//! What `web/` holds, embedded in the binary under one build name, so that it may be cached for ever.
//!
//! Texts are compressed once, in the background after the start. A debug build reads style sheets and scripts
//! from the source folder as long as that exists, so that an edit needs no compiler.

mod kinds;
mod sheets;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

use bytes::Bytes;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    pub path: &'static str,
    pub mime: &'static str,
    pub body: &'static [u8],
}

/// What to answer for an asset.
#[derive(Debug, PartialEq, Eq)]
pub struct Served {
    pub mime: &'static str,
    pub body: Bytes,
    /// The body is compressed with brotli.
    pub brotli: bool,
    /// The same path will always have the same bytes.
    pub immutable: bool,
}

type Packed = HashMap<&'static str, Bytes>;

/// The embedded files and, once they are ready, their compressed forms.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    packed: Arc<OnceLock<Packed>>,
}

/// The address of an asset: `url("js/app.js")`.
pub fn url(path: &str) -> String {
    format!("/a/{BUILD}/{path}")
}

/// An embedded file by its path under `web/`.
pub fn find(path: &str) -> Option<&'static Asset> {
    EMBEDDED.iter().find(|a| a.path == path)
}

impl Assets {
    /// Begins to compress all texts in a blocking task. Must be called inside a tokio runtime to have an effect.
    pub fn load() -> Self {
        let assets = Self::default();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let packed = assets.packed.clone();
            runtime.spawn_blocking(move || packed.set(pack_all()));
        }
        assets
    }

    /// What to send for `path` to someone who asks under the name `build` and understands brotli or not.
    pub fn serve(&self, build: &str, path: &str, brotli: bool) -> Option<Served> {
        let asset = find(path)?;
        if let Some(body) = from_disk(asset) {
            return Some(Served { mime: asset.mime, body, brotli: false, immutable: false });
        }
        let packed = self.packed.get().and_then(|all| all.get(asset.path)).filter(|_| brotli);
        let body = packed.cloned().unwrap_or(Bytes::from_static(asset.body));
        Some(Served { mime: asset.mime, body, brotli: packed.is_some(), immutable: build == BUILD })
    }
}

/// Brotli at its best quality; only of texts, and only where it helps.
fn pack_all() -> Packed {
    EMBEDDED
        .iter()
        .filter(|a| is_text(a.mime))
        .filter_map(|a| Some((a.path, pack(a.body)?)))
        .filter(|(path, body)| find(path).is_some_and(|a| body.len() < a.body.len()))
        .collect()
}

fn pack(body: &[u8]) -> Option<Bytes> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*body, &mut out, &params).ok()?;
    Some(out.into())
}

fn is_text(mime: &str) -> bool {
    mime.starts_with("text/") || mime == "image/svg+xml" || mime.ends_with("json")
}

/// The file as it is now in the source folder, in debug builds.
fn from_disk(asset: &Asset) -> Option<Bytes> {
    if !cfg!(debug_assertions) {
        return None;
    }
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    if asset.path == "app.css" {
        return sheets::joined(&web.join("css")).ok().filter(|s| !s.is_empty()).map(Bytes::from);
    }
    kinds::mime(asset.path)?;
    std::fs::read(web.join(asset.path)).ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serves_what_is_embedded_and_nothing_else() {
        let assets = Assets::default();
        let sheet = assets.serve(BUILD, "app.css", true).unwrap();
        assert!(sheet.mime.starts_with("text/css"));
        assert!(assets.serve(BUILD, "../Cargo.toml", true).is_none());
        assert!(assets.serve(BUILD, "css/tokens.css", true).is_none(), "sheets are joined");
    }

    #[test]
    fn an_old_build_name_still_gets_the_file_but_not_for_ever() {
        assert!(!Assets::default().serve("0123", "icons.svg", false).unwrap().immutable);
    }

    #[test]
    fn packs_texts() {
        let packed = pack(&[b'a'; 4000]).unwrap();
        assert!(packed.len() < 100);
        assert!(is_text("image/svg+xml") && is_text("text/css; charset=utf-8") && !is_text("image/png"));
    }
}
