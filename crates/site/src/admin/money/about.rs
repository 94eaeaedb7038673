//! What a ticket is about, with the way there for who may go.

use super::{account, order, refunds};
use crate::admin::{acts, call, chargebacks, payout, reconciliation};
use kernel::{ChargebackId, MemberId, OrderId, PayoutId, RunId};
use kit::links;
use kit::policy::Permission;
use kit::visit::SignedIn;
use market::tickets::Ticket;
use maud::{Markup, html};

/// The thing that it names, and the account and the call that its numbers name.
pub(super) fn thing(me: &SignedIn, ticket: &Ticket) -> Markup {
    let say = &me.say;
    let kind = say.by_key(&format!("ticket-about-{}", ticket.subject_kind));
    let named = |name: &str, permission| {
        let text = ticket.detail.get(name).and_then(|text| text.as_str());
        text.filter(|_| me.member().may(permission))
    };
    let account = named("account", Permission::LedgerSee).map(|code| (account::path(code), code));
    let call = named("call", Permission::PaymentsSee).map(|key| (call::path(key, ""), key));
    html! {
        @if let Some(id) = ticket.subject {
            @match way(me, ticket) {
                Some(href) => a href=(href) { (kind) },
                None => { (kind) " " code { (id) } },
            }
        } @else if account.is_none() && call.is_none() {
            (kind)
        }
        @for (n, (href, name)) in account.iter().chain(&call).enumerate() {
            @if n > 0 || ticket.subject.is_some() { " · " }
            a href=(href) { code { (name) } }
        }
    }
}

fn way(me: &SignedIn, ticket: &Ticket) -> Option<String> {
    let id = ticket.subject?;
    let may = |permission| me.member().may(permission);
    match ticket.subject_kind.as_str() {
        "order" if may(Permission::OrdersSee) => Some(order::path(OrderId(id))),
        "refund" if may(Permission::LedgerAdjust) => {
            let of = ticket.detail.get("order").and_then(|id| id.as_str())?;
            Some(refunds::path(of.parse::<OrderId>().ok()?))
        }
        "member" if may(Permission::MembersSee) => Some(acts::path(MemberId(id), "")),
        "member" if may(Permission::PayoutsManage) => Some(links::admin_seller(MemberId(id))),
        "payout" if may(Permission::PayoutsManage) => Some(payout::path(PayoutId(id))),
        "chargeback" if may(Permission::ChargebacksManage) => Some(chargebacks::path(ChargebackId(id))),
        "run" if may(Permission::ReconcileRun) => Some(reconciliation::path_of_run(RunId(id))),
        _ => None,
    }
}
