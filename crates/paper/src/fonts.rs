//! The fonts: those that are built in (`bin/make-fonts` makes their files; their licence is `data/OFL.txt`), and an
//! operator's own.
//!
//! Together Latin, Greek, Cyrillic and Devanagari (Noto Sans), Arabic (IBM Plex Sans Arabic), Hebrew, Bengali and Thai
//! (Noto Sans), each regular and bold. Packed they have 860 KB. Each is unpacked when a letter asks for it.

use rustybuzz::Face;
use rustybuzz::ttf_parser::{self, Permissions, Tag};
use std::cell::OnceCell;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const BUILT_IN: usize = 10;
/// From which weight on a font is a bold one.
const BOLD_FROM: u16 = 600;

struct Packed {
    bold: bool,
    brotli: &'static [u8],
}

/// In the order in which they are asked for a letter.
static PACKED: [Packed; BUILT_IN] = [
    Packed { bold: false, brotli: include_bytes!("../data/sans-regular.br") },
    Packed { bold: true, brotli: include_bytes!("../data/sans-bold.br") },
    Packed { bold: false, brotli: include_bytes!("../data/arabic-regular.br") },
    Packed { bold: true, brotli: include_bytes!("../data/arabic-bold.br") },
    Packed { bold: false, brotli: include_bytes!("../data/hebrew-regular.br") },
    Packed { bold: true, brotli: include_bytes!("../data/hebrew-bold.br") },
    Packed { bold: false, brotli: include_bytes!("../data/bengali-regular.br") },
    Packed { bold: true, brotli: include_bytes!("../data/bengali-bold.br") },
    Packed { bold: false, brotli: include_bytes!("../data/thai-regular.br") },
    Packed { bold: true, brotli: include_bytes!("../data/thai-bold.br") },
];
static UNPACKED: [OnceLock<Vec<u8>>; BUILT_IN] = [const { OnceLock::new() }; BUILT_IN];

/// Empty if the file is broken, which a test would tell.
fn unpacked(at: usize) -> &'static [u8] {
    UNPACKED[at].get_or_init(|| {
        let (mut packed, mut bytes) = (PACKED[at].brotli, Vec::new());
        if brotli::BrotliDecompress(&mut packed, &mut bytes).is_err() {
            bytes.clear();
        }
        bytes
    })
}

/// Why a folder of fonts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    #[error("{} cannot be read: {source}", .path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} is not a TrueType or OpenType font with outlines", .0.display())]
    NotAFont(PathBuf),
    #[error("{} says itself that it may not be put into documents", .0.display())]
    MayNot(PathBuf),
}

/// Where letters come from: the built-in fonts first, then those of a folder by their file names.
#[derive(Default)]
pub struct Fonts {
    own: Vec<Own>,
}

struct Own {
    bold: bool,
    bytes: Vec<u8>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts").field("own", &self.own.len()).finish()
    }
}

impl Fonts {
    /// Only those that the program carries.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// Those and all of a folder (`.ttf`, `.otf`, `.ttc`, of which the first is taken). Reads them whole, once.
    ///
    /// # Errors
    /// [`Unusable`], with the file that is at fault.
    pub fn with_folder(folder: &Path) -> Result<Self, Unusable> {
        let unreadable = |source| Unusable::Unreadable { path: folder.to_path_buf(), source };
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let kind = path.extension().map(|e| e.to_string_lossy().to_lowercase());
            if matches!(kind.as_deref(), Some("ttf" | "otf" | "ttc")) {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(Self { own: paths.into_iter().map(Own::read).collect::<Result<_, _>>()? })
    }

    fn count(&self) -> usize {
        BUILT_IN + self.own.len()
    }

    fn is_bold(&self, font: usize) -> bool {
        match font.checked_sub(BUILT_IN) {
            None => PACKED[font].bold,
            Some(own) => self.own[own].bold,
        }
    }

    fn bytes(&self, font: usize) -> &[u8] {
        match font.checked_sub(BUILT_IN) {
            None => unpacked(font),
            Some(own) => &self.own[own].bytes,
        }
    }
}

impl Own {
    fn read(path: PathBuf) -> Result<Self, Unusable> {
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(source) => return Err(Unusable::Unreadable { path, source }),
        };
        let Ok(face) = ttf_parser::Face::parse(&bytes, 0) else { return Err(Unusable::NotAFont(path)) };
        let has = |table: &[u8; 4]| face.raw_face().table(Tag::from_bytes(table)).is_some();
        if !has(b"glyf") && !has(b"CFF ") {
            return Err(Unusable::NotAFont(path));
        }
        // A font without this table says nothing about it.
        let forbids = face.permissions() == Some(Permissions::Restricted) || !face.is_subsetting_allowed();
        if has(b"OS/2") && forbids {
            return Err(Unusable::MayNot(path));
        }
        let bold = face.weight().to_number() >= BOLD_FROM;
        Ok(Self { bold, bytes })
    }
}

/// The fonts as one sheet uses them: opened when they are asked for. A font is named by its place.
pub(crate) struct Faces<'a> {
    fonts: &'a Fonts,
    open: Vec<OnceCell<Option<Face<'a>>>>,
}

impl<'a> Faces<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, open: (0..fonts.count()).map(|_| OnceCell::new()).collect() }
    }

    /// Nothing if there is no such font, or it is broken.
    pub(crate) fn get(&self, font: usize) -> Option<&Face<'a>> {
        let open = self.open.get(font)?;
        open.get_or_init(|| Face::from_slice(self.fonts.bytes(font), 0)).as_ref()
    }

    pub(crate) fn bytes(&self, font: usize) -> &'a [u8] {
        self.fonts.bytes(font)
    }

    pub(crate) fn has(&self, font: usize, c: char) -> bool {
        self.get(font).and_then(|face| face.glyph_index(c)).is_some_and(|glyph| glyph.0 != 0)
    }

    /// The first font with this character: of the wanted weight, else of the other.
    pub(crate) fn with(&self, c: char, bold: bool) -> Option<usize> {
        let of = |weight: bool| {
            (0..self.fonts.count()).find(|font| self.fonts.is_bold(*font) == weight && self.has(*font, c))
        };
        of(bold).or_else(|| of(!bold))
    }
}
