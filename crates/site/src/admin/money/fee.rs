//! One rule of fees, and its end.

use super::rules;
use crate::acting;
use crate::admin::{Counts, acts, frame_of};
use crate::deals::staff_page;
use kernel::{FeeRuleId, FieldErrors, Refusal};
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{Facts, back, button, date_time, error_summary, facts, form, form_acts};
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::fees::{self, Rule};
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/rules/fees/{rule}";

pub(super) fn path(id: FeeRuleId) -> String {
    format!("{}/fees/{id}", staff_page("rules"))
}

pub(super) async fn show(me: SignedIn, Path(id): Path<FeeRuleId>) -> Result<Answer, Answer> {
    let (rule, counts) = load(&me, id).await?;
    Ok(Answer::page(page(&me, counts, id, &rule, &me.filled(&path(id)))))
}

pub(super) async fn end(me: SignedIn, Path(id): Path<FeeRuleId>, typed: Typed) -> Result<Answer, Answer> {
    let (rule, counts) = load(&me, id).await?;
    let why = match Reason::read(typed.get("reason")) {
        Ok(why) => why,
        Err(wrong) => {
            let errors = FieldErrors::one("reason", wrong);
            return Ok(acts::refused(typed, errors, |filled| page(&me, counts, id, &rule, filled)));
        }
    };
    let became = acting::carry_out(&me, &Act::EndFeeRule { rule: id }, &why).await?;
    Ok(acting::answer(&me, became, &staff_page("rules"), me.say.fee_rule_ended()))
}

/// Errors: `NotFound`, also for one that is over.
async fn load(me: &SignedIn, id: FeeRuleId) -> Result<(Rule, Counts), Answer> {
    let mut reader = me.read().await?;
    let all = fees::list(&mut reader).await?;
    let rule = all.into_iter().find(|rule| rule.fees.rule == Some(id)).ok_or(Refusal::NotFound)?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    Ok((rule, counts))
}

fn page(me: &SignedIn, counts: Counts, id: FeeRuleId, rule: &Rule, filled: &Filled) -> Markup {
    let say = &me.say;
    let money = rules::amounts(say, rule, me);
    let told: Facts = vec![
        (say.fee_rule_position(), html! { (say.number(rule.position)) }),
        (say.fee_rule_for(), html! { (rules::for_whom(say, rule)) }),
        (say.fee_commission(), html! { (rules::fee_words(say, &rule.fees.commission, &money)) }),
        (say.fee_buyer(), html! { (rules::fee_words(say, &rule.fees.buyer, &money)) }),
        (say.rule_begins(), date_time(say, rule.begins_at)),
    ];
    let body = html! {
        (back(&staff_page("rules"), &say.admin_rules()))
        (error_summary(say, &filled.errors, &[("reason", say.staff_reason())]))
        (facts(&told))
        (form(me, &path(id), html! {
            (acts::reason(say, filled))
            (form_acts(false, html! { (button(say.fee_rule_end()).danger()) }))
        }))
    };
    let lead = say.fee_rule_lead();
    frame_of(me, counts, "rules", (&rule.title, &lead), !filled.errors.is_empty(), body)
}
