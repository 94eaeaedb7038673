//! `tradeplus rates import`

use anyhow::{Context, bail};
use kernel::Refusal;
use std::path::Path;
use std::process::ExitCode;
use tradeplus::start::{Base, count};

/// Keeps the rates of a day's file of the European Central Bank. Those that are there already stay.
pub async fn import(base: &Base, file: &Path) -> anyhow::Result<ExitCode> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut tx = base.db.begin().await?;
    let imported = match market::rates::import(&mut tx, &text).await {
        Err(Refusal::Broken(why)) => bail!("{} was not kept: {why}", file.display()),
        other => other?,
    };
    tx.commit().await?;
    println!("{}: {} kept", imported.day, count(imported.kept, "rate"));
    for currency in &imported.far {
        println!("note: {currency} is far from the day before; there is a ticket for it");
    }
    Ok(ExitCode::SUCCESS)
}
