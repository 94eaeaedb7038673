//! Runs what is due.

use super::registry::{JobError, Outcome, Registry};
use super::store::{self, Leased};
use crate::db::Db;
use futures_util::FutureExt;
use kernel::JobId;
use kernel::ids::Id;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

const LEASE: Duration = Duration::from_secs(60);
const IDLE: Duration = Duration::from_millis(200);
const BACK_OFF_MAX_S: u64 = 3600;

/// A worker of this process.
pub struct Worker<C> {
    db: Db,
    registry: Arc<Registry<C>>,
    context: C,
    id: Uuid,
    at_once: usize,
    /// What it can do. It takes nothing else.
    kinds: Vec<String>,
}

impl<C: Clone + Send + Sync + 'static> Worker<C> {
    /// `at_once` jobs run side by side.
    pub fn new(db: Db, registry: Registry<C>, context: C, at_once: usize) -> Self {
        let id = JobId::new(db.now(), db.dice()).0;
        let kinds = registry.handlers.keys().map(|kind| (*kind).to_owned()).collect();
        Self { db, registry: Arc::new(registry), context, id, at_once, kinds }
    }

    /// Works until `stop`; then takes nothing new, finishes what runs and returns.
    pub async fn run(self, stop: CancellationToken) {
        let tracker = TaskTracker::new();
        for (name, tick) in &self.registry.ticks {
            let (tick, cx, stop, name) = (tick.clone(), self.context.clone(), stop.clone(), *name);
            tracker.spawn(async move {
                while !stop.is_cancelled() {
                    let busy = AssertUnwindSafe(tick(cx.clone())).catch_unwind().await;
                    let pause = match busy {
                        Ok(Ok(true)) => continue,
                        Ok(Ok(false)) => IDLE,
                        Ok(Err(error)) => {
                            tracing::warn!(reader = name, %error, "a reader of events failed; it tries again");
                            IDLE * 10
                        }
                        Err(_) => IDLE * 25,
                    };
                    sleep_or_stop(pause, &stop).await;
                }
            });
        }
        let worker = Arc::new(self);
        let free = Arc::new(Semaphore::new(worker.at_once));
        let mut planted: Option<tokio::time::Instant> = None;
        while !stop.is_cancelled() {
            if planted.is_none_or(|at| at.elapsed() > LEASE)
                && plant(&worker.db, &worker.registry).await.is_ok()
            {
                planted = Some(tokio::time::Instant::now());
            }
            // The next place that is free, not the next look: else a queue that is full moves in steps.
            let place = tokio::select! {
                place = free.acquire() => place.is_ok(),
                () = stop.cancelled() => false,
            };
            if !place {
                break;
            }
            match worker.start_due(&free, &tracker).await {
                Ok(0) => sleep_or_stop(IDLE, &stop).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "the queue cannot be read; it is tried again");
                    sleep_or_stop(IDLE * 5, &stop).await;
                }
            }
        }
        tracker.close();
        tracker.wait().await;
    }

    async fn start_due(
        self: &Arc<Self>,
        free: &Arc<Semaphore>,
        tracker: &TaskTracker,
    ) -> Result<usize, sqlx::Error> {
        let room = i64::try_from(free.available_permits()).unwrap_or(1);
        let now = self.db.now();
        let life: time::Duration = LEASE.try_into().unwrap_or_default();
        let leased =
            store::lease(self.db.pool(), self.id, now, life, room, Some(self.kinds.as_slice())).await?;
        let count = leased.len();
        for job in leased {
            let (worker, free) = (Arc::clone(self), Arc::clone(free));
            let Ok(permit) = free.acquire_owned().await else { break };
            tracker.spawn(async move {
                worker.do_one(job).await;
                drop(permit);
            });
        }
        Ok(count)
    }

    async fn do_one(&self, job: Leased) {
        let run = AssertUnwindSafe(self.call(&job)).catch_unwind();
        tokio::pin!(run);
        let outcome = loop {
            tokio::select! {
                done = &mut run => break done,
                () = tokio::time::sleep(LEASE / 3) => {
                    let until = self.db.now() + LEASE;
                    let _ = store::extend(self.db.pool(), &job, self.id, until).await;
                }
            }
        };
        let outcome = outcome.unwrap_or_else(|_| Err(JobError::Again("the job panicked".into())));
        if let Err(error) = self.settle(&job, outcome).await {
            tracing::error!(kind = job.kind, %error, "a job's end could not be written; it runs again after its lease");
        }
    }

    async fn call(&self, job: &Leased) -> Outcome {
        let handler = self.registry.handlers.get(job.kind.as_str());
        let handler =
            handler.ok_or_else(|| JobError::Never(format!("nobody does jobs of kind {}", job.kind)))?;
        handler(self.context.clone(), job.payload.clone()).await
    }

    async fn settle(&self, job: &Leased, outcome: Outcome) -> Result<(), sqlx::Error> {
        let (pool, now) = (self.db.pool(), self.db.now());
        match outcome {
            Ok(()) => match self.registry.recurs(job.unique_key.as_deref()) {
                Some(every) => store::put_back(pool, job, self.id, now + every, 0, None).await,
                None => store::finish(pool, job, self.id).await,
            },
            Err(JobError::Again(error)) if job.tries < job.tries_max => {
                tracing::warn!(kind = job.kind, tries = job.tries, %error, "a job failed; it is tried again");
                let wait = back_off(job.tries, self.db.dice().below(1000));
                store::put_back(pool, job, self.id, now + wait, job.tries, Some(&error.to_string())).await
            }
            Err(error) => {
                tracing::error!(kind = job.kind, tries = job.tries, %error, "a job was given up");
                metrics::counter!("tradeplus_jobs_dead_total", "kind" => job.kind.clone()).increment(1);
                store::bury(pool, job, self.id, now, &error.to_string()).await
            }
        }
    }
}

/// 2, 4, 8 … seconds, at most an hour, each spread over 75 to 125 % so that failures do not march in step.
fn back_off(tries: i32, chance_of_1000: u64) -> Duration {
    let seconds = 2_u64.saturating_pow(u32::try_from(tries).unwrap_or(1)).min(BACK_OFF_MAX_S);
    Duration::from_millis(seconds * (750 + chance_of_1000 / 2))
}

async fn sleep_or_stop(pause: Duration, stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(pause) => {}
        () = stop.cancelled() => {}
    }
}

/// Has every recurring job wait, from now on, that does not wait yet.
pub async fn plant<C>(db: &Db, registry: &Registry<C>) -> Result<(), sqlx::Error> {
    for (kind, _, payload) in &registry.recurring {
        let (now, key) = (db.now(), format!("every:{kind}"));
        let id = JobId::new(now, db.dice());
        store::insert_if_absent(db.pool(), id, kind, &key, payload, now).await?;
    }
    Ok(())
}

/// Does everything that is due, one after the other, until nothing is; answers how much it did. For tests and
/// for commands that end: it plants no recurring jobs, does those that are planted once, and stops at the first job that fails, or that nobody
/// does.
pub async fn drain<C: Clone + Send + Sync + 'static>(
    db: &Db,
    registry: &Registry<C>,
    context: &C,
) -> Outcome {
    let id = JobId::new(db.now(), db.dice()).0;
    loop {
        let mut busy = false;
        for (_, tick) in &registry.ticks {
            while tick(context.clone()).await? {
                busy = true;
            }
        }
        let life: time::Duration = LEASE.try_into().unwrap_or_default();
        let leased = store::lease(db.pool(), id, db.now(), life, 50, None).await?;
        busy |= !leased.is_empty();
        for job in leased {
            let handler = registry.handlers.get(job.kind.as_str());
            let handler =
                handler.ok_or_else(|| JobError::Never(format!("nobody does jobs of kind {}", job.kind)))?;
            handler(context.clone(), job.payload.clone()).await?;
            store::finish(db.pool(), &job, id).await?;
        }
        if !busy {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backs_off_up_to_an_hour_with_jitter() {
        assert_eq!(back_off(1, 0), Duration::from_millis(1500));
        assert_eq!(back_off(1, 1000), Duration::from_millis(2500));
        assert!(back_off(40, 1000) <= Duration::from_secs(BACK_OFF_MAX_S * 5 / 4));
    }
}
