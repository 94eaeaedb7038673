//! One payout for staff: how it is getting on, of which sales it is, and the ways on from there.

use super::{Counts, frame, money};
use crate::deals::{People, staff_page};
use crate::payouts::state_of;
use kernel::{Money, PayoutId};
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::parts::{Facts, Tone, acts as buttons, back, date_time, facts, link, notice, table_panel};
use kit::policy::Permission;
use kit::visit::SignedIn;
use market::payouts::{self, Item, Payout, failure_key, overview};
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/payouts/{payout}";

pub(super) fn path(id: PayoutId) -> String {
    format!("{}/{id}", links::admin_payouts())
}

pub(super) async fn show(me: SignedIn, Path(id): Path<PayoutId>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let payout = payouts::find(&mut reader, id).await?;
    let items = overview::statement(&mut reader, id).await?;
    let people = People::find(&mut reader, [payout.seller]).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let say = &me.say;
    let why = payout.failure.as_deref().map(|failure| say.by_key(&failure_key(failure)));
    let calls = format!("{}/calls?about={id}", staff_page("payments"));
    let body = html! {
        (back(&links::admin_payouts(), &say.admin_payouts()))
        @if let Some(why) = &why { (notice(Tone::Danger, &say.payouts_failed(), html! { (why) })) }
        (facts(&known(&me, &payout, &people)))
        (buttons(html! {
            (link(links::admin_seller(payout.seller), say.admin_seller_open()))
            @if me.member().may(Permission::PaymentsSee) { (link(calls, say.admin_calls())) }
        }))
        (made_of(&me, &payout, &items))
    };
    let heads = (say.payouts_one(payout.number.clone()), say.admin_payout_lead());
    Ok(Answer::page(frame(&me, counts, "payouts", (&heads.0, &heads.1), body)).secret())
}

fn known(me: &SignedIn, payout: &Payout, people: &People) -> Facts {
    let say = &me.say;
    let person = people.view(payout.seller);
    let mut known: Facts = vec![
        (say.admin_member(), html! { bdi { (person.name) } " @" (person.handle) }),
        (say.payouts_state(), state_of(say, &payout.state)),
        (say.admin_payouts_since(), date_time(say, payout.state_since)),
        (say.payouts_amount(), html! { (say.money(payout.money())) }),
        (say.payouts_date(), date_time(say, payout.created_at)),
        (say.admin_event_provider(), html! { (payout.provider) " " code { (payout.account_ref) } }),
    ];
    if let Some(reference) = &payout.provider_ref {
        known.push((say.admin_call_reference(), html! { code { (reference) } }));
    }
    if let Some(bank) = &payout.bank_label {
        known.push((say.payouts_bank(), html! { (bank) }));
    }
    if let Some(at) = payout.expected_at {
        known.push((say.payouts_expected(), date_time(say, at)));
    }
    if let Some(at) = payout.paid_at {
        known.push((say.payouts_paid_at(), date_time(say, at)));
    }
    known
}

fn made_of(me: &SignedIn, payout: &Payout, items: &[Item]) -> Markup {
    let say = &me.say;
    let sum = |amount: i64| say.money(Money::new(amount, payout.currency));
    let sees_orders = me.member().may(Permission::OrdersSee);
    let heads = [
        (say.payouts_order(), false),
        (say.payouts_kind(), false),
        (say.payouts_brought(), true),
        (say.payouts_netted(), true),
        (say.payouts_taken(), true),
        (say.payouts_paid_of_it(), true),
    ];
    let rows = html! {
        @for item in items {
            tr {
                th scope="row" data-label=(heads[0].0) {
                    @if sees_orders { a href=(money::order_path(item.order)) { (item.order_number) } }
                    @else { (item.order_number) }
                }
                td data-label=(heads[1].0) { (say.by_key(&format!("payout-kind-{}", item.kind))) }
                td.num data-label=(heads[2].0) { (sum(item.amount)) }
                td.num data-label=(heads[3].0) { (sum(item.netted)) }
                td.num data-label=(heads[4].0) { (sum(item.taken)) }
                td.num data-label=(heads[5].0) { (sum(item.paid)) }
            }
        }
    };
    table_panel("s-items", &say.payouts_items(), &heads, rows)
}
