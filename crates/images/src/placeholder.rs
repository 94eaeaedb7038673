//! What is shown until the picture is there: a blur of a few bytes, or one colour.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::RgbaImage;

/// ThumbHash takes at most this many pixels a side.
const SIDE_MAX: u32 = 100;
/// A blur has no detail to keep.
const BLUR_QUALITY: f32 = 50.0;

/// The size to shrink to before `hash` and `average`: the same shape within 100 × 100.
pub(super) fn size(width: u32, height: u32) -> (u32, u32) {
    let longer = width.max(height).max(1);
    let part = |side: u32| if longer <= SIDE_MAX { side } else { (side * SIDE_MAX / longer).max(1) };
    (part(width), part(height))
}

/// The ThumbHash of a picture within 100 × 100 pixels.
pub(super) fn hash(picture: &RgbaImage) -> Vec<u8> {
    thumbhash::rgba_to_thumb_hash(picture.width() as usize, picture.height() as usize, picture.as_raw())
}

/// The average colour as `RRGGBB`, transparent parts on white.
pub(super) fn average(picture: &RgbaImage) -> String {
    let mut sums = [0_u64; 3];
    for pixel in picture.pixels() {
        for (sum, part) in sums.iter_mut().zip(over_white(pixel.0)) {
            *sum += u64::from(part);
        }
    }
    let count = (u64::from(picture.width()) * u64::from(picture.height())).max(1);
    sums.map(|sum| format!("{:02x}", (sum + count / 2) / count)).concat()
}

/// A pixel laid on white.
pub(super) fn over_white([red, green, blue, alpha]: [u8; 4]) -> [u8; 3] {
    [red, green, blue].map(|part| {
        let (part, alpha) = (u32::from(part), u32::from(alpha));
        u8::try_from((part * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    })
}

/// A ThumbHash as a WebP of at most 32 pixels a side in a `data:` URI, for the `src` of an `img`: some 300 bytes.
/// Empty when the bytes are no ThumbHash.
pub fn thumbhash_data_uri(hash: &[u8]) -> String {
    let Ok((width, height, rgba)) = thumbhash::thumb_hash_to_rgba(hash) else { return String::new() };
    let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height)) else { return String::new() };
    let encoded = webp::Encoder::from_rgba(&rgba, width, height).encode_simple(false, BLUR_QUALITY);
    encoded
        .map_or_else(|_| String::new(), |webp| format!("data:image/webp;base64,{}", STANDARD.encode(&*webp)))
}
