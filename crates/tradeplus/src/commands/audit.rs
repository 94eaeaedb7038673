//! `tradeplus audit verify`

use platform::audit;
use platform::objects::Objects;
use std::process::ExitCode;
use tradeplus::start::{Base, count};

pub async fn verify(base: &Base, json: bool) -> anyhow::Result<ExitCode> {
    let objects = Objects::local(&base.config.data.dir.join("objects"))?;
    // What was committed while nothing was serving.
    while audit::seal_next(&base.db).await? {}
    let report = audit::verify(&base.db, &objects).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{} sealed, {} waiting", count_of(report.sealed, "line"), report.waiting);
        if let Some(anchor) = report.anchor {
            println!("anchored up to line {anchor}");
        }
        if !report.head.is_empty() {
            println!("head {}", report.head);
        }
        for fault in &report.faults {
            println!("WRONG: {fault}");
        }
        if report.faults.is_empty() {
            println!("The chain is whole.");
        }
    }
    Ok(if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn count_of(n: i64, what: &str) -> String {
    count(usize::try_from(n).unwrap_or_default(), what)
}
