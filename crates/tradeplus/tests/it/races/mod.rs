//! Many at once, on purpose. Chance is seeded; only the order in which the database answers is left to fate, and
//! whatever it is, the same must come out.

mod accounts;
mod buyers;
mod events;
mod jobs;
mod money;
mod staff;

use std::future::Future;
use tokio::task::JoinSet;

/// Runs all of them at once, as tasks of their own, and answers in the order in which they ended.
async fn all<T: Send + 'static>(
    work: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let mut tasks: JoinSet<T> = work.into_iter().collect();
    let mut ended = Vec::new();
    while let Some(one) = tasks.join_next().await {
        ended.push(one.unwrap());
    }
    ended
}
