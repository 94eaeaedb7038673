//! What the mails about a copy and about leaving say.

use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use kernel::{Moment, Say};
use platform::mail::Letter;

/// The copy can be taken until `until`.
pub fn copy_ready(to: &Member, until: Moment, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let body = say.mail_copy_body(to.display_name.clone(), say.date_time(until));
    letter(to, say.mail_copy_subject(), body, Some((say.mail_copy_button(), data(base_url))))
}

/// The account is hidden, and erased at `due` unless its owner takes it back.
pub fn leaving(to: &Member, due: Moment, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let body = say.mail_leaving_body(say.date_time(due), to.display_name.clone());
    letter(to, say.mail_leaving_subject(), body, Some((say.mail_leaving_button(), data(base_url))))
}

/// One day is left.
pub fn leaving_soon(to: &Member, due: Moment, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let body = say.mail_leaving_soon_body(say.date_time(due), to.display_name.clone());
    letter(to, say.mail_leaving_soon_subject(), body, Some((say.mail_leaving_button(), data(base_url))))
}

/// It is done. The last mail.
pub fn left(to: &Member) -> Letter {
    let say = Say::new(to.lang);
    letter(to, say.mail_left_subject(), say.mail_left_body(to.display_name.clone()), None)
}

/// Who is not signed in is asked to, and comes back there.
fn data(base_url: &str) -> String {
    format!("{base_url}/account/data")
}
