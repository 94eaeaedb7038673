//! From pixels to what is served. The picture is shrunk first and turned upright afterwards, because turning
//! the few pixels is cheaper; every size is made from the one above it.

use super::decode::Picture;
use super::placeholder;
use super::refused::PictureRefused;
use super::{Prepared, Rendition, WIDTHS};
use bytes::Bytes;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};
use webp::WebPConfig;

/// At these a photo looks like the original at a tenth of its bytes.
const WEBP_QUALITY: f32 = 78.0;
const WEBP_METHOD: i32 = 4;
const JPEG_QUALITY: u8 = 80;
/// A rendition is at most this many times as high as its nominal width.
const HEIGHT_PER_WIDTH_MAX: u32 = 2;

/// Makes every size. `still_wanted` is asked between the steps.
pub(super) fn render(picture: Picture, still_wanted: &dyn Fn() -> bool) -> Result<Prepared, PictureRefused> {
    let Picture { pixels, orientation } = picture;
    let (width, height) = upright((pixels.width(), pixels.height()), orientation);
    let mut sizes: Vec<(u32, u32)> = WIDTHS.iter().map(|nominal| fit(width, height, *nominal)).collect();
    sizes.dedup();
    let mut resizer = Resizer::new();
    let mut current = pixels;
    let mut renditions = Vec::with_capacity(sizes.len());
    for (i, size) in sizes.iter().rev().enumerate() {
        if !still_wanted() {
            return Err(PictureRefused::TooSlow);
        }
        if i == 0 {
            current = shrink(&mut resizer, current, upright(*size, orientation))?;
            current.apply_orientation(orientation);
            current = eight_bits(current);
        } else {
            current = shrink(&mut resizer, current, *size)?;
        }
        renditions.push(encode(&current)?);
    }
    renditions.reverse();
    let (tiny_width, tiny_height) = placeholder::size(current.width(), current.height());
    let tiny = shrink(&mut resizer, current, (tiny_width, tiny_height))?.into_rgba8();
    let (thumbhash, colour) = (placeholder::hash(&tiny), placeholder::average(&tiny));
    Ok(Prepared { width, height, thumbhash, colour, renditions })
}

/// A size with its sides swapped if the orientation lays the picture on its side; its own inverse.
const fn upright((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}

/// The size at a nominal width: never larger than the original, same shape, not too high.
fn fit(width: u32, height: u32, nominal: u32) -> (u32, u32) {
    let (w, h) = (u64::from(width), u64::from(height));
    let high = u64::from(nominal * HEIGHT_PER_WIDTH_MAX);
    // Rounded, and at least one pixel.
    let part = |a: u64, b: u64, c: u64| u32::try_from(((a * b + c / 2) / c).max(1)).unwrap_or(u32::MAX);
    let (w2, h2) =
        if w <= u64::from(nominal) { (width, height) } else { (nominal, part(h, u64::from(nominal), w)) };
    if u64::from(h2) <= high { (w2, h2) } else { (part(w, high, h), nominal * HEIGHT_PER_WIDTH_MAX) }
}

fn shrink(resizer: &mut Resizer, from: DynamicImage, to: (u32, u32)) -> Result<DynamicImage, PictureRefused> {
    if (from.width(), from.height()) == to {
        return Ok(from);
    }
    let mut small = DynamicImage::new(to.0, to.1, from.color());
    let how = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    resizer.resize(&from, &mut small, &how).map_err(|_| PictureRefused::Damaged)?;
    Ok(small)
}

/// RGB, or RGBA when some part really shows through.
fn eight_bits(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let picture = picture.into_rgba8();
    if picture.pixels().all(|p| p.0[3] == u8::MAX) {
        return DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(picture).into_rgb8());
    }
    DynamicImage::ImageRgba8(picture)
}

fn encode(picture: &DynamicImage) -> Result<Rendition, PictureRefused> {
    let (width, height) = (picture.width(), picture.height());
    let (webp, jpeg) = match picture {
        DynamicImage::ImageRgba8(pixels) => {
            let encoder = webp::Encoder::from_rgba(pixels, width, height);
            (webp(&encoder)?, jpeg(&on_white(pixels))?)
        }
        other => {
            let pixels = other.to_rgb8();
            let encoder = webp::Encoder::from_rgb(&pixels, width, height);
            (webp(&encoder)?, jpeg(&pixels)?)
        }
    };
    Ok(Rendition { width, height, webp, jpeg })
}

fn webp(encoder: &webp::Encoder<'_>) -> Result<Bytes, PictureRefused> {
    let mut config = WebPConfig::new().map_err(|()| PictureRefused::Damaged)?;
    config.quality = WEBP_QUALITY;
    config.method = WEBP_METHOD;
    let encoded = encoder.encode_advanced(&config).map_err(|_| PictureRefused::Damaged)?;
    Ok(Bytes::copy_from_slice(&encoded))
}

fn jpeg(pixels: &RgbImage) -> Result<Bytes, PictureRefused> {
    let mut out = Vec::new();
    let encoded = JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY).encode_image(pixels);
    encoded.map_err(|_| PictureRefused::Damaged)?;
    Ok(out.into())
}

/// JPEG knows no transparency.
fn on_white(pixels: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        image::Rgb(placeholder::over_white(pixels.get_pixel(x, y).0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_the_shape_and_never_grow() {
        assert_eq!(fit(4000, 3000, 1600), (1600, 1200));
        assert_eq!(fit(3000, 4000, 240), (240, 320));
        assert_eq!(fit(100, 80, 240), (100, 80));
        assert_eq!(fit(12_000, 3, 240), (240, 1));
        assert_eq!(fit(1000, 12_000, 480), (80, 960));
        assert_eq!(fit(1, 12_000, 1600), (1, 3200));
    }
}
