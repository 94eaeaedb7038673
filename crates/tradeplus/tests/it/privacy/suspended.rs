//! Who is suspended has a right to what is known of them, and to be forgotten.

use super::{asks_for_a_copy, asks_to_leave};
use kernel::{Lang, Say};
use testkit::{PASSWORD, Town};
use time::Duration;

#[tokio::test]
async fn a_copy_is_made_for_who_is_suspended() {
    let town = Town::new().await;
    let dee = town.person("Dee").await;
    town.suspend(&dee).await;
    let page = dee.get("/account/suspension").await.is(200).page();
    assert!(page.has("main a[href='/account/data']"), "it leads there");
    asks_for_a_copy(&dee).await;
    town.run_jobs().await;
    let taken = dee.get("/account/data/copy").await.is(200);
    assert_eq!(taken.header("content-type"), Some("application/zip"));
    // They show again who they are, as everybody does.
    town.clock.advance(Duration::minutes(11));
    let asked = dee.get("/account/data/copy").await.goes_to("/confirm?next=%2Faccount%2Fdata%2Fcopy");
    let form = dee.follow_page(&asked).await.is(200).page().form("form[action='/confirm']");
    dee.submit(form.clone().with("password", "not my password")).await.is(422);
    dee.submit(form.with("password", PASSWORD)).await.goes_to("/account/data/copy");
    dee.get("/account/data/copy").await.is(200);
    dee.get("/account").await.goes_to("/account/suspension");
    // Another's copy is not there.
    let eve = town.person("Eve").await;
    town.suspend(&eve).await;
    eve.get("/account/data/copy").await.is(404);
}

#[tokio::test]
async fn who_is_suspended_leaves_and_is_forgotten_in_the_end() {
    let town = Town::new().await;
    let dee = town.person("Dee").await;
    town.suspend(&dee).await;
    dee.get("/account/delete").await.is(200).shows("at the latest 90 days after you asked");
    asks_to_leave(&dee).await.goes_to("/");
    town.visitor().get("/members/dee").await.is(404);
    dee.sign_in().await.goes_to("/account/data");
    let page = dee.browser.get("/account/data").await.is(200).shows("being deleted").page();
    dee.browser.submit(page.form("form[action='/account/delete/undo']")).await.is(303);
    assert_eq!(town.count("select count(*) from deletions").await, 0);
    assert!(dee.member().await.suspended, "that is not taken back with it");

    asks_to_leave(&dee).await.goes_to("/");
    town.run_jobs().await;
    town.later(Duration::days(89)).await;
    assert_eq!(town.count("select count(*) from deletions where erased_at is not null").await, 0);
    town.later(Duration::days(1) + Duration::seconds(1)).await;
    assert_eq!(town.count("select count(*) from deletions where erased_at is not null").await, 1);
    assert_eq!(town.count("select count(*) from members where email = 'dee@example.org'").await, 0);
}

/// The money is theirs, suspended or not.
#[tokio::test]
async fn money_keeps_who_is_suspended_too() {
    let town = Town::new().await;
    let (dee, ben) = (town.person("Dee").await, town.person("Ben").await);
    let deal = ben.buys(&dee.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    dee.takes(deal.order(), "ship").await;
    ben.takes(deal.order(), "confirm_early").await;
    dee.browser.set_cookie("tp_session", "");
    town.suspend(&dee).await;
    let order = town.order(deal.order()).await;
    let part = Say::new(Lang::EN).money(order.seller_part());
    let page = dee.get("/account/delete").await.is(200).shows(&part).shows(&order.number).page();
    assert!(!page.has("main a[href^='/orders']"), "what is closed is not linked");
    assert!(!page.has("form[action='/account/delete']"));
    dee.post("/account/delete", &[("sure", "1")]).await.goes_to("/account/delete");
    assert_eq!(town.count("select count(*) from deletions").await, 0);
}
