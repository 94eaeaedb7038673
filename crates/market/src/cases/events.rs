//! What happens in cases.

use super::model::{Outcome, Side, Verdict};
use kernel::{CaseEntryId, CaseId, OrderId, ProposalId};
use platform::events::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A problem was reported.
#[derive(Serialize, Deserialize, Debug)]
pub struct CaseOpened {
    pub case: CaseId,
    pub order: OrderId,
}

impl Event for CaseOpened {
    const KIND: &'static str = "cases.opened";
    fn subject(&self) -> Uuid {
        self.case.0
    }
}

/// Somebody said something.
#[derive(Serialize, Deserialize, Debug)]
pub struct CaseSaid {
    pub case: CaseId,
    pub order: OrderId,
    pub entry: CaseEntryId,
    pub side: Side,
}

impl Event for CaseSaid {
    const KIND: &'static str = "cases.said";
    fn subject(&self) -> Uuid {
        self.case.0
    }
}

/// One side offers something to the other.
#[derive(Serialize, Deserialize, Debug)]
pub struct CaseProposed {
    pub case: CaseId,
    pub order: OrderId,
    pub proposal: ProposalId,
    pub side: Side,
}

impl Event for CaseProposed {
    const KIND: &'static str = "cases.proposed";
    fn subject(&self) -> Uuid {
        self.case.0
    }
}

/// What one side offered is off: refused, or nobody answered. What is accepted moves the order, which tells of it.
#[derive(Serialize, Deserialize, Debug)]
pub struct CaseUnproposed {
    pub case: CaseId,
    pub order: OrderId,
    pub proposal: ProposalId,
    pub side: Side,
    /// As in the table of proposals.
    pub state: String,
}

impl Event for CaseUnproposed {
    const KIND: &'static str = "cases.unproposed";
    fn subject(&self) -> Uuid {
        self.case.0
    }
}

/// Somebody of the staff looks at it.
#[derive(Serialize, Deserialize, Debug)]
pub struct CaseTaken {
    pub case: CaseId,
    pub order: OrderId,
}

impl Event for CaseTaken {
    const KIND: &'static str = "cases.taken";
    fn subject(&self) -> Uuid {
        self.case.0
    }
}

/// Staff decided.
#[derive(Serialize, Deserialize, Debug)]
pub struct CaseRuled {
    pub case: CaseId,
    pub order: OrderId,
    pub n: i16,
    pub verdict: Verdict,
}

impl Event for CaseRuled {
    const KIND: &'static str = "cases.ruled";
    fn subject(&self) -> Uuid {
        self.case.0
    }
}

/// It is over.
#[derive(Serialize, Deserialize, Debug)]
pub struct CaseClosed {
    pub case: CaseId,
    pub order: OrderId,
    pub outcome: Outcome,
}

impl Event for CaseClosed {
    const KIND: &'static str = "cases.closed";
    fn subject(&self) -> Uuid {
        self.case.0
    }
}
