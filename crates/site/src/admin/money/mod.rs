//! Money for staff: what must be looked at, the rules of fees and taxes, the books account by account, money on its way, and what
//! holds an order's money.

mod about;
mod accounts;
mod act_facts;
mod account;
mod entries;
mod exposure;
mod fee;
mod fee_form;
mod fee_typed;
mod glance;
mod goodwill;
mod holds;
mod order;
mod refunds;
mod registration;
mod rules;
mod statement;
mod tax_rate;
mod ticket;
mod tickets;
mod timeline;
mod transit;
mod typed;

pub(super) use act_facts::of as facts_of;
pub(super) use glance::{Glance, panel_of};
pub(super) use order::path as order_path;

use kit::policy::{Audience, Object, Permission, Rate};
use kit::route::{Route, Unsaid, get, post};

/// The routes of this module.
pub(super) fn routes() -> Vec<Route> {
    [desk(), about_rules(), books(), about_orders()].concat()
}

fn desk() -> Vec<Route> {
    let of =
        |route: Route<Unsaid>| route.audience(Audience::Staff(Permission::TicketsSee)).object(Object::Ticket);
    vec![
        of(get("/admin/tickets", "admin.tickets", tickets::show)),
        of(get(ticket::PATH, "admin.ticket", ticket::show)),
        of(post(ticket::PATH, "admin.ticket_decide", ticket::decide)).form_on(ticket::PATH),
    ]
}

/// What changes something asks for a fresh sign-in already where its form is shown.
fn about_rules() -> Vec<Route> {
    let of =
        |route: Route<Unsaid>| route.audience(Audience::Staff(Permission::RulesEdit)).object(Object::FeeRule);
    vec![
        of(get("/admin/rules", "admin.rules", rules::show)),
        of(get(fee_form::PATH, "admin.fee_rule_new", fee_form::show)).step_up(),
        of(post(fee_form::PATH, "admin.fee_rule_make", fee_form::make)).step_up().form_on(fee_form::PATH),
        of(get(fee::PATH, "admin.fee_rule", fee::show)).step_up(),
        of(post(fee::PATH, "admin.fee_rule_end", fee::end)).step_up().form_on(fee::PATH),
        of(get(registration::PATH, "admin.registration_form", registration::show)).step_up(),
        of(post(registration::PATH, "admin.registration", registration::save))
            .step_up()
            .form_on(registration::PATH),
        of(get(tax_rate::PATH, "admin.tax_rate_form", tax_rate::show)).step_up(),
        of(post(tax_rate::PATH, "admin.tax_rate", tax_rate::save)).step_up().form_on(tax_rate::PATH),
    ]
}

fn books() -> Vec<Route> {
    let see = Audience::Staff(Permission::LedgerSee);
    vec![
        get("/admin/accounts", "admin.accounts", accounts::show)
            .audience(see)
            .object(Object::Account)
            .rate(Rate::Search),
        get(account::PATH, "admin.account", account::show).audience(see).object(Object::Account),
        get("/admin/transit", "admin.transit", transit::show).audience(see).rate(Rate::Search),
        get(statement::PATH, "admin.statement", statement::show).audience(see).object(Object::Member),
    ]
}

fn about_orders() -> Vec<Route> {
    let (see, decide, adjust) = (Permission::OrdersSee, Permission::OrdersDecide, Permission::LedgerAdjust);
    let of =
        |route: Route<Unsaid>, permission| route.audience(Audience::Staff(permission)).object(Object::Order);
    vec![
        of(get(order::PATH, "admin.order", order::show), see).rate(Rate::Search),
        of(get(holds::PATH, "admin.holds_form", holds::show), decide).step_up(),
        of(post(holds::PATH, "admin.holds", holds::change), decide).step_up().form_on(holds::PATH),
        of(get(goodwill::PATH, "admin.goodwill_form", goodwill::show), adjust).step_up(),
        of(post(goodwill::PATH, "admin.goodwill", goodwill::give), adjust)
            .rate(Rate::Money)
            .step_up()
            .form_on(goodwill::PATH),
        of(get(refunds::PATH, "admin.refunds_form", refunds::show), adjust).step_up(),
        of(post(refunds::PATH, "admin.refunds", refunds::change), adjust).step_up().form_on(refunds::PATH),
    ]
}
