//! `tradeplus migrate`

use platform::config::Config;
use std::process::ExitCode;
use tradeplus::start::Base;

/// Opening the base has migrated already; this says so.
pub async fn run(base: &Base) -> anyhow::Result<ExitCode> {
    drop(base.db.read().await?);
    println!("The database is at this version.");
    Ok(ExitCode::SUCCESS)
}

/// Changes nothing; fails when something is pending, or when what was run is not what this program would run.
pub async fn check(config: &Config) -> anyhow::Result<ExitCode> {
    let difference = Base::difference(config).await?;
    difference.pending.iter().for_each(|name| println!("pending: {name}"));
    difference
        .changed
        .iter()
        .for_each(|number| println!("changed since it was run, or stopped half-way: {number}"));
    difference.unknown.iter().for_each(|number| println!("of a newer version: {number}"));
    if difference.is_usable() {
        println!("Nothing is pending.");
        return Ok(ExitCode::SUCCESS);
    }
    println!("Run `tradeplus migrate`, or start `tradeplus serve`, which does it first.");
    Ok(ExitCode::FAILURE)
}
