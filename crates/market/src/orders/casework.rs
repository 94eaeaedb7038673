//! What a step of an order means for its case: a step that needs a case, a proposal or a decision, and the case, the
//! proposal or the decision itself, are one transaction. So there is never one without the other.

use super::effects::Doing;
use super::model::{Order, Problem};
use super::parts;
use super::store::Locked;
use crate::cases::model::{
    Kind, NewCase, NewRuling, Offer, Outcome, Proposal, Reasons, Side, Verdict, Wants,
};
use crate::cases::{proposals, rules as cases, rulings};
use kernel::{Money, Refusal, Wrong};
use platform::Tx;
use process::Actor;

/// What is decided by a step, and whether it answers an appeal.
fn verdict(step: &str) -> Option<(Verdict, bool)> {
    Some(match step {
        "rule_refund" => (Verdict::Refund, false),
        "rule_release" => (Verdict::Release, false),
        "rule_partial" => (Verdict::Partial, false),
        "finally_refund" => (Verdict::Refund, true),
        "finally_release" => (Verdict::Release, true),
        "finally_partial" => (Verdict::Partial, true),
        _ => return None,
    })
}

/// What of the money goes back by a step that pays a part: what was agreed, what is decided now or was decided before,
/// what somebody says. Errors: the field `data/amount`; `Conflict("proposal-gone")`.
pub(super) async fn part(tx: &mut Tx, doing: &Doing<'_>) -> Result<Option<Money>, Refusal> {
    match doing.step.name.as_str() {
        "agree_partial" | "agree_partial_by_seller" => Ok(offered(tx, doing).await?.refund),
        "rule_partial" | "finally_partial" | "refund_part_after_release" | "goodwill_part" => {
            said(doing.order, doing.data.amount, "data/amount").map(Some)
        }
        "ruling_final" | "appeal_timeout" => {
            let decided = rulings::of_order(tx, doing.order.id).await?;
            Ok(decided.last().and_then(|ruling| ruling.refund))
        }
        _ => Ok(None),
    }
}

/// An amount that somebody wants to go back as a part: more than nothing, and with what went back before not more than
/// goods and postage cost. Errors: the field.
pub(super) fn said(order: &Order, amount: Option<i64>, field: &str) -> Result<Money, Refusal> {
    let amount = amount.ok_or_else(|| Refusal::field(field, Wrong::Required))?;
    let max = Money::new(parts::most(order).amount - order.refunded.amount, order.currency);
    if amount < 1 {
        return Err(Refusal::field(field, Wrong::TooLittle { min: Money::new(1, order.currency) }));
    }
    if amount > max.amount {
        return Err(Refusal::field(field, Wrong::TooMuch { max }));
    }
    Ok(Money::new(amount, order.currency))
}

/// The other side's proposal that a step accepts. Errors: `Conflict("proposal-gone")`.
pub(super) async fn offered(tx: &mut Tx, doing: &Doing<'_>) -> Result<Proposal, Refusal> {
    let offer = offer(&doing.step.guards).ok_or(Refusal::Conflict("proposal-gone"))?;
    let side = if doing.mover.actor == Actor::Buyer { Side::Buyer } else { Side::Seller };
    proposals::answerable(tx, doing.order.id, side, doing.data.proposal, offer).await
}

/// Which kind of proposal a row asks for.
fn offer(guards: &[String]) -> Option<Offer> {
    guards.iter().find_map(|guard| match guard.as_str() {
        "proposal_of_partial" => Some(Offer::Partial),
        "proposal_of_return" => Some(Offer::Return),
        "proposal_of_replacement" => Some(Offer::Replacement),
        _ => None,
    })
}

/// Whether who decides had nothing to do with what is appealed.
pub(super) async fn is_new_to(tx: &mut Tx, doing: &Doing<'_>) -> Result<bool, Refusal> {
    let before = rulings::of_order(tx, doing.order.id).await?;
    let people = [doing.mover.member, doing.mover.second];
    Ok(people.into_iter().flatten().all(|who| rulings::is_new(&before, who)))
}

/// Keeps what goes with a step in the case: the answer to a proposal, the decision of staff. What is offered is off when
/// the sides do not talk any more. Errors: the fields `data/reasons`; those of `rulings::keep`.
pub(super) async fn note(tx: &mut Tx, doing: &Doing<'_>) -> Result<(), Refusal> {
    let (order, step) = (doing.order, doing.step);
    if let (Some(_), Some(proposal)) = (offer(&step.guards), doing.data.proposal) {
        proposals::accept(tx, order.id, proposal).await?;
    }
    if let Some((verdict, is_final)) = verdict(&step.name) {
        let by = doing.mover.member.ok_or_else(|| Refusal::broken("a machine decided a case"))?;
        let refund = doing.part.filter(|_| verdict == Verdict::Partial);
        let reasons = reasons(doing)?;
        let ruling = NewRuling { verdict, refund, reasons, by, seconded_by: doing.mover.second, is_final };
        rulings::keep(tx, order.id, &ruling).await?;
    }
    if step.from == "claim_open" && step.to != step.from {
        proposals::end_of_order(tx, order.id).await?;
    }
    Ok(())
}

/// Why staff decides so. Errors: the field `data/reasons`.
pub(super) fn reasons(doing: &Doing<'_>) -> Result<Reasons, Refusal> {
    let text = doing.data.reasons.as_deref().unwrap_or_default();
    Reasons::read(text).map_err(|wrong| Refusal::field("data/reasons", wrong))
}

/// Opens the order's case with what the buyer says; where time alone opens it, nobody says anything.
pub(super) async fn open(tx: &mut Tx, doing: &Doing<'_>) -> Result<(), Refusal> {
    let (order, data) = (doing.order, doing.data);
    let missing = matches!(doing.step.name.as_str(), "report_not_received" | "lost_in_transit");
    let back = doing.step.name == "request_return";
    let kind = match data.kind.as_deref().filter(|_| !missing) {
        Some(name) => Kind::find(name).ok_or_else(|| Refusal::field("data/kind", Wrong::NotAChoice))?,
        None if missing => Kind::NotReceived,
        None if back => Kind::Return,
        None => Kind::Other,
    };
    let wants = match data.wants.as_deref().filter(|_| !back) {
        Some(name) => Wants::find(name).ok_or_else(|| Refusal::field("data/wants", Wrong::NotAChoice))?,
        None if back => Wants::Return,
        None => Wants::Refund,
    };
    let words = match doing.mover.member {
        Some(_) => Some(problem(data.problem.as_deref())?.into_string()),
        None => None,
    };
    let new = NewCase {
        order: order.id,
        buyer: order.buyer,
        seller: order.seller,
        currency: order.currency,
        kind,
        wants,
        wants_amount: None,
        words,
    };
    cases::open(tx, &new).await.map(drop)
}

/// What a buyer says is wrong. Errors: the field `data/problem`.
pub(super) fn problem(text: Option<&str>) -> Result<Problem, Refusal> {
    Problem::read(text.unwrap_or_default()).map_err(|wrong| Refusal::field("data/problem", wrong))
}

/// Closes the order's case by what the step leads to.
pub(super) async fn close(tx: &mut Tx, doing: &Doing<'_>) -> Result<(), Refusal> {
    let outcome = outcome(&doing.step.name, &doing.step.from, &doing.step.to);
    cases::close(tx, doing.order.id, outcome).await
}

fn outcome(step: &str, from: &str, to: &str) -> Outcome {
    match (step, to) {
        ("withdraw_claim" | "withdraw_return" | "return_not_sent", _) => Outcome::Withdrawn,
        ("confirm_replacement", _) => Outcome::Replaced,
        (_, "partial_refunding") => Outcome::PartlyRefunded,
        (_, "refunding") if from == "return_inspection" => Outcome::Returned,
        (_, "refunding") => Outcome::Refunded,
        _ => Outcome::Released,
    }
}

/// A bank decided: nobody else does.
pub(super) async fn charged_back(tx: &mut Tx, order: &Locked) -> Result<(), Refusal> {
    cases::close(tx, order.id, Outcome::ChargedBack).await
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;
    use process::Effect;

    #[test]
    fn every_end_of_a_case_is_the_one_that_its_step_leads_to() {
        let closes =
            |row: &&process::Transition| row.effects.contains(&Effect::Other("close_case".to_owned()));
        let rows: Vec<_> = table::order(table::NEWEST).transitions().iter().filter(closes).collect();
        assert!(rows.len() > 20);
        for row in rows {
            let fits = match outcome(&row.name, &row.from, &row.to) {
                Outcome::Refunded | Outcome::Returned => row.to == "refunding",
                Outcome::PartlyRefunded => row.to == "partial_refunding",
                Outcome::Released | Outcome::Replaced | Outcome::Withdrawn => row.to == "completed",
                Outcome::ChargedBack => false,
            };
            assert!(fits, "{} {}", row.name, row.from);
        }
    }

    /// What is decided is what the step's name says, and each decision of staff is kept.
    #[test]
    fn every_decision_is_known() {
        for row in table::order(table::NEWEST).transitions() {
            let decides = row.name.starts_with("rule_") || row.name.starts_with("finally_");
            assert_eq!(verdict(&row.name).is_some(), decides, "{}", row.name);
            assert_eq!(
                verdict(&row.name).is_some_and(|(_, is_final)| is_final),
                row.guards.iter().any(|guard| guard == "other_reviewer"),
                "{}",
                row.name
            );
        }
    }
}
