//! What a file is, by its first bytes. Its name and declared type are not asked: both are the sender's claim.

use super::refused::{Foreign, PictureRefused};
use image::ImageFormat;

/// The format of a file that is one of the three we take: JPEG, PNG, WebP.
pub(super) fn format(bytes: &[u8]) -> Result<ImageFormat, PictureRefused> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        _ => Err(foreign(bytes).map_or(PictureRefused::NotAPicture, PictureRefused::Unsupported)),
    }
}

fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    // ISO/IEC 14496-12: a box of type "ftyp" that begins with the brand.
    if bytes.get(4..8) == Some(b"ftyp") {
        return match bytes.get(8..12) {
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1") => Some(Foreign::Heic),
            Some(b"avif" | b"avis") => Some(Foreign::Other),
            _ => None,
        };
    }
    if starts(b"GIF8") {
        return Some(Foreign::Gif);
    }
    if starts(b"%PDF") {
        return Some(Foreign::Pdf);
    }
    let others: [&[u8]; 6] = [b"BM", b"II*\0", b"MM\0*", b"\0\0\x01\0", b"\xff\x0a", b"\0\0\0\x0cJXL "];
    if others.iter().any(|magic| starts(magic)) {
        return Some(Foreign::Other);
    }
    is_svg(bytes).then_some(Foreign::Svg)
}

fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with('<') && head.contains("<svg")
}
