//! What cases do later.

use super::{photos, proposals};
use kernel::{OrderId, ProposalId};
use platform::Db;
use platform::jobs::{Job, Outcome};
use platform::objects::Objects;
use serde::{Deserialize, Serialize};

/// Nobody answered a proposal.
#[derive(Serialize, Deserialize, Debug)]
pub struct Lapse {
    pub order: OrderId,
    pub proposal: ProposalId,
}

impl Job for Lapse {
    const KIND: &'static str = "cases.lapse";
}

impl Lapse {
    pub(super) fn key(proposal: ProposalId) -> String {
        format!("proposal:{proposal}")
    }
}

/// Twice is once: what is answered is not open.
pub async fn lapse(db: &Db, job: Lapse) -> Outcome {
    let mut tx = db.begin().await?;
    proposals::lapse(&mut tx, job.order, job.proposal).await?;
    Ok(tx.commit().await?)
}

/// Deletes photos of cases that ended two years ago.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "cases.forget";
}

pub async fn forget(db: &Db, objects: &Objects, _: Forget) -> Outcome {
    while photos::forget_old(db, objects).await? {}
    Ok(())
}
