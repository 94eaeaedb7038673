//! Power cuts and killed processes: a database of its own that keeps what it promised, a clock that several processes share,
//! and processes that may end at any moment.

use crate::scratch;
use crate::world::Place;
use kernel::{Clock, Moment, moment};
use platform::cluster::{Cluster, Settings};
use platform::migrate;
use rustix::process::{Pid, Signal, kill_process};
use sqlx::{Connection, PgConnection};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};

/// The role that the program works as.
const APP: &str = "tradeplus_app";
const CONNECTIONS: u32 = 200;
/// How long a start of the database may take, with what it has to recover.
const START: Duration = Duration::from_secs(120);
const GLANCE: Duration = Duration::from_millis(50);
/// How soon somebody who was not let in tries again.
const SOON: Duration = Duration::from_millis(3);

/// A PostgreSQL that writes what it promised, and the folder that everybody at it shares.
#[derive(Debug)]
pub struct Machine {
    cluster: Cluster,
    dir: PathBuf,
}

impl Machine {
    /// Starts an empty one, migrated.
    pub async fn start() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        // The folder is made by the cluster, so that the user whom the database runs as can walk through it.
        let dir = scratch::dir().join(format!("machine-{number}"));
        let settings = Settings {
            data_dir: dir.clone(),
            bin_dir: None,
            max_connections: CONNECTIONS,
            shared_buffers_mb: 64,
            durable: true,
        };
        let cluster = Cluster::start(settings).await.unwrap();
        migrate::run(&cluster.owner_url(), Some(APP)).await.unwrap();
        fs::create_dir_all(dir.join("shared")).unwrap();
        Self { cluster, dir }
    }

    pub fn place(&self) -> Place {
        Place {
            owner_url: self.cluster.owner_url(),
            app_url: self.cluster.app_url(),
            data: self.dir.join("shared"),
        }
    }

    /// What `pg_ctl -m immediate stop` does: nothing is finished, nothing is written that was not. Answers when the next
    /// life of the database has recovered.
    pub async fn cut_power(&self) {
        let before = self.first_process().expect("the database runs");
        kill_process(Pid::from_raw(before).unwrap(), Signal::QUIT).unwrap();
        let began = Instant::now();
        loop {
            tokio::time::sleep(GLANCE).await;
            let is_new = self.first_process().is_some_and(|pid| pid != before);
            if is_new && answers(&self.cluster.owner_url()).await {
                return;
            }
            assert!(began.elapsed() < START, "the database does not come back");
        }
    }

    fn first_process(&self) -> Option<i32> {
        let file = fs::read_to_string(self.dir.join("pg/postmaster.pid")).ok()?;
        file.lines().next()?.trim().parse().ok()
    }

    /// Stops it, as an operator does.
    pub async fn stop(self) {
        self.cluster.stop().await.unwrap();
    }
}

async fn answers(url: &str) -> bool {
    let Ok(mut connection) = PgConnection::connect(url).await else { return false };
    sqlx::query("select 1").execute(&mut connection).await.is_ok()
}

/// A clock that several processes share, and a gate: time passes only while nobody is within, as no clock jumps while somebody
/// waits for an answer.
#[derive(Clone, Debug)]
pub struct Gate {
    folder: PathBuf,
}

/// Whoever has it is within. It is given back also by a process that was killed.
#[derive(Debug)]
pub struct Pass(#[allow(dead_code, reason = "held, for its lock")] File);

impl Gate {
    /// Builds it, and says what time it is.
    pub fn build(folder: &Path, now: Moment) -> Self {
        let gate = Self { folder: folder.to_owned() };
        File::create(gate.file("gate")).unwrap();
        gate.write(now);
        gate
    }

    /// One that stands.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What time it is for everybody.
    pub fn now(&self) -> Moment {
        let text = fs::read_to_string(self.file("now")).unwrap();
        moment::from_micros(text.trim().parse().unwrap())
    }

    fn write(&self, now: Moment) {
        let new = self.file("now.new");
        fs::write(&new, moment::to_micros(now).to_string()).unwrap();
        fs::rename(new, self.file("now")).unwrap();
    }

    /// Waits until it is open, and sets the clock by it.
    pub async fn enter(&self, clock: &Clock) -> Pass {
        loop {
            if !self.file("shut").exists() {
                let file = File::open(self.file("gate")).unwrap();
                if file.try_lock_shared().is_ok() {
                    let late = self.now() - clock.now();
                    if late.is_positive() {
                        clock.advance(late);
                    }
                    return Pass(file);
                }
            }
            tokio::time::sleep(SOON).await;
        }
    }

    /// Waits until nobody is within, and lets time pass.
    pub async fn pass_time(&self, by: time::Duration) {
        File::create(self.file("shut")).unwrap();
        let file = File::open(self.file("gate")).unwrap();
        let began = Instant::now();
        while file.try_lock().is_err() {
            assert!(began.elapsed() < START, "somebody does not come out");
            tokio::time::sleep(SOON).await;
        }
        self.write(self.now() + by);
        fs::remove_file(self.file("shut")).unwrap();
    }
}

/// A process that runs a test of this binary, and may be killed.
#[derive(Debug)]
pub struct Hand {
    child: Child,
    log: PathBuf,
}

impl Hand {
    /// Starts one: `test` is its full name, and is ignored unless it is asked for. What it says goes to `log`.
    pub fn hire(test: &str, log: &Path, settings: &[(&str, String)]) -> Self {
        let out = File::options().create(true).append(true).open(log).unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args([test, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .envs(settings.iter().map(|(name, value)| (*name, value.as_str())))
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Self { child, log: log.to_owned() }
    }

    /// Takes its life, without a word.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Waits until it ends by itself.
    pub async fn ends(&mut self) -> ExitStatus {
        self.child.wait().await.unwrap()
    }

    /// The end of what it said.
    pub fn last_words(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}
