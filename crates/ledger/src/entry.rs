//! A journal entry on its way to the ledger: built line by line, checked before it is sent.

use crate::accounts::Account;
use kernel::{Currency, Moment, Money};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Declares the kinds of entries, each with the name by which the database knows it.
macro_rules! kinds {
    ($($kind:ident => $name:literal,)+) => {
        /// What an entry records. `ledger.kinds` says which accounts each may touch.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum EntryKind { $($kind,)+ }

        impl EntryKind {
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// As the database knows it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }
        }
    };
}

kinds! {
    Pay => "pay",
    Available => "available",
    Release => "release",
    ReserveReleased => "reserve_released",
    ReleaseConverted => "release_converted",
    Transfer => "transfer",
    TransferReversed => "transfer_reversed",
    PayoutCreated => "payout_created",
    PayoutPaid => "payout_paid",
    PayoutFailed => "payout_failed",
    PayoutReturned => "payout_returned",
    PayoutSent => "payout_sent",
    PayoutArrived => "payout_arrived",
    PayoutBack => "payout_back",
    PayoutBackLate => "payout_back_late",
    RefundAsked => "refund_asked",
    RefundSettled => "refund_settled",
    RefundFailed => "refund_failed",
    RefundAgain => "refund_again",
    PaidAnotherWay => "paid_another_way",
    RefundBounced => "refund_bounced",
    Clawback => "clawback",
    DebtRecovered => "debt_recovered",
    DebtWrittenOff => "debt_written_off",
    DisputeOpened => "dispute_opened",
    DisputeWon => "dispute_won",
    DisputeLost => "dispute_lost",
    DisputeReserved => "dispute_reserved",
    DisputeUnreserved => "dispute_unreserved",
    DisputeLostAfter => "dispute_lost_after",
    DisputeAbsorbed => "dispute_absorbed",
    Convert => "convert",
    DepositTaken => "deposit_taken",
    DepositBack => "deposit_back",
    DepositForfeited => "deposit_forfeited",
    BarterFee => "barter_fee",
    EarningsTaken => "earnings_taken",
    ToppedUp => "topped_up",
    TaxPaid => "tax_paid",
    Goodwill => "goodwill",
    ProviderCharge => "provider_charge",
    Suspense => "suspense",
    SuspenseCleared => "suspense_cleared",
}

/// Why an entry was not built. Each is a mistake of ours, never of a person.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EntryError {
    #[error("an entry needs lines: every amount was zero")]
    Empty,
    #[error("{0}: a side of an entry takes amounts of zero or more, not {1}")]
    Negative(String, i64),
    #[error("the entry does not balance: {1} {0} too much on the debit side")]
    Unbalanced(Currency, i128),
}

/// A line: debits positive, credits negative, minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub account: Account,
    pub amount: Money,
}

/// A complete, balanced entry. It cannot be built otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    key: String,
    kind: EntryKind,
    subject: Uuid,
    provider_ref: Option<String>,
    at: Moment,
    lines: Vec<Line>,
}

impl Entry {
    /// Begins an entry about `subject` (an order) that happened at `at` (UTC). The key makes it happen once:
    /// the same key with the same content is the same entry.
    pub fn about(kind: EntryKind, key: String, subject: impl Into<Uuid>, at: Moment) -> EntryBuilder {
        let subject = subject.into();
        EntryBuilder {
            entry: Self { key, kind, subject, provider_ref: None, at, lines: Vec::new() },
            wrong: None,
        }
    }

    pub fn key(&self) -> &str {
        &self.key
    }

    pub const fn kind(&self) -> EntryKind {
        self.kind
    }

    pub const fn subject(&self) -> Uuid {
        self.subject
    }

    pub fn provider_ref(&self) -> Option<&str> {
        self.provider_ref.as_deref()
    }

    pub const fn at(&self) -> Moment {
        self.at
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }
}

/// An entry that is being written.
#[derive(Debug)]
#[must_use]
pub struct EntryBuilder {
    entry: Entry,
    wrong: Option<EntryError>,
}

impl EntryBuilder {
    /// The provider's name for the movement, by which its statement is matched.
    pub fn provider_ref(mut self, provider_ref: &str) -> Self {
        self.entry.provider_ref = Some(provider_ref.to_owned());
        self
    }

    /// A debit. An amount of zero leaves no line.
    pub fn debit(self, account: Account, amount: Money) -> Self {
        self.line(account, amount, 1)
    }

    /// A credit. An amount of zero leaves no line.
    pub fn credit(self, account: Account, amount: Money) -> Self {
        self.line(account, amount, -1)
    }

    fn line(mut self, account: Account, amount: Money, sign: i64) -> Self {
        if amount.amount < 0 {
            self.wrong.get_or_insert(EntryError::Negative(account.to_string(), amount.amount));
        } else if amount.amount > 0 {
            let amount = Money::new(sign * amount.amount, amount.currency);
            self.entry.lines.push(Line { account, amount });
        }
        self
    }

    /// The entry, if it is one. Errors: a negative amount, no lines, or sides that differ in a currency.
    pub fn build(self) -> Result<Entry, EntryError> {
        if let Some(wrong) = self.wrong {
            return Err(wrong);
        }
        if self.entry.lines.is_empty() {
            return Err(EntryError::Empty);
        }
        let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
        for line in &self.entry.lines {
            *sums.entry(line.amount.currency).or_default() += i128::from(line.amount.amount);
        }
        match sums.into_iter().find(|(_, sum)| *sum != 0) {
            Some((currency, sum)) => Err(EntryError::Unbalanced(currency, sum)),
            None => Ok(self.entry),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::OrderId;

    fn entry() -> EntryBuilder {
        let order = OrderId(Uuid::from_u128(1));
        Entry::about(EntryKind::RefundAsked, "k".to_owned(), order, Moment::UNIX_EPOCH)
    }

    fn eur(amount: i64) -> Money {
        Money::new(amount, Currency::EUR)
    }

    #[test]
    fn balances_in_each_currency_or_is_not_built() {
        let usd = Money::new(5, "USD".parse().unwrap());
        assert_eq!(entry().build(), Err(EntryError::Empty));
        assert_eq!(entry().debit(Account::Commission, eur(0)).build(), Err(EntryError::Empty));
        let lame = entry().debit(Account::Commission, eur(5)).credit(Account::BuyerFee, eur(4));
        assert_eq!(lame.build(), Err(EntryError::Unbalanced(Currency::EUR, 1)));
        let mixed = entry().debit(Account::Commission, eur(5)).credit(Account::BuyerFee, usd);
        assert!(matches!(mixed.build(), Err(EntryError::Unbalanced(_, _))));
    }

    #[test]
    fn refuses_negative_amounts_instead_of_changing_sides() {
        let odd = entry().debit(Account::Commission, eur(-5)).credit(Account::BuyerFee, eur(-5));
        assert_eq!(odd.build(), Err(EntryError::Negative("R:commission".to_owned(), -5)));
    }

    #[test]
    fn leaves_out_lines_of_zero() {
        let built = entry()
            .debit(Account::Commission, eur(5))
            .credit(Account::BuyerFee, eur(5))
            .credit(Account::ProviderFees, eur(0))
            .build()
            .unwrap();
        assert_eq!(built.lines().len(), 2);
    }
}
