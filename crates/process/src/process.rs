//! A process and the questions an engine asks it. Values of these types come only from
//! [`Process::load`], so the answers can be relied on: see the proofs.

use serde::Deserialize;
use time::Duration;

use crate::effect::Effect;

/// A proved table: which states there are, and who may move from which to which.
#[derive(Debug, Clone)]
pub struct Process {
    /// The name of the table, as `order`.
    pub id: String,
    /// A running deal stays on the version it began with, so a used version never changes.
    pub version: u32,
    pub(crate) start: String,
    pub(crate) hold_window: Option<Duration>,
    pub(crate) states: Vec<State>,
    pub(crate) transitions: Vec<Transition>,
    pub(crate) guards: Vec<String>,
    pub(crate) other_effects: Vec<String>,
    pub(crate) jobs: Vec<String>,
}

/// A state of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its name, as `pending_payment`.
    pub name: String,
    /// What is expected to happen in it.
    pub kind: Kind,
}

/// What is expected to happen in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Before the row exists; left in the transaction that creates it.
    Unborn,
    /// Somebody is expected to act, and a timer runs.
    Waiting,
    /// Nothing is expected any more.
    End,
}

/// Who makes a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Whoever receives the goods.
    Buyer,
    /// Whoever gives the goods.
    Seller,
    /// The parcel service, by its tracking feed.
    Carrier,
    /// The payment service provider, by webhook or poll.
    #[serde(rename = "psp")]
    Provider,
    /// Nobody: the time for acting ran out.
    Timer,
    /// Staff.
    Operator,
    /// Another part of the program.
    System,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// Its name; rows with different `from` may share it.
    pub name: String,
    /// The state it leaves.
    pub from: String,
    /// The state it enters.
    pub to: String,
    /// Who makes it.
    pub actor: Actor,
    /// Facts that must hold, checked by the engine. A timer has none.
    pub guards: Vec<String>,
    /// What happens with it, in this order.
    pub effects: Vec<Effect>,
    /// For a timer, and only for one: how long the state waits before it fires.
    pub after: Option<Duration>,
    /// Shortens the wait in the state it enters, when it comes with more certainty than others.
    pub wait: Option<Duration>,
    /// For the provider, and only for it: the answer that makes this transition.
    pub on: Option<String>,
    /// The transition that the legs of the deal make at the same time.
    pub leg: Option<String>,
}

/// What a transition does to the timer of its deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countdown<'p> {
    /// The state did not change: the running timer goes on, so nobody can push a deadline away.
    Keep,
    /// The new state waits for nothing.
    Stop,
    /// A timer starts now, in place of any other.
    Start {
        /// The transition it will make.
        timer: &'p Transition,
        /// How long from now.
        after: Duration,
    },
}

impl Process {
    /// The state in which a process begins.
    pub fn start(&self) -> &str {
        &self.start
    }

    /// All states, in the order of the table.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// All rows, in the order of the table.
    pub fn transitions(&self) -> &[Transition] {
        &self.transitions
    }

    /// The state of that name.
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| state.name == name)
    }

    /// The rows that leave a state, whoever makes them.
    pub fn leaving(&self, from: &str) -> impl Iterator<Item = &Transition> {
        self.transitions.iter().filter(move |row| row.from == from)
    }

    /// The row of that name that leaves a state.
    pub fn transition(&self, from: &str, name: &str) -> Option<&Transition> {
        self.leaving(from).find(|row| row.name == name)
    }

    /// What an actor may do now, before guards.
    pub fn open_to(&self, from: &str, actor: Actor) -> impl Iterator<Item = &Transition> {
        self.leaving(from).filter(move |row| row.actor == actor)
    }

    /// What silence does in a state; its `after` says how long it takes.
    pub fn timer(&self, state: &str) -> Option<&Transition> {
        self.open_to(state, Actor::Timer).next()
    }

    /// The row that a provider's answer makes in a state.
    pub fn answer(&self, from: &str, answer: &str) -> Option<&Transition> {
        self.leaving(from).find(|row| row.on.as_deref() == Some(answer))
    }

    /// What happens to the timer when `taken` has been made.
    pub fn countdown(&self, taken: &Transition) -> Countdown<'_> {
        if taken.is_loop() && taken.actor != Actor::Timer {
            return Countdown::Keep;
        }
        let timer = self.timer(&taken.to);
        match timer.and_then(|timer| Some((timer, taken.wait.or(timer.after)?))) {
            Some((timer, after)) => Countdown::Start { timer, after },
            None => Countdown::Stop,
        }
    }

    /// The shortest way to an end when no person acts: timers, the provider, and recurring jobs alone.
    /// Empty if `from` is an end, `None` if there is no such way.
    pub fn path_to_end(&self, from: &str) -> Option<Vec<&Transition>> {
        let mut ways: Vec<(&str, Vec<&Transition>)> = vec![(&self.state(from)?.name, Vec::new())];
        let mut next = 0;
        while let Some((state, way)) = ways.get(next).cloned() {
            if self.state(state).is_some_and(State::is_end) {
                return Some(way);
            }
            for row in self.leaving(state).filter(|row| self.acts_unasked(row.actor)) {
                if !ways.iter().any(|(seen, _)| *seen == row.to) {
                    ways.push((&row.to, way.iter().copied().chain([row]).collect()));
                }
            }
            next += 1;
        }
        None
    }

    /// The guards that an engine has to know to run this table.
    pub fn guards(&self) -> &[String] {
        &self.guards
    }

    /// The effects beside money and stock that an engine has to know to run this table.
    pub fn other_effects(&self) -> &[String] {
        &self.other_effects
    }

    /// The recurring jobs that make the system's transitions of this table without being asked.
    pub fn jobs(&self) -> &[String] {
        &self.jobs
    }

    /// Whether an actor acts although every person and the carrier stay silent.
    fn acts_unasked(&self, actor: Actor) -> bool {
        match actor {
            Actor::Timer | Actor::Provider => true,
            Actor::System => !self.jobs.is_empty(),
            Actor::Buyer | Actor::Seller | Actor::Carrier | Actor::Operator => false,
        }
    }

    /// How long the payment provider lets money be held, if this process holds any.
    pub fn hold_window(&self) -> Option<Duration> {
        self.hold_window
    }
}

impl State {
    /// Nothing is expected any more.
    pub fn is_end(&self) -> bool {
        self.kind == Kind::End
    }

    /// Somebody is expected to act, and a timer runs.
    pub fn is_waiting(&self) -> bool {
        self.kind == Kind::Waiting
    }
}

impl Transition {
    /// Whether it stays where it is.
    pub fn is_loop(&self) -> bool {
        self.from == self.to
    }
}

impl Actor {
    /// The name in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Actor::Buyer => "buyer",
            Actor::Seller => "seller",
            Actor::Carrier => "carrier",
            Actor::Provider => "psp",
            Actor::Timer => "timer",
            Actor::Operator => "operator",
            Actor::System => "system",
        }
    }

    /// A human being: needs a button, and may never press it.
    pub fn is_person(self) -> bool {
        matches!(self, Actor::Buyer | Actor::Seller | Actor::Operator)
    }
}
