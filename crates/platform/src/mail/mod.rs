//! Mail: written down in the transaction that wants it, sent by a job afterwards.
//!
//! Invariants: a mail whose transaction did not commit is never sent; a mail is sent at least once, and every
//! try carries the same Message-ID, so that the receiving side can drop a second copy. In capture mode nothing
//! leaves the machine. The body of a mail that was sent is dropped, because it may hold a one-time link.

mod compose;
mod store;
#[cfg(test)]
mod tests;

pub use store::{Mail, copy, find, forget, forget_all_to, newest, prune};

use crate::config::{self, MailMode};
use crate::db::{Db, Tx};
use crate::jobs::{self, Job, JobError, Outcome};
use kernel::MailId;
use lettre::message::Mailbox;
use lettre::transport::smtp;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

/// One conversation with the mail server may take this long a step.
const STEP_MAX: Duration = Duration::from_secs(20);

/// A mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// An address, without a name.
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The job that sends a mail. Its handler calls `Mailer::deliver`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendMail {
    pub mail: MailId,
}

impl Job for SendMail {
    const KIND: &'static str = "mail.send";
}

/// Writes the letter down and asks for it to be sent when the transaction commits.
pub async fn queue(tx: &mut Tx, letter: Letter) -> Result<MailId, sqlx::Error> {
    let mail = store::insert(tx, &letter).await?;
    jobs::enqueue(tx, &SendMail { mail }).await?;
    Ok(mail)
}

/// The same for a letter that anybody can cause who knows the address: nothing, when the address got one of this subject
/// within the last minute, or five within a day.
pub async fn queue_rarely(tx: &mut Tx, letter: Letter) -> Result<Option<MailId>, sqlx::Error> {
    const A_DAY: i64 = 5;
    let now = tx.now();
    let since = (now - time::Duration::days(1), now - time::Duration::minutes(1));
    let (today, lately) = store::count_alike(tx, &letter, since).await?;
    if lately > 0 || today >= A_DAY {
        return Ok(None);
    }
    queue(tx, letter).await.map(Some)
}

/// Writes the letter down for the mailbox page and sends it nowhere.
pub async fn keep(tx: &mut Tx, letter: &Letter) -> Result<MailId, sqlx::Error> {
    store::insert(tx, letter).await
}

/// Why the settings give no mailer.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    #[error("mail.from is not an address: {0}")]
    From(#[from] lettre::address::AddressError),
    #[error("mail.mode is smtp, so mail.smtp_url must be set")]
    NoServer,
    #[error("mail.smtp_url cannot be used: {0}")]
    Server(#[from] smtp::Error),
    #[error("mail.ca_file {0:?} cannot be read: {1}")]
    Certificates(PathBuf, #[source] std::io::Error),
}

/// Sends mail, or leaves it captured. Cheap to clone; clones share connections.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Mailbox,
    /// None: captured.
    server: Option<AsyncSmtpTransport<Tokio1Executor>>,
}

impl Mailer {
    /// Connects when the first mail is sent.
    ///
    /// # Errors
    /// [`MailerError`], when the settings were not checked before.
    pub fn new(settings: &config::Mail) -> Result<Self, MailerError> {
        let from = settings.from.parse()?;
        let server = match settings.mode {
            MailMode::Capture => None,
            MailMode::Smtp => {
                let url = settings.smtp_url.as_ref().ok_or(MailerError::NoServer)?;
                let mut server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.reveal())?;
                if let Some(file) = &settings.ca_file {
                    server = server.tls(pinned(url.reveal(), file)?);
                }
                Some(server.timeout(Some(STEP_MAX)).build())
            }
        };
        Ok(Self { from, server })
    }

    /// Whether mails stay here instead of being sent.
    pub const fn captures(&self) -> bool {
        self.server.is_none()
    }

    /// Sends one mail; what was sent or captured already is done. No transaction is open meanwhile.
    ///
    /// # Errors
    /// `Never` when the address or the server's answer leaves no hope, else `Again`.
    pub async fn deliver(&self, db: &Db, id: MailId) -> Outcome {
        let Some(server) = &self.server else { return Ok(()) };
        let mail = store::find(&mut db.read().await?, id).await?;
        let Some(mail) = mail.filter(|mail| mail.sent_at.is_none()) else { return Ok(()) };
        let message = compose::message(&self.from, &mail)?;
        server.send(message).await.map_err(|error| judge(&error))?;
        let mut tx = db.begin().await?;
        store::mark_sent(&mut tx, id).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// TLS, as the address asks for it, with a server that a certificate of the file vouches for, and with nobody else.
fn pinned(url: &str, file: &Path) -> Result<Tls, MailerError> {
    let url = Url::parse(url).map_err(|_| MailerError::NoServer)?;
    let text = std::fs::read(file).map_err(|error| MailerError::Certificates(file.to_owned(), error))?;
    let believed = TlsParameters::builder(url.host_str().unwrap_or_default().to_owned())
        .certificate_store(CertificateStore::None)
        .add_root_certificate(Certificate::from_pem(&text)?)
        .build()?;
    // Whoever names a certificate wants TLS: there is no way without it.
    Ok(if url.scheme() == "smtps" { Tls::Wrapper(believed) } else { Tls::Required(believed) })
}

/// A refusal of the letter is final (RFC 5321, 4.2.1: 5yz). A refusal of ourselves is not (53z: sign-in and
/// encryption, RFC 4954, 6): the operator mends it, and the letters go out.
fn judge(error: &smtp::Error) -> JobError {
    let of_letter = |code: smtp::response::Code| code.category != smtp::response::Category::Unspecified3;
    if error.is_permanent() && error.status().is_some_and(of_letter) {
        return JobError::Never(format!("the mail server refused the mail for good: {error}"));
    }
    JobError::Again(format!("the mail could not be sent: {error}").into())
}
