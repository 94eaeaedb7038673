//! Work for later, kept in PostgreSQL: enqueued in the transaction that wants it, leased by a worker, tried
//! again with back-off and jitter, buried with its last error when it cannot be done.
//!
//! Invariants: no transaction is open while a job runs; a job may run twice, so it is idempotent; of two jobs
//! with one key only one waits; a job that was asked for again while it ran runs again.

mod registry;
mod store;
mod worker;

pub use registry::{JobError, Outcome, Registry};
pub use store::{DeadJob, bury_count, dead, due_at, find_dead, forget, forget_naming, revive};
pub use worker::{Worker, drain, plant};

use crate::db::Tx;
use kernel::{JobId, Moment};
use serde::{Serialize, de::DeserializeOwned};

/// A kind of work and its arguments.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `slice.verb`, for instance `orders.timer`.
    const KIND: &'static str;
    /// How often it is tried before it is buried.
    const TRIES_MAX: i32 = 12;
}

/// Does it soon.
pub async fn enqueue<J: Job>(tx: &mut Tx, job: &J) -> Result<JobId, sqlx::Error> {
    let now = tx.now();
    store::insert(tx, J::KIND, J::TRIES_MAX, payload(job)?, None, now).await
}

/// Does it at `run_at` (UTC), once for the key: a job that waits under the same key is replaced.
pub async fn schedule<J: Job>(tx: &mut Tx, key: &str, job: &J, run_at: Moment) -> Result<JobId, sqlx::Error> {
    store::insert(tx, J::KIND, J::TRIES_MAX, payload(job)?, Some(key), run_at).await
}

/// Takes back what waits under the key, if anything does.
pub async fn cancel(tx: &mut Tx, key: &str) -> Result<(), sqlx::Error> {
    store::delete_by_key(tx, key).await
}

fn payload<J: Job>(job: &J) -> Result<serde_json::Value, sqlx::Error> {
    serde_json::to_value(job).map_err(|e| sqlx::Error::Encode(e.into()))
}
