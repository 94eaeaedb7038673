//! The words that the pages of payouts share.

use crate::deals::key;
use kernel::{Moment, Say};
use kit::parts::{State, status};
use kit::visit::Visit;
use market::payments::provider::Provider;
use market::payouts::{Account, Tier};
use maud::Markup;

/// How a payout is getting on, in a word.
pub(crate) fn state(say: &Say, state: &str) -> Markup {
    let mood = match state {
        "paid" => State::Ok,
        "failed" | "returned" => State::Bad,
        "dissolved" => State::Off,
        _ => State::Wait,
    };
    status(mood, &say.by_key(&key("payout-state", state)))
}

/// When the first money comes to somebody of this tier.
pub(super) fn until_first(say: &Say, tier: &Tier) -> String {
    say.payouts_first(tier.hold_days, tier.tracked_days)
}

/// Until when a provider wants to know something of a seller, if it has said when and that is still to come.
pub(super) fn asked_until(visit: &Visit, account: &Account) -> Option<Moment> {
    account.wants_until.filter(|until| !account.wants.is_empty() && *until > visit.now)
}

/// What people call a provider.
pub(super) fn provider(say: &Say, provider: &dyn Provider) -> String {
    match provider.name() {
        "stripe" => "Stripe".to_owned(),
        "paystack" => "Paystack".to_owned(),
        _ => say.payouts_test_provider(),
    }
}
