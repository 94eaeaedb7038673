//! What chargebacks do later.

use super::Market;
use crate::chargebacks::jobs;
use crate::chargebacks::warnings::Terms;
use crate::payments::Provider;
use platform::jobs::{JobError, Outcome, Registry};

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    registry
        .on(|m: Market, j: jobs::Look| async move {
            let provider = named(&m, &j.provider)?;
            jobs::look(&m.db, provider, m.base_url(), j).await
        })
        .on(|m: Market, j: jobs::SendAnswer| async move { send(&m, j).await })
        .on(|m: Market, j: jobs::Timer| async move { jobs::timer(&m.db, m.base_url(), j).await })
        .tick("chargebacks", |m: Market| async move {
            let terms = Terms { refund: m.config.fraud.refund_on_warning, base_url: m.base_url() };
            jobs::follow(&m.db, terms).await
        })
}

async fn send(m: &Market, job: jobs::SendAnswer) -> Outcome {
    let Some(name) = jobs::provider_of(&m.db, job.chargeback).await? else { return Ok(()) };
    jobs::send(&m.db, named(m, &name)?, m.base_url(), job).await
}

fn named<'m>(m: &'m Market, name: &str) -> Result<&'m dyn Provider, JobError> {
    m.providers.named(name).ok_or_else(|| JobError::Never(format!("the provider {name} is not configured")))
}
