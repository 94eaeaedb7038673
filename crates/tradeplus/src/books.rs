//! The books on the command line: what was booked about something, and how the books stand.

use kernel::{Moment, Money, Refusal};
use ledger::ages::{self, Late};
use ledger::cover::{self, Cover};
use ledger::entry::Line;
use ledger::seal::{self, Anchor};
use ledger::show::{self, Booked};
use ledger::{Balance, books};
use market::accounts::rules as accounts;
use market::orders::overview as orders;
use platform::Reader;
use platform::objects::Objects;
use serde_json::{Value, json};
use std::fmt;
use time::format_description::well_known::Rfc3339;

/// What somebody wants to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// By its number or id.
    Order,
    /// By their handle.
    Member,
    /// By its code.
    Account,
}

/// What stands there, and what was booked: an order's entries oldest first, all others newest first.
#[derive(Debug)]
pub struct Shown {
    pub balances: Vec<Balance>,
    pub entries: Vec<Booked>,
}

/// Looks at something; `limit` entries of a member or an account. `None` when there is no such thing.
///
/// # Errors
/// The database fails.
pub async fn show(reader: &mut Reader, what: What, name: &str, limit: i64) -> Result<Option<Shown>, Refusal> {
    match what {
        What::Order => {
            let Some(order) = orders::find(reader, name).await? else { return Ok(None) };
            let balances = ledger::balances_of_owner(reader, order).await?;
            let numbers = orders::money::numbers_of(reader, order).await?;
            Ok(Some(Shown { balances, entries: show::of_order(reader, order, &numbers).await? }))
        }
        What::Member => {
            let member = match accounts::by_handle(reader, name.trim_start_matches('@')).await {
                Err(Refusal::NotFound) => return Ok(None),
                other => other?.id,
            };
            let balances = ledger::balances_of_owner(reader, member).await?;
            Ok(Some(Shown { balances, entries: show::of_member(reader, member, None, limit).await? }))
        }
        What::Account => {
            let Some(found) = books::find(reader, name).await? else { return Ok(None) };
            let balances = vec![Balance { account: found.account, money: found.money }];
            Ok(Some(Shown { balances, entries: show::of_account(reader, name, None, limit).await? }))
        }
    }
}

impl Shown {
    /// For programs: amounts in minor units, debits positive.
    pub fn json(&self) -> Value {
        let balance =
            |it: &Balance| json!({ "account": it.account.code(it.money.currency), "stands": it.money });
        let line = |it: &Line| json!({ "account": it.account.code(it.amount.currency), "amount": it.amount });
        let entry = |it: &Booked| {
            json!({ "entry": it.entry, "key": it.key, "kind": it.kind, "subject": it.subject, "at": written(it.at),
                "provider_ref": it.provider_ref, "lines": it.lines.iter().map(line).collect::<Vec<_>>() })
        };
        json!({ "balances": self.balances.iter().map(balance).collect::<Vec<_>>(),
            "entries": self.entries.iter().map(entry).collect::<Vec<_>>() })
    }
}

/// Accounts and what stands on them, then the entries with debits left and credits right.
impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<74} {:>29}", "account", "stands")?;
        for Balance { account, money } in &self.balances {
            let account = account.to_string();
            writeln!(f, "{account:<74} {:>29} {}", money.decimal(), money.currency)?;
        }
        writeln!(f, "\n{:<76} {:>14} {:>14}", "entry", "debit", "credit")?;
        for entry in &self.entries {
            writeln!(f, "{entry}")?;
        }
        Ok(())
    }
}

/// How the books stand beside what must hold: the chain over them, what is late, and the cover.
#[derive(Debug)]
pub struct Standing {
    pub head: Option<Anchor>,
    /// Entries that wait for their seal.
    pub waiting: i64,
    /// What was kept outside of the database.
    pub anchor: Option<Anchor>,
    pub late: Vec<Late>,
    pub cover: Vec<Cover>,
}

impl Standing {
    /// Reads it.
    ///
    /// # Errors
    /// The database or the object store fails.
    pub async fn read(reader: &mut Reader, objects: &Objects) -> Result<Self, Refusal> {
        let now = reader.now();
        Ok(Self {
            head: seal::head(reader).await?,
            waiting: seal::waiting(reader).await?,
            anchor: seal::kept(objects).await?,
            late: ages::late(reader, now).await?,
            cover: cover::by_currency(reader).await?,
        })
    }

    /// For programs: amounts in minor units.
    pub fn json(&self) -> Value {
        let late = |it: &Late| json!({ "account": it.code, "stands": it.money, "since": written(it.since), "days": it.age.whole_days() });
        let cover = |it: &Cover| {
            json!({ "currency": it.currency, "held": it.held, "owed": it.owed, "margin": it.margin().amount,
                "earned": it.earned, "spent": it.spent, "taken": it.taken, "takeable": it.takeable().amount })
        };
        json!({ "chain": { "head": self.head, "waiting": self.waiting, "anchor": self.anchor },
            "late": self.late.iter().map(late).collect::<Vec<_>>(),
            "cover": self.cover.iter().map(cover).collect::<Vec<_>>() })
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seal = |it: &Option<Anchor>| match it {
            Some(it) => format!("{} {}", it.n, it.hash),
            None => "none".to_owned(),
        };
        writeln!(f, "chain  head {}, {} waiting for their seal", seal(&self.head), self.waiting)?;
        writeln!(f, "chain  anchor {}", seal(&self.anchor))?;
        for it in &self.late {
            let (money, days) = (it.money.decimal(), it.age.whole_days());
            writeln!(f, "LATE   {}: {money} {} for {days} days", it.code, it.money.currency)?;
        }
        if !self.cover.is_empty() {
            writeln!(
                f,
                "cover  {:<8} {:>16} {:>16} {:>16} {:>16}",
                "currency", "held", "owed", "margin", "takeable"
            )?;
        }
        for it in &self.cover {
            let sum = |amount| Money::new(amount, it.currency).decimal();
            writeln!(
                f,
                "cover  {:<8} {:>16} {:>16} {:>16} {:>16}",
                it.currency.code(),
                sum(it.held),
                sum(it.owed),
                it.margin().decimal(),
                it.takeable().decimal()
            )?;
        }
        Ok(())
    }
}

fn written(at: Moment) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}
