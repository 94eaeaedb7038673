//! Time: always UTC, always handed in. `Clock` is the only way to learn it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A point in time, UTC, to the microsecond (what PostgreSQL keeps).
pub type Moment = time::OffsetDateTime;

/// Where the present comes from: the machine, or a value that a test sets.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Microseconds since the Unix epoch.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still at `at` until a test moves it.
    pub fn stopped_at(at: Moment) -> Self {
        Self(Source::Set(Arc::new(AtomicI64::new(micros(at)))))
    }

    /// The present, truncated to microseconds so that it survives a round trip through the database.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Moment {
        match &self.0 {
            Source::System => from_micros(micros(Moment::now_utc())),
            Source::Set(at) => from_micros(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a stopped clock forward. The machine's clock ignores it.
    pub fn advance(&self, by: time::Duration) {
        if let Source::Set(at) = &self.0 {
            at.fetch_add(i64::try_from(by.whole_microseconds()).unwrap_or(0), Ordering::SeqCst);
        }
    }
}

fn micros(at: Moment) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX)
}

/// The moment `micros` microseconds after the Unix epoch; out of range becomes the epoch.
pub fn from_micros(micros: i64) -> Moment {
    Moment::from_unix_timestamp_nanos(i128::from(micros) * 1_000).unwrap_or(Moment::UNIX_EPOCH)
}

/// Microseconds since the Unix epoch.
pub fn to_micros(at: Moment) -> i64 {
    micros(at)
}
