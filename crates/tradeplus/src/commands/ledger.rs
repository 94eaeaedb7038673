//! `tradeplus ledger verify`

use ledger::verify::names;
use platform::objects::Objects;
use std::process::ExitCode;
use tradeplus::start::Base;

pub async fn verify(base: &Base, json: bool) -> anyhow::Result<ExitCode> {
    let mut reader = base.db.read().await?;
    let mut report = ledger::verify(&mut reader).await?;
    let objects = Objects::local(&base.config.data.dir.join("objects"))?;
    report.add(names::ANCHOR, ledger::seal::against_anchor(&mut reader, &objects).await?);
    let (_, wrong) = market::orders::verify::check(&mut reader).await?;
    report.add("every order's money is where its state says", wrong);
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{report}");
    }
    Ok(if report.ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
