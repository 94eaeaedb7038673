//! Money: what is held, decided, taxed, owed and paid out.

use super::{Erased, InCopy, Table, personal, plain};

const ACCOUNT: &str = "with the account";
const TEN_YEARS: &str = "10 years after the deal";
const LONG: &str = "as long as there is a marketplace";
const BOOKS: Erased = Erased::Kept("books are kept for 10 years (§ 147 AO, § 257 HGB)");
const STAFF: Erased =
    Erased::Kept("security of processing (GDPR, article 32); the number names nobody any more");
const REPORTS: Erased = Erased::Kept("yearly reports to tax offices (Directive 2011/16/EU, annex V)");
/// What staff wrote.
const WORDS: Erased = Erased::AsItIs("security of processing (GDPR, article 32)");

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "tickets",
        copy: InCopy::Not("what staff is asked to look at; what it is about stands in other files"),
        columns: &[
            personal("subject_kind subject detail", "what staff looks at; numbers, no names", LONG, STAFF),
            personal("outcome", "what came of it, which may say something of somebody", LONG, WORDS),
            personal("taken_by closed_by", "who of the staff saw to it", LONG, STAFF),
            plain("ticket_id kind key amount currency opened_at due_at seen taken_at closed_at"),
        ],
    },
    Table {
        name: "order_holds",
        copy: InCopy::Not("is shown with the order for as long as it lasts"),
        columns: &[
            personal(
                "order_id kind because since until lifted_at",
                "why the money of a deal waits",
                TEN_YEARS,
                BOOKS,
            ),
            personal("note", "what staff wrote to it, which may say something of somebody", TEN_YEARS, WORDS),
            personal("by_id lifted_by", "who of the staff held it, and let it go on", TEN_YEARS, STAFF),
            plain("hold_id"),
        ],
    },
    Table {
        name: "fee_rules",
        copy: InCopy::Not("rules for all; what staff did stands in audit.json"),
        columns: &[
            personal("made_by", "who of the staff made it", LONG, STAFF),
            plain(
                "rule_id position title category tier seller_class currency commission_bp commission_fixed",
            ),
            plain("commission_min commission_cap buyer_bp buyer_fixed buyer_cap begins_at ends_at made_at"),
        ],
    },
    Table {
        name: "fx_rates",
        copy: InCopy::Nothing,
        columns: &[plain("source base currency day rate read_at")],
    },
    Table {
        name: "tax_registrations",
        copy: InCopy::Not("the operator's own; what staff did stands in audit.json"),
        columns: &[
            personal("made_by", "who of the staff wrote it down", LONG, STAFF),
            plain("place scheme number begins ends made_at"),
        ],
    },
    Table {
        name: "tax_rates",
        copy: InCopy::Not("rates for all; what staff did stands in audit.json"),
        columns: &[
            personal("reviewed_by", "who of the staff looked it up", LONG, STAFF),
            plain("place category rate_ppm begins ends source reviewed_at"),
        ],
    },
    Table {
        name: "tax_decisions",
        copy: InCopy::Not("how the tax of a deal was counted, by numbers that stand in orders.json"),
        columns: &[
            personal(
                "order_id leg_id liable place base rate_ppm amount inputs",
                "which tax was due on a deal, and why",
                TEN_YEARS,
                BOOKS,
            ),
            plain("n part included currency engine rules because engine_ref decided_at"),
        ],
    },
    Table {
        name: "tax_exposure",
        copy: InCopy::Nothing,
        columns: &[plain("place year currency sales orders")],
    },
    Table {
        name: "seller_profiles",
        copy: InCopy::In("seller_profile.json"),
        columns: &[
            personal("member_id", "whose it is", ACCOUNT, Erased::Deleted),
            personal(
                "class country business_name registration vat_id tin_country",
                "what a seller is for the tax office, and for their buyers",
                "until they change it",
                Erased::Deleted,
            ),
            personal(
                "legal_name_sealed born_sealed tin_sealed",
                "what tax offices are told of sellers",
                "until they change it",
                Erased::Shredded,
            ),
            personal(
                "address_sealed",
                "what tax offices are told of sellers; of a business, what stands on its papers",
                "until they change it",
                Erased::Shredded,
            ),
            personal(
                "self_billing_at asked_at reminders reminded_at given_at stopped_at updated_at",
                "when they were asked, and said it",
                ACCOUNT,
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "seller_profiles_kept",
        copy: InCopy::Not("what somebody had said who has left"),
        columns: &[
            personal(
                "member_id sealed",
                "yearly reports of the years in which they sold; readable with a key of its own",
                "2 years after they left",
                Erased::Ends("2 years after they left"),
            ),
            plain("key_id ends_at"),
        ],
    },
    Table {
        name: "yearly_reports",
        copy: InCopy::Not("sums of all sellers; the files are sealed in the object store"),
        columns: &[
            personal("made_by", "who of the staff made it", LONG, STAFF),
            plain(
                "report_id kind year profile message_ref follows says sellers missing total object_key hash made_at",
            ),
        ],
    },
    Table {
        name: "yearly_report_sellers",
        copy: InCopy::Not("what it was told from stands in seller_profile.json and settlements.json"),
        columns: &[
            personal(
                "report_id member_id says",
                "of which sellers a tax office was told",
                "10 years after the year",
                REPORTS,
            ),
            plain("doc_ref print"),
        ],
    },
    Table {
        name: "seller_accounts",
        copy: InCopy::In("payout_account.json"),
        columns: &[
            personal(
                "member_id account_ref country",
                "where a seller's money goes",
                ACCOUNT,
                Erased::Deleted,
            ),
            personal(
                "bank_label bank_mac bank_changed_at",
                "what may be shown of their bank account, and a mark by which it is known again",
                ACCOUNT,
                Erased::Deleted,
            ),
            personal(
                "wants wants_until cool_until blocked_because",
                "why nothing is paid out",
                ACCOUNT,
                Erased::Deleted,
            ),
            plain(
                "provider state currency payouts_on schedule minimum reminders asked_at created_at updated_at",
            ),
        ],
    },
    Table {
        name: "seller_tiers",
        copy: InCopy::In("payout_account.json"),
        columns: &[
            personal(
                "member_id tier since because fixed_until",
                "how far a seller is trusted",
                ACCOUNT,
                Erased::Deleted,
            ),
            plain("counted_at"),
        ],
    },
    Table {
        name: "settlements",
        copy: InCopy::In("settlements.json"),
        columns: &[
            personal(
                "order_id seller_id kind amount charged_amount netted_amount taken_amount taken_because state state_since",
                "what a deal brought its seller",
                TEN_YEARS,
                BOOKS,
            ),
            personal("hold_until hold_because", "why it waits, and until when", TEN_YEARS, BOOKS),
            personal(
                "provider charge_ref transfer_ref reversal_ref reversing_amount created_at",
                "the same at the provider",
                TEN_YEARS,
                BOOKS,
            ),
            plain(
                "settlement_id currency charged_currency version timer_transition timer_at tries reversals",
            ),
        ],
    },
    Table {
        name: "settlement_events",
        copy: InCopy::Not("the steps of what stands in settlements.json"),
        columns: &[personal(
            "settlement_id n transition actor actor_id from_state to_state at data",
            "what happened to it; numbers, no names",
            TEN_YEARS,
            BOOKS,
        )],
    },
    Table {
        name: "seller_debts",
        copy: InCopy::In("debts.json"),
        columns: &[
            personal(
                "seller_id order_id amount recovered_amount written_off_amount because state opened_at closed_at",
                "what a seller owes",
                TEN_YEARS,
                BOOKS,
            ),
            plain("debt_id provider currency parts reminded_at"),
        ],
    },
    Table {
        name: "payouts",
        copy: InCopy::In("payouts.json"),
        columns: &[
            personal(
                "number seller_id amount fee state state_since expected_at paid_at failure created_at",
                "what went to a seller's bank",
                TEN_YEARS,
                BOOKS,
            ),
            personal("provider account_ref provider_ref bank_label", "from where to where", TEN_YEARS, BOOKS),
            plain("payout_id currency version timer_transition timer_at"),
        ],
    },
    Table {
        name: "payout_items",
        copy: InCopy::In("payouts.json"),
        columns: &[personal("payout_id settlement_id amount", "which deals it was of", TEN_YEARS, BOOKS)],
    },
    Table {
        name: "provider_call_tries",
        copy: InCopy::Nothing,
        columns: &[plain("idempotency_key n sent_at ended_at outcome status detail")],
    },
    Table {
        name: "provider_lines",
        copy: InCopy::Nothing,
        columns: &[
            plain(
                "provider line_ref account kind amount fee net currency source_ref created_at available_on raw",
            ),
            plain("seen_at entry_id matched_at available_entry state"),
        ],
    },
    Table {
        name: "provider_cursors",
        copy: InCopy::Nothing,
        columns: &[plain("provider account what cursor read_at")],
    },
    Table {
        name: "provider_balances",
        copy: InCopy::Nothing,
        columns: &[plain("provider account currency asked_at pending available reserved")],
    },
    Table {
        name: "statement_marks",
        copy: InCopy::Nothing,
        columns: &[plain("provider account read_at cursor")],
    },
    Table {
        name: "provider_matches",
        copy: InCopy::Nothing,
        columns: &[plain("entry_id provider line_ref matched_at")],
    },
    Table {
        name: "reconciliations",
        copy: InCopy::Not("compares sums; what staff did stands in audit.json"),
        columns: &[
            personal("by_id", "who of the staff began it", LONG, STAFF),
            plain(
                "run_id provider began_at alive_at ended_at was_cut lines matched booked suspended findings",
            ),
            plain("open_since balances"),
        ],
    },
    Table {
        name: "reconciliation_findings",
        copy: InCopy::Not("compares sums; what is a member's own stands in payouts.json"),
        columns: &[
            personal("about", "which line, payout or account differs", TEN_YEARS, BOOKS),
            plain("run_id n kind entry_id ours theirs currency ticket_id suspense_id"),
        ],
    },
    Table {
        name: "suspense",
        copy: InCopy::Not("money that nobody explained; what staff did stands in audit.json"),
        columns: &[
            personal("ended_by", "who of the staff said what it was", LONG, STAFF),
            plain("suspense_id provider item line_ref entry_id why amount currency ours ticket_id opened_at"),
            plain("ended_at ended_as"),
        ],
    },
    Table {
        name: "sandbox.objects",
        copy: InCopy::In("cards.json"),
        columns: &[
            personal(
                "body",
                "a test payment as its provider has it, with the card that paid",
                TEN_YEARS,
                Erased::Blanked,
            ),
            plain("kind id account parent tag ours seq created_at"),
        ],
    },
    Table {
        name: "sandbox.keys",
        copy: InCopy::Nothing,
        columns: &[plain("account key print status body created_at")],
    },
    Table { name: "sandbox.due", copy: InCopy::Nothing, columns: &[plain("due_id at what id detail")] },
    Table {
        name: "sandbox.deliveries",
        copy: InCopy::Nothing,
        columns: &[plain("event endpoint at tries delivered_at")],
    },
    Table {
        name: "ledger.seals",
        copy: InCopy::Nothing,
        columns: &[plain("n upto_xid upto_entry entries root prev hash sealed_at")],
    },
];
