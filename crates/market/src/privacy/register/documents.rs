//! What was written for the books.

use super::{Erased, InCopy, Table, personal, plain};

const TEN_YEARS: &str = "10 years after it was issued";
const BOOKS: Erased = Erased::Kept("books are kept for 10 years (§ 147 AO, § 257 HGB)");
/// A document names people, and must not be changed.
const AS_ISSUED: Erased =
    Erased::AsItIs("invoices are kept for 10 years, unchanged (§ 147 AO, § 14b UStG; GDPR, article 17)");

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "document_counters",
        copy: InCopy::Not("how many documents there are of each kind; they stand in documents.json"),
        columns: &[
            personal("issuer", "in whose name documents are counted", TEN_YEARS, BOOKS),
            plain("series year last"),
        ],
    },
    Table {
        name: "documents",
        copy: InCopy::In("documents.json"),
        columns: &[
            personal(
                "issuer for_member order_id payout_id cause",
                "who wrote what to whom about which deal",
                TEN_YEARS,
                BOOKS,
            ),
            personal(
                "total tax currency issued_at label",
                "how much it is about, and when",
                TEN_YEARS,
                BOOKS,
            ),
            personal(
                "body",
                "what the document says: names, addresses, what was bought",
                TEN_YEARS,
                AS_ISSUED,
            ),
            personal("pdf_key", "where its file lies in the object store", TEN_YEARS, AS_ISSUED),
            plain(
                "document_id kind series year number corrects lang body_hash pdf_hash pdf_bytes rendered_at",
            ),
        ],
    },
    Table {
        name: "document_wishes",
        copy: InCopy::In("document_wishes.json"),
        columns: &[personal(
            "member_id no_letters_since",
            "who wants no letters about new documents",
            "until they change it",
            Erased::Deleted,
        )],
    },
];
