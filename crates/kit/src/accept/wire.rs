//! A connection that hands back what was read to tell the protocol, and whose pulse can be felt.

use super::Limits;
use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// What an HTTP/2 connection begins with (RFC 9113, 3.4). As long as the words agree with it, more is needed.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

pub(super) struct Wire {
    stream: TcpStream,
    /// Read already, to be read again.
    begun: VecDeque<u8>,
    pulse: Arc<Pulse>,
}

impl Wire {
    /// Reads until it is clear which protocol is spoken. Errors: the other side has gone.
    pub(super) async fn open(mut stream: TcpStream) -> io::Result<Self> {
        let mut begun = Vec::with_capacity(1024);
        while begun.len() < PREFACE.len() && PREFACE.starts_with(&begun) {
            if stream.read_buf(&mut begun).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        let pulse = Pulse::new(begun.starts_with(PREFACE));
        pulse.head_began();
        Ok(Self { stream, begun: begun.into(), pulse: Arc::new(pulse) })
    }

    pub(super) fn pulse(&self) -> Arc<Pulse> {
        self.pulse.clone()
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if !this.begun.is_empty() {
            let (front, _) = this.begun.as_slices();
            let n = front.len().min(buf.remaining());
            buf.put_slice(&front[..n]);
            this.begun.drain(..n);
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            this.pulse.moved();
            this.pulse.head_began();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let n = ready!(Pin::new(&mut self.stream).poll_write(cx, buf))?;
        self.pulse.moved();
        Poll::Ready(Ok(n))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let n = ready!(Pin::new(&mut self.stream).poll_write_vectored(cx, bufs))?;
        self.pulse.moved();
        Poll::Ready(Ok(n))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// When something last moved over a connection, and whether a request has begun and not yet arrived.
pub(super) struct Pulse {
    start: Instant,
    /// Milliseconds after `start`.
    moved_at: AtomicU64,
    /// Milliseconds after `start`, plus one; 0 while no head is being read.
    head_since: AtomicU64,
    busy: AtomicUsize,
    /// HTTP/2 also moves frames that belong to no request; h2 bounds its heads by itself.
    framed: bool,
}

impl Pulse {
    fn new(framed: bool) -> Self {
        Self {
            framed,
            start: Instant::now(),
            moved_at: AtomicU64::new(0),
            head_since: AtomicU64::new(0),
            busy: AtomicUsize::new(0),
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn moved(&self) {
        self.moved_at.store(self.now(), Ordering::Relaxed);
    }

    /// Bytes arrived while no request is worked on: the next head has begun, unless it had before.
    fn head_began(&self) {
        if !self.framed && self.busy.load(Ordering::Relaxed) == 0 {
            let _ = self.head_since.compare_exchange(0, self.now() + 1, Ordering::Relaxed, Ordering::Relaxed);
        }
    }

    /// A request has arrived and is worked on until the guard is dropped.
    pub(super) fn busy(self: &Arc<Self>) -> Busy {
        self.busy.fetch_add(1, Ordering::Relaxed);
        self.head_since.store(0, Ordering::Relaxed);
        Busy(self.clone())
    }

    /// Ends when a head takes too long, or when nothing has moved for too long while no request is worked on.
    pub(super) async fn stopped(&self, limits: &Limits) {
        let tick = (limits.head.min(limits.idle) / 4).max(Duration::from_millis(5));
        loop {
            tokio::time::sleep(tick).await;
            if self.busy.load(Ordering::Relaxed) > 0 {
                continue;
            }
            let since = |at: u64| Duration::from_millis(self.now().saturating_sub(at));
            let head = self.head_since.load(Ordering::Relaxed);
            let slow_head = head > 0 && since(head - 1) > limits.head;
            if slow_head || since(self.moved_at.load(Ordering::Relaxed)) > limits.idle {
                return;
            }
        }
    }
}

pub(super) struct Busy(Arc<Pulse>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}
