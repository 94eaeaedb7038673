//! The figures, as a table and as JSON.

use crate::crowd::Crowd;
use crate::load::Measured;
use crate::proc::Memory;
use serde::Serialize;

/// Everything that was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    pub processors: usize,
    pub connections: usize,
    pub seconds: u64,
    pub runs: Vec<Run>,
    /// `None`: they were not measured yet.
    pub books: Option<Books>,
}

/// The books by themselves, without a request.
#[derive(Debug, Serialize)]
pub struct Books {
    pub postgresql: String,
    pub rows: Vec<Row>,
    /// Of the ledger that was sealed and verified.
    pub entries: u64,
    pub sealed_entries: u64,
    pub sealed_seconds: f64,
    pub verified_seconds: f64,
}

/// One catalogue.
#[derive(Debug, Serialize)]
pub struct Run {
    pub listings: usize,
    pub postgresql: String,
    pub import: Import,
    pub rows: Vec<Row>,
    pub crowd: Rush,
    pub memory: Vec<Kept>,
}

/// Many who sign in at once, and what others saw of it.
#[derive(Debug, Serialize)]
pub struct Rush {
    #[serde(flatten)]
    pub crowd: Crowd,
    pub home_looks: usize,
    pub home_p50_ms: f64,
    pub home_p99_ms: f64,
}

impl Rush {
    pub fn new(crowd: Crowd) -> Self {
        let at = |percent| f64::from(percentile(&crowd.home_micros, percent)) / 1000.0;
        let (home_looks, home_p50_ms, home_p99_ms) = (crowd.home_micros.len(), at(50), at(99));
        Self { crowd, home_looks, home_p50_ms, home_p99_ms }
    }

    fn print(&self) {
        let Crowd { connections, looked_at, turned_away, lost, odd, seconds, home_refused, resident, .. } =
            &self.crowd;
        let [before, most, after] = resident.map(|bytes| float(bytes) / MEBIBYTE);
        let all = looked_at + turned_away + lost + odd;
        println!(
            "\n{all} sign-ins at once by {connections} connections, in {seconds:.1} s: {looked_at} looked at, {turned_away} \
             turned away, {lost} cut off, {odd} answered oddly."
        );
        println!(
            "Meanwhile the home page: {} looks, p50 {:.2} ms, p99 {:.2} ms, {home_refused} turned away.",
            self.home_looks, self.home_p50_ms, self.home_p99_ms
        );
        println!("The server held {before:.1} MiB before, {most:.1} at most, {after:.1} after.");
    }
}

/// Reading the catalogue in.
#[derive(Debug, Serialize)]
pub struct Import {
    pub seconds: f64,
    pub rows_per_second: f64,
    /// From the end of the import until a search knew all.
    pub indexed_after_seconds: f64,
}

/// A line of the table. "One" is one request, or what the line says belongs together.
#[derive(Debug, Serialize)]
pub struct Row {
    pub what: &'static str,
    pub connections: usize,
    pub per_second: f64,
    /// To the bare handler of the same run; of the books to one row that is written.
    pub ratio: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// Processor time of one, microseconds. `None`: there was no such process.
    pub server_us: Option<f64>,
    pub postgres_us: f64,
    /// Bytes of one answer's body.
    pub bytes: f64,
    pub errors: u64,
    pub first_error: Option<String>,
}

/// What is in memory at some moment, bytes.
#[derive(Debug, Serialize)]
pub struct Kept {
    pub when: &'static str,
    pub server: Memory,
    /// Of all processes, what they share counted once.
    pub postgres: u64,
}

/// The value that `percent` of all do not exceed (nearest rank); 0 when there are none. `sorted` ascends.
pub fn percentile(sorted: &[u32], percent: usize) -> u32 {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0)
}

#[allow(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
pub const fn float(count: u64) -> f64 {
    count as f64
}

fn count(all: &[u32]) -> f64 {
    float(u64::try_from(all.len()).unwrap_or(0))
}

impl Row {
    /// `bare`: what the bare handler does a second; `None` for itself.
    pub fn new(what: &'static str, connections: usize, measured: Measured, bare: Option<f64>) -> Self {
        let Measured { mut tally, server, postgres } = measured;
        tally.micros.sort_unstable();
        let done = count(&tally.micros);
        let per_second = done / tally.took.as_secs_f64();
        let each = |total: f64| total / done.max(1.0);
        Self {
            what,
            connections,
            per_second,
            ratio: per_second / bare.unwrap_or(per_second),
            p50_ms: f64::from(percentile(&tally.micros, 50)) / 1000.0,
            p99_ms: f64::from(percentile(&tally.micros, 99)) / 1000.0,
            server_us: Some(each(server.as_secs_f64() * 1e6)),
            postgres_us: each(postgres.as_secs_f64() * 1e6),
            bytes: each(float(tally.bytes)),
            errors: tally.errors,
            first_error: tally.first_error,
        }
    }

    fn line(&self) -> String {
        let server = self.server_us.map_or_else(|| "–".to_owned(), |us| format!("{us:.0}"));
        format!(
            "{:<34}{:>5}{:>10.1}{:>8.3}{:>10.2}{:>10.2}{:>10}{:>10.0}{:>9.1}{:>8}",
            self.what,
            self.connections,
            self.per_second,
            self.ratio,
            self.p50_ms,
            self.p99_ms,
            server,
            self.postgres_us,
            self.bytes / 1000.0,
            self.errors
        )
    }
}

const MEBIBYTE: f64 = 1024.0 * 1024.0;

impl Books {
    /// Entries that were not posted.
    pub fn errors(&self) -> u64 {
        self.rows.iter().map(|row| row.errors).sum()
    }

    /// Prints them.
    pub fn print(&self) {
        let Self { postgresql, entries, sealed_entries, sealed_seconds, verified_seconds, .. } = self;
        println!("\nThe books by themselves, PostgreSQL {postgresql}\n");
        heads();
        self.rows.iter().for_each(|row| println!("{}", row.line()));
        let rate = |count: u64, seconds: f64| float(count) / seconds;
        println!(
            "\n{sealed_entries} entries were sealed in {sealed_seconds:.1} s ({:.0} a second).",
            rate(*sealed_entries, *sealed_seconds)
        );
        println!(
            "A ledger of {entries} entries was verified in {verified_seconds:.1} s ({:.0} a second).",
            rate(*entries, *verified_seconds)
        );
    }
}

fn heads() {
    println!(
        "{:<34}{:>5}{:>10}{:>8}{:>10}{:>10}{:>10}{:>10}{:>9}{:>8}",
        "", "conn.", "per s", "ratio", "p50 ms", "p99 ms", "CPU µs", "PG µs", "kB", "errors"
    );
}

impl Run {
    /// Answers that were not the expected ones.
    pub fn errors(&self) -> u64 {
        self.rows.iter().map(|row| row.errors).sum::<u64>() + self.crowd.crowd.odd
    }

    /// Prints the tables.
    pub fn print(&self) {
        let Import { seconds, rows_per_second, indexed_after_seconds } = &self.import;
        println!("\n{} listings, PostgreSQL {}", self.listings, self.postgresql);
        println!(
            "Import: {rows_per_second:.0} rows/s ({seconds:.1} s); a search knew all {indexed_after_seconds:.1} s later.\n"
        );
        heads();
        self.rows.iter().for_each(|row| println!("{}", row.line()));
        for row in &self.rows {
            if let Some(error) = &row.first_error {
                println!("{}: the first error: {error}", row.what);
            }
        }
        self.crowd.print();
        println!(
            "\n{:<34}{:>10}{:>12}{:>10}{:>14}",
            "Memory, MiB", "resident", "anonymous", "peak", "PostgreSQL"
        );
        for kept in &self.memory {
            let mib = |bytes: u64| float(bytes) / MEBIBYTE;
            let Memory { resident, anonymous, peak } = kept.server;
            println!(
                "{:<34}{:>10.1}{:>12.1}{:>10.1}{:>14.1}",
                kept.when,
                mib(resident),
                mib(anonymous),
                mib(peak),
                mib(kept.postgres)
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_there_were() {
        let hundred: Vec<u32> = (1..=100).collect();
        assert_eq!((percentile(&hundred, 50), percentile(&hundred, 99)), (50, 99));
        assert_eq!((percentile(&[7], 50), percentile(&[7], 99), percentile(&[], 50)), (7, 7, 0));
        assert_eq!(percentile(&[1, 2, 3], 50), 2);
    }
}
