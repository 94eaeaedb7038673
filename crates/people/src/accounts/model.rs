//! What an account is, and the types that cannot be wrong.

use kernel::{Lang, MemberId, Moment, SessionId, Wrong, text};

text! {
    /// The name others see.
    DisplayName, 2..=50, line;
    /// A few sentences about oneself.
    Bio, 0..=500, lines;
}

/// What a member of staff may do, gathered in a role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Moderator,
    Support,
    Operator,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Moderator, Self::Support, Self::Operator];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Moderator => "moderator",
            Self::Support => "support",
            Self::Operator => "operator",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }
}

/// A person with an account.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: MemberId,
    pub email: String,
    pub verified: bool,
    pub handle: String,
    pub display_name: String,
    pub bio: String,
    /// Folder of the avatar's renditions in the object store.
    pub avatar: Option<String>,
    pub town: Option<String>,
    pub country: Option<String>,
    pub lang: Lang,
    pub roles: Vec<Role>,
    pub suspended: bool,
    pub created_at: Moment,
}

impl Member {
    pub fn is_staff(&self) -> bool {
        !self.roles.is_empty()
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// A way of proving who one is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Password,
    /// A link that came by mail.
    Link,
    /// A browser that was trusted to need no second factor: proves nothing anew.
    Device,
    /// The code of an authenticator app.
    Totp,
    /// One of the codes kept for the day when the phone is lost.
    Recovery,
    /// A key on one's device, opened by PIN, finger or face: it stands for a password and a second factor.
    Passkey,
}

impl Method {
    pub const ALL: [Self; 6] =
        [Self::Password, Self::Link, Self::Device, Self::Totp, Self::Recovery, Self::Passkey];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Device => "device",
            Self::Totp => "totp",
            Self::Recovery => "recovery",
            Self::Passkey => "passkey",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.name() == name)
    }

    /// Whether it proves more than what one knows or is sent: the second factor.
    pub const fn is_second(self) -> bool {
        matches!(self, Self::Totp | Self::Recovery | Self::Passkey)
    }
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: SessionId,
    pub member: Member,
    /// When who it is was proven last, at sign-in or when something asked for it again.
    pub auth_at: Moment,
    /// How it was proven.
    pub methods: Vec<Method>,
}

impl Session {
    /// Whether a second factor was shown.
    pub fn is_strong(&self) -> bool {
        self.methods.iter().any(|m| m.is_second())
    }
}

/// What happened to the safety of an account.
#[derive(Clone, Debug)]
pub struct SecurityEvent {
    /// The name of its [`Notice`](super::notices::Notice).
    pub kind: String,
    pub at: Moment,
    pub user_agent: String,
    pub address: String,
}

/// A device in the list of sessions.
#[derive(Clone, Debug)]
pub struct Device {
    pub id: SessionId,
    pub user_agent: String,
    pub address: String,
    pub created_at: Moment,
    pub last_seen_at: Moment,
}

/// Where a request came from: kept with the session and the account's own history, never logged.
#[derive(Clone, Debug, Default)]
pub struct Client {
    pub user_agent: String,
    pub address: String,
    /// The token by which this browser is known, if it is.
    pub device: Option<String>,
}

/// An e-mail address: checked for shape, proven by a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address. The local part keeps its case, the domain does not matter in look-ups.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let text = kernel::text::clean(text, false);
        if text.is_empty() {
            return Err(Wrong::Required);
        }
        if text.len() > 254 {
            return Err(Wrong::TooLong { max: 254 });
        }
        let (local, domain) = text.rsplit_once('@').ok_or(Wrong::NotAnEmail)?;
        let plain = |s: &str| {
            !s.is_empty() && !s.contains(|c: char| c.is_whitespace() || "<>()[],;:\\\"@".contains(c))
        };
        let dotted = domain.contains('.') || domain == "localhost";
        let edges = domain.starts_with(['.', '-']) || domain.ends_with(['.', '-']) || domain.contains("..");
        if plain(local) && local.len() <= 64 && plain(domain) && dotted && !edges {
            Ok(Self(text))
        } else {
            Err(Wrong::NotAnEmail)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password that is long enough. Never shown.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Length first (NIST SP 800-63B-4): 10 to 256 characters, all of Unicode, nothing else demanded.
    pub const MIN: usize = 10;
    pub const MAX: usize = 256;

    /// Reads a new password. Errors: too short or too long, in characters.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        use kernel::text::nfc;
        kernel::text::bounded(nfc(text), Self::MIN, Self::MAX).map(Self)
    }

    /// The same, and not one that guessing begins with: no common one, and not made of what is known of its owner.
    /// `known`: their address, their name.
    pub fn choose(text: &str, known: &[&str]) -> Result<Self, Wrong> {
        let password = Self::read(text)?;
        if platform::crypto::common::is_common(password.reveal()) {
            return Err(Wrong::Because("wrong-password-common"));
        }
        match is_made_of(password.reveal(), known) {
            true => Err(Wrong::Because("wrong-password-yours")),
            false => Ok(password),
        }
    }

    /// A password typed to sign in: of any length up to the maximum.
    pub fn typed(text: &str) -> Self {
        Self(kernel::text::nfc(text).chars().take(Self::MAX).collect())
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Whether hardly anything is left of a password without the words that are known of its owner.
fn is_made_of(password: &str, known: &[&str]) -> bool {
    /// Letters and digits that must be left.
    const REST_MIN: usize = 6;
    /// Shorter words are in everything.
    const WORD_MIN: usize = 4;
    let mut rest = password.to_lowercase();
    for word in known.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
        if word.chars().count() >= WORD_MIN {
            rest = rest.replace(&word.to_lowercase(), "");
        }
    }
    rest.chars().filter(|c| c.is_alphanumeric()).count() < REST_MIN && rest.len() < password.len()
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(***)")
    }
}

/// What somebody needs to type to register.
#[derive(Clone, Debug)]
pub struct Registration {
    pub email: Email,
    pub password: Password,
    pub display_name: DisplayName,
    pub lang: Lang,
}

impl Registration {
    /// Reads all fields and tells of all mistakes at once.
    pub fn read(address: &str, password: &str, name: &str, lang: Lang) -> Result<Self, kernel::FieldErrors> {
        let mut errors = kernel::FieldErrors::none();
        let email = errors.take("email", Email::read(address));
        let password = errors.take("password", Password::choose(password, &[address, name]));
        let name = errors.take("display_name", DisplayName::read(name));
        match (email, password, name) {
            (Some(email), Some(password), Some(display_name)) => {
                Ok(Self { email, password, display_name, lang })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["ann@example.org", " a.b+c@x.co ", "josé@exämple.de", "me@localhost"] {
            assert!(Email::read(good).is_ok(), "{good}");
        }
        for bad in
            ["ann", "ann@", "@x.org", "a b@x.org", "a@x..org", "a@-x.org", "a@x", "<a@x.org>", "a@b@x.org"]
        {
            assert_eq!(Email::read(bad), Err(Wrong::NotAnEmail), "{bad}");
        }
    }

    #[test]
    fn what_is_known_of_somebody_is_no_password() {
        let chosen = |text: &str| Password::choose(text, &["ann.miller@example.org", "Ann Miller"]).map(drop);
        for bad in ["AnnMiller78", "ann.miller.12", "miller-miller-1"] {
            assert_eq!(chosen(bad), Err(Wrong::Because("wrong-password-yours")), "{bad}");
        }
        assert_eq!(chosen("sunshine2026"), Err(Wrong::Because("wrong-password-common")));
        assert_eq!(chosen("short"), Err(Wrong::TooShort { min: 10 }));
        for good in ["miller sells bread", "correct horse battery", "anns-garden-gate"] {
            assert_eq!(chosen(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn passwords_hide() {
        let password = Password::read("correct horse").unwrap();
        assert_eq!(format!("{password:?}"), "Password(***)");
        assert!(Password::read("short").is_err());
    }
}
