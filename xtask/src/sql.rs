//! The checked queries: `.sqlx` holds what PostgreSQL said of each, so that building needs no database.

use crate::files::root;
use anyhow::{Context, bail, ensure};
use platform::cluster::{Cluster, Settings};
use platform::migrate;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

/// The crates that hold SQL.
const CRATES: &[&str] = &["platform", "ledger", "simulator", "people", "treasury", "market", "bench"];

/// Writes `.sqlx` anew.
pub fn write() -> anyhow::Result<()> {
    let fresh = ask()?;
    let dir = root().join(".sqlx");
    fs::create_dir_all(&dir)?;
    for name in read(&dir)?.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(dir.join(name))?;
    }
    for (name, text) in &fresh {
        fs::write(dir.join(name), text)?;
    }
    println!("{} queries are in .sqlx.", fresh.len());
    Ok(())
}

/// Fails when `.sqlx` is stale.
pub fn check() -> anyhow::Result<()> {
    let (fresh, there) = (ask()?, read(&root().join(".sqlx"))?);
    let differs = |name: &&String| fresh.get(*name) != there.get(*name);
    let stale: Vec<&String> = fresh.keys().chain(there.keys()).filter(differs).collect();
    if !stale.is_empty() {
        bail!("{} queries in .sqlx are stale: run `cargo xtask sql` and commit it ({stale:?})", stale.len());
    }
    println!("All {} queries in .sqlx are as the migrations say.", fresh.len());
    Ok(())
}

/// Compiles the crates against a fresh database with all migrations; answers what was learnt of each query.
fn ask() -> anyhow::Result<BTreeMap<String, String>> {
    let dir = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let settings = Settings {
            data_dir: dir.path().join("data"),
            bin_dir: None,
            max_connections: 20,
            shared_buffers_mb: 32,
            durable: false,
        };
        fs::create_dir_all(&settings.data_dir)?;
        let cluster = Cluster::start(settings).await?;
        migrate::run(&cluster.owner_url(), None).await?;
        let learnt = compile(&cluster.owner_url(), &dir.path().join("sqlx"));
        cluster.stop().await?;
        learnt
    })
}

fn compile(url: &str, out: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    fs::create_dir_all(out)?;
    let mut check = Command::new(env!("CARGO"));
    check.current_dir(root()).arg("check").arg("--quiet");
    for name in CRATES {
        check.args(["--package", name]);
    }
    check.env("DATABASE_URL", url).env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", out);
    // Started by itself and not by cargo, rustup would heed the toolchain files of libraries.
    if let Some(toolchain) = option_env!("RUSTUP_TOOLCHAIN") {
        check.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    // The macros run only when a crate is compiled: a touched root makes it so. Its time is put back, so that
    // nothing else is compiled anew because we asked.
    let roots = CRATES.iter().map(|name| top(name)).collect::<anyhow::Result<Vec<_>>>()?;
    let times = roots.iter().map(|file| file.metadata()?.modified()).collect::<io::Result<Vec<_>>>()?;
    #[allow(clippy::disallowed_methods, reason = "a file's time is the machine's")]
    let now = std::time::SystemTime::now();
    roots.iter().try_for_each(|file| file.set_modified(now))?;
    let done = check.status().context("cargo check could not be started");
    roots.iter().zip(times).try_for_each(|(file, time)| file.set_modified(time))?;
    ensure!(done?.success(), "the queries do not fit the migrations: see the errors above");
    Ok(read(out)?)
}

/// The root file of a crate, open for a change of its time.
fn top(name: &str) -> anyhow::Result<fs::File> {
    let source = root().join("crates").join(name).join("src");
    let top = ["lib.rs", "main.rs"].map(|file| source.join(file)).into_iter().find(|path| path.is_file());
    let top = top.with_context(|| format!("{} has no root", source.display()))?;
    Ok(fs::File::options().append(true).open(top)?)
}

fn read(dir: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("query-") {
            files.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(files)
}
