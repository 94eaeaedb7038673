//! What an act of staff is, in detail: for who shall agree to it.

use super::{acts, call, chargebacks as chargebacks_page, jobs, member_roles, money, reconciliation};
use crate::deals::{People, key};
use kernel::{JobId, MemberId, Money, OrderId, Refusal, Say};
use kit::links;
use kit::parts::Facts;
use kit::policy::Permission;
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::approvals::rules as approvals;
use market::chargebacks::desk as chargebacks;
use market::orders::by_hand::PaidFrom;
use market::orders::rules as orders;
use market::permissions::Permissions;
use market::staff::roles;
use maud::{Markup, html};
use platform::Reader;

/// Names and what they are. What is gone meanwhile is shown by its number.
pub(super) async fn of(
    reader: &mut Reader,
    me: &SignedIn,
    act: &Act,
    people: &People,
) -> Result<Facts, Refusal> {
    let say = &me.say;
    let mut told: Facts = Vec::new();
    if let Some(id) = act.member() {
        told.push((say.admin_member(), member(me, id, people)));
    }
    match act {
        Act::GrantRole { role, .. } | Act::TakeRole { role, .. } | Act::DeleteRole { role } => {
            told.extend(role_of(reader, say, role).await?);
        }
        Act::MakeRole { title, permissions } => {
            told.push((say.staff_role(), html! { (title) }));
            told.push((say.role_permissions(), words(say, permissions)));
        }
        Act::EditRole { role, before, after } => {
            let title = title_of(reader, say, role).await?;
            told.push((say.staff_role(), html! { (title) }));
            told.push((say.approval_role_before(), words(say, before)));
            told.push((say.approval_role_after(), words(say, after)));
        }
        Act::Suspend { words, days, .. } => {
            let until = match days {
                Some(days) => say.staff_suspend_days(*days),
                None => say.staff_suspend_open_end(),
            };
            told.push((say.staff_suspend_words(), html! { (words) }));
            told.push((say.staff_suspend_until(), html! { (until) }));
        }
        Act::DecideOrder { order: id, step, amount, reasons, paid_from, reference, .. } => {
            told.push((say.admin_order(), order(reader, me, *id).await?));
            told.push((say.approval_step(), html! { (say.by_key(&key("order-do", step))) }));
            if let Some(amount) = amount {
                let currency = orders::find(reader, *id).await?.currency;
                let back = say.money(Money::new(*amount, currency));
                told.push((say.order_part_back(), html! { (back) }));
            }
            if let Some(reasons) = reasons {
                told.push((say.order_reasons(), html! { (reasons) }));
            }
            if let Some(from) = paid_from.as_deref().and_then(PaidFrom::find) {
                let from = say.by_key(&key("paid-from", from.name()));
                told.push((say.order_paid_from(), html! { (from) }));
            }
            if let Some(reference) = reference.as_deref().filter(|it| !it.is_empty()) {
                told.push((say.order_reference(), html! { code { (reference) } }));
            }
        }
        Act::ReleaseSettlement { .. } | Act::WriteOffDebt { .. } | Act::GiveUpPayout { .. } => {
            told.extend(money(reader, me, act, people).await?);
        }
        Act::FixTier { tier, days, .. } => {
            told.push((say.admin_tier(), html! { (say.number(*tier)) }));
            told.push((say.admin_tier_days(), html! { (say.number(*days)) }));
        }
        Act::DiscardJob { job: id } => told.push((say.admin_job_kind(), job(reader, *id).await?)),
        Act::ClearSuspense { .. } | Act::TakeEarnings { .. } | Act::TopUp { .. } | Act::PayTax { .. } => {
            told.extend(reconciliation::act_facts(reader, say, act).await?);
        }
        Act::SayOfCall { key, became } => told.extend(call::act_facts(reader, me, key, became).await?),
        Act::AcceptChargeback { chargeback: id } | Act::RefundInquiry { chargeback: id } => {
            let (amount, _) = chargebacks::stake(reader, *id).await?;
            let page = chargebacks_page::path(*id);
            told.push((say.admin_chargeback(), html! { a href=(page) { (say.money(amount)) } }));
        }
        Act::LiftSuspension { .. } | Act::LookAs { .. } => {}
        Act::PayRefundByHand { .. }
        | Act::SendRefundToBank { .. }
        | Act::PutHold { .. }
        | Act::LiftHold { .. }
        | Act::Goodwill { .. }
        | Act::MakeFeeRule { .. }
        | Act::EndFeeRule { .. }
        | Act::SetRegistration { .. }
        | Act::SetTaxRate { .. } => told.extend(money::facts_of(reader, me, act).await?),
    }
    Ok(told)
}

/// Somebody, with the way to them for who may go.
fn member(me: &SignedIn, id: MemberId, people: &People) -> Markup {
    let person = people.view(id);
    let name = html! { bdi { (person.name) } " @" (person.handle) };
    html! {
        @if person.handle.is_empty() { code { (id) } }
        @else if me.member().may(Permission::MembersSee) { a href=(acts::path(id, "")) { (name) } }
        @else { (name) }
    }
}

async fn title_of(reader: &mut Reader, say: &Say, name: &str) -> Result<String, Refusal> {
    match roles::find(reader, name).await {
        Ok(role) => Ok(role.title(say)),
        Err(Refusal::NotFound) => Ok(name.to_owned()),
        Err(other) => Err(other),
    }
}

/// A role, and what it gathers now.
async fn role_of(reader: &mut Reader, say: &Say, name: &str) -> Result<Facts, Refusal> {
    let role = match roles::find(reader, name).await {
        Ok(role) => role,
        Err(Refusal::NotFound) => return Ok(vec![(say.staff_role(), html! { (name) })]),
        Err(other) => return Err(other),
    };
    let gathers =
        if role.is_operator() { say.role_everything() } else { member_roles::words(say, role.permissions) };
    let title = role.title(say);
    Ok(vec![(say.staff_role(), html! { (title) }), (say.role_permissions(), html! { (gathers) })])
}

fn words(say: &Say, names: &[String]) -> Markup {
    let permissions = Permissions::named(names.iter().map(String::as_str));
    html! { (member_roles::words(say, permissions)) }
}

/// An order, with the way to it for who may go.
async fn order(reader: &mut Reader, me: &SignedIn, id: OrderId) -> Result<Markup, Refusal> {
    let number = orders::find(reader, id).await?.number;
    let is_seen = me.member().may(Permission::OrdersSee);
    Ok(html! { @if is_seen { a href=(links::order(id)) { (number) } } @else { (number) } })
}

/// Whose money an act is about, and how much of it.
async fn money(reader: &mut Reader, me: &SignedIn, act: &Act, people: &People) -> Result<Facts, Refusal> {
    let say = &me.say;
    let mut told: Facts = Vec::new();
    if let Some((seller, amount)) = approvals::about_money(reader, act).await? {
        let name = html! {
            @if me.member().may(Permission::PayoutsManage) {
                a href=(links::admin_seller(seller)) { bdi { (people.view(seller).name) } }
            } @else { bdi { (people.view(seller).name) } }
        };
        told.push((say.admin_member(), name));
        told.push((say.payouts_amount(), html! { (say.money(amount)) }));
    }
    Ok(told)
}

async fn job(reader: &mut Reader, id: JobId) -> Result<Markup, Refusal> {
    let found = platform::jobs::find_dead(reader, id).await?;
    Ok(html! {
        @match found {
            Some(job) => a href=(jobs::path(id)) { code { (job.kind) } },
            None => code { (id) },
        }
    })
}
