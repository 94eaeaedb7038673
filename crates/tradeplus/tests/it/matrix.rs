//! Every route of the table, tried by every kind of visitor, with each of its methods: what they are answered
//! follows from the route's line, and from nothing else.
//!
//! A visitor is a browser and, for programs, a token. API keys are tried in `apikeys::table`; staff that looks as a
//! member, and who is suspended and signed in, in `staff`.

use crate::exceptions::{ENDS, is_open};
use crate::strangers::{Things, ask, is_api, scene, wants_sign_in};
use http::Method;
use kit::route::{Audience, Object, RouteInfo};
use market::accounts::model::{Member, Role};
use testkit::{Answer, Browser, Person};
use time::Duration;

/// Somebody at the door.
struct Visitor<'a> {
    kind: &'static str,
    browser: &'a Browser,
    token: Option<String>,
    /// Who it is; nobody too is who was suspended, whose token is known and worthless.
    member: Option<Member>,
}

impl<'a> Visitor<'a> {
    async fn of(kind: &'static str, person: &'a Person) -> Self {
        person.get("/account").await.is(200);
        let (token, member) = (Some(person.access_token().await), Some(person.member().await));
        Self { kind, browser: &person.browser, token, member }
    }

    async fn tries(&self, route: &RouteInfo, things: &Things) -> Answer {
        let token = self.token.as_deref().filter(|_| is_api(route));
        ask(self.browser, token, route, &things.path(route), things).await
    }
}

/// How a route answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    /// Say who you are.
    SignIn,
    /// Prove your address.
    Verify,
    /// There is nothing here.
    Missing,
    /// Who are you that you sign so?
    Unbelieved,
    /// Come in: what follows is the business of the rules.
    Admitted,
}

/// What the line of a route says to somebody who has nothing to do with the thing that its path names.
fn expected(route: &RouteInfo, who: &Visitor<'_>) -> Verdict {
    let names_something = route.path.contains('{') && !is_open(route);
    match (route.audience, &who.member) {
        (Audience::Operator, _) => Verdict::Missing,
        (Audience::Provider, _) => Verdict::Unbelieved,
        (staff, None) if staff.is_staff() => Verdict::SignIn,
        (Audience::Account | Audience::Member | Audience::Verified | Audience::Suspended, None) => {
            Verdict::SignIn
        }
        // A token that is not good any more is not passed over.
        (Audience::Everyone, None) if is_api(route) && who.token.is_some() => Verdict::SignIn,
        (staff, Some(member)) if staff.is_staff() && staff.permits(member) => Verdict::Admitted,
        (Audience::Staff(_) | Audience::StaffOf(_) | Audience::Suspended, Some(_)) => Verdict::Missing,
        (Audience::Verified, Some(member)) if !member.verified => Verdict::Verify,
        _ if names_something => Verdict::Missing,
        _ => Verdict::Admitted,
    }
}

#[track_caller]
fn judge(route: &RouteInfo, who: &str, answer: &Answer, expected: Verdict) {
    let status = answer.status();
    let fine = match expected {
        Verdict::SignIn => wants_sign_in(route, answer),
        Verdict::Verify => status == 409,
        Verdict::Missing => status == 404,
        Verdict::Unbelieved => matches!(status, 400 | 401),
        Verdict::Admitted if route.audience == Audience::Everyone => status < 500 && status != 403,
        Verdict::Admitted => {
            status < 500 && !matches!(status, 401 | 403 | 405) && !is_sent_away(route, answer)
        }
    };
    assert!(fine, "{who}, {}: {expected:?} is due: {}", route.name, answer.told());
}

/// Sent to sign in, or to prove anew who one is.
fn is_sent_away(route: &RouteInfo, answer: &Answer) -> bool {
    let leads_to = |path: &str| answer.header("location").is_some_and(|it| it.starts_with(path));
    leads_to("/sign-in") || (route.step_up && leads_to("/confirm"))
}

/// All routes, those last that sign out who asks.
fn routes() -> Vec<RouteInfo> {
    let mut all = tradeplus::routes::all();
    all.sort_by_key(|route| ENDS.iter().position(|name| *name == route.name));
    all
}

/// Nobody is signed in, or a session that has just ended: the way in, and nothing else.
#[tokio::test]
async fn nobody_gets_in() {
    let scene = scene().await;
    let dee = scene.town.person("Dee").await;
    let suspended = Visitor { member: None, ..Visitor::of("suspended", &dee).await };
    scene.town.suspend(&dee).await;
    let visitor = scene.town.visitor();
    let nobody = Visitor { kind: "nobody", browser: &visitor, token: None, member: None };
    let before = scene.trace().await;
    for route in routes() {
        for who in [&nobody, &suspended] {
            let answer = who.tries(&route, &scene.things).await;
            judge(&route, who.kind, &answer, expected(&route, who));
        }
    }
    assert_eq!(scene.trace().await, before, "and nothing has changed");
}

/// Members reach what is for members, and nothing of what is Ann's or Ben's or the staff's.
#[tokio::test]
async fn members_reach_what_is_theirs_alone() {
    let scene = scene().await;
    let (eve, nell) = (scene.town.person("Eve").await, scene.town.newcomer("Nell").await);
    let all = [Visitor::of("a stranger", &eve).await, Visitor::of("an unproven address", &nell).await];
    let before = scene.trace().await;
    let mut admitted = Vec::new();
    for route in routes() {
        for who in &all {
            match expected(&route, who) {
                // Those may change what is their own.
                Verdict::Admitted => admitted.push((route.clone(), who)),
                due => judge(&route, who.kind, &who.tries(&route, &scene.things).await, due),
            }
        }
    }
    assert_eq!(scene.trace().await, before, "and nothing has changed");
    assert!(admitted.len() > 100, "{}", admitted.len());
    for (route, who) in admitted {
        judge(&route, who.kind, &who.tries(&route, &scene.things).await, Verdict::Admitted);
    }
    scene.ann.get("/account").await.is(200);
}

/// Whose a thing of the scene is: of Ann, who sells, of Ben, who buys, or of both.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Ann,
    Ben,
}

fn owners(object: Object) -> &'static [Side] {
    match object {
        Object::Listing
        | Object::Photo
        | Object::Session
        | Object::Passkey
        | Object::ApiKey
        | Object::Link
        | Object::Payout => &[Side::Ann],
        Object::Payment | Object::Document => &[Side::Ben],
        Object::Order | Object::Case | Object::Evidence => &[Side::Ann, Side::Ben],
        _ => &[],
    }
}

/// What has an owner opens for its owner with every method, and not for the other side of the deal.
#[tokio::test]
async fn owners_reach_their_things_and_the_other_side_does_not() {
    let scene = scene().await;
    let ann = (Side::Ann, Visitor::of("Ann, who sells", &scene.ann).await);
    let ben = (Side::Ben, Visitor::of("Ben, who buys", &scene.ben).await);
    let owned: Vec<RouteInfo> = routes()
        .into_iter()
        .filter(|r| r.path.contains('{') && !is_open(r) && !owners(r.object).is_empty())
        .filter(|r| !r.audience.is_staff())
        .collect();
    assert!(owned.len() > 30, "{}", owned.len());
    let before = scene.trace().await;
    for route in &owned {
        for (side, who) in [&ann, &ben] {
            if !owners(route.object).contains(side) {
                judge(route, who.kind, &who.tries(route, &scene.things).await, Verdict::Missing);
            }
        }
    }
    assert_eq!(scene.trace().await, before, "and nothing has changed");
    for route in &owned {
        for (side, who) in [&ann, &ben] {
            if !owners(route.object).contains(side) {
                continue;
            }
            let things = match route.method {
                Method::GET => scene.things.clone(),
                _ => scene.fresh(route.object).await,
            };
            let answer = who.tries(route, &things).await;
            judge(route, who.kind, &answer, Verdict::Admitted);
            assert_ne!(answer.status(), 404, "{}, {}: {}", who.kind, route.name, answer.told());
        }
    }
}

/// Each role reaches what its permission is for, with every method, and nothing of what others are for.
#[tokio::test]
async fn staff_keeps_to_its_role() {
    let scene = scene().await;
    let people = [
        ("a moderator", scene.town.staff("Mo", &[Role::Moderator]).await),
        ("support", scene.town.staff("Sue", &[Role::Support]).await),
        ("finance", scene.town.staff("Fay", &[Role::Finance]).await),
        ("an operator", scene.town.staff("Olga", &[Role::Operator]).await),
    ];
    for (kind, person) in &people {
        let who = Visitor::of(kind, person).await;
        let mut held = 0;
        for route in routes().into_iter().filter(|r| r.audience.is_staff()) {
            let due = expected(&route, &who);
            let things = match (due, &route.method) {
                // One that they may agree to: what others wait for is not there for them.
                (Verdict::Admitted, _) if route.object == Object::Approval => {
                    scene.wish_for(who.member.as_ref().unwrap()).await
                }
                (Verdict::Admitted, method) if *method != Method::GET => scene.fresh(route.object).await,
                _ => scene.things.clone(),
            };
            let answer = who.tries(&route, &things).await;
            judge(&route, kind, &answer, due);
            if due == Verdict::Admitted {
                assert_ne!(answer.status(), 404, "{kind}, {}: {}", route.name, answer.told());
                held += 1;
            }
        }
        let all = *kind == "an operator";
        assert!(!all || held > 5, "an operator may do all of it: {held}");
    }
    // Whoever decides about orders still does not edit listings or pay for others.
    let before = scene.trace().await;
    let olga = Visitor::of("an operator", &people[3].1).await;
    for route in routes().into_iter().filter(|r| r.path.contains('{') && !is_open(r)) {
        let hers = matches!(
            route.object,
            Object::Listing
                | Object::Photo
                | Object::Payment
                | Object::Session
                | Object::Passkey
                | Object::ApiKey
                | Object::Link
        );
        if hers && !route.audience.is_staff() && !route.name.ends_with("history") {
            judge(&route, olga.kind, &olga.tries(&route, &scene.things).await, Verdict::Missing);
        }
    }
    assert_eq!(scene.trace().await, before);
}

/// What is Ann's looks to Eve, letter by letter, like what does not exist.
#[tokio::test]
async fn somebody_elses_thing_looks_like_none() {
    let scene = scene().await;
    let person = scene.town.person("Eve").await;
    let eve = Visitor::of("Eve", &person).await;
    let none = Things::all(|| "01940000-0000-7000-8000-000000000001".to_owned());
    let mut seen = 0;
    for route in routes().into_iter().filter(|r| expected(r, &eve) == Verdict::Missing) {
        let (there, not) = (eve.tries(&route, &scene.things).await, eve.tries(&route, &none).await);
        assert_eq!(faceless(&there, &scene.things), faceless(&not, &none), "{}", route.name);
        seen += 1;
    }
    assert!(seen > 40, "{seen}");
}

/// Status, kind and body, without the names of the request and of the thing.
fn faceless(answer: &Answer, things: &Things) -> (u16, Option<String>, String) {
    let mut text = answer.text().replace(answer.header("x-request-id").unwrap(), "REQUEST");
    for id in things.names() {
        text = text.replace(id, "THING");
    }
    (answer.status(), answer.header("content-type").map(str::to_owned), text)
}

/// What is sensitive is for who has shown lately who they are.
#[tokio::test]
async fn what_is_sensitive_wants_a_fresh_proof() {
    let scene = scene().await;
    scene.ann.get("/account").await.is(200);
    let sensitive: Vec<RouteInfo> = routes().into_iter().filter(|r| r.step_up).collect();
    for name in [
        "security.email",
        "security.passkeys_ask",
        "security.passkeys_remove",
        "security.totp",
        "security.totp_off",
        "security.codes",
        "security.codes_make",
        "accounts.devices_close",
        "accounts.devices_close_all",
        "api.keys.make",
        "admin.member_roles",
        "admin.role_save",
        "admin.suspension",
        "admin.look",
        "admin.job_decide",
        "admin.approval_decide",
        "admin.fee_rule_make",
        "admin.fee_rule_end",
        "admin.registration",
        "admin.tax_rate",
        "admin.holds",
        "admin.goodwill",
        "admin.refunds",
        "admin.report_make",
        "admin.report_take",
        "payouts.tax",
        "payouts.set_tax",
        "payouts.told",
        "payouts.told_csv",
        "admin.suspense",
        "admin.own_money",
        "admin.chargeback_answer",
        "security.phone",
        "security.bank_form",
        "security.bank_set",
        "security.bank_remove",
        "security.sign_ins_add",
        "payouts.set_up",
        "payouts.begin",
        "payouts.go",
        "admin.seller_act",
        "privacy.delete_form",
        "privacy.copy_ask",
        "privacy.copy_take",
        "privacy.delete",
    ] {
        assert!(sensitive.iter().any(|r| r.name == name), "{name} asks for nothing");
    }
    let token = scene.ann.access_token().await;
    let olga = scene.town.staff("Olga", &[Role::Operator]).await;
    olga.get("/account").await.is(200);
    scene.town.clock.advance(Duration::minutes(11));
    let before = scene.trace().await;
    for route in &sensitive {
        let path = scene.things.path(route);
        if is_api(route) {
            let answer = ask(&scene.ann.browser, Some(&token), route, &path, &scene.things).await;
            assert_eq!(answer.status(), 403, "{}: {}", route.name, answer.told());
            continue;
        }
        let who = if route.audience.is_staff() { &olga } else { &scene.ann };
        let answer = ask(&who.browser, None, route, &path, &scene.things).await;
        let to_confirm = answer.header("location").is_some_and(|it| it.starts_with("/confirm"));
        assert!(answer.status() == 303 && to_confirm, "{}: {}", route.name, answer.told());
    }
    assert_eq!(scene.trace().await, before);
}

/// GET is for reading: whoever opens whatever page, nothing is there afterwards that was not there before.
#[tokio::test]
async fn reading_changes_nothing() {
    let scene = scene().await;
    let (ann, ben) = (Visitor::of("Ann", &scene.ann).await, Visitor::of("Ben", &scene.ben).await);
    let before = scene.everything().await;
    for route in routes().into_iter().filter(|r| r.method == Method::GET) {
        // It makes the secret that it shows, which is worth nothing until a code of it comes back.
        if route.name == "security.totp_form" {
            continue;
        }
        for who in [&ann, &ben] {
            let answer = who.tries(&route, &scene.things).await;
            assert!(answer.status() < 500, "{}", answer.told());
        }
    }
    assert_eq!(scene.everything().await, before);
}
