//! What an order's money is made of, and what happened to it, in one order of time.

use super::account;
use crate::admin::{call, chargebacks, event, payout};
use crate::deals::key;
use kernel::{Moment, Say};
use kit::links;
use kit::parts::{Receipt, date_time, table};
use kit::policy::Permission;
use kit::visit::SignedIn;
use ledger::show::Booked;
use market::orders::model::Order;
use market::orders::overview::money::{Told, What};
use market::orders::words as names;
use maud::{Markup, html};

/// What was frozen at sale, and what became of it.
pub(super) fn sums(say: &Say, order: &Order) -> Markup {
    let lines = [
        (say.order_items(), order.items),
        (say.cart_postage(), order.shipping),
        (say.cart_protection(), order.buyer_fee),
        (say.order_tax(), order.tax),
        (say.order_tax_included(), order.tax_included),
        (say.order_commission(), order.commission),
        (say.order_released_to_seller(), order.released),
        (say.order_back_to_buyer(), order.refunded),
        (say.order_taken_by_bank(), order.charged_back),
    ];
    let receipt =
        lines.into_iter().fold(Receipt::new(), |all, (label, money)| all.line(label, say.money(money)));
    html! { (receipt.total(say.order_total_buyer(), say.money(order.total))) }
}

pub(super) fn list(me: &SignedIn, order: &Order, told: &[Told]) -> Markup {
    let say = &me.say;
    let heads = [(say.order_way_when(), false), (say.order_way_kind(), false), (say.order_way_what(), false)];
    table(
        "way-table",
        &say.order_way(),
        &heads,
        html! {
            @for it in told {
                tr {
                    td data-label=(heads[0].0) { (date_time(say, it.at)) }
                    th scope="row" data-label=(heads[1].0) { (say.by_key(&key("order-way", kind(&it.what)))) }
                    td data-label=(heads[2].0) { (what(me, order, &it.what)) }
                }
            }
        },
    )
}

/// The last word of the message that names it.
const fn kind(what: &What) -> &'static str {
    match what {
        What::Step(_) => "step",
        What::Entry(_) => "entry",
        What::Call(_) => "call",
        What::Refund(_) => "refund",
        What::Settlement(_) => "settlement",
        What::Hold(_) => "hold",
        What::Event(_) => "event",
        What::Document(_) => "document",
        What::Payout(_) => "payout",
        What::Chargeback(_) => "chargeback",
    }
}

/// What somebody may look at leads there.
fn leads(me: &SignedIn, permission: Permission, href: &str, words: &Markup) -> Markup {
    html! { @if me.member().may(permission) { a href=(href) { (words) } } @else { (words) } }
}

fn what(me: &SignedIn, order: &Order, what: &What) -> Markup {
    let say = &me.say;
    match what {
        What::Step(step) => html! {
            (say.by_key(&names::done_key(step))) " " code { (step.from) " → " (step.to) } " " code { (step.actor) }
        },
        What::Entry(entry) => booked(say, entry),
        What::Call(call) => html! {
            (leads(me, Permission::PaymentsSee, &call::path(&call.key, ""), &html! {
                code { (call.provider) } " " code { (call.operation) }
            }))
            " " code { (call.state) } " " (say.order_way_tries(call.tries))
        },
        What::Refund(refund) => html! {
            (say.money(refund.amount)) " " code { (refund.state.as_str()) }
            @if let Some(reference) = &refund.provider_ref { " " code { (reference) } }
        },
        What::Settlement(it) => html! {
            (leads(me, Permission::PayoutsManage, &links::admin_seller(order.seller), &html! { code { (it.kind) } }))
            " " (say.money(it.amount)) " " code { (it.state) } " "
            (until(say, Some(it.until)))
            @if !it.taken.is_zero() { " " (say.order_way_taken(say.money(it.taken))) }
        },
        What::Hold(hold) => html! {
            code { (hold.kind) } " " code { (hold.because) } " " (until(say, hold.until))
            @if let Some(at) = hold.lifted_at { " " (say.order_way_lifted(say.date_time(at))) }
        },
        What::Event(event) => html! {
            (leads(me, Permission::PaymentsSee, &event::path(event, ""), &html! {
                code { (event.provider) } " " code { (event.kind) }
            }))
            @if let Some(note) = &event.note { " " (note) }
        },
        What::Document(head) => html! {
            a href=(links::document(head.id)) { (say.by_key(&key("document-kind", head.kind.name()))) " " (head.label) }
            " " (say.money(head.total))
        },
        What::Payout(it) => html! {
            (leads(me, Permission::PayoutsManage, &payout::path(it.id), &html! { (it.number) }))
            " " (say.money(it.part)) " " code { (it.state) }
        },
        What::Chargeback(it) => html! {
            (leads(me, Permission::ChargebacksManage, &chargebacks::path(it.id), &html! { code { (it.state) } }))
            " " (say.money(it.share))
        },
    }
}

fn until(say: &Say, at: Option<Moment>) -> String {
    at.map(|at| say.order_until(say.date_time(at))).unwrap_or_default()
}

/// An entry with its lines: debits plain, credits with a minus.
fn booked(say: &Say, entry: &Booked) -> Markup {
    html! {
        code { (entry.kind) } " " code { (entry.key) }
        ul {
            @for line in &entry.lines {
                @let code = line.account.code(line.amount.currency);
                li { a href=(account::path(&code)) { code { (code) } } " " (say.money(line.amount)) }
            }
        }
    }
}
