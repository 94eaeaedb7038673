//! Roles and database of the private cluster, brought into place at every start. What stands here
//! is what holds after a start, so every statement may run again.

use std::path::Path;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{Connection, Executor};

use super::url::PORT;

/// Made by `initdb`; used for what follows, for backups and for nothing else.
pub(super) const SUPERUSER: &str = "tradeplus";
/// Owns the database and its tables: migrations.
pub(super) const OWNER: &str = "tradeplus_owner";
/// Reads and writes rows.
pub(super) const APP: &str = "tradeplus_app";
pub(super) const DATABASE: &str = "tradeplus";

const ROLES: &str = "
do $$ begin
  if not exists (select from pg_roles where rolname = 'tradeplus_owner') then
    create role tradeplus_owner;
  end if;
  if not exists (select from pg_roles where rolname = 'tradeplus_app') then
    create role tradeplus_app;
  end if;
end $$;
alter role tradeplus_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role tradeplus_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
-- A page nobody waits for any more must not hold its locks.
alter role tradeplus_app set statement_timeout = '30s';
";

const HAS_DATABASE: &str = "select exists (select from pg_database where datname = 'tradeplus')";
const MAKE_DATABASE: &str =
    "create database tradeplus owner tradeplus_owner template template0 encoding 'UTF8'";

/// Tables and sequences the owner makes later are the app's to read and write from the start; a
/// migration takes a right back where rows must stay as they are. No right here allows DDL, not
/// even a temporary table.
const GRANTS: &str = "
revoke all on database tradeplus from public;
grant connect on database tradeplus to tradeplus_app;
revoke create on schema public from public;
grant usage on schema public to tradeplus_app;
alter default privileges for role tradeplus_owner in schema public
  grant select, insert, update, delete on tables to tradeplus_app;
alter default privileges for role tradeplus_owner in schema public
  grant usage, select on sequences to tradeplus_app;
";

/// In the maintenance database: it counts for the whole cluster, and backups of the shop's database
/// stay free of an extension that only a superuser can restore.
const STATISTICS: &str = "
do $$ begin
  if not exists (select from pg_extension where extname = 'pg_stat_statements') then
    create extension pg_stat_statements;
  end if;
end $$";

/// Brings roles, database and rights into place. `statistics`: the library is loaded.
pub(super) async fn settle(socket_dir: &Path, statistics: bool) -> Result<(), sqlx::Error> {
    let mut postgres = connect(socket_dir, "postgres").await?;
    postgres.execute(sqlx::raw_sql(ROLES)).await?;
    if statistics {
        postgres.execute(sqlx::raw_sql(STATISTICS)).await?;
    }
    if !sqlx::query_scalar::<_, bool>(HAS_DATABASE).fetch_one(&mut postgres).await? {
        postgres.execute(sqlx::raw_sql(MAKE_DATABASE)).await?;
    }
    postgres.close().await?;
    let mut tradeplus = connect(socket_dir, DATABASE).await?;
    tradeplus.execute(sqlx::raw_sql(GRANTS)).await?;
    tradeplus.close().await
}

async fn connect(socket_dir: &Path, database: &str) -> Result<PgConnection, sqlx::Error> {
    let options = PgConnectOptions::new_without_pgpass().socket(socket_dir).port(PORT);
    let options = options.username(SUPERUSER).database(database).ssl_mode(PgSslMode::Disable);
    PgConnection::connect_with(&options).await
}
