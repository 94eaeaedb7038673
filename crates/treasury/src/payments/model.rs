//! Payments and refunds, and the ways their states may go.

use kernel::{MemberId, Moment, Money, OrderId, PaymentId, RefundId, Say};

/// Where a payment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Nobody has tried to pay yet.
    Created,
    /// The buyer's bank asks them something first (3-D Secure).
    RequiresAction,
    /// It takes a while until it is sure.
    Processing,
    /// The money is there. Final.
    Succeeded,
    /// The last try failed; another one may follow.
    Failed,
    /// Nobody can pay it any more.
    Cancelled,
}

impl PaymentState {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::RequiresAction => "requires_action",
            Self::Processing => "processing",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::Created,
            Self::RequiresAction,
            Self::Processing,
            Self::Succeeded,
            Self::Failed,
            Self::Cancelled,
        ]
        .into_iter()
        .find(|s| s.as_str() == text)
    }

    /// Whether nothing more is expected to happen.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Cancelled)
    }

    /// Whether a payment in this state goes to `said` when its provider says so. Money that came stays; money
    /// that comes for a cancelled payment is money all the same.
    pub const fn goes_to(self, said: Self) -> bool {
        match (self, said) {
            (Self::Succeeded, _) | (_, Self::Created) => false,
            (Self::Cancelled, said) => matches!(said, Self::Succeeded),
            (from, to) => from as u8 != to as u8,
        }
    }
}

/// One payment by one buyer; it may cover orders of several sellers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub buyer: MemberId,
    /// The provider's short name ("sandbox").
    pub provider: String,
    /// The provider's own id of it, once it has one.
    pub provider_ref: Option<String>,
    pub amount: Money,
    pub state: PaymentState,
    /// Why the last try failed, as a code of the provider ("card_declined"); `failure_key` makes it a message.
    pub failure: Option<String>,
    /// The provider's name for the last try.
    pub attempt: Option<String>,
    /// What the provider kept of it; known when it succeeded.
    pub fee: Option<Money>,
    /// The provider's name for the money itself, where it differs from the payment's.
    pub charge: Option<String>,
    /// What the provider counted of it, when it settles in another currency.
    pub settled: Option<Money>,
    /// How it was paid: card, bank_transfer, mobile_money …
    pub method: Option<String>,
    /// The provider's page on which it is paid, if it has one.
    pub pay_url: Option<String>,
    /// Grows with every change of state.
    pub version: i32,
    pub created_at: Moment,
    pub updated_at: Moment,
}

/// Where a refund is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// Asked for, not yet sent to the provider.
    Created,
    /// Sent, and nobody knows whether the provider has begun. Final only when somebody has looked.
    Unknown,
    /// The provider is at it.
    Pending,
    /// The provider waits for something that a person must see to.
    NeedsAttention,
    /// The buyer has the money. Final.
    Succeeded,
    /// The provider cannot do it; the buyer is owed the money. Final: another try is another refund.
    Failed,
    /// The buyer's bank sent it back after it had succeeded; the buyer is owed the money. Final.
    Bounced,
}

impl RefundState {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Unknown => "unknown",
            Self::Pending => "pending",
            Self::NeedsAttention => "needs_attention",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Bounced => "bounced",
        }
    }

    const ALL: [Self; 7] = [
        Self::Created,
        Self::Unknown,
        Self::Pending,
        Self::NeedsAttention,
        Self::Succeeded,
        Self::Failed,
        Self::Bounced,
    ];

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Bounced)
    }

    /// Where a refund in this state goes when its provider says `said`; `None` when that is no news.
    pub const fn goes_to(self, said: Self) -> Option<Self> {
        match (self, said) {
            // The buyer had it, and it came back.
            (Self::Succeeded, Self::Failed) => Some(Self::Bounced),
            (Self::Succeeded | Self::Failed | Self::Bounced, _) | (_, Self::Created | Self::Unknown) => None,
            (from, to) => {
                if from as u8 == to as u8 {
                    None
                } else {
                    Some(to)
                }
            }
        }
    }
}

/// Money on its way back to a buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    pub id: RefundId,
    pub order: OrderId,
    pub payment: PaymentId,
    pub amount: Money,
    pub state: RefundState,
    pub provider_ref: Option<String>,
    /// Why it failed, as a code of the provider.
    pub failure: Option<String>,
    pub created_at: Moment,
    pub settled_at: Option<Moment>,
}

/// The message that explains a provider's failure code to the buyer.
pub fn failure_key(code: &str) -> String {
    let key = format!("payment-failure-{}", code.replace('_', "-"));
    if Say::knows(&key) { key } else { "payment-failure-other".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::PaymentState::*;
    use super::*;

    #[test]
    fn money_that_came_stays() {
        for said in [Created, RequiresAction, Processing, Succeeded, Failed, Cancelled] {
            assert!(!Succeeded.goes_to(said), "{said:?}");
            assert_eq!(Cancelled.goes_to(said), said == Succeeded, "{said:?}");
        }
    }

    #[test]
    fn a_failed_try_may_be_followed_by_another() {
        for said in [RequiresAction, Processing, Succeeded, Cancelled] {
            assert!(Failed.goes_to(said), "{said:?}");
        }
        assert!(!Failed.goes_to(Created), "a stale answer");
        assert!(!Processing.goes_to(Processing));
    }

    #[test]
    fn a_refund_that_ended_moves_once_more_at_most() {
        use RefundState as R;
        assert_eq!(R::Succeeded.goes_to(R::Failed), Some(R::Bounced));
        for ended in [R::Failed, R::Bounced] {
            assert!(R::ALL.into_iter().all(|said| ended.goes_to(said).is_none()), "{ended:?}");
        }
        for open in [R::Created, R::Unknown, R::Pending, R::NeedsAttention] {
            assert_eq!(open.goes_to(R::Succeeded), Some(R::Succeeded), "{open:?}");
            assert_eq!(open.goes_to(open), None, "{open:?}");
            assert!(!open.is_final());
        }
    }

    #[test]
    fn unknown_codes_have_words_too() {
        assert_eq!(failure_key("card_declined"), "payment-failure-card-declined");
        assert_eq!(failure_key("moon_phase"), "payment-failure-other");
    }
}
