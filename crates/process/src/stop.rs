//! What keeps money where it is, whatever a table says. A hold is no state: it may begin in any of them and end without
//! moving anything.

use crate::effect::{Effect, Money};
use crate::process::{Process, Transition};

/// Why an order's money stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hold {
    /// The buyer's bank was asked to take the payment back.
    Chargeback,
    /// Something about the deal is looked at.
    Fraud,
    /// The seller has not said who they are.
    Kyc,
    /// A court or an authority wants it so.
    Legal,
}

impl Hold {
    /// Every kind.
    pub const ALL: [Hold; 4] = [Hold::Chargeback, Hold::Fraud, Hold::Kyc, Hold::Legal];

    /// As it is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Hold::Chargeback => "chargeback",
            Hold::Fraud => "fraud",
            Hold::Kyc => "kyc",
            Hold::Legal => "legal",
        }
    }

    /// The kind of that name.
    pub fn find(name: &str) -> Option<Hold> {
        Hold::ALL.into_iter().find(|hold| hold.as_str() == name)
    }

    /// Nothing is released while anything holds it. A chargeback stops what goes back to the buyer too: the network
    /// may give it back itself, and then the buyer would have it twice.
    fn stops(self, movement: Money) -> bool {
        match movement {
            Money::SettleRelease | Money::SettleSplit => true,
            Money::SettleRefund
            | Money::Clawback
            | Money::ClawbackPart
            | Money::RefundAgain
            | Money::RefundOtherWay => self == Hold::Chargeback,
            Money::Hold
            | Money::SettleChargeback
            | Money::AbsorbChargeback
            | Money::RefundSettled
            | Money::RefundFailed => false,
        }
    }
}

impl Process {
    /// Whether one of these holds stops a row. A timer that is stopped is tried again later: that is for the engine.
    pub fn blocked(row: &Transition, holds: &[Hold]) -> bool {
        let mut moved = row.effects.iter().filter_map(|effect| match effect {
            Effect::Money(movement) => Some(*movement),
            Effect::Stock(_) | Effect::Other(_) => None,
        });
        moved.any(|movement| holds.iter().any(|hold| hold.stops(movement)))
    }
}
