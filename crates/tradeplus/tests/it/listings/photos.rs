//! Photos of listings: good ones are kept clean, others are refused with a reason.

use bytes::Bytes;
use kernel::limits::PHOTOS_MAX;
use kernel::{PhotoId, Refusal, Wrong};
use market::listings::model::Listing;
use market::listings::photos;
use market::photos::model::Photo;
use testkit::{Person, Town, pictures};

async fn add(town: &Town, who: &Person, listing: &Listing, bytes: Vec<u8>) -> Result<Photo, Refusal> {
    let machines = (&town.market.studio, &town.market.objects);
    photos::add(&town.db, machines, &who.member().await, listing.id, Bytes::from(bytes)).await
}

async fn order(town: &Town, listing: &Listing) -> Vec<PhotoId> {
    town.listing(listing.id).await.photos.iter().map(|p| p.id).collect()
}

#[tokio::test]
async fn photos_are_added_put_in_order_and_taken_away() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    let mut added = Vec::new();
    for n in 0..3 {
        added.push(add(&town, &ann, &lamp, pictures::good(n)).await.unwrap().id);
    }
    assert_eq!(order(&town, &lamp).await, added);
    let by = ann.member().await;
    for (photo, place, expected) in [
        (added[2], 0, [2, 0, 1]),
        (added[2], 99, [0, 1, 2]),
        (added[1], 1, [0, 1, 2]),
        (added[0], 1, [1, 0, 2]),
    ] {
        let mut tx = town.db.begin().await.unwrap();
        photos::place(&mut tx, &by, lamp.id, photo, place).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(order(&town, &lamp).await, expected.map(|i| added[i]));
    }
    let mut tx = town.db.begin().await.unwrap();
    photos::remove(&mut tx, &by, lamp.id, added[0]).await.unwrap();
    assert!(matches!(photos::remove(&mut tx, &by, lamp.id, added[0]).await, Err(Refusal::NotFound)));
    tx.commit().await.unwrap();
    assert_eq!(order(&town, &lamp).await, [added[1], added[2]]);
    let next = add(&town, &ann, &lamp, pictures::good(9)).await.unwrap();
    assert_eq!(order(&town, &lamp).await, [added[1], added[2], next.id], "the gap is closed");
}

#[tokio::test]
async fn every_rendition_is_in_the_store_in_both_encodings() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    let photo = add(&town, &ann, &lamp, pictures::jpeg(1)).await.unwrap();
    assert_eq!((photo.width, photo.height, photo.widths.as_slice()), (320, 240, [240, 320].as_slice()));
    assert_eq!(photo.colour.len(), 6);
    assert!(photo.key.contains(&lamp.id.to_string()), "{}", photo.key);
    for width in &photo.widths {
        for (ending, magic) in [("webp", b"RIFF".as_slice()), ("jpg", b"\xff\xd8\xff")] {
            let key = format!("{}/{width}.{ending}", photo.key);
            let bytes = town.market.objects.get(&key).await.unwrap().unwrap_or_else(|| panic!("{key}"));
            assert!(bytes.starts_with(magic), "{key}");
        }
    }
}

#[tokio::test]
async fn the_thirteenth_is_refused() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    for n in 0..PHOTOS_MAX {
        add(&town, &ann, &lamp, pictures::good(u8::try_from(n).unwrap())).await.unwrap();
    }
    let refused = add(&town, &ann, &lamp, pictures::good(99)).await;
    let Err(Refusal::Fields(errors)) = refused else { panic!("{refused:?}") };
    assert_eq!(errors.of("photo"), Some(&Wrong::Because("picture-too-many")));
    assert_eq!(order(&town, &lamp).await.len(), PHOTOS_MAX);
}

#[tokio::test]
async fn hostile_files_are_refused_with_a_reason() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    for (name, bytes, reason) in [
        ("nothing", Vec::new(), "picture-not-a-picture"),
        ("a page", pictures::page(), "picture-not-a-picture"),
        ("a drawing with a script", pictures::svg(), "picture-svg"),
        ("an animation", pictures::gif(), "picture-gif"),
        ("half a picture", pictures::truncated(), "picture-damaged"),
        ("a bomb", pictures::bomb(), "picture-too-many-pixels"),
        ("a beginning without an end", b"\x89PNG\r\n\x1a\n".to_vec(), "picture-damaged"),
    ] {
        let refused = add(&town, &ann, &lamp, bytes).await;
        let Err(Refusal::Fields(errors)) = refused else { panic!("{name}: {refused:?}") };
        assert_eq!(errors.of("photo"), Some(&Wrong::Because(reason)), "{name}");
        assert!(kernel::Say::knows(reason), "{reason}");
    }
    let mut large = pictures::good(1);
    large.resize(kernel::limits::PHOTO_BYTES_MAX + 1, 0);
    let refused = add(&town, &ann, &lamp, large).await;
    let Err(Refusal::Fields(errors)) = refused else { panic!("{refused:?}") };
    assert_eq!(errors.of("photo"), Some(&Wrong::Because("picture-too-many-bytes")));
    assert_eq!(town.count("select count(*) from photos").await, 0);
}

/// Nothing of the upload but its pixels gets out: no place, no name, no script behind the end.
#[tokio::test]
async fn nothing_hidden_in_a_file_survives() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    for bytes in [pictures::polyglot(), pictures::jpeg_with_a_place()] {
        assert!(find(&bytes, b"SECRET"), "the test itself");
        let photo = add(&town, &ann, &lamp, bytes).await.unwrap();
        for width in &photo.widths {
            for ending in ["webp", "jpg"] {
                let key = format!("{}/{width}.{ending}", photo.key);
                let kept = town.market.objects.get(&key).await.unwrap().unwrap();
                for trace in [b"SECRET".as_slice(), b"<script", b"Exif", b"PK\x05\x06"] {
                    assert!(!find(&kept, trace), "{key} holds {}", String::from_utf8_lossy(trace));
                }
            }
        }
    }
}

#[tokio::test]
async fn photos_of_others_are_left_alone() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let (lamp, eves) = (ann.listing("Lamp").live().await, eve.listing("Rug").live().await);
    let photo = add(&town, &ann, &lamp, pictures::good(1)).await.unwrap();
    assert!(matches!(add(&town, &eve, &lamp, pictures::good(2)).await, Err(Refusal::NotFound)));
    let (by, mut tx) = (eve.member().await, town.db.begin().await.unwrap());
    for listing in [lamp.id, eves.id] {
        assert!(matches!(photos::remove(&mut tx, &by, listing, photo.id).await, Err(Refusal::NotFound)));
        assert!(matches!(photos::place(&mut tx, &by, listing, photo.id, 0).await, Err(Refusal::NotFound)));
    }
    drop(tx);
    assert_eq!(order(&town, &lamp).await, [photo.id]);
}

fn find(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}
