//! What people offer, buy and pay, and where their money goes.

use super::{Erased, InCopy, Table, personal, plain};

/// Until its seller changes or deletes it.
const LISTING: &str = "until its seller changes it";
const UNUSED: &str = "until a month after it was used last";
const TEN_YEARS: &str = "10 years after the deal";
const BOOKS: Erased = Erased::Kept("books are kept for 10 years (§ 147 AO, § 257 HGB)");

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "bank_accounts",
        copy: InCopy::In("bank_accounts.json"),
        columns: &[
            personal("bank_account_id member_id", "whose it is", UNUSED, Erased::Deleted),
            personal(
                "sealed",
                "who owns the account that money goes to, and its number",
                UNUSED,
                Erased::Shredded,
            ),
            personal("country ending", "the owner knows the account again", UNUSED, Erased::Deleted),
            personal(
                "asked_at effective_at undo_hash ended_at",
                "a change waits, and can be taken back",
                UNUSED,
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "listings",
        copy: InCopy::In("listings.json"),
        columns: &[
            personal("listing_id seller_id", "who offers it", "with the account", BOOKS),
            personal("title slug description wanted attributes", "what is offered", LISTING, Erased::Blanked),
            personal("external_id", "the seller's own number", LISTING, Erased::Blanked),
            personal("town country lat lng", "where it is, to a town", LISTING, Erased::Blanked),
            plain(
                "state state_before_deletion category condition price_amount price_currency open_to_offers deal",
            ),
            plain("quantity reserved ship meet shipping_amount views version held"),
            plain("created_at updated_at published_at deleted_at erased_at"),
        ],
    },
    Table {
        name: "photos",
        copy: InCopy::In("photos.json"),
        columns: &[
            personal(
                "photo_id listing_id key alt",
                "shows what is offered; the picture is in the object store",
                LISTING,
                Erased::Deleted,
            ),
            personal("thumbhash colour", "stands in until the photo is there", LISTING, Erased::Deleted),
            plain("position width height widths created_at"),
        ],
    },
    Table {
        name: "listing_edits",
        copy: InCopy::In("edits.json"),
        columns: &[
            personal("by_member", "who changed it", "with the account", Erased::Deleted),
            personal(
                "listing_id version at changes",
                "shows what an offer said when",
                "with the account",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "carts",
        copy: InCopy::In("cart.json"),
        columns: &[personal(
            "cart_id token_hash member_id updated_at",
            "what somebody means to buy",
            "until it is emptied",
            Erased::Deleted,
        )],
    },
    Table {
        name: "cart_lines",
        copy: InCopy::In("cart.json"),
        columns: &[personal(
            "cart_id listing_id quantity added_at",
            "what somebody means to buy",
            "until it is taken out",
            Erased::Deleted,
        )],
    },
    Table {
        name: "orders",
        copy: InCopy::In("orders.json"),
        columns: &[
            personal("buyer_id seller_id", "whose deal it is", TEN_YEARS, BOOKS),
            personal(
                "delivery_address",
                "sends the parcel, and says where taxes on it are owed",
                TEN_YEARS,
                Erased::Blanked,
            ),
            personal("carrier tracking", "finds the parcel", TEN_YEARS, Erased::Blanked),
            personal("problem", "settles a complaint", TEN_YEARS, Erased::Blanked),
            personal(
                "order_id number payment_id state state_since created_at total_amount items_amount shipping_amount",
                "the deal and its price",
                TEN_YEARS,
                BOOKS,
            ),
            personal(
                "paid_at released_at released_amount refunded_amount charged_back_amount",
                "what became of the money",
                TEN_YEARS,
                BOOKS,
            ),
            personal("risk", "how risky the deal seemed; numbers, no names", TEN_YEARS, BOOKS),
            plain("process process_version version timer_transition timer_at currency delivery_method"),
            plain("buyer_fee_amount commission_amount provider_fee_amount tax_amount tax_included_amount"),
            plain("commission_tax_amount buyer_fee_tax_amount fee_rule seller_tier"),
        ],
    },
    Table {
        name: "order_legs",
        copy: InCopy::In("order_items.json"),
        columns: &[
            personal("from_member to_member", "who gives what to whom", TEN_YEARS, BOOKS),
            personal(
                "order_id listing_id title quantity unit_amount amount category refunded_amount",
                "what was sold",
                TEN_YEARS,
                BOOKS,
            ),
            personal("photo_key", "shows what was sold", TEN_YEARS, Erased::Blanked),
            plain("leg_id kind currency state commission_amount tax_amount"),
        ],
    },
    Table {
        name: "order_events",
        copy: InCopy::In("order_steps.json"),
        columns: &[
            personal("actor_id", "who took the step", TEN_YEARS, BOOKS),
            personal("data", "what they wrote with it", TEN_YEARS, Erased::Blanked),
            personal("order_id n transition actor from_state to_state at", "what happened", TEN_YEARS, BOOKS),
        ],
    },
    Table {
        name: "payments",
        copy: InCopy::In("payments.json"),
        columns: &[
            personal("buyer_id", "who pays", TEN_YEARS, BOOKS),
            personal(
                "payment_id provider provider_ref charge_ref attempt failure method amount state created_at updated_at",
                "the payment at its provider",
                TEN_YEARS,
                BOOKS,
            ),
            plain("currency fee version settled_amount settled_currency pay_url"),
        ],
    },
    Table {
        name: "refunds",
        copy: InCopy::In("refunds.json"),
        columns: &[
            personal(
                "refund_id order_id payment_id provider_ref failure amount cause state created_at settled_at",
                "money on its way back",
                TEN_YEARS,
                BOOKS,
            ),
            plain("currency tax_amount"),
        ],
    },
    Table {
        name: "sandbox.payments",
        copy: InCopy::Nothing,
        columns: &[
            plain(
                "ref idempotency_key payment_id amount currency state attempts behaviour failure fee refunded",
            ),
            // Empty since what they held is in `sandbox.objects`.
            plain("card_last4 card_brand created_at"),
        ],
    },
    Table {
        name: "sandbox.refunds",
        copy: InCopy::Nothing,
        columns: &[plain(
            "ref idempotency_key refund_id payment_ref amount currency state failure created_at",
        )],
    },
    Table {
        name: "sandbox.events",
        copy: InCopy::Nothing,
        columns: &[plain("ref body created_at delivered_at")],
    },
    Table {
        name: "ledger.accounts",
        copy: InCopy::Not("the amounts stand in orders.json"),
        columns: &[
            personal("code owner_id", "what is owed to a seller", TEN_YEARS, BOOKS),
            plain("account_id name currency opened_at"),
        ],
    },
];
