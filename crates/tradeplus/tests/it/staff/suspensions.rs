//! Suspending somebody, their answer, and how it ends.

use super::{WHY, about, act, subjects};
use crate::strangers::{ask, is_api, scene};
use http::Method;
use kernel::Refusal;
use kit::route::Audience;
use market::accounts::model::Role;
use market::carts::model::Owner;
use market::carts::rules as carts;
use market::listings::model::State;
use market::staff::jobs::{EndSuspensions, end_suspensions};
use serde_json::json;
use testkit::{PASSWORD, Person, Town};
use time::Duration;

const WORDS: &str = "You sold things that were not there.";

/// Mo, who moderates, and Dee.
async fn two(town: &Town) -> (Person, Person) {
    (town.staff("Mo", &[Role::Moderator]).await, town.person("Dee").await)
}

fn for_days(days: &str) -> [(&str, &str); 4] {
    [("do", "suspend"), ("reason", WHY), ("words", WORDS), ("until", days)]
}

#[tokio::test]
async fn a_suspension_ends_everything_at_once_and_says_why() {
    let town = Town::new().await;
    let (mo, dee) = two(&town).await;
    dee.get("/account").await.is(200);
    dee.api(Method::GET, "/me", None).await.is(200);
    act(&mo, &dee, "/suspension", &for_days("7")).await.goes_to(&about(&dee, ""));
    dee.browser.get("/account").await.goes_to("/sign-in?next=%2Faccount");
    dee.api(Method::GET, "/me", None).await.is(401);
    let mails = town.mails_to(&dee.email).await;
    let mail = mails.iter().find(|mail| mail.subject == "Your account is suspended").unwrap();
    assert!(mail.text.contains(WORDS) && !mail.text.contains(WHY), "{}", mail.text);
    let told =
        "select count(*) from audit_log where action = 'staff.suspend' and detail->>'reason' = 'Ticket 4711'";
    assert_eq!(town.count(told).await, 1);

    dee.sign_in().await.goes_to("/account/suspension");
    dee.browser.get("/account/suspension").await.is(200).shows(WORDS).shows("It ends on").hides(WHY);
    dee.browser.get("/orders").await.goes_to("/account/suspension");
    dee.browser.post("/account/profile", &[("display_name", "Dora")]).await.goes_to("/account/suspension");
    let body = json!({ "email": dee.email, "password": PASSWORD });
    let program = town.person("Eve").await.api(Method::POST, "/sessions", Some(body)).await;
    program.problem(409, "account-suspended");
    // Who is not suspended has no such page.
    town.person("Ann").await.get("/account/suspension").await.is(404);
    act(&mo, &dee, "/suspension", &for_days("7")).await.is(409);
}

#[tokio::test]
async fn a_suspended_member_answers_once_and_staff_reads_it() {
    let town = Town::new().await;
    let (mo, dee) = two(&town).await;
    act(&mo, &dee, "/suspension", &for_days("")).await.is(303);
    dee.sign_in().await.is(303);
    let page = dee.browser.get("/account/suspension").await.is(200).page();
    let form = page.form("form[action='/account/suspension']");
    dee.browser.submit(form.clone().with("appeal", "no")).await.is(422);
    let said = form.with("appeal", "They were there, in the cellar.");
    dee.browser.submit(said.clone()).await.goes_to("/account/suspension");
    let after = dee.browser.get("/account/suspension").await.is(200).shows("in the cellar");
    assert!(!after.page().has("[name='appeal']"));
    dee.browser.submit(said).await.is(409);

    mo.get("/admin/members?only=appeals")
        .await
        .is(200)
        .shows("Dee")
        .hides("mo@example.org")
        .shows("Has answered");
    mo.get(&about(&dee, "")).await.is(200).shows("in the cellar").shows(WORDS).shows(WHY);
    act(&mo, &dee, "/suspension", &[("do", "lift"), ("reason", "")]).await.is(422);
    act(&mo, &dee, "/suspension", &[("do", "lift"), ("reason", WHY)]).await.goes_to(&about(&dee, ""));
    dee.browser.get("/account").await.is(200);
    assert_eq!(subjects(&town, &dee).await, ["Your account is suspended", "Your suspension is over"]);
    mo.get("/admin/members?only=appeals").await.is(200).shows("Nobody found");
    act(&mo, &dee, "/suspension", &[("do", "lift"), ("reason", WHY)]).await.is(409);
    // Another time is another suspension, with an answer of its own.
    act(&mo, &dee, "/suspension", &for_days("1")).await.is(303);
    dee.sign_in().await.is(303);
    assert!(dee.browser.get("/account/suspension").await.is(200).page().has("[name='appeal']"));
}

#[tokio::test]
async fn who_may_decide_about_an_answer_hears_of_it_once() {
    let town = Town::new().await;
    let (mo, dee) = two(&town).await;
    let (may, fay) = (town.staff("May", &[Role::Moderator]).await, town.staff("Fay", &[Role::Finance]).await);
    act(&mo, &dee, "/suspension", &for_days("")).await.is(303);
    dee.sign_in().await.is(303);
    let said = [("appeal", "They were there, in the cellar.")];
    dee.browser.post("/account/suspension", &said).await.is(303);
    dee.browser.post("/account/suspension", &said).await.is(409);
    for colleague in [&mo, &may] {
        let mails = town.mails_to(&colleague.email).await;
        let heard: Vec<_> = mails.iter().filter(|m| m.subject == "A suspended member has answered").collect();
        assert_eq!(heard.len(), 1, "{}", colleague.name);
        let link = format!("http://localhost:8080/admin/members/{}", dee.id);
        assert!(heard[0].text.contains(&link), "{}", heard[0].text);
        assert!(!heard[0].text.contains("Dee") && !heard[0].text.contains("cellar"), "{}", heard[0].text);
    }
    assert!(!town.subjects_to(&fay.email).await.iter().any(|s| s.contains("answered")));
}

#[tokio::test]
async fn a_suspension_is_kept_after_an_answer_for_a_reason_that_the_member_reads() {
    let town = Town::new().await;
    let (mo, dee) = two(&town).await;
    let keep = [("do", "uphold"), ("reason", WHY), ("words", "The cellar is empty.")];
    act(&mo, &dee, "/suspension", &for_days("")).await.is(303);
    act(&mo, &dee, "/suspension", &keep).await.is(409).shows("There is no answer");
    dee.sign_in().await.is(303);
    dee.browser.post("/account/suspension", &[("appeal", "They were in the cellar.")]).await.is(303);
    mo.get("/admin/members?only=appeals").await.is(200).shows("Dee");
    let page = mo.get(&about(&dee, "/suspension")).await.is(200).shows("They were in the cellar.").page();
    assert!(page.has("button[value='uphold']"));
    act(&mo, &dee, "/suspension", &[("do", "uphold"), ("reason", WHY)]).await.is(422);
    act(&mo, &dee, "/suspension", &keep).await.goes_to(&about(&dee, ""));
    dee.browser.get("/account/suspension").await.is(200).shows("The cellar is empty.").hides(WHY);
    let mails = town.mails_to(&dee.email).await;
    let mail = mails.iter().find(|mail| mail.subject == "Your suspension stays").unwrap();
    assert!(mail.text.contains("The cellar is empty."), "{}", mail.text);
    let told =
        "select count(*) from audit_log where action = 'staff.uphold' and detail->>'reason' = 'Ticket 4711'";
    assert_eq!(town.count(told).await, 1);
    mo.get("/admin/members?only=appeals").await.is(200).shows("Nobody found");
    mo.get(&about(&dee, "")).await.is(200).shows("The cellar is empty.");
    act(&mo, &dee, "/suspension", &keep).await.is(409);
    // It can still be lifted.
    act(&mo, &dee, "/suspension", &[("do", "lift"), ("reason", WHY)]).await.is(303);
    dee.browser.get("/account").await.is(200);
}

#[tokio::test]
async fn a_suspension_ends_by_itself() {
    let town = Town::new().await;
    let (mo, dee) = two(&town).await;
    act(&mo, &dee, "/suspension", &for_days("1")).await.is(303);
    dee.sign_in().await.goes_to("/account/suspension");
    town.clock.advance(Duration::days(1) - Duration::seconds(1));
    dee.browser.get("/account").await.goes_to("/account/suspension");
    town.clock.advance(Duration::seconds(1));
    // Nobody has put it away yet, and it is over all the same.
    dee.browser.get("/account").await.is(200);
    end_suspensions(&town.db, "http://localhost:8080", EndSuspensions {}).await.unwrap();
    assert_eq!(town.count("select count(*) from members where suspended_at is not null").await, 0);
    assert_eq!(town.count("select count(*) from suspensions where lifted_at = until").await, 1);
    assert_eq!(subjects(&town, &dee).await, ["Your account is suspended", "Your suspension is over"]);
    end_suspensions(&town.db, "http://localhost:8080", EndSuspensions {}).await.unwrap();
    assert_eq!(subjects(&town, &dee).await.len(), 2);
}

#[tokio::test]
async fn a_suspended_seller_sells_nothing_until_it_is_over() {
    let town = Town::new().await;
    let ((mo, dee), ben) = (two(&town).await, town.person("Ben").await);
    let (lamp, rug) = (dee.listing("Lamp").live().await, dee.listing("Rug").live().await);
    let vase = dee.listing("Vase").draft().await;
    let deal = ben.buys(&rug).await;
    act(&mo, &dee, "/suspension", &for_days("")).await.is(303);
    // From the first moment, before anything was paused.
    let refused = ben.buys_all(&[(lamp.id, 1)], true).await;
    assert!(matches!(refused, Err(Refusal::Conflict("not-for-sale"))), "{refused:?}");
    let mut tx = town.db.begin().await.unwrap();
    let refused = carts::add(&mut tx, &Owner::Member(ben.id), lamp.id, 1).await;
    assert!(matches!(refused, Err(Refusal::Conflict("not-for-sale"))), "{refused:?}");
    drop(tx);
    town.run_jobs().await;
    assert_eq!(town.listing(lamp.id).await.state, State::Paused);
    town.visitor().get(&format!("/listings/{}", lamp.id)).await.is(404);
    ben.pays(&deal).await;
    act(&mo, &dee, "/suspension", &[("do", "lift"), ("reason", WHY)]).await.is(303);
    town.run_jobs().await;
    for (listing, state) in [(&lamp, State::Live), (&rug, State::Sold), (&vase, State::Draft)] {
        assert_eq!(town.listing(listing.id).await.state, state, "{}", listing.title);
    }
    assert_eq!(town.count("select count(*) from listings where held").await, 0);
    ben.buys(&lamp).await;
}

/// Before its job has come by, somebody is suspended again.
#[tokio::test]
async fn one_may_follow_another() {
    let town = Town::new().await;
    let (mo, dee) = two(&town).await;
    act(&mo, &dee, "/suspension", &for_days("1")).await.is(303);
    town.clock.advance(Duration::days(2));
    super::forgets(&mo);
    act(&mo, &dee, "/suspension", &for_days("30")).await.is(303);
    assert_eq!(town.count("select count(*) from suspensions").await, 2);
    assert_eq!(town.count("select count(*) from suspensions where lifted_at is null").await, 1);
    assert!(dee.member().await.suspended);
}

#[tokio::test]
async fn only_somebody_below_is_suspended_and_only_for_a_reason() {
    let town = Town::new().await;
    let (mo, dee) = two(&town).await;
    let (cy, sue) = (town.staff("Cy", &[Role::Support]).await, town.staff("Sue", &[Role::Support]).await);
    act(&mo, &mo, "/suspension", &for_days("1")).await.is(409);
    act(&mo, &cy, "/suspension", &for_days("1")).await.is(409);
    act(&sue, &dee, "/suspension", &for_days("1")).await.is(404);
    act(&dee, &cy, "/suspension", &for_days("1")).await.is(404);
    let wrong = [("do", "suspend"), ("reason", "x"), ("words", WORDS), ("until", "2")];
    let back = act(&mo, &dee, "/suspension", &wrong).await.is(422).page();
    for field in ["reason", "until"] {
        assert!(back.has(&format!("[name='{field}'][aria-invalid='true']")), "{field}");
    }
    assert_eq!(back.form("main form[method='post']").value("words"), Some(WORDS), "what was typed is kept");
    assert_eq!(town.count("select count(*) from suspensions").await, 0);
}

/// Somebody who is suspended and signs in reads why, has what is theirs (`privacy::suspended`), and finds every other door
/// closed.
#[tokio::test]
async fn who_is_suspended_reads_why_and_nothing_else() {
    let scene = scene().await;
    let dee = scene.town.person("Dee").await;
    scene.town.suspend(&dee).await;
    dee.get("/account/suspension").await.is(200);
    let before = scene.trace().await;
    let mut open = 0;
    for route in tradeplus::routes::all().into_iter().filter(|r| !is_api(r)) {
        let path = scene.things.path(&route);
        match route.audience {
            Audience::Member | Audience::Verified | Audience::Staff(_) | Audience::StaffOf(_) => {
                ask(&dee.browser, None, &route, &path, &scene.things).await.goes_to("/account/suspension");
            }
            // What the path names is not there: nothing of Ann's, and no provider.
            Audience::Account => {
                let answer = ask(&dee.browser, None, &route, &path, &scene.things).await;
                let to = answer.header("location").unwrap_or_default();
                let is_shut = to.starts_with("/account/suspension") || to.starts_with("/sign-in");
                assert!(answer.status() < 500 && !matches!(answer.status(), 401 | 403), "{}", answer.told());
                assert!(!is_shut && !to.starts_with("/orders"), "{}: {}", route.name, answer.told());
                open += 1;
            }
            Audience::Suspended => {
                let answer = ask(&dee.browser, None, &route, &path, &scene.things).await;
                assert!(matches!(answer.status(), 200 | 422), "{}: {}", route.name, answer.told());
            }
            _ => {}
        }
    }
    assert_eq!(scene.trace().await, before, "and nothing has changed");
    assert_eq!(open, 11, "the way to what is theirs, and showing who they are for it");
}
