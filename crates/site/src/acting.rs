//! Acts of staff: done at once, or laid before a second person where the settings ask for one.

use crate::deals::staff_page;
use kernel::Refusal;
use kit::Flash;
use kit::answer::Answer;
use kit::visit::SignedIn;
use market::approvals::model::{Act, Became};
use market::approvals::rules as approvals;
use market::staff::model::Reason;

/// Does an act in the name of who is signed in, or asks a second person for it. Errors: those of the act, in both
/// cases: what is asked for is tried out and taken back before.
pub(crate) async fn carry_out(me: &SignedIn, act: &Act, why: &Reason) -> Result<Became, Refusal> {
    let (market, by) = (&me.app.market, me.member());
    let terms = market.terms();
    let mut tx = market.db.begin().await?;
    let is_free = approvals::is_free(&mut tx, &terms, by, act).await?;
    approvals::perform(&mut tx, &terms, by, act, why, me.session).await?;
    if is_free {
        tx.commit().await?;
        return Ok(Became::Done);
    }
    tx.rollback().await?;
    let mut tx = market.db.begin().await?;
    approvals::ask(&mut tx, &terms, by, act, why).await?;
    tx.commit().await?;
    Ok(Became::Waits)
}

/// Back to where it was asked for, with what became of it: `done` says that it is done.
pub(crate) fn answer(me: &SignedIn, became: Became, to: &str, done: String) -> Answer {
    match became {
        Became::Done => Answer::to(to).saying(Flash::ok(done)),
        Became::Waits => waits(me, to),
    }
}

/// It waits for a second person now.
pub(crate) fn waits(me: &SignedIn, to: &str) -> Answer {
    Answer::to(to).saying(Flash::info(me.say.approval_asked()))
}

/// What waits for a second person.
pub(crate) fn page() -> String {
    staff_page("approvals")
}
