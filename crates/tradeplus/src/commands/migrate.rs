//! `tradeplus migrate`: opening the base has migrated already; this says so, or only looks.

use std::process::ExitCode;
use tradeplus::start::Base;

pub async fn run(base: &Base, check: bool) -> anyhow::Result<ExitCode> {
    if check {
        println!("Nothing is pending.");
    } else {
        println!("The database is at this version.");
    }
    drop(base.db.read().await?);
    Ok(ExitCode::SUCCESS)
}
