//! What somebody of the staff wants to do, and how far that has come.

mod act;

pub use act::Act;

use crate::permissions::Permission;
use crate::staff::model::Reason;
use kernel::{ApprovalId, MemberId, Moment, Money};
use platform::config::SecondPerson;
use time::Duration;

/// How long an act waits for a second person.
pub const LIFE: Duration = Duration::hours(72);
/// How long who asked has for what only they can do, once it is agreed to.
pub const USE_LIFE: Duration = Duration::hours(24);
/// What somebody must be permitted to agree to one kind of act or another.
pub const DECIDERS: &[Permission] = &[
    Permission::RolesEdit,
    Permission::RolesGrant,
    Permission::MembersSuspend,
    Permission::MembersLook,
    Permission::OrdersDecide,
    Permission::JobsRun,
    Permission::RulesEdit,
    Permission::PayoutsManage,
    Permission::LedgerAdjust,
    Permission::ChargebacksManage,
    Permission::PaymentsReplay,
];

/// What the settings say of it, and what links in letters begin with.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub second_person_for: &'a [SecondPerson],
    /// What is about more than this waits too, whatever its kind; nothing where there is no limit.
    pub alone_up_to: Option<Money>,
    pub base_url: &'a str,
}

impl Terms<'_> {
    /// Whether anything waits for a second person.
    pub fn ask_at_all(&self) -> bool {
        !self.second_person_for.is_empty() || self.alone_up_to.is_some()
    }

    /// Whether acts of this kind wait for a second person.
    pub fn ask_for(&self, kind: SecondPerson) -> bool {
        self.second_person_for.contains(&kind)
    }
}

/// How far it has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// For a second person.
    Waiting,
    /// A second person has agreed, and who asked has not done it yet.
    Agreed,
    Done,
    Declined,
    Withdrawn,
    /// Nobody came in time.
    Expired,
}

impl State {
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Agreed, Self::Done, Self::Declined, Self::Withdrawn, Self::Expired];

    /// As it is kept. The words for people are the message `approval-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Agreed => "agreed",
            Self::Done => "done",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// An act that somebody has asked for.
#[derive(Clone, Debug)]
pub struct Approval {
    pub id: ApprovalId,
    pub act: Act,
    pub reason: Reason,
    pub asked_by: MemberId,
    pub asked_at: Moment,
    /// When it is over, unless it has ended before.
    pub expires_at: Moment,
    /// As it is kept: see [`Approval::state`].
    pub(super) kept: State,
    /// Members whom it concerns.
    pub about: Vec<MemberId>,
    pub decided: Option<Decided>,
}

/// What the second person said.
#[derive(Clone, Debug)]
pub struct Decided {
    pub by: MemberId,
    pub at: Moment,
    pub why: String,
}

impl Approval {
    /// How far it has come at this moment: what is over is so to the second, whenever it is put away.
    pub fn state(&self, now: Moment) -> State {
        match self.kept {
            State::Waiting | State::Agreed if self.expires_at <= now => State::Expired,
            state => state,
        }
    }
}

/// What became of an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Became {
    Done,
    /// It waits for a second person.
    Waits,
}

#[cfg(test)]
mod tests;
