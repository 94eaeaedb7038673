//! The jobs table.

use crate::db::{Reader, Tx};
use kernel::{JobId, Moment};
use serde_json::Value;
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

/// A job that a worker holds.
#[derive(Debug)]
pub(super) struct Leased {
    pub id: JobId,
    pub kind: String,
    pub unique_key: Option<String>,
    pub payload: Value,
    pub generation: i32,
    pub tries: i32,
    pub tries_max: i32,
}

/// A job that was given up.
#[derive(Debug, Clone)]
pub struct DeadJob {
    pub id: JobId,
    pub kind: String,
    pub payload: Value,
    pub tries: i32,
    pub last_error: Option<String>,
    pub dead_at: Moment,
}

pub(super) async fn insert(
    tx: &mut Tx,
    kind: &str,
    tries_max: i32,
    payload: Value,
    key: Option<&str>,
    run_at: Moment,
) -> Result<JobId, sqlx::Error> {
    let (id, now): (JobId, Moment) = (tx.new_id(), tx.now());
    sqlx::query_scalar!(
        r#"insert into jobs (job_id, kind, unique_key, payload, run_at, tries_max, created_at)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (unique_key) where dead_at is null do update set kind = excluded.kind,
             payload = excluded.payload, run_at = excluded.run_at, tries = 0, generation = jobs.generation + 1
           returning job_id as "id: JobId""#,
        id.0,
        kind,
        key,
        payload,
        run_at,
        tries_max,
        now
    )
    .fetch_one(tx.conn())
    .await
}

pub(super) async fn delete_by_key(tx: &mut Tx, key: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from jobs where unique_key = $1 and dead_at is null", key)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Makes sure that a recurring job waits.
pub(super) async fn insert_if_absent(
    pool: &PgPool,
    id: JobId,
    kind: &str,
    key: &str,
    payload: &Value,
    now: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"insert into jobs (job_id, kind, unique_key, payload, run_at, tries_max, created_at)
           values ($1, $2, $3, $4, $5, 1000000, $5)
           on conflict (unique_key) where dead_at is null do nothing"#,
        id.0,
        kind,
        key,
        payload,
        now
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Takes what is due, oldest first, at most `limit`; others skip it until the lease ends. With `kinds` only those: what
/// only a newer version can do waits for it.
pub(super) async fn lease(
    pool: &PgPool,
    worker: Uuid,
    now: Moment,
    lease: Duration,
    limit: i64,
    kinds: Option<&[String]>,
) -> Result<Vec<Leased>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"update jobs set lease_until = $2, leased_by = $3, tries = tries + 1
           where job_id in (
             select job_id from jobs
             where dead_at is null and run_at <= $1 and (lease_until is null or lease_until < $1)
               and ($5::text[] is null or kind = any($5))
             order by run_at limit $4 for update skip locked)
           returning job_id as "id: JobId", kind, unique_key, payload, generation, tries, tries_max"#,
        now,
        now + lease,
        worker,
        limit,
        kinds
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Leased {
            id: r.id,
            kind: r.kind,
            unique_key: r.unique_key,
            payload: r.payload,
            generation: r.generation,
            tries: r.tries,
            tries_max: r.tries_max,
        })
        .collect())
}

pub(super) async fn extend(
    pool: &PgPool,
    job: &Leased,
    worker: Uuid,
    until: Moment,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update jobs set lease_until = $3 where job_id = $1 and leased_by = $2",
        job.id.0,
        worker,
        until
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Done: gone, unless somebody asked for it again meanwhile.
pub(super) async fn finish(pool: &PgPool, job: &Leased, worker: Uuid) -> Result<(), sqlx::Error> {
    let gone = sqlx::query!(
        "delete from jobs where job_id = $1 and leased_by = $2 and generation = $3",
        job.id.0,
        worker,
        job.generation
    )
    .execute(pool)
    .await?;
    if gone.rows_affected() == 0 {
        sqlx::query!(
            "update jobs set lease_until = null, leased_by = null, tries = 0 where job_id = $1 and leased_by = $2",
            job.id.0,
            worker
        )
        .execute(pool)
        .await?;
    }
    Ok(())
}

/// To be tried again (or to recur) at `run_at`.
pub(super) async fn put_back(
    pool: &PgPool,
    job: &Leased,
    worker: Uuid,
    run_at: Moment,
    tries: i32,
    error: Option<&str>,
) -> Result<(), sqlx::Error> {
    // Asked for again meanwhile: the newer request's time stands.
    sqlx::query!(
        r#"update jobs set lease_until = null, leased_by = null, tries = $4, last_error = $5,
             run_at = case when generation = $6 then $3 else run_at end
           where job_id = $1 and leased_by = $2"#,
        job.id.0,
        worker,
        run_at,
        tries,
        error,
        job.generation
    )
    .execute(pool)
    .await?;
    Ok(())
}

pub(super) async fn bury(
    pool: &PgPool,
    job: &Leased,
    worker: Uuid,
    now: Moment,
    error: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update jobs set dead_at = $3, lease_until = null, leased_by = null, last_error = $4 where job_id = $1 and leased_by = $2",
        job.id.0,
        worker,
        now,
        error
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// The newest jobs that were given up, at most 200.
pub async fn dead(reader: &mut Reader) -> Result<Vec<DeadJob>, sqlx::Error> {
    sqlx::query_as!(
        DeadJob,
        r#"select job_id as "id: JobId", kind, payload, tries, last_error, dead_at as "dead_at!" from jobs
           where dead_at is not null order by dead_at desc limit 200"#
    )
    .fetch_all(reader.conn())
    .await
}

/// One job that was given up, if it still is.
pub async fn find_dead(reader: &mut Reader, id: JobId) -> Result<Option<DeadJob>, sqlx::Error> {
    sqlx::query_as!(
        DeadJob,
        r#"select job_id as "id: JobId", kind, payload, tries, last_error, dead_at as "dead_at!" from jobs
           where job_id = $1 and dead_at is not null"#,
        id.0
    )
    .fetch_optional(reader.conn())
    .await
}

/// How many jobs were given up.
pub async fn bury_count(reader: &mut Reader) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from jobs where dead_at is not null"#)
        .fetch_one(reader.conn())
        .await
}

/// When the next job is due, if any waits.
pub async fn due_at(reader: &mut Reader) -> Result<Option<Moment>, sqlx::Error> {
    sqlx::query_scalar!("select min(run_at) from jobs where dead_at is null").fetch_one(reader.conn()).await
}

/// Gives a dead job another life. `false` if there is none, or another one waits under its key.
pub async fn revive(tx: &mut Tx, id: JobId) -> Result<bool, sqlx::Error> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update jobs set dead_at = null, tries = 0, run_at = $2 where job_id = $1 and dead_at is not null
           and not exists (select from jobs o where o.unique_key = jobs.unique_key and o.dead_at is null)"#,
        id.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes a dead job.
pub async fn forget(tx: &mut Tx, id: JobId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!("delete from jobs where job_id = $1 and dead_at is not null", id.0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes jobs that have one of these among their arguments (an address, the id of a mail), in whatever case; those
/// that run at this moment too, which then end without a trace. Errors of others that name one are emptied.
pub async fn forget_naming(tx: &mut Tx, names: &[String]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"delete from jobs j using unnest($1::text[]) name
           where position('"' || lower(name) || '"' in lower(j.payload::text)) > 0"#,
        names
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        r#"update jobs j set last_error = '' from unnest($1::text[]) name
           where position(lower(name) in lower(j.last_error)) > 0"#,
        names
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
