//! What acts about money are, in detail: for who shall agree to them.

use super::{fee, holds, order, registration, rules, tax_rate};
use crate::deals::key;
use kernel::{Money, OrderId, RefundId, Refusal};
use kit::parts::Facts;
use kit::policy::Permission;
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::fees::{self, Fee};
use market::orders::goodwill::To;
use market::orders::rules as orders;
use market::payments::rules as payments;
use maud::{Markup, html};
use platform::Reader;

/// Names and what they are. Nothing for acts of others.
pub(in crate::admin) async fn of(reader: &mut Reader, me: &SignedIn, act: &Act) -> Result<Facts, Refusal> {
    let say = &me.say;
    let plain = |label: String, text: String| (label, html! { (text) });
    let end =
        |ends: &Option<market::approvals::day::Day>| ends.map_or("–".to_owned(), |day| day.to_string());
    Ok(match act {
        Act::PutHold { order, kind, days } => vec![
            (say.admin_order(), deal(reader, me, *order).await?),
            plain(say.hold_kind(), holds::name(say, kind)),
            plain(say.staff_suspend_until(), say.staff_suspend_days(*days)),
        ],
        Act::LiftHold { order, kind } => vec![
            (say.admin_order(), deal(reader, me, *order).await?),
            plain(say.hold_kind(), holds::name(say, kind)),
        ],
        Act::Goodwill { order, to, money, .. } => {
            let mut told = vec![
                (say.admin_order(), deal(reader, me, *order).await?),
                plain(say.goodwill_to(), say.by_key(&format!("goodwill-to-{}", to.name()))),
                plain(say.goodwill_money(), say.money(*money)),
            ];
            if let To::Buyer { reference } = to {
                told.push(plain(say.order_reference(), reference.clone()));
            }
            told
        }
        Act::MakeFeeRule { .. } => made(me, act),
        Act::EndFeeRule { rule } => {
            let all = fees::list(reader).await?;
            let title = match all.into_iter().find(|it| it.fees.rule == Some(*rule)) {
                Some(found) => html! { a href=(fee::path(*rule)) { (found.title) } },
                None => html! { code { (rule) } },
            };
            vec![(say.fee_rule_title(), title)]
        }
        Act::SetRegistration { place, scheme, number, begins, ends } => vec![
            plain(say.tax_place(), place.to_string()),
            plain(say.registration_scheme(), registration::scheme(say, scheme)),
            (say.registration_number(), html! { code { (number) } }),
            plain(say.rule_begins(), begins.to_string()),
            plain(say.rule_ends(), end(ends)),
        ],
        Act::SetTaxRate { place, category, ppm, begins, ends, source } => {
            let is_standard = category.is_empty();
            let what = if is_standard { say.tax_standard() } else { rules::category(say, category) };
            vec![
                plain(say.tax_place(), place.to_string()),
                plain(say.fee_rule_category(), what),
                plain(say.tax_rate(), tax_rate::words(say, *ppm)),
                plain(say.rule_begins(), begins.to_string()),
                plain(say.rule_ends(), end(ends)),
                plain(say.tax_rate_source(), source.clone()),
            ]
        }
        Act::PayRefundByHand { refund, paid_from, reference } => {
            let mut told = refund_of(reader, me, *refund).await?;
            told.push(plain(say.order_paid_from(), say.by_key(&key("paid-from", paid_from.name()))));
            told.push((say.order_reference(), html! { code { (reference) } }));
            told
        }
        Act::SendRefundToBank { refund, .. } => refund_of(reader, me, *refund).await?,
        _ => Vec::new(),
    })
}

/// Whose money a refund is, and how much. Errors: `NotFound`.
async fn refund_of(reader: &mut Reader, me: &SignedIn, id: RefundId) -> Result<Facts, Refusal> {
    let found = payments::find_refund(reader, id).await?.ok_or(Refusal::NotFound)?;
    let (order, amount) = (deal(reader, me, found.order).await?, me.say.money(found.amount));
    Ok(vec![(me.say.admin_order(), order), (me.say.ticket_amount(), html! { (amount) })])
}

/// An order, with the way to its money for who may go.
async fn deal(reader: &mut Reader, me: &SignedIn, id: OrderId) -> Result<Markup, Refusal> {
    let number = orders::find(reader, id).await?.number;
    let is_seen = me.member().may(Permission::OrdersSee);
    Ok(html! { @if is_seen { a href=(order::path(id)) { (number) } } @else { (number) } })
}

/// A rule that somebody wants.
fn made(me: &SignedIn, act: &Act) -> Facts {
    let say = &me.say;
    let Act::MakeFeeRule { position, title, category, tier, business, currency, commission, buyer, begins } =
        act
    else {
        return Vec::new();
    };
    let any = || say.fee_rule_any();
    let category = category.as_deref().map(|id| rules::category(say, id));
    let class = business.map(|it| if it { say.seller_business() } else { say.seller_private() });
    let home = me.app.market.config.market.currency;
    let money = |minor| say.money(Money::new(minor, currency.unwrap_or(home)));
    let fee = |fee: &Fee| rules::fee_words(say, fee, money);
    let begins = begins.map_or_else(|| say.rule_at_once(), |day| day.to_string());
    let told = [
        (say.fee_rule_title(), title.clone()),
        (say.fee_rule_position(), say.number(*position)),
        (say.fee_rule_category(), category.unwrap_or_else(any)),
        (say.fee_rule_tier(), tier.map_or_else(any, |n| say.fee_rule_tier_n(i64::from(n)))),
        (say.fee_rule_class(), class.unwrap_or_else(any)),
        (say.ledger_currency(), currency.map_or_else(any, |it| it.code().to_owned())),
        (say.fee_commission(), fee(commission)),
        (say.fee_buyer(), fee(buyer)),
        (say.rule_begins(), begins),
    ];
    told.into_iter().map(|(label, text)| (label, html! { (text) })).collect()
}
