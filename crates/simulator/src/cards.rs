//! The test cards and what each does. The numbers are the ones that developers know from the large providers, so that
//! what they learned there holds here; where this sandbox does something else, it is said.

use serde::{Deserialize, Serialize};

/// What a test card does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// Pays at once; its owner takes the money back a minute later.
    Disputed,
    /// Pays at once; its owner's bank asks about it a minute later.
    Inquiry,
    /// Pays at once; the network warns of fraud a minute later.
    FraudWarning,
}

impl Behaviour {
    pub const ALL: [Self; 11] = [
        Self::Succeeds,
        Self::Declined,
        Self::InsufficientFunds,
        Self::Challenge,
        Self::SucceedsLater,
        Self::FailsLater,
        Self::RefundLater,
        Self::RefundFails,
        Self::Disputed,
        Self::Inquiry,
        Self::FraudWarning,
    ];

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
            Self::Disputed => "sandbox-card-disputed",
            Self::Inquiry => "sandbox-card-inquiry",
            Self::FraudWarning => "sandbox-card-fraud-warning",
        }
    }
}

/// What the provider keeps of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tariff {
    /// 2.9 % and 0.30.
    Usual,
    /// 1.4 % and 0.25: cards of the European Economic Area.
    European,
}

/// A card that the sandbox takes, with any date to come and any security code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestCard {
    /// In groups, as it stands on a card.
    pub number: &'static str,
    pub behaviour: Behaviour,
    pub tariff: Tariff,
    pub country: &'static str,
}

const CARDS: [TestCard; 15] = [
    card("4242 4242 4242 4242", Behaviour::Succeeds),
    card("5555 5555 5555 4444", Behaviour::Succeeds),
    card("3782 822463 10005", Behaviour::Succeeds),
    european("4000 0027 6000 0016", Behaviour::Succeeds),
    card("4000 0000 0000 0002", Behaviour::Declined),
    card("4000 0000 0000 9995", Behaviour::InsufficientFunds),
    card("4000 0000 0000 3220", Behaviour::Challenge),
    european("4000 0027 6000 3184", Behaviour::Challenge),
    card("4000 0000 0000 0077", Behaviour::SucceedsLater),
    card("4000 0000 0000 0341", Behaviour::FailsLater),
    card("4000 0000 0000 7726", Behaviour::RefundLater),
    card("4000 0000 0000 5126", Behaviour::RefundFails),
    card("4000 0000 0000 0259", Behaviour::Disputed),
    card("4000 0000 0000 1976", Behaviour::Inquiry),
    card("4000 0000 0000 5423", Behaviour::FraudWarning),
];

const fn card(number: &'static str, behaviour: Behaviour) -> TestCard {
    TestCard { number, behaviour, tariff: Tariff::Usual, country: "US" }
}

const fn european(number: &'static str, behaviour: Behaviour) -> TestCard {
    TestCard { number, behaviour, tariff: Tariff::European, country: "DE" }
}

/// Every test card.
pub const fn cards() -> &'static [TestCard] {
    &CARDS
}

/// The test card with these digits, if it is one.
pub fn known(digits: &str) -> Option<&'static TestCard> {
    let is_it = |card: &&TestCard| card.number.bytes().filter(u8::is_ascii_digit).eq(digits.bytes());
    cards().iter().find(is_it)
}

/// What Stripe's libraries send in the place of a number.
pub fn of_token(token: &str) -> Option<&'static str> {
    Some(match token {
        "pm_card_visa" => "4242424242424242",
        "pm_card_mastercard" => "5555555555554444",
        "pm_card_amex" => "378282246310005",
        "pm_card_de" => "4000002760000016",
        "pm_card_chargeDeclined" | "pm_card_visa_chargeDeclined" => "4000000000000002",
        "pm_card_chargeDeclinedInsufficientFunds" | "pm_card_visa_chargeDeclinedInsufficientFunds" => {
            "4000000000009995"
        }
        "pm_card_threeDSecure2Required" => "4000000000003220",
        "pm_card_authenticationRequired" => "4000002760003184",
        "pm_card_pendingRefund" => "4000000000007726",
        "pm_card_refundFail" => "4000000000005126",
        "pm_card_createDispute" => "4000000000000259",
        "pm_card_createDisputeInquiry" => "4000000000001976",
        "pm_card_createIssuerFraudRecord" => "4000000000005423",
        _ => return None,
    })
}

/// What may be kept of a card and shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Face {
    pub brand: String,
    pub last4: String,
    pub exp_month: i64,
    pub exp_year: i64,
    pub country: String,
}

/// A card as it was typed. It is never kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Typed {
    /// Digits alone.
    digits: String,
    exp_month: i64,
    exp_year: i64,
}

impl Typed {
    /// `number` may hold spaces and dashes; a year under 100 is one of this century.
    pub fn new(number: &str, exp_month: i64, exp_year: i64) -> Self {
        let digits = number.chars().filter(char::is_ascii_digit).collect();
        Self { digits, exp_month, exp_year: if exp_year < 100 { 2000 + exp_year } else { exp_year } }
    }

    /// What it does. `None` when it is somebody's real card, which must not seem to work.
    pub fn test_card(&self) -> Option<&'static TestCard> {
        known(&self.digits)
    }

    pub fn face(&self) -> Face {
        let last4 = self.digits.get(self.digits.len().saturating_sub(4)..).unwrap_or_default();
        Face {
            brand: brand_of(&self.digits).to_owned(),
            last4: last4.to_owned(),
            exp_month: self.exp_month,
            exp_year: self.exp_year,
            country: self.test_card().map_or("US", |card| card.country).to_owned(),
        }
    }

    /// Whether it could be a card's number: its length, and its check digit (ISO/IEC 7812-1, annex B).
    pub fn is_plausible(&self) -> bool {
        let sum = self.digits.bytes().rev().enumerate().fold(0, |sum, (place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 1 { 2 } else { 1 };
            sum + digit / 10 + digit % 10
        });
        (12..=19).contains(&self.digits.len()) && sum % 10 == 0
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// By the first digits, as the networks publish them.
fn brand_of(digits: &str) -> &'static str {
    let first = |n: usize| digits.get(..n).and_then(|d| d.parse::<u32>().ok()).unwrap_or(0);
    match (first(1), first(2), first(4)) {
        (4, _, _) => "visa",
        (_, 51..=55, _) | (_, _, 2221..=2720) => "mastercard",
        (_, 34 | 37, _) => "amex",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_passes_its_check_digit_and_is_known() {
        for card in cards() {
            let typed = Typed::new(card.number, 1, 30);
            assert!(typed.is_plausible(), "{}", card.number);
            assert_eq!(typed.test_card(), Some(card), "{}", card.number);
            assert_eq!(typed.face().exp_year, 2030);
            let word = serde_json::to_value(card.behaviour).unwrap();
            assert_eq!(serde_json::from_value::<Behaviour>(word).unwrap(), card.behaviour);
        }
        assert_eq!(known("4111111111111111"), None);
        assert_eq!(format!("{:?}", Typed::new("4242424242424242", 1, 30)), "***");
        assert!(!Typed::new("4242424242424241", 1, 30).is_plausible());
    }
}
