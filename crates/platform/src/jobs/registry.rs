//! Which function does which kind of work.

use super::Job;
use futures_util::future::BoxFuture;
use kernel::Refusal;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Try again with back-off.
    #[error("{0}")]
    Again(Box<dyn std::error::Error + Send + Sync>),
    /// Trying again makes no sense.
    #[error("{0}")]
    Never(String),
}

/// How a job ended.
pub type Outcome = Result<(), JobError>;

impl From<sqlx::Error> for JobError {
    fn from(error: sqlx::Error) -> Self {
        Self::Again(error.into())
    }
}

impl From<Refusal> for JobError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Broken(error) => Self::Again(error),
            other => Self::Again(other.into()),
        }
    }
}

type Handler<C> = Arc<dyn Fn(C, serde_json::Value) -> BoxFuture<'static, Outcome> + Send + Sync>;
type Tick<C> = Arc<dyn Fn(C) -> BoxFuture<'static, Result<bool, JobError>> + Send + Sync>;

/// The kinds of work a worker can do, with the context `C` that every piece of it is given.
#[derive(Clone)]
pub struct Registry<C> {
    pub(super) handlers: HashMap<&'static str, Handler<C>>,
    pub(super) recurring: Vec<(&'static str, Duration, serde_json::Value)>,
    pub(super) ticks: Vec<(&'static str, Tick<C>)>,
}

impl<C: Send + 'static> Default for Registry<C> {
    fn default() -> Self {
        Self { handlers: HashMap::new(), recurring: Vec::new(), ticks: Vec::new() }
    }
}

impl<C: Send + 'static> Registry<C> {
    pub fn new() -> Self {
        Self::default()
    }

    /// Does jobs of type `J`.
    #[must_use]
    pub fn on<J, F, R>(mut self, run: F) -> Self
    where
        J: Job,
        F: Fn(C, J) -> R + Send + Sync + Clone + 'static,
        R: Future<Output = Outcome> + Send + 'static,
    {
        let handler: Handler<C> = Arc::new(move |cx, payload| {
            let run = run.clone();
            Box::pin(async move {
                let job: J = serde_json::from_value(payload)
                    .map_err(|e| JobError::Never(format!("the job's arguments do not fit: {e}")))?;
                run(cx, job).await
            })
        });
        self.handlers.insert(J::KIND, handler);
        self
    }

    /// Does `job` every `every`, on one node at a time. Its type must be registered with `on`.
    #[must_use]
    pub fn every<J: Job>(mut self, every: Duration, job: &J) -> Self {
        self.recurring.push((J::KIND, every, serde_json::to_value(job).unwrap_or_default()));
        self
    }

    /// Calls `run` again and again on every node: at once while it answers that there was something to do,
    /// else a little later. For readers of events.
    #[must_use]
    pub fn tick<F, R>(mut self, name: &'static str, run: F) -> Self
    where
        F: Fn(C) -> R + Send + Sync + 'static,
        R: Future<Output = Result<bool, JobError>> + Send + 'static,
    {
        self.ticks.push((name, Arc::new(move |cx| Box::pin(run(cx)))));
        self
    }

    pub(super) fn recurs(&self, key: Option<&str>) -> Option<Duration> {
        let kind = key?.strip_prefix("every:")?;
        self.recurring.iter().find(|(k, _, _)| *k == kind).map(|(_, every, _)| *every)
    }
}
