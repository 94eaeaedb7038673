//! Which entries of ours explain a line, and what they leave open. Pure.

use kernel::{Currency, Moment, Money};
use ledger::EntryId;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A line of a statement. Minor units, signed as it changed the balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub reference: String,
    pub kind: String,
    pub amount: i64,
    pub fee: i64,
    pub net: i64,
    pub currency: Currency,
    pub source: Option<String>,
    pub at: Moment,
    /// It stands in suspense.
    pub is_suspended: bool,
}

impl Line {
    /// What it changed.
    pub(super) const fn money(&self) -> Money {
        Money::new(self.net, self.currency)
    }
}

/// An entry of ours, by what it changes at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ours {
    pub entry: EntryId,
    /// As in `EntryKind::as_str`.
    pub kind: String,
    pub subject: Uuid,
    pub at: Moment,
    /// One a currency.
    pub effects: Vec<Effect>,
}

/// What an entry changes there in one currency; minor units, signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effect {
    pub currency: Currency,
    pub net: i64,
    /// What the provider kept of it, which is in `net` already.
    pub fee: i64,
}

impl Ours {
    /// Whether money came (1) or went (-1).
    fn direction(&self) -> i64 {
        self.effects.iter().map(|e| e.net + e.fee).sum::<i64>().signum()
    }

    /// What it changes in a currency.
    pub(super) fn net_in(&self, currency: Currency) -> i64 {
        self.effects.iter().filter(|e| e.currency == currency).map(|e| e.net).sum()
    }
}

/// How entries explain a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Explained {
    pub entries: Vec<EntryId>,
    pub subject: Uuid,
    /// What the provider kept and nobody booked yet, in the line's currency.
    pub fee: i64,
    /// What is there in another currency than was booked: what is not there, and what is instead.
    pub converted: Option<(Money, Money)>,
    /// What the line is beside all that.
    pub rest: i64,
    /// The whole and the fee are others, and what is left is the same.
    pub is_odd: bool,
    /// What the entries say, in the line's currency.
    pub ours: i64,
}

impl Explained {
    /// Whether nothing is left to be asked.
    pub(super) const fn is_exact(&self) -> bool {
        self.rest == 0 && !self.is_odd
    }
}

/// Explains a line by entries that name the same thing: by one of them if it fits exactly, else by all that went the same way.
/// `None` if none did.
pub(super) fn explain(line: &Line, candidates: &[&Ours], shows_fees: bool) -> Option<Explained> {
    let way = if line.amount == 0 { line.net.signum() } else { line.amount.signum() };
    let fitting: Vec<&Ours> = candidates.iter().copied().filter(|o| o.direction() == way).collect();
    let single = fitting.iter().map(|one| by(line, &[*one], shows_fees)).find(|it| it.is_exact());
    match single {
        Some(exact) => Some(exact),
        None if fitting.is_empty() => None,
        None => Some(by(line, &fitting, shows_fees)),
    }
}

/// Explains a line by one of the entries that are like it, to the unit.
pub(super) fn by_likeness(line: &Line, candidates: &[Ours]) -> Option<Explained> {
    let fits = |one: &&Ours| one.effects.len() == 1 && one.net_in(line.currency) == line.net;
    candidates.iter().find(fits).map(|one| by(line, &[one], false))
}

fn by(line: &Line, chosen: &[&Ours], shows_fees: bool) -> Explained {
    let mut sums: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    for effect in chosen.iter().flat_map(|one| &one.effects) {
        let sum = sums.entry(effect.currency).or_default();
        *sum = (sum.0 + effect.net, sum.1 + effect.fee);
    }
    let (net, fee) = sums.remove(&line.currency).unwrap_or_default();
    let mut explained = Explained {
        entries: chosen.iter().map(|one| one.entry).collect(),
        subject: chosen.first().map_or(Uuid::nil(), |one| one.subject),
        fee: 0,
        converted: None,
        rest: line.net - net,
        is_odd: false,
        ours: net,
    };
    let mut others = sums.into_iter().filter(|(_, (net, _))| *net != 0);
    match (others.next(), others.next()) {
        (None, _) => same_currency(line, fee, shows_fees, &mut explained),
        (Some((currency, (there, _))), None) if there.signum() == line.amount.signum() => {
            other_currency(line, fee, Money::new(there, currency), &mut explained);
        }
        _ => {}
    }
    explained
}

/// The fee is known late: then it is booked from the line. Where lines do not name it, what is missing is a fee if it is less than
/// a tenth.
fn same_currency(line: &Line, fee: i64, shows_fees: bool, explained: &mut Explained) {
    let whole = explained.ours + fee;
    let missing = -explained.rest;
    let is_fee = match shows_fees {
        true => line.amount == whole && line.fee == missing,
        false => missing <= whole.abs() / 10,
    };
    if fee == 0 && missing > 0 && is_fee {
        explained.fee = missing;
        explained.rest = 0;
    }
    explained.is_odd = shows_fees && explained.rest == 0 && line.fee != fee + explained.fee;
}

/// The provider counts in another currency than we booked in; its fee is in its own.
fn other_currency(line: &Line, fee: i64, booked: Money, explained: &mut Explained) {
    explained.fee = if fee == 0 { line.fee } else { 0 };
    explained.rest = line.net - (explained.ours + line.amount - explained.fee);
    let there = Money::new(line.amount.abs(), line.currency);
    let booked = Money::new(booked.amount.abs(), booked.currency);
    explained.converted = Some(if line.amount > 0 { (booked, there) } else { (there, booked) });
}

/// Whether these lines undo each other: of one thing, and nothing is left of it.
pub(super) fn undo_each_other(lines: &[&Line]) -> bool {
    let Some(first) = lines.first() else { return false };
    let same = lines.iter().all(|line| line.currency == first.currency);
    lines.len() > 1 && same && lines.iter().map(|line| line.net).sum::<i64>() == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(amount: i64, fee: i64, currency: Currency) -> Line {
        Line {
            reference: "txn_1".to_owned(),
            kind: "charge".to_owned(),
            amount,
            fee,
            net: amount - fee,
            currency,
            source: None,
            at: Moment::UNIX_EPOCH,
            is_suspended: false,
        }
    }

    fn ours(n: i64, effects: &[(Currency, i64, i64)]) -> Ours {
        let effects =
            effects.iter().map(|(currency, net, fee)| Effect { currency: *currency, net: *net, fee: *fee });
        Ours {
            entry: EntryId(n),
            kind: "pay".to_owned(),
            subject: Uuid::from_u128(7),
            at: Moment::UNIX_EPOCH,
            effects: effects.collect(),
        }
    }

    fn eur() -> Currency {
        Currency::EUR
    }

    fn usd() -> Currency {
        "USD".parse().unwrap()
    }

    #[test]
    fn one_that_fits_is_taken_and_else_all_together() {
        let parts = [ours(1, &[(eur(), 4_800, 200)]), ours(2, &[(eur(), 2_900, 100)])];
        let all: Vec<&Ours> = parts.iter().collect();
        let one = explain(&line(3_000, 100, eur()), &all, true).unwrap();
        assert_eq!((one.entries.as_slice(), one.is_exact()), ([EntryId(2)].as_slice(), true));
        let both = explain(&line(8_000, 300, eur()), &all, true).unwrap();
        assert_eq!((both.entries.len(), both.is_exact(), both.ours), (2, true, 7_700));
        assert_eq!(explain(&line(-3_000, 0, eur()), &all, true), None, "they went the other way");
    }

    #[test]
    fn a_fee_that_was_not_known_is_booked_and_another_one_is_a_difference() {
        let late = ours(1, &[(eur(), 5_000, 0)]);
        let said = explain(&line(5_000, 175, eur()), &[&late], true).unwrap();
        assert_eq!((said.fee, said.rest, said.is_odd), (175, 0, false));
        let known = ours(1, &[(eur(), 4_825, 175)]);
        let off = explain(&line(5_000, 176, eur()), &[&known], true).unwrap();
        assert_eq!((off.fee, off.rest), (0, -1));
        let odd = explain(&line(5_001, 176, eur()), &[&known], true).unwrap();
        assert!(odd.rest == 0 && odd.is_odd && !odd.is_exact());
        // A statement that names no fees.
        let bare = explain(&line(4_825, 0, eur()), &[&late], false).unwrap();
        assert_eq!((bare.fee, bare.rest, bare.is_odd), (175, 0, false));
        let much = explain(&line(4_000, 0, eur()), &[&late], false).unwrap();
        assert_eq!((much.fee, much.rest), (0, -1_000));
    }

    #[test]
    fn what_is_counted_in_another_currency_is_exchanged() {
        let paid = ours(1, &[(usd(), 10_000, 0)]);
        let came = explain(&line(9_200, 300, eur()), &[&paid], true).unwrap();
        assert_eq!((came.fee, came.rest), (300, 0));
        assert_eq!(came.converted, Some((Money::new(10_000, usd()), Money::new(9_200, eur()))));
        let with_fee = ours(1, &[(usd(), 10_000, 0), (eur(), -300, 300)]);
        let known = explain(&line(9_200, 300, eur()), &[&with_fee], true).unwrap();
        assert_eq!((known.fee, known.rest), (0, 0));
        let back = ours(2, &[(usd(), -10_000, 0)]);
        let went = explain(&line(-9_500, 0, eur()), &[&back], true).unwrap();
        assert_eq!(went.converted, Some((Money::new(9_500, eur()), Money::new(10_000, usd()))));
    }

    #[test]
    fn likeness_is_to_the_unit() {
        let sent = [ours(1, &[(eur(), -5_025, 25)]), ours(2, &[(eur(), -700, 10)])];
        let found = by_likeness(&line(-700, 0, eur()), &sent).unwrap();
        assert_eq!((found.entries[0], found.is_exact()), (EntryId(2), true));
        assert_eq!(by_likeness(&line(-701, 0, eur()), &sent), None);
    }

    #[test]
    fn lines_of_one_thing_may_undo_each_other() {
        let (there, back) = (line(-500, 0, eur()), line(500, 0, eur()));
        assert!(undo_each_other(&[&there, &back]));
        assert!(!undo_each_other(&[&there]) && !undo_each_other(&[]) && !undo_each_other(&[&there, &there]));
        assert!(!undo_each_other(&[&there, &line(500, 0, usd())]));
    }
}
