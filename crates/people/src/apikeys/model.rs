//! What a key is and what it may do.

use ipnet::IpNet;
use kernel::limits::API_KEY_DAYS_MAX;
use kernel::{ApiKeyId, FieldErrors, Moment, Say, Wrong, text};
use std::net::IpAddr;
use time::Duration;

text! {
    /// What its owner calls a key: "Stock of my shop".
    KeyName, 1..=60, line;
}

/// One thing that a key may be allowed. Routes name theirs in the route table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scope {
    ProfileRead,
    ListingsRead,
    ListingsWrite,
    OrdersRead,
    OrdersWrite,
    CartWrite,
    PaymentsWrite,
    DocumentsRead,
    PayoutsRead,
}

impl Scope {
    pub const ALL: [Self; 9] = [
        Self::ProfileRead,
        Self::ListingsRead,
        Self::ListingsWrite,
        Self::OrdersRead,
        Self::OrdersWrite,
        Self::CartWrite,
        Self::PaymentsWrite,
        Self::DocumentsRead,
        Self::PayoutsRead,
    ];

    /// As programs and the database write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProfileRead => "profile:read",
            Self::ListingsRead => "listings:read",
            Self::ListingsWrite => "listings:write",
            Self::OrdersRead => "orders:read",
            Self::OrdersWrite => "orders:write",
            Self::CartWrite => "cart:write",
            Self::PaymentsWrite => "payments:write",
            Self::DocumentsRead => "documents:read",
            Self::PayoutsRead => "payouts:read",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    /// In plain words: "See your listings".
    pub fn title(self, say: &Say) -> String {
        match self {
            Self::ProfileRead => say.scope_profile_read(),
            Self::ListingsRead => say.scope_listings_read(),
            Self::ListingsWrite => say.scope_listings_write(),
            Self::OrdersRead => say.scope_orders_read(),
            Self::OrdersWrite => say.scope_orders_write(),
            Self::CartWrite => say.scope_cart_write(),
            Self::PaymentsWrite => say.scope_payments_write(),
            Self::DocumentsRead => say.scope_documents_read(),
            Self::PayoutsRead => say.scope_payouts_read(),
        }
    }
}

/// The networks that a key may be used from; none named is anywhere.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// So many are named at most.
    pub const MAX: usize = 20;

    /// Reads addresses ("192.0.2.7") and networks ("192.0.2.0/24"), parted by commas, spaces or lines. Errors: one of
    /// them is neither, or there are too many.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let parts = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|p| !p.is_empty());
        let mut all: Vec<IpNet> = Vec::new();
        for part in parts {
            let network = network(part).ok_or(Wrong::Because("wrong-network"))?;
            if !all.contains(&network) {
                all.push(network);
            }
        }
        if all.len() > Self::MAX { Err(Wrong::Because("wrong-networks-many")) } else { Ok(Self(all)) }
    }

    /// Whether a request may come from this address.
    pub fn allow(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.is_empty() || self.0.iter().any(|network| network.contains(&address))
    }

    /// One from which no request comes (RFC 5737).
    pub(super) fn nowhere() -> Self {
        Self(vec![IpNet::from(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 0)))])
    }

    pub fn is_anywhere(&self) -> bool {
        self.0.is_empty()
    }

    /// In CIDR notation (RFC 4632, RFC 4291).
    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }
}

fn network(text: &str) -> Option<IpNet> {
    match text.parse::<IpAddr>() {
        Ok(address) => Some(IpNet::from(address.to_canonical())),
        Err(_) => text.parse::<IpNet>().ok().map(|network| network.trunc()),
    }
}

/// Days that a key lives when nothing is said.
pub const DAYS: i64 = 90;
/// Requests a minute that an owner can bound a key to.
pub const PER_MINUTE_MAX: i64 = 6_000;
/// Hours that a key and the one in its place may both be good.
pub const OVERLAP_HOURS_MAX: i64 = 30 * 24;
/// The same when nothing is said.
pub const OVERLAP_HOURS: i64 = 24;

/// What somebody wants a new key to be, as it was typed or sent.
#[derive(Debug)]
pub struct Asked<'a> {
    pub name: &'a str,
    pub scopes: Vec<&'a str>,
    pub expires_in_days: Result<Option<i64>, Wrong>,
    pub networks: &'a str,
    pub per_minute: Result<Option<i64>, Wrong>,
}

/// What a new key shall be.
#[derive(Clone, Debug)]
pub struct New {
    pub name: KeyName,
    pub scopes: Vec<Scope>,
    pub networks: Networks,
    pub per_minute: Option<u32>,
    pub life: Duration,
}

impl New {
    /// Reads all of it and tells of all mistakes at once. Errors: the fields `name`, `scopes`, `expires_in_days`,
    /// `networks`, `per_minute`.
    pub fn read(asked: Asked<'_>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let name = errors.take("name", KeyName::read(asked.name));
        let scopes = errors.take("scopes", scopes(&asked.scopes));
        let days = asked.expires_in_days.and_then(|days| within(days.unwrap_or(DAYS), API_KEY_DAYS_MAX));
        let days = errors.take("expires_in_days", days);
        let networks = errors.take("networks", Networks::read(asked.networks));
        let per_minute = asked.per_minute.and_then(|n| n.map(|n| within(n, PER_MINUTE_MAX)).transpose());
        let per_minute = errors.take("per_minute", per_minute);
        match (name, scopes, days, networks, per_minute) {
            (Some(name), Some(scopes), Some(days), Some(networks), Some(per_minute)) => Ok(Self {
                name,
                scopes,
                networks,
                per_minute: per_minute.and_then(|n| u32::try_from(n).ok()),
                life: Duration::days(days),
            }),
            _ => Err(errors),
        }
    }
}

/// Each once, in the order of the list. Errors: none, or one that there is not.
fn scopes(names: &[&str]) -> Result<Vec<Scope>, Wrong> {
    let mut found = Vec::new();
    for name in names {
        found.push(Scope::find(name).ok_or(Wrong::NotAChoice)?);
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { Err(Wrong::Because("wrong-scopes-none")) } else { Ok(found) }
}

fn within(n: i64, max: i64) -> Result<i64, Wrong> {
    match n {
        ..1 => Err(Wrong::TooSmall { min: 1 }),
        n if n > max => Err(Wrong::TooBig { max }),
        n => Ok(n),
    }
}

/// How long a key is good beside the one that takes its place. Errors: less than none, or more than 30 days.
pub fn overlap(hours: i64) -> Result<Duration, Wrong> {
    match hours {
        ..0 => Err(Wrong::TooSmall { min: 0 }),
        n if n > OVERLAP_HOURS_MAX => Err(Wrong::TooBig { max: OVERLAP_HOURS_MAX }),
        n => Ok(Duration::hours(n)),
    }
}

/// Why a key was ended before its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Because {
    /// Its owner said so.
    Owner,
    /// Somebody has found it and said so.
    Leaked,
    /// It was made while somebody else may have been in the account.
    Restored,
}

impl Because {
    const ALL: [Self; 3] = [Self::Owner, Self::Leaked, Self::Restored];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Leaked => "leaked",
            Self::Restored => "restored",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|b| b.name() == name)
    }
}

/// A key as its owner sees it.
#[derive(Clone, Debug)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    /// Its first and last letters.
    pub hint: String,
    pub scopes: Vec<Scope>,
    pub networks: Networks,
    pub per_minute: Option<u32>,
    pub created_at: Moment,
    /// When it ends by itself.
    pub expires_at: Moment,
    pub last_used_at: Option<Moment>,
    pub last_used_from: Option<String>,
    /// Another has taken its place.
    pub replaced: bool,
    pub revoked: Option<(Moment, Because)>,
}

impl ApiKey {
    /// Whether it is good at this moment.
    pub fn is_live(&self, now: Moment) -> bool {
        self.revoked.is_none() && self.expires_at > now
    }
}

/// A key that somebody has just shown: what bounds the request.
#[derive(Clone, Debug)]
pub struct Used {
    pub id: ApiKeyId,
    pub scopes: Vec<Scope>,
    pub per_minute: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    fn asked() -> Asked<'static> {
        Asked {
            name: "Stock",
            scopes: vec!["orders:read", "listings:read", "orders:read"],
            expires_in_days: Ok(None),
            networks: "",
            per_minute: Ok(None),
        }
    }

    #[test]
    fn scopes_have_names_and_words() {
        for scope in Scope::ALL {
            assert_eq!(Scope::find(scope.name()), Some(scope));
            for lang in Lang::all() {
                assert!(!scope.title(&Say::new(lang)).contains("scope-"), "{scope:?}");
            }
        }
    }

    #[test]
    fn networks_are_read_as_people_write_them() {
        let networks = Networks::read("192.0.2.7, 198.51.100.77/24\n2001:db8::/32 192.0.2.7").unwrap();
        assert_eq!(networks.texts(), ["192.0.2.7/32", "198.51.100.0/24", "2001:db8::/32"]);
        let allowed = |address: &str| networks.allow(address.parse().unwrap());
        assert!(allowed("192.0.2.7") && allowed("198.51.100.1") && allowed("2001:db8:1::1"));
        assert!(allowed("::ffff:192.0.2.7"), "the same address, written for IPv6");
        assert!(!allowed("192.0.2.8") && !allowed("2001:db9::1"));
        assert!(Networks::read(" ").unwrap().allow("203.0.113.9".parse().unwrap()));
        assert_eq!(Networks::read("office"), Err(Wrong::Because("wrong-network")));
        let many: Vec<String> = (0..=Networks::MAX).map(|n| format!("192.0.2.{n}")).collect();
        assert_eq!(Networks::read(&many.join(" ")), Err(Wrong::Because("wrong-networks-many")));
    }

    #[test]
    fn a_new_key_is_small_and_short_lived_unless_asked_otherwise() {
        let new = New::read(asked()).unwrap();
        assert_eq!(new.scopes, [Scope::ListingsRead, Scope::OrdersRead]);
        assert_eq!((new.life, new.per_minute), (Duration::days(90), None));
        assert!(new.networks.is_anywhere());
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let errors = New::read(Asked {
            name: " ",
            scopes: vec![],
            expires_in_days: Ok(Some(366)),
            networks: "x",
            per_minute: Err(Wrong::NotANumber),
        })
        .unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "scopes", "expires_in_days", "networks", "per_minute"]);
        let one = New::read(Asked { scopes: vec!["admin"], ..asked() }).unwrap_err();
        assert_eq!(one.of("scopes"), Some(&Wrong::NotAChoice));
        assert_eq!(
            (overlap(-1), overlap(721)),
            (Err(Wrong::TooSmall { min: 0 }), Err(Wrong::TooBig { max: 720 }))
        );
    }
}
