//! The operator's own name, logo and colour. Read and checked once, at the start.

use std::path::{Path, PathBuf};

/// What the marketplace calls itself and looks like.
#[derive(Clone, Debug)]
pub struct Brand {
    pub name: String,
    pub logo: Option<Logo>,
    accent: Option<String>,
}

/// The operator's picture beside the name.
#[derive(Clone, Debug)]
pub struct Logo {
    pub mime: &'static str,
    pub body: bytes::Bytes,
}

/// Why a brand cannot be used, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BrandError {
    #[error("brand.name is empty; write a name or leave the setting out")]
    NoName,
    #[error("brand.accent {0:?} is not a colour; write #rrggbb or oklch(47% 0.105 172)")]
    Accent(String),
    #[error("brand.logo {0:?} must be a .svg, .png or .webp file")]
    LogoKind(PathBuf),
    #[error("brand.logo {0:?} cannot be read: {1}")]
    LogoUnreadable(PathBuf, #[source] std::io::Error),
}

impl Brand {
    /// Checks the settings and reads the logo. Blocking; for the start only.
    pub fn load(name: &str, logo: Option<&Path>, accent: Option<&str>) -> Result<Self, BrandError> {
        let name = kernel::text::clean(name, false);
        if name.is_empty() {
            return Err(BrandError::NoName);
        }
        let accent = accent.map(colour).transpose()?;
        let logo = logo.map(read_logo).transpose()?;
        Ok(Self { name, logo, accent })
    }

    /// Whether the operator chose a colour.
    pub const fn has_theme(&self) -> bool {
        self.accent.is_some()
    }

    /// The style sheet that sets the seed from which all brand colours derive; empty without an own colour.
    pub fn theme_css(&self) -> String {
        self.accent.as_ref().map_or_else(String::new, |c| format!(":root {{ --seed-brand: {c}; }}\n"))
    }
}

fn read_logo(path: &Path) -> Result<Logo, BrandError> {
    let mime = match path.extension().and_then(|e| e.to_str()) {
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        _ => return Err(BrandError::LogoKind(path.to_owned())),
    };
    let body = std::fs::read(path).map_err(|e| BrandError::LogoUnreadable(path.to_owned(), e))?;
    Ok(Logo { mime, body: body.into() })
}

/// A colour in one of the two notations. Only their letters, digits and signs pass, so that nothing but a colour
/// gets into the style sheet; a colour too light for words is darkened there.
fn colour(text: &str) -> Result<String, BrandError> {
    let text = text.trim();
    let hex = |t: &str| matches!(t.len(), 3 | 6) && t.bytes().all(|b| b.is_ascii_hexdigit());
    let numbers = |t: &str| {
        t.split_whitespace().count() == 3
            && t.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'%' | b' '))
    };
    let inside = text.strip_prefix("oklch(").and_then(|t| t.strip_suffix(')'));
    if text.strip_prefix('#').is_some_and(hex) || inside.is_some_and(numbers) {
        Ok(text.to_owned())
    } else {
        Err(BrandError::Accent(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_reach_the_style_sheet() {
        for good in ["#00684F", "#063", "oklch(47% .105 172)"] {
            assert_eq!(colour(good).unwrap(), good);
        }
        for bad in
            ["red", "#12", "#gggggg", "oklch(47% .1)", "#000; } body { display: none", "oklch(1 1 1);}"]
        {
            assert!(matches!(colour(bad), Err(BrandError::Accent(_))), "{bad}");
        }
    }

    #[test]
    fn no_colour_no_sheet() {
        let plain = Brand::load("TradePlus", None, None).unwrap();
        assert_eq!(plain.theme_css(), "");
        assert!(Brand::load(" ", None, None).is_err());
    }
}
