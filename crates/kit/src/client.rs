//! Where a request came from, and what it is called in logs.

use axum::extract::ConnectInfo;
use http::{Extensions, HeaderMap};
use ipnet::IpNet;
use kernel::Dice;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The facts about a request that every layer wants. Put into its extensions by the outermost layer.
#[derive(Clone, Debug)]
pub struct Asked {
    /// In logs, problem documents, error pages and the answer's `X-Request-Id`.
    pub id: String,
    /// The client itself, not the proxies in front of us.
    pub address: IpAddr,
}

impl Asked {
    /// Reads a request: a well-formed `X-Request-Id` is kept, otherwise one is made.
    pub fn read(headers: &HeaderMap, extensions: &Extensions, proxies: &Proxies, dice: &Dice) -> Self {
        let given = headers.get("x-request-id").and_then(|v| v.to_str().ok()).filter(|id| well_formed(id));
        let id = given.map_or_else(|| format!("req_{}", hex::encode(dice.bytes::<10>())), str::to_owned);
        let peer = extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical());
        Self { id, address: proxies.client(peer, headers) }
    }

    /// What limits are counted by: an IPv4 address, or the /64 network that one IPv6 customer gets.
    pub fn network(&self) -> String {
        network_of(self.address)
    }
}

/// 8 to 64 letters, digits, dashes, dots and underscores.
fn well_formed(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// An IPv4 address, or an IPv6 address cut to /64.
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// The proxies whose `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    pub const fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|n| n.contains(&address))
    }

    /// The first address from the right that is not one of our proxies. What stands left of it was written by
    /// the client and may be a lie.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.trust(peer) {
            return peer;
        }
        let lines: Vec<&str> =
            headers.get_all("x-forwarded-for").into_iter().filter_map(|v| v.to_str().ok()).collect();
        let mut client = peer;
        for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
            client = address.to_canonical();
            if !self.trust(client) {
                break;
            }
        }
        client
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(forwarded: &'static str) -> HeaderMap {
        HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), HeaderValue::from_static(forwarded))])
    }

    #[test]
    fn only_proxies_may_name_another_address() {
        let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]);
        let client =
            |peer: &str, forwarded| proxies.client(peer.parse().unwrap(), &headers(forwarded)).to_string();
        assert_eq!(client("203.0.113.9", "1.2.3.4"), "203.0.113.9");
        assert_eq!(client("10.1.2.3", "1.2.3.4"), "1.2.3.4");
        assert_eq!(client("10.1.2.3", "6.6.6.6, 1.2.3.4, 10.9.9.9"), "1.2.3.4", "the left part may be a lie");
        assert_eq!(client("::1", "nonsense"), "::1");
        assert_eq!(
            Proxies::default().client("10.1.2.3".parse().unwrap(), &headers("1.2.3.4")).to_string(),
            "10.1.2.3"
        );
    }

    #[test]
    fn limits_count_customers() {
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6".parse().unwrap()), "2001:db8:1:2::/64");
        assert_eq!(network_of("::ffff:192.0.2.1".parse().unwrap()), "192.0.2.1");
    }

    #[test]
    fn keeps_a_good_request_id_only() {
        let dice = Dice::new(|b| b.fill(0xab));
        let id = |given: &'static str| {
            let headers =
                HeaderMap::from_iter([("x-request-id".parse().unwrap(), HeaderValue::from_static(given))]);
            Asked::read(&headers, &Extensions::new(), &Proxies::default(), &dice).id
        };
        assert_eq!(id("trace-12345"), "trace-12345");
        assert_eq!(id("short"), "req_abababababababababab");
        assert_eq!(id("with space and more"), "req_abababababababababab");
    }
}
