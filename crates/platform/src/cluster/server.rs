//! One run of the server: its settings, its start, whether it is ready, its stop.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

use super::account::Account;
use super::auth::AuthFiles;
use super::find::Binaries;
use super::log::{Tail, follow};
use super::place::parent;
use super::url::PORT;
use super::{ClusterError, Settings, pidfile};

/// Recovery after a crash replays at most a few gibibytes; on a slow disk that takes minutes.
const READY_LIMIT: Duration = Duration::from_secs(180);
const FAST_STOP_LIMIT: Duration = Duration::from_secs(20);
const IMMEDIATE_STOP_LIMIT: Duration = Duration::from_secs(10);

/// Everything a start needs; the same for every restart.
pub(super) struct Server {
    pub account: Account,
    pub binaries: Binaries,
    pub pgdata: PathBuf,
    pub socket_dir: PathBuf,
    pub auth: AuthFiles,
    pub statistics: bool,
    pub settings: Settings,
}

/// A server process that was started and is waited for.
pub(super) struct Running {
    child: Child,
    pid: i32,
    pgdata: PathBuf,
    tail: Tail,
}

impl Server {
    /// Starts the server. To be called on a thread that lives as long as the server shall.
    pub(super) fn spawn(&self) -> Result<Running, ClusterError> {
        let program = self.binaries.dir.join("postgres");
        let mut command = self.account.command(&program, &parent(&self.pgdata));
        command.arg("-D").arg(&self.pgdata);
        for (name, value) in self.options() {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = Command::from(command).spawn().map_err(ClusterError::io("run", &program))?;
        let tail = Tail::default();
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(follow(stderr, tail.clone()));
        }
        let pid = child.id().and_then(|pid| i32::try_from(pid).ok()).unwrap_or(0);
        Ok(Running { child, pid, pgdata: self.pgdata.clone(), tail })
    }

    /// The settings go on the command line, where they win over the files in the cluster: so a new
    /// version of the program brings its own, and nobody turns durability off by accident.
    fn options(&self) -> Vec<(&'static str, String)> {
        let durable = if self.settings.durable { "on" } else { "off" };
        let mut options = vec![
            ("listen_addresses", String::new()),
            ("port", PORT.to_string()),
            ("unix_socket_directories", quoted(&self.socket_dir)),
            ("unix_socket_permissions", "0700".to_owned()),
            ("hba_file", self.auth.hba.display().to_string()),
            ("ident_file", self.auth.ident.display().to_string()),
            ("shared_buffers", format!("{}MB", self.settings.shared_buffers_mb)),
            ("max_connections", self.settings.max_connections.to_string()),
            ("fsync", durable.to_owned()),
            ("synchronous_commit", durable.to_owned()),
            ("full_page_writes", durable.to_owned()),
            ("wal_compression", durable.to_owned()),
        ];
        if self.statistics {
            options.push(("shared_preload_libraries", "pg_stat_statements".to_owned()));
        }
        options.extend(FIXED.map(|(name, value)| (name, value.to_owned())));
        options
    }
}

/// `log_error_verbosity` and the two parameter lengths keep people's data out of the log: the
/// details of an error and the parameters of a statement hold mail addresses.
const FIXED: [(&str, &str); 16] = [
    ("wal_level", "replica"),
    ("archive_mode", "off"),
    ("password_encryption", "scram-sha-256"),
    ("idle_in_transaction_session_timeout", "60s"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("lc_messages", "C"),
    ("cluster_name", "tradeplus"),
    ("logging_collector", "off"),
    ("log_destination", "stderr"),
    ("log_line_prefix", "[%p] "),
    ("log_min_duration_statement", "500"),
    ("log_error_verbosity", "terse"),
    ("log_parameter_max_length", "0"),
    ("log_parameter_max_length_on_error", "0"),
    ("ssl", "off"),
];

impl Running {
    /// Waits until the server answers queries: its own file names our child and says so. Another
    /// server's file, or an old one, names somebody else.
    ///
    /// # Errors
    /// [`ClusterError::Exited`], [`ClusterError::NotReady`].
    pub(super) async fn ready(&mut self) -> Result<(), ClusterError> {
        let began = Instant::now();
        while began.elapsed() < READY_LIMIT {
            if pidfile::read(&self.pgdata).is_some_and(|f| f.pid == self.pid && f.ready) {
                return Ok(());
            }
            if let Ok(status) = timeout(Duration::from_millis(30), self.child.wait()).await {
                return Err(self.exited(status).await);
            }
        }
        let seconds = READY_LIMIT.as_secs();
        Err(ClusterError::NotReady { dir: self.pgdata.clone(), seconds, log: self.tail.text() })
    }

    /// Waits until the server ends, and says how.
    pub(super) async fn end(&mut self) -> ClusterError {
        let status = self.child.wait().await;
        self.exited(status).await
    }

    async fn exited(&self, status: std::io::Result<ExitStatus>) -> ClusterError {
        // Its last words are still on their way through the pipe.
        sleep(Duration::from_millis(100)).await;
        let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        ClusterError::Exited { dir: self.pgdata.clone(), status, log: self.tail.text() }
    }

    /// Fast shutdown, then an immediate one. The fast one can hang for ever: when it arrives while
    /// the server starts over after a killed worker (seen with 15.18 and 18.6).
    ///
    /// # Errors
    /// [`ClusterError::StillRunning`].
    pub(super) async fn halt(mut self) -> Result<(), ClusterError> {
        for (signal, limit) in [(Signal::INT, FAST_STOP_LIMIT), (Signal::QUIT, IMMEDIATE_STOP_LIMIT)] {
            self.signal(signal);
            if timeout(limit, self.child.wait()).await.is_ok() {
                return Ok(());
            }
            tracing::warn!(?signal, seconds = limit.as_secs(), "PostgreSQL has not stopped yet");
        }
        Err(ClusterError::StillRunning { pid: self.pid })
    }

    /// `id` is None once the child was waited for, so a number given out again is never hit.
    fn signal(&self, signal: Signal) {
        let pid = self.child.id().and_then(|pid| Pid::from_raw(i32::try_from(pid).ok()?));
        if let Some(pid) = pid {
            let _ = kill_process(pid, signal);
        }
    }
}

/// A path as one entry of a list setting.
fn quoted(dir: &Path) -> String {
    format!("\"{}\"", dir.display().to_string().replace('"', "\"\""))
}
