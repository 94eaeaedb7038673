//! Four processes take whatever steps the rules allow them, in whatever order, while the provider misbehaves, the power goes
//! out and processes are killed; somebody looks at the books beside them. At the end everything comes to rest.

use super::{is_long, say, seed};
use kernel::{Clock, Refusal};
use market::reconciliation;
use process::{Process, Transition};
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use testkit::crash::{Gate, Hand, Machine};
use testkit::stories::{OTHER_BANK, Street, causes, is_away};
use testkit::{Place, Setting, World, beside};
use time::macros::datetime;
use uuid::Uuid;

/// Processes that walk.
const HANDS: usize = 4;
/// What a process that walks finds in its environment.
const FOLDER: &str = "TRADEPLUS_WALK";
const NUMBER: &str = "TRADEPLUS_WALK_NUMBER";
const SEED: &str = "TRADEPLUS_WALK_SEED";
const SKIPS: &str = "TRADEPLUS_WALK_SKIPS";
/// How often it is looked how far they are.
const GLANCE: Duration = Duration::from_millis(250);
/// How long somebody may take to finish what they are at.
const HOME: Duration = Duration::from_secs(300);
/// When nobody has taken a step for so long, nobody will. How long the whole way takes is the machine's affair.
const STANDSTILL: Duration = Duration::from_secs(300);
/// Of so many glances one looks at the books.
const LOOKS: usize = 4;
/// Time passes after so many steps.
const STEPS_A_JUMP: usize = 6;
/// While nobody knows what became of a call, only so many jumps are short.
const DOUBTS_MAX: u32 = 25;
/// Days that the clock runs at the end, how many at once, and how often at most.
const LAST_DAYS: i64 = 120;
const DAYS_AT_ONCE: i64 = 4;
const ROUNDS_MAX: i64 = 60;

/// The order's table, as new orders run by it.
static TABLE: LazyLock<Process> =
    LazyLock::new(|| Process::load(include_str!("../../../../market/processes/order-2.toml")).unwrap());

/// How somebody walks.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub seed: u64,
    /// Steps that are to be taken.
    pub steps: usize,
    /// How often the power goes out, and how often a process is killed.
    pub cuts: usize,
    pub kills: usize,
    /// What is spoilt on purpose, by the owner of the tables.
    pub spoilt: Option<&'static str>,
    /// A kind of entry that the books forget on purpose.
    pub forgotten: Option<&'static str>,
    /// From how many steps on somebody looks.
    pub looked_at_after: usize,
}

impl Plan {
    fn usual() -> Self {
        let (steps, stops) = if is_long() { (10_000, 20) } else { (400, 1) };
        let steps = std::env::var("TRADEPLUS_WALK_STEPS").ok().and_then(|n| n.parse().ok()).unwrap_or(steps);
        Self {
            seed: seed("the walk"),
            steps,
            cuts: stops,
            kills: stops,
            spoilt: None,
            forgotten: None,
            looked_at_after: 0,
        }
    }

    /// After how many steps what stops them.
    fn stops(&self) -> VecDeque<(usize, Stop)> {
        let all = self.cuts + self.kills;
        let (mut cuts, mut kills) = (self.cuts, self.kills);
        let turn = |n: usize| {
            let cut = cuts > 0 && (n.is_multiple_of(2) || kills == 0);
            if cut {
                cuts -= 1
            } else {
                kills -= 1
            }
            (self.steps * (n + 1) / (all + 1), if cut { Stop::Cut } else { Stop::Kill })
        };
        (0..all).map(turn).collect()
    }
}

/// Nobody is asked for tax offices: who does not answer would get no payouts.
fn setting() -> Setting {
    let mut setting = Setting::default();
    setting.config.tax.ask_sellers = false;
    setting
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Cut,
    Kill,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_people_do_and_whatever_breaks_the_books_are_right() {
    let plan = Plan::usual();
    let machine = Machine::start().await;
    let walked = walk(&machine.place(), Some(&machine), &plan).await;
    let street = walked.unwrap_or_else(|fault| panic!("seed {}: {fault}", plan.seed));
    let faults = at_the_end(&street).await.unwrap_or_else(|refusal| vec![causes(&refusal)]);
    assert!(faults.is_empty(), "seed {}:\n{}", plan.seed, faults.join("\n"));
    street.world.db.close().await;
    drop(street);
    machine.stop().await;
}

/// Lets everybody walk until they have taken so many steps. Errors: what is wrong, or who ended before.
pub(super) async fn walk(place: &Place, machine: Option<&Machine>, plan: &Plan) -> Result<Street, String> {
    let folder = place.data.join("walk");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("place"), format!("{}\n{}\n", place.owner_url, place.app_url)).unwrap();
    let clock = Clock::stopped_at(datetime!(2026-03-01 12:00 UTC));
    let world = Arc::new(World::join(place, setting(), clock, plan.seed));
    Street::build(&world).await;
    let street = Street::find(Arc::clone(&world), plan.seed).await.map_err(|refusal| causes(&refusal))?;
    if let Some(spoilt) = plan.spoilt {
        sqlx::query(spoilt).execute(&world.owner).await.unwrap();
    }
    let mut crew = Crew::hire(&folder, plan, Gate::build(&folder, world.now()));
    let (began, mut looks) = (Instant::now(), 0);
    let (mut got, mut got_at) = (0, began);
    while crew.steps() < plan.steps {
        tokio::time::sleep(GLANCE).await;
        crew.all_are_there()?;
        looks += 1;
        if looks % LOOKS == 0 && crew.steps() >= plan.looked_at_after {
            look(&world).await?;
        }
        crew.stops_if_due(machine).await;
        crew.lets_time_pass(&street).await;
        if crew.steps() > got {
            (got, got_at) = (crew.steps(), Instant::now());
        }
        if got_at.elapsed() > STANDSTILL {
            return Err(format!("after {got} steps they get no further\n{}", crew.last_steps()));
        }
    }
    crew.come_home().await?;
    look(&world).await?;
    say(&format!("{} steps in {} s", crew.steps(), began.elapsed().as_secs()));
    Ok(street)
}

/// Looks at everything that must always hold. While the database is away, nothing is seen.
async fn look(world: &World) -> Result<(), String> {
    match seen(world).await {
        Ok(faults) if faults.is_empty() => Ok(()),
        Ok(faults) => Err(faults.join("\n")),
        Err(refusal) if is_away(&refusal) => Ok(()),
        Err(refusal) => Err(causes(&refusal)),
    }
}

async fn seen(world: &World) -> Result<Vec<String>, Refusal> {
    beside(&mut world.db.read().await?).await
}

/// The processes that walk.
struct Crew<'a> {
    folder: PathBuf,
    plan: &'a Plan,
    gate: Gate,
    hands: Vec<Hand>,
    /// How often each was hired.
    lives: [u64; HANDS],
    stops: VecDeque<(usize, Stop)>,
    /// Steps when time passed last.
    jumped_at: usize,
    doubts: u32,
}

impl<'a> Crew<'a> {
    fn hire(folder: &Path, plan: &'a Plan, gate: Gate) -> Self {
        let mut crew = Self {
            folder: folder.to_owned(),
            plan,
            gate,
            hands: Vec::new(),
            lives: [0; HANDS],
            stops: plan.stops(),
            jumped_at: 0,
            doubts: 0,
        };
        for number in 0..HANDS {
            let hand = crew.one(number);
            crew.hands.push(hand);
        }
        crew
    }

    /// Each has chance of its own, in each of its lives: else they would all walk the same way.
    fn one(&mut self, number: usize) -> Hand {
        self.lives[number] += 1;
        let seed = self.plan.seed.wrapping_add(1 + number as u64 + 100 * self.lives[number]);
        let settings = [
            (FOLDER, self.folder.to_str().unwrap().to_owned()),
            (NUMBER, number.to_string()),
            (SEED, seed.to_string()),
            (SKIPS, self.plan.forgotten.unwrap_or_default().to_owned()),
        ];
        Hand::hire("long::walk::hand", &self.folder.join(format!("hand-{number}.log")), &settings)
    }

    fn said(&self) -> String {
        fs::read_to_string(self.folder.join("steps")).unwrap_or_default()
    }

    /// Steps that were taken: what was refused is none, and work is none.
    fn steps(&self) -> usize {
        self.said().lines().filter(|line| line.split(' ').nth(1) == Some("ok")).count()
    }

    fn last_steps(&self) -> String {
        let said = self.said();
        let lines: Vec<&str> = said.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    fn all_are_there(&mut self) -> Result<(), String> {
        for hand in &mut self.hands {
            if let Some(status) = hand.ended() {
                return Err(format!("somebody gave up, {status}:\n{}", hand.last_words()));
            }
        }
        Ok(())
    }

    async fn stops_if_due(&mut self, machine: Option<&Machine>) {
        if self.stops.front().is_none_or(|(after, _)| *after > self.steps()) {
            return;
        }
        match (self.stops.pop_front().map(|(_, stop)| stop), machine) {
            (Some(Stop::Cut), Some(machine)) => machine.cut_power().await,
            _ => {
                let number = self.stops.len() % HANDS;
                self.hands[number].kill().await;
                self.hands[number] = self.one(number);
            }
        }
    }

    /// Not while nobody knows what became of a call: no clock jumps by days while somebody waits for an answer.
    async fn lets_time_pass(&mut self, street: &Street) {
        const DOUBTFUL: &str = "select count(*) from provider_calls where state in ('sending', 'unknown')";
        const SHORT: [i64; 3] = [1, 5, 20];
        const LONG: [i64; 8] = [1, 5, 20, 60, 180, 360, 1_440, 2_880];
        let steps = self.steps();
        if steps < self.jumped_at + STEPS_A_JUMP {
            return;
        }
        let asked = sqlx::query_scalar::<_, i64>(DOUBTFUL).fetch_one(&street.world.owner).await;
        let Ok(doubtful) = asked else { return };
        let is_short = doubtful > 0 && self.doubts < DOUBTS_MAX;
        self.doubts = if is_short { self.doubts + 1 } else { 0 };
        let jumps: &[i64] = if is_short { &SHORT } else { &LONG };
        let minutes = jumps[usize::try_from(street.dice().below(jumps.len() as u64)).unwrap()];
        let by = time::Duration::minutes(minutes);
        self.gate.pass_time(by).await;
        street.world.clock.advance(by);
        self.jumped_at = steps;
    }

    /// Everybody finishes what they are at. Errors: who did not end well.
    async fn come_home(&mut self) -> Result<(), String> {
        File::create(self.folder.join("stop")).unwrap();
        for hand in &mut self.hands {
            let ended = tokio::time::timeout(HOME, hand.ends()).await;
            let status = ended.map_err(|_| format!("somebody does not end:\n{}", hand.last_words()))?;
            if !status.success() {
                return Err(format!("somebody ended badly, {status}:\n{}", hand.last_words()));
            }
        }
        Ok(())
    }
}

/// One of those who walk: a process of its own, which may end at any moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the walk starts it"]
async fn hand() {
    // Asked for by nobody who walks: there is nothing to do.
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let number = std::env::var(NUMBER).unwrap();
    let seed: u64 = std::env::var(SEED).unwrap().parse().unwrap();
    let forgotten = std::env::var(SKIPS).unwrap_or_default();
    if !forgotten.is_empty() {
        platform::checkpoints::skip(&forgotten);
    }
    let urls = fs::read_to_string(folder.join("place")).unwrap();
    let (owner_url, app_url) = urls.trim().split_once('\n').unwrap();
    let data = folder.parent().unwrap().to_owned();
    let place = Place { owner_url: owner_url.to_owned(), app_url: app_url.to_owned(), data };
    let gate = Gate::at(&folder);
    let clock = Clock::stopped_at(gate.now());
    let world = Arc::new(World::join(&place, setting(), clock.clone(), seed));
    let mut log = File::options().create(true).append(true).open(folder.join("steps")).unwrap();
    let mut street = None;
    while !folder.join("stop").exists() {
        let pass = gate.enter(&clock).await;
        let said = walks(&world, seed, &mut street).await;
        drop(pass);
        let line = said.unwrap_or_else(|fault| {
            let _ = writeln!(log, "{number} fault {fault}");
            panic!("{fault}");
        });
        log.write_all(format!("{number} {line}\n").as_bytes()).unwrap();
        if line == "away" {
            tokio::time::sleep(GLANCE).await;
        }
    }
}

/// Takes a step. Errors: something is wrong that is nobody's but ours.
async fn walks(world: &Arc<World>, seed: u64, street: &mut Option<Street>) -> Result<String, String> {
    match acts(world, seed, street).await {
        Ok(said) => Ok(said),
        Err(refusal) if is_away(&refusal) => Ok("away".to_owned()),
        Err(refusal) => Err(causes(&refusal)),
    }
}

async fn acts(world: &Arc<World>, seed: u64, street: &mut Option<Street>) -> Result<String, Refusal> {
    if let Some(street) = street {
        return street.act().await;
    }
    // The database may be away when a process begins.
    *street = Some(Street::find(Arc::clone(world), seed).await?);
    Ok("none".to_owned())
}

/// Lets everything come to rest, and says what has not. Errors: a rule fails.
async fn at_the_end(street: &Street) -> Result<Vec<String>, Refusal> {
    let world = &street.world;
    street.rests().await?;
    for round in 0..ROUNDS_MAX {
        street.banks_decide().await?;
        if round % 8 == 0 {
            // Where a payout came back from, nobody sends another one.
            street.name_banks(OTHER_BANK).await?;
        }
        push_what_is_stuck(street).await?;
        street.rests().await?;
        if round * DAYS_AT_ONCE >= LAST_DAYS && under_way(world).await?.is_empty() {
            break;
        }
        world.clock.advance(time::Duration::days(DAYS_AT_ONCE));
        street.rests().await?;
    }
    let mut faults = under_way(world).await?;
    let mut reader = world.db.read().await?;
    for it in ledger::verify::in_transit(&mut reader).await? {
        faults.push(format!("{} still holds {} since {}", it.account, it.money.decimal(), it.since));
    }
    faults.extend(beside(&mut reader).await?);
    drop(reader);
    let provider = world.market.providers.named("sandbox").unwrap();
    let report = reconciliation::rules::run(&world.db, provider, None).await?;
    faults.extend((!report.is_clean()).then(|| report.to_string()));
    Ok(faults)
}

/// Orders that wait, and settlements and payouts that are on their way, a sentence each.
async fn under_way(world: &World) -> Result<Vec<String>, Refusal> {
    const ORDERS: &str = "select state, min(number), count(*) from orders group by state";
    const MOVING: &str = "
      select 'a settlement is ' || state || ': ' || settlement_id from settlements
      where state in ('transferring', 'transfer_unknown', 'reversing', 'in_payout')
      union all
      select 'a payout is ' || state || ': ' || number from payouts
      where state in ('gathered', 'sending', 'unknown', 'in_transit')";
    let states: Vec<(String, String, i64)> = sqlx::query_as(ORDERS).fetch_all(&world.owner).await?;
    let is_over = |state: &str| TABLE.state(state).is_some_and(process::State::is_end);
    let mut found: Vec<String> = states
        .into_iter()
        .filter(|(state, ..)| !is_over(state))
        .map(|(state, number, count)| format!("{count} orders are {state}, among them {number}"))
        .collect();
    found.extend(sqlx::query_scalar::<_, String>(MOVING).fetch_all(&world.owner).await?);
    Ok(found)
}

/// Where silence does nothing but call for staff, staff does something.
async fn push_what_is_stuck(street: &Street) -> Result<(), Refusal> {
    let waiting: Vec<(Uuid, String)> =
        sqlx::query_as("select order_id, state from orders where timer_at is not null")
            .fetch_all(&street.world.owner)
            .await?;
    for (order, state) in waiting {
        if TABLE.timer(&state).is_some_and(Transition::is_loop) {
            for by in street.staff() {
                street.push(*by, kernel::OrderId(order)).await?;
            }
        }
    }
    Ok(())
}
