//! What a chargeback is.

use kernel::{ChargebackId, MemberId, Moment, Money, OrderId, PaymentId, text};
use process::{Actor, Timer};

text! {
    /// A piece of what a bank is shown.
    Words, 1..=4000, lines;
}

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The buyer is wrong, and here is why.
    Evidence,
    /// The buyer is right.
    Accept,
}

impl Answer {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Accept => "accept",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        [Self::Evidence, Self::Accept].into_iter().find(|answer| answer.name() == name)
    }
}

/// A payment that its buyer's bank was asked to take back, or asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chargeback {
    pub id: ChargebackId,
    pub payment: PaymentId,
    pub provider: String,
    /// The provider's own id of it.
    pub provider_ref: String,
    /// The network's word for it ("fraudulent"); [`reason_key`] makes it a message.
    pub reason: String,
    pub amount: Money,
    /// What the provider says that it keeps for it.
    pub fee: Money,
    /// The lines of the provider's statement that belong to it.
    pub lines: Vec<String>,
    pub state: String,
    pub state_since: Moment,
    pub version: i32,
    /// What silence does, and when.
    pub timer: Option<Timer>,
    /// When the provider wants an answer at the latest.
    pub due_by: Option<Moment>,
    /// Since when the books say that the network has the money.
    pub booked_at: Option<Moment>,
    /// What is answered, once that is settled. Then nothing of it is changed any more.
    pub answer: Option<Answer>,
    /// Which answer it is: each has a key of its own at the provider.
    pub round: i32,
    /// Who of the staff answered it.
    pub answered_by: Option<MemberId>,
    pub submitted_at: Option<Moment>,
    pub opened_at: Moment,
    pub closed_at: Option<Moment>,
}

impl Chargeback {
    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// Whether the bank only asks, and no money has moved.
    pub fn is_inquiry(&self) -> bool {
        matches!(self.state.as_str(), "inquiry" | "inquiry_closed")
    }

    /// Whether what the bank is shown can still be written.
    pub fn can_be_written(&self) -> bool {
        let is_asked = matches!(self.state.as_str(), "inquiry" | "needs_response");
        is_asked && self.answer.is_none() && self.submitted_at.is_none()
    }
}

/// One order's part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub order: OrderId,
    /// What people call the order.
    pub number: String,
    pub buyer: MemberId,
    pub seller: MemberId,
    pub amount: Money,
    /// What of the provider's fee was booked with this order.
    pub fee: Money,
    /// What was taken from the seller, and stands aside until it is decided.
    pub reserved: Money,
}

/// A piece of what the bank is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// One of [`super::evidence::FIELDS`].
    pub field: String,
    pub words: String,
    /// Who of the staff wrote it; nobody wrote what was drafted.
    pub by: Option<MemberId>,
}

/// A step that was taken.
#[derive(Clone, Debug)]
pub struct Step {
    pub transition: String,
    pub actor: String,
    pub by: Option<MemberId>,
    pub to: String,
    pub at: Moment,
}

/// One of a list.
#[derive(Clone, Debug)]
pub struct Glance {
    pub id: ChargebackId,
    pub reason: String,
    pub amount: Money,
    pub state: String,
    pub due_by: Option<Moment>,
    pub opened_at: Moment,
    pub closed_at: Option<Moment>,
    /// What its orders are called.
    pub numbers: Vec<String>,
}

/// One with everything that staff needs to answer it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub chargeback: Chargeback,
    pub shares: Vec<Share>,
    pub evidence: Vec<Piece>,
    /// The first one first.
    pub steps: Vec<Step>,
    /// Whether who looks bought or sold what it is about: then it is not theirs to answer.
    pub is_own: bool,
}

/// What the two sides of an order may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfOrder {
    pub state: String,
    /// The order's part.
    pub amount: Money,
    pub opened_at: Moment,
    pub closed_at: Option<Moment>,
}

/// Who takes a step of a chargeback.
#[derive(Clone, Copy, Debug)]
pub(super) struct By {
    pub actor: Actor,
    pub member: Option<MemberId>,
}

impl By {
    pub(super) const PROVIDER: Self = Self { actor: Actor::Provider, member: None };
    pub(super) const TIMER: Self = Self { actor: Actor::Timer, member: None };

    pub(super) const fn staff(member: MemberId) -> Self {
        Self { actor: Actor::Operator, member: Some(member) }
    }
}

/// The message that says what a buyer told their bank.
pub fn reason_key(code: &str) -> String {
    let key = format!("chargeback-reason-{}", code.replace('_', "-"));
    if kernel::Say::knows(&key) { key } else { "chargeback-reason-general".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words() {
        for code in ["fraudulent", "product_not_received", "moon_phase", ""] {
            assert!(kernel::Say::knows(&reason_key(code)), "{code}");
        }
        assert_eq!(reason_key("moon_phase"), "chargeback-reason-general");
        for answer in [Answer::Evidence, Answer::Accept] {
            assert_eq!(Answer::find(answer.name()), Some(answer));
        }
    }
}
