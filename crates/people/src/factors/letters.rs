//! The mail with a code.

use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use kernel::Say;
use platform::mail::Letter;

/// Your code. It stands in the text and not in the subject, which shows on locked screens.
pub(super) fn code(member: &Member, code: &str) -> Letter {
    let say = Say::new(member.lang);
    let body = say.mail_code_body(code, member.display_name.as_str());
    letter(member, say.mail_code_subject(), body, None)
}
