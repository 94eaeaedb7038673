//! Calls to machines of others: identity providers, a gateway for SMS.
//!
//! Invariants: over TLS, but for this machine while developing; no address in a network of ours unless the settings
//! name it, and the address that was looked at is the one that is connected to; no redirect is followed; an answer
//! has an end, in bytes and in seconds.

use crate::config::Config;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

/// Waiting for a connection, and for everything together.
const CONNECT_MAX: Duration = Duration::from_secs(2);
const WHOLE_MAX: Duration = Duration::from_secs(4);
/// Bytes of an answer.
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
    #[error("{0} took too long")]
    Late(String),
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    url: Url,
    auth: Option<HeaderValue>,
    body: Option<(&'static str, Bytes)>,
}

impl Call {
    pub fn get(url: &Url) -> Self {
        Self { method: Method::GET, url: url.clone(), auth: None, body: None }
    }

    /// `kind` is the media type of the body.
    pub fn post(url: &Url, kind: &'static str, body: String) -> Self {
        Self { method: Method::POST, body: Some((kind, Bytes::from(body))), ..Self::get(url) }
    }

    /// Shows a token (RFC 6750).
    ///
    /// # Errors
    /// [`OutgoingError::Malformed`] when it holds what a header may not hold.
    pub fn bearer(self, token: &str) -> Result<Self, OutgoingError> {
        self.authorised(&format!("Bearer {token}"))
    }

    /// Shows a name and password (RFC 7617). Both were escaped already where that is asked for.
    ///
    /// # Errors
    /// [`OutgoingError::Malformed`].
    pub fn basic(self, name: &str, password: &str) -> Result<Self, OutgoingError> {
        self.authorised(&format!("Basic {}", STANDARD.encode(format!("{name}:{password}"))))
    }

    fn authorised(self, text: &str) -> Result<Self, OutgoingError> {
        let mut value = HeaderValue::from_str(text).map_err(|_| OutgoingError::Malformed)?;
        value.set_sensitive(true);
        Ok(Self { auth: Some(value), ..self })
    }

    fn request(self, host: &str) -> Result<Request<Full<Bytes>>, OutgoingError> {
        let path = match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        };
        let host = match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let mut request = Request::builder()
            .method(self.method)
            .uri(path)
            .header(header::HOST, host)
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, "TradePlus")
            .header(header::CONNECTION, "close");
        if let Some(auth) = self.auth {
            request = request.header(header::AUTHORIZATION, auth);
        }
        let body = match self.body {
            Some((kind, body)) => {
                request = request.header(header::CONTENT_TYPE, kind);
                body
            }
            None => Bytes::new(),
        };
        request.body(Full::new(body)).map_err(|_| OutgoingError::Malformed)
    }
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub body: Bytes,
}

impl Reply {
    pub const fn is_good(&self) -> bool {
        self.status >= 200 && self.status < 300
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
        match timeout(WHOLE_MAX, self.ask_in_time(call, &name)).await {
            Ok(answer) => answer,
            Err(_) => Err(OutgoingError::Late(name)),
        }
    }

    async fn ask_in_time(&self, call: Call, name: &str) -> Result<Reply, OutgoingError> {
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
        let request = call.request(name)?;
        if !secure {
            return exchange(stream, request, name).await;
        }
        // Certificates are for names.
        let server = server.ok_or_else(forbidden)?;
        let stream = self.tls.connect(server, stream).await;
        let stream = stream.map_err(|error| OutgoingError::Unreachable(name.to_owned(), error))?;
        exchange(stream, request, name).await
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

/// Sends the request and reads the answer to its end.
async fn exchange<T>(stream: T, request: Request<Full<Bytes>>, name: &str) -> Result<Reply, OutgoingError>
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broken = |error: hyper::Error| OutgoingError::Broken(name.to_owned(), error.into());
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // It ends with the sender, also when we give up.
    tokio::spawn(async move {
        let _ended = connection.await;
    });
    let (head, body) = sender.send_request(request).await.map_err(broken)?.into_parts();
    let body = Limited::new(body, ANSWER_MAX).collect().await;
    let body = body.map_err(|error| OutgoingError::Broken(name.to_owned(), error))?.to_bytes();
    Ok(Reply { status: head.status.as_u16(), body })
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
}
