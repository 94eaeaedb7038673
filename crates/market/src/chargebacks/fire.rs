//! Moving a chargeback: the one function through which every step goes.

use super::events::{Moved, Opened};
use super::model::{By, Chargeback};
use super::{books, effects, jobs, letters, store, table};
use crate::staff::model::Reason;
use crate::tickets;
use kernel::{Moment, Refusal};
use platform::{Tx, events};
use process::Transition;
use time::Duration;

/// How long before the provider's deadline everything is sent.
const BEFORE: Duration = Duration::days(1);
/// What staff has at least, however late a bank asks; and how long an answer waits that was refused after the deadline.
const AT_LEAST: Duration = Duration::hours(1);
/// The same when less than twice that is left.
const AT_THE_VERY_LEAST: Duration = Duration::minutes(5);

/// Takes a step of the table in the caller's unit of work: guards, effects, timer, history, event, letters. The orders of the
/// payment are locked, and so is `it`, which is what it has become afterwards; one that is new is in the state `new`. Errors:
/// those of the guards.
pub(super) async fn fire(
    tx: &mut Tx,
    it: &mut Chargeback,
    step: &Transition,
    by: By,
    why: Option<&Reason>,
    base_url: &str,
) -> Result<(), Refusal> {
    effects::check(tx, it, step).await?;
    let (now, from) = (tx.now(), it.state.clone());
    let is_new = it.version == 0;
    it.version += 1;
    if !step.is_loop() {
        it.state.clone_from(&step.to);
        it.state_since = now;
        let is_over = table::chargeback().state(&step.to).is_some_and(process::State::is_end);
        it.closed_at = is_over.then_some(now);
    }
    if is_new {
        store::insert(tx, it).await?;
        books::share(tx, it).await?;
    } else {
        // What is still open is asked of the table below.
        store::save(tx, it).await?;
    }
    store::insert_step(tx, it, &step.name, &from, by).await?;
    effects::run(tx, it, step, by, why, base_url).await?;
    it.timer = table::chargeback().timer_after(step, it.timer.take(), now);
    keep(tx, it).await?;
    let (chargeback, payment, state) = (it.id, it.payment, it.state.clone());
    if is_new {
        events::append(tx, &Opened { chargeback, payment, state }).await?;
    } else {
        events::append(tx, &Moved { chargeback, payment, state }).await?;
    }
    if !it.is_open() {
        tickets::close(tx, &effects::ticket(it), "the chargeback is over").await?;
    }
    letters::of_step(tx, it, &step.name, base_url).await
}

/// Writes down what it has become, with its timer; one that must be answered is answered in time.
pub(super) async fn keep(tx: &mut Tx, it: &mut Chargeback) -> Result<(), Refusal> {
    let (now, due) = (tx.now(), it.due_by);
    if it.can_be_written()
        && let (Some(timer), Some(due)) = (&mut it.timer, due)
    {
        timer.at = timer.at.min(in_time(due, now));
    }
    store::save(tx, it).await?;
    jobs::set_timer(tx, it).await
}

/// A day before the deadline. Where that is over or near, soon.
fn in_time(due: Moment, now: Moment) -> Moment {
    let left: Duration = due - now;
    let soon = if left.is_positive() { (left / 2_i32).clamp(AT_THE_VERY_LEAST, AT_LEAST) } else { AT_LEAST };
    (due - BEFORE).max(now + soon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_answered_in_time() {
        let now = Moment::UNIX_EPOCH;
        for (left, waits) in [
            (Duration::days(14), Duration::days(13)),
            (Duration::days(3), Duration::days(2)),
            (Duration::hours(20), Duration::hours(1)),
            (Duration::hours(1), Duration::minutes(30)),
            (Duration::minutes(2), Duration::minutes(5)),
            (Duration::hours(-9), Duration::hours(1)),
        ] {
            assert_eq!(in_time(now + left, now), now + waits, "{left}");
        }
    }
}
