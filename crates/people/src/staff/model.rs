//! Why staff acts, on whom, and what roles and suspensions are.

use crate::accounts::model::{Member, Role as BuiltIn};
use crate::accounts::rules as accounts;
use crate::permissions::{Permission, Permissions};
use kernel::{MemberId, Moment, Refusal, RoleId, Say, SuspensionId, Wrong, text};
use platform::{Tx, audit};
use uuid::Uuid;

text! {
    /// Why a member of staff does something. For staff, and for the audit log, which forgets nothing.
    Reason, 3..=500, lines;
    /// What a suspended member reads.
    Words, 3..=1000, lines;
    /// What a suspended member answers.
    Appeal, 3..=2000, lines;
    /// What a role is called.
    RoleTitle, 2..=40, line;
}

/// A member whom a member of staff may act on, locked until the unit of work is over: not themselves, and nobody who
/// may do what they may not. Only [`Target::lock`] makes one, and what changes somebody asks for one.
#[derive(Debug)]
pub struct Target(Member);

impl Target {
    /// Errors: `NotFound` for who may not do it at all, and for somebody who is not there; `Conflict("staff-self")`
    /// and `("staff-above")`.
    pub async fn lock(tx: &mut Tx, by: &Member, what: Permission, id: MemberId) -> Result<Self, Refusal> {
        if !by.may(what) {
            return Err(Refusal::NotFound);
        }
        let member = accounts::lock(tx, id).await?;
        if member.id == by.id {
            return Err(Refusal::Conflict("staff-self"));
        }
        match by.permissions.covers(member.permissions) {
            true => Ok(Self(member)),
            false => Err(Refusal::Conflict("staff-above")),
        }
    }

    pub const fn member(&self) -> &Member {
        &self.0
    }
}

/// Writes what a member of staff does about somebody, and why, into the audit log. `more` joins the reason.
pub(super) async fn record(
    tx: &mut Tx,
    by: &Member,
    action: &str,
    object: (&str, Uuid),
    why: &Reason,
    mut more: serde_json::Map<String, serde_json::Value>,
) -> Result<(), Refusal> {
    more.insert("reason".to_owned(), why.as_str().into());
    Ok(audit::write(tx, Some(by.id), action, object, more.into()).await?)
}

/// A role: a name for some permissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// As it is kept, and as the API shows it.
    pub name: String,
    /// What the audit log calls it.
    pub id: RoleId,
    /// What its maker called it; empty for one that comes with the program.
    pub title: String,
    pub is_built_in: bool,
    pub permissions: Permissions,
    /// How many members hold it.
    pub holders: i64,
}

impl Role {
    /// The one that holds everything, and cannot be changed.
    pub fn is_operator(&self) -> bool {
        self.name == BuiltIn::Operator.name()
    }

    /// What it is called in the reader's language.
    pub fn title(&self, say: &Say) -> String {
        if self.is_built_in { say.by_key(&format!("role-{}", self.name)) } else { self.title.clone() }
    }

    /// Whether a text can be the name of a role at all.
    pub fn is_name(text: &str) -> bool {
        let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        (2..=30).contains(&text.len())
            && text != "new"
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(letters)
    }

    /// The name of a new role, from its title. Errors: nothing of it can be written in plain letters.
    pub fn name_of(title: &RoleTitle) -> Result<String, Wrong> {
        let plain = kernel::text::slug(title.as_str()).replace('-', "_");
        let name: String = plain.chars().take(30).collect();
        let name = name.trim_end_matches('_').to_owned();
        if Self::is_name(&name) { Ok(name) } else { Err(Wrong::Because("wrong-role-title")) }
    }
}

/// Why and how long somebody is, or was, suspended.
#[derive(Clone, Debug)]
pub struct Suspension {
    pub id: SuspensionId,
    /// For staff.
    pub reason: String,
    /// For the member.
    pub words: String,
    pub began_at: Moment,
    /// Until somebody lifts it, when nothing.
    pub until: Option<Moment>,
    pub lifted_at: Option<Moment>,
    /// The member's answer.
    pub appeal: Option<String>,
    pub appealed_at: Option<Moment>,
    /// Why it stays nevertheless, for the member.
    pub answer: Option<String>,
    pub answered_at: Option<Moment>,
}

impl Suspension {
    /// Whether the member has answered, and nobody has decided about it.
    pub const fn awaits_a_word(&self) -> bool {
        self.lifted_at.is_none() && self.appealed_at.is_some() && self.answered_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_get_plain_names() {
        let name = |title: &str| Role::name_of(&RoleTitle::read(title).unwrap());
        assert_eq!(name("Night shift"), Ok("night_shift".to_owned()));
        assert_eq!(name("Büro & Kasse"), Ok("buro_kasse".to_owned()));
        assert_eq!(
            name("A role with a very long name of 40 signs"),
            Ok("a_role_with_a_very_long_name_o".to_owned())
        );
        for bad in ["自転車", "New", "7 dwarfs", "x!"] {
            assert_eq!(name(bad), Err(Wrong::Because("wrong-role-title")), "{bad}");
        }
        assert!(!Role::is_name("\0") && !Role::is_name("Support") && Role::is_name("support"));
    }
}
