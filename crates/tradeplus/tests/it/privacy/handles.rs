//! Another handle: the old one leads to it, and is nobody else's for a year.

use testkit::{Answer, Person, Town};
use time::Duration;

async fn renames(who: &Person, handle: &str) -> Answer {
    let page = who.get("/account/profile").await.is(200).page();
    who.submit(page.form("form[action='/account/handle']").with("handle", handle)).await
}

#[tokio::test]
async fn the_old_handle_leads_to_the_new_one() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.listing("Lamp").live().await;
    town.run_jobs().await;
    renames(&ann, "Annabel_2").await.goes_to("/account/profile");
    assert_eq!(ann.member().await.handle, "annabel_2");
    town.run_jobs().await;
    let visitor = town.visitor();
    let old = visitor.get("/members/Ann").await.is(301);
    assert_eq!(old.location(), "/members/annabel_2");
    visitor.get("/members/annabel_2").await.is(200).shows("Lamp");
    ann.get("/account/activity").await.shows("Handle changed");
    town.clock.advance(Duration::days(366));
    visitor.get("/members/ann").await.is(404);
}

#[tokio::test]
async fn nobody_else_gets_it_for_a_year() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    renames(&ann, "annabel").await.is(303);
    for taken in ["ann", "ANN", "annabel", "gone_12345678"] {
        let page = renames(&eve, taken).await.is(422).page();
        assert!(page.has("[name='handle'][aria-invalid='true']"), "{taken}");
    }
    let namesake = {
        let who = market::accounts::model::Registration::read(
            "ann.two@example.org",
            testkit::PASSWORD,
            "Ann",
            kernel::Lang::EN,
        );
        let mut tx = town.db.begin().await.unwrap();
        let made = market::accounts::rules::create_verified(&mut tx, &who.unwrap(), "!", None, &[]).await;
        tx.commit().await.unwrap();
        made.unwrap()
    };
    assert!(namesake.handle.starts_with("ann") && namesake.handle != "ann", "{}", namesake.handle);
    town.clock.advance(Duration::days(365));
    // Nobody is signed in that long.
    eve.browser.set_cookie("tp_session", "");
    renames(&eve, "ann").await.is(303);
}

#[tokio::test]
async fn once_in_thirty_days_and_back_again() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    renames(&ann, "annabel").await.is(303);
    renames(&ann, "ann").await.is(422).shows("30 days");
    town.clock.advance(Duration::days(13));
    ann.get("/account").await.is(200);
    town.clock.advance(Duration::days(13));
    ann.get("/account").await.is(200);
    town.clock.advance(Duration::days(5));
    renames(&ann, "ann").await.is(303);
    assert_eq!(ann.member().await.handle, "ann");
    assert_eq!(town.visitor().get("/members/annabel").await.is(301).location(), "/members/ann");
    for bad in ["", "a", "ann b", "än", "_ann", "ann.b"] {
        renames(&ann, bad).await.is(422);
    }
}
