//! For staff: what needs a person, members, roles, jobs that gave up, orders, what providers told us, the books, and
//! who did what.

mod act_facts;
mod acts;
mod approval;
mod approvals;
mod audit;
mod call;
mod calls;
mod cases;
mod chargeback;
mod chargebacks;
mod event;
mod job;
mod jobs;
mod ledger;
mod look;
mod member;
mod member_roles;
mod members;
mod money;
mod orders;
mod overview;
mod payments;
mod payout;
mod payouts;
mod reports;
mod reconciliation;
mod role;
mod roles;
mod seller;
mod sign_out;
mod suspension;

use crate::deals::staff_page;
use kernel::Refusal;
use kit::parts::icon;
use kit::parts::{Page, layout};
use kit::policy::{Audience, Object, Permission, Rate};
use kit::route::{Route, get, post};
use kit::visit::Visit;
use market::accounts::model::Member;
use market::approvals::model::DECIDERS;
use market::approvals::rules as pairs;
use market::chargebacks::desk as chargebacks_desk;
use market::orders::overview as deals;
use market::payments::inbox;
use market::staff::suspensions;
use market::tickets;
use maud::{Markup, html};
use platform::Reader;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let desk = [desk(), about_members(), about_roles(), about_approvals()];
    let money = [about_providers(), about_chargebacks(), money::routes(), reconciliation::routes()];
    [desk.concat(), money.concat()].concat()
}

fn desk() -> Vec<Route> {
    let jobs_run = Audience::Staff(Permission::JobsRun);
    let reports_make = Audience::Staff(Permission::ReportsMake);
    vec![
        get("/admin", "admin.overview", overview::show).audience(Audience::Staff(Permission::AdminSee)),
        get("/admin/orders", "admin.orders", orders::show)
            .audience(Audience::Staff(Permission::OrdersSee))
            .object(Object::Order),
        get("/admin/cases", "admin.cases", cases::show).audience(Audience::Staff(Permission::OrdersSee)),
        post("/admin/cases/{order}", "admin.case_take", cases::take)
            .audience(Audience::Staff(Permission::OrdersDecide))
            .object(Object::Order),
        get("/admin/jobs", "admin.jobs", jobs::show).audience(jobs_run).object(Object::Job),
        get(job::PATH, "admin.job", job::show).audience(jobs_run).object(Object::Job).step_up(),
        post(job::PATH, "admin.job_decide", job::decide)
            .audience(jobs_run)
            .object(Object::Job)
            .step_up()
            .form_on(job::PATH),
        get("/admin/payments", "admin.payments", payments::show)
            .audience(Audience::Staff(Permission::PaymentsSee))
            .object(Object::Payment),
        get("/admin/payouts", "admin.payouts", payouts::show)
            .audience(Audience::Staff(Permission::PayoutsManage))
            .object(Object::Payout),
        get(payout::PATH, "admin.payout", payout::show)
            .audience(Audience::Staff(Permission::PayoutsManage))
            .object(Object::Payout),
        get(seller::PATH, "admin.seller", seller::show)
            .audience(Audience::Staff(Permission::PayoutsManage))
            .object(Object::Member)
            .step_up(),
        post(seller::PATH, "admin.seller_act", seller::act)
            .audience(Audience::Staff(Permission::PayoutsManage))
            .object(Object::Member)
            .step_up()
            .form_on(seller::PATH),
        // It reads every line of the ledger, so not as often as a page.
        get("/admin/ledger", "admin.ledger", ledger::show)
            .audience(Audience::Staff(Permission::LedgerSee))
            .rate(Rate::Money),
        get(reports::PATH, "admin.reports", reports::show).audience(reports_make).step_up(),
        post(reports::PATH, "admin.report_make", reports::make)
            .audience(reports_make)
            .rate(Rate::Money)
            .step_up()
            .form_on(reports::PATH),
        post(reports::FILE, "admin.report_take", reports::take)
            .audience(reports_make)
            .object(Object::Report)
            .step_up(),
        get("/admin/audit", "admin.audit", audit::show)
            .audience(Audience::Staff(Permission::AuditSee))
            .rate(Rate::Search),
    ]
}

/// What was said between us and payment providers.
fn about_providers() -> Vec<Route> {
    let (see, replay) =
        (Audience::Staff(Permission::PaymentsSee), Audience::Staff(Permission::PaymentsReplay));
    let all = [
        get(event::PATH, "admin.event", event::show).audience(see),
        get(event::REPLAY, "admin.event_replay_form", event::replay_form).audience(replay).step_up(),
        post(event::REPLAY, "admin.event_replay", event::replay)
            .audience(replay)
            .step_up()
            .form_on(event::REPLAY),
        get("/admin/payments/calls", "admin.calls", calls::show).audience(see),
        get(call::PATH, "admin.call", call::show).audience(see),
        get(call::SAY, "admin.call_say_form", call::say_form).audience(replay).step_up(),
        post(call::SAY, "admin.call_say", call::say).audience(replay).step_up().form_on(call::SAY),
    ];
    all.into_iter().map(|route| route.object(Object::Event)).collect()
}

/// What is sent to a bank is sent once.
fn about_chargebacks() -> Vec<Route> {
    let answer = post(chargeback::PATH, "admin.chargeback_answer", chargeback::answer);
    let all = [
        get("/admin/chargebacks", "admin.chargebacks", chargebacks::show),
        get(chargeback::PATH, "admin.chargeback", chargeback::show).step_up(),
        answer.step_up().rate(Rate::Money).form_on(chargeback::PATH),
    ];
    let audience = Audience::Staff(Permission::ChargebacksManage);
    all.into_iter().map(|route| route.audience(audience).object(Object::Chargeback)).collect()
}

/// What changes something asks for a fresh sign-in already where its form is shown: nothing typed is lost on the way.
fn about_members() -> Vec<Route> {
    let of = |route: Route<kit::route::Unsaid>, permission| {
        route.audience(Audience::Staff(permission)).object(Object::Member)
    };
    let (suspend, sign_out) = (Permission::MembersSuspend, Permission::MembersSignOut);
    let (look, grant) = (Permission::MembersLook, Permission::RolesGrant);
    vec![
        of(get("/admin/members", "admin.members", members::show), Permission::MembersSee).rate(Rate::Search),
        of(get("/admin/members/{member}", "admin.member", member::show), Permission::MembersSee),
        of(get(suspension::PATH, "admin.suspension_form", suspension::show), suspend).step_up(),
        of(post(suspension::PATH, "admin.suspension", suspension::decide), suspend)
            .step_up()
            .form_on(suspension::PATH),
        of(get(sign_out::PATH, "admin.sign_out_form", sign_out::show), sign_out).step_up(),
        of(post(sign_out::PATH, "admin.sign_out", sign_out::act), sign_out).step_up().form_on(sign_out::PATH),
        of(get(member_roles::PATH, "admin.member_roles_form", member_roles::show), grant).step_up(),
        of(post(member_roles::PATH, "admin.member_roles", member_roles::change), grant)
            .step_up()
            .form_on(member_roles::PATH),
        of(get(look::PATH, "admin.look_form", look::show), look).step_up(),
        of(post(look::PATH, "admin.look", look::begin), look).step_up().form_on(look::PATH),
        // Who looks is seen as a member like others.
        post("/look/end", "admin.look_end", look::end).audience(Audience::Member).way_out(),
    ]
}

fn about_roles() -> Vec<Route> {
    let edit = Audience::Staff(Permission::RolesEdit);
    let all = [
        get("/admin/roles", "admin.roles", roles::show),
        get("/admin/roles/new", "admin.role_new", role::blank).step_up(),
        post("/admin/roles/new", "admin.role_make", role::make).step_up().form_on("/admin/roles/new"),
        get("/admin/roles/{role}", "admin.role", role::show).step_up(),
        post("/admin/roles/{role}", "admin.role_save", role::save).step_up().form_on("/admin/roles/{role}"),
    ];
    all.into_iter().map(|route| route.audience(edit).object(Object::Role)).collect()
}

/// Who may agree to one kind of act or another. Which of them somebody sees is for the rules.
const DECIDE: Audience = Audience::StaffOf(DECIDERS);

fn about_approvals() -> Vec<Route> {
    vec![
        get("/admin/approvals", "admin.approvals", approvals::show).audience(DECIDE),
        get(approval::PATH, "admin.approval", approval::show)
            .audience(DECIDE)
            .object(Object::Approval)
            .step_up(),
        post(approval::PATH, "admin.approval_decide", approval::decide)
            .audience(DECIDE)
            .object(Object::Approval)
            .step_up()
            .form_on(approval::PATH),
    ]
}

/// How much waits for a person: of what somebody may see.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    dead_jobs: i64,
    events: i64,
    orders: i64,
    cases: i64,
    appeals: i64,
    approvals: i64,
    tickets: i64,
    suspense: i64,
    chargebacks: i64,
}

impl Counts {
    async fn load(reader: &mut Reader, who: &Member) -> Result<Self, Refusal> {
        let mut counts = Self::default();
        if who.may(Permission::JobsRun) {
            counts.dead_jobs = platform::jobs::bury_count(reader).await?;
        }
        if who.may(Permission::PaymentsSee) {
            counts.events = inbox::waiting(reader).await?;
        }
        if who.may(Permission::OrdersSee) {
            counts.orders = i64::try_from(deals::needing_staff(reader).await?.len()).unwrap_or(i64::MAX);
            let ours = deals::cases(reader).await?.into_iter().filter(|case| case.is_ours).count();
            counts.cases = i64::try_from(ours).unwrap_or(i64::MAX);
        }
        if who.may(Permission::MembersSee) {
            counts.appeals = suspensions::appeals(reader).await?;
        }
        if who.may(Permission::ReconcileRun) {
            counts.suspense = market::reconciliation::suspense::waiting(reader).await?;
        }
        if who.may(Permission::ChargebacksManage) {
            counts.chargebacks = chargebacks_desk::waiting(reader).await?;
        }
        if DECIDE.permits(who) {
            counts.approvals = pairs::waiting(reader, who).await?;
        }
        if who.may(Permission::TicketsSee) {
            counts.tickets = tickets::counts(reader).await?.into_iter().map(|(_, open)| open).sum();
        }
        Ok(counts)
    }
}

/// A page with the ways through the administration beside it. `here` is its name.
fn frame(visit: &Visit, counts: Counts, here: &str, heads: (&str, &str), body: Markup) -> Markup {
    frame_of(visit, counts, here, heads, false, body)
}

/// The same around a form, perhaps with mistakes.
fn frame_of(
    visit: &Visit,
    counts: Counts,
    here: &str,
    (title, lead): (&str, &str),
    has_errors: bool,
    body: Markup,
) -> Markup {
    let say = &visit.say;
    let takes_two = counts.approvals > 0 || visit.app.market.terms().ask_at_all();
    let of = Audience::Staff;
    let mut pages = vec![
        ("", "grid", say.admin_overview(), 0, of(Permission::AdminSee)),
        ("approvals", "check", say.admin_approvals(), counts.approvals, DECIDE),
        ("tickets", "bell", say.admin_tickets(), counts.tickets, of(Permission::TicketsSee)),
        ("orders", "box", say.admin_orders(), counts.orders, of(Permission::OrdersSee)),
        ("cases", "chat", say.admin_cases(), counts.cases, of(Permission::OrdersSee)),
        ("members", "user", say.admin_members(), counts.appeals, of(Permission::MembersSee)),
        ("roles", "key", say.admin_roles(), 0, of(Permission::RolesEdit)),
        ("jobs", "clock", say.admin_jobs(), counts.dead_jobs, of(Permission::JobsRun)),
        (
            "chargebacks",
            "undo",
            say.admin_chargebacks(),
            counts.chargebacks,
            of(Permission::ChargebacksManage),
        ),
        ("payments", "card", say.admin_payments(), counts.events, of(Permission::PaymentsSee)),
        ("rules", "tag", say.admin_rules(), 0, of(Permission::RulesEdit)),
        ("accounts", "bank", say.admin_accounts(), 0, of(Permission::LedgerSee)),
        ("transit", "truck", say.admin_transit(), 0, of(Permission::LedgerSee)),
        ("ledger", "shield", say.admin_ledger(), 0, of(Permission::LedgerSee)),
        ("payouts", "truck", say.admin_payouts(), 0, of(Permission::PayoutsManage)),
        ("reports", "receipt", say.admin_reports(), 0, of(Permission::ReportsMake)),
        ("reconciliation", "swap", say.admin_reconciliation(), counts.suspense, of(Permission::ReconcileRun)),
        ("own-money", "store", say.own_money(), 0, of(Permission::LedgerAdjust)),
        ("audit", "receipt", say.admin_audit(), 0, of(Permission::AuditSee)),
    ];
    pages.retain(|(name, .., audience)| {
        let is_open = visit.member.as_ref().is_some_and(|m| audience.permits(m));
        is_open && (takes_two || *name != "approvals")
    });
    let body = html! {
        div.admin {
            nav.side-nav aria-label=(say.admin_nav()) {
                ul role="list" {
                    @for (name, sign, label, count, _) in &pages {
                        li {
                            a href=(staff_page(name)) aria-current=[(*name == here).then_some("page")] {
                                (icon(sign)) " " (label)
                                @if *count > 0 { " " span.count { (say.number(*count)) } }
                            }
                        }
                    }
                }
            }
            div.stack {
                div.head { div { h1 { (title) } p { (lead) } } }
                (body)
            }
        }
    };
    layout(visit, Page::titled(title).noindex().with_errors(has_errors), body)
}
