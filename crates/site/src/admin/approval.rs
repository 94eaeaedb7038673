//! One act that waits for a second person, and what that person says.

use super::{Counts, act_facts, acts, approvals as list, frame_of};
use crate::acting;
use crate::deals::{People, why};
use kernel::{ApprovalId, FieldErrors, Say};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::form::post;
use kit::parts::{Facts, Tone, back, button, date_time, error_summary, facts, form, form_acts, notice};
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::approvals::model::{Approval, State};
use market::approvals::rules as approvals;
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/approvals/{approval}";

pub(super) fn path(id: ApprovalId) -> String {
    format!("{}/{id}", acting::page())
}

/// What is shown.
struct Found {
    approval: Approval,
    people: People,
    /// What it is, in detail.
    told: Facts,
    counts: Counts,
}

pub(super) async fn show(me: SignedIn, Path(id): Path<ApprovalId>) -> Result<Answer, Answer> {
    let found = load(&me, id).await?;
    Ok(Answer::page(page(&me, &found, &me.filled(&path(id)))).secret())
}

/// Agrees, declines or withdraws: the button says which. What stands in the way is said on the page of it.
pub(super) async fn decide(me: SignedIn, Path(id): Path<ApprovalId>, typed: Typed) -> Result<Answer, Answer> {
    let found = load(&me, id).await?;
    let (terms, by, say) = (me.app.market.terms(), me.member(), &me.say);
    if typed.get("do") == "withdraw" {
        let mut tx = me.begin().await?;
        approvals::withdraw(&mut tx, by, id).await?;
        tx.commit().await?;
        return Ok(Answer::to(acting::page()).saying(Flash::ok(say.approval_is_withdrawn())));
    }
    let reason = match Reason::read(typed.get("reason")) {
        Ok(reason) => reason,
        Err(wrong) => {
            let errors = FieldErrors::one("reason", wrong);
            return Ok(acts::refused(typed, errors, |filled| page(&me, &found, filled)));
        }
    };
    let mut tx = me.begin().await?;
    let said = match typed.get("do") {
        "agree" => approvals::agree(&mut tx, &terms, by, id, &reason).await.map(|state| match state {
            State::Agreed => say.approval_is_agreed(),
            _ => say.approval_is_done(),
        }),
        _ => {
            let declined = approvals::decline(&mut tx, &terms, by, id, &reason).await;
            declined.map(|()| say.approval_is_declined())
        }
    };
    match said {
        Ok(said) => {
            tx.commit().await?;
            Ok(Answer::to(acting::page()).saying(Flash::ok(said)))
        }
        Err(refusal) => {
            tx.rollback().await?;
            Ok(Answer::to(path(id)).saying(Flash::bad(why(say, refusal)?)))
        }
    }
}

async fn load(me: &SignedIn, id: ApprovalId) -> Result<Found, Answer> {
    let mut reader = me.read().await?;
    let approval = approvals::show(&mut reader, me.member(), id).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let decided = approval.decided.as_ref().map(|d| d.by);
    let about = approvals::about_money(&mut reader, &approval.act).await?.map(|(seller, _)| seller);
    let ids = [Some(approval.asked_by), decided, approval.act.member(), about];
    let people = People::find(&mut reader, ids.into_iter().flatten()).await?;
    let told = act_facts::of(&mut reader, me, &approval.act, &people).await?;
    Ok(Found { approval, people, told, counts })
}

fn page(me: &SignedIn, found: &Found, filled: &Filled) -> Markup {
    let (say, approval) = (&me.say, &found.approval);
    let title = say.by_key(&approval.act.key());
    let state = approval.state(me.now);
    let is_own = me.is(approval.asked_by);
    let body = html! {
        (back(&acting::page(), &say.admin_approvals()))
        (error_summary(say, &filled.errors, &[("reason", say.staff_reason())]))
        (facts(&told(say, found, state)))
        @match (state, is_own) {
            (State::Waiting, false) => (answer(me, approval, filled)),
            (State::Waiting, true) => {
                (notice(Tone::Plain, "", html! { (say.approval_waits_for_others()) }))
                (withdrawal(me, approval))
            },
            (State::Agreed, true) => {
                (notice(Tone::Brand, "", html! { (say.approval_is_yours()) }))
                (withdrawal(me, approval))
            },
            _ => {},
        }
    };
    let lead = say.admin_approval_lead();
    frame_of(me, found.counts, "approvals", (&title, &lead), !filled.errors.is_empty(), body)
}

fn told(say: &Say, found: &Found, state: State) -> Facts {
    let approval = &found.approval;
    let name = |id| html! { bdi { (found.people.view(id).name) } };
    let mut all = found.told.clone();
    all.push((say.staff_reason(), html! { (approval.reason) }));
    all.push((say.approval_asked_by(), name(approval.asked_by)));
    all.push((say.approval_asked_at(), date_time(say, approval.asked_at)));
    all.push((say.approval_until(), date_time(say, approval.expires_at)));
    all.push((say.approval_state(), list::state(say, state)));
    if let Some(decided) = &approval.decided {
        all.push((
            say.approval_decided_by(),
            html! { (name(decided.by)) ", " (date_time(say, decided.at)) ": " (decided.why) },
        ));
    }
    all
}

fn answer(me: &SignedIn, approval: &Approval, filled: &Filled) -> Markup {
    let say = &me.say;
    form(
        me,
        &path(approval.id),
        html! {
            (acts::reason(say, filled))
            (form_acts(false, html! {
                (button(say.approval_agree()).value("do", "agree").primary())
                (button(say.approval_decline()).value("do", "decline").danger())
            }))
        },
    )
}

fn withdrawal(me: &SignedIn, approval: &Approval) -> Markup {
    post(me, &path(approval.id), None, html! { (button(me.say.approval_withdraw()).value("do", "withdraw")) })
}
