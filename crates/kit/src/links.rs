//! Every address of a page, written once. A page or mail never spells a path by hand.

mod papers;
mod payouts;
mod searching;
pub use papers::{document, document_pdf, documents, documents_letters};
pub use payouts::{admin_payouts, admin_seller, payout, payouts};
pub use searching::SearchLink;

use kernel::{ListingId, MailId, OrderId, PaymentId, PhotoId, SessionId};

/// Adds a query of names and values to a path.
fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    match serde_html_form::to_string(pairs) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

pub fn home() -> String {
    "/".to_owned()
}

/// A search, built step by step: `search().with("q", "bike").with("condition", "good")`.
pub fn search() -> SearchLink {
    SearchLink::default()
}

/// A search for some words.
pub fn search_for(words: &str) -> SearchLink {
    search().with("q", words)
}

/// A listing's page. The id alone finds it; the slug is for people.
pub fn listing(slug: &str, id: ListingId) -> String {
    if slug.is_empty() { format!("/listings/{id}") } else { format!("/listings/{slug}-{id}") }
}

/// What a listing's path segment says: its id, and the slug that was in front of it (perhaps an old one).
pub fn read_listing(segment: &str) -> Option<(ListingId, &str)> {
    let at = segment.len().checked_sub(36)?;
    let id = segment.get(at..)?.parse().ok()?;
    let slug = segment.get(..at)?;
    if slug.is_empty() { Some((id, slug)) } else { slug.strip_suffix('-').map(|slug| (id, slug)) }
}

pub fn sell() -> String {
    "/sell".to_owned()
}

/// The form of a draft or listing.
pub fn sell_edit(id: ListingId) -> String {
    format!("/sell/{id}")
}

pub fn sell_draft(id: ListingId) -> String {
    format!("/sell/{id}/draft")
}

pub fn sell_publish(id: ListingId) -> String {
    format!("/sell/{id}/publish")
}

pub fn sell_pause(id: ListingId) -> String {
    format!("/sell/{id}/pause")
}

pub fn sell_delete(id: ListingId) -> String {
    format!("/sell/{id}/delete")
}

pub fn sell_restore(id: ListingId) -> String {
    format!("/sell/{id}/restore")
}

pub fn sell_photos(id: ListingId) -> String {
    format!("/sell/{id}/photos")
}

pub fn sell_photo(id: ListingId, photo: PhotoId) -> String {
    format!("/sell/{id}/photos/{photo}")
}

pub fn sell_photo_order(id: ListingId) -> String {
    format!("/sell/{id}/photos/order")
}

pub fn cart() -> String {
    "/cart".to_owned()
}

/// One line of the cart.
pub fn cart_line(listing: ListingId) -> String {
    format!("/cart/{listing}")
}

pub fn checkout() -> String {
    "/checkout".to_owned()
}

/// Where a payment is made and its state is shown.
pub fn pay(id: PaymentId) -> String {
    format!("/checkout/{id}")
}

/// The bank's question (3-D Secure) for a payment.
pub fn pay_confirm(id: PaymentId) -> String {
    format!("/checkout/{id}/confirm")
}

pub fn orders() -> String {
    "/orders".to_owned()
}

/// The orders in which one sells.
pub fn sales() -> String {
    "/orders?as=seller".to_owned()
}

pub fn order(id: OrderId) -> String {
    format!("/orders/{id}")
}

/// Where a step of an order is taken.
pub fn order_step(id: OrderId, step: &str) -> String {
    format!("/orders/{id}/{step}")
}

pub fn member(handle: &str) -> String {
    format!("/members/{handle}")
}

/// Sign in, and come back to `next`.
pub fn sign_in(next: &str) -> String {
    if next.is_empty() || next == "/" {
        "/sign-in".to_owned()
    } else {
        with_query("/sign-in", &[("next", next)])
    }
}

/// Show once more who one is before something sensitive, though one is signed in, and come back to `next`.
pub fn confirm(next: &str) -> String {
    with_query("/confirm", &[("next", next)])
}

/// The second factor, after the first.
pub fn sign_in_second() -> String {
    "/sign-in/second".to_owned()
}

/// Sign in by an identity provider, and come back to `next`.
pub fn sign_in_with(provider: &str, next: &str) -> String {
    let path = format!("/sign-in/with/{provider}");
    if next.is_empty() || next == "/" { path } else { with_query(&path, &[("next", next)]) }
}

/// The accounts elsewhere that one signs in with.
pub fn sign_ins() -> String {
    "/account/sign-ins".to_owned()
}

/// How the account is protected.
pub fn security() -> String {
    "/account/security".to_owned()
}

/// The keys with which programs act for one.
pub fn api_keys() -> String {
    "/account/keys".to_owned()
}

/// Why the account is suspended.
pub fn suspension() -> String {
    market::staff::suspensions::PAGE.to_owned()
}

/// The overview for staff.
pub fn staff() -> String {
    "/admin".to_owned()
}

/// Where staff stops looking as a member.
pub fn look_end() -> String {
    "/look/end".to_owned()
}

pub fn sign_out() -> String {
    "/sign-out".to_owned()
}

/// Open an account, and come back to `next`.
pub fn register(next: &str) -> String {
    if next.is_empty() || next == "/" {
        "/register".to_owned()
    } else {
        with_query("/register", &[("next", next)])
    }
}

/// The link of a mail that proves an address.
pub fn verify(token: &str) -> String {
    with_query("/verify", &[("token", token)])
}

/// Where the proving mail is sent once more.
pub fn verify_again() -> String {
    "/verify/again".to_owned()
}

/// Ask for a new password.
pub fn reset() -> String {
    "/reset".to_owned()
}

/// The link of a mail that sets a new password.
pub fn reset_new(token: &str) -> String {
    with_query("/reset/new", &[("token", token)])
}

pub fn account() -> String {
    "/account".to_owned()
}

/// One page of the account: "profile", "sessions", "language" …
pub fn account_page(name: &str) -> String {
    format!("/account/{name}")
}

/// One signed-in device.
pub fn account_session(id: SessionId) -> String {
    format!("/account/sessions/{id}")
}

pub fn preferences() -> String {
    "/preferences".to_owned()
}

pub fn about() -> String {
    "/about".to_owned()
}

/// A page about the marketplace: "limits", "api", "credits", "sandbox" …
pub fn about_page(name: &str) -> String {
    format!("/about/{name}")
}

/// The mails that were captured instead of sent; in development only.
pub fn mailbox() -> String {
    "/dev/mailbox".to_owned()
}

pub fn mailbox_mail(id: MailId) -> String {
    format!("/dev/mailbox/{id}")
}

/// A rendition of a listing's photo: width in pixels, extension "webp" or "jpeg".
pub fn photo(key: &str, width: u32, extension: &str) -> String {
    format!("/photos/{key}/{width}.{extension}")
}

/// A rendition of a member's picture.
pub fn avatar(key: &str, width: u32) -> String {
    format!("/avatars/{key}/{width}.webp")
}

pub fn suggestions() -> String {
    "/api/v1/suggestions".to_owned()
}

/// A path on this site, or the home page: what a form or link names as the place to return to is never
/// trusted to stay on the site (no scheme, no host, no backslash, no control character).
pub fn local(next: &str) -> String {
    let stays = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control);
    if stays { next.to_owned() } else { home() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01940000-0000-7000-8000-000000000001";

    #[test]
    fn a_listing_is_found_by_the_id_at_the_end() {
        let id: ListingId = ID.parse().unwrap();
        let link = listing("red-bike", id);
        assert_eq!(link, format!("/listings/red-bike-{ID}"));
        assert_eq!(read_listing(link.rsplit('/').next().unwrap()), Some((id, "red-bike")));
        assert_eq!(read_listing(ID), Some((id, "")));
        assert_eq!(listing("", id), format!("/listings/{ID}"));
        for bad in [
            "",
            "red-bike",
            &format!("redbike{ID}"),
            &format!("{ID}x"),
            "ü0000000-0000-7000-8000-000000000001",
        ] {
            assert_eq!(read_listing(bad), None, "{bad}");
        }
    }

    #[test]
    fn next_stays_on_the_site() {
        assert_eq!(local("/cart?x=1"), "/cart?x=1");
        for bad in ["https://evil.example", "//evil.example", "/\\evil.example", "cart", "", "/a\r\nb"] {
            assert_eq!(local(bad), "/", "{bad:?}");
        }
        assert_eq!(sign_in("/cart?a=1&b=2"), "/sign-in?next=%2Fcart%3Fa%3D1%26b%3D2");
        assert_eq!(sign_in("/"), "/sign-in");
    }
}
