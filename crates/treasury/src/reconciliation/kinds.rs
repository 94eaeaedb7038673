//! What the lines of statements mean, by the provider's own words: one table for Stripe (types of balance transactions), one
//! for Paystack (who is responsible for a line of its ledger). What is in neither is nobody's, and no error.

use crate::payments::provider::Way;
use ledger::EntryKind;
use time::Duration;

/// How long something may be on its way before it is asked after.
pub(super) const PATIENCE: Duration = Duration::hours(48);
/// A refund is taken from the balance when it is asked for, and booked when it has settled.
const REFUND: Duration = Duration::days(12);
/// A payout of ours is taken when it is asked for, and booked when it has arrived.
const PAYOUT: Duration = Duration::days(8);
/// A statement that names a payment when it can be used, not on weekends.
const SETTLING: Duration = Duration::days(5);
/// A provider that takes a disputed payment when the dispute is lost, and not before.
const DISPUTE: Duration = Duration::days(100);

/// What a line means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Entries of one of these kinds explain it.
    Ours(&'static [EntryKind]),
    /// As `Ours`, of the company's own money; without an entry it is booked.
    TopUp,
    /// The provider's own charge, or one given back.
    Charge,
    /// It goes from one place within the provider to another.
    Within,
    /// A person has to say.
    Nobodys,
}

/// A kind of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub meaning: Meaning,
    /// How long its entry may take.
    pub patience: Duration,
    /// Its source is a name that our entries do not have: amount and time have to do.
    pub by_likeness: bool,
}

/// How a provider writes its statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dialect {
    kinds: &'static [(&'static str, Meaning)],
    way: Way,
    /// Whether lines name their fee, or only what is left.
    pub shows_fees: bool,
}

const PAYMENTS: Meaning = Meaning::Ours(&[EntryKind::Pay, EntryKind::DepositTaken]);
/// What a person gave back on the provider's own pages is a refund or, without one of the payment, something that was sent.
const REFUNDS: Meaning =
    Meaning::Ours(&[EntryKind::RefundSettled, EntryKind::RefundBounced, EntryKind::PaidAnotherWay]);
const DISPUTES: Meaning = Meaning::Ours(&[EntryKind::DisputeOpened, EntryKind::DisputeWon]);
const TRANSFERS: Meaning = Meaning::Ours(&[EntryKind::Transfer, EntryKind::TransferReversed]);
const EARNINGS: Meaning = Meaning::Ours(&[EntryKind::EarningsTaken]);
const SENT: Meaning =
    Meaning::Ours(&[EntryKind::PayoutArrived, EntryKind::PayoutBackLate, EntryKind::PaidAnotherWay]);

/// Every type of Stripe's balance transactions, in alphabetical order. What belongs to products that a marketplace does not use
/// (Issuing, Capital, Climate, financial accounts) is nobody's.
const STRIPE: &[(&str, Meaning)] = &[
    ("adjustment", DISPUTES),
    ("advance", Meaning::Nobodys),
    ("advance_funding", Meaning::Nobodys),
    ("anticipation_repayment", Meaning::Nobodys),
    ("application_fee", Meaning::Nobodys),
    ("application_fee_refund", Meaning::Nobodys),
    ("charge", PAYMENTS),
    ("climate_order_purchase", Meaning::Nobodys),
    ("climate_order_refund", Meaning::Nobodys),
    ("connect_collection_transfer", Meaning::Nobodys),
    ("contribution", Meaning::Charge),
    ("fee_credit_funding", Meaning::Charge),
    ("inbound_transfer", Meaning::TopUp),
    ("inbound_transfer_reversal", Meaning::Nobodys),
    ("issuing_authorization_hold", Meaning::Nobodys),
    ("issuing_authorization_release", Meaning::Nobodys),
    ("issuing_dispute", Meaning::Nobodys),
    ("issuing_transaction", Meaning::Nobodys),
    ("obligation_outbound", Meaning::Nobodys),
    ("obligation_reversal_inbound", Meaning::Nobodys),
    ("payment", PAYMENTS),
    ("payment_failure_refund", Meaning::Nobodys),
    ("payment_network_reserve_hold", Meaning::Within),
    ("payment_network_reserve_release", Meaning::Within),
    ("payment_refund", REFUNDS),
    ("payment_reversal", Meaning::Nobodys),
    ("payment_unreconciled", Meaning::Nobodys),
    ("payout", EARNINGS),
    ("payout_cancel", EARNINGS),
    ("payout_failure", EARNINGS),
    ("payout_minimum_balance_hold", Meaning::Within),
    ("payout_minimum_balance_release", Meaning::Within),
    ("refund", REFUNDS),
    ("refund_failure", REFUNDS),
    ("reserve_hold", Meaning::Within),
    ("reserve_release", Meaning::Within),
    ("reserve_transaction", Meaning::Within),
    ("reserved_funds", Meaning::Within),
    ("stripe_balance_payment_debit", Meaning::Charge),
    ("stripe_balance_payment_debit_reversal", Meaning::Charge),
    ("stripe_fee", Meaning::Charge),
    ("stripe_fx_fee", Meaning::Charge),
    ("tax_fee", Meaning::Charge),
    ("tax_fund", Meaning::Nobodys),
    ("topup", Meaning::TopUp),
    ("topup_reversal", Meaning::Nobodys),
    ("transfer", TRANSFERS),
    ("transfer_cancel", TRANSFERS),
    ("transfer_failure", TRANSFERS),
    ("transfer_refund", TRANSFERS),
];

/// Who is responsible for a line of Paystack's ledger, in small letters.
const PAYSTACK: &[(&str, Meaning)] = &[
    ("chargeback", DISPUTES),
    ("dispute", DISPUTES),
    ("refund", REFUNDS),
    ("settlement", EARNINGS),
    ("topup", Meaning::TopUp),
    ("transaction", PAYMENTS),
    ("transfer", SENT),
];

/// Every kind of entry that a line of a statement explains, or would.
pub(super) const SEEN: &[EntryKind] = &[
    EntryKind::Pay,
    EntryKind::DepositTaken,
    EntryKind::RefundSettled,
    EntryKind::RefundBounced,
    EntryKind::PaidAnotherWay,
    EntryKind::DisputeOpened,
    EntryKind::DisputeWon,
    EntryKind::Transfer,
    EntryKind::TransferReversed,
    EntryKind::PayoutArrived,
    EntryKind::PayoutBackLate,
    EntryKind::EarningsTaken,
    EntryKind::ToppedUp,
];

impl Dialect {
    /// Sellers with accounts of their own are Stripe's way; everybody paid from one balance, Paystack's.
    pub(super) const fn of(way: Way) -> Self {
        match way {
            Way::Connected => Self { kinds: STRIPE, way, shows_fees: true },
            Way::Direct => Self { kinds: PAYSTACK, way, shows_fees: false },
        }
    }

    /// What a line of this kind means.
    pub(super) fn kind(&self, name: &str) -> Kind {
        let name = name.to_ascii_lowercase();
        let found = self.kinds.iter().find(|(known, _)| *known == name);
        let meaning = found.map_or(Meaning::Nobodys, |(_, meaning)| *meaning);
        let patience = match meaning {
            REFUNDS => REFUND,
            SENT => PAYOUT,
            Meaning::Nobodys => Duration::ZERO,
            _ => PATIENCE,
        };
        Kind { meaning, patience, by_likeness: meaning == SENT }
    }

    /// How long the line of an entry may take.
    pub(super) fn patience_for(&self, kind: EntryKind) -> Duration {
        match (kind, self.way) {
            (EntryKind::DisputeOpened, Way::Direct) => DISPUTE,
            (EntryKind::Pay | EntryKind::DepositTaken, Way::Direct) => SETTLING,
            _ => PATIENCE,
        }
    }
}

/// The kinds of entries that explain a line of this meaning.
pub(super) const fn entries(meaning: Meaning) -> &'static [EntryKind] {
    match meaning {
        Meaning::Ours(kinds) => kinds,
        Meaning::TopUp => &[EntryKind::ToppedUp],
        Meaning::Charge | Meaning::Within | Meaning::Nobodys => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_stands_once_and_in_order() {
        for table in [STRIPE, PAYSTACK] {
            assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }

    #[test]
    fn every_entry_that_explains_a_line_is_looked_for() {
        for (name, meaning) in STRIPE.iter().chain(PAYSTACK) {
            assert!(entries(*meaning).iter().all(|kind| SEEN.contains(kind)), "{name}");
        }
    }

    #[test]
    fn what_is_not_known_is_nobodys() {
        let (stripe, paystack) = (Dialect::of(Way::Connected), Dialect::of(Way::Direct));
        assert_eq!(stripe.kind("moon_phase").meaning, Meaning::Nobodys);
        assert_eq!(stripe.kind("moon_phase").patience, Duration::ZERO);
        assert_eq!(paystack.kind("charge").meaning, Meaning::Nobodys);
        assert_eq!(paystack.kind("Transfer").meaning, SENT, "they write it large as well");
        assert!(paystack.kind("transfer").by_likeness && !stripe.kind("transfer").by_likeness);
        assert_eq!(stripe.kind("refund").patience, Duration::days(12));
    }
}
