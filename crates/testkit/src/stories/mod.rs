//! A street of people who deal with each other at random: whatever the rules allow them, in whatever order. Which steps an
//! order has, its own table says; nobody here knows their names.

mod choosing;
mod telling;

pub use telling::{causes, is_away};

use crate::deals::{move_orders, pay, place};
use crate::people::Person;
use crate::sim::Sim;
use crate::world::World;
use kernel::{Dice, ListingId, MemberId, OrderId, PaymentId, Refusal};
use market::accounts::model::{Member, Role};
use market::accounts::rules as accounts;
use market::cases::model::Offer;
use market::orders::model::StepData;
use market::orders::{rules as orders, talking};
use market::payments::rules as payments;
use market::payments::sandbox::{Asked, Planned, Sandbox};
use market::payouts::accounts as sellers;
use market::{reconciliation, registry};
use platform::chance;
use platform::jobs::{self, Worker};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use telling::told;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const PEOPLE: usize = 6;
const STAFF: usize = 3;
/// What the marketplace has put in of its own, minor units, so that its expenses are not others' money.
const FLOAT: i64 = 100_000_000;
/// Of a hundred acts so many are done twice.
const TWICE: u64 = 15;
/// Faults that wait at once.
const FAULTS_MAX: usize = 3;
/// How long a piece of work takes, milliseconds: from, and so much more.
const WORK_MS: (u64, u64) = (120, 180);
/// Bank accounts to which payouts go.
pub const BANK: &str = "DE89370400440532013000";
pub const OTHER_BANK: &str = "DE02120300000000202051";

/// How long everything that is due may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// Jobs that nobody is at, what the provider is about to do and to tell, and readers of events that are behind.
/// What is due and not done. Who writes one letter of much (of documents, of tickets) reads now and then.
const LEFT: &str = "
  select 'job ' || kind || ' ' || tries || ' ' || coalesce(last_error, '') from jobs
    where dead_at is null and run_at <= $1 and (lease_until is null or lease_until < $1)
  union all select 'due ' || row(d.*)::text from sandbox.due d where at <= $1
  union all select 'delivery ' || row(d.*)::text from sandbox.deliveries d where delivered_at is null and at <= $1
  union all select 'reader ' || r.name from event_readers r where r.name not in ('documents', 'tickets')
    and exists (select from events e where (e.xid, e.event_id) > (r.xid, r.event_id))";
const A_DISPUTE: &str = "
  select id, body ->> 'status' from sandbox.objects where kind = 'dispute'
    and body ->> 'status' not in ('won', 'lost', 'warning_closed', 'prevented')
  order by md5(id || $1) limit 1";

/// Something that somebody does.
#[derive(Clone, Debug)]
enum Act {
    Buy {
        buyer: MemberId,
        listing: ListingId,
        pieces: i32,
        ship: bool,
    },
    Pay {
        buyer: MemberId,
        payment: PaymentId,
        card: &'static str,
    },
    Answer {
        buyer: MemberId,
        payment: PaymentId,
        passed: bool,
    },
    Step {
        by: MemberId,
        order: OrderId,
        transition: String,
        data: Box<StepData>,
    },
    Offer {
        by: MemberId,
        order: OrderId,
        offer: Offer,
        amount: Option<i64>,
    },
    Say {
        by: MemberId,
        order: OrderId,
    },
    /// Something happens at the provider: a path below `/_sim/`.
    Bank {
        path: String,
        body: Value,
    },
    Break(Planned),
    Compare,
    Work,
}

impl Act {
    fn name(&self) -> String {
        match self {
            Self::Buy { pieces, .. } => format!("buy {pieces}"),
            Self::Pay { card, .. } => format!("pay by {card}"),
            Self::Answer { passed, .. } => format!("answer the bank {passed}"),
            Self::Step { transition, order, .. } => format!("{transition} {order}"),
            Self::Offer { offer, order, .. } => format!("offer {} {order}", offer.name()),
            Self::Say { order, .. } => format!("say {order}"),
            Self::Bank { path, body } => format!("bank {path} {body}"),
            Self::Break(planned) => format!("break {planned:?}"),
            Self::Compare => "compare".to_owned(),
            Self::Work => "work".to_owned(),
        }
    }
}

/// Everybody who lives there, as one process sees them.
pub struct Street {
    pub world: Arc<World>,
    people: Vec<MemberId>,
    staff: Vec<MemberId>,
    dice: Dice,
}

impl Street {
    /// Builds the street: people who sell and buy, staff who decide, bank accounts for all sellers but one, and money of the
    /// marketplace's own at the provider.
    pub async fn build(world: &Arc<World>) {
        for n in 0..STAFF {
            Person::arrive(world, &format!("Staff {n}"), &[Role::Operator]).await;
        }
        let mut sellers = Vec::new();
        for n in 0..PEOPLE {
            let person = Person::arrive(world, &format!("Walker {n}"), &[]).await;
            let price = 800 + i64::try_from(n).unwrap() * 1_370;
            person.listing("Lamp").price(price).quantity(10_000).live().await;
            person.listing("Chair").price(price * 3).quantity(10_000).meet("Berlin, DE").live().await;
            person.listing("Rare vase").price(price * 2).quantity(3).live().await;
            sellers.push(person);
        }
        let sandbox = world.market.providers.sandbox().unwrap();
        let sim = Sim::new(sandbox.clone(), world.owner.clone(), world.clock.clone());
        sim.fills_up(FLOAT).await;
        let provider = world.market.providers.named("sandbox").unwrap();
        for seller in sellers.iter().skip(1) {
            let (terms, member) = (world.market.payout_terms(), seller.member().await);
            sellers::begin(&world.db, provider, &terms, &member, "DE").await.unwrap();
        }
        let street = Self::find(Arc::clone(world), 0).await.unwrap();
        street.name_banks(BANK).await.unwrap();
        reconciliation::rules::run(&world.db, provider, None).await.unwrap();
    }

    /// The street that somebody built. `seed`: what this process does. Errors: the database is away.
    pub async fn find(world: Arc<World>, seed: u64) -> Result<Self, Refusal> {
        let (people, staff) = (called(&world, "walker").await?, called(&world, "staff").await?);
        Ok(Self { world, people, staff, dice: chance::seeded(seed) })
    }

    /// Every seller who has an account at the provider names this bank account there, and we hear of it.
    pub async fn name_banks(&self, bank: &str) -> Result<(), Refusal> {
        let market = &self.world.market;
        let provider = market.providers.named("sandbox").ok_or(Refusal::NotFound)?;
        for seller in &self.people {
            let account = sellers::find(&mut market.db.read().await?, *seller, "sandbox").await?;
            let Some(reference) = account.and_then(|account| account.account_ref) else { continue };
            let body = json!({ "standing": "active", "bank": bank });
            self.bank(&format!("accounts/{reference}"), &body).await?;
            sellers::sync(&market.db, provider, &market.payout_terms(), *seller).await?;
        }
        Ok(())
    }

    pub const fn dice(&self) -> &Dice {
        &self.dice
    }

    /// Those who sell and buy.
    pub fn people(&self) -> &[MemberId] {
        &self.people
    }

    /// Those who decide.
    pub fn staff(&self) -> &[MemberId] {
        &self.staff
    }

    pub async fn member(&self, id: MemberId) -> Result<Member, Refusal> {
        accounts::find(&mut self.world.db.read().await?, id).await?.ok_or(Refusal::NotFound)
    }

    /// Does something, now and then twice; says what, after `ok` or `no`. Errors: our own fault, or the database is away.
    pub async fn act(&self) -> Result<String, Refusal> {
        let act = match self.choose().await {
            Ok(Some(act)) => act,
            Ok(None) | Err(Refusal::NotFound) => return Ok("none".to_owned()),
            Err(refusal) => return Err(refusal),
        };
        let mut said = told(&act, self.does(&act).await)?;
        if self.dice.below(100) < TWICE {
            said = format!("{said}, again: {}", told(&act, self.does(&act).await)?);
        }
        Ok(said)
    }

    fn salt(&self) -> String {
        format!("{:x}", self.dice.below(u64::MAX))
    }

    fn coin(&self) -> bool {
        self.dice.below(2) == 1
    }

    /// Somebody takes one of the steps that they have in an order, if they have any. Errors: the database is away; what the
    /// rules refuse is none.
    pub async fn push(&self, by: MemberId, order: OrderId) -> Result<(), Refusal> {
        if let Some(act) = self.a_step_of(by, order).await? {
            told(&act, self.does(&act).await)?;
        }
        Ok(())
    }

    async fn does(&self, act: &Act) -> Result<(), Refusal> {
        let market = &self.world.market;
        match act {
            Act::Buy { buyer, listing, pieces, ship } => {
                let buyer = self.member(*buyer).await?;
                place(market, &buyer, &[(*listing, *pieces)], *ship).await.map(drop)
            }
            Act::Pay { buyer, payment, card } => pay(market, *buyer, *payment, card).await.map(drop),
            Act::Answer { buyer, payment, passed } => {
                let found = payments::of_buyer(&mut market.db.read().await?, *buyer, *payment).await?;
                payments::answer_challenge(&market.db, &market.providers, &found, *passed).await?;
                move_orders(market, *payment).await
            }
            Act::Step { by, order, transition, data } => {
                let by = self.member(*by).await?;
                let mut tx = market.db.begin().await?;
                orders::step(&mut tx, &by, *order, transition, data).await?;
                Ok(tx.commit().await?)
            }
            Act::Offer { by, order, offer, amount } => {
                let by = self.member(*by).await?;
                let mut tx = market.db.begin().await?;
                talking::propose(&mut tx, &by, *order, *offer, *amount).await?;
                Ok(tx.commit().await?)
            }
            Act::Say { by, order } => {
                let by = self.member(*by).await?;
                let mut tx = market.db.begin().await?;
                talking::say(&mut tx, &by, *order, "Have you looked at the photos?").await?;
                Ok(tx.commit().await?)
            }
            Act::Bank { path, body } => self.bank(path, body).await,
            Act::Break(planned) => {
                let plan = self.sandbox().world().plan();
                if plan.len() < FAULTS_MAX {
                    plan.add(planned.clone());
                }
                Ok(())
            }
            Act::Compare => {
                let provider = market.providers.named("sandbox").ok_or(Refusal::NotFound)?;
                reconciliation::rules::run(&market.db, provider, None).await.map(drop)
            }
            Act::Work => {
                let (most, more) = WORK_MS;
                self.works(Duration::from_millis(most + self.dice.below(more))).await;
                Ok(())
            }
        }
    }

    fn sandbox(&self) -> &Sandbox {
        self.world.market.providers.sandbox().unwrap()
    }

    /// What is due is done, and events are followed, as a serving process does it, for about so long.
    pub async fn works(&self, time: Duration) {
        let (stop, market) = (CancellationToken::new(), self.world.market.clone());
        let worker = Worker::new(market.db.clone(), registry(), market, 2);
        let working = tokio::spawn(worker.run(stop.clone()));
        tokio::time::sleep(time).await;
        stop.cancel();
        working.await.unwrap();
    }

    /// What is due is done, and events are followed, until nothing is left for now. Errors: the database is away.
    ///
    /// # Panics
    /// When it does not come to an end.
    pub async fn rests(&self) -> Result<(), Refusal> {
        let market = &self.world.market;
        let began = Instant::now();
        // A worker plants what recurs, and puts off what fails; the rest goes faster without one.
        let mut time = Duration::from_millis(40);
        loop {
            self.works(time).await;
            let done = jobs::drain(&market.db, &registry(), market).await;
            let left: Vec<String> =
                sqlx::query_scalar(LEFT).bind(market.db.now()).fetch_all(&self.world.owner).await?;
            if left.is_empty() && done.is_ok() {
                return Ok(());
            }
            time = Duration::from_millis(if done.is_err() { 300 } else { 40 });
            assert!(began.elapsed() < PATIENCE, "not done: {left:?}, the last said {done:?}");
        }
    }

    /// A call below `/_sim/`, as somebody at the provider's would make it. Errors: `Conflict` when it is refused there.
    async fn bank(&self, path: &str, body: &Value) -> Result<(), Refusal> {
        let asked =
            Asked::new("POST", &format!("/_sim/{path}")).with_body("application/json", body.to_string());
        match self.sandbox().answer(asked).await.status {
            200 => Ok(()),
            500.. => Err(Refusal::Unavailable("payments")),
            _ => Err(Refusal::Conflict("refused-there")),
        }
    }

    /// Every bank that is asked decides now, for one side or the other. Errors: the provider is away.
    pub async fn banks_decide(&self) -> Result<(), Refusal> {
        loop {
            let found: Option<(String, String)> =
                sqlx::query_as(A_DISPUTE).bind(self.salt()).fetch_optional(&self.world.owner).await?;
            let Some((id, status)) = found else { return Ok(()) };
            let to = match (status.starts_with("warning"), self.coin()) {
                (true, _) => "closed",
                (false, true) => "won",
                (false, false) => "lost",
            };
            self.bank(&format!("disputes/{id}"), &json!({ "to": to })).await?;
        }
    }
}

/// Those whose names begin so.
async fn called(world: &World, begins: &str) -> Result<Vec<MemberId>, Refusal> {
    let found: Vec<Uuid> =
        sqlx::query_scalar("select member_id from members where email like $1 order by email")
            .bind(format!("{begins}-%@example.org"))
            .fetch_all(&world.owner)
            .await?;
    Ok(found.into_iter().map(MemberId).collect())
}
