//! What staff is told by mail about tickets: how many of which kind. What they are about stays out of it.

use super::model::Kind;
use kernel::Say;
use people::accounts::letters::letter;
use people::accounts::model::Member;
use platform::mail::Letter;

/// New tickets, and how many of each kind.
pub(super) fn opened(to: &Member, opened: &[(Kind, i64)], base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let total: i64 = opened.iter().map(|(_, count)| count).sum();
    let lines: Vec<String> =
        opened.iter().map(|(kind, count)| format!("{}: {count}", say.by_key(&kind.key()))).collect();
    let body = say.mail_ticket_digest_body(total, lines.join("\n\n"), to.display_name.clone());
    let link = format!("{base_url}/admin");
    letter(to, say.mail_ticket_digest_subject(), body, Some((say.mail_ticket_digest_button(), link)))
}
