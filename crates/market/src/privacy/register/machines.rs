//! What the program itself stands on.

use super::{Erased, InCopy, Table, personal, plain};

pub(super) const TABLES: &[Table] = &[
    Table { name: "roles", copy: InCopy::Nothing, columns: &[plain("role role_id title built_in")] },
    Table { name: "role_permissions", copy: InCopy::Nothing, columns: &[plain("role permission")] },
    Table { name: "pressure_state", copy: InCopy::Nothing, columns: &[plain("one is_on since")] },
    Table { name: "spent_puzzles", copy: InCopy::Nothing, columns: &[plain("hash expires_at")] },
    Table { name: "vault.current_key", copy: InCopy::Nothing, columns: &[plain("one key_id since")] },
    Table {
        name: "mails",
        copy: InCopy::In("mails.json"),
        columns: &[personal(
            "mail_id to_address subject text_body html_body created_at sent_at",
            "mail about an account and its orders; the text goes when it was sent",
            "30 days",
            Erased::Deleted,
        )],
    },
    Table {
        name: "audit_log",
        copy: InCopy::In("audit.json"),
        columns: &[
            personal(
                "actor_id action object_kind object_id at",
                "shows what was done to accounts and by staff; numbers, no names",
                "as long as there is a marketplace",
                Erased::Kept("security of processing (GDPR, article 32); the number names nobody any more"),
            ),
            personal(
                "detail",
                "what was changed, and the reason that staff wrote, which may say something of somebody",
                "as long as there is a marketplace",
                Erased::AsItIs("security of processing (GDPR, article 32)"),
            ),
            plain("audit_id xid"),
        ],
    },
    Table {
        name: "approvals",
        copy: InCopy::Not(
            "what staff talks over before it decides; what it did is in audit.json and suspensions.json",
        ),
        columns: &[
            personal(
                "approval_id act subject about reason verdict",
                "what one of the staff wants to do about somebody, and a second person must agree to",
                "90 days after it has ended",
                Erased::Deleted,
            ),
            personal(
                "asked_by decided_by",
                "who of the staff asked, and who decided",
                "90 days after it has ended",
                Erased::Deleted,
            ),
            plain("kind permission state asked_at expires_at decided_at ended_at"),
        ],
    },
    Table {
        name: "jobs",
        copy: InCopy::Not("lives for minutes"),
        columns: &[
            personal(
                "payload last_error",
                "work for later; an address while a link for a new password is asked for",
                "minutes; until staff looks, if it failed",
                Erased::Deleted,
            ),
            plain(
                "job_id kind unique_key run_at generation tries tries_max lease_until leased_by dead_at created_at",
            ),
        ],
    },
    Table {
        name: "kept_forms",
        copy: InCopy::Not("forms that were not sent yet, for an hour or two"),
        columns: &[
            personal("kept_id member_id", "whose it is", "two hours at most", Erased::Deleted),
            personal(
                "sealed",
                "shows what was typed to who had to sign in first",
                "two hours at most",
                Erased::Shredded,
            ),
            personal(
                "page action created_at expires_at",
                "finds the form that it was typed into",
                "two hours at most",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "idempotency_keys",
        copy: InCopy::Not("answers that were given already, for a day"),
        columns: &[personal(
            "scope key fingerprint status body created_at",
            "the same call twice is done once",
            "a day",
            Erased::Deleted,
        )],
    },
    Table {
        name: "events",
        copy: InCopy::Not("numbers of what stands in other files, for a week"),
        columns: &[
            personal(
                "subject payload at",
                "tells one part of the program what happened in another; numbers, no names",
                "a week",
                Erased::Ends("after a week"),
            ),
            plain("event_id xid kind"),
        ],
    },
    Table { name: "event_readers", copy: InCopy::Nothing, columns: &[plain("name xid event_id")] },
    Table { name: "audit_seals", copy: InCopy::Nothing, columns: &[plain("n audit_id prev hash sealed_at")] },
    Table {
        name: "provider_calls",
        copy: InCopy::Nothing,
        columns: &[
            plain(
                "idempotency_key provider operation subject request state response tries created_at answered_at",
            ),
            plain("method path account body_hash status request_ref sent_at unknown_since"),
        ],
    },
    Table {
        name: "provider_events",
        copy: InCopy::Not("what providers told us; what staff did stands in audit.json"),
        columns: &[
            personal(
                "replayed_by",
                "who of the staff had it read again",
                "as long as there is a marketplace",
                Erased::Kept("security of processing (GDPR, article 32); the number names nobody any more"),
            ),
            plain(
                "provider event_id kind raw received_at handled_at error account headers happened_at tries",
            ),
            plain("replayed_at about"),
        ],
    },
    Table {
        name: "ledger.chart",
        copy: InCopy::Nothing,
        columns: &[plain("name kind strict owner transit")],
    },
    Table { name: "ledger.kinds", copy: InCopy::Nothing, columns: &[plain("kind account side")] },
    Table { name: "ledger.balances", copy: InCopy::Nothing, columns: &[plain("account_id posted")] },
    Table { name: "ledger.snapshots", copy: InCopy::Nothing, columns: &[plain("account_id posted upto")] },
    Table {
        name: "ledger.entries",
        copy: InCopy::Nothing,
        columns: &[plain("entry_id key fingerprint kind subject provider_ref occurred_at posted_at xid")],
    },
    Table {
        name: "ledger.lines",
        copy: InCopy::Nothing,
        columns: &[plain("entry_id n account_id currency amount")],
    },
];
