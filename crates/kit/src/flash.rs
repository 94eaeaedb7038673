//! What to say on the next page, carried there by a short-lived signed cookie.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::Moment;
use platform::crypto::Signer;
use serde::{Deserialize, Serialize};

/// Seconds after which an unsaid message is forgotten.
pub const LIFE_S: u32 = 300;
/// Characters of a message; the cookie must stay under 4 KiB.
const TEXT_MAX: usize = 500;

/// A message for the next page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Flash {
    pub kind: Kind,
    /// Already said in the reader's language.
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<Undo>,
}

/// How it is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is done.
    Ok,
    Info,
    /// It went wrong.
    Bad,
}

/// A form with one button that takes the action back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Undo {
    /// A path of ours that is posted to.
    pub action: String,
    /// Hidden fields.
    pub fields: Vec<(String, String)>,
}

/// The cookie's content: the message and when it expires (seconds since the epoch).
#[derive(Serialize, Deserialize)]
struct Sealed {
    flash: Flash,
    until: i64,
}

impl Flash {
    pub fn ok(text: impl Into<String>) -> Self {
        Self { kind: Kind::Ok, text: text.into(), undo: None }
    }

    pub fn info(text: impl Into<String>) -> Self {
        Self { kind: Kind::Info, text: text.into(), undo: None }
    }

    pub fn bad(text: impl Into<String>) -> Self {
        Self { kind: Kind::Bad, text: text.into(), undo: None }
    }

    /// Offers to take it back by posting to `action`.
    #[must_use]
    pub fn undoing(mut self, action: impl Into<String>) -> Self {
        self.undo = Some(Undo { action: action.into(), fields: Vec::new() });
        self
    }

    /// A cookie's value that holds the message until it expires.
    pub(crate) fn seal(&self, signer: &Signer, now: Moment) -> String {
        let flash = Self { text: self.text.chars().take(TEXT_MAX).collect(), ..self.clone() };
        let until = now.unix_timestamp() + i64::from(LIFE_S);
        let json = serde_json::to_vec(&Sealed { flash, until }).unwrap_or_default();
        let data = URL_SAFE_NO_PAD.encode(json);
        let proof = signer.sign(data.as_bytes());
        format!("{data}.{proof}")
    }

    /// The message in a cookie's value, if it is ours and not too old.
    pub(crate) fn open(signer: &Signer, value: &str, now: Moment) -> Option<Self> {
        let (data, proof) = value.split_once('.')?;
        if !signer.verify(data.as_bytes(), proof) {
            return None;
        }
        let sealed: Sealed = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(data).ok()?).ok()?;
        (now.unix_timestamp() <= sealed.until).then_some(sealed.flash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::crypto::Key;

    #[test]
    fn says_what_was_meant_once_and_soon() {
        let signer = Signer::new(&Key::from_bytes([1; 32]), "flash");
        let now = kernel::moment::from_micros(1_800_000_000_000_000);
        let flash = Flash::ok("Gelöscht; \"weg\"").undoing("/sell/1/restore");
        let value = flash.seal(&signer, now);
        assert_eq!(Flash::open(&signer, &value, now), Some(flash));
        let late = now + time::Duration::seconds(i64::from(LIFE_S) + 1);
        assert_eq!(Flash::open(&signer, &value, late), None, "too old");
        let other = Signer::new(&Key::from_bytes([2; 32]), "flash");
        assert_eq!(Flash::open(&other, &value, now), None, "not ours");
        assert_eq!(Flash::open(&signer, &value[1..], now), None, "changed");
    }

    #[test]
    fn fits_into_a_cookie() {
        let signer = Signer::new(&Key::from_bytes([1; 32]), "flash");
        let value = Flash::bad("€".repeat(5000)).seal(&signer, Moment::UNIX_EPOCH);
        assert!(value.len() < 3000, "{}", value.len());
    }
}
