//! What happens in the demo: a story for each order.

use crate::cases::model::Offer;

/// A card that is always good.
pub(super) const GOOD: &str = "4242424242424242";
/// The sandbox's cards that are paid a minute later, refunded a minute later, and not refunded at all.
const SLOW: &str = "4000000000000077";
const SLOW_REFUND: &str = "4000000000007726";
const NO_REFUND: &str = "4000000000005126";

/// Bank accounts: one to which payouts go, and one that was closed.
const BANK: &str = "DE89370400440532013000";
const CLOSED_BANK: &str = "DE00000000000000001113";

/// What happens to an order of the demo: steps by the side that takes them, or days that pass.
pub(super) enum Happens {
    Pay,
    PayBy(&'static str),
    Buyer(&'static str),
    Seller(&'static str),
    Staff(&'static str),
    /// The seller offers something, and the buyer accepts it by this step.
    Agree(Offer, &'static str),
    /// The seller sets payouts up, with this bank account.
    SetUp(&'static str),
    /// The buyer's bank takes the money back.
    Disputed,
    /// Staff answers the bank, which decides for the seller.
    Won,
    Days(i64),
    /// Days in which sellers are paid out, too.
    PaidOut(i64),
}

use Happens::{Agree, Buyer, Days, Disputed, PaidOut, Pay, PayBy, Seller, SetUp, Staff, Won};

/// Nearly every story ends in another state; the days say how long ago each began.
pub(super) const STORIES: &[(i64, &[Happens])] = &[
    (40, &[SetUp(BANK), Pay, Seller("ship"), Days(4), Buyer("confirm_early"), PaidOut(8)]),
    (
        38,
        &[Pay, Days(1), Seller("ship"), Days(2), Seller("seller_marks_delivered"), Days(1), Buyer("confirm")],
    ),
    (
        36,
        &[
            SetUp(CLOSED_BANK),
            Pay,
            Days(1),
            Seller("ship"),
            Days(3),
            Seller("seller_marks_delivered"),
            Days(15),
            PaidOut(8),
        ],
    ),
    (33, &[Pay, Buyer("cancel_by_buyer")]),
    (31, &[Pay, Days(1), Seller("cancel_by_seller")]),
    (28, &[Pay, Days(6)]),
    (
        26,
        &[
            Pay,
            Seller("ship"),
            Days(2),
            Seller("seller_marks_delivered"),
            Buyer("open_claim"),
            Days(1),
            Seller("seller_refunds"),
        ],
    ),
    (
        24,
        &[
            Pay,
            Seller("ship"),
            Days(2),
            Seller("seller_marks_delivered"),
            Buyer("open_claim"),
            Days(4),
            Staff("rule_release"),
            Days(4),
        ],
    ),
    (
        22,
        &[
            Pay,
            Seller("ship"),
            Days(2),
            Seller("seller_marks_delivered"),
            Buyer("open_claim"),
            Buyer("withdraw_claim"),
        ],
    ),
    (20, &[Days(1)]),
    (18, &[PayBy(NO_REFUND), Buyer("cancel_by_buyer"), Days(4)]),
    (15, &[Buyer("abandon")]),
    (
        16,
        &[
            Pay,
            Seller("ship"),
            Days(2),
            Seller("seller_marks_delivered"),
            Buyer("open_claim"),
            Days(1),
            Agree(Offer::Partial, "agree_partial"),
            Days(2),
        ],
    ),
    (30, &[Pay, Seller("ship"), Days(3), Buyer("confirm_early"), Disputed, Days(2), Won, Days(1)]),
    (
        9,
        &[
            Pay,
            Seller("ship"),
            Days(2),
            Seller("seller_marks_delivered"),
            Buyer("open_claim"),
            Days(1),
            Agree(Offer::Replacement, "agree_replacement"),
            Days(1),
            Seller("send_replacement"),
        ],
    ),
    (8, &[Pay, Seller("ship"), Days(2), Seller("seller_marks_delivered"), Days(1), Disputed]),
    (
        9,
        &[
            Pay,
            Days(1),
            Seller("ship"),
            Days(3),
            Seller("seller_marks_delivered"),
            Days(1),
            Buyer("open_claim"),
            Days(3),
        ],
    ),
    (7, &[Pay, Days(1), Seller("ship"), Days(4), Seller("seller_marks_delivered"), Buyer("open_claim")]),
    (
        8,
        &[
            Pay,
            Seller("ship"),
            Days(2),
            Seller("seller_marks_delivered"),
            Buyer("request_return"),
            Days(1),
            Seller("accept_return"),
            Buyer("return_ship"),
        ],
    ),
    (
        8,
        &[
            Pay,
            Seller("ship"),
            Days(1),
            Seller("seller_marks_delivered"),
            Buyer("open_claim"),
            Buyer("escalate"),
            Days(1),
            Staff("rule_refund"),
            Seller("appeal_by_seller"),
        ],
    ),
    (6, &[Pay, Days(1), Seller("ship"), Days(3), Seller("seller_marks_delivered")]),
    (5, &[Pay, Days(1), Seller("ship")]),
    (4, &[Pay, Days(1), Seller("ship")]),
    (3, &[Pay]),
    (1, &[Pay]),
    (0, &[]),
    (0, &[PayBy(SLOW)]),
    (0, &[PayBy(SLOW_REFUND), Buyer("cancel_by_buyer")]),
];
