//! The schema, embedded in the program: brings it up to date as the owner of the tables, and gives the app's
//! role exactly the rights it needs.
//!
//! The app's role changes rows and never tables. What is append-only is so for it by missing rights, not by
//! good manners; the ledger is written through the ledger's functions only.

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection, Executor};
use std::time::Duration;

static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

/// Any number that nothing else locks: the letters "tpgrants".
const GRANTS_LOCK: i64 = i64::from_be_bytes(*b"tpgrants");

/// Who waits for a table makes everybody wait who comes after, so a migration does not wait for long.
const NO_LONG_WAIT: &str = "set lock_timeout = '3s'";
/// Then it lets the others through, and tries again.
const PAUSE: Duration = Duration::from_secs(2);
const TRIES: u32 = 30;
/// PostgreSQL's `lock_not_available`.
const WAITED_IN_VAIN: &str = "55P03";

/// Why the schema could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum MigrateFault {
    #[error("the database does not answer as it should: {0}")]
    Database(#[from] sqlx::Error),
    #[error("a migration failed, nothing of it was kept: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error(
        "there is no role {role:?} for the program: create it with `create role … login`, or correct database.app_url"
    )]
    NoRole { role: String },
}

/// How the database's schema compares with the program's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Migrations the database lacks, as "4 listings".
    pub pending: Vec<String>,
    /// Numbers of migrations the program does not know: the database was used by a newer one.
    pub unknown: Vec<i64>,
    /// Numbers of migrations whose text is not what was run, or that stopped half-way.
    pub changed: Vec<i64>,
}

impl Difference {
    /// Whether the program can work with this database. Unknown migrations are allowed: while a new version
    /// is rolled out, the old one still runs on the new schema.
    pub const fn is_usable(&self) -> bool {
        self.pending.is_empty() && self.changed.is_empty()
    }
}

/// Runs what is pending and then sets the rights of `app_role`; answers what was pending.
/// Safe to run again, and
/// by several nodes at once: PostgreSQL's advisory lock lets one at a time. `url` is the owner's. A table that is busy is
/// waited for 3 seconds at a time, 30 times.
///
/// # Errors
/// [`MigrateFault`]. Each migration is one transaction.
pub async fn run(url: &str, app_role: Option<&str>) -> Result<Vec<String>, MigrateFault> {
    let mut owner = PgConnection::connect(url).await?;
    let pending = compare(&mut owner).await?.pending;
    migrate(&mut owner).await?;
    if let Some(role) = app_role {
        grant(&mut owner, role).await?;
    }
    owner.close().await?;
    Ok(pending)
}

async fn migrate(owner: &mut PgConnection) -> Result<(), MigrateFault> {
    owner.execute(NO_LONG_WAIT).await?;
    let mut tries = 1;
    // `Migrator::run` does the same, but its future cannot be sent to another thread.
    while let Err(error) = MIGRATOR.run_direct(None, &mut *owner, false).await {
        match &error {
            // Another node migrates; however long that takes.
            MigrateError::Execute(cause) if waited_in_vain(cause) => {}
            MigrateError::ExecuteMigration(cause, version) if waited_in_vain(cause) && tries < TRIES => {
                tracing::warn!(version, tries, "a migration waits for a table that is busy; it tries again");
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            _ => return Err(error.into()),
        }
    }
    owner.execute("reset lock_timeout").await?;
    Ok(())
}

fn waited_in_vain(cause: &sqlx::Error) -> bool {
    cause.as_database_error().and_then(|e| e.code()).is_some_and(|code| code == WAITED_IN_VAIN)
}

/// Compares without changing anything; the app's role may do it.
///
/// # Errors
/// [`MigrateFault::Database`].
pub async fn check(url: &str) -> Result<Difference, MigrateFault> {
    let mut connection = PgConnection::connect(url).await?;
    let difference = compare(&mut connection).await?;
    connection.close().await?;
    Ok(difference)
}

/// The role that a database URL signs in as: what `run` wants to know of the app's URL.
///
/// # Errors
/// The URL is malformed.
pub fn role_of(url: &str) -> Result<String, MigrateFault> {
    Ok(url.parse::<PgConnectOptions>()?.get_username().to_owned())
}

/// Unchecked queries: this table is the migrator's own and not part of the schema.
async fn compare(connection: &mut PgConnection) -> Result<Difference, sqlx::Error> {
    let is_there: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(&mut *connection)
        .await?;
    let applied: Vec<(i64, Vec<u8>, bool)> = if is_there {
        sqlx::query_as("select version, checksum, success from _sqlx_migrations order by version")
            .fetch_all(&mut *connection)
            .await?
    } else {
        Vec::new()
    };
    let of = |version: i64| applied.iter().find(|(v, _, _)| *v == version);
    let mut difference = Difference::default();
    for migration in MIGRATOR.iter() {
        match of(migration.version) {
            None => difference.pending.push(format!("{} {}", migration.version, migration.description)),
            Some((_, checksum, true)) if *checksum == *migration.checksum => {}
            Some(_) => difference.changed.push(migration.version),
        }
    }
    difference.unknown = applied.iter().map(|a| a.0).filter(|v| !MIGRATOR.version_exists(*v)).collect();
    Ok(difference)
}

/// Starts from nothing in every schema, so that a right that is not granted here any more goes away. One
/// transaction: the running program never sees the moment in between.
const GRANTS: &str = "
do $$
declare
  app text := current_setting('tradeplus.app_role');
  name text;
begin
  execute format('revoke create on schema public from %I', app);
  foreach name in array array['public', 'sandbox', 'ledger', 'vault'] loop
    continue when to_regnamespace(name) is null;
    execute format('grant usage on schema %I to %I', name, app);
    execute format('revoke all on all tables in schema %I from %I', name, app);
    execute format('grant select on all tables in schema %I to %I', name, app);
    if name <> 'ledger' then
      execute format('grant insert, update, delete on all tables in schema %I to %I', name, app);
      execute format('grant usage, select on all sequences in schema %I to %I', name, app);
    end if;
  end loop;
  foreach name in array array['events', 'audit_log', 'audit_seals', 'order_events', 'security_events',
      'provider_call_tries', 'tax_decisions', 'case_rulings', 'settlement_events', 'payout_items',
      'chargeback_events'] loop
    execute format('revoke update, delete on public.%I from %I', name, app);
  end loop;
  execute format('revoke delete on public.documents, public.document_counters from %I', app);
  execute format('grant delete on public.events, public.security_events to %I', app);
  execute format('revoke insert, update, delete on public._sqlx_migrations from %I', app);
  if to_regnamespace('ledger') is not null then
    execute 'revoke execute on all routines in schema ledger from public';
    execute format('grant execute on all routines in schema ledger to %I', app);
  end if;
end $$;
";

async fn grant(owner: &mut PgConnection, role: &str) -> Result<(), MigrateFault> {
    let (is_owner, exists): (bool, bool) =
        sqlx::query_as("select current_user = $1, exists (select from pg_roles where rolname = $1)")
            .bind(role)
            .fetch_one(&mut *owner)
            .await?;
    if is_owner {
        return Ok(());
    }
    if !exists {
        return Err(MigrateFault::NoRole { role: role.to_owned() });
    }
    let mut tx = owner.begin().await?;
    // Two nodes that start at once would meet on the same catalogue rows: "tuple concurrently updated".
    sqlx::query("select pg_advisory_xact_lock($1)").bind(GRANTS_LOCK).execute(&mut *tx).await?;
    sqlx::query("select set_config('tradeplus.app_role', $1, true)").bind(role).execute(&mut *tx).await?;
    tx.execute(sqlx::raw_sql(GRANTS)).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// The SQLSTATE that the statement is refused with; nothing when it is allowed.
    async fn refused(url: &str, statement: &'static str) -> Option<String> {
        let mut connection = PgConnection::connect(url).await.unwrap();
        let done = connection.execute(sqlx::raw_sql(statement)).await;
        done.err().and_then(|e| e.as_database_error().and_then(|e| e.code().map(|c| c.into_owned())))
    }

    #[tokio::test]
    async fn the_app_changes_rows_and_nothing_else() {
        let fixture = Fixture::start("migrate").await;
        let (owner, app) = (fixture.cluster.owner_url(), fixture.cluster.app_url());
        assert_eq!(role_of(&app).unwrap(), "tradeplus_app");
        assert_eq!(run(&owner, Some(&role_of(&app).unwrap())).await.unwrap(), Vec::<String>::new());
        assert_eq!(run(&owner, Some("tradeplus_owner")).await.unwrap(), Vec::<String>::new());
        assert!(matches!(run(&owner, Some("nobody")).await, Err(MigrateFault::NoRole { .. })));
        assert_eq!(check(&app).await.unwrap(), Difference::default());

        for allowed in [
            "select * from _sqlx_migrations",
            "insert into events (kind, subject, payload, at) values ('k', gen_random_uuid(), '{}', now())",
            "delete from events",
            "delete from security_events",
            "delete from vault.subject_keys",
            "update jobs set tries = 0",
            "update sandbox.payments set refunded = 0",
            "update sandbox.objects set body = '{}'",
        ] {
            assert_eq!(refused(&app, allowed).await, None, "{allowed}");
        }
        for forbidden in [
            "create table t (a int)",
            "create temporary table t (a int)",
            "create schema s",
            "drop table mails",
            "alter table mails add column a int",
            "truncate mails",
            "update events set kind = ''",
            "update audit_log set action = ''",
            "delete from audit_log",
            "update audit_seals set n = 0",
            "delete from audit_seals",
            "update order_events set actor = ''",
            "delete from order_events",
            "update security_events set kind = ''",
            "update provider_call_tries set n = 0",
            "delete from provider_call_tries",
            "update tax_decisions set amount = 0",
            "delete from tax_decisions",
            "update case_rulings set reasons = ''",
            "delete from case_rulings",
            "update settlement_events set actor = ''",
            "delete from settlement_events",
            "update payout_items set amount = 1",
            "delete from payout_items",
            "delete from documents",
            "delete from document_counters",
            "update chargeback_events set actor = ''",
            "delete from chargeback_events",
            "delete from _sqlx_migrations",
        ] {
            assert_eq!(refused(&app, forbidden).await.as_deref(), Some("42501"), "{forbidden}");
        }
        fixture.stop().await;
    }

    #[tokio::test]
    async fn nodes_that_start_together_do_not_trip_over_each_other() {
        let fixture = Fixture::start("migrate-together").await;
        let runs: Vec<_> = (0..8)
            .map(|_| {
                tokio::spawn({
                    let url = fixture.cluster.owner_url();
                    async move { run(&url, Some("tradeplus_app")).await }
                })
            })
            .collect();
        for run in runs {
            assert_eq!(run.await.unwrap().unwrap(), Vec::<String>::new());
        }
        fixture.stop().await;
    }

    #[tokio::test]
    async fn the_ledger_is_written_by_its_functions_only() {
        let fixture = Fixture::start("migrate-ledger").await;
        let mut owner = PgConnection::connect(&fixture.cluster.owner_url()).await.unwrap();
        let writable: Vec<(String,)> = sqlx::query_as(
            "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'ledger' and c.relkind in ('r', 'p', 'v', 'm')
               and has_table_privilege('tradeplus_app', c.oid, 'insert, update, delete, truncate')",
        )
        .fetch_all(&mut owner)
        .await
        .unwrap();
        assert_eq!(writable, Vec::new());
        owner.close().await.unwrap();
        fixture.stop().await;
    }

    #[tokio::test]
    async fn differences_are_told() {
        let fixture = Fixture::start("migrate-check").await;
        let (owner, all) = (fixture.cluster.owner_url(), MIGRATOR.iter().count());
        let rows = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                    values (9999, 'later', true, '', 0);
                    update _sqlx_migrations set checksum = '' where version = 1";
        assert_eq!(refused(&owner, rows).await, None);
        let found = check(&owner).await.unwrap();
        assert_eq!((found.unknown.as_slice(), found.changed.as_slice()), ([9999].as_slice(), [1].as_slice()));
        assert!(!found.is_usable());
        let empty = fixture.cluster.admin_url();
        assert_eq!(check(&empty).await.unwrap().pending.len(), all);
        fixture.stop().await;
    }
}
