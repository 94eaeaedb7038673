//! What second factors do later: sending a text message.

use super::sent::{Codes, PLACE};
use super::store::sent as store;
use kernel::MemberId;
use platform::Db;
use platform::jobs::{Job, Outcome};
use platform::vault::VaultError;
use serde::{Deserialize, Serialize};

/// Sends a text message to a member's phone. Its words are sealed: they hold a code.
#[derive(Serialize, Deserialize, Debug)]
pub struct SendText {
    pub member: MemberId,
    pub sealed: Vec<u8>,
    /// Seconds since 1970 after which it is worthless.
    pub until: i64,
}

impl Job for SendText {
    const KIND: &'static str = "factors.send_text";
    const TRIES_MAX: i32 = 4;
}

pub async fn send_text(db: &Db, codes: &Codes, job: SendText) -> Outcome {
    let Some(texts) = &codes.texts else { return Ok(()) };
    if db.now().unix_timestamp() >= job.until {
        return Ok(());
    }
    let Some((number, words)) = open(db, codes, &job).await? else { return Ok(()) };
    texts.send(&number, &words).await
}

/// Number and words. Nothing when the number was taken away meanwhile, or the vault's key is another one.
async fn open(
    db: &Db,
    codes: &Codes,
    job: &SendText,
) -> Result<Option<(String, String)>, platform::jobs::JobError> {
    let mut reader = db.read().await?;
    let Some(number) = store::number(&mut reader, job.member).await? else { return Ok(None) };
    let mut texts = Vec::new();
    for sealed in [&number, &job.sealed] {
        match codes.vault.open(&mut reader, job.member.0, PLACE, sealed).await {
            Ok(plain) => texts.push(String::from_utf8(plain).unwrap_or_default()),
            Err(VaultError::Database(error)) => return Err(error.into()),
            Err(error) => {
                tracing::error!(%error, "a text message cannot be read");
                return Ok(None);
            }
        }
    }
    let mut texts = texts.into_iter();
    Ok(texts.next().zip(texts.next()))
}
