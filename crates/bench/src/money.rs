//! The books by themselves: what an entry costs, with accounts of its own and with one that all wait for, beside one row
//! that is written; and how long a large ledger takes to be sealed and verified.

use crate::Options;
use crate::alone::{self, Load};
use crate::pgbench;
use crate::report::{Books, Row};
use crate::server::{Server, Site};
use crate::store;
use std::path::Path;
use std::time::Instant;

/// Entries that `FILL` writes at once, and that are sealed at once.
const CHUNK: u64 = 50_000;
const SEALED_AT_ONCE: i64 = 20_000;

/// The least that can be kept: one row, by itself.
const PLACE: &str = "create table bench_written (key uuid primary key, amount bigint not null);
    grant insert on bench_written to tradeplus_app";
const WRITE: &str = "insert into bench_written (key, amount) values (gen_random_uuid(), 1);\n";

/// A payment's entry: four lines. A colon would begin a variable of pgbench's.
const SPREAD: &str = "select ledger.post('bench' || c || id, 'pay', id, 'bench', now(), jsonb_build_array(
      jsonb_build_object('account', concat_ws(c, 'A', 'provider_pending', 'sandbox', 'EUR'), 'amount', 10000),
      jsonb_build_object('account', concat_ws(c, 'L', 'escrow', id, 'EUR'), 'amount', -10000),
      jsonb_build_object('account', concat_ws(c, 'X', 'provider_fees', 'EUR'), 'amount', 320),
      jsonb_build_object('account', concat_ws(c, 'A', 'provider_pending', 'sandbox', 'EUR'), 'amount', -320)))
    from (select gen_random_uuid() as id, chr(58) as c) as it;\n";
/// The same, with one account of which the balance is kept: everybody waits for its row.
const HOT: &str =
    "select ledger.post('bench' || c || gen_random_uuid(), 'pay', id, 'bench', now(), jsonb_build_array(
      jsonb_build_object('account', concat_ws(c, 'A', 'provider_pending', 'sandbox', 'EUR'), 'amount', 10000),
      jsonb_build_object('account', concat_ws(c, 'L', 'escrow', id, 'EUR'), 'amount', -10000),
      jsonb_build_object('account', concat_ws(c, 'X', 'provider_fees', 'EUR'), 'amount', 320),
      jsonb_build_object('account', concat_ws(c, 'A', 'provider_pending', 'sandbox', 'EUR'), 'amount', -320)))
    from (select cast('00000000-0000-4000-8000-000000000001' as uuid) as id, chr(58) as c) as it;\n";

/// Such entries by the chunk, past the guards: posting a million of them would take most of an hour. What the guards would
/// have kept is kept here.
const FILL: &str = "begin;
    alter table ledger.entries disable trigger user;
    alter table ledger.lines disable trigger user;
    with fresh as materialized (select gen_random_uuid() as id from generate_series(1, 50000)),
      opened as (
        insert into ledger.accounts (code, name, owner_id, currency, opened_at)
        select 'L:escrow:' || id || ':EUR', 'L:escrow', id, 'EUR', now() from fresh returning account_id, owner_id),
      held as (insert into ledger.balances (account_id, posted) select account_id, 10000 from opened),
      made as (
        insert into ledger.entries (key, fingerprint, kind, subject, provider_ref, occurred_at)
        select 'bench:' || id, sha256(id::text::bytea), 'pay', id, 'bench', now() from fresh
        returning entry_id, subject)
    insert into ledger.lines (entry_id, n, account_id, currency, amount)
    select made.entry_id, line.n, coalesce(known.account_id, opened.account_id), 'EUR', line.amount
    from made join opened on opened.owner_id = made.subject
      cross join (values (1, 'A:provider_pending:sandbox:EUR', 10000), (2, null, -10000),
        (3, 'X:provider_fees:EUR', 320), (4, 'A:provider_pending:sandbox:EUR', -320)) as line (n, code, amount)
      left join ledger.accounts known on known.code = line.code;
    alter table ledger.entries enable trigger user;
    alter table ledger.lines enable trigger user;
    commit";

/// An open transaction: nothing that begins after it is sealed before it ends.
const HOLD: &str = "begin; select pg_current_xact_id()";
const LET_GO: &str = "rollback";

/// Measures all of it on a fresh server; files go into `folder`.
pub async fn books(options: &Options, site: &Site, folder: &Path) -> anyhow::Result<Books> {
    let server = site.start().await?;
    let (mut app, mut owner) = (server.connect().await?, server.connect_as_owner().await?);
    store::run(&mut owner, PLACE).await?;
    // The accounts that all have in common are there from here on.
    store::run(&mut app, SPREAD).await?;
    let rows = rows(options, &server, folder).await?;
    let mut holder = server.connect().await?;
    store::run(&mut holder, HOLD).await?;
    say(&format!("filling the books with {} entries", options.entries));
    let mut entries = count(store::entries(&mut app).await?);
    while entries < options.entries {
        store::run(&mut owner, FILL).await?;
        entries += CHUNK;
    }
    store::run(&mut holder, LET_GO).await?;
    server.tidy().await?;
    say("sealing them");
    let (before, began) = (store::sealed(&mut app).await?, Instant::now());
    while store::seal(&mut app, SEALED_AT_ONCE).await? > 0 {}
    let sealed_seconds = began.elapsed().as_secs_f64();
    // The server seals too, every minute: what it took off us is counted.
    let sealed_entries = count(store::sealed(&mut app).await? - before);
    say("verifying them");
    let began = Instant::now();
    site.do_it(&["ledger", "verify"]).await?;
    let verified_seconds = began.elapsed().as_secs_f64();
    let entries = count(store::entries(&mut app).await?);
    let postgresql = store::version(&mut app).await?;
    server.stop().await?;
    Ok(Books { postgresql, rows, entries, sealed_entries, sealed_seconds, verified_seconds })
}

/// Nothing when this PostgreSQL came without pgbench.
async fn rows(options: &Options, server: &Server, folder: &Path) -> anyhow::Result<Vec<Row>> {
    let Options { connections, seconds, warm_up, .. } = *options;
    let load = Load { connections, seconds, folder };
    say("pgbench, one row written");
    let written = alone::line(server, "pgbench, one row written", &[WRITE.to_owned()], load, None).await?;
    let beside = written.as_ref().map(|row| row.per_second);
    let mut rows = Vec::from_iter(written);
    // Plans that were made for empty tables are bad ones.
    pgbench::run(server, &[SPREAD.to_owned()], folder, connections, warm_up.max(1)).await?;
    server.tidy().await?;
    for (what, script) in [("post: accounts of their own", SPREAD), ("post: one hot account", HOT)] {
        say(what);
        rows.extend(alone::line(server, what, &[script.to_owned()], load, beside).await?);
    }
    Ok(rows)
}

fn count(entries: i64) -> u64 {
    u64::try_from(entries).unwrap_or(0)
}

fn say(what: &str) {
    eprintln!("… {what}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filling_is_a_chunk() {
        assert!(FILL.contains(&format!("generate_series(1, {CHUNK})")));
        for script in [WRITE, SPREAD, HOT] {
            assert!(!script.contains(':') && script.ends_with(";\n"), "{script}");
        }
    }
}
