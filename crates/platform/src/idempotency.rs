//! The same request twice gives the same answer once: what was answered is kept under the key the client sent.
//!
//! A claim may share the transaction of the work (then a second request waits for it and gets the answer), or
//! be committed before the work (then a second request hears that the first one still runs). A claim whose
//! work died is free again after `LEASE`, which is longer than any request may take. Answers are kept for a
//! day. `scope` says whose key it is (a member, and the route), so that nobody meets another's answers.

use crate::db::Tx;
use kernel::Moment;
use time::Duration;

/// How long an answer is kept.
pub const KEPT: Duration = Duration::hours(24);
/// How long a claim without an answer holds.
pub const LEASE: Duration = Duration::seconds(60);

/// What a key says about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Do it, then `finish` or `release`.
    Fresh,
    /// It was done; this is what was answered.
    Replay { status: u16, body: Vec<u8> },
    /// The key belongs to another request.
    Mismatch,
    /// The same request is being done.
    InProgress,
}

/// Claims `key` for a request with this fingerprint (a keyed hash of method, path and body).
pub async fn claim(tx: &mut Tx, scope: &str, key: &str, fingerprint: &[u8]) -> Result<Claim, sqlx::Error> {
    let now = tx.now();
    let claimed = sqlx::query_scalar!(
        r#"insert into idempotency_keys as k (scope, key, fingerprint, created_at) values ($1, $2, $3, $4)
           on conflict on constraint idempotency_keys_pkey do update
             set fingerprint = excluded.fingerprint, status = null, body = null, created_at = excluded.created_at
             where k.created_at <= $5
                or (k.status is null and k.fingerprint = excluded.fingerprint and k.created_at <= $6)
           returning true as "claimed!""#,
        scope,
        key,
        fingerprint,
        now,
        now - KEPT,
        now - LEASE
    )
    .fetch_optional(tx.conn())
    .await?;
    if claimed.is_some() {
        return Ok(Claim::Fresh);
    }
    let kept = sqlx::query!(
        "select fingerprint, status, body from idempotency_keys where scope = $1 and key = $2",
        scope,
        key
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(match kept {
        Some(row) if row.fingerprint != fingerprint => Claim::Mismatch,
        Some(row) => match row.status.and_then(|status| u16::try_from(status).ok()) {
            Some(status) => Claim::Replay { status, body: row.body.unwrap_or_default() },
            None => Claim::InProgress,
        },
        // Released between the two statements: the client asks again in a moment.
        None => Claim::InProgress,
    })
}

/// Keeps the answer.
pub async fn finish(
    tx: &mut Tx,
    scope: &str,
    key: &str,
    status: u16,
    body: &[u8],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update idempotency_keys set status = $3, body = $4 where scope = $1 and key = $2",
        scope,
        key,
        i16::try_from(status).unwrap_or(500),
        body
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives a claim back because the request failed in a way that may be tried again at once.
pub async fn release(tx: &mut Tx, scope: &str, key: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from idempotency_keys where scope = $1 and key = $2 and status is null", scope, key)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Forgets every answer of somebody, whatever its age.
pub async fn forget(tx: &mut Tx, scope: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from idempotency_keys where scope = $1", scope).execute(tx.conn()).await?;
    Ok(())
}

/// Forgets what is older than a day; answers how much that was.
pub async fn prune(tx: &mut Tx) -> Result<u64, sqlx::Error> {
    let before: Moment = tx.now() - KEPT;
    let done = sqlx::query!("delete from idempotency_keys where created_at <= $1", before)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    async fn claim_alone(fixture: &Fixture, key: &str, fingerprint: &[u8]) -> Claim {
        let mut tx = fixture.db.begin().await.unwrap();
        let claim = claim(&mut tx, "m", key, fingerprint).await.unwrap();
        tx.commit().await.unwrap();
        claim
    }

    #[tokio::test]
    async fn one_request_one_answer() {
        let fixture = Fixture::start("idempotency").await;
        assert_eq!(claim_alone(&fixture, "k", b"one").await, Claim::Fresh);
        assert_eq!(claim_alone(&fixture, "k", b"one").await, Claim::InProgress);
        assert_eq!(claim_alone(&fixture, "k", b"two").await, Claim::Mismatch);
        let mut tx = fixture.db.begin().await.unwrap();
        finish(&mut tx, "m", "k", 201, b"made").await.unwrap();
        // An answer is not taken back.
        release(&mut tx, "m", "k").await.unwrap();
        tx.commit().await.unwrap();
        let replay = Claim::Replay { status: 201, body: b"made".to_vec() };
        assert_eq!(claim_alone(&fixture, "k", b"one").await, replay);
        assert_eq!(claim_alone(&fixture, "k", b"two").await, Claim::Mismatch);

        // A request that failed gives its key back; one that died loses it after the lease.
        assert_eq!(claim_alone(&fixture, "failed", b"x").await, Claim::Fresh);
        let mut tx = fixture.db.begin().await.unwrap();
        release(&mut tx, "m", "failed").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claim_alone(&fixture, "failed", b"x").await, Claim::Fresh);
        fixture.db.clock().advance(LEASE);
        assert_eq!(claim_alone(&fixture, "failed", b"y").await, Claim::Mismatch);
        assert_eq!(claim_alone(&fixture, "failed", b"x").await, Claim::Fresh);

        // After a day the key is free for anything.
        fixture.db.clock().advance(KEPT);
        assert_eq!(claim_alone(&fixture, "k", b"two").await, Claim::Fresh);
        let mut tx = fixture.db.begin().await.unwrap();
        assert_eq!(prune(&mut tx).await.unwrap(), 1);
        tx.commit().await.unwrap();
        fixture.stop().await;
    }

    #[tokio::test]
    async fn two_at_once_do_it_once() {
        let fixture = Fixture::start("idempotency-race").await;
        let mut first = fixture.db.begin().await.unwrap();
        assert_eq!(claim(&mut first, "m", "k", b"one").await.unwrap(), Claim::Fresh);
        let (db, second) = (fixture.db.clone(), tokio::sync::oneshot::channel());
        let waiting = tokio::spawn(async move {
            let mut tx = db.begin().await.unwrap();
            let _ = second.0.send(());
            claim(&mut tx, "m", "k", b"one").await.unwrap()
        });
        second.1.await.unwrap();
        finish(&mut first, "m", "k", 200, b"done").await.unwrap();
        first.commit().await.unwrap();
        let replay = Claim::Replay { status: 200, body: b"done".to_vec() };
        assert_eq!(waiting.await.unwrap(), replay);
        fixture.stop().await;
    }
}
