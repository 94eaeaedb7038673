//! A town: the stage of one story.

use crate::browser::Browser;
use crate::people::Person;
use crate::sim::Sim;
use crate::verdict::{self, Lenience};
use crate::world::{Setting, World};
use kernel::{Currency, ListingId, OrderId, PaymentId};
use ledger::Account;
use market::accounts::model::Role;
use market::listings::model::Listing;
use market::orders::model::Order;
use market::payments::model::Payment;
use market::{local_registry, registry};
use platform::config::Config;
use platform::events::Mark;
use platform::jobs::{self, Outcome};
use platform::mail::{self, Mail};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use time::Duration;

/// How often the readers of events are asked to go on, some two milliseconds apart.
const PATIENCE: u32 = 5_000;
/// Events that some reader has not read: those kept in the database, and the search index, whose mark is given.
const UNREAD: &str = "
  select count(*) from events e where (e.xid, e.event_id) > ($1::text::xid8, $2)
    or exists (select from unnest(array['listings', 'orders', 'chargebacks', 'payouts', 'billing', 'notifications']) reader
               left join event_readers r on r.name = reader
               where r.name is null or (e.xid, e.event_id) > (r.xid, r.event_id))";

/// The stage of one story. When it is dropped, it looks whether everything is in order, and clears up.
pub struct Town {
    world: Arc<World>,
    lenience: Mutex<Lenience>,
}

impl Deref for Town {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl Town {
    pub async fn new() -> Self {
        Self::set(Setting::default()).await
    }

    /// With other settings than usual.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut setting = Setting::default();
        change(&mut setting.config);
        Self::set(setting).await
    }

    pub async fn set(setting: Setting) -> Self {
        Self { world: Arc::new(World::make(setting).await), lenience: Mutex::default() }
    }

    /// The story tampers with the books on purpose: they are not looked at when it ends.
    pub fn spoils_the_books(&self) {
        self.lenience.lock().unwrap().books = true;
    }

    /// The story writes orders by hand, past the rules: they are not looked at when it ends.
    pub fn writes_orders_by_hand(&self) {
        self.lenience.lock().unwrap().orders = true;
    }

    /// The story makes jobs fail for good on purpose.
    pub fn gives_up_jobs(&self) {
        self.lenience.lock().unwrap().jobs = true;
    }

    fn lenience(&self) -> Lenience {
        *self.lenience.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody with a proven address.
    pub async fn person(&self, name: &str) -> Person {
        Person::arrive(&self.world, name, &[]).await
    }

    /// Somebody who works here.
    pub async fn staff(&self, name: &str, roles: &[Role]) -> Person {
        Person::arrive(&self.world, name, roles).await
    }

    /// Somebody whose address is not proven yet.
    pub async fn newcomer(&self, name: &str) -> Person {
        let person = self.person(name).await;
        self.change("update members set email_verified_at = null where member_id = $1", person.id.0).await;
        person
    }

    /// Suspends somebody's account, for no reason that anybody wrote down.
    pub async fn suspend(&self, person: &Person) {
        self.change("update members set suspended_at = now() where member_id = $1", person.id.0).await;
        let mut tx = self.db.begin().await.unwrap();
        market::accounts::sessions::close_all(&mut tx, person.id, None).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn change(&self, statement: &'static str, id: uuid::Uuid) {
        let done = sqlx::query(statement).bind(id).execute(&self.owner).await.unwrap();
        assert_eq!(done.rows_affected(), 1);
    }

    /// The browser of somebody who is not signed in.
    pub fn visitor(&self) -> Browser {
        Browser::new(Arc::clone(&self.world))
    }

    /// The same world, for a task of its own.
    pub fn world(&self) -> Arc<World> {
        Arc::clone(&self.world)
    }

    /// The provider behind the sandbox: what it was asked, what goes wrong there, what it does by itself.
    pub fn sim(&self) -> Sim {
        let sandbox = self.market.providers.sandbox().expect("the town is paid through the sandbox");
        Sim::new(sandbox.clone(), self.owner.clone(), self.clock.clone())
    }

    /// Does everything that is due, and follows all events, until nothing is left. Fails when a job fails.
    ///
    /// A reader of events waits for every open transaction of the whole server, those of other tests too. So it
    /// is asked again until all readers have read everything.
    pub async fn run_jobs(&self) {
        for _ in 0..PATIENCE {
            self.try_jobs().await.unwrap();
            if self.all_is_read().await {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        panic!("the readers of events do not come to an end");
    }

    async fn all_is_read(&self) -> bool {
        let search = self.market.engine.bookmark().unwrap_or_else(|| Mark::start().to_string());
        let (xid, event) = search.split_once('.').unwrap();
        let behind: i64 = sqlx::query_scalar(UNREAD)
            .bind(xid)
            .bind(event.parse::<i64>().unwrap())
            .fetch_one(&self.owner)
            .await
            .unwrap();
        behind == 0
    }

    /// The same, and tells how it went.
    pub async fn try_jobs(&self) -> Outcome {
        jobs::drain(&self.db, &local_registry(registry()), &self.market).await
    }

    /// As [`Self::round`], and tells how it went.
    pub async fn try_round(&self) -> Outcome {
        jobs::plant(&self.db, &local_registry(registry())).await?;
        self.try_jobs().await
    }

    /// Does once everything that is done again and again, and what follows from it.
    pub async fn round(&self) {
        jobs::plant(&self.db, &local_registry(registry())).await.unwrap();
        self.run_jobs().await;
    }

    /// Lets time pass, and does what is due then.
    pub async fn later(&self, by: Duration) {
        self.clock.advance(by);
        self.run_jobs().await;
    }

    pub async fn order(&self, id: OrderId) -> Order {
        market::orders::rules::find(&mut self.db.read().await.unwrap(), id).await.unwrap()
    }

    pub async fn state(&self, id: OrderId) -> String {
        self.order(id).await.state
    }

    pub async fn payment(&self, id: PaymentId) -> Payment {
        market::payments::rules::find(&mut self.db.read().await.unwrap(), id).await.unwrap().unwrap()
    }

    /// A listing as it is, whatever its state.
    pub async fn listing(&self, id: ListingId) -> Listing {
        let mut reader = self.db.read().await.unwrap();
        market::listings::rules::find_many(&mut reader, &[id]).await.unwrap().pop().unwrap()
    }

    /// What stands on an account in euros, minor units, its natural side positive.
    pub async fn balance(&self, account: &Account) -> i64 {
        let mut reader = self.db.read().await.unwrap();
        ledger::balance_of(&mut reader, account, Currency::EUR).await.unwrap().amount
    }

    /// The mails to an address, oldest first.
    pub async fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mut reader = self.db.read().await.unwrap();
        let mut all = mail::newest(&mut reader, Some(address), 1_000).await.unwrap();
        all.reverse();
        all
    }

    /// What the mails to an address are about, oldest first.
    pub async fn subjects_to(&self, address: &str) -> Vec<String> {
        self.mails_to(address).await.into_iter().map(|mail| mail.subject).collect()
    }

    /// The kinds of all events so far, oldest first.
    pub async fn told(&self) -> Vec<String> {
        sqlx::query_scalar("select kind from events order by event_id").fetch_all(&self.owner).await.unwrap()
    }

    /// The one number that a query gives.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.owner).await.unwrap()
    }

    /// Everything that is wrong right now, a sentence each.
    pub async fn faults(&self) -> Vec<String> {
        verdict::faults(&self.database.app_url, &self.clock, self.lenience()).await
    }
}

impl Drop for Town {
    /// On a thread with a runtime of its own, because a destructor cannot wait in the test's.
    fn drop(&mut self) {
        let (database, clock, lenience) = (self.database.clone(), self.clock.clone(), self.lenience());
        let failed = std::thread::panicking();
        let closing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let faults = match failed {
                    true => Vec::new(),
                    false => verdict::faults(&database.app_url, &clock, lenience).await,
                };
                database.remove().await.unwrap();
                faults
            })
        });
        match closing.join() {
            Ok(faults) if faults.is_empty() => {}
            Ok(faults) if !failed => panic!("the town is not in order:\n{}", faults.join("\n")),
            Err(error) if !failed => std::panic::resume_unwind(error),
            _ => {}
        }
    }
}
