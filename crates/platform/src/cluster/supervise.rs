//! The thread that owns the server. Linux ties "tell my child when I die" to the thread that
//! spawned it, not to the process: so one thread spawns, waits, starts again and stops, and it
//! lives until the server is gone. A task of the program's own runtime could move between threads.

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::oneshot::{Receiver, Sender};
use tokio::time::{Instant, sleep};

use super::account::Account;
use super::find::{self, Search};
use super::server::{Running, Server};
use super::{ClusterError, Settings, auth, create, earlier, lock, place};

const BACK_OFF_FIRST: Duration = Duration::from_secs(1);
const BACK_OFF_MAX: Duration = Duration::from_secs(30);
/// A server that ran this long was well: the next failure is a new story.
const WELL_AFTER: Duration = Duration::from_secs(60);
/// How often a first start is tried again for a cause that passes by itself.
const FIRST_TRIES: u32 = 6;

/// What the caller learns when the server is ready.
pub(super) struct Ready {
    pub socket_dir: PathBuf,
    pub statistics: bool,
}

/// Starts the thread. `stop`: a message, or its sender dropped, stops the server. `up` hears once,
/// when the server is ready or cannot be started; `done` when all is over.
pub(super) fn begin(
    settings: Settings,
    stop: Receiver<()>,
    up: Sender<Result<Ready, ClusterError>>,
    done: Sender<Result<(), ClusterError>>,
) -> Result<(), ClusterError> {
    let dir = settings.data_dir.clone();
    let failed = ClusterError::io("start a thread for the database in", &dir);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let thread = std::thread::Builder::new().name("postgres".to_owned());
    let started = runtime.and_then(|runtime| {
        thread.spawn(move || {
            let result = runtime.block_on(supervise(settings, stop, up));
            if let Err(error) = &result {
                tracing::error!("{error}");
            }
            // Nobody listens any more when the cluster was dropped.
            let _ = done.send(result);
        })
    });
    started.map(drop).map_err(failed)
}

async fn supervise(
    settings: Settings,
    mut stop: Receiver<()>,
    up: Sender<Result<Ready, ClusterError>>,
) -> Result<(), ClusterError> {
    let prepared = tokio::select! {
        prepared = prepare(settings) => prepared,
        _ = &mut stop => return Ok(()),
    };
    // The locks are let go when this function ends, which is after the server has.
    let (server, _locks) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            let _ = up.send(Err(error));
            return Ok(());
        }
    };
    let mut up = Some(up);
    let mut tries = 0;
    let mut back_off = BACK_OFF_FIRST;
    loop {
        let began = Instant::now();
        let Outcome::Failed(failure) = run_once(&server, &mut stop, &mut up).await? else {
            return Ok(());
        };
        tries += 1;
        let first = up.is_some();
        if first && (tries >= FIRST_TRIES || !failure.passes_by_itself()) {
            up.take().map(|up| up.send(Err(failure)));
            return Ok(());
        }
        if began.elapsed() >= WELL_AFTER {
            back_off = BACK_OFF_FIRST;
        }
        tracing::error!(seconds = back_off.as_secs(), "{failure}; starting it again");
        tokio::select! {
            () = sleep(back_off) => {}
            _ = &mut stop => return Ok(()),
        }
        back_off = if first { BACK_OFF_FIRST } else { (back_off * 2).min(BACK_OFF_MAX) };
    }
}

enum Outcome {
    Stopped,
    Failed(ClusterError),
}

/// One life of the server, from its start until it is stopped or fails.
///
/// # Errors
/// [`ClusterError::StillRunning`] when it was told to stop and does not.
async fn run_once(
    server: &Server,
    stop: &mut Receiver<()>,
    up: &mut Option<Sender<Result<Ready, ClusterError>>>,
) -> Result<Outcome, ClusterError> {
    let started = tokio::select! {
        started = start(server) => started,
        _ = &mut *stop => return Ok(Outcome::Stopped),
    };
    let mut running = match started {
        Ok(running) => running,
        Err(error) => return Ok(Outcome::Failed(error)),
    };
    let ready = tokio::select! {
        ready = running.ready() => ready,
        _ = &mut *stop => return stopped(running).await,
    };
    if let Err(error) = ready {
        running.halt().await?;
        return Ok(Outcome::Failed(error));
    }
    let version = server.binaries.major;
    tracing::info!(version, cluster = %server.pgdata.display(), "PostgreSQL is ready");
    if let Some(up) = up.take() {
        let socket_dir = server.socket_dir.clone();
        let _ = up.send(Ok(Ready { socket_dir, statistics: server.statistics }));
    }
    tokio::select! {
        ended = running.end() => Ok(Outcome::Failed(ended)),
        _ = stop => stopped(running).await,
    }
}

async fn stopped(running: Running) -> Result<Outcome, ClusterError> {
    running.halt().await?;
    tracing::info!("PostgreSQL stopped");
    Ok(Outcome::Stopped)
}

async fn start(server: &Server) -> Result<Running, ClusterError> {
    earlier::settle(&server.pgdata, &server.socket_dir).await?;
    server.spawn()
}

/// Everything before the first start: lock, user, programs, cluster, folders. The locks come with
/// it: that of the data directory, and that beside the cluster where it lives elsewhere, since two
/// data directories may link to one cluster.
async fn prepare(settings: Settings) -> Result<(Server, Vec<lock::Held>), ClusterError> {
    let data_dir = place::open_data_dir(&settings.data_dir)?;
    let mut locks = vec![lock::take(&data_dir)?];
    let mut pgdata = place::cluster_path(&data_dir)?;
    let existing = place::existing(&pgdata)?;
    let account = Account::choose(existing.map(|e| e.owner))?;
    let search = Search::of_machine(settings.bin_dir.clone(), &data_dir);
    let binaries = find::choose(&search, &account, &pgdata, existing.map(|e| e.major))?;
    if existing.is_none() {
        let program = binaries.dir.join("postgres");
        pgdata = place::reachable(&data_dir, pgdata, &account, &program)?;
    }
    let home = place::parent(&pgdata);
    if home != data_dir {
        locks.push(lock::take(&home)?);
    }
    if existing.is_none() {
        create::create(&binaries, &account, &pgdata, settings.durable).await?;
    }
    let socket_dir = place::socket_dir(&pgdata, &account)?;
    let auth = auth::write(&pgdata, &account)?;
    let statistics = find::has_statement_statistics(&binaries.dir);
    let server = Server { account, binaries, pgdata, socket_dir, auth, statistics, settings };
    Ok((server, locks))
}
