//! PostgreSQL: the pool, a connection to read with, a transaction to write with.
//!
//! `Tx` is a `Reader` too, so a rule that only reads takes `&mut Reader` and serves both. Only the edge
//! begins and commits; a transaction that is dropped rolls back.

use futures_util::stream::BoxStream;
use kernel::ids::Id;
use kernel::{Clock, Dice, Moment};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection as _, PgConnection, PgPool, Postgres, Transaction};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// A connection that was not used for so long is asked whether it still is one.
const RESTED: Duration = Duration::from_secs(1);

/// Rows as JSON, one after the other, so that many need no more memory than one.
pub type Rows<'r> = BoxStream<'r, Result<serde_json::Value, sqlx::Error>>;

/// The database, the clock and the dice: what a unit of work is made from.
#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
    clock: Clock,
    dice: Dice,
}

impl Db {
    /// Connects lazily with at most `connections` connections; waits 5 s for a free one.
    /// Errors: the URL is malformed.
    pub fn connect(url: &str, connections: u32, clock: Clock, dice: Dice) -> Result<Self, sqlx::Error> {
        let options: PgConnectOptions = url.parse()?;
        let options = options
            .application_name("tradeplus")
            .log_statements(tracing::log::LevelFilter::Trace)
            .log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_millis(500));
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(5))
            .idle_timeout(Duration::from_secs(600))
            // Asking each time whether the server is there would be a round trip more for every transaction.
            .test_before_acquire(false)
            .before_acquire(|connection, used| {
                Box::pin(async move {
                    if used.idle_for > RESTED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_lazy_with(options);
        Ok(Self { pool, clock, dice })
    }

    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    pub const fn dice(&self) -> &Dice {
        &self.dice
    }

    /// The same database at another time: for the demo's past.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// The present.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The pool itself, for what is neither a read nor a unit of work: LISTEN, COPY, health checks.
    pub const fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// A connection for reading; each statement stands alone.
    pub async fn read(&self) -> Result<Reader, sqlx::Error> {
        Ok(self.reader(Connection::Plain(self.pool.acquire().await?)))
    }

    /// A transaction (read committed). Rolls back unless committed.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        Ok(Tx(self.reader(Connection::Transaction(self.pool.begin().await?))))
    }

    /// Closes the pool, waiting for connections in use.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    fn reader(&self, connection: Connection) -> Reader {
        Reader { connection, now: self.clock.now(), dice: self.dice.clone() }
    }
}

#[derive(Debug)]
enum Connection {
    Plain(PoolConnection<Postgres>),
    Transaction(Transaction<'static, Postgres>),
}

/// Something to read with. Its `now` stands still, so that one answer speaks of one moment.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    now: Moment,
    dice: Dice,
}

impl Reader {
    /// What a query is executed on.
    pub fn conn(&mut self) -> &mut PgConnection {
        match &mut self.connection {
            Connection::Plain(connection) => connection,
            Connection::Transaction(transaction) => transaction,
        }
    }

    /// The moment this unit of work began.
    pub const fn now(&self) -> Moment {
        self.now
    }

    pub const fn dice(&self) -> &Dice {
        &self.dice
    }
}

/// A unit of work: everything in it happens, or nothing does.
#[derive(Debug)]
pub struct Tx(Reader);

impl Tx {
    /// A new id for something that is made in this unit of work.
    pub fn new_id<T: Id>(&self) -> T {
        T::new(self.now, &self.dice)
    }

    /// Makes it so.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self.0.connection {
            Connection::Transaction(transaction) => transaction.commit().await,
            Connection::Plain(_) => Ok(()),
        }
    }

    /// Does nothing of it. Dropping does the same, a little later.
    pub async fn rollback(self) -> Result<(), sqlx::Error> {
        match self.0.connection {
            Connection::Transaction(transaction) => transaction.rollback().await,
            Connection::Plain(_) => Ok(()),
        }
    }
}

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.0
    }
}

/// The name of the constraint that refused a write, if one did. Constraints are named by hand, so a name
/// says which field is at fault.
pub fn refused_by(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error().and_then(|e| e.constraint())
}

/// Whether the database answers.
pub async fn ping(reader: &mut Reader) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!(r#"select 1 as "one!""#).fetch_one(reader.conn()).await.map(drop)
}

/// How far the database's clock is from ours. (Nothing else asks it what time it is.)
pub async fn clocks_apart(reader: &mut Reader) -> Result<time::Duration, sqlx::Error> {
    let there: Moment =
        sqlx::query_scalar!(r#"select clock_timestamp() as "at!""#).fetch_one(reader.conn()).await?;
    Ok((there - reader.now()).abs())
}

/// The major version of the server.
pub async fn server_version(reader: &mut Reader) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(r#"select current_setting('server_version_num')::int / 10000 as "major!""#)
        .fetch_one(reader.conn())
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// The fixture's clock stands still, on a day that is past; the database has the machine's.
    #[tokio::test]
    async fn clocks_that_differ_are_noticed() {
        let fixture = Fixture::start("clocks").await;
        let apart = clocks_apart(&mut fixture.db.read().await.unwrap()).await.unwrap();
        assert!(apart > time::Duration::hours(1), "{apart}");
        let same = fixture.db.with_clock(Clock::system());
        let apart = clocks_apart(&mut same.read().await.unwrap()).await.unwrap();
        assert!(apart < time::Duration::minutes(1), "{apart}");
        fixture.stop().await;
    }
}
