//! `tradeplus search`

use anyhow::Context;
use market::search::{jobs, model::Ask, rules};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use tradeplus::start::Base;

pub async fn query(base: &Base, queries: &Path, limit: usize) -> anyhow::Result<ExitCode> {
    let market = base.market()?;
    if !base.beside_another {
        while jobs::follow(&base.db, &market.engine).await? {}
    }
    let mut out = std::io::stdout().lock();
    for (n, line) in BufReader::new(open(queries)?).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let (id, text) =
            line.split_once('\t').with_context(|| format!("line {}: write id<TAB>text", n + 1))?;
        let found =
            rules::find(&market.engine, Ask { text: text.to_owned(), limit, ..Ask::default() }).await?;
        for (rank, hit) in found.items.iter().enumerate() {
            let external =
                if hit.external_id.is_empty() { hit.card.id.to_string() } else { hit.external_id.clone() };
            writeln!(out, "{id}\t{}\t{external}\t{}", rank + 1, hit.score)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn rebuild(base: &Base) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        !base.beside_another,
        "a running `tradeplus serve` keeps its own index; stop it first, delete the folder search in the data directory, or wait"
    );
    let market = base.market()?;
    let count = jobs::fill(&base.db, &market.engine).await?;
    println!("{count} listings are in the index.");
    Ok(ExitCode::SUCCESS)
}

/// A file, or standard input for "-".
pub fn open(path: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    let file = std::fs::File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    Ok(Box::new(file))
}
