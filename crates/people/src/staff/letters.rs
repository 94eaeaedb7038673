//! What staff is told by mail. Names of members stay out of it: these mails go to others than their owners.

use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use kernel::Say;
use platform::mail::Letter;

/// A suspended member has answered.
pub(super) fn appealed(to: &Member, link: String) -> Letter {
    let say = Say::new(to.lang);
    let body = say.mail_appealed_body(to.display_name.clone());
    letter(to, say.mail_appealed_subject(), body, Some((say.mail_appealed_button(), link)))
}
