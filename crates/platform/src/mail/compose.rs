//! The message as it goes over the wire: text and HTML side by side (RFC 2046, 5.1.4).

use super::store::Mail;
use crate::jobs::JobError;
use kernel::MailId;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

/// Builds the message; the same mail always gives the same Message-ID and date.
pub(super) fn message(from: &Mailbox, mail: &Mail) -> Result<Message, JobError> {
    let to =
        mail.to.parse().map_err(|e| JobError::Never(format!("the address cannot be written to: {e}")))?;
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.as_str())
        .date(mail.created_at.into())
        .message_id(Some(message_id(from, mail.id)))
        .raw_header(by_machine())
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .map_err(|e| JobError::Never(format!("the mail cannot be written: {e}")))
}

fn message_id(from: &Mailbox, id: MailId) -> String {
    format!("<{id}@{}>", from.email.domain())
}

/// Keeps holiday notes from answering (RFC 3834, 5).
fn by_machine() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}
