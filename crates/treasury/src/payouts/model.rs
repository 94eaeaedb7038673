//! What is on its way to a seller, and what is taken back of it.

use kernel::{Currency, DebtId, MemberId, Moment, Money, OrderId, PaymentId, PayoutId, SettlementId};
use platform::config::PayoutSchedule;
use platform::crypto::Signer;
use platform::vault::Vault;
use time::Duration;

/// What of an order a settlement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettlementKind {
    /// The seller's part.
    Sale,
    /// What was kept back of it for a while.
    Reserve,
    /// A dispute was won.
    Won,
    /// Given to make good.
    Goodwill,
    /// A provider's statement had it, and somebody found whose it was.
    Found,
}

impl SettlementKind {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Reserve => "reserve",
            Self::Won => "won",
            Self::Goodwill => "goodwill",
            Self::Found => "found",
        }
    }
}

/// Something that an order released to its seller. The caller books it.
#[derive(Clone, Copy, Debug)]
pub struct NewSettlement<'a> {
    pub order: OrderId,
    pub seller: MemberId,
    pub kind: SettlementKind,
    /// The payment that it comes from.
    pub payment: PaymentId,
    pub amount: Money,
    /// How far the seller was trusted when they sold it.
    pub tier: i16,
    /// The parcel had a number.
    pub tracked: bool,
    /// The end of a message's key, `payout-hold-…`, where it waits for something other than its kind says.
    pub because: Option<&'a str>,
}

/// What something is taken back for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeBack {
    /// The buyer gets it, whether it can be had or not: the rest becomes a debt.
    Refund,
    /// It is kept until a dispute is decided: only what can be had.
    Dispute,
}

impl TakeBack {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Dispute => "chargeback",
        }
    }
}

/// Where something was taken back from. The caller books it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// From what the seller would have been paid.
    pub payable: Money,
    /// From what was kept back.
    pub reserve: Money,
    /// What could not be had.
    pub owed: Money,
    /// The seller's debt, where `owed` became one.
    pub debt: Option<DebtId>,
}

/// What the settings say of payouts, and what they are made with.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// How long nothing goes to another bank account than the first.
    pub cool: Duration,
    /// The least that is paid out, minor units of each currency.
    pub minimum: i64,
    /// How often who has not chosen is paid out.
    pub schedule: PayoutSchedule,
    pub base_url: &'a str,
    /// Opens the bank account that a member named here.
    pub vault: &'a Vault,
    /// Makes the marks by which a bank account is known again.
    pub marks: &'a Signer,
}

/// A settlement, whole: as it was read, and as a step leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub id: SettlementId,
    pub order: OrderId,
    pub seller: MemberId,
    /// As [`SettlementKind::name`] says it.
    pub kind: String,
    pub provider: String,
    /// The provider's name for the money that it comes from.
    pub charge_ref: Option<String>,
    pub currency: Currency,
    pub amount: i64,
    /// What was charged, where the provider has made another currency of it: what was left of it then.
    pub charged_currency: Option<Currency>,
    pub charged_amount: Option<i64>,
    /// What of it paid a debt.
    pub netted_amount: i64,
    pub taken_amount: i64,
    pub taken_because: Option<String>,
    pub state: String,
    pub state_since: Moment,
    pub version: i32,
    pub timer_transition: Option<String>,
    pub timer_at: Option<Moment>,
    pub hold_until: Moment,
    pub hold_because: String,
    pub transfer_ref: Option<String>,
    pub reversal_ref: Option<String>,
    pub tries: i32,
    pub reversals: i32,
    pub reversing_amount: i64,
    pub created_at: Moment,
}

impl Settlement {
    /// What the seller gets of it, minor units.
    pub const fn left(&self) -> i64 {
        self.amount - self.netted_amount - self.taken_amount
    }

    pub const fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.currency)
    }

    /// What a part of it was when it was charged, minor units of that currency.
    pub fn as_charged(&self, part: i64) -> i64 {
        self.charged_amount.map_or(part, |charged| share(part, charged, self.amount))
    }

    /// The part of what is left that was at least so much when it was charged; all of it, where that is not enough.
    pub fn part_for(&self, charged: i64) -> i64 {
        let left = self.left();
        if charged >= self.as_charged(left) {
            return left;
        }
        let part = self.charged_amount.map_or(charged, |all| share(charged, self.amount, all));
        let part = if self.as_charged(part) < charged { part + 1 } else { part };
        part.clamp(1, left)
    }

    /// Whether it is still within the marketplace's own books, and can be taken back there.
    pub fn is_here(&self) -> bool {
        matches!(self.state.as_str(), "on_hold" | "payable")
            || (self.state == "blocked" && self.transfer_ref.is_none())
    }

    /// Whether the seller's own account at the provider has it, from where it can be asked back.
    pub fn is_there(&self) -> bool {
        matches!(self.state.as_str(), "transferred" | "blocked") && self.transfer_ref.is_some()
    }

    /// Whether it stands on the account for what is kept back.
    pub fn is_kept_back(&self) -> bool {
        self.kind == SettlementKind::Reserve.name() && self.state == "on_hold"
    }
}

/// `amount` by the ratio of `to` and `of`, rounded down.
pub(super) fn share(amount: i64, to: i64, of: i64) -> i64 {
    let whole = i128::from(amount) * i128::from(to);
    whole.checked_div(i128::from(of)).and_then(|part| i64::try_from(part).ok()).unwrap_or(0)
}

/// A payout, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    pub id: PayoutId,
    /// What people call it.
    pub number: String,
    pub seller: MemberId,
    pub provider: String,
    /// The provider's name for the seller's account, or for who receives it.
    pub account_ref: String,
    pub currency: Currency,
    pub amount: i64,
    pub fee: i64,
    pub state: String,
    pub state_since: Moment,
    pub version: i32,
    pub timer_transition: Option<String>,
    pub timer_at: Option<Moment>,
    pub provider_ref: Option<String>,
    pub bank_label: Option<String>,
    /// Why it failed, as a code of the provider; [`failure_key`] makes it a message.
    pub failure: Option<String>,
    pub expected_at: Option<Moment>,
    pub paid_at: Option<Moment>,
    pub created_at: Moment,
}

impl Payout {
    pub const fn money(&self) -> Money {
        Money::new(self.amount, self.currency)
    }
}

/// What a seller owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt {
    pub id: DebtId,
    pub seller: MemberId,
    pub order: OrderId,
    pub provider: String,
    pub currency: Currency,
    pub amount: i64,
    pub recovered_amount: i64,
    pub written_off_amount: i64,
    pub because: String,
    pub state: String,
    pub parts: i32,
    pub opened_at: Moment,
}

impl Debt {
    /// What is still owed, minor units.
    pub const fn left(&self) -> i64 {
        self.amount - self.recovered_amount - self.written_off_amount
    }
}

/// A seller's account at a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub member: MemberId,
    pub provider: String,
    pub account_ref: Option<String>,
    pub state: String,
    pub country: Option<String>,
    pub currency: Option<String>,
    /// What the provider still wants to know, as codes of it.
    pub wants: Vec<String>,
    pub wants_until: Option<Moment>,
    pub payouts_on: bool,
    pub bank_label: Option<String>,
    pub bank_mac: Option<Vec<u8>>,
    pub bank_changed_at: Option<Moment>,
    pub cool_until: Option<Moment>,
    /// The provider's code of why the last payout came back.
    pub blocked_because: Option<String>,
    pub schedule: String,
    pub minimum: i64,
    pub reminders: i16,
}

impl Account {
    /// Whether money may leave for the bank now.
    pub fn is_cooled(&self, now: Moment) -> bool {
        self.blocked_because.is_none() && self.cool_until.is_none_or(|until| until <= now)
    }

    /// Whether it may receive money.
    pub fn is_active(&self) -> bool {
        self.state == "active" && self.account_ref.is_some()
    }
}

/// The message that explains to a seller why a payout came back.
pub fn failure_key(code: &str) -> String {
    let key = format!("payout-failure-{}", code.replace('_', "-"));
    if kernel::Say::knows(&key) { key } else { "payout-failure-other".to_owned() }
}

/// Whether it was not the bank account that was wrong: there was not enough money at the provider yet.
pub(super) fn is_about_balance(code: &str) -> bool {
    matches!(code, "balance_insufficient" | "insufficient_balance" | "insufficient_funds")
}

/// Whether the bank account is good, but not for this currency: what its owner has in others goes there all the same.
pub(super) fn is_about_currency(code: &str) -> bool {
    code == "invalid_currency"
}

/// When somebody who was paid out at `last` is paid out next.
pub fn next_run(schedule: PayoutSchedule, last: Option<Moment>, now: Moment) -> Moment {
    last.map_or(now, |last| last + Duration::days(schedule.days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_paid_out_waits_for_the_next_time() {
        let now = Moment::UNIX_EPOCH + Duration::days(400);
        assert_eq!(next_run(PayoutSchedule::Weekly, None, now), now, "the first comes as soon as it can");
        for (schedule, days) in
            [(PayoutSchedule::Daily, 1), (PayoutSchedule::Weekly, 7), (PayoutSchedule::Monthly, 30)]
        {
            assert_eq!(next_run(schedule, Some(now), now), now + Duration::days(days));
            assert_eq!(PayoutSchedule::find(schedule.name()), Some(schedule));
        }
        assert_eq!(PayoutSchedule::find("by_hand"), None);
    }

    #[test]
    fn what_was_changed_is_counted_in_both_currencies() {
        let now = Moment::UNIX_EPOCH;
        let usd: Currency = "USD".parse().unwrap();
        let it = Settlement {
            id: SettlementId(uuid::Uuid::nil()),
            order: OrderId(uuid::Uuid::nil()),
            seller: MemberId(uuid::Uuid::nil()),
            kind: "sale".to_owned(),
            provider: "stripe".to_owned(),
            charge_ref: None,
            currency: usd,
            amount: 10_028,
            charged_currency: Some(Currency::EUR),
            charged_amount: Some(9_200),
            netted_amount: 0,
            taken_amount: 0,
            taken_because: None,
            state: "transferred".to_owned(),
            state_since: now,
            version: 3,
            timer_transition: None,
            timer_at: None,
            hold_until: now,
            hold_because: "tier".to_owned(),
            transfer_ref: None,
            reversal_ref: None,
            tries: 1,
            reversals: 0,
            reversing_amount: 0,
            created_at: now,
        };
        assert_eq!((it.as_charged(10_028), it.as_charged(109)), (9_200, 100));
        assert_eq!((it.part_for(100), it.part_for(9_200), it.part_for(20_000)), (109, 10_028, 10_028));
        assert_eq!((it.part_for(1), it.as_charged(it.part_for(1))), (2, 1), "at least as much");
        let rest = Settlement { taken_amount: 10_027, ..it.clone() };
        assert_eq!((rest.part_for(1), rest.as_charged(rest.left())), (1, 0));
        let usual = Settlement { charged_currency: None, charged_amount: None, ..it };
        assert_eq!((usual.as_charged(77), usual.part_for(77), usual.part_for(99_999)), (77, 77, 10_028));
    }

    #[test]
    fn every_failure_has_words() {
        for code in ["account_closed", "could_not_process", "moon_phase"] {
            assert!(kernel::Say::knows(&failure_key(code)), "{code}");
        }
        assert_eq!(failure_key("moon_phase"), "payout-failure-other");
        assert!(is_about_balance("balance_insufficient") && !is_about_balance("account_closed"));
        assert!(is_about_currency("invalid_currency") && !is_about_currency("account_closed"));
    }
}
