//! Every number that bounds something, on one page.

/// Photos of one listing.
pub const PHOTOS_MAX: usize = 12;
/// Where a photo can be put; beyond the last one is behind it.
pub const PHOTO_POSITION_MAX: i64 = 1_000;
/// Bytes of one uploaded photo.
pub const PHOTO_BYTES_MAX: usize = 15 * 1024 * 1024;
/// Pixels of one uploaded photo (width × height).
pub const PHOTO_PIXELS_MAX: u64 = 50_000_000;
/// Width or height of an uploaded photo, pixels.
pub const PHOTO_SIDE_MAX: u32 = 12_000;
/// Items of one page of an API list.
pub const PAGE_MAX: usize = 100;
/// Items of one page when the caller names no limit.
pub const PAGE_DEFAULT: usize = 24;
/// Different listings in one cart.
pub const CART_LINES_MAX: i64 = 50;
/// Pieces of one listing.
pub const QUANTITY_MAX: i64 = 10_000;
/// The highest price, in minor units of its currency.
pub const PRICE_MAX: i64 = 100_000_000_000;
/// The largest whole number that every program reads alike (RFC 8259, section 6): what a filter may ask for.
pub const WHOLE_MAX: i64 = 9_007_199_254_740_991;
/// Open drafts of one member.
pub const DRAFTS_MAX: i64 = 100;
/// Keys of programs that one member has at a time.
pub const API_KEYS_MAX: i64 = 20;
/// Days that a key of a program lives at most.
pub const API_KEY_DAYS_MAX: i64 = 365;
/// Bytes of a form or JSON body, unless the route says otherwise.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
