use super::*;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use kernel::Say;
use std::io::Cursor;

/// Red to the left, blue to the right.
fn two_halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) },
    )
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.into().write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A JPEG with an EXIF segment: an orientation and a name of a place.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0");
    tiff.extend([orientation, 0, 0]);
    // GPS area text where the GPS block's pointer would be; its bytes are what must not come out.
    tiff.extend(b"\x88\x25\0\x02\0\0\0\x10\0\0\0\x26\0\0\0\0GPS-Secret-Place");
    let body = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &body, &jpeg[2..]].concat()
}

async fn prepare(bytes: Vec<u8>) -> Result<Prepared, PictureRefused> {
    Studio::new().prepare(bytes.into()).await
}

fn pixel(encoded: &[u8], x: u32, y: u32) -> [u8; 3] {
    image::load_from_memory(encoded).unwrap().into_rgb8().get_pixel(x, y).0
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}

#[tokio::test]
async fn a_photo_comes_in_every_width() {
    let photo = prepare(encoded(two_halves(2000, 1500), ImageFormat::Jpeg)).await.unwrap();
    assert_eq!((photo.width, photo.height), (2000, 1500));
    let sizes: Vec<_> = photo.renditions.iter().map(|r| (r.width, r.height)).collect();
    assert_eq!(sizes, [(240, 180), (480, 360), (960, 720), (1600, 1200)]);
    for rendition in &photo.renditions {
        for (bytes, format) in [(&rendition.webp, ImageFormat::WebP), (&rendition.jpeg, ImageFormat::Jpeg)] {
            let picture = image::load_from_memory_with_format(bytes, format).unwrap();
            assert_eq!((picture.width(), picture.height()), (rendition.width, rendition.height));
        }
    }
    assert_eq!(photo.colour.len(), 6);
    let uri = thumbhash_data_uri(&photo.thumbhash);
    assert!(uri.starts_with("data:image/webp;base64,") && uri.len() < 600, "{}", uri.len());
}

#[tokio::test]
async fn a_photo_is_turned_upright_and_tells_no_place() {
    let flat = encoded(two_halves(400, 200), ImageFormat::Jpeg);
    // EXIF 6: the top of the scene is at the right of the stored pixels; so red ends up on top.
    for (orientation, size, red) in [
        (1, (400, 200), (40, 100)),
        (3, (400, 200), (360, 100)),
        (6, (200, 400), (100, 40)),
        (8, (200, 400), (100, 360)),
    ] {
        let photo = with_exif(&flat, orientation);
        assert!(contains(&photo, b"Exif") && contains(&photo, b"GPS"));
        let photo = prepare(photo).await.unwrap();
        assert_eq!((photo.width, photo.height), size, "orientation {orientation}");
        let largest = photo.renditions.last().unwrap();
        assert_eq!((largest.width, largest.height), size);
        let [r, _, b] = pixel(&largest.jpeg, red.0, red.1);
        assert!(r > 150 && b < 100, "orientation {orientation}");
        for rendition in &photo.renditions {
            for secret in [b"Exif".as_slice(), b"GPS", b"EXIF", b"XMP "] {
                assert!(!contains(&rendition.webp, secret) && !contains(&rendition.jpeg, secret));
            }
        }
    }
}

#[tokio::test]
async fn a_bomb_is_refused_before_it_is_decoded() {
    let mut header = encoded(RgbImage::new(1, 1), ImageFormat::Png);
    header[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    let sum = crc32(&header[12..29]).to_be_bytes();
    header[29..33].copy_from_slice(&sum);
    assert_eq!(prepare(header.clone()).await.unwrap_err(), PictureRefused::TooManyPixels);
    // Each side is allowed, the area is not.
    header[16..24].copy_from_slice(&[0, 0, 0x2e, 0xe0, 0, 0, 0x2e, 0xe0]);
    let sum = crc32(&header[12..29]).to_be_bytes();
    header[29..33].copy_from_slice(&sum);
    assert_eq!(prepare(header).await.unwrap_err(), PictureRefused::TooManyPixels);
    let heavy = vec![0xff; PHOTO_BYTES_MAX + 1];
    assert_eq!(prepare(heavy).await.unwrap_err(), PictureRefused::TooManyBytes);
}

/// CRC-32 of PNG (ISO 3309), bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 })
    })
}

#[tokio::test]
async fn half_a_picture_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(two_halves(300, 300), format);
        for part in [whole.len() / 2, whole.len() - 20, 14] {
            let refused = prepare(whole[..part].to_vec()).await.unwrap_err();
            assert_eq!(refused, PictureRefused::Damaged, "{format:?} cut to {part} of {}", whole.len());
        }
    }
}

#[tokio::test]
async fn other_files_are_refused_by_what_they_are() {
    use Foreign::*;
    for (bytes, kind) in [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1".as_slice(), Heic),
        (b"GIF89a\x01\0\x01\0", Gif),
        (b"%PDF-1.7", Pdf),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<SVG xmlns='x'/>", Svg),
        (b"BM\x1e\0\0\0", Other),
        (b"\0\0\0\x1cftypavif", Other),
    ] {
        assert_eq!(prepare(bytes.to_vec()).await.unwrap_err(), PictureRefused::Unsupported(kind));
    }
    for bytes in
        [b"".as_slice(), b"hello, I am photo.jpg", b"<html></html>", b"PK\x03\x04", b"\0\0\0\x18ftypmp42"]
    {
        assert_eq!(prepare(bytes.to_vec()).await.unwrap_err(), PictureRefused::NotAPicture);
    }
}

#[tokio::test]
async fn what_hides_behind_a_picture_stays_behind() {
    let tail = b"<html><script>alert(1)</script>PK\x03\x04payload";
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let both = [encoded(two_halves(300, 200), format).as_slice(), tail].concat();
        let photo = prepare(both).await.unwrap();
        for rendition in photo.renditions {
            assert!(!contains(&rendition.webp, b"script") && !contains(&rendition.jpeg, b"script"));
            assert!(!contains(&rendition.webp, b"payload") && !contains(&rendition.jpeg, b"payload"));
        }
    }
}

#[tokio::test]
async fn unusual_pictures_work() {
    let dot =
        prepare(encoded(RgbImage::from_pixel(1, 1, Rgb([10, 200, 10])), ImageFormat::Png)).await.unwrap();
    assert_eq!((dot.renditions.len(), dot.renditions[0].width, dot.colour.as_str()), (1, 1, "0ac80a"));
    let deep =
        image::ImageBuffer::from_fn(500, 20, |x, _| image::Rgb([u16::try_from(x * 131).unwrap(), 0, 65_535]));
    let deep = prepare(encoded(DynamicImage::ImageRgb16(deep), ImageFormat::Png)).await.unwrap();
    assert_eq!(deep.renditions.iter().map(|r| r.width).collect::<Vec<_>>(), [240, 480, 500]);
    let grey = prepare(encoded(DynamicImage::new_luma8(300, 300), ImageFormat::Jpeg)).await.unwrap();
    assert_eq!(grey.colour, "000000");
    let grey = prepare(encoded(DynamicImage::new_luma_a16(30, 30), ImageFormat::Png)).await.unwrap();
    assert_eq!(grey.colour, "ffffff", "all of it is transparent");
    let wide = prepare(encoded(RgbImage::new(12_000, 1), ImageFormat::Png)).await.unwrap();
    assert_eq!(wide.renditions.last().map(|r| (r.width, r.height)), Some((1600, 1)));
}

#[tokio::test]
async fn transparency_is_kept_where_it_can_be() {
    let glass =
        RgbaImage::from_fn(300, 300, |x, _| if x < 150 { Rgba([0, 0, 0, 0]) } else { Rgba([0, 0, 0, 255]) });
    let photo = prepare(encoded(glass, ImageFormat::Png)).await.unwrap();
    let largest = photo.renditions.last().unwrap();
    let webp = image::load_from_memory(&largest.webp).unwrap().into_rgba8();
    assert_eq!((webp.get_pixel(20, 20).0[3], webp.get_pixel(280, 20).0[3]), (0, 255));
    assert!(pixel(&largest.jpeg, 20, 20).iter().all(|part| *part > 245));
    let opaque = RgbaImage::from_pixel(300, 300, Rgba([9, 9, 9, 255]));
    let photo = prepare(encoded(opaque, ImageFormat::Png)).await.unwrap();
    assert!(!image::load_from_memory(&photo.renditions[0].webp).unwrap().color().has_alpha());
}

#[tokio::test]
async fn patience_ends() {
    let studio = Studio::with(1, Duration::ZERO);
    let photo: Bytes = encoded(two_halves(2000, 2000), ImageFormat::Jpeg).into();
    assert_eq!(studio.prepare(photo).await.unwrap_err(), PictureRefused::TooSlow);
    // The thread notices and gives its place back.
    assert!(Arc::clone(&studio.places).acquire_owned().await.is_ok());
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_the_blur(bytes in proptest::collection::vec(0u8.., 0..30)) {
        let _ = thumbhash_data_uri(&bytes);
    }
}

#[test]
fn what_is_no_blur_is_left_out() {
    assert_eq!(thumbhash_data_uri(b"abc"), "");
}

#[test]
fn every_refusal_has_a_sentence_with_the_true_limits() {
    use PictureRefused::*;
    let foreign = [Foreign::Heic, Foreign::Gif, Foreign::Svg, Foreign::Pdf, Foreign::Other].map(Unsupported);
    for refused in
        [NotAPicture, TooManyBytes, TooManyPixels, Damaged, TooSlow, Busy].into_iter().chain(foreign)
    {
        let kernel::Wrong::Because(key) = refused.wrong() else { panic!("{refused}") };
        assert!(Say::knows(key), "{key}");
    }
    for lang in kernel::Lang::all() {
        let say = Say::new(lang);
        let megabytes = (PHOTO_BYTES_MAX / 1024 / 1024).to_string();
        assert!(say.picture_too_many_bytes().contains(&megabytes), "{}", lang.code());
        let megapixels = (kernel::limits::PHOTO_PIXELS_MAX / 1_000_000).to_string();
        let side = say.number(i64::from(kernel::limits::PHOTO_SIDE_MAX));
        let sentence = say.picture_too_many_pixels();
        assert!(sentence.contains(&megapixels) && sentence.contains(&side), "{}", lang.code());
    }
}
