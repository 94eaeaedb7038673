//! Five thousand people who sign in at the same moment, and what those see meanwhile who only look around.
//!
//! Their addresses have no account, which costs the server the same work. It looks at as many passwords as it has
//! places for and turns the others away at once: what it needs of memory and what it answers to others are the figures.

use crate::client::{Ask, Client};
use crate::proc::memory;
use crate::server::Server;
use anyhow::Context;
use http::StatusCode;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde::Serialize;
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Sign-ins.
const TRIES: u64 = 5_000;
/// Connections that they come by: fewer than the server takes, and fewer where the system allows only some files.
const CONNECTIONS: u64 = 1_500;
const FEW_CONNECTIONS: u64 = 400;
/// Files that the larger number wants.
const FILES: u64 = 8_192;
/// Who looks at the home page meanwhile.
const READERS: usize = 4;
/// Between two looks at the server's memory.
const GLANCE: Duration = Duration::from_millis(20);

/// What came of it.
#[derive(Debug, Serialize)]
pub struct Crowd {
    pub connections: u64,
    /// Passwords that were looked at.
    pub looked_at: u64,
    /// Told to try again later.
    pub turned_away: u64,
    /// Without an answer: the connection was closed.
    pub lost: u64,
    /// Other answers; none is expected.
    pub odd: u64,
    pub seconds: f64,
    /// What each look at the home page took, microseconds, ascending.
    #[serde(skip)]
    pub home_micros: Vec<u32>,
    /// Looks at the home page that were turned away.
    pub home_refused: u64,
    /// Memory of the server, bytes: before, the most there was meanwhile, and after.
    pub resident: [u64; 3],
}

/// Lets this process and those that it starts open as many files as the system allows.
pub fn allow_files() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // Where it cannot be raised there are fewer connections.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
}

#[derive(Default)]
struct Counts {
    next: AtomicU64,
    looked_at: AtomicU64,
    turned_away: AtomicU64,
    lost: AtomicU64,
    odd: AtomicU64,
    home_refused: AtomicU64,
    is_over: AtomicBool,
}

impl Counts {
    fn add(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// Lets them come. Errors: the server is gone.
pub async fn rush(server: &Server) -> anyhow::Result<Crowd> {
    let many = getrlimit(Resource::Nofile).current.is_none_or(|files| files >= FILES);
    let connections = if many { CONNECTIONS } else { FEW_CONNECTIONS };
    let (counts, address) = (Arc::new(Counts::default()), server.address);
    let before = memory(server.pid)?.resident;
    let mut readers = JoinSet::new();
    for _ in 0..READERS {
        readers.spawn(look(address, Arc::clone(&counts)));
    }
    let most = tokio::spawn(most(server.pid, Arc::clone(&counts)));
    let (began, mut crowd) = (Instant::now(), JoinSet::new());
    for _ in 0..connections {
        crowd.spawn(try_on(address, Arc::clone(&counts)));
    }
    while let Some(done) = crowd.join_next().await {
        done.context("a visitor broke down")?;
    }
    let seconds = began.elapsed().as_secs_f64();
    counts.is_over.store(true, Ordering::Relaxed);
    let mut home_micros = Vec::new();
    while let Some(done) = readers.join_next().await {
        home_micros.extend(done.context("a reader broke down")??);
    }
    home_micros.sort_unstable();
    let most = most.await.context("nobody looked at the memory")??.max(before);
    server.settle().await?;
    let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    Ok(Crowd {
        connections,
        looked_at: of(&counts.looked_at),
        turned_away: of(&counts.turned_away),
        lost: of(&counts.lost),
        odd: of(&counts.odd),
        seconds,
        home_micros,
        home_refused: of(&counts.home_refused),
        resident: [before, most, memory(server.pid)?.resident],
    })
}

/// One connection: tries until all have been tried. Each address is another, so that none is slowed down.
async fn try_on(address: SocketAddr, counts: Arc<Counts>) {
    let mut client = None;
    loop {
        let number = counts.next.fetch_add(1, Ordering::Relaxed);
        if number >= TRIES {
            return;
        }
        let who =
            json!({ "email": format!("crowd-{number}@example.org"), "password": "nobody has this one" });
        match ask(&mut client, address, &Ask::post("/api/v1/sessions", "", &who)).await {
            Ok(StatusCode::UNAUTHORIZED) => Counts::add(&counts.looked_at),
            Ok(StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) => {
                Counts::add(&counts.turned_away);
            }
            Ok(_) => Counts::add(&counts.odd),
            Err(_) => Counts::add(&counts.lost),
        }
    }
}

/// Somebody who looks at the home page until all have been tried: how long each look took.
async fn look(address: SocketAddr, counts: Arc<Counts>) -> anyhow::Result<Vec<u32>> {
    let (mut client, mut micros) = (None, Vec::new());
    while !counts.is_over.load(Ordering::Relaxed) {
        let asked = Instant::now();
        match ask(&mut client, address, &Ask::get("/")).await {
            Ok(StatusCode::OK) => {
                micros.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
            }
            Ok(_) | Err(_) => {
                Counts::add(&counts.home_refused);
                sleep(GLANCE).await;
            }
        }
    }
    Ok(micros)
}

async fn ask(client: &mut Option<Client>, address: SocketAddr, ask: &Ask) -> anyhow::Result<StatusCode> {
    let mut open = match client.take() {
        Some(client) => client,
        None => Client::open(address).await?,
    };
    let status = open.send(ask).await?.status;
    *client = Some(open);
    Ok(status)
}

/// The most memory that the server held.
async fn most(pid: u32, counts: Arc<Counts>) -> anyhow::Result<u64> {
    let mut most = 0;
    while !counts.is_over.load(Ordering::Relaxed) {
        most = memory(pid)?.resident.max(most);
        sleep(GLANCE).await;
    }
    Ok(most)
}
