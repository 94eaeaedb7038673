//! What a document is.

use super::body::{Body, Content};
use super::words::Tongue;
use kernel::{DocumentId, MemberId, Moment, Money, OrderId, PayoutId};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

/// What kind of paper it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// That a buyer has paid.
    Receipt,
    /// Of a business to its buyer, made in its name.
    Invoice,
    /// Of the marketplace to a seller.
    CommissionInvoice,
    /// Takes back all or a part of another one.
    CreditNote,
    /// What went to a seller's bank, and for which sales.
    PayoutStatement,
}

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::Receipt, Self::Invoice, Self::CommissionInvoice, Self::CreditNote, Self::PayoutStatement];

    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Invoice => "invoice",
            Self::CommissionInvoice => "commission_invoice",
            Self::CreditNote => "credit_note",
            Self::PayoutStatement => "payout_statement",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The key of the message that names it on pages.
    pub fn key(self) -> String {
        format!("document-kind-{}", self.name().replace('_', "-"))
    }
}

/// In whose name a document is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// Who runs the marketplace.
    Operator,
    /// A seller who allowed it.
    Member(MemberId),
}

impl Issuer {
    /// As it is kept: the marketplace is nobody.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Operator => Uuid::nil(),
            Self::Member(member) => member.0,
        }
    }

    pub fn of(id: Uuid) -> Self {
        if id.is_nil() { Self::Operator } else { Self::Member(MemberId(id)) }
    }
}

/// A document to be issued.
#[derive(Clone, Debug)]
pub struct New {
    pub kind: Kind,
    /// Why: the same cause makes one document (`commission:<order>`).
    pub cause: String,
    pub issuer: Issuer,
    /// Who gets it.
    pub for_member: MemberId,
    pub order: Option<OrderId>,
    pub payout: Option<PayoutId>,
    /// What a credit note takes back.
    pub corrects: Option<DocumentId>,
    /// The language of its file.
    pub tongue: Tongue,
    /// Its date, where the operator is; its year is the one it is numbered in.
    pub day: Date,
    pub content: Content,
}

/// What lists show of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub id: DocumentId,
    pub kind: Kind,
    /// Its number, as people write it.
    pub label: String,
    pub issuer: Issuer,
    pub for_member: MemberId,
    pub order: Option<OrderId>,
    pub payout: Option<PayoutId>,
    pub corrects: Option<DocumentId>,
    pub tongue: Tongue,
    pub total: Money,
    /// Of the total, what is tax and owed by the marketplace.
    pub tax: Money,
    pub issued_at: Moment,
}

impl Head {
    /// Whether somebody is its reader, or the one in whose name it was made.
    pub fn is_of(&self, member: MemberId) -> bool {
        self.for_member == member || self.issuer == Issuer::Member(member)
    }
}

/// A document, whole.
#[derive(Clone, Debug)]
pub struct Document {
    pub head: Head,
    pub body: Body,
    /// SHA-256 of what it says.
    pub body_hash: Vec<u8>,
    /// Its file, once it was made.
    pub file: Option<File>,
}

/// Where the file lies, and SHA-256 of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub key: String,
    pub hash: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_back_as_they_went_and_have_words() {
        for kind in Kind::ALL {
            assert_eq!(Kind::find(kind.name()), Some(kind));
            assert!(kernel::Say::knows(&kind.key()), "{kind:?}");
        }
        for issuer in [Issuer::Operator, Issuer::Member(MemberId(Uuid::from_u128(1)))] {
            assert_eq!(Issuer::of(issuer.id()), issuer);
        }
    }
}
