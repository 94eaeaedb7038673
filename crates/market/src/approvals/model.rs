//! What somebody of the staff wants to do, and how far that has come.

use crate::permissions::Permission;
use crate::staff::model::{Reason, RoleTitle, Words};
use kernel::{ApprovalId, JobId, MemberId, Moment, OrderId, SuspensionId};
use platform::config::SecondPerson;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
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
];

/// What the settings say of it, and what links in letters begin with.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub second_person_for: &'a [SecondPerson],
    pub base_url: &'a str,
}

impl Terms<'_> {
    /// Whether acts of this kind wait for a second person.
    pub fn ask_for(&self, kind: SecondPerson) -> bool {
        self.second_person_for.contains(&kind)
    }
}

/// An act with everything that it takes. Kept as JSON until it is done, perhaps by another process than it was asked of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    GrantRole {
        member: MemberId,
        role: String,
    },
    TakeRole {
        member: MemberId,
        role: String,
    },
    MakeRole {
        title: RoleTitle,
        permissions: Vec<String>,
    },
    EditRole {
        role: String,
        /// What it gathered when it was asked for.
        before: Vec<String>,
        after: Vec<String>,
    },
    DeleteRole {
        role: String,
    },
    Suspend {
        member: MemberId,
        words: Words,
        /// From the moment on when it is done; until somebody lifts it, when nothing.
        days: Option<i64>,
    },
    LiftSuspension {
        member: MemberId,
        /// The one that was there when it was asked for.
        suspension: Option<SuspensionId>,
    },
    LookAs {
        member: MemberId,
    },
    DecideOrder {
        order: OrderId,
        step: String,
        /// How many steps it had taken when it was asked for.
        version: i32,
    },
    DiscardJob {
        job: JobId,
    },
}

impl Act {
    /// As it is kept. The words for people are the message `act-` and this, with dashes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::GrantRole { .. } => "grant_role",
            Self::TakeRole { .. } => "take_role",
            Self::MakeRole { .. } => "make_role",
            Self::EditRole { .. } => "edit_role",
            Self::DeleteRole { .. } => "delete_role",
            Self::Suspend { .. } => "suspend",
            Self::LiftSuspension { .. } => "lift_suspension",
            Self::LookAs { .. } => "look_as",
            Self::DecideOrder { .. } => "decide_order",
            Self::DiscardJob { .. } => "discard_job",
        }
    }

    /// The key of its words.
    pub fn key(&self) -> String {
        format!("act-{}", self.name().replace('_', "-"))
    }

    /// By which line of the settings it waits.
    pub const fn kind(&self) -> SecondPerson {
        match self {
            Self::GrantRole { .. }
            | Self::TakeRole { .. }
            | Self::MakeRole { .. }
            | Self::EditRole { .. }
            | Self::DeleteRole { .. } => SecondPerson::Roles,
            Self::Suspend { .. } | Self::LiftSuspension { .. } => SecondPerson::Suspensions,
            Self::LookAs { .. } => SecondPerson::Looking,
            Self::DecideOrder { .. } => SecondPerson::Orders,
            Self::DiscardJob { .. } => SecondPerson::Jobs,
        }
    }

    /// What both persons must be permitted.
    pub const fn permission(&self) -> Permission {
        match self {
            Self::GrantRole { .. } | Self::TakeRole { .. } => Permission::RolesGrant,
            Self::MakeRole { .. } | Self::EditRole { .. } | Self::DeleteRole { .. } => Permission::RolesEdit,
            Self::Suspend { .. } | Self::LiftSuspension { .. } => Permission::MembersSuspend,
            Self::LookAs { .. } => Permission::MembersLook,
            Self::DecideOrder { .. } => Permission::OrdersDecide,
            Self::DiscardJob { .. } => Permission::JobsRun,
        }
    }

    /// The member whom it is done to, if it is one.
    pub const fn member(&self) -> Option<MemberId> {
        match self {
            Self::GrantRole { member, .. }
            | Self::TakeRole { member, .. }
            | Self::Suspend { member, .. }
            | Self::LiftSuspension { member, .. }
            | Self::LookAs { member } => Some(*member),
            _ => None,
        }
    }

    /// Whether only who asked can do it: agreed to, it waits for them.
    pub const fn is_left_to_asker(&self) -> bool {
        matches!(self, Self::LookAs { .. })
    }

    /// What it is about, in a word. Of two acts with the same one only one can wait.
    pub(super) fn subject(&self, by: MemberId) -> String {
        match self {
            Self::GrantRole { member, role } | Self::TakeRole { member, role } => {
                format!("role:{role}:{member}")
            }
            Self::MakeRole { title, .. } => format!("new-role:{title}"),
            Self::EditRole { role, .. } | Self::DeleteRole { role } => format!("role:{role}"),
            Self::Suspend { member, .. } | Self::LiftSuspension { member, .. } => {
                format!("suspension:{member}")
            }
            Self::LookAs { member } => format!("look:{by}:{member}"),
            Self::DecideOrder { order, .. } => format!("order:{order}"),
            Self::DiscardJob { job } => format!("job:{job}"),
        }
    }

    /// For the audit log, which forgets nothing: without the words that a member would read.
    pub(super) fn told(&self) -> Map<String, Value> {
        let Ok(Value::Object(mut told)) = serde_json::to_value(self) else { return Map::new() };
        told.remove("words");
        told
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
mod tests {
    use super::*;
    use kernel::{Lang, Say};
    use uuid::Uuid;

    fn all() -> Vec<Act> {
        let (member, role) = (MemberId(Uuid::nil()), "support".to_owned());
        let names = vec!["admin.see".to_owned()];
        vec![
            Act::GrantRole { member, role: role.clone() },
            Act::TakeRole { member, role: role.clone() },
            Act::MakeRole { title: RoleTitle::read("Desk").unwrap(), permissions: names.clone() },
            Act::EditRole { role: role.clone(), before: Vec::new(), after: names },
            Act::DeleteRole { role },
            Act::Suspend { member, words: Words::read("You are out.").unwrap(), days: Some(7) },
            Act::LiftSuspension { member, suspension: None },
            Act::LookAs { member },
            Act::DecideOrder { order: OrderId(Uuid::nil()), step: "decide_refund".to_owned(), version: 3 },
            Act::DiscardJob { job: JobId(Uuid::nil()) },
        ]
    }

    #[test]
    fn what_is_kept_is_read_as_it_was() {
        for act in all() {
            let kept = serde_json::to_value(&act).unwrap();
            assert_eq!(kept["act"], act.name());
            assert_eq!(serde_json::from_value::<Act>(kept.clone()).unwrap(), act);
            let Value::Object(mut more) = kept else { panic!("{act:?}") };
            more.insert("more".to_owned(), true.into());
            assert!(serde_json::from_value::<Act>(more.into()).is_err(), "{act:?} with more than it takes");
            assert!(!act.told().contains_key("words"));
        }
        let unknown = serde_json::json!({ "act": "pay_out", "amount": 5 });
        assert!(serde_json::from_value::<Act>(unknown).is_err(), "an act of a later version");
    }

    #[test]
    fn everything_has_words_and_somebody_who_decides() {
        for lang in Lang::all() {
            let say = Say::new(lang);
            let kinds = SecondPerson::ALL.map(|kind| format!("second-{}", kind.name()));
            let states = State::ALL.map(|state| format!("approval-{}", state.name()));
            for key in all().iter().map(Act::key).chain(kinds).chain(states) {
                assert!(Say::knows(&key) && !say.by_key(&key).is_empty(), "{key}");
            }
        }
        for act in all() {
            assert!(DECIDERS.contains(&act.permission()), "{act:?}");
        }
        for kind in SecondPerson::ALL {
            assert!(all().iter().any(|act| act.kind() == kind), "{kind:?} is in the settings for nothing");
        }
        assert!(State::ALL.iter().all(|s| State::find(s.name()) == Some(*s)));
    }
}
