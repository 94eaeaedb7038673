//! With real sockets on the loopback interface.

use super::*;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Server {
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

async fn start(router: Router, limits: Limits) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let task = tokio::spawn(serve(listener, router, limits, stop.clone()));
    Server { address, stop, task }
}

fn router() -> Router {
    Router::new().route("/", get(|| async { "here" }))
}

/// Connects from another address of the loopback network.
async fn connect(server: &Server, from: [u8; 4]) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    socket.connect(server.address).await.unwrap()
}

async fn ask(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut out = String::new();
    stream.read_to_string(&mut out).await.unwrap();
    out
}

/// What is left to read until the other side closes; a reset counts as closed.
async fn closed(stream: &mut TcpStream) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = stream.read_to_end(&mut out).await;
    out
}

#[tokio::test]
async fn silent_connections_do_not_stop_others() {
    let limits = Limits { connections: 4, waiting: 16, per_address: 1000, ..Limits::default() };
    let server = start(router(), limits).await;
    let mut silent = Vec::new();
    for n in 0..600_u32 {
        let [_, _, high, low] = n.to_be_bytes();
        silent.push(connect(&server, [127, 1, high, low]).await);
    }
    for _ in 0..3 {
        let mut probe = connect(&server, [127, 0, 0, 2]).await;
        assert!(ask(&mut probe).await.ends_with("here"));
    }
    assert!(closed(&mut silent[0]).await.is_empty(), "the oldest was sent away");
}

#[tokio::test]
async fn one_address_cannot_take_it_all() {
    let server = start(router(), Limits { per_address: 3, ..Limits::default() }).await;
    let mut greedy = Vec::new();
    for _ in 0..4 {
        greedy.push(connect(&server, [127, 0, 0, 3]).await);
    }
    assert!(closed(&mut greedy[3]).await.is_empty());
    assert!(ask(&mut connect(&server, [127, 0, 0, 4]).await).await.ends_with("here"));
}

#[tokio::test]
async fn who_says_nothing_or_half_a_word_is_cut_off() {
    let soon = Duration::from_millis(40);
    let server = start(router(), Limits { first_byte: soon, head: soon, ..Limits::default() }).await;
    for begun in [&b""[..], b"P", b"PRI * HTTP/2.0\r\n", b"GET / HTTP/1.1\r\nhost: x\r\n"] {
        let mut stream = connect(&server, [127, 0, 0, 5]).await;
        stream.write_all(begun).await.unwrap();
        assert!(closed(&mut stream).await.is_empty(), "{begun:?}");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_later_than_a_slow_head() {
    let limits =
        Limits { head: Duration::from_millis(20), idle: Duration::from_millis(200), ..Limits::default() };
    let server = start(router(), limits).await;
    let mut stream = connect(&server, [127, 0, 0, 6]).await;
    let started = std::time::Instant::now();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let all = closed(&mut stream).await;
    assert!(String::from_utf8(all).unwrap().ends_with("here"));
    assert!(started.elapsed() >= Duration::from_millis(200), "kept alive between requests");
}

#[tokio::test]
async fn requests_in_flight_finish_when_it_stops() {
    let (arrived, has_arrived) = oneshot::channel::<()>();
    let (go_on, may_go_on) = oneshot::channel::<()>();
    let once = Arc::new(std::sync::Mutex::new(Some((arrived, may_go_on))));
    let slow = get(move || async move {
        let (arrived, may_go_on) = once.lock().unwrap().take().unwrap();
        arrived.send(()).unwrap();
        may_go_on.await.unwrap();
        "finished"
    });
    let server = start(Router::new().route("/", slow), Limits::default()).await;
    let mut stream = connect(&server, [127, 0, 0, 7]).await;
    let asked = tokio::spawn(async move { ask(&mut stream).await });
    has_arrived.await.unwrap();
    server.stop.cancel();
    go_on.send(()).unwrap();
    assert!(asked.await.unwrap().ends_with("finished"));
    server.task.await.unwrap();
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn heads_are_bounded() {
    let server = start(router(), Limits::default()).await;
    let mut stream = connect(&server, [127, 0, 0, 8]).await;
    let head = format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(HEAD_BYTES as usize));
    let _ = stream.write_all(head.as_bytes()).await;
    let answer = String::from_utf8_lossy(&closed(&mut stream).await).into_owned();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[tokio::test]
async fn speaks_http2_and_leaves_its_idle_frames_alone() {
    let limits =
        Limits { head: Duration::from_millis(20), idle: Duration::from_millis(300), ..Limits::default() };
    let server = start(router(), limits).await;
    let mut stream = connect(&server, [127, 0, 0, 10]).await;
    let started = std::time::Instant::now();
    // In two pieces, with an empty SETTINGS frame after the preface (RFC 9113, 3.4 and 6.5).
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\n").await.unwrap();
    stream.write_all(b"SM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut frame = [0; 9];
    stream.read_exact(&mut frame).await.unwrap();
    assert_eq!(frame[3], 4, "SETTINGS of the server");
    closed(&mut stream).await;
    assert!(started.elapsed() >= Duration::from_millis(300), "not taken for a slow head");
}

#[tokio::test]
async fn handlers_learn_who_connected() {
    let who = get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() });
    let server = start(Router::new().route("/", who), Limits::default()).await;
    assert!(ask(&mut connect(&server, [127, 0, 0, 9]).await).await.ends_with("127.0.0.9"));
}

#[test]
fn backs_off_only_when_it_must() {
    let zero = Duration::ZERO;
    assert_eq!(after(&io::ErrorKind::ConnectionAborted.into(), zero), zero);
    let full = io::Error::from_raw_os_error(24);
    let first = after(&full, zero);
    assert!(
        first > zero
            && after(&full, first) > first
            && after(&full, Duration::from_secs(9)) == Duration::from_secs(1)
    );
}

/// A head whose length can be read in two ways is refused, and nothing behind it is taken for a request: a proxy in
/// front of us may have read it the other way (RFC 9112, 6.3).
#[tokio::test]
async fn a_length_has_one_meaning() {
    let server = start(router(), Limits::default()).await;
    for lines in [
        "content-length: 4\r\ncontent-length: 5",
        "content-length: 4, 5",
        "content-length: +4",
        "content-length: -1",
        "content-length: 4x",
        "content-length: 99999999999999999999999",
        "transfer-encoding: chunked, identity",
        "transfer-encoding: xchunked",
        "transfer-encoding : chunked",
        "transfer-encoding\r\n : chunked",
        // One of the two is believed, and the connection ends.
        "content-length: 4\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked\r\ncontent-length: 4",
    ] {
        let mut stream = connect(&server, [127, 0, 0, 11]).await;
        let sent = format!(
            "POST / HTTP/1.1\r\nhost: x\r\n{lines}\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\n\r\n"
        );
        stream.write_all(sent.as_bytes()).await.unwrap();
        let answer = String::from_utf8_lossy(&closed(&mut stream).await).into_owned();
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 40"), "{lines}: {answer}");
        assert!(!answer.contains("here"), "{lines}: {answer}");
    }
}
