//! What a provider can do, and how surely it can be asked.

use kernel::Currency;
use time::Duration;

/// How sellers get their money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Each has an account at the provider; money is transferred there and paid out from there.
    Connected,
    /// It is paid out from our own balance.
    Direct,
}

/// Where a buyer types what they pay with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayWay {
    /// Into our own form: test cards only.
    OurForm,
    /// Into a field of the provider's within our page.
    Element,
    /// On a page of the provider's.
    TheirPage,
}

/// How a dispute is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    None,
    /// By these named fields.
    Fields(&'static [&'static str]),
    /// By one file.
    Upload,
}

/// What a provider can do.
#[derive(Clone, Copy, Debug)]
pub struct Caps {
    pub way: Way,
    /// How long the same key means the same call; `None` where there are no keys.
    pub key_lifetime: Option<Duration>,
    /// Whether that holds for refunds too.
    pub refund_keys: bool,
    /// Whether a transfer can be taken back.
    pub reversals: bool,
    pub disputes: Evidence,
    /// Whether it counts taxes.
    pub tax: bool,
    /// The least it takes, minor units.
    pub smallest: fn(Currency) -> i64,
    /// What amounts are multiples of, minor units.
    pub step: fn(Currency) -> i64,
    pub pay: PayWay,
}

/// What a provider answers when it is asked for something by our id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookUp<T> {
    Found(T),
    /// It has none, and will have none unless it is asked to.
    Absent,
    /// None is seen, which may be too early: it may be there.
    Unsure,
}

impl<T> LookUp<T> {
    /// What was found, if anything was.
    pub fn found(self) -> Option<T> {
        match self {
            Self::Found(it) => Some(it),
            Self::Absent | Self::Unsure => None,
        }
    }
}

impl<T> From<Option<T>> for LookUp<T> {
    /// Of a provider that knows surely.
    fn from(found: Option<T>) -> Self {
        found.map_or(Self::Absent, Self::Found)
    }
}
