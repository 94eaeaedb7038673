//! What sellers are asked by mail.

use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use kernel::Say;
use platform::mail::Letter;

/// Where they say it.
const PAGE: &str = "/payouts/tax";

/// Tell us who you are, for the tax office.
pub(super) fn asked(to: &Member, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let body = say.mail_tax_details_asked_body(to.display_name.clone());
    letter(to, say.mail_tax_details_asked_subject(), body, button(&say, base_url))
}

/// The same again.
pub(super) fn again(to: &Member, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let body = say.mail_tax_details_again_body(to.display_name.clone());
    letter(to, say.mail_tax_details_again_subject(), body, button(&say, base_url))
}

/// Nothing is paid out until you do.
pub(super) fn stopped(to: &Member, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let body = say.mail_tax_payouts_stopped_body(to.display_name.clone());
    letter(to, say.mail_tax_payouts_stopped_subject(), body, button(&say, base_url))
}

fn button(say: &Say, base_url: &str) -> Option<(String, String)> {
    Some((say.mail_tax_details_button(), format!("{base_url}{PAGE}")))
}
