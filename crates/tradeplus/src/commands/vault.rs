//! `tradeplus vault status` and `tradeplus vault rotate`

use indicatif::{ProgressBar, ProgressStyle};
use platform::vault::rotation::{self, Rotation};
use std::process::ExitCode;
use tradeplus::start::{Base, count};

/// Tells which keys there are and what each is needed for.
pub async fn status(base: &Base, json: bool) -> anyhow::Result<ExitCode> {
    let status = rotation::status(&base.db, &base.config.data.dir).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
        return Ok(ExitCode::SUCCESS);
    }
    for key in &status.keys {
        let name = if key.name.is_empty() { "without a name" } else { &key.name };
        let people = count(usize::try_from(key.people).unwrap_or_default(), "key");
        let current = if status.current.as_ref() == Some(&key.name) { ", in use" } else { "" };
        let missing = if key.here { "" } else { ", MISSING in secrets/: put its file back" };
        println!("{name}: wraps {people} of people{current}{missing}");
    }
    if status.rotating {
        println!("A rotation is under way: `tradeplus vault rotate` goes on with it.");
    }
    let whole = status.keys.iter().all(|key| key.here || key.people == 0);
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Replaces the key of the vault, or only makes the next one.
pub async fn rotate(base: &Base, prepare: bool) -> anyhow::Result<ExitCode> {
    let (db, dir) = (&base.db, &base.config.data.dir);
    if prepare {
        let file = rotation::prepare(dir, db)?;
        println!("{} is ready. Copy it to every machine, then run `tradeplus vault rotate`.", file.display());
        return Ok(ExitCode::SUCCESS);
    }
    let mut rotation = Rotation::begin(db, dir).await?;
    let total = rotation.total;
    let bar = ProgressBar::new(total);
    bar.set_style(ProgressStyle::with_template("{bar:32} {pos}/{len} keys  {per_sec}  {eta} left")?);
    loop {
        match rotation.step(db).await? {
            0 => break,
            done => bar.inc(done),
        }
    }
    bar.finish_and_clear();
    let old = rotation.finish(db).await?;
    println!("{} wrapped anew. The vault has a new key: back up secrets/vault.key.", count_of(total));
    println!(
        "Nothing needs {} any more but backups from before now: keep it with them, and delete it here.",
        old.display()
    );
    Ok(ExitCode::SUCCESS)
}

fn count_of(keys: u64) -> String {
    count(usize::try_from(keys).unwrap_or_default(), "key")
}
