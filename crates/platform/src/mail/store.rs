//! The table of mails.

use super::Letter;
use crate::db::{Reader, Rows, Tx};
use kernel::{MailId, Moment};

/// A mail as it was written down.
#[derive(Clone, Debug)]
pub struct Mail {
    pub id: MailId,
    pub to: String,
    pub subject: String,
    /// Empty once it was sent.
    pub text: String,
    pub html: String,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
}

pub(super) async fn insert(tx: &mut Tx, letter: &Letter) -> Result<MailId, sqlx::Error> {
    let (id, now): (MailId, Moment) = (tx.new_id(), tx.now());
    sqlx::query!(
        "insert into mails (mail_id, to_address, subject, text_body, html_body, created_at) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        letter.to,
        letter.subject,
        letter.text,
        letter.html,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// How many letters of the same subject were written to the address since `day`, and since `minute`.
pub(super) async fn count_alike(
    tx: &mut Tx,
    letter: &Letter,
    (day, minute): (Moment, Moment),
) -> Result<(i64, i64), sqlx::Error> {
    // Of two who ask at once, one waits for the other.
    sqlx::query!("select from pg_advisory_xact_lock(hashtextextended('mail ' || lower($1), 0))", letter.to)
        .fetch_all(tx.conn())
        .await?;
    let row = sqlx::query!(
        r#"select count(*) as "today!", count(*) filter (where created_at > $4) as "lately!" from mails
           where lower(to_address) = lower($1) and subject = $2 and created_at > $3"#,
        letter.to,
        letter.subject,
        day,
        minute
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.today, row.lately))
}

pub(super) async fn mark_sent(tx: &mut Tx, id: MailId) -> Result<(), sqlx::Error> {
    let now = tx.now();
    sqlx::query!(
        "update mails set sent_at = $2, text_body = '', html_body = '' where mail_id = $1",
        id.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// One mail.
pub async fn find(reader: &mut Reader, id: MailId) -> Result<Option<Mail>, sqlx::Error> {
    sqlx::query_as!(
        Mail,
        r#"select mail_id as "id: MailId", to_address as "to", subject, text_body as "text", html_body as "html",
             created_at, sent_at from mails where mail_id = $1"#,
        id.0
    )
    .fetch_optional(reader.conn())
    .await
}

/// The newest mails, of one address or of all, at most `limit`.
pub async fn newest(
    reader: &mut Reader,
    address: Option<&str>,
    limit: i64,
) -> Result<Vec<Mail>, sqlx::Error> {
    sqlx::query_as!(
        Mail,
        r#"select mail_id as "id: MailId", to_address as "to", subject, text_body as "text", html_body as "html",
             created_at, sent_at from mails where $1::text is null or to_address = $1
           order by created_at desc, mail_id desc limit $2"#,
        address,
        limit
    )
    .fetch_all(reader.conn())
    .await
}

/// Forgets mails written before `before`; answers how many.
pub async fn prune(tx: &mut Tx, before: Moment) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!("delete from mails where created_at < $1", before).execute(tx.conn()).await?;
    Ok(done.rows_affected())
}

/// What was written to an address, oldest first, without the text: it may hold a link that is still good.
pub fn copy<'r>(reader: &'r mut Reader, address: &str) -> Rows<'r> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select mail_id as id, to_address as "to", subject, created_at, sent_at from mails
             where lower(to_address) = lower($1) order by created_at, mail_id) x"#,
        address
    )
    .fetch(reader.conn())
}

/// Forgets every mail to these addresses, but for one that is still on its way. Answers the ids of those it forgot.
pub async fn forget_all_to(
    tx: &mut Tx,
    addresses: &[String],
    but: Option<MailId>,
) -> Result<Vec<MailId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"delete from mails where lower(to_address) in (select lower(a) from unnest($1::text[]) a)
             and mail_id is distinct from $2 returning mail_id as "id: MailId""#,
        addresses,
        but.map(|id| id.0)
    )
    .fetch_all(tx.conn())
    .await
}

/// Forgets one mail.
pub async fn forget(tx: &mut Tx, id: MailId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from mails where mail_id = $1", id.0).execute(tx.conn()).await?;
    Ok(())
}
