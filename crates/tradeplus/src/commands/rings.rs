//! `tradeplus rings`

use super::search::open;
use anyhow::{Context, ensure};
use rings::wantlist::WantList;
use rings::{Effort, check};
use serde_json::json;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// The largest file that is read, bytes.
const FILE_MAX: u64 = 200_000_000;

pub fn solve(file: &Path, longest: u8, as_json: bool) -> anyhow::Result<ExitCode> {
    let mut bytes = Vec::new();
    open(file)?.take(FILE_MAX + 1).read_to_end(&mut bytes)?;
    ensure!(bytes.len() as u64 <= FILE_MAX, "{} has more than {FILE_MAX} bytes", file.display());
    // Names of a list that is older than UTF-8 are still names.
    let list =
        WantList::read(&String::from_utf8_lossy(&bytes)).with_context(|| file.display().to_string())?;
    let solution = rings::solve(&list.market, longest, &Effort::patient());
    check::check(&list.market, &solution.rings, longest).context("the answer is wrong; please report it")?;
    let mut out = std::io::stdout().lock();
    if !as_json {
        out.write_all(list.tell(&solution, longest).as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let rings: Vec<Vec<&str>> = solution.rings.iter().map(|ring| list.names(ring).collect()).collect();
    let answer = json!({
        "items_traded": solution.traded,
        "items_traded_max": solution.traded_max,
        "items": list.market.items_len(),
        "max_length": longest,
        "wants_in_vain": list.in_vain,
        "rings": rings,
    });
    writeln!(out, "{answer}")?;
    Ok(ExitCode::SUCCESS)
}
