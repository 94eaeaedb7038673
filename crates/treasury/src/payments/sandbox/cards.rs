//! The test cards and what each does. The numbers are the ones that developers know from the large providers,
//! so that what they learned there holds here.

/// What a test card does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    Succeeds,
    Declined,
    InsufficientFunds,
    /// The bank asks a question first (3-D Secure).
    Challenge,
    SucceedsLater,
    FailsLater,
    /// Pays at once; a refund takes its time.
    RefundLater,
    /// Pays at once; a refund takes its time and fails.
    RefundFails,
}

impl Behaviour {
    const ALL: [Self; 8] = [
        Self::Succeeds,
        Self::Declined,
        Self::InsufficientFunds,
        Self::Challenge,
        Self::SucceedsLater,
        Self::FailsLater,
        Self::RefundLater,
        Self::RefundFails,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeds => "succeeds",
            Self::Declined => "declined",
            Self::InsufficientFunds => "insufficient_funds",
            Self::Challenge => "challenge",
            Self::SucceedsLater => "succeeds_later",
            Self::FailsLater => "fails_later",
            Self::RefundLater => "refund_later",
            Self::RefundFails => "refund_fails",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|b| b.as_str() == text)
    }

    /// The message that says what such a card does.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Succeeds => "sandbox-card-succeeds",
            Self::Declined => "sandbox-card-declined",
            Self::InsufficientFunds => "sandbox-card-insufficient-funds",
            Self::Challenge => "sandbox-card-challenge",
            Self::SucceedsLater => "sandbox-card-succeeds-later",
            Self::FailsLater => "sandbox-card-fails-later",
            Self::RefundLater => "sandbox-card-refund-later",
            Self::RefundFails => "sandbox-card-refund-fails",
        }
    }
}

/// A card that the sandbox takes, with any date to come and any security code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestCard {
    /// In groups, as it stands on a card.
    pub number: &'static str,
    pub behaviour: Behaviour,
}

const CARDS: [TestCard; 10] = [
    card("4242 4242 4242 4242", Behaviour::Succeeds),
    card("5555 5555 5555 4444", Behaviour::Succeeds),
    card("3782 822463 10005", Behaviour::Succeeds),
    card("4000 0000 0000 0002", Behaviour::Declined),
    card("4000 0000 0000 9995", Behaviour::InsufficientFunds),
    card("4000 0000 0000 3220", Behaviour::Challenge),
    card("4000 0000 0000 0077", Behaviour::SucceedsLater),
    card("4000 0000 0000 0341", Behaviour::FailsLater),
    card("4000 0000 0000 7726", Behaviour::RefundLater),
    card("4000 0000 0000 5126", Behaviour::RefundFails),
];

const fn card(number: &'static str, behaviour: Behaviour) -> TestCard {
    TestCard { number, behaviour }
}

/// Every test card.
pub const fn cards() -> &'static [TestCard] {
    &CARDS
}

/// What the card with these digits does; `None` if it is not a test card.
pub(super) fn behaviour_of(digits: &str) -> Option<Behaviour> {
    let is_it = |card: &TestCard| card.number.bytes().filter(u8::is_ascii_digit).eq(digits.bytes());
    CARDS.iter().find(|c| is_it(c)).map(|c| c.behaviour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payments::Card;
    use kernel::{Moment, Say};

    #[test]
    fn every_card_passes_the_form_and_is_known() {
        for card in cards() {
            let cvc = if card.number.starts_with('3') { "1234" } else { "123" };
            let typed = Card::new(card.number, 1, 1971, cvc);
            assert!(typed.check(Moment::UNIX_EPOCH).is_ok(), "{}", card.number);
            assert_eq!(behaviour_of(&typed.digits()), Some(card.behaviour), "{}", card.number);
            assert!(Say::knows(card.behaviour.message()), "{:?}", card.behaviour);
            assert_eq!(Behaviour::parse(card.behaviour.as_str()), Some(card.behaviour));
        }
        assert_eq!(behaviour_of("4111111111111111"), None);
    }
}
