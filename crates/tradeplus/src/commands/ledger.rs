//! `tradeplus ledger verify` and `tradeplus ledger show`

use crate::cli::Books;
use anyhow::bail;
use platform::objects::Objects;
use std::process::ExitCode;
use tradeplus::books::{self, Standing, What};
use tradeplus::start::Base;

pub async fn verify(base: &Base, json: bool) -> anyhow::Result<ExitCode> {
    let mut reader = base.db.read().await?;
    let objects = Objects::local(&base.config.data.dir.join("objects"))?;
    let report = market::orders::overview::books(&mut reader, &objects).await?;
    let standing = Standing::read(&mut reader, &objects).await?;
    if json {
        let mut all = serde_json::to_value(&report)?;
        if let (Some(all), Some(more)) = (all.as_object_mut(), standing.json().as_object()) {
            all.extend(more.clone());
        }
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else {
        println!("{report}");
        print!("{standing}");
    }
    Ok(if report.ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub async fn show(base: &Base, what: Books, name: &str, limit: u32, json: bool) -> anyhow::Result<ExitCode> {
    let mut reader = base.db.read().await?;
    let (kind, word) = match what {
        Books::Order => (What::Order, "order"),
        Books::Member => (What::Member, "member"),
        Books::Account => (What::Account, "account"),
    };
    let Some(shown) = books::show(&mut reader, kind, name, i64::from(limit)).await? else {
        bail!("there is no {word} {name}");
    };
    match json {
        true => println!("{}", serde_json::to_string_pretty(&shown.json())?),
        false => print!("{shown}"),
    }
    Ok(ExitCode::SUCCESS)
}
