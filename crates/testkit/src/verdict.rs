//! What must hold when a story is over, whatever it was about.

use kernel::{Clock, Refusal};
use ledger::cover;
use platform::{Db, Reader, chance, jobs};

/// Pieces that are promised are those of orders that wait for their money, and no others.
const PROMISED: &str = "
  select l.listing_id::text || ': ' || l.reserved || ' pieces are promised, and orders wait for ' || coalesce(o.pieces, 0)
  from listings l left join (
    select listing_id, sum(quantity) as pieces from order_legs join orders using (order_id)
    where order_legs.kind = 'item' and orders.state in ('pending_payment', 'payment_processing')
    group by listing_id) o using (listing_id)
  where l.reserved <> coalesce(o.pieces, 0)";

/// An order's history is a walk: it begins at the beginning, each step starts where the last one ended, and the
/// last one ends where the order is.
const WALKS: &str = "
  select number || ': its history does not lead to ' || o.state from orders o
  join lateral (
    select bool_and(e.from_state = coalesce(e.before, 'new') and e.n = e.place) as walks, max(e.last) as last
    from (select from_state, n, lag(to_state) over w as before, row_number() over w as place,
            last_value(to_state) over (order by n rows between unbounded preceding and unbounded following) as last
          from order_events where order_id = o.order_id window w as (order by n)) e
  ) h on true
  where not coalesce(h.walks, false) or h.last <> o.state or o.version <> (
    select count(*) + 1 from order_events where order_id = o.order_id)";

/// A waiting order has a timer in its row and a job under its key, both or neither.
const TIMERS: &str = "
  select number || ': its timer is ' || coalesce(timer_at::text, 'off') || ', its job ' || coalesce(run_at::text, 'missing')
  from orders left join jobs on unique_key = 'order:' || order_id and dead_at is null
  where timer_at is distinct from run_at";

/// The same beside traffic: the job of a timer that failed waits a little longer than its row says.
const TIMERS_BESIDE: &str = "
  select number || ': its timer is ' || coalesce(timer_at::text, 'off') || ', its job ' || coalesce(run_at::text, 'missing')
  from orders left join jobs on unique_key = 'order:' || order_id and dead_at is null
  where (timer_at is null) <> (job_id is null)";

/// Which of a town's parts the closing check leaves out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lenience {
    /// The books were tampered with on purpose.
    pub books: bool,
    /// Orders were written by hand.
    pub orders: bool,
    /// Jobs were made to fail on purpose.
    pub jobs: bool,
}

/// Everything that is wrong, a sentence each.
pub(crate) async fn faults(url: &str, clock: &Clock, lenience: Lenience) -> Vec<String> {
    let db = Db::connect(url, 1, clock.clone(), chance::seeded(0)).unwrap();
    let mut reader = db.read().await.unwrap();
    let mut faults = Vec::new();
    if !lenience.jobs {
        let dead = jobs::dead(&mut reader).await.unwrap();
        faults.extend(
            dead.iter().map(|j| format!("a job was given up: {} {}: {:?}", j.kind, j.payload, j.last_error)),
        );
    }
    if !lenience.books {
        let report = ledger::verify(&mut reader).await.unwrap();
        faults.extend((!report.ok()).then(|| report.to_string()));
    }
    if !lenience.orders {
        let (_, wrong) = market::orders::verify::check(&mut reader).await.unwrap();
        faults.extend(wrong);
        for check in [PROMISED, WALKS, TIMERS] {
            let wrong: Vec<String> = sqlx::query_scalar(check).fetch_all(reader.conn()).await.unwrap();
            faults.extend(wrong);
        }
    }
    drop(reader);
    db.close().await;
    faults
}

/// Everything that is wrong while others are at work: each statement sees one moment. Errors: the database is away.
pub async fn beside(reader: &mut Reader) -> Result<Vec<String>, Refusal> {
    let mut faults = Vec::new();
    for job in jobs::dead(reader).await? {
        faults.push(format!("a job was given up: {} {}: {:?}", job.kind, job.payload, job.last_error));
    }
    let report = ledger::verify(reader).await?;
    faults.extend((!report.ok()).then(|| report.to_string()));
    for cover in cover::by_currency(reader).await? {
        let margin = cover.margin();
        faults.extend((margin.amount < 0).then(|| format!("providers hold too little: {cover:?}")));
    }
    faults.extend(market::orders::verify::check(reader).await?.1);
    for (name, wrong) in market::payouts::verify::check(reader).await? {
        faults.extend(wrong.into_iter().map(|one| format!("{name}: {one}")));
    }
    for check in [PROMISED, WALKS, TIMERS_BESIDE] {
        let wrong: Vec<String> = sqlx::query_scalar(check).fetch_all(reader.conn()).await?;
        faults.extend(wrong);
    }
    Ok(faults)
}
