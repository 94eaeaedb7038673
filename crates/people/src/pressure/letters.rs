//! What operators are told.

use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use kernel::Say;
use platform::mail::Letter;

/// It begins, or it is over.
pub(super) fn pressure(to: &Member, on: bool) -> Letter {
    let say = Say::new(to.lang);
    let name = to.display_name.clone();
    match on {
        true => letter(to, say.mail_pressure_subject(), say.mail_pressure_body(name), None),
        false => letter(to, say.mail_pressure_over_subject(), say.mail_pressure_over_body(name), None),
    }
}
