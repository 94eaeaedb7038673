//! Proves from outside that the books are right: the guards of the database are looked over, and what they
//! keep is counted again from the lines alone.

mod store;

use kernel::{Currency, Moment, Money};
use platform::Reader;
use serde::Serialize;
use std::fmt;
use time::format_description::well_known::Rfc3339;

/// Violations shown of one check; the rest are counted.
const SHOWN_MAX: usize = 20;

/// One invariant and what contradicts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The invariant, as a sentence that is true when the check holds.
    pub name: String,
    pub ok: bool,
    /// What contradicts it, a line each; at most 20, then the number of the others.
    pub violations: Vec<String>,
}

/// Money that stands on a transit account: it must go on, so its age matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InTransit {
    pub account: String,
    pub money: Money,
    #[serde(with = "time::serde::rfc3339")]
    pub since: Moment,
    /// Whole seconds from `since` to the report.
    pub age_s: i64,
}

/// The sums of the books in one currency, minor units, natural sides positive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub currency: Currency,
    /// What providers hold.
    pub assets: i64,
    /// What is held for, or owed to, buyers and sellers.
    pub liabilities: i64,
    pub revenue: i64,
    pub expenses: i64,
}

/// The outcome of a verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    #[serde(with = "time::serde::rfc3339")]
    pub at: Moment,
    pub entries: i64,
    pub checks: Vec<Check>,
    pub in_transit: Vec<InTransit>,
    pub totals: Vec<Totals>,
}

impl Report {
    /// Adds a check that another crate made about its own tables: `name` is true when nothing contradicts it.
    pub fn add(&mut self, name: impl Into<String>, mut violations: Vec<String>) {
        let ok = violations.is_empty();
        if violations.len() > SHOWN_MAX {
            let more = violations.len() - SHOWN_MAX;
            violations.truncate(SHOWN_MAX);
            violations.push(format!("and {more} more"));
        }
        self.checks.push(Check { name: name.into(), ok, violations });
    }

    /// Whether every invariant holds. Money in transit is no violation, however old.
    pub fn ok(&self) -> bool {
        self.checks.iter().all(|c| c.ok)
    }

    /// The check of that name.
    pub fn check(&self, name: &str) -> Option<&Check> {
        self.checks.iter().find(|c| c.name == name)
    }
}

/// Transit accounts that hold money, and since when; the oldest first.
///
/// # Errors
/// The database fails.
pub async fn in_transit(reader: &mut Reader) -> Result<Vec<InTransit>, sqlx::Error> {
    store::in_transit(reader).await
}

/// Checks every invariant of the ledger but the anchor. Each check is one statement, so it sees one moment and may run beside
/// traffic; the reader's `now` dates the report.
pub async fn verify(reader: &mut Reader) -> Result<Report, sqlx::Error> {
    let mut report = Report {
        at: reader.now(),
        entries: store::count_entries(reader).await?,
        checks: Vec::new(),
        in_transit: store::in_transit(reader).await?,
        totals: store::totals(reader).await?,
    };
    report.add(names::GUARDS, store::guards_off(reader).await?);
    report.add(names::TRIAL_BALANCE, store::trial_balance(reader).await?);
    report.add(names::ENTRIES_BALANCE, store::unbalanced_entries(reader).await?);
    report.add(names::ENTRIES_HAVE_LINES, store::empty_entries(reader).await?);
    report.add(names::CURRENCIES, store::wrong_currencies(reader).await?);
    report.add(names::KINDS, store::lines_not_allowed(reader).await?);
    report.add(names::RUNNING_BALANCES, store::wrong_running_balances(reader).await?);
    report.add(names::NO_OVERDRAFT, store::overdrawn(reader).await?);
    report.add(names::SNAPSHOTS, store::wrong_snapshots(reader).await?);
    report.add(names::MIRRORS, store::mirrors_off(reader).await?);
    report.add(names::CHART, store::chart_differs(reader).await?);
    report.add(names::ENTRY_KINDS, store::kinds_without_rows(reader).await?);
    report.add(names::CHAIN, store::seal_faults(reader).await?);
    report.add(names::HORIZON, store::beyond_the_horizon(reader).await?);
    Ok(report)
}

/// The invariants, in words.
pub mod names {
    pub const GUARDS: &str = "every guard of the ledger is in place and switched on";
    pub const TRIAL_BALANCE: &str = "the trial balance is zero in every currency";
    pub const ENTRIES_BALANCE: &str = "every entry balances in each of its currencies";
    pub const ENTRIES_HAVE_LINES: &str = "every entry has lines";
    pub const CURRENCIES: &str = "every line is in the currency of its account";
    pub const KINDS: &str = "every entry touches only accounts that its kind may touch";
    pub const RUNNING_BALANCES: &str = "every running balance is the sum of its lines";
    pub const NO_OVERDRAFT: &str = "no strict account is overdrawn";
    pub const SNAPSHOTS: &str = "every snapshot and what came after it add up to the lines";
    pub const MIRRORS: &str =
        "what sellers have at a provider is what stands there and what is on its way to their banks";
    pub const CHART: &str = "the program and the database have one chart of accounts";
    pub const ENTRY_KINDS: &str = "every kind of entry may touch some account";
    pub const CHAIN: &str = "every sealed entry is as it was sealed";
    pub const HORIZON: &str = "no entry is of a transaction that is still to come";
    /// Added by whoever has the object store at hand, with `seal::against_anchor`.
    pub const ANCHOR: &str = "the chain of seals is the one that was anchored outside of the database";
}

/// One line a check, then what contradicts it, then what is on its way.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "ledger at {}: {} entries", written(self.at), self.entries)?;
        for check in &self.checks {
            writeln!(f, "{} {}", if check.ok { "ok    " } else { "FAILED" }, check.name)?;
            for violation in &check.violations {
                writeln!(f, "         {violation}")?;
            }
        }
        for totals in &self.totals {
            let sum = |amount| Money::new(amount, totals.currency).decimal();
            writeln!(
                f,
                "sums   {}: assets {}, liabilities {}, revenue {}, expenses {}",
                totals.currency,
                sum(totals.assets),
                sum(totals.liabilities),
                sum(totals.revenue),
                sum(totals.expenses)
            )?;
        }
        for it in &self.in_transit {
            let (money, since) = (it.money.decimal(), written(it.since));
            writeln!(
                f,
                "moving {}: {money} {} since {since} ({} h)",
                it.account,
                it.money.currency,
                it.age_s / 3600
            )?;
        }
        write!(f, "{}", if self.ok() { "every invariant holds" } else { "AN INVARIANT IS BROKEN" })
    }
}

fn written(at: Moment) -> String {
    at.format(&Rfc3339).unwrap_or_else(|_| at.unix_timestamp().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        Report {
            at: Moment::UNIX_EPOCH,
            entries: 0,
            checks: Vec::new(),
            in_transit: Vec::new(),
            totals: Vec::new(),
        }
    }

    #[test]
    fn one_violation_spoils_the_report() {
        let mut report = report();
        report.add("all is well", Vec::new());
        assert!(report.ok());
        report.add("none is odd", (0..25).map(|n| format!("{n} is odd")).collect());
        assert!(!report.ok());
        let check = report.check("none is odd").unwrap();
        assert_eq!(check.violations.len(), SHOWN_MAX + 1);
        assert!(report.to_string().contains("and 5 more"), "{report}");
    }

    #[test]
    fn serialises_with_written_times() {
        let json = serde_json::to_value(report()).unwrap();
        assert_eq!(json["at"], "1970-01-01T00:00:00Z");
    }
}
