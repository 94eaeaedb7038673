//! Draft, live, paused, sold, deleted and back.

use super::{change, edit, fields, price};
use kernel::limits::DRAFTS_MAX;
use kernel::{Currency, Refusal};
use market::listings::edit::{Edit, Raw};
use market::listings::model::{Listing, State};
use market::listings::rules;
use testkit::{Person, Town};

type Moved = Result<Listing, Refusal>;

async fn step(town: &Town, who: &Person, listing: &Listing, step: &str) -> Moved {
    let (by, mut tx) = (who.member().await, town.db.begin().await.unwrap());
    let moved = match step {
        "publish" => rules::publish(&mut tx, &by, listing.id).await?,
        "pause" => rules::pause(&mut tx, &by, listing.id).await?,
        "sold" => rules::mark_sold(&mut tx, &by, listing.id).await?,
        "undelete" => rules::undelete(&mut tx, &by, listing.id).await?,
        "delete" => {
            rules::delete(&mut tx, &by, listing.id).await?;
            Listing { state: State::Deleted, ..listing.clone() }
        }
        other => panic!("{other}"),
    };
    tx.commit().await.unwrap();
    Ok(moved)
}

#[tokio::test]
async fn from_draft_to_sold_and_back() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").draft().await;
    assert_eq!(lamp.published_at, None);
    for (way, state) in [
        ("publish", "live"),
        ("pause", "paused"),
        ("publish", "live"),
        ("sold", "sold"),
        ("publish", "live"),
        ("delete", "deleted"),
        ("undelete", "live"),
        ("pause", "paused"),
        ("delete", "deleted"),
        ("delete", "deleted"),
        ("undelete", "paused"),
        ("undelete", "paused"),
    ] {
        step(&town, &ann, &lamp, way).await.unwrap_or_else(|r| panic!("{way}: {r:?}"));
        assert_eq!(town.listing(lamp.id).await.state.name(), state, "{way}");
        town.clock.advance(time::Duration::seconds(1));
    }
    let first = lamp.created_at;
    assert_eq!(town.listing(lamp.id).await.published_at, Some(first), "published once, the first time");
}

#[tokio::test]
async fn what_its_life_does_not_allow_is_refused() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let draft = ann.listing("Draft").draft().await;
    for way in ["pause", "sold"] {
        let refused = step(&town, &ann, &draft, way).await;
        assert!(matches!(refused, Err(Refusal::Conflict("listing-state"))), "{way}: {refused:?}");
    }
    let gone = ann.listing("Gone").live().await;
    step(&town, &ann, &gone, "delete").await.unwrap();
    for way in ["publish", "pause", "sold"] {
        let refused = step(&town, &ann, &gone, way).await;
        assert!(
            matches!(refused, Err(Refusal::Conflict("listing-state") | Refusal::NotFound)),
            "{way}: {refused:?}"
        );
    }
    assert!(matches!(change(&town, &ann, &gone, price("9")).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn publishing_names_everything_that_is_missing() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let blank = ann.listing("").empty().draft().await;
    let Err(Refusal::Fields(errors)) = step(&town, &ann, &blank, "publish").await else {
        panic!("published")
    };
    assert_eq!(fields(&errors), ["title", "category", "condition", "price"]);
    let raw = Raw {
        title: Some("Lamp".to_owned()),
        category: Some("home.lighting".to_owned()),
        condition: Some("good".to_owned()),
        deal: Some("both".to_owned()),
        price: Some("0".to_owned()),
        delivery: Some(vec![]),
        ..Raw::default()
    };
    change(&town, &ann, &blank, edit(raw)).await.unwrap();
    let Err(Refusal::Fields(errors)) = step(&town, &ann, &blank, "publish").await else {
        panic!("published")
    };
    assert_eq!(fields(&errors), ["price", "wanted", "delivery"]);
    let raw =
        Raw { delivery: Some(vec!["meet".to_owned()]), deal: Some("barter".to_owned()), ..Raw::default() };
    change(&town, &ann, &blank, edit(raw)).await.unwrap();
    let Err(Refusal::Fields(errors)) = step(&town, &ann, &blank, "publish").await else {
        panic!("published")
    };
    assert_eq!(fields(&errors), ["wanted", "location"]);
    assert_eq!(town.listing(blank.id).await.state, State::Draft);
}

#[tokio::test]
async fn an_unproven_address_publishes_nothing() {
    let town = Town::new().await;
    let nell = town.newcomer("Nell").await;
    let lamp = nell.listing("Lamp").draft().await;
    assert!(matches!(step(&town, &nell, &lamp, "publish").await, Err(Refusal::Conflict("verify-first"))));
}

#[tokio::test]
async fn somebody_elses_listing_is_not_there() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let cy = town.staff("Cy", &[market::accounts::model::Role::Operator]).await;
    let lamp = ann.listing("Lamp").live().await;
    for who in [&eve, &cy] {
        for way in ["publish", "pause", "sold", "delete", "undelete"] {
            let refused = step(&town, who, &lamp, way).await;
            assert!(matches!(refused, Err(Refusal::NotFound)), "{} {way}: {refused:?}", who.name);
        }
        assert!(matches!(change(&town, who, &lamp, price("1")).await, Err(Refusal::NotFound)));
    }
    assert_eq!(town.listing(lamp.id).await.version, lamp.version);
}

#[tokio::test]
async fn everybody_sees_what_is_live_or_sold_and_its_seller_the_rest() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let lamp = ann.listing("Lamp").draft().await;
    let sees = async |who: Option<kernel::MemberId>| {
        rules::show(&mut town.db.read().await.unwrap(), who, lamp.id).await.is_ok()
    };
    for (way, others, own) in [
        ("", false, true),
        ("publish", true, true),
        ("pause", false, true),
        ("publish", true, true),
        ("sold", true, true),
        ("delete", false, false),
    ] {
        if !way.is_empty() {
            step(&town, &ann, &lamp, way).await.unwrap();
        }
        assert_eq!(
            (sees(None).await, sees(Some(eve.id)).await, sees(Some(ann.id)).await),
            (others, others, own),
            "{way}"
        );
    }
}

#[tokio::test]
async fn a_live_listing_stays_fit_to_be_live() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    for (field, raw) in [
        ("title", Raw { title: Some(String::new()), ..Raw::default() }),
        ("price", Raw { price: Some(String::new()), ..Raw::default() }),
        ("category", Raw { category: Some(String::new()), ..Raw::default() }),
        ("delivery", Raw { delivery: Some(vec![]), ..Raw::default() }),
    ] {
        let refused = change(&town, &ann, &lamp, edit(raw)).await;
        let Err(Refusal::Fields(errors)) = refused else { panic!("{field}: {refused:?}") };
        assert_eq!(fields(&errors), [field]);
    }
    assert_eq!(town.listing(lamp.id).await.version, lamp.version, "nothing was half-changed");
}

#[tokio::test]
async fn what_is_promised_is_not_edited_away() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(5).live().await;
    let deal = ben.buys_all(&[(lamp.id, 3)], true).await.unwrap();
    let fewer = edit(Raw { quantity: Some("1".to_owned()), ..Raw::default() });
    let now = change(&town, &ann, &lamp, fewer).await.unwrap();
    assert_eq!((now.quantity, now.reserved), (3, 3));
    step(&town, &ann, &lamp, "pause").await.unwrap();
    ben.pays(&deal).await;
    let sold = town.listing(lamp.id).await;
    assert_eq!((sold.state, sold.quantity, sold.reserved), (State::Sold, 0, 0), "a paused one is sold too");
}

#[tokio::test]
async fn what_was_typed_is_read_as_it_was_meant() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").draft().await;
    let raw = Raw {
        title: Some("  Große  Lampe\u{202e} ".to_owned()),
        description: Some("One\r\ntwo\u{0}".to_owned()),
        price: Some("1.234,50".to_owned()),
        shipping: Some("4,9".to_owned()),
        location: Some("lyon, fr".to_owned()),
        delivery: Some(vec!["meet".to_owned(), "ship".to_owned()]),
        ..Raw::default()
    };
    let now = change(&town, &ann, &lamp, edit(raw)).await.unwrap();
    assert_eq!((now.title.as_str(), now.slug.as_str()), ("Große  Lampe", "gro-e-lampe"));
    assert_eq!(now.description, "One\ntwo");
    assert_eq!((now.price.unwrap().amount, now.shipping.unwrap().amount), (123_450, 490));
    assert_eq!((now.town.as_deref(), now.country.as_deref()), (Some("Lyon"), Some("FR")));
    assert!(now.ship && now.meet && now.lat.is_some());
    let raw = Raw { location: Some(String::new()), shipping: Some(String::new()), ..Raw::default() };
    let now = change(&town, &ann, &lamp, edit(raw)).await.unwrap();
    assert_eq!((now.town, now.lat, now.shipping), (None, None, None));
}

#[tokio::test]
async fn drafts_are_counted() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    for _ in 0..DRAFTS_MAX {
        ann.listing("Lamp").draft().await;
    }
    let (by, mut tx) = (ann.member().await, town.db.begin().await.unwrap());
    let one_more = rules::open(&mut tx, &by, Edit::default(), Currency::EUR).await;
    assert!(matches!(one_more, Err(Refusal::Conflict("too-many-drafts"))), "{one_more:?}");
}

#[tokio::test]
async fn ones_own_listings_are_listed_newest_first_each_once() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mut made = Vec::new();
    for n in 0..7 {
        made.push(ann.listing(&format!("Lamp {n}")).live().await.id);
    }
    let gone = ann.listing("Gone").live().await;
    step(&town, &ann, &gone, "delete").await.unwrap();
    let draft = ann.listing("Draft").draft().await;
    made.reverse();
    for (state, expected) in [(Some(State::Live), made.clone()), (None, [vec![draft.id], made].concat())] {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let mut reader = town.db.read().await.unwrap();
            let page = rules::mine(&mut reader, ann.id, state, after.as_ref(), 3).await.unwrap();
            seen.extend(page.items.iter().map(|l| l.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected);
    }
    let mut reader = town.db.read().await.unwrap();
    let odd = kernel::Cursor("nonsense".to_owned());
    let refused = rules::mine(&mut reader, ann.id, None, Some(&odd), 3).await;
    assert!(matches!(refused, Err(Refusal::Fields(_))), "{refused:?}");
}

#[tokio::test]
async fn views_are_counted_and_written_together() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (lamp, rug) = (ann.listing("Lamp").live().await, ann.listing("Rug").live().await);
    for _ in 0..3 {
        town.market.views.saw(lamp.id);
    }
    town.market.views.saw(rug.id);
    assert_eq!(town.listing(lamp.id).await.views, 0);
    town.run_jobs().await;
    town.run_jobs().await;
    assert_eq!((town.listing(lamp.id).await.views, town.listing(rug.id).await.views), (3, 1));
}
