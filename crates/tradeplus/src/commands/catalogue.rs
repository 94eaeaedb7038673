//! `tradeplus import listings` and `tradeplus export listings`

use super::search::open;
use crate::cli::ImportListings;
use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::Lang;
use market::Market;
use market::accounts::{model::Member, model::Registration, rules as accounts};
use market::import::{export, rules};
use platform::crypto::Token;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::ExitCode;
use tradeplus::start::{Base, count};

/// The account of a catalogue that names no seller.
const SHOP: &str = "shop@localhost";
/// Bad rows that are printed one by one.
const BAD_SHOWN: usize = 50;

pub async fn import(base: &Base, args: &ImportListings) -> anyhow::Result<ExitCode> {
    let market = base.market()?;
    let seller = seller(base, &market, args.seller.as_deref()).await?;
    let bar = bar(lines_of(&args.file)?)?;
    let folder = args.file.parent().unwrap_or(Path::new("."));
    let import = rules::Import {
        db: &base.db,
        studio: &market.studio,
        objects: &market.objects,
        seller: &seller,
        publish: args.publish,
        picture: &|name| std::fs::read(folder.join(name)),
        currency: base.config.market.currency,
        progress: &|line| bar.set_position(line),
    };
    let report = rules::run(&import, open(&args.file)?).await?;
    bar.finish_and_clear();
    if !base.beside_another {
        while market::search::jobs::follow(&base.db, &market.engine).await? {}
    }
    if args.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!(
            "{} new, {} updated, {} refused",
            report.created,
            report.updated,
            count(report.bad.len(), "row")
        );
        for bad in report.bad.iter().take(BAD_SHOWN) {
            eprintln!("line {}: {}", bad.line, bad.reason);
        }
        if report.bad.len() > BAD_SHOWN {
            eprintln!("… and {} more; --json lists them all", report.bad.len() - BAD_SHOWN);
        }
    }
    Ok(if report.bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub async fn export(base: &Base, seller: Option<&str>) -> anyhow::Result<ExitCode> {
    let mut reader = base.db.read().await?;
    let seller = match seller {
        Some(email) => match accounts::find_by_email(&mut reader, email).await? {
            Some(member) => Some(member.id),
            None => bail!("--seller {email}: nobody has this address"),
        },
        None => None,
    };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    export::run(&mut reader, seller, &mut out).await?;
    std::io::Write::flush(&mut out)?;
    Ok(ExitCode::SUCCESS)
}

async fn seller(base: &Base, market: &Market, email: Option<&str>) -> anyhow::Result<Member> {
    let found = accounts::find_by_email(&mut base.db.read().await?, email.unwrap_or(SHOP)).await?;
    match (found, email) {
        (Some(member), _) => Ok(member),
        (None, Some(email)) => {
            bail!("--seller {email}: nobody has this address; make it with `tradeplus member create`")
        }
        (None, None) => {
            // Nobody knows the password: whoever runs the shop sets one by mail or makes their own account.
            let password = Token::new(base.db.dice());
            let who = Registration::read(SHOP, password.reveal(), "Shop", Lang::EN)
                .map_err(|e| super::member::words(&e))?;
            let hash = market.door.hasher.hash(password.reveal().to_owned()).await?;
            let mut tx = base.db.begin().await?;
            let member = accounts::create_verified(&mut tx, &who, &hash, Some("shop"), &[]).await?;
            tx.commit().await?;
            Ok(member)
        }
    }
}

/// How many lines a file has; `None` for standard input.
fn lines_of(path: &Path) -> anyhow::Result<Option<u64>> {
    if path == Path::new("-") {
        return Ok(None);
    }
    let file = std::fs::File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    let mut lines = 0;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    loop {
        let read = reader.fill_buf()?;
        if read.is_empty() {
            return Ok(Some(lines));
        }
        lines += read.iter().filter(|b| **b == b'\n').count() as u64;
        let length = read.len();
        reader.consume(length);
    }
}

fn bar(lines: Option<u64>) -> anyhow::Result<ProgressBar> {
    let bar = lines.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    bar.set_style(ProgressStyle::with_template("{bar:32} {pos}/{len} rows  {per_sec}  {eta} left")?);
    Ok(bar)
}
