//! Finding members, and signing one out.

use super::{WHY, about, act, subjects};
use http::Method;
use market::accounts::model::Role;
use testkit::Town;

#[tokio::test]
async fn members_are_found_by_handle_name_and_address_by_who_may() {
    let town = Town::new().await;
    let mo = town.staff("Mo", &[Role::Moderator]).await;
    let ann = town.person("Ann Lee").await;
    town.person("Ben").await;
    for words in ["ann_lee", "nn%20L", "ANN-LEE@EXAMPLE", "@"] {
        let found = mo.get(&format!("/admin/members?q={words}")).await.is(200);
        assert!(found.page().has(&format!("a[href='{}']", about(&ann, ""))), "{words}");
    }
    for words in ["%25", "zzz", "_nn", "%5C", &"a".repeat(3000)] {
        let found = mo.get(&format!("/admin/members?q={words}")).await.is(200);
        assert!(!found.page().has(&format!("a[href='{}']", about(&ann, ""))), "{words}");
    }
    mo.get("/admin/members?only=staff").await.is(200).shows("Moderator").hides("ann-lee@");
    mo.get("/admin/members?cursor=made-up").await.goes_to("/admin/members");
    mo.get(&about(&ann, "")).await.is(200).shows(&ann.email);
    let fay = town.staff("Fay", &[Role::Finance]).await;
    for who in [&fay, &ann] {
        who.get("/admin/members?q=ben").await.is(404);
        who.get(&about(&ann, "")).await.is(404);
    }
}

#[tokio::test]
async fn a_list_goes_on_where_it_ended() {
    let town = Town::new().await;
    let mo = town.staff("Mo", &[Role::Moderator]).await;
    for n in 0..60 {
        town.person(&format!("Person {n}")).await;
    }
    let (mut path, mut seen) = ("/admin/members?q=person".to_owned(), Vec::new());
    loop {
        let page = mo.get(&path).await.is(200).page();
        seen.extend(page.attributes("table.table tbody th a", "href"));
        match page.attributes("nav.pager a[rel='next']", "href").pop() {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!(seen.len(), 60);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 60, "each once");
}

#[tokio::test]
async fn staff_signs_a_member_out_of_everything() {
    let town = Town::new().await;
    let (sue, ann) = (town.staff("Sue", &[Role::Support]).await, town.person("Ann").await);
    let mo = town.staff("Mo", &[Role::Moderator]).await;
    ann.get("/account").await.is(200);
    ann.api(Method::GET, "/me", None).await.is(200);
    act(&mo, &ann, "/sign-out", &[("reason", WHY)]).await.is(404);
    act(&sue, &ann, "/sign-out", &[]).await.is(422);
    act(&sue, &sue, "/sign-out", &[("reason", WHY)]).await.is(409);
    ann.get("/account").await.is(200);
    act(&sue, &ann, "/sign-out", &[("reason", WHY)]).await.goes_to(&about(&ann, ""));
    ann.browser.get("/account").await.is(303);
    ann.api(Method::GET, "/me", None).await.is(401);
    assert_eq!(subjects(&town, &ann).await, ["Signed out by staff"]);
    let told = "select count(*) from audit_log where action = 'staff.sign_out' and detail->>'reason' = 'Ticket 4711'";
    assert_eq!(town.count(told).await, 1);
}
