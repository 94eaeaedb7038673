//! What a case is.

use kernel::{CaseEntryId, CaseId, Currency, EvidenceId, MemberId, Moment, Money, OrderId, ProposalId, text};
use serde::{Deserialize, Serialize};
use time::Duration;

/// Photos that one side of a case may show, and those of one statement.
pub const PHOTOS_MAX: usize = 8;
pub const PHOTOS_AT_ONCE: usize = 4;
/// How long photos are kept after a case has ended.
pub const PHOTOS_KEPT: Duration = Duration::days(2 * 365);
/// How long a proposal waits for its answer.
pub const PROPOSAL_LIFE: Duration = Duration::days(3);

text! {
    /// What somebody says in a case.
    Statement, 1..=4000, lines;
    /// Why staff decides so. Both sides read it.
    Reasons, 20..=4000, lines;
}

/// Declares an enum whose variants have fixed names in SQL, JSON and forms.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
        pub enum $name { $(#[serde(rename = $text)] $variant),+ }
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As it is kept.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            pub fn find(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.name() == name)
            }
        }
    };
}

named! {
    /// What is wrong.
    Kind {
        NotReceived = "not_received",
        NotAsDescribed = "not_as_described",
        Damaged = "damaged",
        Counterfeit = "counterfeit",
        Return = "return",
        Other = "other",
    }
}

named! {
    /// What the buyer would like.
    Wants { Refund = "refund", Partial = "partial", Return = "return", Replacement = "replacement" }
}

named! {
    /// How a case ended.
    Outcome {
        Refunded = "refunded",
        PartlyRefunded = "partly_refunded",
        Released = "released",
        Returned = "returned",
        Replaced = "replaced",
        Withdrawn = "withdrawn",
        ChargedBack = "charged_back",
    }
}

named! {
    /// Who speaks.
    Side { Buyer = "buyer", Seller = "seller", Staff = "staff" }
}

named! {
    /// What one side offers the other: a part of the money back, everything back for the goods, or the goods anew.
    Offer { Partial = "partial", Return = "return", Replacement = "replacement" }
}

named! {
    /// What staff decides.
    Verdict { Refund = "refund", Release = "release", Partial = "partial" }
}

/// A problem with an order.
#[derive(Clone, Debug)]
pub struct Case {
    pub id: CaseId,
    pub order: OrderId,
    pub buyer: MemberId,
    pub seller: MemberId,
    pub kind: Kind,
    pub wants: Wants,
    /// The part that the buyer asks for, where they ask for one.
    pub wants_amount: Option<Money>,
    pub currency: Currency,
    pub opened_at: Moment,
    /// Who of the staff looks at it.
    pub taken_by: Option<MemberId>,
    pub closed_at: Option<Moment>,
    pub outcome: Option<Outcome>,
}

impl Case {
    /// On which side somebody stands; staff is on none.
    pub fn side_of(&self, member: MemberId) -> Option<Side> {
        match member {
            m if m == self.buyer => Some(Side::Buyer),
            m if m == self.seller => Some(Side::Seller),
            _ => None,
        }
    }

    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

/// A photo that shows the problem.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub id: EvidenceId,
    pub entry: CaseEntryId,
    /// Folder in the object store: `{key}/{width}.webp` and `{key}/{width}.jpg`.
    pub key: String,
    pub width: i32,
    pub height: i32,
    /// Widths there are, ascending.
    pub widths: Vec<i32>,
    /// Average colour as RRGGBB.
    pub colour: String,
}

/// What somebody said. Whoever left has said nothing any more.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: CaseEntryId,
    pub side: Side,
    pub words: String,
    pub at: Moment,
    pub photos: Vec<Evidence>,
}

/// What one side offers.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub id: ProposalId,
    pub side: Side,
    pub offer: Offer,
    /// What would go back to the buyer, of a part.
    pub refund: Option<Money>,
    /// As in the table of proposals.
    pub state: String,
    pub made_at: Moment,
    pub ends_at: Moment,
}

impl Proposal {
    pub fn is_open(&self) -> bool {
        self.state == super::table::OPEN
    }
}

/// What staff decided.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// The first, or the one after an appeal.
    pub n: i16,
    pub verdict: Verdict,
    pub refund: Option<Money>,
    pub reasons: String,
    pub by: MemberId,
    /// Who agreed to it, where it takes two.
    pub seconded_by: Option<MemberId>,
    pub at: Moment,
}

/// A case with everything in it, each oldest first.
#[derive(Clone, Debug)]
pub struct Whole {
    pub case: Case,
    pub entries: Vec<Entry>,
    pub proposals: Vec<Proposal>,
    pub rulings: Vec<Ruling>,
}

impl Whole {
    /// A side's proposal that waits for an answer.
    pub fn open_of(&self, side: Side) -> Option<&Proposal> {
        self.proposals.iter().find(|it| it.side == side && it.is_open())
    }

    /// What was decided last.
    pub fn ruling(&self) -> Option<&Ruling> {
        self.rulings.last()
    }
}

/// A problem that somebody reports.
#[derive(Clone, Debug)]
pub struct NewCase {
    pub order: OrderId,
    pub buyer: MemberId,
    pub seller: MemberId,
    pub currency: Currency,
    pub kind: Kind,
    pub wants: Wants,
    pub wants_amount: Option<Money>,
    /// What the buyer says; nothing where time alone opened it.
    pub words: Option<String>,
}

/// What a reviewer decides.
#[derive(Clone, Debug)]
pub struct NewRuling {
    pub verdict: Verdict,
    pub refund: Option<Money>,
    pub reasons: Reasons,
    pub by: MemberId,
    pub seconded_by: Option<MemberId>,
    /// Whether it answers an appeal.
    pub is_final: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Lang, Say};

    #[test]
    fn every_name_has_words() {
        let key = |kind: &str, name: &str| format!("case-{kind}-{}", name.replace('_', "-"));
        let kinds = Kind::ALL.iter().map(|it| key("kind", it.name()));
        let wants = Wants::ALL.iter().map(|it| key("wants", it.name()));
        let outcomes = Outcome::ALL.iter().map(|it| key("outcome", it.name()));
        let sides = Side::ALL.iter().map(|it| key("side", it.name()));
        let offers = Offer::ALL.iter().map(|it| key("offer", it.name()));
        let verdicts = Verdict::ALL.iter().map(|it| key("verdict", it.name()));
        for key in kinds.chain(wants).chain(outcomes).chain(sides).chain(offers).chain(verdicts) {
            for lang in Lang::all() {
                assert!(Say::knows(&key) && !Say::new(lang).by_key(&key).is_empty(), "{key}");
            }
        }
        assert_eq!(Kind::find("damaged"), Some(Kind::Damaged));
    }
}
