//! The mail about a change that waits.

use super::model::Shown;
use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use kernel::Say;
use platform::mail::Letter;

/// Your money shall go elsewhere, from then on; this button takes it back.
pub(super) fn asked(to: &Member, new: &Shown, base_url: &str, token: &str) -> Letter {
    let say = Say::new(to.lang);
    let link = format!("{base_url}/bank/undo?token={token}");
    let body = say.mail_bank_asked_body(new.label(), say.date_time(new.since), to.display_name.clone());
    letter(to, say.mail_bank_asked_subject(), body, Some((say.mail_bank_asked_button(), link)))
}
