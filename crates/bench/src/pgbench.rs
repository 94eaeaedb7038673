//! pgbench, PostgreSQL's own load generator: what the database gives when there is no HTTP at all.

use crate::proc;
use crate::server::Server;
use crate::store::Known;
use anyhow::{Context, ensure};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use tokio::process::Command;

/// Different rows; pgbench takes at most 128 scripts.
const ROWS: usize = 100;

/// What pgbench found.
#[derive(Debug)]
pub struct Found {
    pub per_second: f64,
    pub micros: Vec<u32>,
    pub failed: u64,
}

/// The bare handler's query, a script for each of different rows: it cannot choose among keys that are no numbers, but
/// among scripts.
pub fn reading(known: &[Known]) -> anyhow::Result<Vec<String>> {
    let count = ROWS.min(known.len());
    let script = |at: usize| {
        let row = known.get(at * known.len() / count).context("a row is missing")?;
        Ok(format!("select title from listings where listing_id = '{}';\n", row.id))
    };
    (0..count).map(script).collect()
}

/// Runs scripts, drawn at random, for some seconds; files go into `dir`. `None` when this PostgreSQL came without pgbench.
pub async fn run(
    server: &Server,
    scripts: &[String],
    dir: &Path,
    connections: usize,
    seconds: u64,
) -> anyhow::Result<Option<Found>> {
    let program = proc::program_dir(server.postgres)?.join("pgbench");
    if !program.exists() {
        return Ok(None);
    }
    let dir = dir.join("pgbench");
    fs::create_dir_all(&dir)?;
    let mut command = Command::new(program);
    command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LC_ALL", "C").current_dir(&dir);
    command.args([
        "-n",
        "-M",
        "prepared",
        "-j",
        "2",
        "-c",
        &connections.to_string(),
        "-T",
        &seconds.to_string(),
    ]);
    command.args(["-l", "--log-prefix", "took", "-p", "5432", "-U", "tradeplus_app", "-h"]);
    command.arg(server.cluster()?.socket_dir());
    for (at, text) in scripts.iter().enumerate() {
        let script = dir.join(format!("{at}.sql"));
        fs::write(&script, text)?;
        command.arg("-f").arg(script);
    }
    let done = command.arg("tradeplus").stdin(Stdio::null()).output().await?;
    let said = String::from_utf8_lossy(&done.stdout);
    ensure!(done.status.success(), "pgbench: {}", String::from_utf8_lossy(&done.stderr));
    let found = Found {
        per_second: figure(&said, "tps = ").context("pgbench did not say how fast it was")?,
        failed: figure(&said, "number of failed transactions: ").map_or(0, |n| n.max(0.0) as u64),
        micros: latencies(&dir)?,
    };
    fs::remove_dir_all(&dir)?;
    Ok(Some(found))
}

/// The number that follows some words.
fn figure(said: &str, words: &str) -> Option<f64> {
    let (_, after) = said.split_once(words)?;
    after.split_whitespace().next()?.parse().ok()
}

/// The third field of each line of its logs: how long a transaction took, microseconds.
fn latencies(dir: &Path) -> anyhow::Result<Vec<u32>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir)?.flatten() {
        if entry.file_name().to_string_lossy().starts_with("took") {
            let log = fs::read_to_string(entry.path())?;
            all.extend(log.lines().filter_map(|l| l.split(' ').nth(2)?.parse::<u32>().ok()));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_says() {
        let said =
            "number of failed transactions: 2 (0.1%)\ntps = 1234.5 (without initial connection time)\n";
        assert_eq!(figure(said, "tps = "), Some(1234.5));
        assert_eq!(figure(said, "number of failed transactions: "), Some(2.0));
    }
}
