//! `tradeplus documents check`

use market::documents::{Press, check as documents};
use platform::objects::Objects;
use std::process::ExitCode;
use tradeplus::start::Base;

pub async fn check(base: &Base, json: bool) -> anyhow::Result<ExitCode> {
    let objects = Objects::local(&base.config.data.dir.join("objects"))?;
    let press = Press::load(base.config.documents.fonts.as_deref())?;
    let report = documents::check(&base.db, &objects, &press).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{report}");
    }
    Ok(if report.ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
