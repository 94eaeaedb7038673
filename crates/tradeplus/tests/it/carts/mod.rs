//! What people mean to buy. A cart promises nothing.

mod pages;

use kernel::limits::CART_LINES_MAX;
use kernel::{FieldErrors, Refusal, Wrong};
use market::carts::model::{Cart, Owner};
use market::carts::rules;
use market::listings::model::Listing;
use testkit::{Person, Town};

const VISITOR: &[u8] = b"the hash of a cookie";

fn of(who: &Person) -> Owner {
    Owner::Member(who.id)
}

async fn add(town: &Town, owner: &Owner, listing: &Listing, pieces: i32) -> Result<(), Refusal> {
    let mut tx = town.db.begin().await.unwrap();
    rules::add(&mut tx, owner, listing.id, pieces).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn set(town: &Town, owner: &Owner, listing: &Listing, pieces: i32) -> Result<(), Refusal> {
    let mut tx = town.db.begin().await.unwrap();
    rules::set(&mut tx, owner, listing.id, pieces).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn shown(town: &Town, owner: &Owner) -> Cart {
    rules::show(&mut town.db.read().await.unwrap(), owner).await.unwrap()
}

/// Title and pieces of each line.
async fn lines(town: &Town, owner: &Owner) -> Vec<(String, i32)> {
    shown(town, owner).await.lines.into_iter().map(|l| (l.listing.title, l.quantity)).collect()
}

#[tokio::test]
async fn pieces_add_up_to_what_there_is() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(3).live().await;
    for (added, there) in [(1, 1), (1, 2), (5, 3)] {
        add(&town, &of(&ben), &lamp, added).await.unwrap();
        assert_eq!(lines(&town, &of(&ben)).await, [("Lamp".to_owned(), there)]);
    }
    set(&town, &of(&ben), &lamp, 1).await.unwrap();
    assert_eq!(lines(&town, &of(&ben)).await, [("Lamp".to_owned(), 1)]);
    set(&town, &of(&ben), &lamp, 0).await.unwrap();
    assert!(shown(&town, &of(&ben)).await.is_empty());
    assert_eq!(town.listing(lamp.id).await.reserved, 0, "a cart promises nothing");
}

#[tokio::test]
async fn odd_wishes_are_refused() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").live().await;
    assert!(matches!(add(&town, &of(&ann), &lamp, 1).await, Err(Refusal::Conflict("own-listing"))));
    for (pieces, wrong) in [
        (0, Wrong::TooSmall { min: 1 }),
        (-1, Wrong::TooSmall { min: 1 }),
        (i32::MIN, Wrong::TooSmall { min: 1 }),
        (10_001, Wrong::TooBig { max: 10_000 }),
        (i32::MAX, Wrong::TooBig { max: 10_000 }),
    ] {
        let refused = add(&town, &of(&ben), &lamp, pieces).await;
        let Err(Refusal::Fields(errors)) = refused else { panic!("{pieces}: {refused:?}") };
        assert_eq!(errors, FieldErrors::one("quantity", wrong));
    }
    let draft = ann.listing("Draft").draft().await;
    assert!(matches!(add(&town, &of(&ben), &draft, 1).await, Err(Refusal::NotFound)));
    let swap = ann.listing("Swap").barter("A rug.").live().await;
    assert!(matches!(add(&town, &of(&ben), &swap, 1).await, Err(Refusal::Conflict("not-for-sale"))));
    assert!(shown(&town, &of(&ben)).await.is_empty());
}

#[tokio::test]
async fn a_visitors_cart_joins_the_members_at_sign_in() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(9).live().await;
    let rug = ann.listing("Rug").quantity(9).live().await;
    let bens = ben.listing("Vase").live().await;
    let visitor = Owner::Visitor(VISITOR.to_vec());
    add(&town, &of(&ben), &lamp, 2).await.unwrap();
    for (listing, pieces) in [(&lamp, 5), (&rug, 1), (&bens, 1)] {
        add(&town, &visitor, listing, pieces).await.unwrap();
    }
    let mut tx = town.db.begin().await.unwrap();
    rules::join(&mut tx, VISITOR, ben.id).await.unwrap();
    rules::join(&mut tx, VISITOR, ben.id).await.unwrap();
    tx.commit().await.unwrap();
    let mut joined = lines(&town, &of(&ben)).await;
    joined.sort();
    assert_eq!(
        joined,
        [("Lamp".to_owned(), 5), ("Rug".to_owned(), 1)],
        "the larger number, and nothing of his own"
    );
    assert!(shown(&town, &visitor).await.is_empty(), "the visitor's cart is gone");
    let eve = town.person("Eve").await;
    assert!(shown(&town, &of(&eve)).await.is_empty());
}

#[tokio::test]
async fn a_cart_shows_things_as_they_are_now() {
    let town = Town::new().await;
    let (ann, ben, eve) = (town.person("Ann").await, town.person("Ben").await, town.person("Eve").await);
    let (lamp, rug) = (ann.listing("Lamp").live().await, ann.listing("Rug").live().await);
    for listing in [&lamp, &rug] {
        add(&town, &of(&ben), listing, 1).await.unwrap();
    }
    let deal = eve.buys(&lamp).await;
    let buyable = async || -> Vec<bool> {
        shown(&town, &of(&ben)).await.lines.iter().map(|l| l.is_buyable()).collect()
    };
    assert_eq!(buyable().await, [false, true], "promised to somebody else");
    eve.takes(deal.order(), "abandon").await;
    assert_eq!(buyable().await, [true, true]);
    let mut tx = town.db.begin().await.unwrap();
    market::listings::rules::delete(&mut tx, &ann.member().await, rug.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(lines(&town, &of(&ben)).await, [("Lamp".to_owned(), 1)]);
    town.run_jobs().await;
}

#[tokio::test]
async fn a_cart_is_sorted_by_seller() {
    let town = Town::new().await;
    let (ann, abe, ben) = (town.person("Ann").await, town.person("Abe").await, town.person("Ben").await);
    for listing in [
        ann.listing("Lamp A1").live().await,
        abe.listing("Lamp B1").live().await,
        ann.listing("Lamp A2").live().await,
    ] {
        town.clock.advance(time::Duration::seconds(1));
        add(&town, &of(&ben), &listing, 1).await.unwrap();
    }
    let cart = shown(&town, &of(&ben)).await;
    let groups: Vec<(kernel::MemberId, usize)> =
        cart.by_seller().iter().map(|(s, l)| (*s, l.len())).collect();
    assert_eq!(groups, [(ann.id, 2), (abe.id, 1)]);
    assert_eq!(cart.currency(), Some(kernel::Currency::EUR));
}

#[tokio::test]
async fn a_cart_has_an_end() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let mut first = None;
    for n in 0..CART_LINES_MAX {
        let listing = ann.listing(&format!("Lamp {n}")).quantity(2).live().await;
        add(&town, &of(&ben), &listing, 1).await.unwrap();
        first.get_or_insert(listing);
    }
    let one_more = ann.listing("One more").live().await;
    assert!(matches!(add(&town, &of(&ben), &one_more, 1).await, Err(Refusal::Conflict("cart-full"))));
    add(&town, &of(&ben), &first.unwrap(), 1).await.expect("a second piece of what is in it");
}
