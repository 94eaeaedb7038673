//! What sellers earned, and what was taken back of it, order by order: what yearly reports are counted from.

mod store;

use crate::store::EntryId;
use kernel::{Moment, Money, OrderId};
use platform::Reader;

/// Where a part of an order's money went, or came back from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The seller's: paid out, kept back for a while, or owed by them.
    Seller,
    Commission,
    BuyerFee,
    /// Collected for a tax office.
    Tax,
}

/// One entry by which an order's money was shared, or taken apart again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taking {
    pub entry: EntryId,
    pub order: OrderId,
    pub at: Moment,
    /// The order ended well; else something of it went back.
    pub is_sale: bool,
    /// One for each part and currency that there is; less than nothing for what went back.
    pub parts: Vec<(Part, Money)>,
}

/// Where a list of takings goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    at: Moment,
    entry: i64,
}

impl After {
    /// Before everything that happened from a moment on.
    pub const fn beginning(from: Moment) -> Self {
        Self { at: from, entry: -1 }
    }

    /// After this one.
    pub const fn this(taking: &Taking) -> Self {
        Self { at: taking.at, entry: taking.entry.0 }
    }
}

/// The next takings before `to`, oldest first: releases, and what took them back afterwards. At most `limit`.
///
/// # Errors
/// The database fails.
pub async fn next(
    reader: &mut Reader,
    after: After,
    to: Moment,
    limit: i64,
) -> Result<Vec<Taking>, sqlx::Error> {
    store::next(reader, after, to, limit).await
}
