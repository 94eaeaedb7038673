//! Looking at the marketplace as a member.

use super::{WHY, about, act, subjects};
use crate::strangers::{ask, is_api, scene};
use http::Method;
use kit::route::Audience;
use market::accounts::model::Role;
use testkit::{Person, Town};
use time::Duration;

async fn two(town: &Town) -> (Person, Person) {
    (town.staff("Sue", &[Role::Support]).await, town.person("Ann").await)
}

#[tokio::test]
async fn staff_sees_what_a_member_sees_and_the_member_is_told() {
    let town = Town::new().await;
    let (sue, ann) = two(&town).await;
    ann.listing("Lamp").draft().await;
    act(&sue, &ann, "/look", &[("reason", "")]).await.is(422);
    act(&sue, &ann, "/look", &[("reason", WHY)]).await.goes_to("/");
    sue.get("/sell?state=draft").await.is(200).shows("Lamp").shows("You look as Ann.");
    for page in ["/", "/account", "/orders", "/search", "/cart"] {
        let shown = sue.get(page).await.is(200);
        assert!(shown.page().has("aside.looking form[action='/look/end']"), "{page}");
    }
    sue.get("/admin").await.is(404);
    sue.post("/account/profile", &[("display_name", "Mallory")]).await.is(403).shows("You are only looking");
    assert_eq!(ann.member().await.display_name, "Ann");
    assert_eq!(subjects(&town, &ann).await, ["Staff looked as you"]);
    ann.get("/account/activity").await.is(200).shows("Staff looked as you").shows("By staff");
    let told =
        "select count(*) from audit_log where action = 'staff.look' and detail->>'reason' = 'Ticket 4711'";
    assert_eq!(town.count(told).await, 1);

    sue.post("/look/end", &[]).await.goes_to(&about(&ann, ""));
    let back = sue.get("/account").await.is(200).shows(&sue.email);
    assert!(!back.page().has("aside.looking"));
    sue.post("/look/end", &[]).await.goes_to("/");
    assert_eq!(town.count("select count(*) from audit_log where action = 'staff.look_end'").await, 1);
}

#[tokio::test]
async fn it_ends_after_a_quarter_of_an_hour() {
    let town = Town::new().await;
    let (sue, ann) = two(&town).await;
    act(&sue, &ann, "/look", &[("reason", WHY)]).await.is(303);
    town.clock.advance(Duration::minutes(15) - Duration::seconds(1));
    sue.get("/account").await.is(200).shows(&ann.email);
    town.clock.advance(Duration::seconds(1));
    sue.get("/account").await.is(200).shows(&sue.email);
}

#[tokio::test]
async fn it_ends_with_what_it_rests_on() {
    let town = Town::new().await;
    let (sue, ann) = two(&town).await;
    act(&sue, &ann, "/look", &[("reason", WHY)]).await.is(303);
    let change = async |statement: &'static str| {
        sqlx::query(statement).execute(&town.owner).await.unwrap();
    };
    // The permission goes.
    change("delete from role_permissions where permission = 'members.look'").await;
    sue.get("/account").await.is(200).shows(&sue.email);
    change("insert into role_permissions (role, permission) values ('support', 'members.look')").await;
    sue.get("/account").await.is(200).shows(&ann.email);
    // The member becomes staff.
    let member = ann.member().await;
    let mut tx = town.db.begin().await.unwrap();
    market::accounts::rules::add_role(&mut tx, ann.id, "finance", member.id).await.unwrap();
    tx.commit().await.unwrap();
    sue.get("/account").await.is(200).shows(&sue.email);
}

#[tokio::test]
async fn nobody_looks_as_staff_or_as_somebody_suspended() {
    let town = Town::new().await;
    let (sue, dee) = two(&town).await;
    let cy = town.staff("Cy", &[Role::Support]).await;
    let mo = town.staff("Mo", &[Role::Moderator]).await;
    act(&sue, &cy, "/look", &[("reason", WHY)]).await.is(409);
    act(&sue, &sue, "/look", &[("reason", WHY)]).await.is(409);
    act(&mo, &dee, "/look", &[("reason", WHY)]).await.is(404);
    town.suspend(&dee).await;
    act(&sue, &dee, "/look", &[("reason", WHY)]).await.is(409);
    assert_eq!(town.count("select count(*) from sessions where looks_at is not null").await, 0);
}

/// Staff that looks as Ann sees what she sees, but changes nothing and learns nothing of how she is protected.
#[tokio::test]
async fn who_looks_changes_nothing() {
    let scene = scene().await;
    let sue = scene.town.staff("Sue", &[Role::Support]).await;
    let look = format!("/admin/members/{}/look", scene.ann.id);
    sue.post(&look, &[("reason", "She asked for help")]).await.goes_to("/");
    sue.browser.get("/account").await.is(200).shows(&scene.ann.email);
    let before = scene.trace().await;
    let (mut closed, mut open) = (0, 0);
    for route in tradeplus::routes::all().into_iter().filter(|r| !is_api(r)) {
        // Browsers report without saying who they are, and nothing happens; the test provider knows nobody of here.
        let is_for_others = matches!(route.audience, Audience::Provider | Audience::Operator);
        if is_for_others || route.name == "reports.take" || route.path.starts_with("/_sim/") {
            continue;
        }
        if route.while_looking {
            assert!(route.method == Method::GET || route.name == "admin.look_end", "{}", route.name);
            open += 1;
            continue;
        }
        let path = scene.things.path(&route);
        let answer = ask(&sue.browser, None, &route, &path, &scene.things).await;
        assert_eq!(answer.status(), 403, "{}: {}", route.name, answer.told());
        closed += 1;
    }
    assert!(closed > 40 && open > 20, "{closed} closed, {open} open");
    for page in ["/account/security", "/account/sessions", "/account/activity", "/account/email", "/confirm"]
    {
        sue.browser.get(page).await.is(403);
    }
    assert_eq!(scene.trace().await, before, "and nothing has changed");
}
