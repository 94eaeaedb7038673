//! What is measured against: axum, a pool and one row by its key. Nothing can answer from this database with less.

use crate::store;
use anyhow::Context;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use sqlx::PgPool;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use uuid::Uuid;

/// Prints where it listens and serves until it is killed.
pub async fn serve(url: &str) -> anyhow::Result<()> {
    let router = Router::new().route("/{id}", get(title)).with_state(store::pool(url)?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

async fn title(State(db): State<PgPool>, Path(id): Path<Uuid>) -> Result<String, StatusCode> {
    match store::title(&db, id).await {
        Ok(Some(title)) => Ok(title),
        Ok(None) => Err(StatusCode::NOT_FOUND),
        Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The bare handler in a process of its own, so that its processor time is its own. Ends when it is dropped.
pub struct Bare {
    pub address: SocketAddr,
    pub pid: u32,
    _child: Child,
}

impl Bare {
    /// Errors: it does not say where it listens.
    pub async fn start(url: &str) -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["bare", "--url", url])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let pid = child.id().context("the bare handler ended at once")?;
        let out = child.stdout.take().context("the bare handler cannot be heard")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).await?;
        let address = line.trim().parse().context("the bare handler did not say where it listens")?;
        Ok(Self { address, pid, _child: child })
    }
}
