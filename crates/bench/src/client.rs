//! One connection that is kept, as a browser or a proxy keeps it: HTTP/1.1, one request after the other.

use anyhow::{Context, bail};
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// A request to send.
#[derive(Clone, Debug)]
pub struct Ask {
    pub method: Method,
    pub path: String,
    /// A bearer token; none when empty.
    pub token: String,
    /// A JSON body; none when empty.
    pub body: Bytes,
    /// Whether a compressed answer is welcome, as browsers say it.
    pub compressed: bool,
}

impl Ask {
    pub fn get(path: &str) -> Self {
        Self {
            method: Method::GET,
            path: path.to_owned(),
            token: String::new(),
            body: Bytes::new(),
            compressed: false,
        }
    }

    pub fn post(path: &str, token: &str, body: &Value) -> Self {
        let body = if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) };
        Self { method: Method::POST, token: token.to_owned(), body, ..Self::get(path) }
    }

    fn request(&self, address: SocketAddr) -> anyhow::Result<Request<Full<Bytes>>> {
        let mut request = Request::builder()
            .method(&self.method)
            .uri(&self.path)
            .header(header::HOST, address.to_string())
            .header(header::USER_AGENT, "tradeplus-bench");
        if self.compressed {
            request = request.header(header::ACCEPT_ENCODING, "gzip, deflate, br");
        }
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        if !self.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        request
            .body(Full::new(self.body.clone()))
            .with_context(|| format!("{} cannot be asked for", self.path))
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub body: Bytes,
}

impl Reply {
    /// The body as JSON. Errors: it is none.
    pub fn json(&self) -> anyhow::Result<Value> {
        serde_json::from_slice(&self.body).context("the answer is no JSON")
    }
}

/// A kept connection.
pub struct Client {
    address: SocketAddr,
    sender: SendRequest<Full<Bytes>>,
}

impl Client {
    /// Connects. Errors: nobody listens there.
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream =
            TcpStream::connect(address).await.with_context(|| format!("nobody answers on {address}"))?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { address, sender })
    }

    /// Sends and reads the whole answer, whatever its status. Connects anew when the connection has been closed
    /// since the last answer.
    pub async fn send(&mut self, ask: &Ask) -> anyhow::Result<Reply> {
        if self.sender.ready().await.is_err() {
            *self = Self::open(self.address).await?;
        }
        let (head, body) = self.sender.send_request(ask.request(self.address)?).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(Reply { status: head.status, body })
    }

    /// Sends and wants one status. Errors: another one came; its body is quoted.
    pub async fn expect(&mut self, ask: &Ask, status: StatusCode) -> anyhow::Result<Reply> {
        let reply = self.send(ask).await?;
        if reply.status != status {
            let body: String = String::from_utf8_lossy(&reply.body).chars().take(300).collect();
            bail!("{} {}: {} instead of {status}: {body}", ask.method, ask.path, reply.status);
        }
        Ok(reply)
    }
}
