//! Pictures for the demo: a small drawing on a coloured ground, lit from above, so that a whole catalogue looks
//! of one hand.

use image::imageops::{self, FilterType};
use image::{ImageFormat, Rgb, RgbImage, RgbaImage};
use std::io::Cursor;

/// Size of a composed picture, pixels; four to five, as the cards show it.
const WIDTH: u32 = 800;
const HEIGHT: u32 = 1000;

/// The colours of walls, by name.
const GROUNDS: &[(&str, [u8; 3])] = &[
    ("sand", [229, 219, 200]),
    ("sage", [207, 219, 202]),
    ("mist", [206, 218, 226]),
    ("blush", [236, 212, 210]),
    ("sky", [200, 220, 237]),
    ("lilac", [220, 212, 234]),
    ("butter", [242, 230, 190]),
    ("clay", [226, 201, 183]),
    ("mint", [202, 228, 216]),
    ("stone", [217, 215, 209]),
];

/// The drawing could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the drawing cannot be read: {0}")]
pub struct Unreadable(#[from] image::ImageError);

/// Composes view number `view` (0 is the first) of a drawing on the named ground; an unknown name is "stone".
/// Answers a PNG of 800 × 1000 pixels.
pub fn compose(drawing: &[u8], ground: &str, view: usize) -> Result<Vec<u8>, Unreadable> {
    let wall = GROUNDS.iter().find(|(name, _)| *name == ground).map_or([217, 215, 209], |(_, c)| *c);
    let mut scene = room(shade(wall, 1.0 - 0.03 * f32::from(u8::try_from(view % 4).unwrap_or(0))));
    // Each view stands a little elsewhere: in front, close, from the other side, further back.
    let (size, down) = match view % 4 {
        0 => (516, 0.80),
        1 => (684, 0.90),
        2 => (466, 0.78),
        _ => (366, 0.76),
    };
    let drawing = image::load_from_memory(drawing)?.to_rgba8();
    let mut thing = imageops::resize(&drawing, size, size, FilterType::CatmullRom);
    if view % 4 == 2 {
        imageops::flip_horizontal_in_place(&mut thing);
    }
    let (left, foot) = ((WIDTH - size) / 2, at(HEIGHT, down));
    shadow(&mut scene, foot, size);
    lay_over(&mut scene, &thing, left, foot.saturating_sub(size));
    Ok(png(&scene)?)
}

/// A square picture of 480 pixels for an avatar.
pub fn compose_avatar(drawing: &[u8], ground: &str) -> Result<Vec<u8>, Unreadable> {
    let wall = GROUNDS.iter().find(|(name, _)| *name == ground).map_or([217, 215, 209], |(_, c)| *c);
    let mut scene = RgbImage::from_pixel(480, 480, Rgb(wall));
    let drawing = image::load_from_memory(drawing)?.to_rgba8();
    lay_over(&mut scene, &imageops::resize(&drawing, 320, 320, FilterType::CatmullRom), 80, 80);
    Ok(png(&scene)?)
}

/// A wall with light from above, and a floor a shade darker.
fn room(wall: [u8; 3]) -> RgbImage {
    let floor_from = at(HEIGHT, 0.68);
    RgbImage::from_fn(WIDTH, HEIGHT, |_, y| {
        let depth = y as f32 / HEIGHT as f32;
        Rgb(if y < floor_from { shade(wall, 1.04 - 0.07 * depth) } else { shade(wall, 0.93 - 0.05 * depth) })
    })
}

/// A soft ellipse under the thing.
fn shadow(scene: &mut RgbImage, foot: u32, size: u32) {
    let (cx, cy) = (WIDTH as f32 / 2.0, foot as f32 - size as f32 * 0.04);
    let (rx, ry) = (size as f32 * 0.48, size as f32 * 0.11);
    for (x, y, pixel) in scene.enumerate_pixels_mut() {
        let (dx, dy) = ((x as f32 - cx) / rx, (y as f32 - cy) / ry);
        let distance = dx * dx + dy * dy;
        if distance < 1.0 {
            let dark = 1.0 - 0.30 * (1.0 - distance).powi(2);
            pixel.0 = shade(pixel.0, dark);
        }
    }
}

fn lay_over(scene: &mut RgbImage, thing: &RgbaImage, left: u32, top: u32) {
    for (x, y, over) in thing.enumerate_pixels() {
        let (x, y) = (x + left, y + top);
        if x < scene.width() && y < scene.height() {
            let alpha = f32::from(over.0[3]) / 255.0;
            let under = scene.get_pixel_mut(x, y);
            for (u, o) in under.0.iter_mut().zip(&over.0[..3]) {
                *u = nearest(f32::from(*u) * (1.0 - alpha) + f32::from(*o) * alpha);
            }
        }
    }
}

fn shade(colour: [u8; 3], by: f32) -> [u8; 3] {
    colour.map(|c| nearest(f32::from(c) * by))
}

/// The nearest whole number of a brightness, which is never negative; too bright is white.
fn nearest(brightness: f32) -> u8 {
    (brightness + 0.5) as u8
}

fn at(length: u32, share: f32) -> u32 {
    (length as f32 * share) as u32
}

fn png(picture: &RgbImage) -> Result<Vec<u8>, image::ImageError> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Png)?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_is_a_picture_of_its_own() {
        let drawing = RgbaImage::from_pixel(64, 64, image::Rgba([200, 30, 30, 255]));
        let mut bytes = Cursor::new(Vec::new());
        drawing.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let views: Vec<_> = (0..4).map(|v| compose(bytes.get_ref(), "sand", v).unwrap()).collect();
        assert!(views.windows(2).all(|w| w[0] != w[1]));
        assert!(compose(b"no picture", "sand", 0).is_err());
        assert!(compose_avatar(bytes.get_ref(), "no such ground").is_ok());
    }
}
