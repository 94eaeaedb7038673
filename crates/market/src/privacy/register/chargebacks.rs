//! What buyers ask their banks, and what is answered.

use super::{Erased, InCopy, Table, personal, plain};

const TEN_YEARS: &str = "10 years after the deal";
const BOOKS: Erased = Erased::Kept("books are kept for 10 years (§ 147 AO, § 257 HGB)");
const STAFF: Erased =
    Erased::Kept("security of processing (GDPR, article 32); the number names nobody any more");

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "chargebacks",
        copy: InCopy::In("chargebacks.json"),
        columns: &[
            personal(
                "payment_id reason amount fee state state_since due_by booked_at answer submitted_at opened_at closed_at",
                "a payment that a bank was asked to take back, and how it ended",
                TEN_YEARS,
                BOOKS,
            ),
            personal("provider provider_ref", "the same at the provider", TEN_YEARS, BOOKS),
            personal("answered_by", "who of the staff answered it", TEN_YEARS, STAFF),
            plain("chargeback_id currency lines version timer_transition timer_at round"),
        ],
    },
    Table {
        name: "chargeback_events",
        copy: InCopy::Not("the steps of what stands in chargebacks.json"),
        columns: &[
            personal(
                "chargeback_id transition actor from_state to_state at",
                "how it came to its end",
                TEN_YEARS,
                BOOKS,
            ),
            personal("actor_id", "who of the staff took a step", TEN_YEARS, STAFF),
            plain("n data"),
        ],
    },
    Table {
        name: "chargeback_shares",
        copy: InCopy::In("chargebacks.json"),
        columns: &[personal(
            "chargeback_id order_id amount fee reserved_amount",
            "which deals it was about, and what was set aside of each",
            TEN_YEARS,
            BOOKS,
        )],
    },
    Table {
        name: "chargeback_evidence",
        copy: InCopy::Not("what a bank is shown of a deal, made of what stands in other files"),
        columns: &[
            personal(
                "field words",
                "what a bank is shown, so that a claim can be answered",
                "until a side of the deal leaves",
                Erased::Deleted,
            ),
            personal("by_id", "who of the staff wrote it", "until a side of the deal leaves", STAFF),
            plain("chargeback_id at"),
        ],
    },
    Table {
        name: "fraud_warnings",
        copy: InCopy::In("warnings.json"),
        columns: &[personal(
            "payment_id provider provider_ref kind at",
            "what a card network warned of",
            TEN_YEARS,
            BOOKS,
        )],
    },
];
