//! The problem with an order: what is said, shown, offered and decided, and who may see it.

mod api;
mod pages;

use kernel::{OrderId, Refusal};
use market::accounts::model::Role;
use market::cases::model::Offer;
use testkit::{Person, Town, pictures};
use time::Duration;

/// Ann's sale to Ben, about which Ben has just said that something is wrong.
struct Table {
    town: Town,
    ann: Person,
    ben: Person,
    cy: Person,
    order: OrderId,
}

impl Table {
    async fn new() -> Self {
        let town = Town::new().await;
        let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
        let cy = town.staff("Cy", &[Role::Support]).await;
        let deal = ben.buys(&ann.listing("Lamp").live().await).await;
        ben.pays(&deal).await;
        let order = deal.order();
        for step in ["ship", "seller_marks_delivered"] {
            ann.takes(order, step).await;
        }
        ben.takes(order, "open_claim").await;
        Self { town, ann, ben, cy, order }
    }

    fn path(&self, rest: &str) -> String {
        format!("/orders/{}/case{rest}", self.order)
    }

    /// How many mails somebody got so far.
    async fn heard(&self, who: &Person) -> usize {
        self.town.mails_to(&who.email).await.len()
    }

    async fn states(&self) -> Vec<String> {
        sqlx::query_scalar("select state from case_proposals order by made_at, proposal_id")
            .fetch_all(&self.town.owner)
            .await
            .unwrap()
    }
}

fn is_conflict<T: std::fmt::Debug>(tried: &Result<T, Refusal>, code: &str) -> bool {
    matches!(tried, Err(Refusal::Conflict(it)) if *it == code)
}

#[tokio::test]
async fn statements_and_photos_are_for_the_two_sides_and_staff() {
    let it = Table::new().await;
    let eve = it.town.person("Eve").await;
    let mo = it.town.staff("Mo", &[Role::Moderator]).await;
    it.ann.post(&it.path("/say"), &[("words", "It was whole when I sent it.")]).await.is(303);
    let picture = pictures::good(1);
    it.ben
        .upload(&it.path("/photos"), &[("caption", "The crack")], &[("photo", "a.png", &picture)])
        .await
        .is(303);
    let photo: uuid::Uuid =
        sqlx::query_scalar("select photo_id from case_photos").fetch_one(&it.town.owner).await.unwrap();
    for who in [&it.ann, &it.ben, &it.cy] {
        let page = who.get(&it.path("")).await.is(200);
        page.shows("It was whole when I sent it.")
            .shows("The crack")
            .shows("The shade of the lamp is broken");
        let seen = who.get(&it.path(&format!("/photos/{photo}"))).await.is(200);
        assert_eq!(seen.header("cache-control"), Some("no-store"));
        assert_eq!(seen.header("content-type"), Some("image/jpeg"));
    }
    for who in [&eve, &mo] {
        who.get(&it.path("")).await.is(404);
        who.get(&it.path(&format!("/photos/{photo}"))).await.is(404);
        who.post(&it.path("/say"), &[("words", "Me too.")]).await.is(404);
    }
    let key: String =
        sqlx::query_scalar("select key from case_photos").fetch_one(&it.town.owner).await.unwrap();
    it.ben.get(&format!("/photos/{key}/240.jpg")).await.is(404);
    // The photo of another case is not there.
    it.ben.get(&format!("/orders/{}/case/photos/{photo}", uuid::Uuid::nil())).await.is(404);
}

#[tokio::test]
async fn a_photo_says_nothing_of_where_it_was_taken() {
    let it = Table::new().await;
    let picture = pictures::good(1);
    it.ben.upload(&it.path("/photos"), &[], &[("photo", "a.png", &picture)]).await.is(303);
    let (key, original): (String, Vec<u8>) =
        sqlx::query_as("select key, original_hash from case_photos").fetch_one(&it.town.owner).await.unwrap();
    let hash = ring::digest::digest(&ring::digest::SHA256, &picture);
    assert_eq!(original, hash.as_ref(), "it can be told later that it is the one");
    for name in it.town.market.objects.list(&key).await.unwrap() {
        let bytes = it.town.market.objects.get(&name).await.unwrap().unwrap();
        assert!(!bytes.windows(4).any(|four| four == b"Exif"), "{name}");
        assert_ne!(bytes.as_ref(), picture.as_slice(), "encoded anew: {name}");
    }
}

#[tokio::test]
async fn photos_have_bounds_and_an_end() {
    let it = Table::new().await;
    let picture = pictures::good(1);
    let one = ("photo", "a.png", picture.as_slice());
    it.ben.upload(&it.path("/photos"), &[], &[one, one, one, one, one]).await.is(422);
    for _ in 0..2 {
        it.ben.upload(&it.path("/photos"), &[], &[one, one, one, one]).await.is(303);
    }
    it.ben.upload(&it.path("/photos"), &[], &[one]).await.is(422);
    it.ann.upload(&it.path("/photos"), &[], &[one]).await.is(303);
    it.ann.upload(&it.path("/photos"), &[], &[("photo", "a.txt", b"no picture".as_slice())]).await.is(422);
    it.ann.upload(&it.path("/photos"), &[], &[]).await.is(422);
    assert_eq!(it.town.count("select count(*) from case_photos").await, 9);
    it.ann.takes(it.order, "seller_refunds").await;
    let forget =
        || market::cases::jobs::forget(&it.town.db, &it.town.market.objects, market::cases::jobs::Forget {});
    it.town.later(Duration::days(729)).await;
    forget().await.unwrap();
    assert_eq!(it.town.count("select count(*) from case_photos").await, 9);
    it.town.later(Duration::days(2)).await;
    forget().await.unwrap();
    assert_eq!(it.town.count("select count(*) from case_photos").await, 0);
    assert!(it.town.market.objects.list("evidence").await.unwrap().is_empty());
}

#[tokio::test]
async fn only_the_newest_proposal_of_a_side_is_open() {
    let it = Table::new().await;
    let first = it.ann.proposes(it.order, Offer::Partial, Some(200)).await.unwrap();
    let second = it.ann.proposes(it.order, Offer::Partial, Some(400)).await.unwrap();
    it.ben.proposes(it.order, Offer::Return, None).await.unwrap();
    assert_eq!(it.states().await, ["replaced", "open", "open"]);
    let old = it.ben.accepts(it.order, "agree_partial", first).await;
    assert!(is_conflict(&old, "proposal-gone"), "{old:?}");
    it.ben.accepts(it.order, "agree_partial", second).await.unwrap();
    assert_eq!(it.states().await, ["replaced", "accepted", "lapsed"], "what was offered beside it is off");
    assert_eq!(it.town.order(it.order).await.refunded.amount, 400);
}

#[tokio::test]
async fn accepting_ones_own_proposal_is_refused() {
    let it = Table::new().await;
    let own = it.ben.proposes(it.order, Offer::Partial, Some(1_400)).await.unwrap();
    for step in ["agree_partial", "agree_return", "agree_replacement"] {
        let tried = it.ben.accepts(it.order, step, own).await;
        assert!(is_conflict(&tried, "proposal-gone"), "{step}: {tried:?}");
    }
    let other = it.ann.accepts(it.order, "agree_return_by_seller", own).await;
    assert!(is_conflict(&other, "proposal-gone"), "another thing than was offered: {other:?}");
    it.ann.accepts(it.order, "agree_partial_by_seller", own).await.unwrap();
}

#[tokio::test]
async fn a_proposal_is_refused_taken_back_or_lapses() {
    let it = Table::new().await;
    let id = it.ann.proposes(it.order, Offer::Return, None).await.unwrap().to_string();
    it.ben.post(&it.path("/answer"), &[("do", "refuse"), ("proposal", &id)]).await.is(303);
    let id = it.ann.proposes(it.order, Offer::Return, None).await.unwrap().to_string();
    it.ann.post(&it.path("/answer"), &[("do", "withdraw"), ("proposal", &id)]).await.is(303);
    it.ann.proposes(it.order, Offer::Replacement, None).await.unwrap();
    assert_eq!(it.states().await, ["refused", "withdrawn", "open"]);
    it.town.later(Duration::days(3)).await;
    assert_eq!(it.states().await, ["refused", "withdrawn", "lapsed"]);
    let late = it.ann.proposes(it.order, Offer::Return, None).await;
    assert!(is_conflict(&late, "case-not-talking"), "staff has it: {late:?}");
}

#[tokio::test]
async fn a_part_is_neither_nothing_nor_too_much() {
    let it = Table::new().await;
    for amount in [None, Some(0), Some(-1), Some(1_401)] {
        let tried = it.ann.proposes(it.order, Offer::Partial, amount).await;
        assert!(matches!(tried, Err(Refusal::Fields(_))), "{amount:?}: {tried:?}");
    }
    it.ann.proposes(it.order, Offer::Partial, Some(1_400)).await.unwrap();
}

#[tokio::test]
async fn nothing_is_released_while_a_case_is_open() {
    let it = Table::new().await;
    let confirm = it.ben.step(it.order, "confirm").await;
    assert!(is_conflict(&confirm, "order-step"), "{confirm:?}");
    for _ in 0..2 {
        it.town.later(Duration::days(3)).await;
        let held = it.town.balance(&ledger::Account::Escrow(it.order)).await;
        assert_eq!(held, 1_530);
    }
    assert_eq!(it.town.state(it.order).await, "claim_review");
}

#[tokio::test]
async fn staff_takes_a_case_and_both_sides_hear_of_it() {
    let it = Table::new().await;
    it.ben.takes(it.order, "escalate").await;
    it.town.run_jobs().await;
    let before = it.town.mails_to(&it.ann.email).await.len();
    it.cy.get("/admin/cases").await.is(200).shows("Something else");
    it.cy.post(&format!("/admin/cases/{}", it.order), &[]).await.goes_to("/admin/cases");
    it.town.run_jobs().await;
    assert_eq!(it.town.mails_to(&it.ann.email).await.len(), before + 1);
    assert_eq!(it.town.count("select count(*) from audit_log where action = 'cases.take'").await, 1);
    it.cy.post(&it.path("/say"), &[("words", "Do you have the receipt?")]).await.is(303);
    it.ben.get(&it.path("")).await.is(200).shows("Do you have the receipt?").shows("Our team");
}

#[tokio::test]
async fn who_leaves_with_an_open_case_waits() {
    let it = Table::new().await;
    let member = it.ben.member().await;
    let mut reader = it.town.db.read().await.unwrap();
    let obstacles = market::privacy::leaving::obstacles(&mut reader, &member).await.unwrap();
    assert_eq!(obstacles.orders.len(), 1);
}

/// The other side hears of each thing once, and who did it does not.
#[tokio::test]
async fn each_hears_of_what_the_other_says_and_offers() {
    let it = Table::new().await;
    it.town.run_jobs().await;
    let (ann, ben) = (it.heard(&it.ann).await, it.heard(&it.ben).await);
    it.ann.post(&it.path("/say"), &[("words", "It was whole when I sent it.")]).await.is(303);
    it.ann.proposes(it.order, Offer::Partial, Some(400)).await.unwrap();
    it.town.run_jobs().await;
    assert_eq!((it.heard(&it.ann).await, it.heard(&it.ben).await), (ann, ben + 2));
    it.town.later(Duration::days(2)).await;
    let told = it.town.subjects_to(&it.ann.email).await;
    assert!(told.iter().any(|subject| subject.starts_with("One day left")), "{told:?}");
}
