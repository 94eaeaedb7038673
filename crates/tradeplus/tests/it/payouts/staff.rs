//! What staff does about sellers' money, and what takes two.

use super::{GOOD, completed, faults, hours, sets_up, states};
use market::accounts::model::Role;
use testkit::{Person, Town};
use time::Duration;

const WHY: (&str, &str) = ("reason", "Ticket 4711");

async fn sale(town: &Town, seller: &Person) -> String {
    let id: uuid::Uuid =
        sqlx::query_scalar("select settlement_id from settlements where seller_id = $1 and kind = 'sale'")
            .bind(seller.id.0)
            .fetch_one(&town.owner)
            .await
            .unwrap();
    format!("release:{id}")
}

#[tokio::test]
async fn staff_ends_a_wait_and_says_why() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (fay, sue) = (town.staff("Fay", &[Role::Finance]).await, town.staff("Sue", &[Role::Support]).await);
    completed(&town, &ann, &ben, 10_000).await;
    sets_up(&town, &ann, GOOD).await;
    let path = format!("/admin/sellers/{}", ann.id);
    sue.get(&path).await.is(404);
    sue.get("/admin/payouts").await.is(404);
    fay.get("/admin/payouts").await.is(200);
    fay.get(&path).await.is(200).shows("The money of Ann");
    let what = sale(&town, &ann).await;
    fay.post(&path, &[("what", &what)]).await.is(422);
    fay.post(&path, &[("what", "release:nothing"), WHY]).await.is(422);
    fay.post(&path, &[("what", &what), WHY]).await.goes_to(&path);
    assert_eq!(town.count("select count(*) from audit_log where action = 'payouts.released'").await, 1);
    hours(&town, 3).await;
    assert_ne!(states(&town, &ann, "sale").await, ["on_hold"]);
    assert_eq!(faults(&town).await, [""; 0]);
}

/// Finance does not see members, and finds a seller whose money waits all the same.
#[tokio::test]
async fn a_seller_is_found_by_name_by_order_and_by_payout() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let fay = town.staff("Fay", &[Role::Finance]).await;
    let order = completed(&town, &ann, &ben, 10_000).await;
    let number = town.order(order).await.number;
    let payout = super::a_payout(&town, order, ann.id).await;
    let (seller, page) = (format!("/admin/sellers/{}", ann.id), format!("/admin/payouts/{payout}"));
    let asked = async |q: &str| fay.get(&format!("/admin/payouts?q={q}")).await;
    for q in ["ann", "@ann", number.as_str()] {
        asked(q).await.goes_to(&seller);
    }
    asked("pbyhand00").await.goes_to(&page);
    for q in ["nobody", "%00", "%C3%A4"] {
        let none = asked(q).await.is(404).page();
        assert!(none.has("[name='q'][aria-invalid='true']"), "{q}");
    }
    let shown = fay.get(&page).await.is(200).shows("PBYHAND00").shows("acct_x").shows(&number).page();
    for way in
        [seller.clone(), format!("/admin/orders/{order}"), format!("/admin/payments/calls?about={payout}")]
    {
        assert!(shown.has(&format!("a[href='{way}']")), "{way}");
    }
    assert!(fay.get("/admin/payouts").await.is(200).page().has(&format!("a[href='{page}']")));
    assert!(fay.get(&seller).await.is(200).page().has(&format!("a[href='{page}']")));
    let sue = town.staff("Sue", &[Role::Support]).await;
    sue.get(&page).await.is(404);
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let member = olga.get(&format!("/admin/members/{}", ann.id)).await.is(200).page();
    assert!(member.has(&format!("a[href='{seller}']")));
}

#[tokio::test]
async fn an_act_above_the_limit_waits_and_is_done_by_the_second() {
    let town = Town::with(|config| config.staff.alone_up_to = Some(5_000)).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (fay, flo) = (town.staff("Fay", &[Role::Finance]).await, town.staff("Flo", &[Role::Finance]).await);
    completed(&town, &ann, &ben, 10_000).await;
    let path = format!("/admin/sellers/{}", ann.id);
    fay.post(&path, &[("what", "tier:2"), ("days", "30"), WHY]).await.goes_to(&path);
    assert_eq!(town.count("select tier::bigint from seller_tiers").await, 2, "that is about no money");

    let what = sale(&town, &ann).await;
    fay.post(&path, &[("what", &what), WHY]).await.goes_to(&path);
    fay.get(&path).await.shows("This takes a second person");
    assert_eq!(town.count("select count(*) from audit_log where action = 'payouts.released'").await, 0);
    let id: uuid::Uuid = sqlx::query_scalar("select approval_id from approvals where state = 'waiting'")
        .fetch_one(&town.owner)
        .await
        .unwrap();
    let page = format!("/admin/approvals/{id}");
    flo.get(&page).await.is(200).shows("Ann").shows("End the wait");
    flo.post(&page, &[("do", "agree"), ("reason", "I looked at it")]).await.goes_to("/admin/approvals");
    let by = "select count(*) from audit_log where action = 'payouts.released' and actor_id = $1";
    let by: i64 = sqlx::query_scalar(by).bind(fay.id.0).fetch_one(&town.owner).await.unwrap();
    assert_eq!(by, 1, "in the name of who asked");
    town.later(Duration::hours(1)).await;
    assert_eq!(states(&town, &ann, "sale").await, ["on_hold"], "she has no account yet");
}

#[tokio::test]
async fn nobody_acts_on_their_own_money() {
    let town = Town::new().await;
    let (ben, fay) = (town.person("Ben").await, town.staff("Fay", &[Role::Finance]).await);
    completed(&town, &fay, &ben, 10_000).await;
    let path = format!("/admin/sellers/{}", fay.id);
    let what = sale(&town, &fay).await;
    let refused = fay.post(&path, &[("what", &what), WHY]).await;
    assert!(matches!(refused.status(), 303 | 409), "{}", refused.told());
    assert_eq!(town.count("select count(*) from audit_log where action = 'payouts.released'").await, 0);
    fay.post(&path, &[("what", "tier:3"), ("days", "30"), WHY]).await;
    assert_eq!(town.count("select count(*) from seller_tiers where tier = 3").await, 0);
}

/// What the command `ledger verify` checks, the page checks too.
#[tokio::test]
async fn the_page_of_the_books_looks_at_sellers_money_and_at_the_anchor() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let fay = town.staff("Fay", &[Role::Finance]).await;
    completed(&town, &ann, &ben, 10_000).await;
    fay.get("/admin/ledger").await.is(200).shows("The books are right").shows(ledger::verify::names::ANCHOR);
    let spoil = "update settlements set amount = amount + 1 where kind = 'sale'";
    sqlx::query(spoil).execute(&town.owner).await.unwrap();
    let page = fay.get("/admin/ledger").await.is(200);
    page.shows("what sellers are due in the books is what their sales brought").hides("The books are right");
}
