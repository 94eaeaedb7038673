//! Books in the schema `sandbox` of the marketplace's database: for the provider that is part of the product. A page is
//! a transaction of its own, never one of the marketplace's.

use super::{Beyond, Booked, Books, Delivery, Due, Object, Page, Sum, UsedKey};
use kernel::Moment;
use platform::{Db, Reader, Tx};
use serde_json::Value;
use uuid::Uuid;

/// The books.
#[derive(Clone, Debug)]
pub struct Stored(Db);

impl Stored {
    pub const fn new(db: Db) -> Self {
        Self(db)
    }
}

impl Books for Stored {
    fn open(&self) -> Booked<'_, Box<dyn Page>> {
        Box::pin(async move {
            let page: Box<dyn Page> = Box::new(StoredPage(self.0.begin().await?));
            Ok(page)
        })
    }
}

struct StoredPage(Tx);

struct Row {
    kind: String,
    id: String,
    account: String,
    parent: Option<String>,
    tag: Option<String>,
    ours: Option<Uuid>,
    body: Value,
    created_at: Moment,
    seq: i64,
}

impl From<Row> for Object {
    fn from(row: Row) -> Self {
        let Row { kind, id, account, parent, tag, ours, body, created_at, seq } = row;
        Self { kind, id, account, parent, tag, ours, body, created_at, seq }
    }
}

/// The columns of `Row`, once.
macro_rules! objects_where {
    ($condition:literal, $($arg:expr),*) => {
        sqlx::query_as!(
            Row,
            "select kind, id, account, parent, tag, ours, body, created_at, seq from sandbox.objects where "
                + $condition,
            $($arg),*
        )
    };
}

fn objects(rows: Vec<Row>) -> Vec<Object> {
    rows.into_iter().map(Object::from).collect()
}

impl Page for StoredPage {
    fn get<'a>(&'a mut self, kind: &'a str, id: &'a str) -> Booked<'a, Option<Object>> {
        Box::pin(async move {
            let row = objects_where!("kind = $1 and id = $2", kind, id).fetch_optional(self.0.conn()).await?;
            Ok(row.map(Object::from))
        })
    }

    fn put<'a>(&'a mut self, object: &'a Object) -> Booked<'a, ()> {
        Box::pin(async move {
            sqlx::query!(
                "insert into sandbox.objects (kind, id, account, parent, tag, ours, body, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)
                 on conflict (kind, id) do update set account = excluded.account, parent = excluded.parent,
                   tag = excluded.tag, ours = excluded.ours, body = excluded.body",
                object.kind,
                object.id,
                object.account,
                object.parent,
                object.tag,
                object.ours,
                object.body,
                object.created_at
            )
            .execute(self.0.conn())
            .await?;
            Ok(())
        })
    }

    fn newest<'a>(
        &'a mut self,
        kind: &'a str,
        account: &'a str,
        beyond: Beyond,
        limit: i64,
    ) -> Booked<'a, Vec<Object>> {
        Box::pin(async move {
            if let Beyond::Newer(seq) = beyond {
                let rows = objects_where!(
                    "kind = $1 and account = $2 and seq > $3 order by seq limit $4",
                    kind,
                    account,
                    seq,
                    limit
                );
                let mut found = objects(rows.fetch_all(self.0.conn()).await?);
                found.reverse();
                return Ok(found);
            }
            let below = if let Beyond::Older(seq) = beyond { seq } else { i64::MAX };
            let rows = objects_where!(
                "kind = $1 and account = $2 and seq < $3 order by seq desc limit $4",
                kind,
                account,
                below,
                limit
            );
            Ok(objects(rows.fetch_all(self.0.conn()).await?))
        })
    }

    fn with_parent<'a>(&'a mut self, kind: &'a str, parent: &'a str) -> Booked<'a, Vec<Object>> {
        Box::pin(async move {
            let rows = objects_where!("kind = $1 and parent = $2 order by seq desc", kind, parent);
            Ok(objects(rows.fetch_all(self.0.conn()).await?))
        })
    }

    fn with_tag<'a>(&'a mut self, kind: &'a str, tag: &'a str) -> Booked<'a, Vec<Object>> {
        Box::pin(async move {
            let rows = objects_where!("kind = $1 and tag = $2 order by seq desc", kind, tag);
            Ok(objects(rows.fetch_all(self.0.conn()).await?))
        })
    }

    fn with_ours<'a>(&'a mut self, kind: &'a str, ours: Uuid) -> Booked<'a, Vec<Object>> {
        Box::pin(async move {
            let rows = objects_where!("kind = $1 and ours = $2 order by seq desc", kind, ours);
            Ok(objects(rows.fetch_all(self.0.conn()).await?))
        })
    }

    fn sums<'a>(&'a mut self, account: &'a str, at: i64) -> Booked<'a, Vec<Sum>> {
        Box::pin(async move {
            let rows = sqlx::query_as!(
                Sum,
                r#"select body ->> 'currency' as "currency!",
                     coalesce(sum((body ->> 'net')::bigint)
                       filter (where (body ->> 'available_on')::bigint > $2), 0)::bigint as "pending!",
                     coalesce(sum((body ->> 'net')::bigint)
                       filter (where (body ->> 'available_on')::bigint <= $2), 0)::bigint as "available!"
                   from sandbox.objects where kind = 'balance_transaction' and account = $1
                   group by 1 order by 1"#,
                account,
                at
            );
            Ok(rows.fetch_all(self.0.conn()).await?)
        })
    }

    fn lock<'a>(&'a mut self, name: &'a str) -> Booked<'a, ()> {
        Box::pin(async move {
            sqlx::query!("select from pg_advisory_xact_lock(hashtextextended('sandbox ' || $1, 0))", name)
                .fetch_optional(self.0.conn())
                .await?;
            Ok(())
        })
    }

    fn hold<'a>(&'a mut self, name: &'a str) -> Booked<'a, bool> {
        Box::pin(async move {
            let got = sqlx::query_scalar!(
                r#"select pg_try_advisory_xact_lock(hashtextextended('sandbox ' || $1, 0)) as "got!""#,
                name
            );
            Ok(got.fetch_one(self.0.conn()).await?)
        })
    }

    fn key<'a>(&'a mut self, account: &'a str, key: &'a str) -> Booked<'a, Option<UsedKey>> {
        Box::pin(async move {
            let row = sqlx::query!(
                "select print, status, body, created_at from sandbox.keys where account = $1 and key = $2",
                account,
                key
            );
            let row = row.fetch_optional(self.0.conn()).await?;
            Ok(row.map(|row| UsedKey {
                account: account.to_owned(),
                key: key.to_owned(),
                print: row.print,
                status: row.status.and_then(|s| u16::try_from(s).ok()).unwrap_or(500),
                body: row.body.unwrap_or_default(),
                created_at: row.created_at,
            }))
        })
    }

    fn keep_key<'a>(&'a mut self, used: &'a UsedKey) -> Booked<'a, ()> {
        Box::pin(async move {
            let status = i16::try_from(used.status).unwrap_or(i16::MAX);
            sqlx::query!(
                "insert into sandbox.keys (account, key, print, status, body, created_at) values ($1, $2, $3, $4, $5, $6)
                 on conflict (account, key) do update set print = excluded.print, status = excluded.status,
                   body = excluded.body, created_at = excluded.created_at",
                used.account,
                used.key,
                used.print,
                status,
                used.body,
                used.created_at
            )
            .execute(self.0.conn())
            .await?;
            Ok(())
        })
    }

    fn add_due<'a>(&'a mut self, due: &'a Due) -> Booked<'a, ()> {
        Box::pin(async move {
            sqlx::query!(
                "insert into sandbox.due (at, what, id) values ($1, $2, $3)",
                due.at,
                due.what,
                due.id
            )
            .execute(self.0.conn())
            .await?;
            Ok(())
        })
    }

    fn take_due(&mut self, now: Moment) -> Booked<'_, Option<Due>> {
        Box::pin(async move {
            let row = sqlx::query_as!(
                Due,
                "delete from sandbox.due where due_id = (
                   select due_id from sandbox.due where at <= $1 order by at, due_id limit 1 for update skip locked)
                 returning at, what, id",
                now
            );
            Ok(row.fetch_optional(self.0.conn()).await?)
        })
    }

    fn add_delivery<'a>(&'a mut self, event: &'a str, endpoint: &'a str, at: Moment) -> Booked<'a, ()> {
        Box::pin(async move {
            sqlx::query!(
                "insert into sandbox.deliveries (event, endpoint, at) values ($1, $2, $3)",
                event,
                endpoint,
                at
            )
            .execute(self.0.conn())
            .await?;
            Ok(())
        })
    }

    fn claim_deliveries(&mut self, now: Moment, until: Moment, limit: i64) -> Booked<'_, Vec<Delivery>> {
        Box::pin(async move {
            let rows = sqlx::query!(
                r#"update sandbox.deliveries d set at = $2, tries = d.tries + 1
                 from (select w.event, w.endpoint, w.at, o.seq from sandbox.deliveries w
                         join sandbox.objects o on o.kind = 'event' and o.id = w.event
                         where w.delivered_at is null and w.at <= $1
                         order by w.at, o.seq limit $3 for update of w skip locked) n
                 where d.event = n.event and d.endpoint = n.endpoint
                 returning d.event, d.endpoint, d.tries, n.at as "at!", n.seq as "seq!""#,
                now,
                until,
                limit
            );
            let mut rows = rows.fetch_all(self.0.conn()).await?;
            rows.sort_by_key(|row| (row.at, row.seq));
            let claimed = rows.into_iter().map(|row| Delivery {
                event: row.event,
                endpoint: row.endpoint,
                at: row.at,
                tries: row.tries,
            });
            Ok(claimed.collect())
        })
    }

    fn end_delivery<'a>(&'a mut self, event: &'a str, endpoint: &'a str, at: Moment) -> Booked<'a, ()> {
        Box::pin(async move {
            sqlx::query!(
                "update sandbox.deliveries set delivered_at = $3 where event = $1 and endpoint = $2",
                event,
                endpoint,
                at
            )
            .execute(self.0.conn())
            .await?;
            Ok(())
        })
    }

    fn put_off_delivery<'a>(&'a mut self, event: &'a str, endpoint: &'a str, at: Moment) -> Booked<'a, ()> {
        Box::pin(async move {
            sqlx::query!(
                "update sandbox.deliveries set at = $3 where event = $1 and endpoint = $2 and delivered_at is null",
                event,
                endpoint,
                at
            )
            .execute(self.0.conn())
            .await?;
            Ok(())
        })
    }

    fn commit(self: Box<Self>) -> Booked<'static, ()> {
        Box::pin(async move { Ok(self.0.commit().await?) })
    }

    fn leave(self: Box<Self>) -> Booked<'static, ()> {
        Box::pin(async move { Ok(self.0.rollback().await?) })
    }
}

/// What is known of the cards that paid for these payments: brand and last digits, for their owner's copy.
///
/// # Errors
/// When the database is away.
pub async fn cards_of(reader: &mut Reader, payments: &[Uuid]) -> Result<Vec<Value>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select body -> 'card' as "card!" from sandbox.objects
           where kind = 'charge' and ours = any($1) and body ? 'card' order by seq"#,
        payments
    )
    .fetch_all(reader.conn())
    .await
}

/// Forgets the cards that paid for these payments, also where events tell of them.
///
/// # Errors
/// When the database is away.
pub async fn forget_cards(tx: &mut Tx, payments: &[Uuid]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update sandbox.objects set body = body - 'card' - 'face'
         where kind in ('charge', 'payment_intent') and ours = any($1)",
        payments
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update sandbox.objects set body = body #- '{data,object,payment_method_details}'
         where kind = 'event' and ours = any($1)",
        payments
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
