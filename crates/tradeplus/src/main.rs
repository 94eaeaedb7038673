//! The binary: the command line and the wiring, nothing else.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on standard output")]

mod cli;
mod commands;

use clap::Parser;
use std::process::ExitCode;

/// Gives back what a peak needed. The C library's keeps most of it, in an arena for each thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit codes: 0 done, 1 failed, 2 wrong usage (clap's own).
fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("tradeplus: TLS could not be set up");
        return ExitCode::FAILURE;
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tradeplus: the program could not start its threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tradeplus: {error:#}");
            ExitCode::FAILURE
        }
    }
}
