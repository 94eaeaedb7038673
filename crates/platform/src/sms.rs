//! Text messages: the port to whoever sends them, and the two ways there are.

use crate::config::{Config, Secret};
use crate::db::Db;
use crate::jobs::{JobError, Outcome};
use crate::mail::{self, Letter};
use crate::outgoing::{Call, Outgoing};
use futures_util::future::BoxFuture;
use std::fmt::Debug;
use std::sync::Arc;
use url::Url;

/// Sends text messages. A message may be sent twice when the machine stops in between.
pub trait Texts: Send + Sync + Debug {
    /// `to` is a number with its country ("+49…"). No transaction is open meanwhile.
    fn send<'a>(&'a self, to: &'a str, words: &'a str) -> BoxFuture<'a, Outcome>;
}

/// Who sends them, as the settings say; nobody without a gateway. While developing they come to the mailbox page.
pub fn of(config: &Config, db: &Db, outgoing: &Outgoing) -> Option<Arc<dyn Texts>> {
    match config.sms.url.as_deref().map(Url::parse) {
        Some(Ok(url)) => {
            let token = config.sms.token.clone();
            Some(Arc::new(Gateway { outgoing: outgoing.clone(), url, token }))
        }
        Some(Err(_)) => None, // the settings were checked already
        None if config.development => Some(Arc::new(Captured(db.clone()))),
        None => None,
    }
}

/// Any gateway that takes JSON by POST: `{"to": "+49…", "text": "…"}`, with the token as `Authorization: Bearer`.
#[derive(Debug)]
struct Gateway {
    outgoing: Outgoing,
    url: Url,
    token: Option<Secret>,
}

impl Texts for Gateway {
    fn send<'a>(&'a self, to: &'a str, words: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let body = serde_json::json!({ "to": to, "text": words }).to_string();
            let mut call = Call::post(&self.url, "application/json", body);
            if let Some(token) = &self.token {
                call = call.bearer(token.reveal()).map_err(|error| JobError::Again(error.into()))?;
            }
            let answer = self.outgoing.ask(call).await.map_err(|error| JobError::Again(error.into()))?;
            match answer.status {
                200..300 => Ok(()),
                // The number is wrong, and stays so. Who we are (401, 403) the operator mends.
                400 | 404 | 410 | 422 => {
                    Err(JobError::Never(format!("the gateway refused a text message: {}", answer.status)))
                }
                status => Err(JobError::Again(format!("the gateway answered {status}").into())),
            }
        })
    }
}

/// They stay here, among the mails.
#[derive(Debug)]
struct Captured(Db);

impl Texts for Captured {
    fn send<'a>(&'a self, to: &'a str, words: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let letter = Letter {
                to: to.to_owned(),
                subject: "SMS".to_owned(),
                text: words.to_owned(),
                html: String::new(),
            };
            let mut tx = self.0.begin().await?;
            mail::keep(&mut tx, &letter).await?;
            Ok(tx.commit().await?)
        })
    }
}
