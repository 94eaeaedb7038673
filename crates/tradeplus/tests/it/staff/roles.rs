//! What each role may do, and who may give which to whom.

use super::{WHY, about, act, forgets, subjects};
use market::accounts::model::Role;
use market::permissions::Permission::{self, *};
use testkit::{Person, Town};
use time::Duration;

#[tokio::test]
async fn each_role_may_do_what_it_should() {
    let town = Town::new().await;
    let table: [(Role, &[Permission]); 4] = [
        (Role::Moderator, &[AdminSee, ListingsHistory, MembersSee, MembersSuspend]),
        (
            Role::Support,
            &[
                AdminSee,
                OrdersSee,
                OrdersDecide,
                ListingsHistory,
                MembersSee,
                MembersSignOut,
                MembersLook,
                TicketsSee,
                DocumentsSee,
            ],
        ),
        (
            Role::Finance,
            &[
                AdminSee,
                OrdersSee,
                PaymentsSee,
                LedgerSee,
                TicketsSee,
                DocumentsSee,
                PayoutsManage,
                PaymentsReplay,
                LedgerAdjust,
                ReconcileRun,
                RulesEdit,
                ChargebacksManage,
                ReportsMake,
            ],
        ),
        (Role::Operator, &Permission::ALL),
    ];
    let pages = [
        ("/admin", AdminSee),
        ("/admin/orders", OrdersSee),
        ("/admin/cases", OrdersSee),
        ("/admin/members", MembersSee),
        ("/admin/roles", RolesEdit),
        ("/admin/jobs", JobsRun),
        ("/admin/payments", PaymentsSee),
        ("/admin/ledger", LedgerSee),
        ("/admin/audit", AuditSee),
        ("/admin/tickets", TicketsSee),
        ("/admin/rules", RulesEdit),
        ("/admin/rules/fees/new", RulesEdit),
        ("/admin/accounts", LedgerSee),
        ("/admin/transit", LedgerSee),
    ];
    for (role, may) in table {
        let who = town.staff(role.name(), &[role]).await;
        let member = who.member().await;
        for permission in Permission::ALL {
            assert_eq!(member.may(permission), may.contains(&permission), "{role:?} {permission:?}");
        }
        for (page, permission) in pages {
            let status = if may.contains(&permission) { 200 } else { 404 };
            who.get(page).await.is(status);
        }
        // The ways that are shown lead somewhere.
        for way in who.get("/admin").await.page().attributes(".side-nav a", "href") {
            who.get(&way).await.is(200);
        }
    }
    let ann = town.person("Ann").await.member().await;
    assert!(!ann.is_staff() && Permission::ALL.iter().all(|p| !ann.may(*p)));
}

/// Staff that sees orders without deciding about them is offered nothing.
#[tokio::test]
async fn who_only_sees_orders_does_not_decide() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let fay = town.staff("Fay", &[Role::Finance]).await;
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    fay.get(&format!("/orders/{}", deal.order())).await.is(200);
    let member = fay.member().await;
    let mut reader = town.db.read().await.unwrap();
    let shown = market::orders::rules::show(&mut reader, &member, deal.order()).await.unwrap();
    assert!(shown.choices.is_empty());
    drop(reader);
    let tried = fay.step(deal.order(), "cancel_by_operator").await;
    assert!(matches!(tried, Err(kernel::Refusal::NotFound)), "{tried:?}");
}

#[tokio::test]
async fn a_role_is_given_for_a_reason_ends_sessions_and_is_told() {
    let town = Town::new().await;
    let (olga, ann) = (town.staff("Olga", &[Role::Operator]).await, town.person("Ann").await);
    ann.get("/account").await.is(200);
    ann.api(http::Method::GET, "/me", None).await.is(200);
    for reason in ["", "no", &"x".repeat(501)] {
        let fields = [("role", "grant support"), ("reason", reason)];
        let back = act(&olga, &ann, "/roles", &fields).await.is(422).page();
        assert!(back.has("[name='reason'][aria-invalid='true']"));
        assert!(back.has("[value='grant support'][checked]"), "what was chosen is kept");
    }
    assert!(!ann.member().await.is_staff());
    act(&olga, &ann, "/roles", &[("role", "grant support"), ("reason", WHY)]).await.goes_to(&about(&ann, ""));
    assert!(ann.member().await.may(OrdersDecide));
    ann.browser.get("/account").await.goes_to("/sign-in?next=%2Faccount");
    ann.api(http::Method::GET, "/me", None).await.is(401);
    assert_eq!(subjects(&town, &ann).await, ["You are given a role"]);
    let told =
        "select count(*) from audit_log where action = 'roles.grant' and detail->>'reason' = 'Ticket 4711'
        and detail->>'role' = 'support'";
    assert_eq!(town.count(told).await, 1);
    let shadow = "select count(*) from members where roles = '{support}'";
    assert_eq!(town.count(shadow).await, 1, "an older version of the program sees it too");
    // Twice is a mistake at the field.
    act(&olga, &ann, "/roles", &[("role", "grant support"), ("reason", WHY)]).await.is(422);

    forgets(&ann);
    ann.get("/admin").await.is(200);
    act(&olga, &ann, "/roles", &[("role", "take support"), ("reason", WHY)]).await.is(303);
    assert!(!ann.member().await.is_staff());
    ann.browser.get("/admin").await.is(303);
    assert_eq!(town.count(shadow).await, 0);
    act(&olga, &ann, "/roles", &[("role", "take support"), ("reason", WHY)]).await.is(422);
    act(&olga, &ann, "/roles", &[("role", "grant nothing_like_it"), ("reason", WHY)]).await.is(422);
}

/// Makes a role and gives it to somebody new.
async fn made(town: &Town, olga: &Person, title: &str, may: &[Permission], name: &str) -> Person {
    let mut fields = vec![("title", title), ("reason", WHY)];
    fields.extend(may.iter().map(|p| ("permissions", p.name())));
    olga.post("/admin/roles/new", &fields).await.goes_to("/admin/roles");
    let who = town.person(name).await;
    let role = format!("grant {}", title.to_lowercase().replace(' ', "_"));
    act(olga, &who, "/roles", &[("role", &role), ("reason", WHY)]).await.is(303);
    who
}

#[tokio::test]
async fn nobody_gives_what_they_do_not_have() {
    let town = Town::new().await;
    let (olga, eve) = (town.staff("Olga", &[Role::Operator]).await, town.person("Eve").await);
    let may = [AdminSee, MembersSee, RolesGrant, RolesEdit];
    let hal = made(&town, &olga, "Help desk", &may, "Hal").await;
    let grant = async |who: &Person, role: &str| {
        act(&hal, who, "/roles", &[("role", role), ("reason", WHY)]).await.status()
    };
    assert_eq!(grant(&eve, "grant operator").await, 422);
    assert_eq!(grant(&eve, "grant moderator").await, 422);
    assert_eq!(grant(&hal, "take help_desk").await, 409, "not their own");
    assert_eq!(grant(&olga, "take operator").await, 409, "not of somebody who may do more");
    assert!(!eve.member().await.is_staff() && olga.member().await.may(AuditSee));
    // Nor by way of a role.
    let more = [("title", "More"), ("permissions", "audit.see"), ("reason", WHY)];
    hal.post("/admin/roles/new", &more).await.is(422);
    hal.post("/admin/roles/moderator", &[("permissions", "admin.see"), ("reason", WHY)]).await.is(409);
    hal.post("/admin/roles/help_desk", &more).await.is(422);
    assert_eq!(grant(&eve, "grant help_desk").await, 303);
    assert!(eve.member().await.may(RolesGrant));
    // Who may not at all does not learn that it is possible.
    let mo = town.staff("Mo", &[Role::Moderator]).await;
    act(&mo, &eve, "/roles", &[("role", "take help_desk"), ("reason", WHY)]).await.is(404);
}

#[tokio::test]
async fn there_is_always_an_operator() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let otto = made(&town, &olga, "Everything", &Permission::ALL, "Otto").await;
    let take = [("role", "take operator"), ("reason", WHY)];
    let suspend = [("do", "suspend"), ("reason", WHY), ("words", "You are out."), ("until", "")];
    act(&otto, &olga, "/roles", &take).await.is(409).shows("the last operator");
    act(&otto, &olga, "/suspension", &suspend).await.is(409).shows("the last operator");
    act(&otto, &olga, "/roles", &[("role", "take operator")]).await.is(422);
    // One who cannot sign in does not count.
    let gus = town.staff("Gus", &[Role::Operator]).await;
    town.suspend(&gus).await;
    act(&otto, &olga, "/roles", &take).await.is(409);
    town.staff("Ina", &[Role::Operator]).await;
    act(&otto, &olga, "/roles", &take).await.is(303);
    assert!(!olga.member().await.is_staff());
}

#[tokio::test]
async fn a_change_of_a_role_works_at_once() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let mo = town.staff("Mo", &[Role::Moderator]).await;
    mo.get("/admin/orders").await.is(404);
    let page = olga.get("/admin/roles/moderator").await.is(200).page();
    assert!(page.has("[value='members.suspend'][checked]") && !page.has("[value='orders.see'][checked]"));
    let fields =
        [("permissions", "admin.see"), ("permissions", "orders.see"), ("reason", WHY), ("do", "save")];
    olga.post("/admin/roles/moderator", &fields).await.goes_to("/admin/roles");
    mo.get("/admin/orders").await.is(200);
    mo.get("/admin/members").await.is(404);
    let told = "select count(*) from audit_log where action = 'roles.edit'
        and detail->'before' ? 'members.suspend' and detail->'after' = '[\"admin.see\", \"orders.see\"]'";
    assert_eq!(town.count(told).await, 1);
    for wrong in [&[("reason", WHY)][..], &[("permissions", "admin.everything"), ("reason", WHY)]] {
        olga.post("/admin/roles/moderator", wrong).await.is(422);
    }
    // What comes with the program stays, and what is held.
    olga.post("/admin/roles/operator", &fields).await.is(409);
    olga.post("/admin/roles/moderator", &[("do", "delete"), ("reason", WHY)]).await.is(409);
    let ned = made(&town, &olga, "Night shift", &[AdminSee], "Ned").await;
    let delete = [("do", "delete"), ("reason", WHY)];
    olga.post("/admin/roles/night_shift", &delete).await.is(409);
    act(&olga, &ned, "/roles", &[("role", "take night_shift"), ("reason", WHY)]).await.is(303);
    olga.post("/admin/roles/night_shift", &[("do", "delete")]).await.is(422);
    olga.post("/admin/roles/night_shift", &delete).await.is(303);
    olga.get("/admin/roles/night_shift").await.is(404);
    let again = [("title", "Moderator"), ("permissions", "admin.see"), ("reason", WHY)];
    olga.post("/admin/roles/new", &again).await.is(422);
}

/// The version before this one gives roles in its own way, while both run.
#[tokio::test]
async fn what_an_older_version_gives_is_taken_over() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    sqlx::query("update members set roles = '{support, of_a_later_version}' where member_id = $1")
        .bind(ann.id.0)
        .execute(&town.owner)
        .await
        .unwrap();
    assert!(ann.member().await.may(OrdersDecide));
    ann.get("/admin/orders").await.is(200);
}

#[tokio::test]
async fn acts_of_staff_ask_once_more_who_one_is() {
    let town = Town::new().await;
    let (olga, ann) = (town.staff("Olga", &[Role::Operator]).await, town.person("Ann").await);
    olga.get("/admin").await.is(200);
    town.clock.advance(Duration::minutes(11));
    olga.get(&about(&ann, "")).await.is(200);
    for what in ["/roles", "/suspension", "/sign-out", "/look"] {
        let asked = olga.get(&about(&ann, what)).await.is(303);
        assert!(asked.location().starts_with("/confirm?next=%2Fadmin"), "{}", asked.location());
        let asked = act(&olga, &ann, what, &[("reason", WHY)]).await.is(303);
        assert!(asked.location().starts_with("/confirm"), "{}", asked.location());
    }
    assert_eq!(town.count("select count(*) from audit_log where action like 'staff.%'").await, 0);
}
