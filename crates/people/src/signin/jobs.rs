//! What signing in does later: telling an owner of many wrong tries, sending a link for a new password, forgetting.
//!
//! The first two run for every address that is typed, so that the time of an answer does not tell which has an
//! account.

use super::rules;
use crate::accounts::model::{Client, Email};
use crate::accounts::notices::{self, Notice};
use crate::accounts::rules as accounts;
use platform::Db;
use platform::jobs::{Job, Outcome};
use serde::{Deserialize, Serialize};

/// Tells the owner of an address, if there is one, that somebody tries passwords.
#[derive(Serialize, Deserialize, Debug)]
pub struct Warn {
    pub email: String,
}

impl Job for Warn {
    const KIND: &'static str = "signin.warn";
}

pub async fn warn(db: &Db, base_url: &str, job: Warn) -> Outcome {
    let mut tx = db.begin().await?;
    if let Some(member) = accounts::find_by_email(&mut tx, &job.email).await? {
        notices::note(&mut tx, &member, Notice::ManyWrongTries, &Client::default(), base_url).await?;
    }
    Ok(tx.commit().await?)
}

/// Sends the link that sets a new password, if the address has an account.
#[derive(Serialize, Deserialize, Debug)]
pub struct SendReset {
    pub email: String,
}

impl Job for SendReset {
    const KIND: &'static str = "signin.reset";
}

pub async fn send_reset(db: &Db, base_url: &str, job: SendReset) -> Outcome {
    let Ok(email) = Email::read(&job.email) else { return Ok(()) };
    let mut tx = db.begin().await?;
    accounts::send_reset(&mut tx, &email, base_url).await?;
    Ok(tx.commit().await?)
}

/// Forgets attempts and wrong tries that are over.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Prune {}

impl Job for Prune {
    const KIND: &'static str = "signin.prune";
}

pub async fn prune(db: &Db, _: Prune) -> Outcome {
    let mut tx = db.begin().await?;
    rules::prune(&mut tx).await?;
    Ok(tx.commit().await?)
}
