//! What happens to bank accounts later: one that waited is used, and others are forgotten.

use super::rules;
use kernel::{BankAccountId, MemberId};
use platform::Db;
use platform::jobs::{Job, Outcome};
use serde::{Deserialize, Serialize};

/// Tells somebody that another account is used now. Whether it is hangs on the time alone, not on this.
#[derive(Clone, Copy, Serialize, Deserialize, Debug)]
pub struct Used {
    pub member: MemberId,
    pub bank: BankAccountId,
}

impl Job for Used {
    const KIND: &'static str = "banks.used";
}

/// One job for each member.
pub(super) fn key(member: MemberId) -> String {
    format!("banks:used:{member}")
}

pub async fn used(db: &Db, base_url: &str, job: Used) -> Outcome {
    let mut tx = db.begin().await?;
    rules::used(&mut tx, job.member, job.bank, base_url).await?;
    Ok(tx.commit().await?)
}

/// Forgets accounts that have not been used for a month.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Prune {}

impl Job for Prune {
    const KIND: &'static str = "banks.prune";
}

pub async fn prune(db: &Db, _: Prune) -> Outcome {
    let mut tx = db.begin().await?;
    rules::prune(&mut tx).await?;
    Ok(tx.commit().await?)
}
