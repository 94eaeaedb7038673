//! Pictures from the object store: renditions of photos and avatars, and the drawings of categories.
//!
//! A key is made by the program and its bytes never change, so a browser keeps what it got for ever. Only keys
//! of the three known shapes reach the store.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use kernel::Refusal;
use kit::answer::Answer;
use kit::app::App;
use kit::form::Path;
use kit::policy::{Audience, Rate};
use kit::route::{Route, get};
use platform::objects::content_type_of;
use uuid::Uuid;

/// The routes of this module. They are plain: no cookies, no session.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/photos/{*path}", "photos.show", photo).audience(Audience::Everyone).rate(Rate::Plain),
        get("/avatars/{*path}", "photos.avatar", avatar).audience(Audience::Everyone).rate(Rate::Plain),
    ]
}

async fn photo(State(app): State<App>, Path(path): Path<String>) -> Result<Answer, Answer> {
    serve(&app, &path).await
}

/// The key of an avatar may be given with or without its folder.
async fn avatar(State(app): State<App>, Path(path): Path<String>) -> Result<Answer, Answer> {
    let inside = path.strip_prefix("avatars/").unwrap_or(&path);
    serve(&app, &format!("avatars/{inside}")).await
}

async fn serve(app: &App, path: &str) -> Result<Answer, Answer> {
    let found = known(path).ok_or(Refusal::NotFound)?;
    let key = found.key();
    let bytes = app.market.objects.get(&key).await.map_err(Refusal::from)?.ok_or(Refusal::NotFound)?;
    Ok(Answer::file(content_type_of(&key), bytes)
        .header(header::CACHE_CONTROL, HeaderValue::from_static(found.caching())))
}

/// A path of one of the shapes that there are.
#[derive(Debug, PartialEq, Eq)]
enum Known {
    /// Of a folder that is named by chance: its files never change.
    Rendition(String),
    /// Named by its meaning: the operator may put another drawing in its place.
    Drawing(String),
}

impl Known {
    fn key(&self) -> String {
        match self {
            Self::Rendition(key) | Self::Drawing(key) => key.clone(),
        }
    }

    const fn caching(&self) -> &'static str {
        match self {
            Self::Rendition(_) => "public, max-age=31536000, immutable",
            Self::Drawing(_) => "public, max-age=86400",
        }
    }
}

/// Reads a path: "listings/{id}/{photo}/480.webp", "avatars/{id}/240.jpg", "categories/1f6b2.webp".
fn known(path: &str) -> Option<Known> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["listings", listing, photo, file] => {
            let (listing, photo): (Uuid, Uuid) = (listing.parse().ok()?, photo.parse().ok()?);
            Some(Known::Rendition(format!("listings/{listing}/{photo}/{}", rendition(file)?)))
        }
        ["avatars", id, file] => {
            let id: Uuid = id.parse().ok()?;
            Some(Known::Rendition(format!("avatars/{id}/{}", rendition(file)?)))
        }
        ["categories", file] => {
            let points = file.strip_suffix(".webp")?;
            let plain = !points.is_empty() && points.len() <= 40 && points.bytes().all(is_code_point);
            plain.then(|| Known::Drawing(format!("categories/{points}.webp")))
        }
        _ => None,
    }
}

const fn is_code_point(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-')
}

/// "480.webp", "480.jpg"; "480.jpeg" means the same file as "480.jpg".
fn rendition(file: &str) -> Option<String> {
    let (width, extension) = file.split_once('.')?;
    let width: u32 = width.parse().ok().filter(|w| (1..=9999).contains(w))?;
    match extension {
        "webp" => Some(format!("{width}.webp")),
        "jpg" | "jpeg" => Some(format!("{width}.jpg")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01940000-0000-7000-8000-000000000001";

    #[test]
    fn only_known_shapes_reach_the_store() {
        let key = |path: &str| known(path).map(|k| k.key());
        assert_eq!(
            key(&format!("listings/{ID}/{ID}/480.webp")),
            Some(format!("listings/{ID}/{ID}/480.webp"))
        );
        assert_eq!(key(&format!("avatars/{ID}/240.jpeg")), Some(format!("avatars/{ID}/240.jpg")));
        assert_eq!(key("categories/1f5a5-fe0f.webp"), Some("categories/1f5a5-fe0f.webp".to_owned()));
        for bad in [
            "",
            "secrets/site",
            "listings/../../etc/passwd",
            "categories/../x.webp",
            "categories/.webp",
            &format!("listings/{ID}/{ID}/480.svg"),
            &format!("listings/{ID}/{ID}/0.webp"),
            &format!("listings/{ID}/{ID}/99999.webp"),
            &format!("listings/{ID}/480.webp"),
            &format!("avatars/{ID}/../240.webp"),
        ] {
            assert_eq!(known(bad), None, "{bad}");
        }
    }

    #[test]
    fn renditions_are_kept_for_ever() {
        assert!(known(&format!("avatars/{ID}/240.webp")).unwrap().caching().contains("immutable"));
        assert!(!known("categories/1f6b2.webp").unwrap().caching().contains("immutable"));
    }
}
