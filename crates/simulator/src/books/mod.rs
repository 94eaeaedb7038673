//! What the provider remembers: objects, keys that were used, what it has to do later, what it has to tell. Behind one
//! trait, so that it lives in memory or in the schema `sandbox` of the marketplace's database.
//!
//! A page is a unit of work: everything on it happens when it is committed, nothing when it is dropped.

pub mod memory;
pub mod store;

pub use memory::Memory;
pub use store::Stored;

use futures_util::future::BoxFuture;
use kernel::Moment;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

/// What a page answers.
pub type Booked<'a, T> = BoxFuture<'a, Result<T, BooksError>>;

/// Why the books were not read or written.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    #[error("the books do not answer: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the books hold what cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// Where pages come from.
pub trait Books: Send + Sync {
    /// A new page. In memory there is one at a time.
    fn open(&self) -> Booked<'_, Box<dyn Page>>;
}

/// One thing, as JSON.
#[derive(Clone, Debug)]
pub struct Object {
    /// The word of the protocol for it ("charge").
    pub kind: String,
    pub id: String,
    /// Whose it is: "" is the marketplace's own account, "paystack" its account in the other dialect.
    pub account: String,
    /// What it belongs to.
    pub parent: Option<String>,
    /// By what it is looked for besides.
    pub tag: Option<String>,
    /// What the marketplace calls it.
    pub ours: Option<Uuid>,
    pub body: Value,
    pub created_at: Moment,
    /// Given by the books, in the order of making.
    pub seq: i64,
}

impl Object {
    /// The thing itself.
    ///
    /// # Errors
    /// [`BooksError::Unreadable`].
    pub fn read<T: DeserializeOwned>(self) -> Result<T, BooksError> {
        Ok(serde_json::from_value(self.body)?)
    }
}

/// A thing that the books keep.
pub trait Kept: Serialize + DeserializeOwned + Send + Sync {
    const KIND: &'static str;

    fn id(&self) -> &str;

    fn account(&self) -> &str {
        ""
    }

    fn parent(&self) -> Option<&str> {
        None
    }

    fn tag(&self) -> Option<&str> {
        None
    }

    fn ours(&self) -> Option<Uuid> {
        None
    }
}

/// From where a list goes on.
#[derive(Clone, Copy, Debug)]
pub enum Beyond {
    /// From the newest.
    Newest,
    /// Older than this one.
    Older(i64),
    /// Newer than this one.
    Newer(i64),
}

/// What an account has of a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// In small letters.
    pub currency: String,
    /// Not to be used yet, minor units.
    pub pending: i64,
    pub available: i64,
}

/// A key that was used, with what was answered.
#[derive(Clone, Debug)]
pub struct UsedKey {
    pub account: String,
    pub key: String,
    /// SHA-256 of what was asked.
    pub print: Vec<u8>,
    pub status: u16,
    pub body: String,
    pub created_at: Moment,
}

/// Something to be done at its time.
#[derive(Clone, Debug)]
pub struct Due {
    pub at: Moment,
    pub what: String,
    /// Of what.
    pub id: String,
}

/// An event on its way to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub event: String,
    pub endpoint: String,
    pub at: Moment,
    /// How often it was sent, this time included.
    pub tries: i32,
}

/// A unit of work.
pub trait Page: Send {
    fn get<'a>(&'a mut self, kind: &'a str, id: &'a str) -> Booked<'a, Option<Object>>;

    /// Writes a thing, new or known. Its `seq` is the books' own.
    fn put<'a>(&'a mut self, object: &'a Object) -> Booked<'a, ()>;

    /// Those of an account; newest first, also those that are newer than one.
    fn newest<'a>(
        &'a mut self,
        kind: &'a str,
        account: &'a str,
        beyond: Beyond,
        limit: i64,
    ) -> Booked<'a, Vec<Object>>;

    /// Those that belong to something, newest first.
    fn with_parent<'a>(&'a mut self, kind: &'a str, parent: &'a str) -> Booked<'a, Vec<Object>>;

    /// Newest first.
    fn with_tag<'a>(&'a mut self, kind: &'a str, tag: &'a str) -> Booked<'a, Vec<Object>>;

    /// Newest first.
    fn with_ours<'a>(&'a mut self, kind: &'a str, ours: Uuid) -> Booked<'a, Vec<Object>>;

    /// The sums of an account's lines. `at`: seconds since 1970.
    fn sums<'a>(&'a mut self, account: &'a str, at: i64) -> Booked<'a, Vec<Sum>>;

    /// Waits until nobody else works on what is named so, and keeps them waiting until the end of this page.
    fn lock<'a>(&'a mut self, name: &'a str) -> Booked<'a, ()>;

    /// As `lock`, but does not wait: `false` when somebody else does.
    fn hold<'a>(&'a mut self, name: &'a str) -> Booked<'a, bool>;

    fn key<'a>(&'a mut self, account: &'a str, key: &'a str) -> Booked<'a, Option<UsedKey>>;

    /// Keeps a key, or replaces what was kept under it.
    fn keep_key<'a>(&'a mut self, used: &'a UsedKey) -> Booked<'a, ()>;

    fn add_due<'a>(&'a mut self, due: &'a Due) -> Booked<'a, ()>;

    /// Takes the oldest that is due off the list, unless somebody else is at it.
    fn take_due(&mut self, now: Moment) -> Booked<'_, Option<Due>>;

    fn add_delivery<'a>(&'a mut self, event: &'a str, endpoint: &'a str, at: Moment) -> Booked<'a, ()>;

    /// Takes those that wait, oldest first, and lets nobody else take them until `until`.
    fn claim_deliveries(&mut self, now: Moment, until: Moment, limit: i64) -> Booked<'_, Vec<Delivery>>;

    /// It arrived, or is given up.
    fn end_delivery<'a>(&'a mut self, event: &'a str, endpoint: &'a str, at: Moment) -> Booked<'a, ()>;

    /// It is sent again at `at`.
    fn put_off_delivery<'a>(&'a mut self, event: &'a str, endpoint: &'a str, at: Moment) -> Booked<'a, ()>;

    /// Makes it so.
    fn commit(self: Box<Self>) -> Booked<'static, ()>;

    /// Does nothing of it. Dropping does the same, a little later.
    fn leave(self: Box<Self>) -> Booked<'static, ()>;
}
