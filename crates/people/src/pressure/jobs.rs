//! What is done about pressure later: telling operators, and looking whether it is over.

use super::model::Gate;
use super::{letters, rules};
use crate::accounts::rules as accounts;
use platform::jobs::{Job, Outcome};
use platform::{Db, mail};
use serde::{Deserialize, Serialize};

/// Tells all operators.
#[derive(Serialize, Deserialize, Debug)]
pub struct Tell {
    pub on: bool,
}

impl Job for Tell {
    const KIND: &'static str = "pressure.tell";
}

pub async fn tell(db: &Db, job: Tell) -> Outcome {
    let mut tx = db.begin().await?;
    for operator in accounts::operators(&mut tx).await? {
        mail::queue(&mut tx, letters::pressure(&operator, job.on)).await?;
    }
    Ok(tx.commit().await?)
}

/// Looks whether it is over.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Look {}

impl Job for Look {
    const KIND: &'static str = "pressure.look";
}

pub async fn look(db: &Db, gate: &Gate, _: Look) -> Outcome {
    let mut tx = db.begin().await?;
    rules::look(&mut tx, gate).await?;
    Ok(tx.commit().await?)
}
