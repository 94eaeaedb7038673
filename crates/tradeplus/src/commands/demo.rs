//! `tradeplus demo`

use anyhow::{Context, bail};
use images::Studio;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::Refusal;
use market::demo::rules::{self, Demo, PASSWORD};
use market::{Market, local_registry, registry};
use platform::jobs;
use std::path::Path;
use std::process::ExitCode;
use tradeplus::start::Base;

pub async fn run(base: &Base, drawings: &Path, once: bool) -> anyhow::Result<ExitCode> {
    if base.beside_another {
        bail!("stop `tradeplus serve` first: the demo is made before anybody is there");
    }
    let market = Market { studio: Studio::on_every_core(), ..base.market()? };
    let bar = ProgressBar::new(1);
    bar.set_style(ProgressStyle::with_template(
        "{bar:32} {pos}/{len} members, listings and pictures  {eta} left",
    )?);
    let open = |code: &str| std::fs::read(drawings.join(format!("{code}.webp")));
    let demo = Demo {
        market: &market,
        drawing: &open,
        progress: &|done, total| {
            bar.set_length(total);
            bar.set_position(done);
        },
    };
    let made = match rules::make(&demo).await {
        Ok(made) => made,
        Err(Refusal::Conflict("demo-not-empty")) if once => {
            println!("The demo is there already.");
            return Ok(ExitCode::SUCCESS);
        }
        Err(Refusal::Conflict(_)) => {
            bail!("the demo is there already; start with an empty --data to make it again")
        }
        Err(refusal) => {
            return Err(refusal)
                .with_context(|| format!("the demo needs the drawings in {}", drawings.display()));
        }
    };
    bar.finish_and_clear();
    jobs::drain(&base.db, &local_registry(registry()), &market).await?;
    println!("{} members, {} listings, {} orders.", made.members, made.listings, made.orders);
    println!("Sign in as {} (staff: operator@demo.example), password {PASSWORD}", made.sign_in_as);
    Ok(ExitCode::SUCCESS)
}
