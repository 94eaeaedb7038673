//! What an account is, and the types that cannot be wrong.

use crate::permissions::{Permission, Permissions};
use kernel::{Currency, Lang, MemberId, Moment, SessionId, TokenFamilyId, Wrong, text};
use platform::atlas::Place;

pub use super::password::Password;

text! {
    /// The name others see.
    DisplayName, 2..=50, line;
    /// A few sentences about oneself.
    Bio, 0..=500, lines;
}

/// A role that comes with the program. Others are made by who runs the place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Moderator,
    Support,
    Finance,
    /// Holds every permission, also those of later versions.
    Operator,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Moderator, Self::Support, Self::Finance, Self::Operator];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Moderator => "moderator",
            Self::Support => "support",
            Self::Finance => "finance",
            Self::Operator => "operator",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }
}

/// The word in the address of somebody's page: small letters, digits and underscores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle(String);

impl Handle {
    pub const MIN: usize = 2;
    pub const MAX: usize = 30;

    /// Reads what somebody wants to be called; capitals become small. Errors: too short or too long, other
    /// characters, or a word that stands for somebody who has left.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let text = kernel::text::clean(text, false).trim_start_matches('@').to_lowercase();
        let text = kernel::text::bounded(text, Self::MIN, Self::MAX)?;
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        match (text.bytes().all(plain) && !text.starts_with('_'), text.starts_with(GONE)) {
            (false, _) => Err(Wrong::Because("wrong-handle")),
            (true, true) => Err(Wrong::Taken),
            (true, false) => Ok(Self(text)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
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
    /// In which they are shown what things cost, beside the prices' own.
    pub currency: Option<Currency>,
    /// The names of the roles they hold.
    pub roles: Vec<String>,
    /// What those roles gather.
    pub permissions: Permissions,
    /// Now: a suspension that is over does not count.
    pub suspended: bool,
    /// When the account is erased, if its owner asked for that. Until then nobody else sees it.
    pub leaving: Option<Moment>,
    pub created_at: Moment,
}

/// What the handle of somebody begins with who has left, and what their address ends with, which nobody can have
/// (RFC 2606).
pub(super) const GONE: &str = "gone_";
pub(super) const NO_ADDRESS: &str = "@invalid";

impl Member {
    /// Whether this is what stays of somebody who has left, so that others still see with whom they had a deal.
    pub fn is_gone(&self) -> bool {
        self.email.ends_with(NO_ADDRESS)
    }

    pub fn is_staff(&self) -> bool {
        !self.roles.is_empty()
    }

    /// Whether one of their roles gives the permission.
    pub const fn may(&self, what: Permission) -> bool {
        self.permissions.has(what)
    }

    /// Makes them a member like all others, for as long as this value lives.
    pub fn lay_down(&mut self) {
        self.roles.clear();
        self.permissions = Permissions::NONE;
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
    /// A code that came by mail.
    Mail,
    /// A code that came by SMS: the weakest of all.
    Sms,
    /// The word of an identity provider.
    Provider,
}

impl Method {
    pub const ALL: [Self; 9] = [
        Self::Password,
        Self::Link,
        Self::Device,
        Self::Totp,
        Self::Recovery,
        Self::Passkey,
        Self::Mail,
        Self::Sms,
        Self::Provider,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Device => "device",
            Self::Totp => "totp",
            Self::Recovery => "recovery",
            Self::Passkey => "passkey",
            Self::Mail => "email",
            Self::Sms => "sms",
            Self::Provider => "oidc",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.name() == name)
    }

    /// Whether it proves more than what one knows or is sent: a second factor that is good enough for staff.
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
    /// Whom staff looks as in it, now.
    pub looking: Option<Looking>,
}

/// Staff sees the marketplace as somebody else does, for a while.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Looking {
    pub member: MemberId,
    pub until: Moment,
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

/// A program that is signed in, in the same list.
#[derive(Clone, Debug)]
pub struct Program {
    pub id: TokenFamilyId,
    pub user_agent: String,
    pub created_at: Moment,
}

/// Where a request came from: kept with the session and the account's own history, never logged.
#[derive(Clone, Debug, Default)]
pub struct Client {
    pub user_agent: String,
    pub address: String,
    /// The token by which this browser is known, if it is.
    pub device: Option<String>,
    /// Where the address seems to be: for the mail about it, and not kept.
    pub place: Option<Place>,
}

/// An e-mail address: checked for shape, proven by a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Of a path in SMTP without its brackets (RFC 5321, 4.5.3.1.3), in bytes.
    pub const MAX: usize = 254;

    /// Reads an address. The local part keeps its case, the domain does not matter in look-ups.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let text = kernel::text::clean(text, false);
        if text.is_empty() {
            return Err(Wrong::Required);
        }
        if text.len() > Self::MAX {
            return Err(Wrong::TooLong { max: Self::MAX });
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

/// Whoever opens an account, in whatever way.
#[derive(Clone, Debug)]
pub struct Newcomer {
    pub email: Email,
    pub display_name: DisplayName,
    pub lang: Lang,
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
    pub(super) fn newcomer(&self) -> Newcomer {
        let Self { email, display_name, lang, .. } = self.clone();
        Newcomer { email, display_name, lang }
    }

    /// Reads all fields and tells of all mistakes at once.
    pub fn read(address: &str, password: &str, name: &str, lang: Lang) -> Result<Self, kernel::FieldErrors> {
        Self::read_at("", address, password, name, lang)
    }

    /// The same at a marketplace that is called `brand`: no password is made of that.
    pub fn read_at(
        brand: &str,
        address: &str,
        password: &str,
        name: &str,
        lang: Lang,
    ) -> Result<Self, kernel::FieldErrors> {
        let mut errors = kernel::FieldErrors::none();
        let email = errors.take("email", Email::read(address));
        let password = errors.take("password", Password::choose(password, &[address, name, brand]));
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
    fn handles() {
        for (typed, read) in [("Ann_2", "ann_2"), (" @ann ", "ann"), ("42", "42")] {
            assert_eq!(Handle::read(typed).as_ref().map(Handle::as_str), Ok(read));
        }
        for bad in ["ann.b", "än", "_ann", "a b", "ann-b", "ann/b"] {
            assert_eq!(Handle::read(bad), Err(Wrong::Because("wrong-handle")), "{bad}");
        }
        assert_eq!(Handle::read("gone_1a2b3c4d"), Err(Wrong::Taken));
        assert_eq!(Handle::read("a"), Err(Wrong::TooShort { min: 2 }));
        assert_eq!(Handle::read(&"a".repeat(31)), Err(Wrong::TooLong { max: 30 }));
    }
}
