//! Browsers that somebody has signed in with before. They are told from new ones, they may be trusted for a while,
//! and whoever guesses passwords from elsewhere does not slow them down.

use super::store;
use kernel::{MemberId, Moment, Refusal, Say};
use platform::atlas::Place;
use platform::crypto::{Token, token_hash};
use platform::{Reader, Tx};
use time::Duration;

/// How long a browser may be trusted to need no second factor.
pub const TRUST: Duration = Duration::days(30);

/// A browser that somebody signs in with.
#[derive(Debug)]
pub struct Met {
    /// This account was never signed in with it.
    pub is_new: bool,
    /// The account was never signed in with any.
    pub is_first: bool,
    /// The hash that it is known by.
    pub hash: Vec<u8>,
    /// The name it was given because it had none.
    pub fresh: Option<Token>,
}

/// Notes that the member signs in with the browser that shows `token`.
pub async fn meet(tx: &mut Tx, member: MemberId, token: Option<&str>) -> Result<Met, Refusal> {
    let is_first = !store::has_devices(tx, member).await?;
    let fresh = token.is_none().then(|| Token::new(tx.dice()));
    let hash = token.map(token_hash).or_else(|| fresh.as_ref().map(Token::hash)).unwrap_or_default();
    let is_new = store::meet_device(tx, &hash, member).await?;
    Ok(Met { is_new, is_first, hash, fresh })
}

/// Whether the account of this address was signed in with the browser that shows `token`.
pub async fn knows(reader: &mut Reader, email: &str, token: &str) -> Result<bool, Refusal> {
    Ok(store::knows_device(reader, email, &token_hash(token)).await?)
}

/// Whether the browser needs no second factor for this member now.
pub async fn is_trusted(reader: &mut Reader, member: MemberId, token: Option<&str>) -> Result<bool, Refusal> {
    match token {
        Some(token) => Ok(store::is_trusted(reader, member, &token_hash(token)).await?),
        None => Ok(false),
    }
}

/// Whether both were signed in with the same browser since then.
pub async fn share_one(
    reader: &mut Reader,
    (one, other): (MemberId, MemberId),
    since: Moment,
) -> Result<bool, Refusal> {
    Ok(store::share_device(reader, one, other, since).await?)
}

/// Asks this browser for no second factor for a while.
pub async fn trust(tx: &mut Tx, member: MemberId, token: &str) -> Result<(), Refusal> {
    Ok(store::trust_device(tx, member, &token_hash(token), TRUST).await?)
}

/// Trusts no browser of the member any more.
pub async fn trust_none(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::trust_no_device(tx, member).await?)
}

/// "Firefox on Linux", from what the browser says it is.
pub fn name_of(say: &Say, user_agent: &str) -> String {
    // The order matters: most browsers also name those they descend from.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |all: &[(&str, &'static str)]| {
        all.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, n)| *n)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => say.devices_name(browser, system),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => say.devices_unknown(),
    }
}

/// "probably Germany", or "probably near Lyon, France". Nothing for a country that has no name here.
pub fn place_of(say: &Say, place: &Place) -> Option<String> {
    let key = format!("country-{}", place.country.code().to_ascii_lowercase());
    if !Say::knows(&key) {
        return None;
    }
    let country = say.by_key(&key);
    Some(match place.town_in(say.lang().code()) {
        Some(town) => say.place_town(country, town),
        None => say.place_country(country),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;
    use platform::atlas::Country;
    use std::collections::BTreeMap;

    #[test]
    fn places_are_said_as_guesses() {
        let town = [("de", "Köln"), ("en", "Cologne")].map(|(lang, name)| (lang.to_owned(), name.to_owned()));
        let place = |country: &str, town: &[(String, String)]| Place {
            country: Country::read(country).unwrap(),
            town: BTreeMap::from_iter(town.iter().cloned()),
        };
        let (english, german) = (Say::new(Lang::EN), Say::new(Lang::find("de").unwrap()));
        let cologne = place("DE", &town);
        assert_eq!(place_of(&english, &cologne).as_deref(), Some("probably near Cologne, Germany"));
        assert_eq!(place_of(&german, &cologne).as_deref(), Some("vermutlich bei Köln, Deutschland"));
        assert_eq!(place_of(&english, &place("FR", &[])).as_deref(), Some("probably France"));
        assert_eq!(place_of(&german, &place("FR", &[])).as_deref(), Some("vermutlich Frankreich"));
        assert_eq!(place_of(&english, &place("ZZ", &town)), None);
    }

    #[test]
    fn devices_get_names() {
        let name = |agent: &str| name_of(&Say::new(Lang::EN), agent);
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(name(edge), "Edge on Windows");
        assert_eq!(
            name("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"),
            "Firefox on Linux"
        );
        assert_eq!(name("curl/8.5.0"), "curl");
        assert!(!name("").is_empty());
    }
}
