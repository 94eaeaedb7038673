//! Selling by the pages, without a script.

use kernel::limits::PHOTOS_MAX;
use market::listings::model::{Listing, State};
use testkit::{Page, Person, Town, pictures};

/// The id of the listing whose form a path shows.
fn id_of(path: &str) -> kernel::ListingId {
    path.trim_start_matches("/sell/").split(['/', '#', '?']).next().unwrap().parse().unwrap()
}

async fn form_of(who: &Person, id: kernel::ListingId) -> testkit::Filled {
    who.get(&format!("/sell/{id}")).await.is(200).page().form("form#sell")
}

/// The fields that are marked wrong.
fn wrong(page: &Page) -> Vec<String> {
    let mut all = page.attributes("[aria-invalid='true']", "name");
    all.extend(
        page.attributes("fieldset[aria-invalid='true'] input, fieldset.field:has(.err) input", "name"),
    );
    all.sort();
    all.dedup();
    all
}

#[tokio::test]
async fn from_nothing_to_a_live_listing() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let sell = ann.get("/sell").await.is(200).page();
    let begun = ann.submit(sell.form("main form[action='/sell']")).await.is(303);
    let id = id_of(begun.location());
    let again = ann.submit(sell.form("main form[action='/sell']")).await.is(303);
    assert_eq!(id_of(again.location()), id, "an untouched draft is taken up again");

    let form = form_of(&ann, id).await;
    let typed =
        form.with("title", "Brass lamp").with("price", "12,50").with("description", "It shines.\r\nStill.");
    let saved = ann.submit(typed.choosing("do", "save")).await.goes_to(&format!("/sell/{id}"));
    ann.get(saved.location()).await.is(200);
    let draft = town.listing(id).await;
    assert_eq!((draft.title.as_str(), draft.price.unwrap().amount), ("Brass lamp", 1_250));
    assert_eq!(draft.description, "It shines.\nStill.");

    // What a buyer must know is asked for, at its field; what was typed stays.
    let form = form_of(&ann, id).await;
    let publish = testkit::Filled { action: format!("/sell/{id}/publish"), ..form.with("price", "13") };
    let page = ann.submit(publish).await.is(422).page();
    assert_eq!(wrong(&page), ["category", "condition"]);
    let back = page.form("form#sell");
    assert_eq!((back.value("title"), back.value("price")), (Some("Brass lamp"), Some("13")));
    assert_eq!(town.listing(id).await.price.unwrap().amount, 1_300, "and is saved");
    assert_eq!(town.listing(id).await.state, State::Draft);

    let chosen =
        back.with("category", "home.lighting").choosing("condition", "good").choosing("do", "category");
    let page = ann.submit(chosen).await.is(200).page();
    assert!(
        page.has("[name='attributes.bulb_socket'], [name='attributes/bulb_socket']"),
        "the details of the category are asked"
    );
    let form = page.form("form#sell").choosing("condition", "good");
    let publish = testkit::Filled { action: format!("/sell/{id}/publish"), ..form };
    let live = ann.submit(publish).await.is(303);
    let listing = town.listing(id).await;
    assert_eq!(live.location(), format!("/listings/brass-lamp-{id}"));
    assert_eq!(listing.state, State::Live);
    town.visitor().get(live.location()).await.is(200).shows("Brass lamp").shows("€13.00");
}

#[tokio::test]
async fn every_mistake_is_told_at_its_field() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    let form = form_of(&ann, lamp.id).await;
    let typed = form
        .with("title", "x")
        .with("price", "a lot")
        .with("quantity", "0")
        .with("shipping_price", "-1")
        .with("location", "Atlantis")
        .choosing("do", "save");
    let page = ann.submit(typed).await.is(422).page();
    assert_eq!(wrong(&page), ["location", "price", "quantity", "shipping_price", "title"]);
    let back = page.form("form#sell");
    for (field, value) in [("title", "x"), ("price", "a lot"), ("quantity", "0"), ("location", "Atlantis")] {
        assert_eq!(back.value(field), Some(value), "{field}");
    }
    assert_eq!(town.listing(lamp.id).await.version, lamp.version, "nothing was saved");
}

/// Every button of one's own listing, and its undo.
#[tokio::test]
async fn paused_sold_deleted_and_undone() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    let state = async || town.listing(lamp.id).await.state;
    for (button, becomes, undo) in [
        ("pause", State::Paused, State::Live),
        ("sold", State::Sold, State::Live),
        ("delete", State::Deleted, State::Live),
    ] {
        let page = ann.get(&format!("/sell/{}", lamp.id)).await.is(200).page();
        let done = ann.submit(page.form(&format!("form[action='/sell/{}/{button}']", lamp.id))).await.is(303);
        assert_eq!(state().await, becomes, "{button}");
        let after = ann.follow_page(&done).await.is(200).page();
        ann.submit(after.form(".flashes form")).await.is(303);
        assert_eq!(state().await, undo, "undoing {button}");
        let said_once = ann.get("/sell").await.page();
        assert!(!said_once.has(".flashes form"), "what was said is said once");
    }
    ann.post(&format!("/sell/{}/delete", lamp.id), &[]).await.is(303);
    town.visitor().get(&format!("/listings/{}", lamp.id)).await.is(404);
    ann.get(&format!("/sell/{}", lamp.id)).await.is(404);
}

#[tokio::test]
async fn what_cannot_be_done_now_is_told() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").live().await;
    ben.buys(&lamp).await;
    let refused = ann.post(&format!("/sell/{}/delete", lamp.id), &[]).await.is(303);
    let words = kernel::Say::new(kernel::Lang::EN).by_key("refused-listing-reserved");
    ann.follow_page(&refused).await.shows(&words);
    assert_eq!(town.listing(lamp.id).await.state, State::Live);
    let nell = town.newcomer("Nell").await;
    let draft = nell.listing("Rug").draft().await;
    let refused = nell.post(&format!("/sell/{}/publish", draft.id), &[]).await.is(303);
    let words = kernel::Say::new(kernel::Lang::EN).by_key("refused-verify-first");
    nell.follow_page(&refused).await.shows(&words);
}

/// What a script sends while somebody types: what is right is kept, and 422 says that not all of it was.
#[tokio::test]
async fn a_draft_is_saved_while_one_types() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let draft = ann.listing("Lamp").empty().draft().await;
    let path = format!("/sell/{}/draft", draft.id);
    let saved = ann.post(&path, &[("whole", "1"), ("title", "Brass lamp"), ("price", "12")]).await.is(200);
    assert!(saved.at("/saved_at").is_string());
    ann.post(&path, &[("whole", "1"), ("title", "Brass lamp"), ("price", "a lo")]).await.is(422);
    let now = town.listing(draft.id).await;
    assert_eq!((now.title.as_str(), now.price.map(|p| p.amount)), ("Brass lamp", Some(1_200)));
    let live = ann.listing("Rug").live().await;
    ann.post(&format!("/sell/{}/draft", live.id), &[("whole", "1"), ("title", "Changed")]).await.is(409);
    assert_eq!(town.listing(live.id).await.title, "Rug");
}

#[tokio::test]
async fn photos_by_forms_alone() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    let path = format!("/sell/{}/photos", lamp.id);
    let files: Vec<(u8, Vec<u8>)> = (0..3).map(|n| (n, pictures::good(n))).collect();
    let parts: Vec<(&str, &str, &[u8])> =
        files.iter().map(|(_, b)| ("photo", "a.png", b.as_slice())).collect();
    ann.upload(&path, &[], &parts).await.is(303);
    let order = async || town.listing(lamp.id).await.photos.iter().map(|p| p.id).collect::<Vec<_>>();
    let [a, b, c] = order().await[..] else { panic!("three photos") };
    for (photo, button, expected) in
        [(b, "earlier", vec![b, a, c]), (b, "later", vec![a, b, c]), (c, "delete", vec![a, b])]
    {
        let page = ann.get(&format!("/sell/{}", lamp.id)).await.page();
        let form = page.form(&format!("form[action='{path}/{photo}']")).choosing("do", button);
        ann.submit(form).await.is(303);
        assert_eq!(order().await, expected, "{button}");
    }
    ann.post(&format!("{path}/order"), &[("order", &format!("{b},{a}"))]).await.is(303);
    assert_eq!(order().await, [b, a]);

    let page = town.visitor().get(&format!("/listings/lamp-{}", lamp.id)).await.is(200).page();
    let shown = page.attributes("main img[src^='/photos/']", "src");
    assert!(!shown.is_empty());
    let picture = town.visitor().get(&shown[0]).await.is(200);
    assert!(
        picture.header("content-type").is_some_and(|t| t.starts_with("image/")),
        "{:?}",
        picture.headers()
    );
    assert!(picture.header("cache-control").is_some_and(|c| c.contains("immutable")));
}

#[tokio::test]
async fn hostile_photos_are_told_at_the_field() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    let path = format!("/sell/{}/photos", lamp.id);
    for (name, bytes) in [
        ("page.png", pictures::page()),
        ("drawing.svg", pictures::svg()),
        ("half.jpg", pictures::truncated()),
        ("bomb.png", pictures::bomb()),
        ("moving.gif", pictures::gif()),
    ] {
        let page = ann.upload(&path, &[], &[("photo", name, &bytes)]).await.is(422).page();
        let told = page.one("#f-photo-err");
        assert!(told.len() > 20, "{name}: {told}");
    }
    assert!(town.listing(lamp.id).await.photos.is_empty());
    for n in 0..PHOTOS_MAX {
        let bytes = pictures::good(u8::try_from(n).unwrap());
        ann.upload(&path, &[], &[("photo", "a.png", &bytes)]).await.is(303);
    }
    let page = ann.upload(&path, &[], &[("photo", "a.png", &pictures::good(99))]).await.is(422).page();
    assert!(!page.one("#f-photo-err").is_empty());
    assert!(!page.has("input[type='file']"), "there is no place for a thirteenth");
}

#[tokio::test]
async fn the_listing_page_is_found_by_its_id_and_moves_to_its_name() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Brass lamp").live().await;
    let visitor = town.visitor();
    let right = format!("/listings/brass-lamp-{}", lamp.id);
    visitor.get(&right).await.is(200);
    for other in [format!("/listings/{}", lamp.id), format!("/listings/old-name-{}", lamp.id)] {
        assert_eq!(visitor.get(&other).await.is(308).location(), right);
    }
    ann.browser.get(&right).await.is(200);
    town.run_jobs().await;
    assert!(town.listing(lamp.id).await.views >= 2);
    let own: Listing = town.listing(lamp.id).await;
    ann.get(&right).await.is(200);
    town.run_jobs().await;
    assert!(town.listing(lamp.id).await.views >= own.views);
}

#[tokio::test]
async fn the_history_tells_of_every_change() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    let form = form_of(&ann, lamp.id).await.with("price", "9.99").choosing("do", "save");
    ann.submit(form).await.is(303);
    ann.get(&format!("/sell/{}/history", lamp.id)).await.is(200).shows("12.00").shows("9.99");
}
