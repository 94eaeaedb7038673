//! Acts that take two: one of the staff asks, and another agrees, or not.

use super::{WHY, about, act, forgets, subjects};
use http::Method;
use market::accounts::model::Role;
use market::approvals::jobs::{End, end};
use platform::config::SecondPerson;
use serde_json::json;
use testkit::{Answer, Person, Town};
use time::Duration;

const BASE: &str = "http://localhost:8080";
const SUSPEND: [(&str, &str); 4] =
    [("do", "suspend"), ("reason", WHY), ("words", "You are out."), ("until", "7")];

/// Where everything takes two that can.
async fn town() -> Town {
    Town::with(|config| config.staff.second_person_for = SecondPerson::ALL.to_vec()).await
}

/// Two who moderate, and Dee.
async fn three(town: &Town) -> (Person, Person, Person) {
    let (mo, may) = (town.staff("Mo", &[Role::Moderator]).await, town.staff("May", &[Role::Moderator]).await);
    (mo, may, town.person("Dee").await)
}

/// The page of the only act that waits.
async fn waiting(town: &Town) -> String {
    let open = "select approval_id from approvals where state in ('waiting', 'agreed')";
    let ids: Vec<uuid::Uuid> = sqlx::query_scalar(open).fetch_all(&town.owner).await.unwrap();
    assert_eq!(ids.len(), 1);
    format!("/admin/approvals/{}", ids[0])
}

async fn says(who: &Person, page: &str, what: &str) -> Answer {
    who.post(page, &[("do", what), ("reason", "I looked at it")]).await
}

/// It cannot be agreed to, for a reason that the page says, and goes on waiting.
async fn is_refused(who: &Person, page: &str, words: &str) {
    says(who, page, "agree").await.goes_to(page);
    who.get(page).await.is(200).shows(words);
}

async fn in_state(town: &Town, state: &str) -> i64 {
    let count = sqlx::query_scalar("select count(*) from approvals where state = $1").bind(state);
    count.fetch_one(&town.owner).await.unwrap()
}

#[tokio::test]
async fn it_is_done_when_a_second_person_agrees() {
    let town = town().await;
    let (mo, may, dee) = three(&town).await;
    dee.get("/account").await.is(200);
    let asked = act(&mo, &dee, "/suspension", &SUSPEND).await.goes_to(&about(&dee, ""));
    mo.follow_page(&asked).await.is(200).shows("This takes a second person.");
    assert!(!dee.member().await.suspended);
    dee.get("/account").await.is(200);
    assert_eq!(subjects(&town, &dee).await, Vec::<String>::new());
    assert_eq!(subjects(&town, &mo).await, Vec::<String>::new(), "who asks knows it");
    let page = waiting(&town).await;
    let mails = town.mails_to(&may.email).await;
    let mail = mails.iter().find(|m| m.subject == "A second person is needed").unwrap();
    assert!(mail.text.contains(&format!("{BASE}{page}")) && mail.text.contains("Mo"), "{}", mail.text);
    assert!(!mail.text.contains("Dee"), "members are not named in mails to others: {}", mail.text);

    let listed = may.get("/admin/approvals").await.is(200).shows("Suspend a member").shows("Mo").page();
    assert!(listed.has(".side-nav a[href='/admin/approvals'] .count"));
    may.get(&page).await.is(200).shows("Dee").shows("You are out.").shows(WHY).shows("7 days");
    may.post(&page, &[("do", "agree")]).await.is(422);
    says(&may, &page, "agree").await.goes_to("/admin/approvals");
    assert!(dee.member().await.suspended);
    assert_eq!(subjects(&town, &dee).await, ["Your account is suspended"]);
    assert_eq!(subjects(&town, &mo).await, ["It is done"]);
    mo.get(&page).await.is(200).shows("I looked at it").shows("May");
    for (line, by) in [("approvals.ask", &mo), ("staff.suspend", &mo), ("approvals.agree", &may)] {
        let told = "select count(*) from audit_log where action = $1 and actor_id = $2 and detail ? 'reason'
            and not detail ? 'words'";
        let told = sqlx::query_scalar::<_, i64>(told).bind(line).bind(by.id.0);
        assert_eq!(told.fetch_one(&town.owner).await.unwrap(), 1, "{line}");
    }
    is_refused(&may, &page, "does not wait any more").await;
    assert_eq!(town.count("select count(*) from suspensions").await, 1);
}

#[tokio::test]
async fn nobody_agrees_with_themselves() {
    let town = town().await;
    let (mo, may, dee) = three(&town).await;
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(303);
    let page = waiting(&town).await;
    let shown = mo.get(&page).await.is(200).shows("Somebody else must agree").page();
    assert!(!shown.has("button[value='agree']") && shown.has("button[value='withdraw']"));
    for what in ["agree", "decline"] {
        says(&mo, &page, what).await.goes_to(&page);
        mo.get(&page).await.is(200).shows("You have asked for this yourself.");
    }
    assert!(!dee.member().await.suspended);
    // Nor behind the program's back.
    for by in ["asked_by", "about[1]"] {
        let forged = format!(
            "update approvals set state = 'done', decided_by = {by}, decided_at = now(), verdict = 'yes',
             ended_at = now()"
        );
        let done = sqlx::query(sqlx::AssertSqlSafe(forged)).execute(&town.owner).await;
        let refused = done.unwrap_err().into_database_error().unwrap();
        assert_eq!(refused.constraint(), Some("approvals_takes_two"), "{by}");
    }
    says(&may, &page, "agree").await.is(303);
}

#[tokio::test]
async fn whom_it_concerns_neither_decides_nor_learns_of_it() {
    let town = town().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let (otto, ina) =
        (town.staff("Otto", &[Role::Operator]).await, town.staff("Ina", &[Role::Operator]).await);
    act(&olga, &otto, "/roles", &[("role", "take operator"), ("reason", WHY)]).await.is(303);
    let page = waiting(&town).await;
    otto.get(&page).await.is(404);
    says(&otto, &page, "agree").await.is(404);
    says(&otto, &page, "decline").await.is(404);
    otto.get("/admin/approvals").await.is(200).shows("Nothing waits");
    assert_eq!(subjects(&town, &otto).await, Vec::<String>::new());
    assert!(otto.member().await.is_staff());
    says(&ina, &page, "agree").await.is(303);
    assert!(!otto.member().await.is_staff());
    assert_eq!(town.count("select count(*) from audit_log where action = 'roles.take'").await, 1);
}

/// Staff that may agree to such acts, but not to all that this one gives.
#[tokio::test]
async fn nobody_agrees_to_more_than_they_have() {
    let town = town().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let (otto, ann) = (town.staff("Otto", &[Role::Operator]).await, town.person("Ann").await);
    let gus = town.person("Gus").await;
    for make in [
        "insert into roles (role, role_id, title) values ('granter', gen_random_uuid(), 'Granter')",
        "insert into role_permissions (role, permission) values ('granter', 'roles.grant')",
        "insert into member_roles (member_id, role) select member_id, 'granter' from members where handle = 'gus'",
    ] {
        sqlx::query(make).execute(&town.owner).await.unwrap();
    }
    act(&olga, &ann, "/roles", &[("role", "grant support"), ("reason", WHY)]).await.is(303);
    let page = waiting(&town).await;
    assert_eq!(subjects(&town, &gus).await, Vec::<String>::new(), "only who can agree is asked");
    is_refused(&gus, &page, "This needs somebody with more permissions").await;
    assert!(!ann.member().await.is_staff());
    says(&otto, &page, "agree").await.is(303);
    assert!(ann.member().await.is_staff());
    // Who may not at all does not learn that it is possible.
    let mo = town.staff("Mo", &[Role::Moderator]).await;
    mo.get(&page).await.is(404);
    town.person("Eve").await.get("/admin/approvals").await.is(404);
}

#[tokio::test]
async fn both_must_still_be_allowed_when_it_is_done() {
    let town = town().await;
    let (mo, may, dee) = three(&town).await;
    let (fay, ina) = (town.staff("Fay", &[Role::Finance]).await, town.staff("Ina", &[Role::Operator]).await);
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(303);
    let page = waiting(&town).await;
    // Who asked has lost the permission, or is suspended.
    let change = async |statement: &'static str| {
        sqlx::query(statement).execute(&town.owner).await.unwrap();
    };
    change("delete from member_roles where member_id = (select member_id from members where handle = 'mo')")
        .await;
    is_refused(&may, &page, "may not do it any more").await;
    change("insert into member_roles (member_id, role) select member_id, 'moderator' from members where handle = 'mo'")
        .await;
    town.suspend(&mo).await;
    is_refused(&may, &page, "may not do it any more").await;
    change("update members set suspended_at = null").await;
    // Who should agree has lost it.
    change("delete from member_roles where member_id = (select member_id from members where handle = 'may')")
        .await;
    says(&may, &page, "agree").await.is(404);
    fay.get(&page).await.is(404);
    assert!(!dee.member().await.suspended);
    says(&ina, &page, "agree").await.is(303);
    assert!(dee.member().await.suspended);
}

#[tokio::test]
async fn what_nobody_agrees_to_in_time_is_over() {
    let town = town().await;
    let (mo, may, dee) = three(&town).await;
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(303);
    let page = waiting(&town).await;
    town.clock.advance(Duration::hours(72) - Duration::seconds(1));
    may.get(&page).await.is(200).shows("Waits for a second person");
    town.clock.advance(Duration::seconds(1));
    // Nobody has put it away yet, and it is over all the same.
    is_refused(&may, &page, "its time is over").await;
    may.get("/admin/approvals").await.is(200).shows("Nothing waits");
    end(&town.db, BASE, End {}).await.unwrap();
    end(&town.db, BASE, End {}).await.unwrap();
    assert_eq!(town.count("select count(*) from approvals where ended_at = expires_at").await, 1);
    assert_eq!(in_state(&town, "expired").await, 1);
    assert_eq!(town.count("select count(*) from audit_log where action = 'approvals.expire'").await, 1);
    assert_eq!(subjects(&town, &mo).await, ["Nobody agreed in time"]);
    assert!(!dee.member().await.suspended);
    // It can be asked for anew, and what is long over is forgotten.
    forgets(&mo);
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(303);
    town.clock.advance(Duration::days(90) + Duration::seconds(1));
    end(&town.db, BASE, End {}).await.unwrap();
    assert_eq!(town.count("select count(*) from approvals").await, 1);
}

/// One that is over and was not put away yet stands in nobody's way.
#[tokio::test]
async fn it_can_be_asked_for_again_at_once() {
    let town = town().await;
    let (mo, _may, dee) = three(&town).await;
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(303);
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(409).shows("has been asked for");
    town.clock.advance(Duration::hours(72));
    forgets(&mo);
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(303);
    assert_eq!((in_state(&town, "expired").await, in_state(&town, "waiting").await), (1, 1));
}

#[tokio::test]
async fn what_has_changed_meanwhile_is_not_done() {
    let town = town().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let otto = town.staff("Otto", &[Role::Operator]).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let change = async |statement: &'static str| {
        sqlx::query(statement).execute(&town.owner).await.unwrap();
    };
    // A role that somebody else has changed.
    let fields = [("permissions", "admin.see"), ("reason", WHY), ("do", "save")];
    olga.post("/admin/roles/moderator", &fields).await.goes_to("/admin/roles");
    let page = waiting(&town).await;
    otto.get(&page).await.is(200).shows("May before").shows("Suspend members");
    change("delete from role_permissions where role = 'moderator' and permission = 'members.suspend'").await;
    is_refused(&otto, &page, "Somebody has changed this role meanwhile").await;
    says(&otto, &page, "decline").await.goes_to("/admin/approvals");
    // An order that has moved on.
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    let order = format!("/orders/{}", deal.order());
    olga.post(&format!("{order}/cancel_by_operator"), &[("reason", WHY)]).await.goes_to(&order);
    let page = waiting(&town).await;
    ann.takes(deal.order(), "ship").await;
    is_refused(&otto, &page, "The order has moved on").await;
    assert_eq!(town.state(deal.order()).await, "shipped");
    says(&olga, &page, "withdraw").await.is(303);
    // A role that they hold already.
    act(&olga, &ann, "/roles", &[("role", "grant finance"), ("reason", WHY)]).await.is(303);
    let page = waiting(&town).await;
    change("insert into member_roles (member_id, role) select member_id, 'finance' from members where handle = 'ann'")
        .await;
    is_refused(&otto, &page, "holds this role already").await;
    // Somebody who is gone.
    change("delete from member_roles where role = 'finance'").await;
    change("update members set deleted_at = now() where handle = 'ann'").await;
    is_refused(&otto, &page, "Things have changed since").await;
    assert_eq!(town.count("select count(*) from audit_log where action = 'approvals.agree'").await, 0);
}

/// Another suspension than the one that was there is not lifted by the way.
#[tokio::test]
async fn the_suspension_that_was_meant_is_lifted() {
    let town = town().await;
    let (mo, may, dee) = three(&town).await;
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(303);
    let page = waiting(&town).await;
    says(&may, &page, "agree").await.is(303);
    let lift = [("do", "lift"), ("reason", WHY)];
    act(&mo, &dee, "/suspension", &lift).await.is(303);
    let page = waiting(&town).await;
    sqlx::query("update suspensions set suspension_id = gen_random_uuid()")
        .execute(&town.owner)
        .await
        .unwrap();
    is_refused(&may, &page, "not suspended any more").await;
    assert!(dee.member().await.suspended);
    says(&mo, &page, "withdraw").await.is(303);
    act(&mo, &dee, "/suspension", &lift).await.is(303);
    says(&may, &waiting(&town).await, "agree").await.is(303);
    assert!(!dee.member().await.suspended);
}

#[tokio::test]
async fn it_is_declined_or_taken_back() {
    let town = town().await;
    let (mo, may, dee) = three(&town).await;
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(303);
    let page = waiting(&town).await;
    may.post(&page, &[("do", "decline"), ("reason", "no")]).await.is(422);
    says(&may, &page, "withdraw").await.is(404);
    says(&may, &page, "decline").await.goes_to("/admin/approvals");
    assert_eq!(in_state(&town, "declined").await, 1);
    assert_eq!(subjects(&town, &mo).await, ["It was declined"]);
    mo.get(&page).await.is(200).shows("Declined").shows("I looked at it");
    mo.post(&page, &[("do", "withdraw")]).await.is(409);
    // Asked for once more, and taken back.
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(303);
    let page = waiting(&town).await;
    mo.post(&page, &[("do", "withdraw")]).await.goes_to("/admin/approvals");
    is_refused(&may, &page, "does not wait any more").await;
    assert_eq!(in_state(&town, "withdrawn").await, 1);
    for line in ["approvals.decline", "approvals.withdraw"] {
        let told =
            sqlx::query_scalar::<_, i64>("select count(*) from audit_log where action = $1").bind(line);
        assert_eq!(told.fetch_one(&town.owner).await.unwrap(), 1, "{line}");
    }
    assert!(!dee.member().await.suspended);
}

#[tokio::test]
async fn nobody_is_asked_where_nobody_is_or_what_cannot_be() {
    let town = town().await;
    let (mo, dee) = (town.staff("Mo", &[Role::Moderator]).await, town.person("Dee").await);
    act(&mo, &dee, "/suspension", &SUSPEND).await.is(409).shows("there is nobody else who may agree");
    town.staff("May", &[Role::Moderator]).await;
    act(&mo, &mo, "/suspension", &SUSPEND).await.is(409).shows("your own account");
    act(&mo, &dee, "/suspension", &SUSPEND[..2]).await.is(422);
    act(&mo, &dee, "/suspension", &[("do", "lift"), ("reason", WHY)]).await.is(409);
    assert_eq!(town.count("select count(*) from approvals").await, 0);
    assert_eq!(town.count("select count(*) from audit_log where action like 'approvals.%'").await, 0);
}

#[tokio::test]
async fn who_asked_looks_when_a_second_person_has_agreed() {
    let town = town().await;
    let (sue, cy) = (town.staff("Sue", &[Role::Support]).await, town.staff("Cy", &[Role::Support]).await);
    let ann = town.person("Ann").await;
    let look = async || act(&sue, &ann, "/look", &[("reason", WHY)]).await;
    look().await.goes_to(&about(&ann, ""));
    assert_eq!(town.subjects_to(&ann.email).await, Vec::<String>::new());
    sue.get("/account").await.is(200).shows(&sue.email);
    let page = waiting(&town).await;
    says(&cy, &page, "agree").await.is(303);
    assert_eq!(subjects(&town, &sue).await, ["You can do it now"]);
    sue.get("/account").await.is(200).shows(&sue.email);
    sue.get(&page).await.is(200).shows("Somebody has agreed");
    act(&cy, &ann, "/look", &[("reason", WHY)]).await.goes_to(&about(&ann, ""));
    cy.get("/account").await.is(200).shows(&cy.email);
    look().await.goes_to("/");
    sue.get("/account").await.is(200).shows(&ann.email);
    assert_eq!(subjects(&town, &ann).await, ["Staff looked as you"]);
    sue.post("/look/end", &[]).await.is(303);
    // It was for once.
    look().await.goes_to(&about(&ann, ""));
    sue.get("/account").await.is(200).shows(&sue.email);
    // And for a day.
    let mine = "select approval_id from approvals where state = 'waiting' and asked_by = $1";
    let mine: uuid::Uuid = sqlx::query_scalar(mine).bind(sue.id.0).fetch_one(&town.owner).await.unwrap();
    says(&cy, &format!("/admin/approvals/{mine}"), "agree").await.is(303);
    town.clock.advance(Duration::hours(24));
    forgets(&sue);
    look().await.goes_to(&about(&ann, ""));
    sue.get("/account").await.is(200).shows(&sue.email);
    assert_eq!(town.count("select count(*) from audit_log where action = 'staff.look'").await, 1);
}

#[tokio::test]
async fn staff_decides_about_orders_by_two() {
    let town = town().await;
    let (cy, sue) = (town.staff("Cy", &[Role::Support]).await, town.staff("Sue", &[Role::Support]).await);
    let (kim, ann) = (town.staff("Kim", &[Role::Support]).await, town.person("Ann").await);
    // Kim is the buyer: it concerns her.
    let deal = kim.buys(&ann.listing("Lamp").live().await).await;
    kim.pays(&deal).await;
    let order = format!("/orders/{}", deal.order());
    let cancel = format!("{order}/cancel_by_operator");
    cy.post(&cancel, &[("reason", "")]).await.is(422);
    let body = json!({ "transition": "cancel_by_operator", "data": { "reason": WHY } });
    let by_program = cy.api(Method::POST, &format!("{order}/transitions"), Some(body)).await;
    by_program.problem(409, "approval-needed");
    let asked = cy.post(&cancel, &[("reason", WHY)]).await.goes_to(&order);
    cy.follow_page(&asked).await.is(200).shows("This takes a second person.");
    assert_eq!(town.state(deal.order()).await, "paid");
    let page = waiting(&town).await;
    kim.get(&page).await.is(404);
    says(&kim, &page, "agree").await.is(404);
    sue.get(&page).await.is(200).shows("Cancel the order and refund");
    says(&sue, &page, "agree").await.is(303);
    assert_eq!(town.state(deal.order()).await, "refunding");
    let told =
        "select count(*) from audit_log where action = 'orders.decide' and detail->>'reason' = 'Ticket 4711'";
    assert_eq!(town.count(told).await, 1);
    town.run_jobs().await;
    // The sides of an order need nobody.
    let deal = kim.buys(&ann.listing("Vase").live().await).await;
    kim.pays(&deal).await;
    ann.post(&format!("/orders/{}/ship", deal.order()), &[]).await.is(303);
    assert_eq!(town.state(deal.order()).await, "shipped");
}

#[tokio::test]
async fn only_what_the_settings_name_takes_two() {
    let town = Town::with(|config| config.staff.second_person_for = vec![SecondPerson::Jobs]).await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let (otto, dee) = (town.staff("Otto", &[Role::Operator]).await, town.person("Dee").await);
    act(&olga, &dee, "/suspension", &SUSPEND).await.is(303);
    assert!(dee.member().await.suspended);
    let job = uuid::Uuid::from_u128(77);
    let dead = "insert into jobs (job_id, kind, payload, run_at, tries_max, created_at, dead_at, last_error)
        values ($1, 'tests.dead', '{}', now(), 1, now(), now(), 'because')";
    sqlx::query(dead).bind(job).execute(&town.owner).await.unwrap();
    let fields = [("do", "discard"), ("reason", WHY)];
    olga.post(&format!("/admin/jobs/{job}"), &fields).await.goes_to("/admin/jobs");
    assert_eq!(town.count("select count(*) from jobs where kind = 'tests.dead'").await, 1);
    otto.get("/admin/approvals").await.is(200).shows("Discard a job").shows("Discarding jobs");
    says(&otto, &waiting(&town).await, "agree").await.is(303);
    assert_eq!(town.count("select count(*) from jobs where kind = 'tests.dead'").await, 0);
}

#[tokio::test]
async fn where_nothing_takes_two_nobody_is_led_there() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    assert!(!olga.get("/admin").await.is(200).page().has("a[href='/admin/approvals']"));
    olga.get("/admin/approvals").await.is(200).shows("The settings ask for no second person now.");
}

/// While a version is rolled out, this one leaves alone what it does not know.
#[tokio::test]
async fn an_act_of_a_later_version_is_left_alone() {
    let town = town().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let ann = town.person("Ann").await;
    let later = "insert into approvals (approval_id, kind, act, subject, permission, reason, asked_by, asked_at, expires_at)
        values ('01940000-0000-7000-8000-000000000009', 'payouts', '{\"act\": \"pay_out\"}', 'x', 'members.suspend',
          'because', $1, $2::timestamptz, $2::timestamptz + interval '72 hours')";
    sqlx::query(later).bind(ann.id.0).bind(town.now()).execute(&town.owner).await.unwrap();
    olga.get("/admin/approvals").await.is(200).shows("Nothing waits");
    let page = "/admin/approvals/01940000-0000-7000-8000-000000000009";
    olga.get(page).await.is(404);
    says(&olga, page, "agree").await.is(404);
    assert_eq!(in_state(&town, "waiting").await, 1);
}
