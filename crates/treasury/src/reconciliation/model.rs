//! What a comparison is, and what it finds.

use kernel::{Currency, MemberId, Moment, Money, OrderId, RunId, SuspenseId, TicketId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What contradicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A line that nothing of ours explains.
    LineUnexplained,
    /// An entry that the statement does not have.
    EntryUnseen,
    /// A line whose amount or fee is not what we booked.
    AmountDiffers,
    /// What the books hold at the provider is not what it holds.
    BalanceDiffers,
    /// What a seller has at the provider is not what we mirrored.
    MirrorDiffers,
    /// A payout is not what its parts are, or the provider did not make it.
    PayoutDiffers,
    /// Less is held than is owed, and not by fees alone that are earned later.
    CoverShort,
}

impl FindingKind {
    pub const ALL: [Self; 7] = [
        Self::LineUnexplained,
        Self::EntryUnseen,
        Self::AmountDiffers,
        Self::BalanceDiffers,
        Self::MirrorDiffers,
        Self::PayoutDiffers,
        Self::CoverShort,
    ];

    /// As it is kept. The words for people are the message `finding-` and this, with dashes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LineUnexplained => "line_unexplained",
            Self::EntryUnseen => "entry_unseen",
            Self::AmountDiffers => "amount_differs",
            Self::BalanceDiffers => "balance_differs",
            Self::MirrorDiffers => "mirror_differs",
            Self::PayoutDiffers => "payout_differs",
            Self::CoverShort => "cover_short",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The key of its words; `-do` behind it, what to do about it.
    pub fn key(self) -> String {
        format!("finding-{}", self.name().replace('_', "-"))
    }
}

/// Something that a comparison found. Amounts are minor units, natural sides positive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub kind: FindingKind,
    /// The line, the payout or the account that it is about.
    pub about: String,
    pub entry: Option<i64>,
    pub ours: Option<i64>,
    pub theirs: Option<i64>,
    pub currency: Currency,
    pub ticket: Option<TicketId>,
    /// What stands in suspense because of it.
    pub suspense: Option<SuspenseId>,
}

impl Finding {
    /// An amount of it with its currency.
    pub const fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.currency)
    }
}

/// On one line, for operators at a terminal.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |amount: Option<i64>| amount.map_or_else(|| "–".to_owned(), |a| self.money(a).decimal());
        write!(f, "{} {}", self.kind.name(), self.about)?;
        if let Some(entry) = self.entry {
            write!(f, " (entry {entry})")?;
        }
        write!(f, ": ours {}, theirs {} {}", said(self.ours), said(self.theirs), self.currency)
    }
}

/// The sums of one currency; minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    pub currency: Currency,
    /// What the books hold at the provider, once everything has arrived that is on its way.
    pub ours: Held,
    /// What the provider said; nothing if its balance did not stand still long enough to be read.
    pub theirs: Option<Held>,
    /// Lines that wait for their entries.
    pub lines_waiting: i64,
    /// Entries that wait for their lines.
    pub entries_waiting: i64,
}

impl Compared {
    /// Whether both hold the same.
    pub fn agrees(&self) -> bool {
        self.theirs.is_none_or(|theirs| theirs == self.ours)
    }
}

/// What somebody holds; minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub pending: i64,
    pub available: i64,
}

impl Held {
    /// All of it.
    pub const fn total(self) -> i64 {
        self.pending.saturating_add(self.available)
    }
}

/// How a comparison went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    pub id: RunId,
    pub provider: String,
    #[serde(with = "time::serde::rfc3339")]
    pub began_at: Moment,
    #[serde(with = "time::serde::rfc3339::option")]
    pub ended_at: Option<Moment>,
    /// It did not come to its end.
    pub was_cut: bool,
    pub by: Option<MemberId>,
    /// Lines that were new.
    pub lines: i64,
    /// Lines that entries of ours explain.
    pub matched: i64,
    /// Lines that were booked because they are the provider's own.
    pub booked: i64,
    /// What went to suspense.
    pub suspended: i64,
    /// How much was found.
    pub findings: i32,
    pub balances: Vec<Compared>,
}

/// A comparison, and everything that it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    #[serde(flatten)]
    pub run: Run,
    /// In the order in which they were found.
    pub found: Vec<Finding>,
}

impl Report {
    /// Whether nothing was found.
    pub const fn is_clean(&self) -> bool {
        self.found.is_empty()
    }
}

/// A few lines for operators at a terminal.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let run = &self.run;
        writeln!(
            f,
            "{}: {} new lines, {} explained, {} booked, {} to suspense",
            run.provider, run.lines, run.matched, run.booked, run.suspended
        )?;
        for row in &run.balances {
            let both = |held: Held| {
                let said = |amount| Money::new(amount, row.currency).decimal();
                format!("{} pending, {} available", said(held.pending), said(held.available))
            };
            writeln!(f, "  {} ours:   {}", row.currency, both(row.ours))?;
            match row.theirs {
                Some(theirs) => writeln!(f, "  {} theirs: {}", row.currency, both(theirs))?,
                None => writeln!(f, "  {} theirs: did not stand still, not compared", row.currency)?,
            }
        }
        for finding in &self.found {
            writeln!(f, "FOUND  {finding}")?;
        }
        match self.found.len() {
            0 => write!(f, "everything agrees"),
            n => write!(f, "findings: {n}"),
        }
    }
}

/// Why something is in suspense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    LineUnexplained,
    AmountDiffers,
    EntryUnseen,
}

impl Why {
    pub const ALL: [Self; 3] = [Self::LineUnexplained, Self::AmountDiffers, Self::EntryUnseen];

    /// As what it is found.
    pub const fn finding(self) -> FindingKind {
        match self {
            Self::LineUnexplained => FindingKind::LineUnexplained,
            Self::AmountDiffers => FindingKind::AmountDiffers,
            Self::EntryUnseen => FindingKind::EntryUnseen,
        }
    }

    /// As it is kept.
    pub const fn name(self) -> &'static str {
        self.finding().name()
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }
}

/// What money in suspense was, as somebody says who has looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Was {
    /// A charge of the provider, or one given back.
    Fee,
    /// Not worth looking any further.
    Goodwill,
    /// Between the company's account and the provider.
    Bank,
    /// The buyer's of an order, who was paid it from the company's bank: what came stays with the provider, and is the
    /// company's.
    Buyer {
        order: OrderId,
        /// What stands on the transfer.
        reference: String,
    },
    /// The seller's of an order: it goes on its way to them.
    Seller { order: OrderId, seller: MemberId },
}

impl Was {
    /// All there are, as they are chosen. The words for people are the message `suspense-into-` and this.
    pub const NAMES: [&str; 5] = ["fee", "goodwill", "bank", "buyer", "seller"];

    /// As it is kept.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Fee => "fee",
            Self::Goodwill => "goodwill",
            Self::Bank => "bank",
            Self::Buyer { .. } => "buyer",
            Self::Seller { .. } => "seller",
        }
    }

    /// Whose order it is of, where it is somebody's.
    pub const fn order(&self) -> Option<OrderId> {
        match self {
            Self::Buyer { order, .. } | Self::Seller { order, .. } => Some(*order),
            Self::Fee | Self::Goodwill | Self::Bank => None,
        }
    }
}

/// Something that stands in suspense, or stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspended {
    pub id: SuspenseId,
    pub provider: String,
    /// Its name in the keys of its entries.
    pub item: String,
    pub line: Option<String>,
    pub entry: Option<i64>,
    pub why: Why,
    /// As it changed what the provider holds.
    pub amount: Money,
    /// What we had booked of it.
    pub ours: i64,
    pub ticket: Option<TicketId>,
    pub opened_at: Moment,
    pub ended_at: Option<Moment>,
    /// `explained`, or the name of what somebody said that it was.
    pub ended_as: Option<String>,
}

/// A line of a statement, for whoever looks into it.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenLine {
    pub kind: String,
    pub source: Option<String>,
    pub amount: Money,
    pub fee: i64,
    pub net: i64,
    pub at: Moment,
    /// As it came.
    pub raw: serde_json::Value,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_back_as_it_went_and_has_words() {
        for kind in FindingKind::ALL {
            assert_eq!(FindingKind::find(kind.name()), Some(kind));
            assert!(kernel::Say::knows(&kind.key()) && kernel::Say::knows(&format!("{}-do", kind.key())));
        }
        for name in Was::NAMES {
            assert!(kernel::Say::knows(&format!("suspense-into-{name}")));
        }
        assert!(Why::ALL.into_iter().all(|why| Why::find(why.name()) == Some(why)));
    }
}
