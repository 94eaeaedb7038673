//! Pictures, good ones and hostile ones, made here byte by byte.

use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A small good picture; another number is another picture.
pub fn good(number: u8) -> Vec<u8> {
    encoded(&sample(320, 240, number), ImageFormat::Png)
}

/// The same as a JPEG.
pub fn jpeg(number: u8) -> Vec<u8> {
    encoded(&sample(320, 240, number), ImageFormat::Jpeg)
}

/// A JPEG that names the place where it was taken and its owner, as cameras write them (Exif in APP1), and
/// carries a comment.
pub fn jpeg_with_a_place() -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    // Big-endian TIFF; one entry: tag 0x010e (description), ASCII, 32 bytes at offset 26.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x0e\0\x02\0\0\0\x20\0\0\0\x1a\0\0\0\0".to_vec();
    exif.extend_from_slice(b"SECRET-PLACE 52.5200N 13.4050E\0\0");
    for (marker, bytes) in [(0xe1_u8, exif.as_slice()), (0xfe, b"SECRET-COMMENT")] {
        out.extend_from_slice(&[0xff, marker]);
        out.extend_from_slice(&u16::try_from(bytes.len() + 2).unwrap().to_be_bytes());
        out.extend_from_slice(bytes);
    }
    out.extend_from_slice(&jpeg(5)[2..]);
    out
}

/// A good picture that is a script and an archive too, for whoever does not look closely.
pub fn polyglot() -> Vec<u8> {
    let mut bytes = good(3);
    bytes.extend_from_slice(b"<script>alert('SECRET-SCRIPT')</script>PK\x05\x06");
    bytes.extend_from_slice(&[0; 18]);
    bytes
}

/// A page with a picture's name.
pub fn page() -> Vec<u8> {
    b"<!doctype html><title>x</title><script>alert(1)</script>".to_vec()
}

pub fn svg() -> Vec<u8> {
    br#"<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>"#
        .to_vec()
}

pub fn gif() -> Vec<u8> {
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec()
}

/// The first half of a picture.
pub fn truncated() -> Vec<u8> {
    let whole = jpeg(4);
    whole[..whole.len() / 2].to_vec()
}

/// A few bytes that claim to be 30,000 by 30,000 pixels.
pub fn bomb() -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let side = 30_000_u32.to_be_bytes();
    let header = [&side[..], &side[..], &[8, 6, 0, 0, 0]].concat();
    for (kind, data) in
        [(*b"IHDR", header.as_slice()), (*b"IDAT", &[0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]), (*b"IEND", &[])]
    {
        out.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        let chunk = [&kind[..], data].concat();
        out.extend_from_slice(&chunk);
        out.extend_from_slice(&crc(&chunk).to_be_bytes());
    }
    out
}

fn sample(width: u32, height: u32, number: u8) -> RgbImage {
    let shade = |n: u32, of: u32| u8::try_from(n * 255 / of).unwrap();
    RgbImage::from_fn(width, height, |x, y| Rgb([shade(x, width), shade(y, height), number.wrapping_mul(37)]))
}

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// CRC-32 as PNG wants it (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}
