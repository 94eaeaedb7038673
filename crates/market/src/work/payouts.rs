//! What payouts do later. Whoever asks a provider does so for each that the marketplace has: what is wrong with one keeps no
//! other back, and the first that did not go well is the job's failure.

use super::Market;
use crate::payouts::jobs;
use platform::jobs::{JobError, Outcome, Registry};
use std::time::Duration;

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(3600);
    const DAY: Duration = Duration::from_secs(24 * 3600);
    registry
        .on(|m: Market, j: jobs::Clear| async move { jobs::clear(&m.db, j).await })
        .on(|m: Market, _: jobs::Move| async move { move_on(&m).await })
        .on(|m: Market, _: jobs::Gather| async move { gather(&m).await })
        .on(|m: Market, j: jobs::Timers| async move { jobs::timers(&m.db, j).await })
        .on(|m: Market, j: jobs::CountTiers| async move { jobs::count_tiers(&m.db, j).await })
        .on(|m: Market, j: jobs::Remind| async move { jobs::remind(&m.db, &m.payout_terms(), j).await })
        .on(|m: Market, _: jobs::SyncAccounts| async move { sync_accounts(&m).await })
        .on(|m: Market, j: jobs::MoveSettlement| async move {
            let provider = m.providers.named(&j.provider).ok_or_else(|| away(&j.provider))?;
            jobs::move_settlement(&m.db, provider, j).await
        })
        .on(|m: Market, j: jobs::MovePayout| async move {
            let provider = m.providers.named(&j.provider).ok_or_else(|| away(&j.provider))?;
            jobs::move_payout(&m.db, provider, j).await
        })
        .on(|m: Market, j: jobs::SyncAccount| async move {
            let provider = m.providers.named(&j.provider).ok_or_else(|| away(&j.provider))?;
            jobs::sync_account(&m.db, provider, &m.payout_terms(), j).await
        })
        .every(10 * MINUTE, &jobs::Clear {})
        .every(5 * MINUTE, &jobs::Move {})
        .every(HOUR, &jobs::Gather {})
        .every(5 * MINUTE, &jobs::Timers {})
        .every(DAY, &jobs::CountTiers {})
        .every(DAY, &jobs::Remind {})
        .every(DAY, &jobs::SyncAccounts {})
        .tick("payouts", |m: Market| async move { jobs::follow(&m.db, m.base_url()).await })
}

async fn move_on(m: &Market) -> Outcome {
    let mut first = Ok(());
    for provider in m.providers.all() {
        first = first.and(jobs::move_on(&m.db, provider).await);
    }
    first
}

async fn gather(m: &Market) -> Outcome {
    let mut first = Ok(());
    for provider in m.providers.all() {
        first = first.and(jobs::gather(&m.db, provider, &m.payout_terms()).await);
    }
    first
}

async fn sync_accounts(m: &Market) -> Outcome {
    let mut first = Ok(());
    for provider in m.providers.all() {
        first = first.and(jobs::sync_accounts(&m.db, provider).await);
    }
    first
}

/// Somebody took a provider out of the settings that money is still with: it waits until it is there again.
fn away(provider: &str) -> JobError {
    JobError::Again(format!("the provider {provider} is not set up").into())
}
