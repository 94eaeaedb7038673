//! A whole run: for each size a fresh server with its catalogue, then one line after the other.

use crate::Options;
use crate::alone;
use crate::bare::Bare;
use crate::catalogue;
use crate::client::Ask;
use crate::crowd::{allow_files, rush};
use crate::deals::{Buying, Selling, SigningIn, open_accounts};
use crate::load::{Pace, Reading, Work, measure};
use crate::money;
use crate::pgbench;
use crate::proc::{family_memory, memory};
use crate::questions;
use crate::report::{Books, Import, Kept, Report, Row, Run, Rush, float};
use crate::server::{Server, Site};
use crate::store::{self, Known};
use anyhow::{Context, ensure};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// A password costs some 40 ms of a whole processor by design: more connections would only wait for each other.
const SIGNING_IN: usize = 4;
/// How long a server is left alone before its memory is read.
const REST: Duration = Duration::from_secs(3);

/// Measures everything. Answers whether every answer was the expected one. Errors: something could not be set up.
pub async fn run(mut options: Options) -> anyhow::Result<bool> {
    if options.quick {
        (options.sizes, options.seconds, options.warm_up) = (vec![10_000], 2, 1);
        options.entries = 50_000;
    }
    ensure!(options.program.is_file(), "{} is missing: bin/bench builds it", options.program.display());
    allow_files();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{processors} processors, shared by TradePlus, PostgreSQL and the load generator.");
    println!(
        "{} connections, {} s a line after {} s of warming up.",
        options.connections, options.seconds, options.warm_up
    );
    let (connections, seconds) = (options.connections, options.seconds);
    let mut report = Report { processors, connections, seconds, runs: Vec::new(), books: None };
    for listings in options.sizes.clone() {
        let run = catalogue_of(&options, listings).await?;
        run.print();
        report.runs.push(run);
    }
    let found = books(&options).await?;
    found.print();
    let mut errors: u64 = report.runs.iter().map(Run::errors).sum();
    errors += found.errors();
    report.books = Some(found);
    if let Some(file) = &options.json {
        let mut out = BufWriter::new(File::create(file)?);
        serde_json::to_writer_pretty(&mut out, &report)?;
        out.flush()?;
    }
    if errors > 0 {
        eprintln!("\n{errors} answers were not the expected ones.");
    }
    Ok(errors == 0)
}

/// The figures of one catalogue, on a server of its own.
async fn catalogue_of(options: &Options, listings: usize) -> anyhow::Result<Run> {
    let (site, folder) = prepare(options, &listings.to_string())?;
    let outcome = one(options, listings, &site, &folder).await;
    clean_up(options, &site, &folder, outcome)
}

/// The figures of the books, on a server of its own.
async fn books(options: &Options) -> anyhow::Result<Books> {
    let (site, folder) = prepare(options, "books")?;
    let outcome = money::books(options, &site, &folder).await;
    clean_up(options, &site, &folder, outcome)
}

/// Makes the folder of a server.
fn prepare(options: &Options, name: &str) -> anyhow::Result<(Site, PathBuf)> {
    let base = options.dir.clone().unwrap_or_else(std::env::temp_dir);
    let folder = base.join(format!("tradeplus-bench-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let (program, data, log) = (options.program.clone(), folder.join("data"), folder.join("server.log"));
    Ok((Site { program, data, log }, folder))
}

/// Removes it, unless something went wrong: then its log is wanted.
fn clean_up<T>(
    options: &Options,
    site: &Site,
    folder: &Path,
    outcome: anyhow::Result<T>,
) -> anyhow::Result<T> {
    match outcome {
        Ok(found) if options.keep => {
            println!("\nThe data directory is in {}.", folder.display());
            Ok(found)
        }
        Ok(found) => {
            site.remove()?;
            fs::remove_dir_all(folder)?;
            Ok(found)
        }
        Err(error) => Err(error.context(format!("what there is was left in {}", folder.display()))),
    }
}

async fn one(options: &Options, listings: usize, site: &Site, folder: &Path) -> anyhow::Result<Run> {
    let server = site.start().await?;
    sleep(REST).await;
    let mut memory = vec![kept("just started, empty", &server)?];
    say(&format!("importing {listings} listings"));
    let import = import(site, &server, listings, folder).await?;
    memory.push(kept("after the import", &server)?);
    open_accounts(site, options.connections.max(SIGNING_IN)).await?;
    server.tidy().await?;
    server.stop().await?;
    let server = site.start().await?;
    server.settle().await?;
    sleep(REST).await;
    memory.push(kept("started again, idle", &server)?);
    let known = store::known(&mut server.connect().await?).await?;
    let postgresql = postgresql(&server).await?;
    let bench = Bench { options, server: &server, known: &known };
    let rows = bench.rows(folder).await?;
    say("five thousand sign-ins at once");
    let crowd = Rush::new(rush(&server).await?);
    sleep(REST).await;
    memory.push(kept("after all of it, idle", &server)?);
    server.stop().await?;
    Ok(Run { listings, postgresql, import, rows, crowd, memory })
}

async fn import(site: &Site, server: &Server, listings: usize, folder: &Path) -> anyhow::Result<Import> {
    let path = folder.join("catalogue.ndjson");
    let mut file = BufWriter::new(File::create(&path)?);
    catalogue::write(listings, &mut file)?;
    file.flush()?;
    let (began, name) = (Instant::now(), path.to_str().context("the folder's name is no text")?);
    site.do_it(&["import", "listings", name, "--publish"]).await?;
    let took = began.elapsed().as_secs_f64();
    let ended = Instant::now();
    server.settle().await?;
    Ok(Import {
        seconds: took,
        rows_per_second: float(u64::try_from(listings)?) / took,
        indexed_after_seconds: ended.elapsed().as_secs_f64(),
    })
}

async fn postgresql(server: &Server) -> anyhow::Result<String> {
    let mut reader = server.connect().await?;
    Ok(store::version(&mut reader).await?)
}

fn kept(when: &'static str, server: &Server) -> anyhow::Result<Kept> {
    Ok(Kept { when, server: memory(server.pid)?, postgres: family_memory(server.postgres) })
}

fn say(what: &str) {
    eprintln!("… {what}");
}

/// A server that stands ready.
struct Bench<'a> {
    options: &'a Options,
    server: &'a Server,
    known: &'a [Known],
}

impl Bench<'_> {
    const fn pace(&self) -> Pace {
        let Options { warm_up, seconds, .. } = *self.options;
        Pace { warm_up: Duration::from_secs(warm_up), length: Duration::from_secs(seconds) }
    }

    async fn rows(&self, folder: &Path) -> anyhow::Result<Vec<Row>> {
        let mut rows = vec![self.bare().await?];
        let bare = rows.first().map(|row| row.per_second);
        rows.extend(self.pgbench(folder, bare).await?);
        let pages = questions::listing_pages(self.known);
        rows.push(self.read("listing page", &pages, false, bare).await?);
        rows.push(self.read("listing page, compressed", &pages, true, bare).await?);
        rows.push(self.read("browse page", &questions::browsing()?, false, bare).await?);
        rows.push(self.read("search page", &questions::searches(), false, bare).await?);
        rows.push(self.read("search page, compressed", &questions::searches(), true, bare).await?);
        rows.push(self.read("listing JSON", &questions::listing_json(self.known), false, bare).await?);
        rows.push(self.read("suggestions", &questions::suggestions(), false, bare).await?);
        let (at, connections) = (self.server.address, self.options.connections);
        rows.push(self.row("sign-in", SigningIn::many(at, SIGNING_IN).await?, bare).await?);
        rows.push(
            self.row("create and publish a listing", Selling::many(at, connections).await?, bare).await?,
        );
        let shelf = self.known.iter().filter(|it| it.is_bulk()).map(|it| it.id).collect();
        rows.push(
            self.row("place and pay an order", Buying::many(at, connections, shelf).await?, bare).await?,
        );
        Ok(rows)
    }

    async fn read(
        &self,
        what: &'static str,
        paths: &[String],
        compressed: bool,
        bare: Option<f64>,
    ) -> anyhow::Result<Row> {
        let asks = paths.iter().map(|path| Ask { compressed, ..Ask::get(path) }).collect();
        let works = Reading::many(self.server.address, asks, self.options.connections).await?;
        self.row(what, works, bare).await
    }

    async fn row<W: Work>(
        &self,
        what: &'static str,
        works: Vec<W>,
        bare: Option<f64>,
    ) -> anyhow::Result<Row> {
        say(what);
        let connections = works.len();
        let measured = measure(self.server, self.server.pid, works, self.pace()).await?;
        Ok(Row::new(what, connections, measured, bare))
    }

    async fn bare(&self) -> anyhow::Result<Row> {
        let what = "bare axum handler, one row";
        say(what);
        let bare = Bare::start(&self.server.cluster()?.app_url()).await?;
        let asks = questions::bare(self.known).iter().map(|path| Ask::get(path)).collect();
        let works = Reading::many(bare.address, asks, self.options.connections).await?;
        let measured = measure(self.server, bare.pid, works, self.pace()).await?;
        Ok(Row::new(what, self.options.connections, measured, None))
    }

    async fn pgbench(&self, folder: &Path, bare: Option<f64>) -> anyhow::Result<Option<Row>> {
        let Options { connections, seconds, .. } = *self.options;
        say("pgbench");
        let scripts = pgbench::reading(self.known)?;
        let load = alone::Load { connections, seconds, folder };
        let row = alone::line(self.server, "pgbench, the same row", &scripts, load, bare).await?;
        if row.is_none() {
            println!("This PostgreSQL came without pgbench, so its line is missing.");
        }
        Ok(row)
    }
}
