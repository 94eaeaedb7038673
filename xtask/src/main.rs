//! `cargo xtask`: what contributors run beside cargo itself.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on standard output")]

mod advisories;
mod files;
mod floors;
mod passwords;
mod sql;
mod tidy;

use anyhow::bail;
use std::process::ExitCode;

const HELP: &str = "cargo xtask COMMAND

  tidy          checks what the compiler does not: floors, order of modules, where SQL stands, lengths
  sql           writes .sqlx, the checked queries, from the migrations
  sql --check   fails when .sqlx is not what the migrations and the queries say
  advisories REPORT TODAY  says which libraries have published faults for too long; see bin/advisories
  passwords FILE…  makes the filter of common passwords from lists; see bin/make-passwords
  where WORD    lists the files of a feature on every floor";

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["tidy"] => {
            let faults = tidy::check()?;
            faults.iter().for_each(|fault| eprintln!("{fault}"));
            if !faults.is_empty() {
                bail!("{} to tidy", faults.len());
            }
            println!("Tidy.");
        }
        ["advisories", report, today] => {
            if !advisories::judge(report, today)? {
                bail!("libraries have to be renewed");
            }
        }
        ["passwords", lists @ ..] if !lists.is_empty() => passwords::write(lists)?,
        ["sql"] => sql::write()?,
        ["sql", "--check"] => sql::check()?,
        ["where", word] => {
            files::tracked()?.iter().filter(|path| path.contains(word)).for_each(|path| println!("{path}"));
        }
        _ => {
            eprintln!("{HELP}");
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}
