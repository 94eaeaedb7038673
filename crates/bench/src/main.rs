//! Measures a running TradePlus: requests a second, latency, processor time and memory, for catalogues of
//! different sizes, and beside them in the same run a bare handler and pgbench on the same database.
//!
//! It judges nothing but answers: a run fails when an answer is not the expected one, never because it was slow.
//! A module uses only modules declared above it.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on standard output")]

mod random;
mod words;
mod catalogue;
mod client;
mod proc;
mod store;
mod questions;
mod server;
mod bare;
mod pgbench;
mod load;
mod deals;
mod crowd;
mod report;
mod alone;
mod money;
mod run;

use clap::{Args, Parser, Subcommand};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Measures TradePlus beside a bare axum handler and pgbench.
#[derive(Parser, Debug)]
#[command(name = "bench", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Measures everything and prints the tables.
    Run(Options),
    /// Writes the catalogue that is measured with, as `tradeplus import listings` reads it.
    Catalogue {
        /// How many listings.
        rows: usize,
    },
    /// The bare handler: one row by its id, nothing around it. Prints its address and serves until killed.
    Bare {
        /// The database.
        #[arg(long)]
        url: String,
    },
}

/// What is measured, and how long.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Listings of the catalogues, one run for each.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    pub sizes: Vec<usize>,
    /// Seconds that each line is measured.
    #[arg(long, default_value_t = 8)]
    pub seconds: u64,
    /// Seconds before that which do not count.
    #[arg(long, default_value_t = 2)]
    pub warm_up: u64,
    /// Connections that are kept busy.
    #[arg(long, default_value_t = 16)]
    pub connections: usize,
    /// Entries of the ledger that is sealed and verified, at least.
    #[arg(long, default_value_t = 1_000_000)]
    pub entries: u64,
    /// 10,000 listings, 50,000 entries and 2 seconds only: whether everything works, not how fast.
    #[arg(long)]
    pub quick: bool,
    /// Also writes the figures as JSON.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// The program that is measured.
    #[arg(long, value_name = "FILE", default_value = "target/release/tradeplus")]
    pub program: PathBuf,
    /// Where the data directory is made [default: the folder for temporary files]
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Leaves the data directory and the server's log behind.
    #[arg(long)]
    pub keep: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(options) => run::run(options).await,
        Command::Bare { url } => bare::serve(&url).await.map(|()| true),
        Command::Catalogue { rows } => {
            let mut out = std::io::stdout().lock();
            catalogue::write(rows, &mut out).and_then(|()| Ok(out.flush()?)).map(|()| true)
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
