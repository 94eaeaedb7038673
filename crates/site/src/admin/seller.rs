//! One seller's money for staff: their accounts, how far they are trusted, what waits, what they owe, and what can be done
//! about it.

use super::{Counts, acts, frame_of, payout};
use crate::acting;
use crate::payouts::state_of;
use kernel::{FieldErrors, MemberId, Money, Refusal, Say, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::links;
use kit::parts::{
    Facts, Opt, back, button, date_time, error_summary, facts, form, form_acts, number, panel, select,
    table_panel,
};
use kit::visit::{SignedIn, Visit};
use market::accounts::model::Member;
use market::accounts::rules as members;
use market::approvals::model::Act;
use market::payouts::{Debt, OnHold, Overview, Payout, debts, overview, tier_of, trust};
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/sellers/{member}";
/// Payouts on the page.
const PAYOUTS: usize = 20;
/// Days for which somebody's tier is set, at most, and unless another number is typed.
const DAYS: (i64, &str) = (365, "90");

/// Everything that the page shows.
struct Seller {
    member: Member,
    counts: Counts,
    overview: Overview,
    debts: Vec<Debt>,
    payouts: Vec<Payout>,
    tier: i16,
    trusted: Option<(String, kernel::Moment, Option<kernel::Moment>)>,
}

impl Seller {
    /// Errors: `NotFound`.
    async fn load(me: &SignedIn, id: MemberId) -> Result<Self, Answer> {
        let mut reader = me.read().await?;
        let member = members::find(&mut reader, id).await?.ok_or(Refusal::NotFound)?;
        let terms = me.app.market.payout_terms();
        let trusted = trust::find(&mut reader, id).await?;
        Ok(Self {
            member,
            counts: Counts::load(&mut reader, me.member()).await?,
            overview: overview::overview(&mut reader, &terms, id).await?,
            debts: debts::of_seller(&mut reader, id).await?,
            payouts: overview::page(&mut reader, id, None, PAYOUTS).await?.items,
            tier: tier_of(&mut reader, id).await?.number,
            trusted: trusted.map(|it| (it.because, it.since, it.fixed_until)),
        })
    }

    fn on_hold(&self) -> impl Iterator<Item = &OnHold> {
        self.overview.balances.iter().flat_map(|balance| &balance.on_hold)
    }

    /// What can be done, as the form names it, in words.
    fn choices(&self, say: &Say) -> Vec<Opt> {
        let mut all: Vec<Opt> = self
            .on_hold()
            .map(|it| {
                let words = say.admin_release(say.money(it.amount), it.order_number.clone());
                Opt::new(format!("release:{}", it.settlement), words)
            })
            .collect();
        all.extend(self.debts.iter().filter(|debt| debt.state == "open").map(|debt| {
            let left = say.money(Money::new(debt.left(), debt.currency));
            Opt::new(format!("write-off:{}", debt.id), say.admin_write_off(left))
        }));
        all.extend(self.payouts.iter().filter(|it| it.state == "failed").map(|it| {
            Opt::new(
                format!("give-up:{}", it.id),
                say.admin_give_up(say.money(it.money()), it.number.clone()),
            )
        }));
        all.extend((0..=3).map(|tier: i16| Opt::new(format!("tier:{tier}"), say.admin_fix_tier(tier))));
        all
    }
}

pub(super) async fn show(me: SignedIn, Path(id): Path<MemberId>) -> Result<Answer, Answer> {
    let seller = Seller::load(&me, id).await?;
    Ok(Answer::page(page(&me, &seller, &me.filled(&links::admin_seller(id)))).secret())
}

/// Does what was chosen, or lays it before a second person.
pub(super) async fn act(me: SignedIn, Path(id): Path<MemberId>, typed: Typed) -> Result<Answer, Answer> {
    let seller = Seller::load(&me, id).await?;
    let refuse = |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, &seller, filled)));
    let mut errors = FieldErrors::none();
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    let offered = seller.choices(&me.say).iter().any(|choice| choice.value == typed.get("what"));
    let chosen = act_of(id, typed.get("what"), typed.get("days")).filter(|_| offered);
    let chosen = errors.take("what", chosen.ok_or(Wrong::NotAChoice));
    let (Some(why), Some(chosen)) = (why, chosen) else { return refuse(typed, errors) };
    let became = match acting::carry_out(&me, &chosen, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    Ok(acting::answer(&me, became, &links::admin_seller(id), me.say.admin_money_done()))
}

/// The act that a choice of the form is.
fn act_of(member: MemberId, what: &str, days: &str) -> Option<Act> {
    let (kind, id) = what.split_once(':')?;
    Some(match kind {
        "release" => Act::ReleaseSettlement { settlement: id.parse().ok()? },
        "write-off" => Act::WriteOffDebt { debt: id.parse().ok()? },
        "give-up" => Act::GiveUpPayout { payout: id.parse().ok()? },
        "tier" => Act::FixTier { member, tier: id.parse().ok()?, days: days.parse().ok()? },
        _ => return None,
    })
}

fn page(me: &SignedIn, seller: &Seller, filled: &Filled) -> Markup {
    let say = &me.say;
    let name = seller.member.display_name.as_str();
    let labels =
        [("what", say.admin_money_what()), ("days", say.admin_tier_days()), ("reason", say.staff_reason())];
    let body = html! {
        (back(&links::admin_payouts(), &say.admin_payouts()))
        (error_summary(say, &filled.errors, &labels))
        (facts(&known(me, seller)))
        @if seller.on_hold().next().is_some() {
            (waiting(me, seller))
        }
        @if !seller.payouts.is_empty() { (payouts(me, seller)) }
        (panel("s-act", &say.admin_money_act(), form(me, &links::admin_seller(seller.member.id), html! {
            (select(say, filled, "what", say.admin_money_what(), seller.choices(say))
                .with_empty(say.admin_money_choose()))
            (number(say, filled, "days", say.admin_tier_days(), 1, DAYS.0)
                .hint(say.admin_tier_days_hint()).or(DAYS.1).short())
            (acts::reason(say, filled))
            (form_acts(false, html! { (button(say.admin_money_do()).primary()) }))
        })))
    };
    let heads = (say.admin_seller(name), say.admin_seller_lead());
    frame_of(me, seller.counts, "payouts", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

/// How far they are trusted, and their accounts. What a provider wants of them is shown by its own names.
fn known(visit: &Visit, seller: &Seller) -> Facts {
    let say = &visit.say;
    let mut known: Facts = vec![(say.admin_tier(), html! { (say.number(seller.tier)) })];
    if let Some((because, since, fixed)) = &seller.trusted {
        let why = say.by_key(&format!("payout-tier-{because}"));
        known.push((say.admin_tier_because(), html! { (why) ", " (date_time(say, *since)) }));
        if let Some(until) = fixed.filter(|until| *until > visit.now) {
            known.push((say.admin_tier_fixed(), date_time(say, until)));
        }
    }
    for account in &seller.overview.accounts {
        let state = say.by_key(&format!("payout-account-{}", account.state));
        known.push((
            say.admin_account(account.provider.clone()),
            html! {
                (state)
                @if let Some(bank) = &account.bank_label { ", " (bank) }
                @if !account.wants.is_empty() { ", " code { (account.wants.join(", ")) } }
                @if let Some(why) = &account.blocked_because { ", " code { (why) } }
            },
        ));
    }
    for balance in &seller.overview.balances {
        let sums = [
            (say.payouts_waiting(), balance.waiting),
            (say.payouts_payable(), balance.payable),
            (say.payouts_on_their_way(), balance.in_payout),
            (say.payouts_owed(), balance.owed),
        ];
        let shown: Vec<String> = sums
            .iter()
            .filter(|(_, sum)| !sum.is_zero())
            .map(|(name, sum)| format!("{name}: {}", say.money(*sum)))
            .collect();
        let name = say.payouts_balance(balance.currency.code().to_owned());
        known.push((name, html! { (shown.join(" · ")) }));
    }
    known
}

fn waiting(visit: &Visit, seller: &Seller) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.payouts_order(), false),
        (say.payouts_why(), false),
        (say.payouts_until(), false),
        (say.payouts_amount(), true),
    ];
    let rows = html! {
        @for one in seller.on_hold() {
            tr {
                th scope="row" data-label=(heads[0].0) { (one.order_number) }
                td data-label=(heads[1].0) { (say.by_key(&format!("payout-hold-{}", one.because))) }
                td data-label=(heads[2].0) {
                    @match one.until {
                        Some(at) => (date_time(say, at)),
                        None => (say.payouts_until_then()),
                    }
                }
                td.num data-label=(heads[3].0) { (say.money(one.amount)) }
            }
        }
    };
    table_panel("s-waiting", &say.payouts_waiting_table(), &heads, rows)
}

fn payouts(visit: &Visit, seller: &Seller) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.payouts_number(), false),
        (say.payouts_date(), false),
        (say.payouts_state(), false),
        (say.payouts_amount(), true),
    ];
    let rows = html! {
        @for one in &seller.payouts {
            tr {
                th scope="row" data-label=(heads[0].0) { a href=(payout::path(one.id)) { (one.number) } }
                td data-label=(heads[1].0) { (date_time(say, one.created_at)) }
                td data-label=(heads[2].0) { (state_of(say, &one.state)) }
                td.num data-label=(heads[3].0) { (say.money(one.money())) }
            }
        }
    };
    table_panel("s-payouts", &say.admin_payouts(), &heads, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_choice_is_an_act_or_nothing() {
        let (member, id) = (MemberId(Uuid::nil()), Uuid::nil());
        assert_eq!(act_of(member, "tier:2", "30"), Some(Act::FixTier { member, tier: 2, days: 30 }));
        assert!(matches!(act_of(member, &format!("release:{id}"), ""), Some(Act::ReleaseSettlement { .. })));
        assert!(matches!(act_of(member, &format!("write-off:{id}"), ""), Some(Act::WriteOffDebt { .. })));
        assert!(matches!(act_of(member, &format!("give-up:{id}"), ""), Some(Act::GiveUpPayout { .. })));
        for bad in ["", "tier", "tier:x", "release:1", "burn:1"] {
            assert_eq!(act_of(member, bad, "30"), None, "{bad}");
        }
    }
}
