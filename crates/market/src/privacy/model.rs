//! What somebody asked for who has an account.

use crate::orders::leaving::{Open, Sale};
use kernel::{CopyId, MemberId, Moment, Money};
use platform::Db;
use platform::objects::Objects;
use platform::vault::Vault;
use std::path::Path;

/// The copy of everything that somebody asked for last.
#[derive(Clone, Debug)]
pub struct DataCopy {
    pub id: CopyId,
    pub asked_at: Moment,
    /// Nothing while it is being made.
    pub ready: Option<Ready>,
}

/// A copy that can be taken.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Where the archive is in the object store.
    pub key: String,
    pub bytes: i64,
    pub ends_at: Moment,
}

/// What keeps somebody from leaving.
#[derive(Debug, Default)]
pub struct Obstacles {
    /// Deals that are not at their end; the first of them, if there are many.
    pub orders: Vec<Open>,
    /// What is owed to them: released to them, and not paid out.
    pub money: Vec<Money>,
    /// Where that comes from; the latest of them, if there are many.
    pub sales: Vec<Sale>,
    /// What they owe the marketplace.
    pub owes: Vec<Money>,
    /// Money is on its way to their bank, or waits for it.
    pub is_paid_out: bool,
    /// A bank still decides about something that they bought or sold.
    pub is_disputed: bool,
    /// They work here: their roles are taken away first.
    pub is_staff: bool,
}

impl Obstacles {
    pub fn is_empty(&self) -> bool {
        let owes_nothing = self.money.is_empty() && self.owes.is_empty() && !self.is_paid_out;
        self.orders.is_empty() && owes_nothing && !self.is_disputed && !self.is_staff
    }
}

/// Somebody who is leaving.
#[derive(Clone, Debug)]
pub struct Deletion {
    pub member: MemberId,
    pub asked_at: Moment,
    pub due_at: Moment,
    /// Listings that were live when they asked.
    pub(super) paused: Vec<uuid::Uuid>,
    pub(super) is_reminded: bool,
    /// The last mail to them, once it was written.
    pub(super) letter: Option<kernel::MailId>,
    /// Steps that are done.
    pub(super) step: i32,
    pub(super) is_erased: bool,
}

/// What the jobs of this slice work with.
#[derive(Clone, Copy, Debug)]
pub struct Tools<'a> {
    pub db: &'a Db,
    pub objects: &'a Objects,
    pub vault: &'a Vault,
    /// Where an archive lies while it is made.
    pub data_dir: &'a Path,
    pub base_url: &'a str,
}
