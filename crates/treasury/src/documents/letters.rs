//! What somebody is told by mail about their documents: how many there are, and nothing of what they say.

use kernel::Say;
use people::accounts::letters::letter;
use people::accounts::model::Member;
use platform::mail::Letter;

/// New documents since the last letter.
pub(super) fn ready(to: &Member, count: i64, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let link = format!("{base_url}/documents");
    let body = say.mail_document_ready_body(count, to.display_name.clone());
    letter(to, say.mail_document_ready_subject(count), body, Some((say.mail_document_ready_button(), link)))
}
