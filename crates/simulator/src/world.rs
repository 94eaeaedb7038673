//! The provider's world: its books, its time and its chance, what is to go wrong, and who hears of what happens. `Work`
//! is a piece of work in it.

use crate::books::{Books, BooksError, Due, Kept, Object, Page};
use crate::courier::{Courier, Endpoint};
use crate::faults::{Fault, Plan};
use kernel::{Clock, Dice, Moment};
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::Duration;
use uuid::Uuid;

/// How long a payment or a refund that takes its time takes.
pub const LATER: Duration = Duration::seconds(60);
/// Calls that are remembered.
const SEEN_MAX: usize = 10_000;

/// What a world is made of.
pub struct Setup {
    pub books: Arc<dyn Books>,
    pub clock: Clock,
    pub dice: Dice,
    /// Where its own pages are found by a browser ("http://127.0.0.1:8420"), without a slash at the end.
    pub base: String,
    /// The secret key that callers must show. Without one any test key will do.
    pub secret_key: Option<String>,
    pub endpoints: Vec<Endpoint>,
    pub courier: Arc<dyn Courier>,
    /// Whether the calls are remembered, for tests.
    pub remembers: bool,
}

/// A call that was answered.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub status: u16,
    pub answer: String,
    /// Whether the answer arrived.
    pub arrived: bool,
}

/// The world. Cheap to clone.
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    setup: Setup,
    plan: Plan,
    /// Microseconds by which its time is ahead of the clock.
    ahead: AtomicI64,
    endpoints: Mutex<Vec<Endpoint>>,
    running: Mutex<BTreeSet<String>>,
    seen: Mutex<VecDeque<Seen>>,
}

impl World {
    pub fn new(mut setup: Setup) -> Self {
        let endpoints = Mutex::new(std::mem::take(&mut setup.endpoints));
        Self(Arc::new(Inner {
            setup,
            plan: Plan::default(),
            ahead: AtomicI64::new(0),
            endpoints,
            running: Mutex::default(),
            seen: Mutex::default(),
        }))
    }

    /// Its present.
    pub fn now(&self) -> Moment {
        self.0.setup.clock.now() + Duration::microseconds(self.0.ahead.load(Ordering::SeqCst))
    }

    /// Moves its time forward.
    pub fn advance(&self, by: Duration) {
        let micros = i64::try_from(by.whole_microseconds()).unwrap_or(0);
        self.0.ahead.fetch_add(micros, Ordering::SeqCst);
    }

    /// What is to go wrong.
    pub fn plan(&self) -> &Plan {
        &self.0.plan
    }

    pub fn courier(&self) -> &dyn Courier {
        &*self.0.setup.courier
    }

    /// An address of one of its own pages.
    pub fn page_at(&self, path: &str) -> String {
        format!("{}{path}", self.0.setup.base)
    }

    pub fn secret_key(&self) -> Option<&str> {
        self.0.setup.secret_key.as_deref()
    }

    pub fn endpoints(&self) -> Vec<Endpoint> {
        within(&self.0.endpoints).clone()
    }

    /// Adds an endpoint, or replaces the one of that name.
    pub fn add_endpoint(&self, endpoint: Endpoint) {
        let mut endpoints = within(&self.0.endpoints);
        endpoints.retain(|e| e.name != endpoint.name);
        endpoints.push(endpoint);
    }

    /// The calls that were answered, oldest first.
    pub fn seen(&self) -> Vec<Seen> {
        within(&self.0.seen).iter().cloned().collect()
    }

    /// How many calls of this method came for paths that begin so.
    pub fn requests(&self, method: &str, path: &str) -> usize {
        within(&self.0.seen).iter().filter(|s| s.method == method && s.path.starts_with(path)).count()
    }

    pub(crate) fn remember(&self, seen: impl FnOnce() -> Seen) {
        if !self.0.setup.remembers {
            return;
        }
        let mut all = within(&self.0.seen);
        if all.len() >= SEEN_MAX {
            all.pop_front();
        }
        all.push_back(seen());
    }

    /// Marks a key as being worked under. `None` when it is already.
    pub(crate) fn run_under(&self, name: &str) -> Option<Running> {
        let is_new = within(&self.0.running).insert(name.to_owned());
        is_new.then(|| Running { world: self.clone(), name: name.to_owned() })
    }

    /// Begins a piece of work.
    ///
    /// # Errors
    /// When the books do not answer.
    pub async fn work(&self) -> Result<Work, BooksError> {
        let page = self.0.setup.books.open().await?;
        Ok(Work { world: self.clone(), page, now: self.now(), fault: None, request: None })
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("World")
    }
}

fn within<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A key that is being worked under. Dropping it ends that.
pub(crate) struct Running {
    world: World,
    name: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        within(&self.world.0.running).remove(&self.name);
    }
}

/// The call that work is done for, as events name it.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: String,
    pub key: Option<String>,
}

/// A piece of work: it happens when it is committed, and not at all otherwise.
pub struct Work {
    world: World,
    page: Box<dyn Page>,
    pub now: Moment,
    /// What goes wrong in this piece.
    pub fault: Option<Fault>,
    pub request: Option<Request>,
}

impl Work {
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The books, for what `Work` has no word for.
    pub fn page(&mut self) -> &mut dyn Page {
        &mut *self.page
    }

    /// Its present in seconds since 1970.
    pub fn stamp(&self) -> i64 {
        self.now.unix_timestamp()
    }

    /// A name for something new: what it is, and 96 bits of chance.
    pub fn name(&self, what: &str) -> String {
        name(what, &self.world.0.setup.dice)
    }

    /// A number for something new, small enough for a double.
    pub fn number(&self) -> i64 {
        i64::try_from(self.world.0.setup.dice.below(8_999_999_999)).unwrap_or(0) + 1_000_000_000
    }

    /// Whether this goes wrong here. It goes wrong once.
    pub fn suffers(&mut self, fault: &Fault) -> bool {
        self.fault.take_if(|f| *f == *fault).is_some()
    }

    /// A thing by its id.
    ///
    /// # Errors
    /// When the books do not answer.
    pub async fn load<T: Kept>(&mut self, id: &str) -> Result<Option<T>, BooksError> {
        self.page.get(T::KIND, id).await?.map(Object::read).transpose()
    }

    /// Writes a thing, new or known.
    ///
    /// # Errors
    /// When the books do not answer.
    pub async fn save<T: Kept>(&mut self, thing: &T) -> Result<(), BooksError> {
        let object = Object {
            kind: T::KIND.to_owned(),
            id: thing.id().to_owned(),
            account: thing.account().to_owned(),
            parent: thing.parent().map(str::to_owned),
            tag: thing.tag().map(str::to_owned),
            ours: thing.ours(),
            body: serde_json::to_value(thing)?,
            created_at: self.now,
            seq: 0,
        };
        self.page.put(&object).await
    }

    /// Everything that belongs to something, newest first.
    ///
    /// # Errors
    /// When the books do not answer.
    pub async fn children<T: Kept>(&mut self, parent: &str) -> Result<Vec<T>, BooksError> {
        self.page.with_parent(T::KIND, parent).await?.into_iter().map(Object::read).collect()
    }

    /// Everything with a tag, newest first.
    ///
    /// # Errors
    /// When the books do not answer.
    pub async fn tagged<T: Kept>(&mut self, tag: &str) -> Result<Vec<T>, BooksError> {
        self.page.with_tag(T::KIND, tag).await?.into_iter().map(Object::read).collect()
    }

    /// Lets something be done at its time.
    ///
    /// # Errors
    /// When the books do not answer.
    pub async fn later(&mut self, after: Duration, what: &str, id: &str) -> Result<(), BooksError> {
        let due = Due { at: self.now + after, what: what.to_owned(), id: id.to_owned() };
        self.page.add_due(&due).await
    }

    /// Waits until nobody else works on what is named so.
    ///
    /// # Errors
    /// When the books do not answer.
    pub async fn lock(&mut self, name: &str) -> Result<(), BooksError> {
        self.page.lock(name).await
    }

    /// Makes it so.
    ///
    /// # Errors
    /// When the books do not answer; then nothing happened.
    pub async fn commit(self) -> Result<(), BooksError> {
        self.page.commit().await
    }

    /// Does nothing of it, and what was locked is free at once.
    ///
    /// # Errors
    /// When the books do not answer; nothing happened then either.
    pub async fn leave(self) -> Result<(), BooksError> {
        self.page.leave().await
    }
}

/// A name for something new: what it is, and 96 bits of chance.
fn name(what: &str, dice: &Dice) -> String {
    format!("{what}_{}", hex::encode(dice.bytes::<12>()))
}

/// The first of these fields that holds a UUID: what the marketplace calls a thing.
pub fn ours_in(metadata: &std::collections::BTreeMap<String, String>, fields: &[&str]) -> Option<Uuid> {
    fields.iter().find_map(|field| metadata.get(*field)?.parse().ok())
}
