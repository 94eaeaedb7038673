//! From bytes to pixels, within bounds that are checked before memory is taken.

use super::refused::PictureRefused;
use image::error::{LimitErrorKind, UnsupportedErrorKind};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use kernel::limits::{PHOTO_PIXELS_MAX, PHOTO_SIDE_MAX};
use std::io::Cursor;

/// What one decoded picture may take in memory, bytes.
const MEMORY_MAX: u64 = 256 * 1024 * 1024;

/// Pixels as they are stored, and how to turn them upright.
pub(super) struct Picture {
    pub pixels: DynamicImage,
    pub orientation: Orientation,
}

/// Decodes the first frame.
pub(super) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Picture, PictureRefused> {
    // The decoder fills what is missing of a JPEG with grey; half a photo is better refused.
    if format == ImageFormat::Jpeg && !is_whole_jpeg(bytes) {
        return Err(PictureRefused::Damaged);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|e| refusal(&e))?;
    let (width, height) = decoder.dimensions();
    // `DynamicImage::from_decoder` takes memory without asking the limits.
    let is_too_big = width > PHOTO_SIDE_MAX
        || height > PHOTO_SIDE_MAX
        || u64::from(width) * u64::from(height) > PHOTO_PIXELS_MAX
        || decoder.total_bytes() > MEMORY_MAX;
    if is_too_big {
        return Err(PictureRefused::TooManyPixels);
    }
    // A picture whose notes are damaged is still a picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let pixels = DynamicImage::from_decoder(decoder).map_err(|e| refusal(&e))?;
    Ok(Picture { pixels, orientation })
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(PHOTO_SIDE_MAX);
    limits.max_image_height = Some(PHOTO_SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    limits
}

fn refusal(error: &ImageError) -> PictureRefused {
    match error {
        ImageError::Limits(limit) if !matches!(limit.kind(), LimitErrorKind::Unsupported { .. }) => {
            PictureRefused::TooManyPixels
        }
        ImageError::Unsupported(e) if matches!(e.kind(), UnsupportedErrorKind::Format(_)) => {
            PictureRefused::NotAPicture
        }
        _ => PictureRefused::Damaged,
    }
}

/// Whether the file reaches its end-of-image marker (ITU-T T.81, annex B). What comes after it is not looked
/// at: phones append a second picture, jokers an archive.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        let Some(at) = rest.iter().position(|b| *b == 0xff) else { return false };
        let Some(marker) = rest.get(at + 1) else { return false };
        rest = &rest[at + 1..];
        match marker {
            0xd9 => return true,
            // Fill byte: the next one may be the marker.
            0xff => {}
            // A stuffed byte of the picture's data, a restart mark, or one that stands alone.
            0x00 | 0x01 | 0xd0..=0xd8 => rest = &rest[1..],
            _ => {
                let Some([high, low]) = rest.get(1..3) else { return false };
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                let Some(after) = rest.get(1 + length.max(2)..) else { return false };
                rest = after;
            }
        }
    }
}
