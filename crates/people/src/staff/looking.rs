//! Seeing the marketplace as a member sees it: to help, for a quarter of an hour, without changing anything. The
//! member is told.
//!
//! Staff stays in its own session, which remembers whom it looks as. So whatever ends that session, or takes the
//! permission, ends the look too.

use super::model::{Reason, Target, record};
use crate::accounts::model::{Looking, Member, Session};
use crate::accounts::notices::{self, Notice};
use crate::accounts::{rules as accounts, sessions};
use crate::permissions::Permission;
use kernel::{MemberId, Refusal, SessionId};
use platform::{Reader, Tx, audit};
use serde_json::{Map, json};
use time::Duration;

/// How long it lasts at most.
pub const LIFE: Duration = Duration::minutes(15);

/// Begins to look as a member in the session of `by`. Errors: `Conflict("look-staff")` and `("look-suspended")`;
/// `SignIn` when the session has ended; as [`Target::lock`].
pub async fn begin(
    tx: &mut Tx,
    by: &Member,
    session: SessionId,
    id: MemberId,
    why: &Reason,
    base_url: &str,
) -> Result<(), Refusal> {
    let target = Target::lock(tx, by, Permission::MembersLook, id).await?;
    may_be_seen(target.member())?;
    let until = tx.now() + LIFE;
    sessions::look(tx, by.id, session, Some(Looking { member: id, until })).await?;
    notices::tell(tx, target.member(), Notice::LookedAt, "", base_url, "/account/activity").await?;
    record(tx, by, "staff.look", ("member", id.0), why, Map::new()).await
}

/// Ends it. Errors: `SignIn` when the session has ended.
pub async fn end(tx: &mut Tx, by: &Member, session: SessionId, seen: MemberId) -> Result<(), Refusal> {
    sessions::look(tx, by.id, session, None).await?;
    Ok(audit::write(tx, Some(by.id), "staff.look_end", ("member", seen.0), json!({})).await?)
}

/// Whom a session looks as now. Nobody any more when its owner may not, or the member became staff.
pub async fn seen(reader: &mut Reader, session: &Session) -> Result<Option<Member>, Refusal> {
    let Some(looking) = session.looking.filter(|_| session.member.may(Permission::MembersLook)) else {
        return Ok(None);
    };
    let member = accounts::find(reader, looking.member).await?;
    Ok(member.filter(|member| may_be_seen(member).is_ok()))
}

/// Staff sees more than others, and who is suspended sees nothing.
fn may_be_seen(member: &Member) -> Result<(), Refusal> {
    if member.is_staff() {
        return Err(Refusal::Conflict("look-staff"));
    }
    match accounts::may_act(member) {
        true => Ok(()),
        false => Err(Refusal::Conflict("look-suspended")),
    }
}
