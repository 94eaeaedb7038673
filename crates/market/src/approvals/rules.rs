//! Doing an act, asking a second person for it, and what that person may say.

use super::concern::concerned;
use super::model::{Act, Approval, DECIDERS, LIFE, State, Terms, USE_LIFE};
use super::{calls, desk, letters, money, own, refunds, store};
use crate::accounts::model::Member;
use crate::accounts::rules as accounts;
use crate::chargebacks::desk as chargebacks;
use crate::orders::model::{Order, Side, StepData};
use crate::orders::rules as orders;
use crate::permissions::{Permission, Permissions};
use crate::staff::model::Reason;
use crate::staff::suspensions::{self, Verdict};
use crate::staff::{dead_jobs, looking, roles};
use kernel::{ApprovalId, MemberId, Moment, Money, OrderId, Refusal, SessionId, SuspensionId};
use platform::config::SecondPerson;
use platform::{Reader, Tx, audit, mail};
use serde_json::{Map, Value};
use time::Duration;

/// Does an act, with every rule of its own. Looking as a member needs the session of `by`. Errors: those of the act;
/// `Conflict("approval-stale")` when what it was asked for is not there any more.
pub async fn perform(
    tx: &mut Tx,
    terms: &Terms<'_>,
    by: &Member,
    act: &Act,
    why: &Reason,
    session: Option<SessionId>,
) -> Result<(), Refusal> {
    perform_with(tx, terms, (by, None), act, why, session).await
}

/// The same, with who agreed to it.
async fn perform_with(
    tx: &mut Tx,
    terms: &Terms<'_>,
    (by, second): (&Member, Option<MemberId>),
    act: &Act,
    why: &Reason,
    session: Option<SessionId>,
) -> Result<(), Refusal> {
    let base_url = terms.base_url;
    match act {
        Act::GrantRole { member, role } => roles::grant(tx, by, *member, role, why, base_url).await,
        Act::TakeRole { member, role } => roles::take(tx, by, *member, role, why, base_url).await,
        Act::MakeRole { title, permissions } => {
            roles::make(tx, by, title, named(permissions)?, why).await.map(drop)
        }
        Act::EditRole { role, before, after } => {
            roles::edit(tx, by, role, named(before)?, named(after)?, why).await
        }
        Act::DeleteRole { role } => roles::delete(tx, by, role, why).await,
        Act::Suspend { member, words, days } => {
            let until = days.map(|days| tx.now() + Duration::days(days));
            suspensions::suspend(tx, by, *member, &Verdict { why, words, until }, base_url).await
        }
        Act::LiftSuspension { member, suspension } => {
            is_the_same(tx, *member, *suspension).await?;
            suspensions::lift(tx, by, *member, why, base_url).await
        }
        Act::LookAs { member } => {
            let session = session.ok_or(Refusal::SignIn)?;
            looking::begin(tx, by, session, *member, why, base_url).await
        }
        Act::DecideOrder { order, step, version, amount, reasons, paid_from, reference } => {
            if orders::find(tx, *order).await?.version != *version {
                return Err(Refusal::Conflict("order-step"));
            }
            let data = StepData {
                reason: Some(why.as_str().to_owned()),
                amount: *amount,
                reasons: reasons.clone(),
                paid_from: paid_from.clone(),
                reference: reference.clone(),
                ..StepData::default()
            };
            orders::step_of_two(tx, by, second, (*order, step), &data).await.map(drop)
        }
        Act::DiscardJob { job } => dead_jobs::discard(tx, by, *job, why).await,
        Act::PutHold { .. }
        | Act::LiftHold { .. }
        | Act::MakeFeeRule { .. }
        | Act::EndFeeRule { .. }
        | Act::SetRegistration { .. }
        | Act::SetTaxRate { .. } => desk::perform(tx, by, act, why).await,
        Act::ReleaseSettlement { .. }
        | Act::WriteOffDebt { .. }
        | Act::GiveUpPayout { .. }
        | Act::FixTier { .. } => money::perform(tx, by, act, why).await,
        Act::ClearSuspense { .. }
        | Act::TakeEarnings { .. }
        | Act::TopUp { .. }
        | Act::PayTax { .. }
        | Act::Goodwill { .. } => own::perform(tx, by, act, why).await,
        Act::SayOfCall { .. } => calls::perform(tx, by, act, why).await,
        Act::AcceptChargeback { chargeback } => chargebacks::accept(tx, by, *chargeback, why, base_url).await,
        Act::RefundInquiry { chargeback } => {
            chargebacks::refund_inquiry(tx, by, *chargeback, why, base_url).await
        }
        Act::PayRefundByHand { .. } | Act::SendRefundToBank { .. } => {
            refunds::perform(tx, (by, second), act, why).await
        }
    }
}

/// Another suspension than that which was there is not lifted by the way.
async fn is_the_same(
    reader: &mut Reader,
    member: MemberId,
    suspension: Option<SuspensionId>,
) -> Result<(), Refusal> {
    let member = accounts::find(reader, member).await?.ok_or(Refusal::NotFound)?;
    match suspensions::current(reader, &member).await?.map(|s| s.id) == suspension {
        true => Ok(()),
        false => Err(Refusal::Conflict("not-suspended")),
    }
}

/// Permissions by the names that were kept.
fn named(names: &[String]) -> Result<Permissions, Refusal> {
    names
        .iter()
        .map(|name| Permission::find(name))
        .collect::<Option<Permissions>>()
        .ok_or(Refusal::Conflict("approval-stale"))
}

/// Takes a step of an order for who needs nobody else: a side of it, or staff that decides alone. Errors as
/// [`orders::step`]; `Conflict("approval-needed")`, after which it is to be asked for.
pub async fn step_alone(
    tx: &mut Tx,
    terms: &Terms<'_>,
    by: &Member,
    id: OrderId,
    transition: &str,
    data: &StepData,
) -> Result<Order, Refusal> {
    let may_decide = by.may(Permission::OrdersDecide);
    if may_decide && orders::show(tx, by, id).await?.side == Side::Staff {
        let order = orders::find(tx, id).await?;
        let stake = orders::stake(tx, &order, transition, data.amount).await?;
        if terms.ask_for(SecondPerson::Orders) || money::is_above(tx, terms, stake).await? {
            return Err(Refusal::Conflict("approval-needed"));
        }
    }
    orders::step(tx, by, id, transition, data).await
}

/// Whether `by` may do an act now: the settings ask for no second person, neither for its kind nor for so much money; or one
/// has agreed to what was left to `by`, which is used up by this. Errors: `NotFound` for what it is about.
pub async fn is_free(tx: &mut Tx, terms: &Terms<'_>, by: &Member, act: &Act) -> Result<bool, Refusal> {
    let is_much = match money::stake(tx, act).await? {
        Some(stake) => money::is_above(tx, terms, stake).await?,
        None => false,
    };
    if !is_much && !terms.ask_for(act.kind()) {
        return Ok(true);
    }
    Ok(act.is_left_to_asker() && store::use_up(tx, by.id, act).await?)
}

/// Which seller's money an act is about, and how much of it; nothing for acts about anything else, and for what is gone.
pub async fn about_money(reader: &mut Reader, act: &Act) -> Result<Option<(MemberId, Money)>, Refusal> {
    match money::seller(reader, act).await {
        Ok(Some(seller)) => Ok(money::stake(reader, act).await?.map(|stake| (seller, stake))),
        Ok(None) | Err(Refusal::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Keeps an act until a second person agrees, and tells those who may. The caller has tried it out and taken it back,
/// so that nobody is asked for what cannot be done. Errors: `NotFound` for who may not; `Conflict("approval-nobody")`
/// when there is nobody else; `Conflict("approval-asked-already")`.
pub async fn ask(
    tx: &mut Tx,
    terms: &Terms<'_>,
    by: &Member,
    act: &Act,
    why: &Reason,
) -> Result<ApprovalId, Refusal> {
    if !by.may(act.permission()) {
        return Err(Refusal::NotFound);
    }
    // One that is over stands in nobody's way.
    end_due(tx, terms.base_url).await?;
    let about = concerned(tx, act).await?;
    let colleagues = colleagues(tx, by.id, act, &about).await?;
    if colleagues.is_empty() {
        return Err(Refusal::Conflict("approval-nobody"));
    }
    let (id, until): (ApprovalId, Moment) = (tx.new_id(), tx.now() + LIFE);
    if !store::insert(tx, id, by.id, act, &about, why, until).await? {
        return Err(Refusal::Conflict("approval-asked-already"));
    }
    record(tx, by, "approvals.ask", id, act, Some(why)).await?;
    for colleague in &colleagues {
        let letter = letters::asked(colleague, by, act, until, (id, terms.base_url));
        mail::queue(tx, letter).await?;
    }
    Ok(id)
}

/// Agrees to what somebody else has asked for. It is done at once with every rule checked anew, in the name of who
/// asked; what only they can do waits for them. Errors: `NotFound` for who may not, or is concerned;
/// `Conflict("approval-own")`; `Conflict("approval-over")` when it is not waiting any more; `Conflict("approval-asker")`
/// when who asked may not do it any more; `Conflict("staff-above")` when it needs more than `by` has;
/// `Conflict("approval-stale")` and those of the act when it cannot be done any more. Then it goes on waiting.
pub async fn agree(
    tx: &mut Tx,
    terms: &Terms<'_>,
    by: &Member,
    id: ApprovalId,
    why: &Reason,
) -> Result<State, Refusal> {
    let Approval { act, reason, asked_by, .. } = lock(tx, by, id).await?;
    let asker = accounts::find(tx, asked_by).await?;
    let asker = asker.filter(|m| accounts::may_act(m) && m.may(act.permission()));
    let asker = asker.ok_or(Refusal::Conflict("approval-asker"))?;
    let needed = in_play(tx, &act).await.map_err(gone)?;
    if !by.permissions.covers(needed) {
        return Err(Refusal::Conflict("staff-above"));
    }
    let state = if act.is_left_to_asker() {
        let until = tx.now() + USE_LIFE;
        store::agree(tx, id, by.id, why, until).await?;
        State::Agreed
    } else {
        perform_with(tx, terms, (&asker, Some(by.id)), &act, &reason, None).await.map_err(gone)?;
        store::decide(tx, id, State::Done, by.id, why).await?;
        State::Done
    };
    record(tx, by, "approvals.agree", id, &act, Some(why)).await?;
    mail::queue(tx, letters::decided(&asker, &act, state, (id, terms.base_url))).await?;
    Ok(state)
}

/// Declines it, and tells who asked. Errors: `NotFound`, `Conflict("approval-own")` and `("approval-over")` as
/// [`agree`].
pub async fn decline(
    tx: &mut Tx,
    terms: &Terms<'_>,
    by: &Member,
    id: ApprovalId,
    why: &Reason,
) -> Result<(), Refusal> {
    let Approval { act, asked_by, .. } = lock(tx, by, id).await?;
    store::decide(tx, id, State::Declined, by.id, why).await?;
    record(tx, by, "approvals.decline", id, &act, Some(why)).await?;
    if let Some(asker) = accounts::find(tx, asked_by).await? {
        let letter = letters::decided(&asker, &act, State::Declined, (id, terms.base_url));
        mail::queue(tx, letter).await?;
    }
    Ok(())
}

/// Takes back what one has asked for oneself. Errors: `NotFound`; `Conflict("approval-over")`.
pub async fn withdraw(tx: &mut Tx, by: &Member, id: ApprovalId) -> Result<(), Refusal> {
    let found = store::lock(tx, id).await?.filter(|a| a.asked_by == by.id).ok_or(Refusal::NotFound)?;
    if !matches!(found.state(tx.now()), State::Waiting | State::Agreed) {
        return Err(Refusal::Conflict("approval-over"));
    }
    store::withdraw(tx, id).await?;
    record(tx, by, "approvals.withdraw", id, &found.act, None).await
}

/// Puts away what is over, and tells who asked. Answers how many.
pub async fn end_due(tx: &mut Tx, base_url: &str) -> Result<usize, Refusal> {
    let over = store::expire_due(tx).await?;
    for (id, asked_by) in &over {
        audit::write(tx, None, "approvals.expire", ("approval", id.0), Map::new().into()).await?;
        if let Some(asker) = accounts::find(tx, *asked_by).await? {
            mail::queue(tx, letters::expired(&asker, (*id, base_url))).await?;
        }
    }
    Ok(over.len())
}

/// Forgets what ended before `before`.
pub async fn prune(tx: &mut Tx, before: Moment) -> Result<(), Refusal> {
    Ok(store::prune(tx, before).await?)
}

/// Forgets what somebody took part in, or was concerned by, who leaves.
pub async fn forget_all(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::forget(tx, member).await?)
}

/// What `who` may agree to, and what they have asked for themselves; the oldest first.
pub async fn open(reader: &mut Reader, who: &Member) -> Result<Vec<Approval>, Refusal> {
    Ok(store::open(reader, who.id, &decides(who)).await?)
}

/// How many wait for `who`.
pub async fn waiting(reader: &mut Reader, who: &Member) -> Result<i64, Refusal> {
    Ok(store::waiting(reader, who.id, &decides(who)).await?)
}

/// One of them, also when it has ended. Errors: `NotFound`.
pub async fn show(reader: &mut Reader, who: &Member, id: ApprovalId) -> Result<Approval, Refusal> {
    store::find(reader, id).await?.filter(|a| sees(who, a)).ok_or(Refusal::NotFound)
}

fn decides(who: &Member) -> Vec<Permission> {
    DECIDERS.iter().copied().filter(|permission| who.may(*permission)).collect()
}

/// Whom it concerns does not learn of it here.
fn sees(who: &Member, approval: &Approval) -> bool {
    approval.asked_by == who.id || (who.may(approval.act.permission()) && !approval.about.contains(&who.id))
}

/// One that waits for a second person, who is `by`. Errors: as [`agree`].
async fn lock(tx: &mut Tx, by: &Member, id: ApprovalId) -> Result<Approval, Refusal> {
    let found = store::lock(tx, id).await?.filter(|a| sees(by, a)).ok_or(Refusal::NotFound)?;
    if found.asked_by == by.id {
        return Err(Refusal::Conflict("approval-own"));
    }
    match found.state(tx.now()) {
        State::Waiting => Ok(found),
        _ => Err(Refusal::Conflict("approval-over")),
    }
}

/// Who may agree: those who may do it themselves, and whom it does not concern.
async fn colleagues(
    reader: &mut Reader,
    by: MemberId,
    act: &Act,
    about: &[MemberId],
) -> Result<Vec<Member>, Refusal> {
    let needed = in_play(reader, act).await?;
    let ids = roles::holders(reader, act.permission()).await?;
    let mut found = accounts::find_many(reader, &ids).await?;
    found.retain(|m| m.id != by && !about.contains(&m.id) && m.permissions.covers(needed));
    Ok(found)
}

/// Everything that both persons must be permitted beside the act itself: nobody acts on who may do more, and nobody
/// gives what they do not have. Errors: `NotFound`.
async fn in_play(reader: &mut Reader, act: &Act) -> Result<Permissions, Refusal> {
    let of_member = match act.member() {
        Some(id) => accounts::find(reader, id).await?.ok_or(Refusal::NotFound)?.permissions,
        None => Permissions::NONE,
    };
    let of_role = match act {
        Act::GrantRole { role, .. }
        | Act::TakeRole { role, .. }
        | Act::EditRole { role, .. }
        | Act::DeleteRole { role } => roles::find(reader, role).await?.permissions,
        _ => Permissions::NONE,
    };
    let new = match act {
        Act::MakeRole { permissions: new, .. } | Act::EditRole { after: new, .. } => named(new)?,
        _ => Permissions::NONE,
    };
    Ok(of_member.iter().chain(of_role.iter()).chain(new.iter()).collect())
}

/// What was there when it was asked for is gone.
fn gone(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::NotFound => Refusal::Conflict("approval-stale"),
        other => other,
    }
}

async fn record(
    tx: &mut Tx,
    by: &Member,
    action: &str,
    id: ApprovalId,
    act: &Act,
    why: Option<&Reason>,
) -> Result<(), Refusal> {
    let mut told = act.told();
    if let Some(why) = why {
        told.insert("reason".to_owned(), why.as_str().into());
    }
    Ok(audit::write(tx, Some(by.id), action, ("approval", id.0), Value::Object(told)).await?)
}
