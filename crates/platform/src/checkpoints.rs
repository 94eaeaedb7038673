//! Points in the rules that race, at which a test lets one wait while another goes on; and entries that a test lets the
//! books forget, to see whether somebody notices. In what is shipped there is nothing of it: only the `testkit` asks for the
//! feature, and without it both functions are empty.

#[cfg(not(feature = "checkpoints"))]
mod shipped {
    use std::future::{Ready, ready};

    /// A point that tests wait at. Does nothing.
    #[inline]
    pub fn reach(_: &'static str) -> Ready<()> {
        ready(())
    }

    /// Whether a test has this left out. Nothing ever is.
    #[inline]
    pub const fn skips(_: &str) -> bool {
        false
    }
}

#[cfg(feature = "checkpoints")]
mod tried {
    use futures_util::future::BoxFuture;
    use std::collections::BTreeSet;
    use std::future::Future;
    use std::sync::{Arc, Mutex, PoisonError};

    /// Who decides when a task goes on that has reached a point.
    pub trait Watcher: Send + Sync {
        fn reached(&self, at: &'static str) -> BoxFuture<'_, ()>;
    }

    tokio::task_local! {
        static WATCHER: Arc<dyn Watcher>;
    }

    static SKIPPED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

    /// Runs a task whose points somebody watches. What it spawns is not watched.
    pub async fn under<F: Future>(watcher: Arc<dyn Watcher>, task: F) -> F::Output {
        WATCHER.scope(watcher, task).await
    }

    /// Has everything of this name left out in this process, from here on.
    pub fn skip(name: &str) {
        SKIPPED.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }

    /// A point that tests wait at. Nothing happens in a task that nobody watches.
    pub async fn reach(at: &'static str) {
        let watcher = WATCHER.try_with(Arc::clone).ok();
        if let Some(watcher) = watcher {
            watcher.reached(at).await;
        }
    }

    /// Whether a test has this left out.
    pub fn skips(name: &str) -> bool {
        SKIPPED.lock().unwrap_or_else(PoisonError::into_inner).contains(name)
    }
}

#[cfg(not(feature = "checkpoints"))]
pub use shipped::{reach, skips};
#[cfg(feature = "checkpoints")]
pub use tried::{Watcher, reach, skip, skips, under};
