//! Cases: what went wrong with an order, who said what about it, and how it was decided.

use super::{Erased, InCopy, Table, personal, plain};

const TEN_YEARS: &str = "10 years after the deal";
const BOOKS: Erased = Erased::Kept("books are kept for 10 years (§ 147 AO, § 257 HGB)");
const STAFF: Erased =
    Erased::Kept("security of processing (GDPR, article 32); the number names nobody any more");
const CLAIMS: Erased = Erased::AsItIs("legal claims (GDPR, article 17)");

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "cases",
        copy: InCopy::In("cases.json"),
        columns: &[
            personal(
                "order_id buyer_id seller_id kind wants wants_amount opened_at closed_at outcome",
                "a problem with a deal, and how it ended",
                TEN_YEARS,
                BOOKS,
            ),
            personal("taken_by taken_at", "who of the staff looks at it", TEN_YEARS, STAFF),
            plain("case_id currency"),
        ],
    },
    Table {
        name: "case_entries",
        copy: InCopy::In("case_words.json"),
        columns: &[
            personal("words", "what somebody said in a case", TEN_YEARS, Erased::Blanked),
            personal("case_id side by_id at", "who said something when", TEN_YEARS, BOOKS),
            plain("entry_id"),
        ],
    },
    Table {
        name: "case_photos",
        copy: InCopy::In("case_photos.json"),
        columns: &[
            personal(
                "photo_id entry_id key thumbhash colour",
                "shows a problem; the picture is in the object store",
                "2 years after the case",
                Erased::Ends("2 years after the case"),
            ),
            plain("position width height widths original_hash created_at"),
        ],
    },
    Table {
        name: "case_proposals",
        copy: InCopy::In("cases.json"),
        columns: &[
            personal(
                "case_id side kind refund_amount state made_at ends_at answered_at",
                "what one side offered the other",
                TEN_YEARS,
                BOOKS,
            ),
            plain("proposal_id"),
        ],
    },
    Table {
        name: "case_rulings",
        copy: InCopy::In("cases.json"),
        columns: &[
            personal("case_id n outcome refund_amount at", "what was decided", TEN_YEARS, BOOKS),
            personal("reasons", "why, which may say something of somebody", TEN_YEARS, CLAIMS),
            personal("by_id seconded_by", "who of the staff decided", TEN_YEARS, STAFF),
        ],
    },
];
