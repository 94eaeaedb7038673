//! `tradeplus reports make`

use anyhow::{Context, bail};
use kernel::{Lang, Refusal, Say};
use market::yearly::making;
use market::yearly::model::{Kind, Terms};
use market::yearly::telling::{self, Office};
use platform::objects::Objects;
use platform::vault::Vault;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::ExitCode;
use tradeplus::start::{Base, count};

/// Makes what is to be told of a year, and writes the files into a folder: for its owner alone, they say who sellers are.
pub async fn make(base: &Base, kind: &str, year: i32, folder: &Path) -> anyhow::Result<ExitCode> {
    let Some(kind) = find(kind) else { bail!("--kind {kind}: write dac7 or 1099k") };
    let dir = &base.config.data.dir;
    let objects = Objects::local(&dir.join("objects"))?;
    let vault = Vault::load(dir, base.db.dice())?;
    let office = Office { db: &base.db, objects: &objects, vault: &vault, terms: Terms::of(&base.config) };
    let made = match making::make(&office, kind, year, None).await {
        Err(Refusal::Conflict(why)) => bail!("{}", Say::new(Lang::EN).by_key(&format!("refused-{why}"))),
        other => other?,
    };
    let mut reader = base.db.read().await?;
    for report in &made {
        let file = telling::open(&mut reader, &office, report).await?;
        let path = folder.join(report.file_name());
        write(&path, &file).with_context(|| format!("{} cannot be written", path.display()))?;
        println!(
            "{}: {}, {}, SHA-256 {}",
            path.display(),
            report.says.name(),
            counted(report.sellers, "seller"),
            report.print()
        );
    }
    match made.first().map_or(0, |report| report.missing) {
        0 => {}
        missing => println!(
            "{} must be reported and have not said who they are; there is a ticket for each",
            counted(missing, "seller")
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// The form is better known by its number alone.
fn find(kind: &str) -> Option<Kind> {
    match kind {
        "1099k" | "1099-k" => Some(Kind::Form1099k),
        other => Kind::find(other),
    }
}

fn counted(n: i32, what: &str) -> String {
    count(usize::try_from(n).unwrap_or_default(), what)
}

fn write(path: &Path, file: &[u8]) -> std::io::Result<()> {
    let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    out.write_all(file)
}
