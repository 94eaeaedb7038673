//! What the server writes on its standard error: handed on to our own log, and the last lines kept
//! for the message when it does not start.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tracing::Level;

const KEPT: usize = 20;

/// The last lines of one server.
#[derive(Debug, Clone, Default)]
pub(super) struct Tail(Arc<Mutex<VecDeque<String>>>);

impl Tail {
    /// The kept lines, oldest first.
    pub(super) fn text(&self) -> String {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    fn push(&self, line: &str) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == KEPT {
            lines.pop_front();
        }
        lines.push_back(line.to_owned());
    }
}

/// Reads until the server and all its workers have closed their end.
pub(super) async fn follow(stderr: impl AsyncRead + Unpin, tail: Tail) {
    let mut reader = BufReader::new(stderr);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes).await.is_ok_and(|n| n > 0) {
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim_end();
        tail.push(line);
        match level(line) {
            Level::ERROR => tracing::error!(target: "postgres", "{line}"),
            Level::WARN => tracing::warn!(target: "postgres", "{line}"),
            Level::INFO => tracing::info!(target: "postgres", "{line}"),
            _ => tracing::debug!(target: "postgres", "{line}"),
        }
        bytes.clear();
    }
}

/// How loud a line is for the operator. A statement refused by a constraint is daily work (ERROR,
/// to us debug); a slow one is worth seeing.
pub(super) fn level(line: &str) -> Level {
    let has = |word: &str| line.contains(word);
    if has("PANIC:") {
        Level::ERROR
    } else if has("FATAL:") || has("WARNING:") {
        Level::WARN
    } else if has("LOG:") && has("duration:") {
        Level::INFO
    } else {
        Level::DEBUG
    }
}
