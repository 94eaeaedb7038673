//! `tradeplus reconcile`

use anyhow::{Context, bail};
use market::reconciliation::{Report, rules};
use std::process::ExitCode;
use tradeplus::start::Base;

/// Compares with every provider that is set up, or with the only one that is named.
pub async fn run(base: &Base, only: Option<&str>, json: bool) -> anyhow::Result<ExitCode> {
    let market = base.market()?;
    let is_wanted = |name: &&str| only.is_none_or(|only| only == *name);
    let names: Vec<&str> = market.providers.all().map(|provider| provider.name()).filter(is_wanted).collect();
    if names.is_empty() {
        bail!("there is no such provider; see [payments] in the settings");
    }
    let mut reports = Vec::new();
    for name in names {
        let provider = market.providers.named(name).context("the provider is gone")?;
        let report = rules::run(&base.db, provider, None)
            .await
            .with_context(|| format!("the comparison with {name} broke off"))?;
        if !json {
            println!("{report}");
        }
        reports.push(report);
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&reports)?);
    }
    let is_clean = reports.iter().all(Report::is_clean);
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
