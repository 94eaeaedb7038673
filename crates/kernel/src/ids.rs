//! Ids: UUIDv7 (RFC 9562) that know what they name, so that a listing's id is never taken for an order's.

use crate::{Dice, Moment};
use uuid::Uuid;

/// What every id has in common.
pub trait Id: Copy + From<Uuid> + Into<Uuid> {
    /// A new id: the millisecond of `now` first, so that ids sort by age, then chance.
    fn new(now: Moment, dice: &Dice) -> Self {
        let nanos = now.unix_timestamp_nanos();
        let millis = u64::try_from(nanos / 1_000_000).unwrap_or(0);
        let bytes: [u8; 10] = dice.bytes();
        Self::from(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }
}

/// Declares an id type: a transparent UUID for SQL, JSON, paths and forms.
#[macro_export]
macro_rules! id_type {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub uuid::Uuid);
        impl $crate::ids::Id for $name {}
        impl From<uuid::Uuid> for $name { fn from(id: uuid::Uuid) -> Self { Self(id) } }
        impl From<$name> for uuid::Uuid { fn from(id: $name) -> Self { id.0 } }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> { s.parse().map(Self) }
        }
    )+};
}

id_type! {
    /// A person with an account.
    MemberId
    /// A signed-in browser.
    SessionId
    /// A line of the history that an account's owner reads.
    SecurityEventId
    /// A new address that waits for its proof.
    EmailChangeId
    /// A key on somebody's device that signs them in.
    PasskeyId
    /// A key with which a program acts for a member.
    ApiKeyId
    /// A name for what some members of staff may do.
    RoleId
    /// A time in which somebody may do nothing.
    SuspensionId
    /// An act of staff that a second person must agree to.
    ApprovalId
    /// A code that was sent by mail or SMS.
    SentCodeId
    /// What was typed into a form whose sender had to sign in first.
    KeptFormId
    /// An account elsewhere that signs a member in.
    LinkId
    /// An account at a bank that a member's money goes to.
    BankAccountId
    /// A chain of refresh tokens that began with one sign-in by the API.
    TokenFamilyId
    /// Something offered for sale or trade.
    ListingId
    /// A photo of a listing.
    PhotoId
    /// A basket, of a member or of a visitor.
    CartId
    /// One seller's part of a purchase, or a barter.
    OrderId
    /// One thing that moves within an order.
    LegId
    /// One payment by one buyer, for one or more orders.
    PaymentId
    /// Money on its way back to a buyer.
    RefundId
    /// What keeps an order's money where it is.
    HoldId
    /// A problem with an order, talked about by both sides.
    CaseId
    /// What one side or staff said in a case.
    CaseEntryId
    /// A photo that shows a problem with an order.
    EvidenceId
    /// What one side of a case offers the other.
    ProposalId
    /// What an order released to its seller, on its way to them.
    SettlementId
    /// What a seller owes the marketplace.
    DebtId
    /// Money on its way to a seller's bank.
    PayoutId
    /// A payment that a buyer's bank was asked to take back.
    ChargebackId
    /// A receipt, an invoice or a credit note.
    DocumentId
    /// Something that a person must look at.
    TicketId
    /// A rule by which fees are counted.
    FeeRuleId
    /// One comparison of the books with what a provider says.
    RunId
    /// What stands in suspense until somebody explains it.
    SuspenseId
    /// A report to a tax office.
    ReportId
    /// A queued piece of work.
    JobId
    /// A captured or sent e-mail.
    MailId
    /// A copy of everything that is known of somebody.
    CopyId
}
