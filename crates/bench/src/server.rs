//! The program that is measured, run as an operator runs it: its own process, its private database, its default
//! settings. Only the limits for one address are raised, because everything comes from one.

use crate::client::{Ask, Client};
use crate::store;
use anyhow::{Context, bail, ensure};
use http::StatusCode;
use platform::cluster::Cluster;
use sqlx::{Connection, PgConnection};
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};
use tokio::time::sleep;

/// How long a start may take, and how long what requests leave behind.
const START: Duration = Duration::from_secs(120);
const SETTLE: Duration = Duration::from_secs(600);

/// A program and its data directory.
#[derive(Clone, Debug)]
pub struct Site {
    pub program: PathBuf,
    pub data: PathBuf,
    pub log: PathBuf,
}

impl Site {
    /// The program with a command. Settings of our own environment do not reach it.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("TRADEPLUS_") || text.starts_with("DATABASE_") || text.starts_with("REDIS_") {
                command.env_remove(&name);
            }
        }
        command.arg("--data").arg(&self.data).stdin(Stdio::null());
        command
    }

    /// Runs a command to its end. Errors: it fails; what it said is quoted.
    pub async fn do_it(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let done = self.command().args(arguments).output().await?;
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        ensure!(
            done.status.success(),
            "tradeplus {}: {}\n{said}{}",
            arguments.join(" "),
            done.status,
            String::from_utf8_lossy(&done.stderr).lines().take(20).collect::<Vec<_>>().join("\n")
        );
        Ok(said)
    }

    /// Starts serving and waits until it answers. Errors: it does not; its log is quoted.
    pub async fn start(&self) -> anyhow::Result<Server> {
        let address = free_address()?;
        let log = File::options().create(true).append(true).open(&self.log)?;
        let child = self
            .command()
            .args(["serve", "--listen", &address.to_string()])
            .env("TRADEPLUS_SERVER__BASE_URL", format!("http://{address}"))
            .env("TRADEPLUS_LIMITS__MULTIPLIER", "100000")
            .env("TRADEPLUS_PAYOUTS__NEW_SELLER_LIMITS", "false")
            .env("TRADEPLUS_SERVER__MAX_PER_ADDRESS", "2000")
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} cannot be started", self.program.display()))?;
        let pid = child.id().context("the server ended at once")?;
        let mut server = Server { address, pid, postgres: 0, cluster: None, child };
        let began = Instant::now();
        while !server.is_ready().await {
            let ended = server.child.try_wait()?;
            if ended.is_some() || began.elapsed() > START {
                bail!("the server does not answer; the end of its log:\n{}", self.last_words());
            }
            sleep(Duration::from_millis(100)).await;
        }
        server.postgres = first_process(&self.data)?;
        server.cluster = Some(Cluster::join(&self.data)?);
        Ok(server)
    }

    fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines.get(lines.len().saturating_sub(20)..).unwrap_or_default().join("\n")
    }

    /// Deletes the data directory, and the database where it had to be made outside of it.
    pub fn remove(&self) -> anyhow::Result<()> {
        if let Ok(outside) = fs::read_link(self.data.join("pg"))
            && let Some(folder) = outside.parent()
        {
            fs::remove_dir_all(folder)?;
        }
        Ok(fs::remove_dir_all(&self.data)?)
    }
}

/// A port that nobody uses. Somebody may take it before we do; then the start fails and says so.
fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// The first process of the PostgreSQL of a data directory.
fn first_process(data: &Path) -> anyhow::Result<u32> {
    let file = fs::read_to_string(data.join("pg/postmaster.pid")).context("PostgreSQL is not there")?;
    file.lines().next().and_then(|l| l.trim().parse().ok()).context("postmaster.pid cannot be read")
}

/// A server that answers.
pub struct Server {
    pub address: SocketAddr,
    pub pid: u32,
    /// The first process of its PostgreSQL.
    pub postgres: u32,
    cluster: Option<Cluster>,
    child: Child,
}

impl Server {
    async fn is_ready(&self) -> bool {
        let Ok(mut client) = Client::open(self.address).await else { return false };
        client.expect(&Ask::get("/ready"), StatusCode::OK).await.is_ok()
    }

    /// Its database, for what works there.
    pub fn cluster(&self) -> anyhow::Result<&Cluster> {
        self.cluster.as_ref().context("the server has no database")
    }

    /// A connection to its database, as the program's own role.
    pub async fn connect(&self) -> anyhow::Result<PgConnection> {
        Ok(PgConnection::connect(&self.cluster()?.app_url()).await?)
    }

    /// The same as the owner of its tables.
    pub async fn connect_as_owner(&self) -> anyhow::Result<PgConnection> {
        Ok(PgConnection::connect(&self.cluster()?.owner_url()).await?)
    }

    /// Leaves nothing to autovacuum that could begin during a measurement.
    pub async fn tidy(&self) -> anyhow::Result<()> {
        Ok(store::tidy(&mut self.connect_as_owner().await?).await?)
    }

    /// How many listings a search knows.
    async fn documents(&self, client: &mut Client) -> anyhow::Result<i64> {
        let ready = client.expect(&Ask::get("/ready"), StatusCode::OK).await?.json()?;
        ready
            .pointer("/search/documents")
            .and_then(serde_json::Value::as_i64)
            .context("/ready counts no documents")
    }

    /// Waits until no job is due and the search knows every listing. Errors: it takes ten minutes.
    pub async fn settle(&self) -> anyhow::Result<()> {
        let (mut db, mut client) = (self.connect().await?, Client::open(self.address).await?);
        let began = Instant::now();
        loop {
            // Counting the listings costs the database more than most of what is measured: only at the end.
            let due = store::due(&mut db).await?;
            if due == 0 && store::findable(&mut db).await? == self.documents(&mut client).await? {
                return Ok(());
            }
            if began.elapsed() > SETTLE {
                let (wanted, documents) =
                    (store::findable(&mut db).await?, self.documents(&mut client).await?);
                bail!(
                    "after ten minutes {due} jobs wait, and the search knows {documents} of {wanted} listings"
                );
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// Stops it as an operator does, and waits.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let pid = i32::try_from(self.pid).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid {
            rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        }
        let ended = self.child.wait().await?;
        ensure!(ended.success(), "the server ended with {ended}");
        Ok(())
    }
}
