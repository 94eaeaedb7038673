//! Calls to machines of others: identity providers, a gateway for SMS, payment providers.
//!
//! Invariants: over TLS, but for this machine while developing; no address in a network of ours unless the settings
//! name it, and the address that was looked at is the one that is connected to; no redirect is followed; an answer
//! has an end, in bytes and in seconds.

mod call;
mod multipart;

pub use call::{Call, Reply};
pub use http::{HeaderMap, Method};
pub use multipart::Field;
pub use url::Url;

use crate::config::Config;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::Request;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Host;

/// Waiting for a connection, and for everything together unless a call has more patience.
const CONNECT_MAX: Duration = Duration::from_secs(2);
const WHOLE_MAX: Duration = Duration::from_secs(4);
/// The most patience that a call may have.
const PATIENCE_MAX: Duration = Duration::from_secs(60);
/// Bytes of an answer, unless a call expects more.
const ANSWER_MAX: usize = 256 * 1024;
/// Addresses of one name that are tried.
const ADDRESSES_MAX: usize = 3;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum OutgoingError {
    #[error("{0} may not be called: it is not https, or its address is in a network of one's own")]
    Forbidden(String),
    #[error("the call cannot be written")]
    Malformed,
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, std::io::Error),
    #[error("{0} did not answer as it should: {1}")]
    Broken(String, Box<dyn std::error::Error + Send + Sync>),
    /// Before anything was sent.
    #[error("{0} took too long")]
    Late(String),
    /// After it was sent: what was asked for may be done.
    #[error("{0} took too long to answer")]
    Unanswered(String),
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
}

impl OutgoingError {
    /// Whether the other side may have heard of it, and done it.
    pub const fn was_sent(&self) -> bool {
        matches!(self, Self::Broken(..) | Self::Unanswered(_))
    }
}

/// How calls are sent: through a socket, or to a program of ours that answers in another's place.
pub trait Wire: Send + Sync + std::fmt::Debug {
    /// Asks once. No transaction may be open meanwhile. An answer with any status is an answer.
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply, OutgoingError>>;
}

impl Wire for Outgoing {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply, OutgoingError>> {
        Box::pin(self.ask(call))
    }
}

/// Makes calls. Cheap to clone.
#[derive(Clone)]
pub struct Outgoing {
    tls: TlsConnector,
    networks: Arc<[IpNet]>,
    development: bool,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Outgoing")
    }
}

impl Outgoing {
    /// # Errors
    /// [`OutgoingError::Tls`].
    pub fn new(config: &Config) -> Result<Self, OutgoingError> {
        Self::believing(config, RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() })
    }

    /// `roots`: whose certificates are believed.
    pub(crate) fn believing(config: &Config, roots: RootCertStore) -> Result<Self, OutgoingError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            tls: TlsConnector::from(Arc::new(tls)),
            networks: config.outgoing.networks.clone().into(),
            development: config.development,
        })
    }

    /// Asks once. No transaction may be open meanwhile.
    ///
    /// # Errors
    /// [`OutgoingError`]. An answer with any status is an answer.
    pub async fn ask(&self, call: Call) -> Result<Reply, OutgoingError> {
        let name = call.url.host_str().unwrap_or_default().to_owned();
        let sent = AtomicBool::new(false);
        match timeout(call.patience, self.ask_in_time(call, &name, &sent)).await {
            Ok(answer) => answer,
            Err(_) if sent.load(Ordering::SeqCst) => Err(OutgoingError::Unanswered(name)),
            Err(_) => Err(OutgoingError::Late(name)),
        }
    }

    async fn ask_in_time(&self, call: Call, name: &str, sent: &AtomicBool) -> Result<Reply, OutgoingError> {
        let forbidden = || OutgoingError::Forbidden(name.to_owned());
        let secure = match call.url.scheme() {
            "https" => true,
            "http" if self.development && is_this_machine(&call.url) => false,
            _ => return Err(forbidden()),
        };
        let server = match call.url.host() {
            Some(Host::Domain(domain)) => ServerName::try_from(domain.to_owned()).ok(),
            _ => None,
        };
        let stream = self.connect(&call.url, name).await?;
        let answer_max = call.answer_max;
        let way = Way { name, answer_max, sent };
        let request = call.request(name)?;
        if !secure {
            return exchange(stream, request, &way).await;
        }
        // Certificates are for names.
        let server = server.ok_or_else(forbidden)?;
        let stream = self.tls.connect(server, stream).await;
        let stream = stream.map_err(|error| OutgoingError::Unreachable(name.to_owned(), error))?;
        exchange(stream, request, &way).await
    }

    async fn connect(&self, url: &Url, name: &str) -> Result<TcpStream, OutgoingError> {
        let unreachable = |error| OutgoingError::Unreachable(name.to_owned(), error);
        let port = url.port_or_known_default().ok_or(OutgoingError::Malformed)?;
        let found: Vec<SocketAddr> = match url.host() {
            Some(Host::Domain(domain)) => lookup_host((domain, port)).await.map_err(unreachable)?.collect(),
            Some(Host::Ipv4(address)) => vec![SocketAddr::from((address, port))],
            Some(Host::Ipv6(address)) => vec![SocketAddr::from((address, port))],
            None => return Err(OutgoingError::Malformed),
        };
        let mut failed = OutgoingError::Forbidden(name.to_owned());
        for address in found.into_iter().filter(|a| self.may_reach(a.ip())).take(ADDRESSES_MAX) {
            failed = match timeout(CONNECT_MAX, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => unreachable(error),
                Err(_) => OutgoingError::Late(name.to_owned()),
            };
        }
        Err(failed)
    }

    fn may_reach(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address)
            || (self.development && address.is_loopback())
            || self.networks.iter().any(|network| network.contains(&address))
    }
}

/// What an exchange is told, and tells.
struct Way<'a> {
    name: &'a str,
    answer_max: usize,
    /// Set before the first byte of the request leaves.
    sent: &'a AtomicBool,
}

/// Sends the request and reads the answer to its end.
async fn exchange<T>(stream: T, request: Request<Full<Bytes>>, way: &Way<'_>) -> Result<Reply, OutgoingError>
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let unreachable =
        |error| OutgoingError::Unreachable(way.name.to_owned(), std::io::Error::other::<hyper::Error>(error));
    let broken = |error: hyper::Error| OutgoingError::Broken(way.name.to_owned(), error.into());
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(unreachable)?;
    // It ends with the sender, also when we give up.
    tokio::spawn(async move {
        let _ended = connection.await;
    });
    way.sent.store(true, Ordering::SeqCst);
    let (head, body) = sender.send_request(request).await.map_err(broken)?.into_parts();
    let body = Limited::new(body, way.answer_max).collect().await;
    let body = body.map_err(|error| OutgoingError::Broken(way.name.to_owned(), error))?.to_bytes();
    Ok(Reply { status: head.status.as_u16(), headers: head.headers, body })
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether an address is one of the public Internet (IANA's registries of special-purpose addresses, RFC 6890).
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || matches!(
            (a, b, c),
            (0, ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18..=19, _)
        )
        || a >= 224;
    !special
}

/// Only 2000::/3 is given out; of it not what stands for other addresses (6to4, Teredo and its neighbours) or for none.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    (0x2000..0x4000).contains(&a)
        && a != 0x2002
        && !(a == 0x2001 && (b < 0x0200 || b == 0x0db8))
        && a != 0x3fff
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outgoing(change: impl FnOnce(&mut Config)) -> Outgoing {
        let mut config = Config { development: false, ..Config::default() };
        change(&mut config);
        Outgoing::new(&config).unwrap()
    }

    #[test]
    fn addresses_of_ones_own_are_not_public() {
        for own in [
            "0.0.0.0",
            "10.1.2.3",
            "127.0.0.1",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:a00:1::1",
        ] {
            let address: IpAddr = own.parse().unwrap();
            assert!(!is_public(address.to_canonical()), "{own}");
        }
        for public in ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn networks_of_ones_own_are_named_in_the_settings() {
        let near: IpAddr = "10.0.0.7".parse().unwrap();
        assert!(!outgoing(|_| {}).may_reach(near));
        assert!(outgoing(|c| c.outgoing.networks = vec!["10.0.0.0/24".parse().unwrap()]).may_reach(near));
        assert!(!outgoing(|_| {}).may_reach([127, 0, 0, 1].into()));
        assert!(outgoing(|c| c.development = true).may_reach([127, 0, 0, 1].into()));
    }

    #[tokio::test]
    async fn what_may_not_be_called_is_not() {
        for (url, development) in [
            ("http://localhost:1/", false),
            ("http://example.org/", true),
            ("https://127.0.0.1:1/", false),
            ("https://169.254.169.254/latest", true),
            ("ftp://example.org/", true),
        ] {
            let asked = outgoing(|c| c.development = development).ask(Call::get(&url.parse().unwrap())).await;
            assert!(matches!(asked, Err(OutgoingError::Forbidden(_))), "{url}: {asked:?}");
        }
    }

    /// Who is asked cannot send us elsewhere: their answer is an answer.
    #[tokio::test]
    async fn no_redirect_is_followed() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let answer = format!("HTTP/1.1 302 Found\r\nlocation: {url}elsewhere\r\ncontent-length: 0\r\n\r\n");
        let calls = Arc::new(std::sync::atomic::AtomicU32::new(0));
        let heard = Arc::clone(&calls);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                heard.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                let mut asked = [0_u8; 1024];
                let _read = tokio::io::AsyncReadExt::read(&mut stream, &mut asked).await.unwrap();
                tokio::io::AsyncWriteExt::write_all(&mut stream, answer.as_bytes()).await.unwrap();
            }
        });
        let reply = outgoing(|c| c.development = true).ask(Call::get(&url)).await.unwrap();
        assert_eq!((reply.status, reply.is_good()), (302, false));
        assert_eq!(calls.load(std::sync::atomic::Ordering::SeqCst), 1);
    }

    /// Whether money may have moved is another matter than whether we were answered.
    #[tokio::test]
    async fn what_was_not_sent_is_told_from_what_was_not_answered() {
        let outgoing = outgoing(|c| c.development = true);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let hung_up = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0_u8; 1024];
            let _read = tokio::io::AsyncReadExt::read(&mut stream, &mut asked).await.unwrap();
        });
        let broken = outgoing.ask(Call::get(&url)).await.unwrap_err();
        hung_up.await.unwrap();
        assert!(broken.was_sent(), "{broken}");
        let closed = outgoing.ask(Call::get(&url)).await.unwrap_err();
        assert!(!closed.was_sent(), "{closed}");

        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: Url = format!("http://{}/", silent.local_addr().unwrap()).parse().unwrap();
        let late = outgoing.ask(Call::get(&url).patience(Duration::from_millis(50))).await.unwrap_err();
        assert!(matches!(late, OutgoingError::Unanswered(_)) && late.was_sent(), "{late}");
    }
}
