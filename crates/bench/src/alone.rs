//! PostgreSQL alone, asked by its own load generator: as lines of the table.

use crate::load::{Measured, Tally};
use crate::pgbench;
use crate::proc::Processor;
use crate::report::Row;
use crate::server::Server;
use std::path::Path;
use std::time::Duration;

/// How hard, how long, and where files may be put.
#[derive(Clone, Copy, Debug)]
pub struct Load<'a> {
    pub connections: usize,
    pub seconds: u64,
    pub folder: &'a Path,
}

/// A line; `None` when this PostgreSQL came without pgbench. `beside`: how much of what it is compared with is done a
/// second; `None` for that itself.
pub async fn line(
    server: &Server,
    what: &'static str,
    scripts: &[String],
    load: Load<'_>,
    beside: Option<f64>,
) -> anyhow::Result<Option<Row>> {
    let processor = Processor::new();
    let before = processor.of_family(server.postgres);
    let found = pgbench::run(server, scripts, load.folder, load.connections, load.seconds).await?;
    let postgres = processor.of_family(server.postgres).saturating_sub(before);
    let Some(found) = found else { return Ok(None) };
    let took = Duration::from_secs(load.seconds);
    let tally = Tally { micros: found.micros, errors: found.failed, took, ..Tally::default() };
    let measured = Measured { tally, postgres, ..Measured::default() };
    let row = Row::new(what, load.connections, measured, beside);
    let ratio = found.per_second / beside.unwrap_or(found.per_second);
    Ok(Some(Row { per_second: found.per_second, ratio, server_us: None, ..row }))
}
