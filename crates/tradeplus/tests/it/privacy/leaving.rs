//! Leaving: what is in the way, being hidden, and taking it back.

use super::asks_to_leave;
use http::Method;
use kernel::{Lang, Say};
use market::listings::model::State;
use testkit::Town;
use time::Duration;

#[tokio::test]
async fn nobody_leaves_a_deal_open_or_money_behind() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(2).live().await;
    let deal = ben.buys(&lamp).await;
    ben.pays(&deal).await;
    let number = town.order(deal.order()).await.number;
    for who in [&ann, &ben] {
        let page = who.get("/account/delete").await.is(200).shows(&number);
        assert!(!page.page().has("form[action='/account/delete']"));
        who.post("/account/delete", &[("sure", "1")]).await.goes_to("/account/delete");
    }
    assert_eq!(town.count("select count(*) from deletions").await, 0);
    assert_eq!(town.listing(lamp.id).await.state, State::Live, "nothing was paused");
    ann.takes(deal.order(), "ship").await;
    ben.takes(deal.order(), "confirm_early").await;
    let part = Say::new(Lang::EN).money(town.order(deal.order()).await.seller_part());
    let page = ann.get("/account/delete").await.shows("wait to be paid out to you").shows(&part);
    let page = page.shows("Look under “Payouts”").page();
    let sale = format!("/orders/{}", deal.order());
    for way in [sale.as_str(), "/account/data", "/sell", "/account/profile"] {
        assert!(page.has(&format!("main a[href='{way}']")), "{way}");
    }
    ann.post("/account/delete", &[("sure", "1")]).await.goes_to("/account/delete");
    asks_to_leave(&ben).await.goes_to("/");
}

#[tokio::test]
async fn staff_stays_until_it_works_here_no_more() {
    let town = Town::new().await;
    let sue = town.staff("Sue", &[market::accounts::model::Role::Support]).await;
    sue.get("/account/delete").await.shows("Ask an operator");
    sue.post("/account/delete", &[("sure", "1")]).await.goes_to("/account/delete");
    assert_eq!(town.count("select count(*) from deletions").await, 0);
}

#[tokio::test]
async fn who_leaves_is_hidden_and_can_take_it_back() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (lamp, vase) = (ann.listing("Lamp").live().await, ann.listing("Vase").draft().await);
    let token = ann.access_token().await;
    ann.post("/account/delete", &[]).await.is(422).shows("cannot be undone");
    asks_to_leave(&ann).await.goes_to("/");
    ann.browser.get("/account").await.goes_to("/sign-in?next=%2Faccount");
    let visitor = town.visitor();
    visitor.get("/members/ann").await.is(404);
    visitor.get(&format!("/listings/{}", lamp.id)).await.is(404);
    let call = visitor.request(Method::GET, "/api/v1/me").header("authorization", format!("Bearer {token}"));
    visitor.send(call.body(axum::body::Body::empty()).unwrap()).await.is(401);
    town.run_jobs().await;
    let subjects = async || -> Vec<String> { town.subjects_to(&ann.email).await };
    assert_eq!(subjects().await, ["Your account is being deleted"]);
    town.later(Duration::days(13) + Duration::seconds(1)).await;
    assert_eq!(subjects().await.last().unwrap(), "One day until your account is erased");

    ann.sign_in().await.goes_to("/account/data");
    for path in ["/account", "/orders", "/sell", "/account/security"] {
        ann.browser.get(path).await.goes_to("/account/data");
    }
    let page = ann.browser.get("/account/data").await.is(200).shows("being deleted").page();
    ann.browser.submit(page.form("form[action='/account/delete/undo']")).await.goes_to("/account");
    ann.browser.get("/account").await.is(200);
    visitor.get("/members/ann").await.is(200);
    assert_eq!(town.listing(lamp.id).await.state, State::Live);
    assert_eq!(town.listing(vase.id).await.state, State::Draft);
    town.later(Duration::days(30)).await;
    assert_eq!(ann.member().await.email, "ann@example.org");
    assert_eq!(town.count("select count(*) from deletions").await, 0);
}

#[tokio::test]
async fn a_program_cannot_sign_in_for_who_is_leaving() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    asks_to_leave(&ann).await.goes_to("/");
    let browser = town.visitor();
    let body = serde_json::json!({ "email": ann.email, "password": testkit::PASSWORD }).to_string();
    let call = browser.request(Method::POST, "/api/v1/sessions").header("content-type", "application/json");
    let answer = browser.send(call.body(axum::body::Body::from(body)).unwrap()).await;
    answer.problem(409, "account-leaving");
}
