//! What a hold is.

use kernel::{MemberId, Moment, OrderId};
use process::Hold;

/// A reason to keep an order's money where it is.
#[derive(Clone, Copy, Debug)]
pub struct NewHold<'a> {
    pub order: OrderId,
    pub kind: Hold,
    /// The end of a message's key, `hold-because-…`: both sides read it.
    pub because: &'a str,
    /// What staff wrote to it, 500 characters at most.
    pub note: &'a str,
    /// Who of the staff wants it, if somebody does.
    pub by: Option<MemberId>,
    /// Its end. Only a chargeback has none: the card network decides.
    pub until: Option<Moment>,
}

/// A hold that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub kind: Hold,
    pub because: String,
    pub since: Moment,
    pub until: Option<Moment>,
}
