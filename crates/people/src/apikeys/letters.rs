//! What the mail about a key says that somebody has found.

use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use kernel::Say;
use platform::mail::Letter;

/// Somebody has found your key and told us, so we have ended it.
pub(super) fn leaked(owner: &Member, name: &str, hint: &str, base_url: &str) -> Letter {
    let say = Say::new(owner.lang);
    let body = format!(
        "{} {}\n\n{}",
        say.notice_hello(owner.display_name.clone()),
        say.mail_key_leaked_body(hint, name),
        say.mail_key_leaked_next()
    );
    let button = (say.mail_key_leaked_button(), format!("{base_url}/account/keys"));
    letter(owner, say.mail_key_leaked_subject(), body, Some(button))
}
