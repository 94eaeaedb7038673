//! Suspending somebody: they are told why, may answer once, and can do nothing else until it is over or lifted.

use super::events::SuspensionChanged;
use super::model::{Appeal, Reason, Suspension, Target, Words, record};
use super::{letters, roles, store};
use crate::accounts::model::Member;
use crate::accounts::notices::{self, Notice};
use crate::accounts::{rules as accounts, sessions};
use crate::permissions::Permission;
use crate::signin::rules as signin;
use kernel::{MemberId, Moment, Refusal, Say, SuspensionId, Wrong};
use platform::{Reader, Tx, audit, events, mail};
use serde_json::{Map, json};

/// Where a suspended member reads why.
pub const PAGE: &str = "/account/suspension";

/// What staff decides about a suspension.
#[derive(Debug)]
pub struct Verdict<'a> {
    pub why: &'a Reason,
    /// What the member reads.
    pub words: &'a Words,
    /// Until somebody lifts it, when nothing.
    pub until: Option<Moment>,
}

/// Suspends a member and ends everything that they are signed in with. Errors: the field `until` is not in the future;
/// `Conflict("suspended-already")`, `("role-last-operator")`; as [`Target::lock`].
pub async fn suspend(
    tx: &mut Tx,
    by: &Member,
    id: MemberId,
    verdict: &Verdict<'_>,
    base_url: &str,
) -> Result<(), Refusal> {
    let target = Target::lock(tx, by, Permission::MembersSuspend, id).await?;
    let member = target.member();
    if member.suspended {
        return Err(Refusal::Conflict("suspended-already"));
    }
    if verdict.until.is_some_and(|until| until <= tx.now()) {
        return Err(Refusal::field("until", Wrong::NotAChoice));
    }
    roles::keep_an_operator(tx, &target).await?;
    // An earlier one that is over and was not put away yet.
    store::end_suspension(tx, id, None).await?;
    let new: SuspensionId = tx.new_id();
    store::insert_suspension(tx, new, &target, by.id, verdict).await?;
    events::append(tx, &SuspensionChanged { member: id }).await?;
    sessions::close_all(tx, id, None).await?;
    signin::forget_attempts(tx, id).await?;
    let say = Say::new(member.lang);
    let end = match verdict.until {
        Some(until) => say.suspension_until(say.date_time(until)),
        None => say.suspension_open_end(),
    };
    let more = format!("{}\n\n{end}", verdict.words);
    notices::tell(tx, member, Notice::Suspended, &more, base_url, PAGE).await?;
    let until = Map::from_iter([("until".to_owned(), json!(verdict.until.map(|at| at.unix_timestamp())))]);
    record(tx, by, "staff.suspend", ("member", id.0), verdict.why, until).await
}

/// Lifts a suspension before its end. Errors: `Conflict("not-suspended")`; as [`Target::lock`].
pub async fn lift(
    tx: &mut Tx,
    by: &Member,
    id: MemberId,
    why: &Reason,
    base_url: &str,
) -> Result<(), Refusal> {
    let target = Target::lock(tx, by, Permission::MembersSuspend, id).await?;
    if !target.member().suspended {
        return Err(Refusal::Conflict("not-suspended"));
    }
    store::end_suspension(tx, id, Some(by.id)).await?;
    events::append(tx, &SuspensionChanged { member: id }).await?;
    notices::tell(tx, target.member(), Notice::SuspensionLifted, "", base_url, "/sign-in").await?;
    record(tx, by, "staff.lift", ("member", id.0), why, Map::new()).await
}

/// Puts suspensions away whose time is over: they have ended by themselves at that moment already. Answers how many.
pub async fn end_due(tx: &mut Tx, base_url: &str) -> Result<usize, Refusal> {
    let due = store::due_suspensions(tx).await?;
    for id in &due {
        store::end_suspension(tx, *id, None).await?;
        events::append(tx, &SuspensionChanged { member: *id }).await?;
        audit::write(tx, None, "staff.suspension_ended", ("member", id.0), json!({})).await?;
        if let Some(member) = accounts::find(tx, *id).await? {
            notices::tell(tx, &member, Notice::SuspensionLifted, "", base_url, "/sign-in").await?;
        }
    }
    Ok(due.len())
}

/// The member's answer, once for each suspension. Those of the staff who may decide about it get a mail. Errors:
/// `Conflict("appealed-already")`, also where nobody wrote down why they are suspended.
pub async fn appeal(tx: &mut Tx, member: &Member, text: &Appeal, base_url: &str) -> Result<(), Refusal> {
    if !store::appeal(tx, member.id, text.as_str()).await? {
        return Err(Refusal::Conflict("appealed-already"));
    }
    for colleague in deciders(tx, member.id).await? {
        let path = staff_path(&colleague, member.id);
        mail::queue(tx, letters::appealed(&colleague, format!("{base_url}{path}"))).await?;
    }
    Ok(audit::write(tx, Some(member.id), "staff.appeal", ("member", member.id.0), json!({})).await?)
}

/// Keeps a suspension after the member has answered, and tells them why. Errors: `Conflict("not-suspended")`;
/// `Conflict("appeal-none")` when there is no answer, or somebody has decided; as [`Target::lock`].
pub async fn uphold(
    tx: &mut Tx,
    by: &Member,
    id: MemberId,
    words: &Words,
    why: &Reason,
    base_url: &str,
) -> Result<(), Refusal> {
    let target = Target::lock(tx, by, Permission::MembersSuspend, id).await?;
    if !target.member().suspended {
        return Err(Refusal::Conflict("not-suspended"));
    }
    if !store::answer(tx, id, by.id, words.as_str()).await? {
        return Err(Refusal::Conflict("appeal-none"));
    }
    notices::tell(tx, target.member(), Notice::SuspensionUpheld, words.as_str(), base_url, PAGE).await?;
    record(tx, by, "staff.uphold", ("member", id.0), why, Map::new()).await
}

/// Who may lift the suspension of somebody, or keep it.
async fn deciders(reader: &mut Reader, about: MemberId) -> Result<Vec<Member>, Refusal> {
    let permissions = accounts::find(reader, about).await?.map(|m| m.permissions).unwrap_or_default();
    let ids = roles::holders(reader, Permission::MembersSuspend).await?;
    let mut found = accounts::find_many(reader, &ids).await?;
    found.retain(|m| m.id != about && m.permissions.covers(permissions));
    Ok(found)
}

/// Where a member of staff reads what somebody answered.
fn staff_path(who: &Member, about: MemberId) -> String {
    let page = format!("/admin/members/{about}");
    if who.may(Permission::MembersSee) { page } else { format!("{page}/suspension") }
}

/// The one that holds somebody now, if they are suspended and somebody wrote down why.
pub async fn current(reader: &mut Reader, member: &Member) -> Result<Option<Suspension>, Refusal> {
    let all = store::suspensions(reader, member.id).await?;
    Ok(all.into_iter().find(|s| s.lifted_at.is_none()).filter(|_| member.suspended))
}

/// All of somebody's, the latest first.
pub async fn of(reader: &mut Reader, member: MemberId) -> Result<Vec<Suspension>, Refusal> {
    Ok(store::suspensions(reader, member).await?)
}

/// Forgets what somebody was suspended for who leaves.
pub async fn forget_all(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::delete_suspensions(tx, member).await?)
}

/// How many answers of members wait for somebody to read them.
pub async fn appeals(reader: &mut Reader) -> Result<i64, Refusal> {
    Ok(store::appeals(reader).await?)
}
