//! What staff is told by mail about acts that take two. Names of members stay out of it: these mails go to others than
//! their owners.

use super::model::{Act, State};
use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use kernel::{ApprovalId, Moment, Say};
use platform::mail::Letter;

/// Where one looks at it.
fn page(id: ApprovalId, base_url: &str) -> String {
    format!("{base_url}/admin/approvals/{id}")
}

/// A colleague wants to do something, and needs a second person until `until`.
pub(super) fn asked(
    to: &Member,
    by: &Member,
    act: &Act,
    until: Moment,
    (id, base_url): (ApprovalId, &str),
) -> Letter {
    let say = Say::new(to.lang);
    let what = say.by_key(&act.key());
    let who = by.display_name.clone();
    let body = say.mail_approval_asked_body(to.display_name.clone(), say.date_time(until), what, who);
    letter(
        to,
        say.mail_approval_asked_subject(),
        body,
        Some((say.mail_approval_button(), page(id, base_url))),
    )
}

/// What became of it, to who asked.
pub(super) fn decided(to: &Member, act: &Act, state: State, (id, base_url): (ApprovalId, &str)) -> Letter {
    let say = Say::new(to.lang);
    let (what, name) = (say.by_key(&act.key()), to.display_name.clone());
    let (subject, body) = match state {
        State::Agreed => (say.mail_approval_agreed_subject(), say.mail_approval_agreed_body(name, what)),
        State::Done => (say.mail_approval_done_subject(), say.mail_approval_done_body(name, what)),
        _ => (say.mail_approval_declined_subject(), say.mail_approval_declined_body(name, what)),
    };
    letter(to, subject, body, Some((say.mail_approval_button(), page(id, base_url))))
}

/// Nobody came in time, to who asked.
pub(super) fn expired(to: &Member, (id, base_url): (ApprovalId, &str)) -> Letter {
    let say = Say::new(to.lang);
    let body = say.mail_approval_expired_body(to.display_name.clone());
    letter(
        to,
        say.mail_approval_expired_subject(),
        body,
        Some((say.mail_approval_button(), page(id, base_url))),
    )
}
