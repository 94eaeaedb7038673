//! What a step of a chargeback does beside changing its state, and what must hold before it.

use super::model::{Answer, By, Chargeback, Piece};
use super::{books, evidence, jobs, letters, store};
use crate::holds::{self, NewHold};
use crate::orders::charged_back as orders;
use crate::staff::model::Reason;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Money, Refusal};
use platform::Tx;
use process::{Actor, Effect, Hold, Transition};
use serde_json::json;
use time::Duration;

/// How long there is for a ticket of one that says no deadline.
const DUE: Duration = Duration::days(3);

/// Whether all guards of a step hold. Errors: the first that does not, as `Conflict`.
pub(super) async fn check(tx: &mut Tx, it: &Chargeback, step: &Transition) -> Result<(), Refusal> {
    for guard in &step.guards {
        let (holds, refused) = match guard.as_str() {
            "evidence_complete" if it.answer.is_some() => (false, "chargeback-answered"),
            "evidence_complete" => (!evidence::of(tx, it).await?.is_empty(), "chargeback-no-evidence"),
            "can_be_refunded" => (is_about_all(tx, it).await?, "chargeback-part"),
            _ => (false, "guard-unknown"),
        };
        if !holds {
            return Err(Refusal::Conflict(refused));
        }
    }
    Ok(())
}

/// Whether it is about everything that is left of the payment.
async fn is_about_all(tx: &mut Tx, it: &Chargeback) -> Result<bool, Refusal> {
    let parts = orders::parts(tx, it.payment).await?;
    let left = Money::sum(it.amount.currency, parts.iter().map(|part| part.left))?;
    Ok(left.amount <= it.amount.amount)
}

/// Does what the step's row says, in its order.
pub(super) async fn run(
    tx: &mut Tx,
    it: &mut Chargeback,
    step: &Transition,
    by: By,
    why: Option<&Reason>,
    base_url: &str,
) -> Result<(), Refusal> {
    for effect in &step.effects {
        let Effect::Other(name) = effect else {
            return Err(Refusal::broken("the table of chargebacks moves an order's money"));
        };
        match name.as_str() {
            "hold_orders" => hold(tx, it).await?,
            "unhold_orders" => unhold(tx, it, by).await?,
            "draft_evidence" => draft(tx, it).await?,
            "submit_evidence" => decide(tx, it, Answer::Evidence, by, base_url).await?,
            "close_at_provider" => decide(tx, it, Answer::Accept, by, base_url).await?,
            "send_again" => jobs::send_soon(tx, it).await?,
            "answer_anew" => (it.answer, it.answered_by, it.submitted_at) = (None, None, None),
            "book_opened" => books::opened(tx, it).await?,
            "claw_back_hold" => books::set_aside(tx, it).await?,
            "book_won" => books::won(tx, it).await?,
            "give_back" => books::give_back(tx, it).await?,
            "book_lost" => books::lost(tx, it).await?,
            "ask_refund" => refund(tx, it, by, why).await?,
            "page_operator" => page(tx, it, &step.name, base_url).await?,
            _ => {
                let what = format!("the table of chargebacks asks for an unknown effect: {name}");
                return Err(Refusal::broken(what));
            }
        }
    }
    Ok(())
}

/// No money of any order of the payment moves from now on.
async fn hold(tx: &mut Tx, it: &Chargeback) -> Result<(), Refusal> {
    for part in orders::parts(tx, it.payment).await? {
        let (kind, because) = (Hold::Chargeback, "chargeback");
        let new = NewHold { order: part.order, kind, because, note: "", by: None, until: None };
        holds::put(tx, &new).await?;
    }
    Ok(())
}

/// It may move again, unless there is another one about the same payment.
async fn unhold(tx: &mut Tx, it: &Chargeback, by: By) -> Result<(), Refusal> {
    if store::is_another_open(tx, it).await? {
        return Ok(());
    }
    for part in orders::parts(tx, it.payment).await? {
        holds::lift(tx, part.order, Hold::Chargeback, by.member).await?;
    }
    Ok(())
}

/// What is there already was perhaps written by staff, and stays.
async fn draft(tx: &mut Tx, it: &Chargeback) -> Result<(), Refusal> {
    let known: Vec<Piece> = evidence::of(tx, it).await?;
    let shares = store::shares::of(tx, it.id).await?;
    for piece in evidence::draft(tx, &shares).await? {
        if known.iter().all(|other| other.field != piece.field) {
            store::desk::put_piece(tx, it.id, &piece).await?;
        }
    }
    Ok(())
}

/// Settles what is answered, once, and has it sent.
async fn decide(
    tx: &mut Tx,
    it: &mut Chargeback,
    answer: Answer,
    by: By,
    base_url: &str,
) -> Result<(), Refusal> {
    if it.answer.is_some() || it.submitted_at.is_some() {
        return Ok(());
    }
    if answer == Answer::Evidence && evidence::of(tx, it).await?.is_empty() {
        draft(tx, it).await?;
    }
    it.answer = Some(answer);
    it.round = it.version;
    it.answered_by = by.member;
    jobs::send_soon(tx, it).await?;
    if by.actor == Actor::Timer {
        letters::sent_by_itself(tx, it, base_url).await?;
    }
    Ok(())
}

async fn refund(tx: &mut Tx, it: &Chargeback, by: By, why: Option<&Reason>) -> Result<(), Refusal> {
    let (Some(member), Some(why)) = (by.member, why) else {
        return Err(Refusal::broken("nobody refunds an inquiry unasked"));
    };
    for order in orders::lock(tx, it.payment).await? {
        orders::give_back(tx, member, &order, why).await?;
    }
    Ok(())
}

/// The key of its ticket.
pub(super) fn ticket(it: &Chargeback) -> String {
    format!("chargeback:{}", it.id)
}

/// Somebody has to look at it: a ticket, and a letter when it is new.
async fn page(tx: &mut Tx, it: &Chargeback, step: &str, base_url: &str) -> Result<(), Refusal> {
    let (now, key) = (tx.now(), ticket(it));
    let due = it.due_by.map_or(DUE, |due| (due - now - Duration::days(1)).max(Duration::hours(1)));
    let new = NewTicket {
        kind: Kind::Chargeback,
        key: &key,
        subject: Subject::Chargeback(it.id),
        amount: Some(it.amount),
        detail: json!({ "step": step, "state": it.state, "reason": it.reason }),
        due,
    };
    tickets::open(tx, &new).await?;
    if matches!(step, "inquiry" | "opened" | "escalated" | "opened_after_all" | "refused") {
        letters::to_staff(tx, it, "due", base_url).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::table;

    #[test]
    fn the_engine_knows_every_guard_and_effect_of_the_table() {
        let known = ["evidence_complete", "can_be_refunded"];
        assert!(table::chargeback().guards().iter().all(|guard| known.contains(&guard.as_str())));
        let source = include_str!("effects.rs");
        for effect in table::chargeback().other_effects() {
            assert!(source.contains(&format!("\"{effect}\" =>")), "{effect}");
        }
    }
}
