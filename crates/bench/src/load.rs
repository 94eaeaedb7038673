//! Keeping connections busy, and counting. Every latency is kept, so that percentiles are exact.
//!
//! A connection asks again as soon as it has its answer (a closed loop): the generator never asks for more than it
//! can take, and what a stalled server would have been asked meanwhile is not counted.

use crate::client::{Ask, Client};
use crate::proc::Processor;
use crate::random::Random;
use crate::server::Server;
use anyhow::Context;
use http::StatusCode;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// What one connection does again and again.
pub trait Work: Send + 'static {
    /// Does it once; answers the bytes of the answers' bodies. Errors: an answer was not the expected one.
    fn once(&mut self) -> impl Future<Output = anyhow::Result<usize>> + Send;
}

/// What many of them did together.
#[derive(Debug, Default)]
pub struct Tally {
    /// What each one took, microseconds; of those that went well.
    pub micros: Vec<u32>,
    pub bytes: u64,
    pub errors: u64,
    pub first_error: Option<String>,
    pub took: Duration,
}

/// What they did, and what it cost the processes that answered.
#[derive(Debug, Default)]
pub struct Measured {
    pub tally: Tally,
    pub server: Duration,
    pub postgres: Duration,
}

/// How long things are done.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub warm_up: Duration,
    pub length: Duration,
}

/// Warms up, then measures. Processor time counts until the jobs and the indexing that the requests left behind
/// are done too. `answering` is the process that answers.
pub async fn measure<W: Work>(
    server: &Server,
    answering: u32,
    works: Vec<W>,
    pace: Pace,
) -> anyhow::Result<Measured> {
    let processor = Processor::new();
    let (works, warm) = drive(works, pace.warm_up).await?;
    server.settle().await?;
    let before = (processor.of(answering), processor.of_family(server.postgres));
    let (_, mut tally) = drive(works, pace.length).await?;
    server.settle().await?;
    let after = (processor.of(answering), processor.of_family(server.postgres));
    tally.errors += warm.errors;
    tally.first_error = warm.first_error.or(tally.first_error);
    Ok(Measured {
        tally,
        server: after.0.saturating_sub(before.0),
        postgres: after.1.saturating_sub(before.1),
    })
}

async fn drive<W: Work>(works: Vec<W>, length: Duration) -> anyhow::Result<(Vec<W>, Tally)> {
    let (began, mut tasks) = (Instant::now(), JoinSet::new());
    for mut work in works {
        tasks.spawn(async move {
            let mut tally = Tally::default();
            while began.elapsed() < length {
                let asked = Instant::now();
                match work.once().await {
                    Ok(bytes) => {
                        tally.micros.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
                        tally.bytes += u64::try_from(bytes).unwrap_or(0);
                    }
                    Err(error) => {
                        tally.errors += 1;
                        tally.first_error.get_or_insert_with(|| format!("{error:#}"));
                        // A server that is gone is not asked a hundred thousand times.
                        sleep(Duration::from_millis(20)).await;
                    }
                }
            }
            (work, tally)
        });
    }
    let (mut works, mut all) = (Vec::new(), Tally::default());
    while let Some(done) = tasks.join_next().await {
        let (work, tally) = done.context("a connection broke down")?;
        works.push(work);
        all.micros.extend(tally.micros);
        all.bytes += tally.bytes;
        all.errors += tally.errors;
        all.first_error = all.first_error.or(tally.first_error);
    }
    all.took = began.elapsed();
    Ok((works, all))
}

/// Reads pages, drawn from many.
pub struct Reading {
    client: Client,
    asks: Arc<Vec<Ask>>,
    random: Random,
}

impl Reading {
    /// One for each connection.
    pub async fn many(address: SocketAddr, asks: Vec<Ask>, connections: usize) -> anyhow::Result<Vec<Self>> {
        let (asks, mut all) = (Arc::new(asks), Vec::new());
        for seed in (1..).take(connections) {
            let (client, random) = (Client::open(address).await?, Random::seeded(seed));
            all.push(Self { client, asks: Arc::clone(&asks), random });
        }
        Ok(all)
    }
}

impl Work for Reading {
    async fn once(&mut self) -> anyhow::Result<usize> {
        let ask = self.asks.get(self.random.below(self.asks.len())).context("there is nothing to ask for")?;
        Ok(self.client.expect(ask, StatusCode::OK).await?.body.len())
    }
}
